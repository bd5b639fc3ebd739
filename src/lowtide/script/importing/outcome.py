"""What an import hands back: the script, every guess with its sureness, and what is not spoken.

Made by `importer`, shown by `lowtide import`. Law: a word of the input that the script does not speak stands in a
`SetAside` or in a guess's `was`; nothing is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lowtide.model.time import counted

UNSURE = 0.6
"""A guess below this asks the author to read it."""
SHOWN = 3
"""So many guesses of one kind are shown one by one; the rest are counted."""
WIDTH = 60
"""So many characters of a passage are shown in a report line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One thing the import decided by itself."""

    line: int
    """The input's line, from 1; 0 where it is about the whole text."""
    what: str
    """The kind of thing: `pause`, `breath`, `heading`, `movement`, `attention` …"""
    was: str
    """What the input had there."""
    became: str
    """What the script has instead; empty where it was left out."""
    sureness: float
    """0–1: how likely an author would agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A passage that is not spoken; the script keeps it as a `%%` comment."""

    line: int
    text: str
    reason: str
    """Why, in plain words: `copyright`, `advertisement`, `note to the facilitator` …"""
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A sentence that asks for movement, with the drafted imagine that the author is asked to read."""

    line: int
    movements: tuple[str, ...]
    """Controlled movements, such as `rotation` or `tense:hands`."""
    sentence: str
    imagine: str
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A script made from plain text."""

    text: str
    """The script; it always reads without errors."""
    guesses: tuple[Guess, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    movements: tuple[Recognised, ...] = ()

    @property
    def needs_reading(self) -> bool:
        """True where the author should read the script before it is used."""
        unsure = any(guess.sureness < UNSURE for guess in self.guesses)
        return bool(self.movements) or unsure or any(aside.sureness < UNSURE for aside in self.set_aside)

    def report(self) -> str:
        """Say line by line what was decided: guesses with their sureness, movements, what was set aside, how many."""
        lines = (*_guess_lines(self.guesses), *map(_movement_line, self.movements), *map(_aside_line, self.set_aside))
        lines = (*lines, self._summary())
        return "".join(f"{line}\n" for line in lines)

    def _summary(self) -> str:
        movements = _count(len(self.movements), "movement")
        aside = _count(len(self.set_aside), "passage")
        worded = " with new wording to read" if self.movements else ""
        return f"{_count(len(self.guesses), 'guess', 'guesses')}, {movements}{worded}, {aside} set aside."


@dataclass(slots=True)
class Notes:
    """The notebook that the stages of one import write into."""

    guesses: list[Guess] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    movements: list[Recognised] = field(default_factory=list)

    def guess(self, line: int, what: str, was: str, became: str, sureness: float) -> None:
        """Write a guess down."""
        self.guesses.append(Guess(line=line, what=what, was=was, became=became, sureness=sureness))

    def aside(self, line: int, text: str, reason: str, sureness: float) -> None:
        """Write down a passage that will not be spoken."""
        self.set_aside.append(SetAside(line=line, text=text, reason=reason, sureness=sureness))


def _guess_lines(guesses: tuple[Guess, ...]) -> Iterator[str]:
    kinds: dict[str, list[Guess]] = {}
    for guess in guesses:
        kinds.setdefault(guess.what, []).append(guess)
    for what, same in kinds.items():
        doubtful_first = sorted(same, key=lambda guess: (guess.sureness, guess.line))
        for guess in sorted(doubtful_first[:SHOWN], key=lambda guess: guess.line):
            where = f"{guess.line}: " if guess.line else ""
            became = _short(guess.became) or "left out"
            yield f"{where}{what}: {_short(guess.was)} → {became} ({guess.sureness:.0%})"
        if len(same) > SHOWN:
            least = doubtful_first[SHOWN].sureness
            yield f"{what}: and {len(same) - SHOWN} more, each at least {least:.0%} sure"


def _movement_line(step: Recognised) -> str:
    kinds = ", ".join(step.movements)
    wording = f"{_short(step.sentence)} / new wording: {_short(step.imagine)}"
    return f"{step.line}: please read: {kinds}: {wording} ({step.sureness:.0%})"


def _aside_line(aside: SetAside) -> str:
    return f"{aside.line}: set aside, {aside.reason}: {_short(aside.text)} ({aside.sureness:.0%})"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDTH else flat[: WIDTH - 1].rstrip() + "…"


def _count(number: int, one: str, many: str = "") -> str:
    return counted(number, one, many) if number else f"no {many or one + 's'}"
