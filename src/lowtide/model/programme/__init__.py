"""A course of some weeks: the programme, the log of what was done, where a person is, what is asked today."""

from lowtide.model.programme.assignment import AssignInfo, Assignment
from lowtide.model.programme.log import (
    Began,
    Chose,
    Entry,
    Finished,
    Left,
    LogEntry,
    Paused,
    Practised,
    Resumed,
    Stayed,
    Why,
)
from lowtide.model.programme.programme import DAYS_A_WEEK, Day, EventCalendar, Pace, Practice, Programme, Week
from lowtide.model.programme.standing import Standing, StandingInfo, State, WeekDone

__all__ = [
    "DAYS_A_WEEK",
    "AssignInfo",
    "Assignment",
    "Began",
    "Chose",
    "Day",
    "Entry",
    "EventCalendar",
    "Finished",
    "Left",
    "LogEntry",
    "Pace",
    "Paused",
    "Practice",
    "Practised",
    "Programme",
    "Resumed",
    "Standing",
    "StandingInfo",
    "State",
    "Stayed",
    "Week",
    "WeekDone",
    "Why",
]
