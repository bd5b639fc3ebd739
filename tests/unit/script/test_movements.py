"""What plain words ask a body for: missed, it may hurt someone; imagined or negated, it asks for nothing."""

from __future__ import annotations

import pytest

from lowtide.model.movement import Kind
from lowtide.script.asks import ANYWHERE, ASKS
from lowtide.script.movements import asked_for

ASKED = {
    "Gently arch your back.": ("lumbar-extension",),
    "Let your lower back arch a very little.": ("lumbar-extension",),
    "Slowly bend forward from your hips.": ("lumbar-flexion",),
    "Bring your knees to your chest.": ("hip-flexion", "lumbar-flexion"),
    "Twist gently to the left.": ("rotation",),
    "Lean over to your right side.": ("side-bend",),
    "Lean forward and over to the left.": ("lumbar-flexion", "side-bend", "rotation"),
    "Tilt your pelvis toward you.": ("pelvic-tilt",),
    "Lower your chin to your chest.": ("neck-flexion",),
    "If you like, turn your head to the left.": ("neck-rotation",),
    "Bring your right ear to your shoulder.": ("neck-side-bend",),
    "Raise, slowly, both of your arms.": ("arm-raise",),
    "You may want to reach up to the ceiling.": ("arm-raise",),
    "Draw your shoulders back.": ("shoulder-retraction",),
    "Round your shoulders.": ("shoulder-protraction",),
    "Let your knees fall open to the sides.": ("hip-rotation",),
    "Lift your right leg a little.": ("hip-flexion",),
    "Tighten your fists.": ("tense:hands",),
    "Make a tight fist with your right hand.": ("tense:right-hand",),
    "Squeeze the muscles of your left thigh and your buttocks.": ("tense:left-thigh", "tense:buttocks"),
    "Shrug your shoulders up.": ("tense:shoulders",),
    "Tense every muscle.": ("tense:whole-body",),
    "Hold your breath for a moment.": ("breath-hold",),
    "Breathe in for a count of four, hold for four.": ("paced-breath", "breath-hold"),
    "Roll onto your side.": ("side-lying",),
    "Lie on your belly.": ("prone",),
    "Lie down on your back.": ("supine",),
    "Kneel, if you can.": ("kneeling",),
    "Now stand up.": ("floor-transfer", "standing-long"),
    "Take a few steps.": ("walking",),
    "gently… arch… your back": ("lumbar-extension",),
    "Let your right knee come toward your chest.": ("hip-flexion", "lumbar-flexion"),
    "Bend your knees and roll over to your side.": ("hip-flexion", "side-lying"),
    "Let your head fall to one side.": ("neck-side-bend",),
    "Move your hips in a circle.": ("pelvic-tilt",),
    "Gently sway from side to side.": ("side-bend",),
    "Clasp your hands behind your back.": ("shoulder-retraction",),
    "Without arching your back, lift your arms.": ("arm-raise",),
    "Do not strain, lift your arms slowly.": ("arm-raise",),
    "Imagine a beach, and raise your arms.": ("arm-raise",),
    "Why not raise your arms?": ("arm-raise",),
    "Arch your back, then roll onto your side.": ("lumbar-extension", "side-lying"),
}
SAID_ONLY = (
    "Picture your lower back arching a very little, without moving.",
    "Imagine yourself standing up, walking along a beach and lifting your arms.",
    "There is no need to arch, twist or roll onto your side.",
    "You do not have to lift your arms.",
    "Raise your arms in your mind.",
    "Bring your attention to your lower back.",
    "Draw your attention down to your belly.",
    "Let your awareness spread to your hands.",
    "Notice where you are tense.",
    "You may feel your belly rise as you breathe in.",
    "Let your shoulders drop away from your ears.",
    "Allow your shoulders to soften and drop.",
    "Sit with your feet flat on the floor.",
    "Let it spread down your arms.",
    "Move on to your left hand.",
    "Move your attention to your head.",
    "Notice if you are holding your breath.",
    "She lifts her arms.",
    "The waves roll over the sand.",
    "Lie back into the chair.",
    "Sit up straight.",
    "Step by step.",
    "Let the floor take the weight of your back.",
    "",
)


@pytest.mark.parametrize(("sentence", "movements"), ASKED.items())
def test_a_movement_that_is_asked_for_is_found(sentence: str, movements: tuple[str, ...]) -> None:
    assert asked_for(sentence) == movements


@pytest.mark.parametrize("sentence", SAID_ONLY)
def test_what_asks_for_nothing_is_left_alone(sentence: str) -> None:
    assert asked_for(sentence) == ()


def test_words_are_known_for_every_kind_that_plain_words_can_ask_for() -> None:
    """Sitting for long is asked for by a script's position, not by a sentence."""
    known = {name for _, movements in ASKS for name in movements.split()}
    assert {str(kind) for kind in Kind} - known == {"sitting-long"}
    assert ANYWHERE in known
