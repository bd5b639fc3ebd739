"""The screening questions, in lay words: nothing in, `QUESTIONS` out, in the order in which they are asked.

Called by the command line and the app, which ask them, and by `signs`, which reads the answers. Law: every question is
part of a rule in `red_flags`; "yes" is always the answer that matters; the most urgent group is asked first.

To add a question: add it here in its group, and name its code in a rule of `red_flags`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked, to be answered yes or no, or left open."""

    code: str
    """The key of its answer in `Profile.answers`."""
    group: str
    """What it looks for: one row of the screening table."""
    text: str
    """The question, as a person reads it."""
    help: str = ""
    """One more sentence for who is not sure; may be empty."""


CAUDA_EQUINA = "cauda equina"
NERVE = "progressive nerve loss"
ORGANS = "vessels, organs and accidents"
CRISIS = "crisis"
INFECTION = "infection"
FRACTURE = "fracture"
CANCER = "cancer"
AGE = "age"
INFLAMMATORY = "inflammatory"

_NEW = "Yes only if this is new, or has changed since the back pain began."


def _ask(group: str, code: str, text: str, hint: str = "") -> Question:
    return Question(code=code, group=group, text=text, help=hint)


_CAUDA_EQUINA = (
    _ask(CAUDA_EQUINA, "saddle-numb",
         "Is there numbness or tingling between your inner thighs or around your genitals?", _NEW),
    _ask(CAUDA_EQUINA, "back-passage-numb", "Are your buttocks numb, or the skin around your back passage?", _NEW),
    _ask(CAUDA_EQUINA, "wiping-different",
         "Does it feel different when you wipe yourself after using the toilet?", _NEW),
    _ask(CAUDA_EQUINA, "urine-start", "Is it becoming harder to start passing urine?", _NEW),
    _ask(CAUDA_EQUINA, "urine-stop", "Is it becoming harder to stop or hold back your urine?", _NEW),
    _ask(CAUDA_EQUINA, "urine-unfelt", "Have you stopped feeling it when urine passes?", _NEW),
    _ask(CAUDA_EQUINA, "urine-leaks", "Have you begun to leak urine, or to need pads?", _NEW),
    _ask(CAUDA_EQUINA, "bladder-unfelt", "Have you stopped noticing whether your bladder is full or empty?", _NEW),
    _ask(CAUDA_EQUINA, "bowel-control",
         "Have you begun to leak from the bowel, or stopped being able to hold on?", _NEW),
    _ask(CAUDA_EQUINA, "bowel-unfelt", "Have you stopped feeling it when you open your bowels?", _NEW),
    _ask(CAUDA_EQUINA, "sexual-function",
         "Has sex changed: an erection, ejaculation or arousal that no longer comes?", _NEW),
    _ask(CAUDA_EQUINA, "sexual-feeling", "Have you lost feeling in your genitals during sex?", _NEW),
    _ask(CAUDA_EQUINA, "both-legs", "Is there new pain, tingling, numbness or weakness in both legs at once?",
         "Yes also if it was in one leg and has now come to the other."),
    _ask(CAUDA_EQUINA, "walking-trouble",
         "Do you have new trouble walking, such as legs that give way or will not go where you want?",
         "Not the stiffness or caution that pain alone brings."),
)  # fmt: skip

_ORGANS = (
    _ask(ORGANS, "chest-pain", "Is there pain, pressure or tightness in your chest, today or with the back pain?",
         "Also where it goes to the arm or jaw, or takes your breath."),
    _ask(ORGANS, "pulsating-belly", "Can you feel a lump in your belly that beats like a pulse?"),
    _ask(ORGANS, "pregnancy-complications",
         "If you are pregnant: is there bleeding, leaking fluid, regular tightening, a severe headache, "
         "or a baby that moves less?",
         "Not pregnant is a no."),
    _ask(ORGANS, "fresh-injury",
         "In the last week, have you had a serious accident, such as a fall from a height or a crash?",
         "No, if you have been examined since."),
)  # fmt: skip

_CRISIS = (
    _ask(CRISIS, "self-harm", "Have you been having thoughts of ending your life or of hurting yourself?",
         "Many people in pain have had such thoughts. Help is there, and saying it is the first step."),
)  # fmt: skip

_NERVE = (
    _ask(NERVE, "leg-weakness", "Is one leg weak in a way that is new, or getting weaker?",
         "Weak, so that it will not do what it did: not only painful."),
    _ask(NERVE, "foot-drop", "Does a foot slap or drag when you walk, or can you no longer lift its toes?", _NEW),
)  # fmt: skip

_INFECTION = (
    _ask(INFECTION, "fever", "Along with the back pain, do you have a fever, chills or drenching sweats at night?"),
    _ask(INFECTION, "weak-immunity", "Is your immune system weakened, and is this pain new or getting worse?",
         "By an illness such as HIV or poorly controlled diabetes, or by chemotherapy, a transplant or "
         "strong medicines."),
    _ask(INFECTION, "injected-drugs",
         "Have you injected drugs in recent months, and is this pain new or getting worse?",
         "It is asked only because germs can reach the spine that way."),
    _ask(INFECTION, "recent-infection", "Did the pain begin or get worse in the weeks after an infection?",
         "One that needed treatment: of the skin, teeth, urine, lungs or blood."),
    _ask(INFECTION, "spinal-procedure",
         "After an injection, operation or wound at the spine: is the place red, hot or weeping, or the pain growing?"),
)  # fmt: skip

_FRACTURE = (
    _ask(FRACTURE, "major-injury",
         "Did the pain begin with a serious accident longer ago, such as a fall from a height or a crash?",
         "No, if you have been examined since."),
    _ask(FRACTURE, "small-injury", "Did the pain begin with a small fall, a knock, a cough or lifting something?"),
    _ask(FRACTURE, "osteoporosis", "Have you been told that your bones are thin (osteoporosis)?"),
    _ask(FRACTURE, "steroids", "Have you taken steroid tablets, such as prednisolone, for three months or longer?"),
    _ask(FRACTURE, "sudden-central-pain",
         "Did a severe pain in the middle of your spine come suddenly, and does it ease when you lie down?"),
    _ask(FRACTURE, "new-deformity", "Has the shape of your spine changed: a new bump, a step or a new stoop?"),
)  # fmt: skip

_CANCER = (
    _ask(CANCER, "cancer-history", "Have you ever had cancer?"),
    _ask(CANCER, "weight-loss", "Have you lost weight without trying, and without knowing why?"),
    _ask(CANCER, "night-pain", "Does the pain keep you awake at night, and does no position ease it?"),
    _ask(CANCER, "no-better-month",
         "Has it lasted more than a month without getting any better, and has no clinician looked at it?"),
)  # fmt: skip

_AGE = (
    _ask(AGE, "new-pain", "Is this a new pain: did it first begin in the last three months?",
         "No, if you know this pain from earlier times."),
    _ask(AGE, "under-20", "Are you younger than 20?"),
    _ask(AGE, "over-50", "Are you older than 50?"),
)  # fmt: skip

_INFLAMMATORY = (
    _ask(INFLAMMATORY, "began-before-45",
         "Did your back pain begin before you were 45, and has it lasted over three months?"),
    _ask(INFLAMMATORY, "morning-stiffness", "Is your back stiff for more than half an hour in the morning?"),
    _ask(INFLAMMATORY, "better-moving", "Does it get better when you move, and not when you rest?"),
    _ask(INFLAMMATORY, "second-half-of-night", "Does it wake you in the second half of the night?",
         "Moving about then helps."),
)  # fmt: skip

QUESTIONS: tuple[Question, ...] = (
    *_CAUDA_EQUINA, *_ORGANS, *_CRISIS, *_NERVE, *_INFECTION, *_FRACTURE, *_CANCER, *_AGE, *_INFLAMMATORY,
)  # fmt: skip
"""Every question, the most urgent groups first, so that who stops early has answered what matters most."""

CODES = frozenset(question.code for question in QUESTIONS)


def check_code(code: str) -> None:
    """Raise `UserError` where no question has this code: an answer that no rule reads could hide a danger.

    >>> check_code("fever")
    """
    if code not in CODES:
        raise UserError(
            f"There is no screening question '{code}'.", hint="The questions' codes are in screen.QUESTIONS."
        )
