"""Moments with their lengths in, the timeline's events out.

Called by `fit`. Law: the laws of `model.timeline`: what is said and what is silent tile the session; everything else
lies over them and inside the session, and lasts at least a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lowtide.compose.layout import spoken_ms
from lowtide.compose.pauses import RING_MS
from lowtide.compose.unfold import Begin, End, Moment
from lowtide.model.session import Attend, Bell, Breath, Group, Pause, Phrase, Step, Tense
from lowtide.model.speech import ClipKey
from lowtide.model.timeline import Event, Happening

_ORDER = {kind: index for index, kind in enumerate(Happening)}


def laid(moments: Sequence[Moment], pauses_ms: Sequence[int], lengths_ms: Mapping[ClipKey, int]) -> tuple[Event, ...]:
    """Lay moments one after the other; `pauses_ms` gives each silence's length in order.

    The first and the last moment are the settling time and the close.
    """
    layer = _Layer(lengths_ms=lengths_ms, pauses=iter(pauses_ms))
    for moment in moments:
        layer.add(moment)
    return layer.events()


@dataclass(slots=True, kw_only=True)
class _Layer:
    """The session so far; `at` is its clock."""

    lengths_ms: Mapping[ClipKey, int]
    pauses: Iterator[int]
    at: int = 0
    tiles: list[Event] = field(default_factory=list)
    over: list[Event] = field(default_factory=list)
    chapters: list[tuple[str, int]] = field(default_factory=list)
    bells: list[int] = field(default_factory=list)
    attending: tuple[str, int] | None = None
    begun: list[tuple[Group | Step, int]] = field(default_factory=list)
    quiet_from: int = 0
    """Where the silence that is going on began; `at` where there is none."""
    is_open: bool = False

    def add(self, moment: Moment) -> None:
        """Lay one moment and move the clock behind it."""
        match moment:
            case Phrase():
                self._say(moment)
            case Pause():
                self._rest(moment, next(self.pauses))
            case Breath():
                self._breathe(moment)
            case Tense():
                self._put(Happening.TENSE, self.at, moment.length_ms, region=moment.region)
                self.at += moment.length_ms
            case Attend():
                self._attend(moment.region)
            case Bell():
                self.bells.append(self.at)
            case Begin():
                self._begin(moment.what)
            case End():
                self._end()

    def _put(self, kind: Happening, at: int, for_ms: int, **fields: Any) -> None:
        if for_ms > 0:
            self.over.append(Event(kind=kind, at_ms=at, for_ms=for_ms, **fields))

    def _say(self, phrase: Phrase) -> None:
        self._hush()
        length_ms = spoken_ms(phrase, self.lengths_ms)
        self.tiles.append(
            Event(
                kind=Happening.SAY,
                at_ms=self.at,
                for_ms=length_ms,
                text=phrase.text,
                spoken=phrase.spoken,
                soft=phrase.soft,
                slow=phrase.slow,
                path=phrase.path,
            )
        )
        self.at += length_ms
        self.quiet_from = self.at

    def _hush(self) -> None:
        """Write down the silence that ends here."""
        if self.at > self.quiet_from:
            for_ms = self.at - self.quiet_from
            self.tiles.append(Event(kind=Happening.SILENCE, at_ms=self.quiet_from, for_ms=for_ms, is_open=self.is_open))
        self.quiet_from, self.is_open = self.at, False

    def _rest(self, pause: Pause, length_ms: int) -> None:
        if pause.releases:
            self._put(Happening.RELEASE, self.at, length_ms, region=pause.releases)
        self.is_open = self.is_open or (pause.is_open and length_ms > 0)
        self.at += length_ms

    def _breathe(self, breath: Breath) -> None:
        phases = {"in_ms": breath.in_ms, "hold_ms": breath.hold_ms, "out_ms": breath.out_ms}
        self._put(Happening.BREATHE, self.at, breath.length_ms, **phases)
        phase_at = self.at
        for words, phase_ms in (
            (breath.in_words, breath.in_ms),
            (breath.hold_words, breath.hold_ms),
            (breath.out_words, breath.out_ms),
        ):
            self.at = phase_at
            if words and spoken_ms(words, self.lengths_ms) <= phase_ms:
                self._say(words)
            phase_at += phase_ms
        self.at = phase_at

    def _attend(self, region: str) -> None:
        if self.attending:
            name, since = self.attending
            if name == region:
                return
            self._put(Happening.ATTEND, since, self.at - since, region=name)
        self.attending = (region, self.at) if region else None

    def _begin(self, what: Group | Step) -> None:
        self.begun.append((what, self.at))

    def _end(self) -> None:
        what, since = self.begun.pop()
        if isinstance(what, Step):
            kind = Happening.IMAGINE if what.imagined else Happening.MOVE
            self._put(kind, since, self.at - since, movements=what.movements)
        else:
            self._attend("")
            if what.title and self.at > since:
                self.chapters.append((what.title, since))

    def events(self) -> tuple[Event, ...]:
        """Give all events in the timeline's order."""
        self._hush()
        starts = [0, *(since for _, since in self.chapters[1:]), self.at]
        for (title, _), start, stop in zip(self.chapters, starts, starts[1:], strict=False):
            self._put(Happening.CHAPTER, start, stop - start, text=title)
        for bell in self.bells:
            self._put(Happening.BELL, bell, min(RING_MS, self.at - bell))
        return tuple(sorted((*self.over, *self.tiles), key=lambda event: (event.at_ms, _ORDER[event.kind])))
