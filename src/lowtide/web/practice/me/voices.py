"""The voices that are here in, how a person may choose among them out. Law: a voice's own name is only small print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lowtide.speak import Quality, Voice
from lowtide.web.practice.begin.wording import Label

SOUNDS = {Quality.NATURAL: "natural", Quality.PLAIN: "plain"}
"""How a person would say what a voice is like."""
AT_ONCE = 4
"""So many are shown; the others are folded away."""


def here(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Give those that can speak on this machine now; what only counts lengths is none."""
    return tuple(one for one in voices if one.is_ready and one.quality in SOUNDS)


def labels(voices: Iterable[Voice]) -> tuple[Label, ...]:
    """Name each voice, after "the best one here".

    >>> from lowtide.speak import Quality, Voice
    >>> slt = Voice(engine="flite", short="slt", quality=Quality.PLAIN, language="en-US", is_ready=True, note="a woman")
    >>> [(one.text, one.help) for one in labels([slt])]
    [('The best one here', 'now: a woman'), ('A woman', 'plain · flite:slt')]
    """
    there = tuple(voices)
    alike = Counter(one.note for one in there)
    said = [one.note if alike[one.note] == 1 else f"{one.short}, {one.note}" for one in there]
    best = Label(value="", text="The best one here", help=f"now: {said[0]}" if said else "")
    named = zip(there, said, strict=True)
    return (
        best,
        *(
            Label(value=one.name, text=_begun(words), help=f"{SOUNDS[one.quality]} · {one.name}")
            for one, words in named
        ),
    )


def could_be_natural(voices: Iterable[Voice]) -> bool:
    """Say whether only plain voices are here, so that a better one is worth a word."""
    return all(one.quality is not Quality.NATURAL for one in here(voices))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
