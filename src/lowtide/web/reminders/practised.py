"""Persons in, when each last practised what they are reminded of, out. Called by the worker, for many at once.

Whoever lets people practise in another way (the course) registers a function here when the app starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from lowtide import content
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.practice.models import DiaryEntry, Session

LEAST_MS = MS_PER_MINUTE
"""House rule, the course's too: what was heard for a minute was practised."""
PRACTICE, DIARY, RITUAL = "practice", "diary", "ritual:"
"""What routines of the app itself are about; a ritual's name follows its colon."""

Last = Mapping[tuple[int, str], datetime]
"""By person (key) and what it is about: when it was last practised."""
Practised = Callable[[Collection[int], datetime, datetime], Last]
"""Persons, since when, until when."""
_known: list[Practised] = []


def register(practised: Practised) -> None:
    """Let this count as practised too."""
    if practised not in _known:
        _known.append(practised)


def last_practised(persons: Collection[int], since: datetime, until: datetime) -> Last:
    """Give when each of these persons last practised each thing; what is not there was not practised."""
    found: dict[tuple[int, str], datetime] = {}
    for practised in _known:
        for key, at in practised(persons, since, until).items():
            found[key] = max(at, found.get(key, at))
    return found


def in_the_app(persons: Collection[int], since: datetime, until: datetime) -> Last:
    """Say of rituals, of practice of any kind and of the diary when they last were."""
    found: dict[tuple[int, str], datetime] = {}
    ritual = {one.script: one.name for one in content.rituals()}
    sessions = Session.objects.filter(person__in=persons, begun_at__range=(since, until), heard_ms__gte=LEAST_MS)
    for person, script, at in sessions.order_by("begun_at").values_list("person_id", "wish__script", "begun_at"):
        assert at is not None, "only what was begun is asked for"
        found[person, PRACTICE] = at
        if script in ritual:
            found[person, RITUAL + ritual[script]] = at
    entries = DiaryEntry.objects.filter(person__in=persons, at__range=(since, until)).order_by("at")
    found.update({(person, DIARY): at for person, at in entries.values_list("person_id", "at")})
    return found
