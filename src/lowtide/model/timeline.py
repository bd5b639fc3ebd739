"""A session with times: the one truth that audio, captions, chapters, body light and breath guide are made from.

Made by `compose.fit`; read by `mix` and `deliver`, and written beside the recording as JSON.

Laws: times are milliseconds on the session's clock. Events are ordered by `at_ms`, and lie inside the session. `say`
and `silence` events tile the session, without a gap and without an overlap; all other kinds lie over them. One
`breathe` event is one breath: in, hold, out, one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lowtide.model.movement import Position


class Happening(StrEnum):
    """The kinds of event."""

    CHAPTER = "chapter"
    BELL = "bell"
    ATTEND = "attend"
    MOVE = "move"
    IMAGINE = "imagine"
    TENSE = "tense"
    RELEASE = "release"
    BREATHE = "breathe"
    SILENCE = "silence"
    SAY = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that lasts from `at_ms` for `for_ms`. Fields that its kind does not use keep their defaults."""

    kind: Happening
    at_ms: int
    for_ms: int
    text: str = ""
    """What is said (`say`), or the chapter's title (`chapter`)."""
    spoken: str = ""
    """What the voice was given (`say`); together with `slow` it names the clip."""
    soft: bool = False
    slow: bool = False
    region: str = ""
    """Where (`attend`, `tense`, `release`)."""
    movements: tuple[str, ...] = ()
    """Which controlled movements (`move`, `imagine`)."""
    in_ms: int = 0
    hold_ms: int = 0
    out_ms: int = 0
    """The phases of one breath (`breathe`)."""
    is_open: bool = False
    """True for a silence of open practice."""
    path: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Where in the script the words stand (`say`): `Phrase.path`."""

    @property
    def end_ms(self) -> int:
        """The first millisecond after it."""
        return self.at_ms + self.for_ms

    @property
    def key(self) -> tuple[str, bool]:
        """The clip of a `say` event."""
        return (self.spoken, self.slow)

    def as_json(self) -> dict[str, Any]:
        """Write it with the fields that its kind uses, in the names of FILE.json."""
        fields: dict[str, Any] = {"at_ms": self.at_ms, "for_ms": self.for_ms, "kind": str(self.kind)}
        match self.kind:
            case Happening.SAY:
                fields |= {"text": self.text, "soft": self.soft, "slow": self.slow}
            case Happening.CHAPTER:
                fields |= {"text": self.text}
            case Happening.ATTEND | Happening.TENSE | Happening.RELEASE:
                fields |= {"region": self.region}
            case Happening.MOVE | Happening.IMAGINE:
                fields |= {"movement": self.movements[0], "movements": list(self.movements)}
            case Happening.BREATHE:
                fields |= {"in_ms": self.in_ms, "hold_ms": self.hold_ms, "out_ms": self.out_ms}
            case Happening.SILENCE:
                fields |= {"open": self.is_open}
            case Happening.BELL:
                pass
        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole session in time."""

    duration_ms: int
    seed: int
    title: str
    technique: str
    language: str
    position: Position
    settle_ms: int
    """Over this long at the start the sound comes up from nothing."""
    close_ms: int
    """Over this long at the end everything fades to nothing."""
    events: tuple[Event, ...]

    def of(self, *kinds: Happening) -> tuple[Event, ...]:
        """Pick the events of some kinds, in order."""
        return tuple(event for event in self.events if event.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitInfo:
    """How the length was reached."""

    kept: tuple[str, ...]
    """Optional parts that were kept: the chapter's title and the script's line."""
    dropped: tuple[str, ...]
    """Optional parts that were left out."""
    rounds: tuple[tuple[str, int], ...]
    """How often each repeatable part is done."""
    stretch: float
    """1 where every elastic silence has its natural length; below 1 shrunk, above 1 stretched."""
    open_ms: int
    """Open practice in the session."""
    silence_share: float
    """0–1: how much of the session has no voice."""
    words_per_minute: float
    """Words over the whole session, silences included."""
    spoken_words_per_minute: float
    """Words over the time in which the voice speaks."""
    shortest_ms: int
    """The shortest that this session could have been."""
    longest_ms: int
    """The longest."""
