"""A phrase in, about how long its speech will be, without speaking: which optional parts fit is chosen by it.

Called by the pipeline before anything is spoken, by `say` (is what an engine gave plausible?) and by the `silent`
engine, whose speech is exactly this long. Law: it depends on the text and the voice alone, so the same session is
chosen from a full cache and from an empty one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lowtide.speak.engine import SLOW_FACTOR, Pace

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_VOWELS = re.compile(r"[aeiouyàâäåáãæçèéêëìíîïòóôöøùúûüœ]+")
_MARK = re.compile(r"[,;:](?=\s)|[.!?](?=\s+\S)|\s-\s")
_SYLLABLES_OF_DIGIT = 1.5
"""Spoken numbers: `7` has two syllables, `10` one, `25` three, `100` four."""
_LETTERS_OF_DIGIT = 5
"""`seven`, `three`; a zero that makes `twenty` of two is about as long."""
_SILENT_END = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e[sd]?$")
"""The e that is not spoken: ease, while, eyes, picture; not little, not relaxed's -ted or -ded (below)."""
_SPOKEN_END = re.compile(r"(?:[td]ed|[sxzc]es|[sc]hes|ges)$")
SHORTEST_MS = 250
"""No spoken word is shorter."""

CALM = Pace(ms_per_letter=96, ms_per_syllable=94, ms_per_mark=710, ms_per_phrase=330)
"""About 103 words a minute on `tune.SENTENCES`, inside EVIDENCE's 90–110. The `silent` engine keeps it exactly; the
natural voices, whose own pace differs from model to model, are stretched to it when they start (`stretch_to_calm`)."""
CALIBRATION = (
    "Let your attention rest on your lower back and feel the weight of your legs.",
    "There is nothing to do now.",
)
"""What a natural voice says to itself at its own pace before it says anything else; no commas, only words."""
LEAST_STRETCH, MOST_STRETCH = 1.0, 2.0
"""No voice is hurried, and none drawn out to where vowels begin to waver."""


def syllables(text: str) -> float:
    """Count about how many syllables an English text has.

    >>> syllables("breathe"), syllables("lower back"), syllables("rested"), syllables("25 breaths")
    (1, 3, 2, 4.0)
    """
    return sum(_of_word(word.lower()) for word in _WORD.findall(text))


def _of_word(word: str) -> float:
    if word.isdigit():
        return len(word) * _SYLLABLES_OF_DIGIT
    count = len(_VOWELS.findall(word))
    if count > 1 and _SILENT_END.search(word) and not _SPOKEN_END.search(word):
        count -= 1
    return max(1, count)


def words(text: str) -> int:
    """Count the words of a text.

    >>> words("Let it be, don't try.")
    5
    """
    return len(_WORD.findall(text))


def letters(text: str) -> float:
    """Count the letters of a text, a digit as the letters that it is spoken with.

    >>> letters("Let it be."), letters("7")
    (7, 5)
    """
    return sum(_LETTERS_OF_DIGIT if sign.isdigit() else sign.isalpha() for sign in text)


def marks(text: str) -> int:
    """Count the pauses inside a text: its commas, colons and dashes.

    >>> marks("Here, and now."), marks("Rest: the floor, the chair.")
    (1, 2)
    """
    return len(_MARK.findall(text))


@lru_cache(maxsize=16_384)  # the same phrases come up in session after session
def length_ms(text: str, pace: Pace, *, slow: bool) -> int:
    """Estimate the length of a cleaned text, in milliseconds.

    >>> length_ms("Rest here, now.", CALM, slow=True) > length_ms("Rest here, now.", CALM, slow=False) > 1000
    True
    """
    words_ms = pace.ms_per_letter * letters(text) + pace.ms_per_syllable * syllables(text)
    calm = pace.ms_per_phrase + words_ms + pace.ms_per_mark * marks(text)
    return max(SHORTEST_MS, round(calm * (SLOW_FACTOR if slow else 1.0)))


def stretch_to_calm(spoken_ms: float) -> float:
    """Say by how much to lengthen a voice that spoke `CALIBRATION` in this time, so that it becomes calm.

    >>> stretch_to_calm(6_000) > stretch_to_calm(9_000) > 1.0 == stretch_to_calm(30_000)
    True
    """
    due_ms = sum(length_ms(text, CALM, slow=False) for text in CALIBRATION)
    return min(MOST_STRETCH, max(LEAST_STRETCH, due_ms / max(1.0, spoken_ms)))
