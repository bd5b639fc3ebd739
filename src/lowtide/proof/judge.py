"""A timeline and the clearance that it was made for in, everything that it must not hold out.

Called by `proving`. Law: nothing of `compose` is used to judge what it made. What is allowed is worked out here again
from the clearance's fields and SAFETY's words, and looked for in what a listener would hear: the events, and the words
themselves (`script.movements` knows which movements plain words ask for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from lowtide.model.body import overlaps
from lowtide.model.clearance import Clearance
from lowtide.model.movement import POSITION_NEEDS, POSTURE, TENSE, Kind
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.model.timeline import Event, Happening, Timeline
from lowtide.proof.tagging import Target, plain, tags_in
from lowtide.script.movements import asked_for, offers_position

APART_MS = 5 * MS_PER_MINUTE
"""No wording is heard twice within this time (the library's own promise), unless its script calls it a refrain."""
FRAGMENT_WORDS = 3
"""Up to so many words are a fragment that may come back: "and out"."""
OPENING_WORDS = ("sharp", "spreading", "lasting", "stop", "driving")
"""What the opening has to say (SAFETY, "Wording"): the stop rule, and that nobody listens while driving."""
_SIGNS = re.compile(r"[^\w\s']")
_ORDER = {kind: number for number, kind in enumerate(Happening)}

Found = Iterator[tuple[str, str]]
"""A rule that is broken, and what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """What one session is held to. Its timeline is given with the tags in its words."""

    clearance: Clearance
    length_ms: int
    moves: Mapping[str, Target] = field(default_factory=dict)
    """The script's texts that ask for a movement, by tag."""
    refrains: frozenset[str] = frozenset()
    """Sentences that may come back."""
    reads_captions: bool = True
    """Whether the captions are made as well; they follow from the timeline alone."""

    def faults(self, timeline: Timeline) -> Found:
        """Yield everything that is wrong with a session."""
        yield from self._length(timeline)
        yield from _tiles(timeline)
        yield from self._position(timeline)
        for event in timeline.events:
            yield from self._event(event)
        yield from self._own_words(timeline)
        said = tuple(_sentences(timeline))
        yield from self._asked(timeline, said)
        yield from self._twice(said)
        yield from self._silence(timeline)
        yield from _opening(timeline)
        if self.reads_captions:
            yield from _captions(timeline)

    def _length(self, timeline: Timeline) -> Found:
        if timeline.duration_ms != self.length_ms:
            yield "length", f"lasts {timeline.duration_ms} ms, {self.length_ms} were asked for"

    def _position(self, timeline: Timeline) -> Found:
        need = POSITION_NEEDS[timeline.position]
        if need is not None and self._forbids(str(need)):
            yield "forbidden", f"is for {timeline.position}, which is not cleared"

    def _event(self, event: Event) -> Found:
        """Look at what an event asks a body to do."""
        match event.kind:
            case Happening.MOVE:
                asked = event.movements
            case Happening.TENSE:
                asked = (f"{TENSE}{event.region}",)
            case Happening.BREATHE:
                asked = (str(Kind.PACED_BREATH), *((str(Kind.BREATH_HOLD),) if event.hold_ms else ()))
                if event.for_ms * self.clearance.slowest_breaths_per_minute > MS_PER_MINUTE:
                    yield "forbidden", f"a breath of {event.for_ms} ms at {clock(event.at_ms)} is slower than cleared"
            case _:
                asked = ()
        for movement in asked:
            if self._forbids(movement):
                yield "forbidden", f"{event.kind} {movement} at {clock(event.at_ms)}, which is not cleared"

    def _own_words(self, timeline: Timeline) -> Found:
        """Look for the words of a move, whatever the timeline calls them."""
        for event in timeline.of(Happening.SAY):
            for tag in tags_in(event.text):
                target = self.moves.get(tag)
                wrong = [movement for movement in target.movements if self._forbids(movement)] if target else []
                if wrong and target:
                    yield "forbidden", f"line {target.line} asks for {', '.join(wrong)}: {target.words}"

    def _asked(self, timeline: Timeline, said: tuple[tuple[int, str], ...]) -> Found:
        """Look for plain words that ask for a movement."""
        need, moves = POSITION_NEEDS[timeline.position], timeline.of(Happening.MOVE)
        for at_ms, sentence in said:
            asked = _asks(sentence)
            if not asked:
                continue
            placed = set(POSTURE) if offers_position(sentence) else {need}
            meant = [name for move in moves if move.at_ms <= at_ms < move.end_ms for name in move.movements]
            wrong = [one for one in asked if one not in placed and not _is_meant(one, meant) and self._forbids(one)]
            if wrong:
                yield "forbidden", f"at {clock(at_ms)} the words ask for {', '.join(wrong)}: {sentence}"

    def _forbids(self, movement: str) -> bool:
        """Say whether a movement may not be asked for, by the words of SAFETY.md."""
        if movement.startswith(TENSE):
            region, spared = movement.removeprefix(TENSE), self.clearance.spared
            return spared is None or any(overlaps(region, one) for one in spared)
        return movement not in {str(kind) for kind in self.clearance.allowed}

    def _twice(self, said: tuple[tuple[int, str], ...]) -> Found:
        heard: dict[str, int] = {}
        for at_ms, sentence in said:
            words = _SIGNS.sub("", sentence).lower()
            may_recur = len(words.split()) <= FRAGMENT_WORDS or sentence in self.refrains
            if not may_recur and at_ms - heard.get(words, -APART_MS) < APART_MS:
                yield "twice", f"at {clock(heard[words])} and again at {clock(at_ms)}: {sentence}"
            heard[words] = at_ms

    def _silence(self, timeline: Timeline) -> Found:
        limit_ms = self.clearance.longest_silence_ms
        ends = [0, *(event.end_ms for event in timeline.of(Happening.SAY))]
        begins = [*(event.at_ms for event in timeline.of(Happening.SAY)), timeline.duration_ms]
        for end, begin in zip(ends, begins, strict=True):
            if limit_ms is not None and begin - end > limit_ms:
                yield "silence", f"nobody speaks for {begin - end} ms at {clock(end)}; {limit_ms} is the most"


def _is_meant(asked: str, named: list[str]) -> bool:
    """Say whether a tension is only the one that the step names, in other words: "make them hard"."""
    return asked.startswith(TENSE) and any(
        name.startswith(TENSE) and overlaps(name.removeprefix(TENSE), asked.removeprefix(TENSE)) for name in named
    )


def _tiles(timeline: Timeline) -> Found:
    """Look at the timeline's own laws: in order, inside the time, speech and silence without a gap."""
    keys = [(event.at_ms, _ORDER[event.kind]) for event in timeline.events]
    if any(a > b for a, b in pairwise(keys)):
        yield "order", "its events are not in order"
    for event in timeline.events:
        if not 0 <= event.at_ms < event.end_ms <= timeline.duration_ms:
            yield "order", f"{event.kind} lies outside: {event.at_ms} to {event.end_ms} ms"
    tiles = timeline.of(Happening.SAY, Happening.SILENCE)
    edges = [0, *(tile.end_ms for tile in tiles)]
    if [tile.at_ms for tile in tiles] != edges[:-1] or edges[-1] != timeline.duration_ms:
        yield "order", "speech and silence leave a gap or overlap"


def _opening(timeline: Timeline) -> Found:
    """Look for the opening: the first chapter, from the first millisecond, with the stop rule in it."""
    chapters = timeline.of(Happening.CHAPTER)
    if not chapters or chapters[0].at_ms != 0:
        yield "opening", "no chapter begins with the session"
        return
    until = chapters[1].at_ms if len(chapters) > 1 else timeline.duration_ms
    first = " ".join(plain(event.text) for event in timeline.of(Happening.SAY) if event.at_ms < until).lower()
    missing = [word for word in OPENING_WORDS if word not in first]
    if missing:
        yield "opening", f"it begins without the safety line: {', '.join(missing)} not said"


def _captions(timeline: Timeline) -> Found:
    from lowtide.deliver.captions.cues import cues

    at = 0
    for cue in cues(timeline):
        if not at <= cue.start_ms < cue.end_ms <= timeline.duration_ms:
            yield "captions", f"a caption stands at {cue.start_ms} to {cue.end_ms} ms, after {at}"
        at = cue.end_ms


def _sentences(timeline: Timeline) -> Iterator[tuple[int, str]]:
    """Yield what is said with its time; phrases that an ellipsis parts are one sentence."""
    begun_ms, words = 0, ""
    for event in timeline.of(Happening.SAY):
        text = plain(event.text)
        begun_ms, words = (begun_ms, f"{words} {text}") if words else (event.at_ms, text)
        if not text.endswith("…"):
            yield begun_ms, words
            words = ""
    if words:
        yield begun_ms, words


@lru_cache(maxsize=20_000)
def _asks(sentence: str) -> tuple[str, ...]:
    return asked_for(sentence)
