"""A voice in, its words a minute and its `Pace` out: for whoever adds a voice or changes how calm one is.

Run as `python -m lowtide.speak.tune ENGINE:VOICE…`; nothing else calls it but tests.
"""

from __future__ import annotations

import sys

from lowtide.speak import estimate
from lowtide.speak.engine import Pace

SENTENCES = (
    "Let your attention rest on your lower back.",
    "Nothing has to change here.",
    "As you breathe in, notice how your belly rises, and as you breathe out, how it falls.",
    "If you like, let your eyes close, or rest them on one spot.",
    "Feel the weight of your legs on the floor.",
    "Take all the time you need.",
    "Let the chair take the weight of your back, and let your shoulders drop.",
    "There may be warmth, or tingling, or nothing at all.",
    "When your mind wanders, that is what minds do.",
    "Gently bring it back to the soles of your feet.",
    "Your left hip, your right hip, and the space between them.",
    "Perhaps you notice a softening around the spine.",
    "Sharp, spreading or lasting pain means stop.",
    "You can open your eyes at any moment.",
    "Breathe in, and out.",
    "And now, slowly, let your hands come to rest.",
    "Picture the muscles beside your spine growing longer and lighter with each breath.",
    "There is nothing to do now.",
    "Uncomfortable is not the same as harmful, and you know your own body best.",
    "Thank you for practising today.",
    "Breathe in.",
    "Now the right side.",
    "The left knee, and the back of the thigh.",
    "Let it go.",
    "Notice what is there.",
    "Soften the jaw.",
    "If it helps, only imagine it.",
    "The cushions hold all of your weight.",
    "That is enough for today.",
    "Rest here for a while.",
    "However they are, they may stay as they are.",
    "There is a little of it at the end of every breath.",
)
"""Calm sentences of our own, of the kind and mix that the scripts hold; each engine's pace is measured on these."""


def _fit(lengths_ms: list[int]) -> Pace:
    import numpy as np

    counts = [[estimate.letters(text), estimate.syllables(text), estimate.marks(text), 1.0] for text in SENTENCES]
    relative = 1 / np.asarray(lengths_ms)  # so that the relative error is what is least
    found, *_ = np.linalg.lstsq(np.asarray(counts) * relative[:, None], np.ones(len(SENTENCES)), rcond=None)
    letter, syllable, mark, phrase = (round(value) for value in found.tolist())
    return Pace(ms_per_letter=letter, ms_per_syllable=syllable, ms_per_mark=mark, ms_per_phrase=phrase)


def main(name: str) -> None:
    """Measure a voice and print what its engine's file should say."""
    import tempfile

    from lowtide.speak.cache import Cache
    from lowtide.speak.registry import find
    from lowtide.speak.speaking import say

    keys = [(text, False) for text in SENTENCES]
    with tempfile.TemporaryDirectory() as folder:
        lengths = say(keys, find(name), Cache(folder)).lengths_ms()
    spoken = [lengths[key] for key in keys]
    pace = _fit(spoken)
    errors = [estimate.length_ms(text, pace, slow=False) / lengths[text, False] - 1 for text in SENTENCES]
    rate = sum(map(estimate.words, SENTENCES)) / (sum(spoken) / 60_000)
    sys.stdout.write(f"{name}: {rate:.0f} words a minute, {pace}, worst error {max(map(abs, errors)):.0%}\n")


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        main(asked)
