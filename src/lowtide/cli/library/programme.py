"""`lowtide programme`: the courses that there are, a week of one, and what is wrong with one that a clinic wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from lowtide.errors import Exit, UserError
from lowtide.model.time import counted

if TYPE_CHECKING:
    from lowtide.model.programme import Practice, Programme, Week

ENDING = ".toml"
LARGEST_FILE_BYTES = 1_000_000
"""Far above what the reader takes, so that the reader says it."""
PACES = {"practice": "after {days} days of practice", "calendar": "every seven days"}


def programme(
    name: str = "",
    /,
    *,
    week: Annotated[int, Parameter(help="Show this week: its theme, its practices, what a group goes through.")] = 0,
    json_: Annotated[bool, Parameter(name="--json", help="As JSON, for other programs.")] = False,
) -> int:
    """Show the courses, or one of them, or a week of it; with a FILE, tell what is wrong with it.

    Such as

        lowtide programme
        lowtide programme mbsr-style --week 3
        lowtide programme our-course.toml

    A file is checked as 'lowtide check' checks a script: one line for each mistake, and it ends with 1 when there is an
    error.
    """
    if _is_file(name):
        return _show_file(Path(name), week, as_json=json_)
    if not name:
        if week:
            raise UserError("--week needs a course.", hint="Such as: lowtide programme mbsr-style --week 3")
        return _show_all(as_json=json_)
    from lowtide import content

    return _show_one(content.programme(name), week, as_json=json_)


def _is_file(name: str) -> bool:
    return name == "-" or name.endswith(ENDING) or "/" in name or "\\" in name


def _show_file(path: Path, week: int, *, as_json: bool) -> int:
    """Check a file, and show the week that was asked for where nothing in it is an error."""
    from lowtide import content
    from lowtide.cli.reading import read_text

    found, diagnostics = content.read_programme(read_text(path, LARGEST_FILE_BYTES))
    sys.stdout.writelines(f"{path}:{one}\n" for one in diagnostics)
    errors = sum(one.is_error for one in diagnostics)
    sys.stderr.write(f"{path}: {counted(errors, 'error')}, {counted(len(diagnostics) - errors, 'warning')}.\n")
    if found is None:
        return Exit.FINDINGS
    if week or as_json:
        return _show_one(found, week, as_json=as_json)
    sys.stderr.write(f"{path}: {_in_short(found)}\n")
    return Exit.OK


def _show_all(*, as_json: bool) -> int:
    from lowtide import content

    found = content.programmes()
    if as_json:
        _print_json([_row(one) for one in found])
    else:
        _print(line for one in found for line in (f"{one.name}: {one.summary}", f"  {_in_short(one)}"))
    for file in content.unusable_programmes():
        sys.stderr.write(
            f"{file} is not offered: 'lowtide programme {file}' tells why; its name must be '{file.stem}'.\n"
        )
    return Exit.OK


def _show_one(found: Programme, number: int, *, as_json: bool) -> int:
    if not 0 <= number <= len(found.weeks):
        raise UserError(f"{found.name} has no week {number}.", hint=f"It has {len(found.weeks)}, counted from 1.")
    if as_json:
        _print_json(
            asdict(found.weeks[number - 1]) if number else _row(found) | {"weeks": list(map(asdict, found.weeks))}
        )
    elif number:
        _print(_week_lines(found.weeks[number - 1], number))
    else:
        _print(_lines(found))
    return Exit.OK


def _row(one: Programme) -> dict[str, object]:
    row = asdict(one)
    del row["weeks"], row["about"]
    return row | {"weeks": len(one.weeks)}


def _in_short(one: Programme) -> str:
    from lowtide.model.programme.turns import weekly_minutes

    minutes = [round(weekly_minutes(week, one.days_for_next)) for week in one.weeks]
    low, high = min(minutes), max(minutes)
    much = counted(high, "minute") if low == high else f"{low} to {high} minutes"
    opens = PACES[one.pace].format(days=one.days_for_next)
    group = f", with a meeting of {counted(one.group_minutes, 'minute')}" if one.group_minutes else ""
    equal = f"; equal to {one.equal_to}" if one.equal_to else ""
    return f"{counted(len(one.weeks), 'week')}, {much} of practice in each{group}; the next opens {opens}{equal}."


def _lines(one: Programme) -> Iterator[str]:
    yield from (f"# {one.title}", "", one.about.strip(), "", _in_short(one), "", f"It rests on: {one.source}", "")
    for number, week in enumerate(one.weeks, 1):
        yield f"{number}. {week.title}: {week.theme}"


def _week_lines(week: Week, number: int) -> Iterator[str]:
    yield from (f"# {number}. {week.title}", "", week.theme, "", week.text.strip(), "", "## Practice", "")
    yield from map(_practice_line, week.practices)
    if week.own:
        yield from ("", "Whoever likes puts their own together.")
    if week.events:
        yield from ("", f"A calendar of events: {week.events}.")
    if week.day:
        yield from ("", f"## {week.day.title}", "", week.day.text.strip(), "", *map(_practice_line, week.day.parts))
    if week.agenda:
        yield from ("", "## With a group", "", *(f"- {line}" for line in week.agenda))
    if week.readings:
        yield from ("", f"To read: {', '.join(week.readings)}")


def _practice_line(one: Practice) -> str:
    least = f" (or {one.least_minutes:g})" if one.least_minutes < one.minutes else ""
    what = one.activity or one.technique
    turn = f", in turn ({one.turns})" if one.turns else ""
    alone = "" if one.guided or one.activity else ", without a recording"
    return f"- {what}: {counted(one.minutes, 'minute')}{least}{turn}{alone}. {one.text}".rstrip()


def _print_json(what: object) -> None:
    sys.stdout.write(json.dumps(what, indent=2, ensure_ascii=False) + "\n")


def _print(lines: Iterator[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
