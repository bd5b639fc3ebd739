"""What is asked in the first steps, in a person's own words: controlled words in, labels out.

The safety questions themselves, and what follows from them, are the core's (`lowtide.screen`); here are only headings
and the names under which a person knows what they have.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.library import Family
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Trigger
from lowtide.screen import QUESTIONS, Question

HEADINGS: dict[str, str] = {
    "cauda equina": "Feeling, bladder and legs",
    "vessels, organs and accidents": "Chest, belly and accidents",
    "crisis": "How you are",
    "progressive nerve loss": "Strength in your legs",
    "infection": "Fever and infections",
    "fracture": "Injuries and bones",
    "cancer": "Your health otherwise",
    "age": "Your age",
    "inflammatory": "Mornings and nights",
}
"""A heading for each group of questions, without a word of medicine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How a choice is named to a person."""

    value: str
    text: str
    help: str = ""


def _labels(rows: dict[str, tuple[str, str]]) -> tuple[Label, ...]:
    return tuple(Label(value=value, text=text, help=hint) for value, (text, hint) in rows.items())


TRIGGERS = _labels({
    Trigger.BENDING: ("Bending forward", "tying shoes, washing up"),
    Trigger.SITTING: ("Sitting", "at a desk, in a car"),
    Trigger.ARCHING: ("Leaning back", "reaching up, looking at the ceiling"),
    Trigger.STANDING: ("Standing", "in a queue, at the stove"),
    Trigger.TWISTING: ("Twisting", "looking over a shoulder, turning over in bed"),
    Trigger.LYING: ("Lying down", ""),
    Trigger.WALKING: ("Walking", ""),
    Trigger.LIFTING: ("Lifting", "shopping, a child"),
})  # fmt: skip

CONDITIONS = _labels({
    Condition.DISC: ("A slipped or bulging disc", ""),
    Condition.STENOSIS: ("A narrow spinal canal", "stenosis"),
    Condition.FACET: ("Worn or sore joints in the spine", "facet joints"),
    Condition.SPONDYLOLISTHESIS: ("A vertebra that has slipped", "spondylolisthesis"),
    Condition.OSTEOPOROSIS: ("Thin bones", "osteoporosis"),
    Condition.RECENT_SURGERY: ("An operation on the spine in the last three months", ""),
    Condition.FUSION: ("A spine that was fused", "screws or rods, however long ago"),
    Condition.FRACTURE: ("A broken vertebra", ""),
    Condition.LEG_PAIN: ("A pain that shoots down the leg", "sciatica"),
    Condition.SPASM: ("A back that locks or seizes up", "now or in these days"),
    Condition.CRAMPS: ("Cramps", ""),
    Condition.PREGNANCY: ("Pregnant", ""),
    Condition.CANNOT_RISE: ("Getting up from the floor alone is hard or not possible", ""),
    Condition.HIGH_BLOOD_PRESSURE: ("High blood pressure", ""),
    Condition.HEART_DISEASE: ("A heart condition", ""),
    Condition.LUNG_DISEASE: ("A lung condition", "asthma, COPD"),
    Condition.EPILEPSY: ("Epilepsy", ""),
    Condition.PANIC: ("Panic attacks", ""),
    Condition.TRAUMA: ("Something bad that still comes back", "trauma"),
    Condition.DISSOCIATION: ("Feeling unreal, or far away from your body", "dissociation"),
    Condition.DISTRESS: ("A meditation that once felt bad", ""),
    Condition.CLEARED_BY_CLINICIAN: (
        "A doctor or physiotherapist has examined this back, found nothing serious, and said that moving is fine", ""),
})  # fmt: skip

POSITIONS = _labels({
    Position.LYING: ("Lying down", "on a bed, a mat or the floor"),
    Position.RECLINED: ("Propped up", "pillows under your back and knees"),
    Position.SITTING: ("Sitting", ""),
    Position.STANDING: ("Standing", ""),
    Position.WALKING: ("Walking", ""),
})  # fmt: skip

FAMILIES = _labels({
    Family.BREATH: ("The breath", ""),
    Family.BODY: ("A walk through the body", ""),
    Family.MUSCLES: ("Letting muscles go", ""),
    Family.IMAGERY: ("Pictures in the mind", "warmth, a beach, a glow"),
    Family.MOVEMENT: ("Small, slow movements", ""),
    Family.MIND: ("Kindness, thoughts and feelings", ""),
    Family.EVERYDAY: ("In the middle of the day", "walking, eating, at the desk"),
    Family.RITUALS: ("A short one for an hour of the day", ""),
})  # fmt: skip

EXPERIENCE = _labels({
    "new": ("It is new to me", ""),
    "some": ("I have tried it", ""),
    "regular": ("I practise often", ""),
})  # fmt: skip

SAFETY_GROUPS: tuple[str, ...] = tuple(dict.fromkeys(question.group for question in QUESTIONS))
"""The groups of questions in the order of asking: one to a screen."""


def questions_of(group: str) -> tuple[Question, ...]:
    """Give the questions of one screen."""
    return tuple(question for question in QUESTIONS if question.group == group)


def text_of(labels: tuple[Label, ...], value: str) -> str:
    """Give the words for one choice; the choice itself where there are none."""
    return next((one.text for one in labels if one.value == value), value)
