"""Small values for tests: each takes only what the test is about, and fills in the rest."""

from __future__ import annotations

from typing import Any

from lowtide.model.clearance import Clearance
from lowtide.model.movement import Kind, Position
from lowtide.model.plan import Plan
from lowtide.model.profile import Profile
from lowtide.model.timeline import Event, Happening, Timeline


def clearance(**changes: Any) -> Clearance:
    """Everything is allowed, unless a change says otherwise."""
    known: dict[str, Any] = {
        "allowed": frozenset(Kind),
        "spared": frozenset(),
        "slowest_breaths_per_minute": 4.0,
        "other_anchor": False,
        "eyes_open": False,
        "longest_silence_ms": None,
        "somatic_tracking": False,
        "reasons": (),
    }
    return Clearance(**(known | changes))


def plan(**changes: Any) -> Plan:
    """Ten minutes lying down, for someone cleared for everything."""
    known: dict[str, Any] = {
        "clearance": clearance(),
        "profile": Profile(),
        "technique": "body-scan",
        "script": "test",
        "position": Position.LYING,
        "length_ms": 600_000,
        "seed": 0,
        "facts": frozenset(),
    }
    return Plan(**(known | changes))


def say(at_ms: int, for_ms: int, text: str, **changes: Any) -> Event:
    return Event(kind=Happening.SAY, at_ms=at_ms, for_ms=for_ms, text=text, spoken=text, **changes)


def silence(at_ms: int, for_ms: int, **changes: Any) -> Event:
    return Event(kind=Happening.SILENCE, at_ms=at_ms, for_ms=for_ms, **changes)


def timeline(events: tuple[Event, ...] = (), *, duration_ms: int = 60_000, **changes: Any) -> Timeline:
    """The events given, with every hole between and around the spoken ones filled with silence."""
    said = sorted((e for e in events if e.kind is Happening.SAY), key=lambda e: e.at_ms)
    holes, at = [], 0
    for event in said:
        if event.at_ms > at:
            holes.append(silence(at, event.at_ms - at))
        at = event.end_ms
    if at < duration_ms:
        holes.append(silence(at, duration_ms - at))
    given = [e for e in events if e.kind is not Happening.SILENCE]
    known: dict[str, Any] = {
        "duration_ms": duration_ms,
        "seed": 0,
        "title": "A test",
        "technique": "body-scan",
        "language": "en",
        "position": Position.LYING,
        "settle_ms": 4_000,
        "close_ms": 8_000,
        "events": tuple(sorted([*given, *holes], key=lambda e: (e.at_ms, list(Happening).index(e.kind)))),
    }
    return Timeline(**(known | changes))
