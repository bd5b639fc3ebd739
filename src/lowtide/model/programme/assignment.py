"""What is asked for today of one person, fitted to what their body may do: made by `plan.programme.assign`."""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.movement import Position
from lowtide.model.profile import Wish
from lowtide.model.programme.log import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One practice of today. Law: nothing in it asks for a movement that the clearance forbids."""

    week: str
    """The week's name: what `Practised` is to say."""
    practice: str
    """The practice's name within that week: what `Practised` is to say."""
    title: str
    text: str
    """What to do: the practice's own words, or what it becomes instead; may be empty where a recording says it."""
    technique: str
    """The technique to be played or practised, which may be another than the programme's; empty for an activity."""
    script: str
    """One script where the programme names it; empty for any of the technique's."""
    position: Position | None
    """The position that a recording would be made for; None where there is none."""
    guided: bool
    """True where a recording guides it."""
    movements: tuple[str, ...]
    """Controlled movements that are really asked for: all of them cleared."""
    imagined: tuple[str, ...]
    """Movements that are only pictured, because they are not cleared; what is merely left out is not among them."""
    asked_ms: int
    """The whole of today's length."""
    least_ms: int
    """As little counts as well."""
    done_ms: int
    """What was practised of it today."""
    splits: tuple[tuple[int, ...], ...]
    """What is left, in one, two or three parts: the lengths of each offer in milliseconds, the whole first; empty where
    it is done."""
    notes: tuple[str, ...]
    """Why it is not quite what the programme says; plain sentences."""

    @property
    def is_done(self) -> bool:
        """True where all of it was practised today."""
        return not self.splits

    @property
    def is_enough(self) -> bool:
        """True where at least the least was practised today."""
        return self.done_ms >= self.least_ms

    @property
    def left_ms(self) -> int:
        """What is left of it today."""
        return sum(self.splits[0]) if self.splits else 0

    def wish(self, length_ms: int, *, seed: int = 0) -> Wish:
        """Give the wish for a recording of it, `length_ms` long; only where it is `guided`."""
        assert self.guided, self.practice
        return Wish(length_ms=length_ms, technique=self.technique, script=self.script, seed=seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignInfo:
    """What to say beside today's assignments."""

    notes: tuple[str, ...]
    """Plain, kind sentences, such as why nothing is asked."""
    offer_pause: Why | None = None
    """Set where a pause is to be offered, one tap away; where it is `SAFETY`, the programme pauses by itself."""
