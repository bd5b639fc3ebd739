"""A timeline, a session resolved in another way and a moment in, a timeline that turns from the one into the other out.

Called by the pipeline when a listener asks to imagine instead, or for another anchor. Laws: the length stays as it was,
to the millisecond; all that happens before the turn is as it was, so the sound is the same to the last bit up to there;
all that is asked for after it comes from the other session, which a narrower clearance was resolved for. The turn lies
in a silence, and never inside a paced breath or a tension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lowtide.compose.fit import choose, fit, reach
from lowtide.compose.quiet import limited
from lowtide.compose.rest import rest_of
from lowtide.errors import UserError
from lowtide.model.session import Attend, Group, Part, Pause, Phrase, Session, Tense
from lowtide.model.speech import ClipKey
from lowtide.model.time import MS_PER_SECOND
from lowtide.model.timeline import Event, FitInfo, Happening, Timeline

HUSH_MS = 900
"""This much silence lies before the turn, at least: a player hands over in it. As long as the soundscape waits before
it rises (`mix.duck.WAIT_MS`), so that it is the same on both sides."""
GAP = Pause(natural_ms=2_500, least_ms=1_800, most_ms=6_000)
"""The silence after the turn, before anything is said in the other way."""
LEAST_LEFT_MS = 20 * MS_PER_SECOND
"""With less to go a session is not changed any more: the closing words are all that is left."""
_UNBROKEN = frozenset({Happening.BREATHE, Happening.TENSE})
_MOVING = frozenset({Happening.MOVE, Happening.IMAGINE})
_TILES = frozenset({Happening.SAY, Happening.SILENCE})
_CLIPPED = frozenset({Happening.ATTEND, Happening.MOVE, Happening.IMAGINE, Happening.RELEASE, Happening.CHAPTER})
_EASED = 9
"""What may be left out where time runs short goes before whatever the author marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A switch that has found its moment and its words, and not yet its silences."""

    timeline: Timeline
    """What was under way."""
    at_ms: int
    """When the one turns into the other."""
    rests: tuple[Session, ...]
    """What may follow, the fullest first; each begins with the bridge."""

    @property
    def left_ms(self) -> int:
        """How long the rest must be."""
        return self.timeline.duration_ms - self.at_ms

    def phrases(self) -> tuple[Phrase, ...]:
        """Give every phrase that any rest could say."""
        return tuple(phrase for rest in self.rests for phrase in rest.phrases())


def turn(timeline: Timeline, after: Session, bridge: tuple[Part, ...], at_ms: int, *, may_break_off: bool) -> Turn:
    """Find where a timeline turns into the session `after`, at `at_ms` or later, and what is then left of it.

    `bridge` is said first. With `may_break_off` a movement that is under way is not ended first. Raises `UserError`
    where too little is left.
    """
    moment_ms = _moment_ms(timeline, at_ms, may_break_off=may_break_off)
    if moment_ms is None or timeline.duration_ms - moment_ms < LEAST_LEFT_MS:
        raise UserError("The session is nearly over: too little is left to change.", hint="Let it come to its end.")
    said = tuple(event.path for event in timeline.of(Happening.SAY) if event.at_ms < moment_ms and event.path)
    groups = rest_of(after.parts, said)
    opening = (*_attending(timeline, moment_ms), GAP, *bridge)
    words_ms = [event.end_ms for event in timeline.of(Happening.SAY) if event.at_ms < moment_ms]
    quiet_ms = moment_ms - max(words_ms, default=0)
    rests = tuple(
        _limited(replace(after, parts=_led(shorter, opening, _chapter(timeline, moment_ms))), quiet_ms)
        for shorter in _ever_shorter(groups, timeline.duration_ms - moment_ms, after)
    )
    return Turn(timeline=timeline, at_ms=moment_ms, rests=rests)


def needs(found: Turn, lengths_ms: Mapping[ClipKey, int]) -> frozenset[ClipKey]:
    """Tell which clips the rest needs, going by these lengths of its phrases."""
    return choose(_fitting(found, lengths_ms), lengths_ms, found.left_ms)


def switch(found: Turn, lengths_ms: Mapping[ClipKey, int]) -> tuple[Timeline, FitInfo]:
    """Make the timeline that turns; the `info` is that of its rest. Raises `UserError` where no rest can be fitted."""
    rest, info = fit(_fitting(found, lengths_ms), lengths_ms, found.left_ms)
    before = [_clipped(event, found.at_ms) for event in found.timeline.events if event.at_ms < found.at_ms]
    after = [replace(event, at_ms=event.at_ms + found.at_ms) for event in rest.events]
    events = _joined(before, after, found.at_ms)
    return replace(found.timeline, events=events, close_ms=rest.close_ms), info


def _fitting(found: Turn, lengths_ms: Mapping[ClipKey, int]) -> Session:
    for rest in found.rests:
        shortest_ms, longest_ms = reach(rest, lengths_ms)
        if shortest_ms <= found.left_ms <= longest_ms:
            return rest
    raise UserError("What is left of this session can not be changed.", hint="Stopping here is always fine.")


def _moment_ms(timeline: Timeline, at_ms: int, *, may_break_off: bool) -> int | None:
    whole = _UNBROKEN if may_break_off else _UNBROKEN | _MOVING
    kept = [event for event in timeline.events if event.kind in whole]
    for silence in timeline.of(Happening.SILENCE):
        moment_ms = max(at_ms, silence.at_ms + HUSH_MS)
        while under_way := [event.end_ms for event in kept if event.at_ms < moment_ms < event.end_ms]:
            moment_ms = max(under_way)
        if moment_ms <= silence.end_ms:
            return moment_ms
    return None


def _limited(rest: Session, quiet_ms: int) -> Session:
    """Keep to the longest silence, of which some has gone by at the turn."""
    first = rest.parts[0]
    gone_by = Tense(region="", length_ms=quiet_ms)  # rigid, and no words in it: as `limited` reads what lies before
    shorter = limited(replace(rest, parts=(replace(first, parts=(gone_by, *first.parts)), *rest.parts[1:])))
    first = shorter.parts[0]
    return replace(shorter, settle_ms=0, parts=(replace(first, parts=first.parts[1:]), *shorter.parts[1:]))


def _chapter(timeline: Timeline, at_ms: int) -> str:
    return next((e.text for e in timeline.of(Happening.CHAPTER) if e.at_ms < at_ms <= e.end_ms), "")


def _attending(timeline: Timeline, at_ms: int) -> tuple[Part, ...]:
    found = [e for e in timeline.of(Happening.ATTEND) if e.at_ms < at_ms <= e.end_ms]
    return tuple(Attend(region=event.region) for event in found[-1:])


def _ever_shorter(groups: tuple[Group, ...], left_ms: int, after: Session) -> tuple[tuple[Group, ...], ...]:
    """List what may follow: everything; everything with room for more silence; less and less of it; the end alone."""
    last = groups[-1:]
    eased = (*(_eased(group) for group in groups[:-1]), *last)
    ways = [groups, eased, tuple(_eased(group) for group in groups)]
    if after.plan.clearance.longest_silence_ms is None:
        room = Pause(natural_ms=0, least_ms=0, most_ms=left_ms, is_open=True)
        ways += [_with_room(way, room) for way in (groups, eased)]
        ways.append((Group(title="", parts=(room,)),))
    return tuple(ways)


def _with_room(groups: tuple[Group, ...], room: Pause) -> tuple[Group, ...]:
    if not groups:
        return (Group(title="", parts=(room,)),)
    return (replace(groups[0], parts=(room, *groups[0].parts)), *groups[1:])


def _eased(group: Group) -> Group:
    """Let each part of a chapter, and so all of it, be left out."""
    parts: list[Part] = []
    for part in group.parts:
        if isinstance(part, Group):
            parts.append(replace(part, optional=max(_EASED, part.optional)))
        else:
            parts.append(Group(title="", parts=(part,), optional=_EASED))
    return replace(group, parts=tuple(parts), variants=(), least_rounds=1, most_rounds=1)


def _led(groups: tuple[Group, ...], opening: tuple[Part, ...], title: str) -> tuple[Group, ...]:
    """Put the bridge first, in the chapter that is under way."""
    if groups and groups[0].title in (title, "") and not groups[0].optional:
        first = groups[0]
        return (Group(title=title, parts=(*opening, *first.parts), line=first.line), *groups[1:])
    return (Group(title=title, parts=opening), *groups)


def _clipped(event: Event, at_ms: int) -> Event:
    if event.kind in _CLIPPED | {Happening.SILENCE} and event.end_ms > at_ms:
        return replace(event, for_ms=at_ms - event.at_ms)
    return event


def _joined(before: list[Event], after: list[Event], at_ms: int) -> tuple[Event, ...]:
    """Join events that go on over the turn: a silence, a chapter, what is attended to."""
    for kind in (Happening.SILENCE, Happening.CHAPTER, Happening.ATTEND):
        last = next((e for e in reversed(before) if e.kind is kind and e.end_ms == at_ms), None)
        first = next((e for e in after if e.kind is kind and e.at_ms == at_ms), None)
        if last and first and (kind is Happening.SILENCE or (last.text, last.region) == (first.text, first.region)):
            whole = replace(last, for_ms=last.for_ms + first.for_ms, is_open=last.is_open or first.is_open)
            before[before.index(last)] = whole
            after.remove(first)
    return (*before, *after)
