"""A row that was read in, what is wrong with it as a whole out: the core must be able to read what is kept.

Each check gives the column and what is wrong, or None. Law: what passes here can be shown, learned from and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lowtide.model.checkin import ChosenBy
from lowtide.model.checkin.checkin import FARTHEST_OFFSET_MINUTES, are_odds, is_name
from lowtide.model.movement import Position
from lowtide.model.routine import MINUTES_OF_DAY, MOST_TIMES
from lowtide.web.course.actions import ABOUT
from lowtide.web.course.models import LogLine, Meeting
from lowtide.web.practice.models import Comparison, Preferences, ProfileVersion, Session, UnwellReport
from lowtide.web.practice.records import comparison_of, profile_from, switches_from, wish_from
from lowtide.web.reminders.models import QuietHours, Routine
from lowtide.web.reminders.practised import DIARY, PRACTICE, RITUAL

Wrong = tuple[str, str] | None
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, AssertionError)
NOT_SO = "can not be so"


def check(row: Any) -> Wrong:
    """Look a row over."""
    checks: Mapping[type, Callable[[Any], Wrong]] = {
        Session: _session, Comparison: _comparison, ProfileVersion: _version, Preferences: _preferences,
        UnwellReport: lambda report: None if _are_words(report.feelings) else ("feelings", NOT_SO),
        LogLine: lambda line: None if _are_words(line.chosen) else ("chosen", NOT_SO),
        Meeting: _meeting, Routine: _routine, QuietHours: _quiet_hours,
    }  # fmt: skip
    look = checks.get(type(row))
    return look(row) if look else None


def _session(row: Session) -> Wrong:
    if not is_name(row.technique):
        return "technique", NOT_SO
    if abs(row.utc_offset_minutes) > FARTHEST_OFFSET_MINUTES:
        return "utc_offset_minutes", NOT_SO
    if not _are_words(row.why):
        return "why", NOT_SO
    for column, read in (("profile", profile_from), ("wish", wish_from), ("switches", switches_from)):
        try:
            read(getattr(row, column))
        except UNREADABLE:
            return column, "can not be read"
    return _decision(row)


def _decision(row: Session) -> Wrong:
    if row.chosen_by not in ChosenBy._value2member_map_:
        return "chosen_by", NOT_SO
    odds = row.odds
    if not isinstance(odds, dict) or not all(isinstance(one, (int, float)) for one in odds.values()):
        return "odds", NOT_SO
    pairs = tuple(sorted(odds.items()))
    if (
        not are_odds(pairs)
        or (pairs and not odds.get(row.technique))
        or (row.chosen_by == ChosenBy.LEARNER and not pairs)
    ):
        return "odds", NOT_SO
    return None


def _comparison(row: Comparison) -> Wrong:
    if not _are_words(row.techniques):
        return "techniques", NOT_SO
    if not _are_words(row.schedule):
        return "schedule", NOT_SO
    try:
        comparison_of(row)
    except UNREADABLE:
        return "schedule", NOT_SO
    return None


def _version(row: ProfileVersion) -> Wrong:
    for name in ("worse_with", "conditions"):
        if getattr(row, name) is not None and not _are_words(getattr(row, name)):
            return name, NOT_SO
    return next(((name, NOT_SO) for name in ("positions", "likes") if not _are_words(getattr(row, name))), None)


def _preferences(row: Preferences) -> Wrong:
    return None if row.position in ("", *Position) else ("position", NOT_SO)


def _meeting(row: Meeting) -> Wrong:
    """Let no file add a meeting to a group that is there: others are in it."""
    if row.group._state.adding:
        return None  # the file brings its group along
    is_there = Meeting.objects.filter(pk=row.pk, group=row.group).exists()
    return None if is_there else ("group", NOT_SO)


def _routine(row: Routine) -> Wrong:
    """Let no file remind of what nobody could have set up; a meeting's reminder is set by its group."""
    if row.about not in (PRACTICE, DIARY, ABOUT) and not is_name(_ritual(row.about)):
        return "about", NOT_SO
    times: Any = row.times
    if not isinstance(times, list) or any(type(one) is not int for one in times):
        return "times", NOT_SO
    is_sound = times == sorted(set(times)) and all(0 <= one < MINUTES_OF_DAY for one in times)
    return None if is_sound and len(times) <= MOST_TIMES else ("times", NOT_SO)


def _ritual(about: str) -> str:
    return about.removeprefix(RITUAL) if about.startswith(RITUAL) else ""


def _quiet_hours(row: QuietHours) -> Wrong:
    if row.from_minute >= MINUTES_OF_DAY:
        return "from_minute", NOT_SO
    return ("to_minute", NOT_SO) if row.to_minute >= MINUTES_OF_DAY or row.to_minute == row.from_minute else None


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
