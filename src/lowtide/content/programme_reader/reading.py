"""Reading a programme: any text in, the programme and everything that is wrong with it out, in one pass.

Called by `programme_files` and by `lowtide programme FILE`. Laws: no text raises; a programme is only handed out where
nothing in it is an error.
"""

from __future__ import annotations

import tomllib
from typing import Any

from lowtide.content.programme_reader import checks, wording
from lowtide.content.programme_reader.known import Known
from lowtide.content.programme_reader.places import Places
from lowtide.content.programme_reader.rules import (
    LONGEST_FILE,
    LONGEST_MEETING_MINUTES,
    LONGEST_PRACTICE_MINUTES,
    MOST_WEEKS,
    RULES,
)
from lowtide.content.programme_reader.table import Table
from lowtide.model.programme import DAYS_A_WEEK, Day, EventCalendar, Pace, Practice, Programme, Week
from lowtide.script.diagnostics import Diagnostic, Findings
from lowtide.script.limits import MOST_SHOWN

LEAST_MINUTES = 1
"""A practice day is one on which at least a minute was practised; nothing shorter can be asked for."""
USUAL_DAYS = 6
KEYS = (
    "name", "title", "summary", "about", "source", "pace", "days_for_next", "group_minutes", "equal_to", "week",
)  # fmt: skip
WEEK_KEYS = ("name", "title", "theme", "text", "agenda", "readings", "events", "own", "practice", "day")
DAY_KEYS = ("title", "text", "parts")
PRACTICE_KEYS = (
    "name", "technique", "script", "activity", "minutes", "least_minutes", "days", "turns", "guided", "text",
    "movements", "instead",
)  # fmt: skip
NOT_IN_A_DAY = ("turns",)


def read(text: str, known: Known, *, checked: bool = True) -> tuple[Programme | None, tuple[Diagnostic, ...]]:
    """Read a programme; where it is not `checked`, wording and controls are left to the test that keeps the library."""
    findings = Findings(RULES)
    table = _table(text, findings)
    if table is None:
        return None, _in_order(findings)
    programme = _programme(table, known, checked=checked)
    if programme and checked:
        wording.check(table, programme)
        checks.compare(table, programme, known)
    return None if findings.has_errors else programme, _in_order(findings)


def _table(text: str, findings: Findings) -> Table | None:
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST_FILE:
        findings.add("P108", (1, 1), most=f"{LONGEST_FILE:,}")
        return None
    try:
        row: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number too long to be read is a ValueError of its own
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a value can not be read"
        findings.add("P101", (_line_in(why), 1), why=why.rstrip("."))
        return None
    return Table(row, (), Places(text), findings, "The programme")


def _line_in(why: str) -> int:
    """Find the line that Python's reader names, as in `(at line 3, column 5)`."""
    number = why.partition("at line ")[2].partition(",")[0]
    return int(number) if number.isdigit() else 1


def _programme(table: Table, known: Known, *, checked: bool) -> Programme | None:
    table.only(KEYS)
    name, title, summary = table.name("name"), table.text("title", needed=True), table.text("summary", needed=True)
    about, source = table.text("about", needed=True), table.text("source", needed=True)
    wanted = table.whole("days_for_next", 1, DAYS_A_WEEK, usual=USUAL_DAYS)
    pace = table.word("pace", Pace, "pace") or Pace.PRACTICE
    meeting = table.whole("group_minutes", 0, LONGEST_MEETING_MINUTES, usual=0)
    equal_to = table.text("equal_to")
    tables = list(table.tables("week", "This week"))
    if len(tables) > MOST_WEEKS:
        table.note("P109", count=len(tables), most=MOST_WEEKS)
        del tables[MOST_WEEKS:]
    weeks = tuple(_week(one, known, wanted, checked=checked) for one in tables)
    checks.names(tables, [one.name for one in weeks])
    if not weeks:
        table.note("P201")
        return None
    return Programme(
        name=name, title=title, summary=summary, about=about, source=source, pace=pace, days_for_next=wanted,
        group_minutes=meeting, equal_to=equal_to, weeks=weeks,
    )  # fmt: skip


def _week(table: Table, known: Known, wanted: int, *, checked: bool) -> Week:
    table.only(WEEK_KEYS)
    rows = list(table.tables("practice", "This practice"))
    day, parts = _day(table, known, checked=checked)
    week = Week(
        name=table.name("name"),
        title=table.text("title", needed=True),
        theme=table.text("theme", needed=True),
        text=table.text("text", needed=True),
        agenda=table.texts("agenda"),
        readings=table.texts("readings"),
        events=table.word("events", EventCalendar, "calendar of events"),
        own=table.flag("own", usual=False),
        practices=tuple(_practice(row, known, checked=checked) for row in rows),
        day=day,
    )
    checks.names([*rows, *parts], [one.name for one in week.all_practices])
    checks.week(table, week, rows, known, wanted)
    return week


def _day(table: Table, known: Known, *, checked: bool) -> tuple[Day | None, list[Table]]:
    found = table.table("day", "This day")
    if found is None:
        return None, []
    found.only(DAY_KEYS)
    rows = list(found.tables("parts", "This part"))
    for row in rows:
        for key in NOT_IN_A_DAY:
            if key in row.row:
                row.note("P209", key, key=key)
    if not rows:
        found.note("P207")
    parts = tuple(_practice(row, known, checked=checked) for row in rows)
    return Day(title=found.text("title", needed=True), text=found.text("text", needed=True), parts=parts), rows


def _practice(table: Table, known: Known, *, checked: bool) -> Practice:
    table.only(PRACTICE_KEYS)
    technique, script = table.text("technique"), table.text("script")
    minutes = table.number("minutes", LEAST_MINUTES, LONGEST_PRACTICE_MINUTES)
    practice = Practice(
        name=table.name("name"),
        technique=technique,
        script=script,
        activity=table.text("activity"),
        minutes=minutes,
        least_minutes=table.number("least_minutes", LEAST_MINUTES, LONGEST_PRACTICE_MINUTES),
        days=table.whole("days", 1, DAYS_A_WEEK, usual=USUAL_DAYS),
        turns=table.text("turns"),
        guided=table.flag("guided", usual=True) and not table.text("activity"),
        text=table.text("text"),
        movements=known.movements(known.scripts(technique, script)) if technique else table.texts("movements"),
        pictured=known.pictured(known.scripts(technique, script)) if technique else (),
        instead=table.text("instead"),
    )
    checks.practice(table, practice, known)
    if checked:
        checks.body(table, practice)
    return practice


def _in_order(findings: Findings) -> tuple[Diagnostic, ...]:
    """Sort what was found by its line, errors first, and cut it."""
    found = sorted(dict.fromkeys(findings.kept), key=lambda one: (one.line, not one.is_error, one.code))[:MOST_SHOWN]
    left = findings.count - len(found)
    if left:
        more = Findings(RULES)
        more.add("P110", (found[-1].line, 1), count=left)
        found += more.kept
    return tuple(found)
