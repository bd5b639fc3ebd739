"""`lowtide report`: the check-ins in, what they show out, as text, charts, a PDF or data."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from lowtide.cli.learning.checkin import CheckInsFile
from lowtide.errors import Exit, UserError
from lowtide.model.time import EPOCH, counted

if TYPE_CHECKING:
    from lowtide.deliver.charts import Chart
    from lowtide.model.report import Report
    from lowtide.model.report.comparison import Outcome

STREAM = "-"


def report(
    *,
    output: Annotated[
        str,
        Parameter(
            name=["--output", "-o"], allow_leading_hyphen=True,
            help="A file: .pdf for a clinician, .svg for the charts, .json for the data, .txt. Left out: text, here.",
        ),
    ] = STREAM,
    since: Annotated[str, Parameter(help="The first day to count: 2026-03-01.")] = "",
    until: Annotated[str, Parameter(help="The last day to count.")] = "",
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False,
    checkins: CheckInsFile = None,
) -> int:  # fmt: skip
    """Tell what your check-ins show: how pain went, how much you practised, what helped, and how sure that is.

    Such as

        lowtide report
        lowtide report --since 2026-03-01 -o report.pdf

    No name stands in it: there is a line to write one on.
    """
    from lowtide import deliver
    from lowtide.deliver.report import period

    write = None if output == STREAM else _writer(output)
    told, outcomes = read_report(checkins, _day(since, "--since"), _day(until, "--until"))
    names = titles()
    if write is None:
        from lowtide.deliver.report import text

        sys.stdout.write(text(told, names, outcomes))
        return Exit.OK
    deliver.check_place(Path(output), force=force)
    deliver.write_files({Path(output): [write(told, names, outcomes)]}, force=force)
    sys.stderr.write(f"{output}: {counted(told.dose.sessions, 'session')}, {period(told)}.\n")
    return Exit.OK


Writer = Callable[["Report", dict[str, str], "tuple[Outcome, ...]"], bytes]


def _writer(output: str) -> Writer:
    writers: dict[str, Writer] = {".pdf": _pdf, ".svg": _svg, ".json": _json, ".txt": _text}
    ending = Path(output).suffix.lower()
    if ending not in writers:
        raise UserError(f"A report can not be written as '{output}'.", hint=f"Endings: {', '.join(writers)}.")
    return writers[ending]


def read_report(checkins: Path | None, since: int | None, until: int | None) -> tuple[Report, tuple[Outcome, ...]]:
    """Make the report of the kept check-ins; raise `UserError` where there is nothing to report."""
    from lowtide import learn
    from lowtide.cli.learning import checkins_file, comparison_file
    from lowtide.learn.report import report as report_of

    file = checkins or checkins_file.default_file()
    kept = checkins_file.read(file)
    if not kept:
        raise UserError("There are no check-ins yet.", hint="After a session: lowtide checkin session.mp3 --pain 6,4")
    belief = learn.replay(learn.house_prior(), kept[0].began_ms, kept)
    told = report_of(belief, first_day=since, last_day=until)
    if told is None:
        raise UserError("There are no check-ins between these days.", hint="'lowtide checkin' lists them.")
    outcome = comparison_file.outcome_of(file, kept)
    return told, (outcome,) if outcome else ()


def titles() -> dict[str, str]:
    """Say what each technique of the library is called."""
    from lowtide.content import techniques

    return {one.name: one.title for one in techniques()}


def _pdf(told: Report, names: dict[str, str], outcomes: tuple[Outcome, ...]) -> bytes:
    from lowtide.deliver.report import pdf

    return pdf(told, names, outcomes)


def _text(told: Report, names: dict[str, str], outcomes: tuple[Outcome, ...]) -> bytes:
    from lowtide.deliver.report import text

    return text(told, names, outcomes).encode()


def _json(told: Report, _names: dict[str, str], outcomes: tuple[Outcome, ...]) -> bytes:
    return (json.dumps(asdict(told) | {"comparisons": [asdict(one) for one in outcomes]}, indent=1) + "\n").encode()


def _svg(told: Report, names: dict[str, str], _outcomes: tuple[Outcome, ...]) -> bytes:
    from lowtide.deliver.report import drawings

    charts: tuple[Chart, ...] = drawings(told, names)
    if not charts:
        raise UserError("There is nothing to draw yet.", hint="A week with two rated days is the least.")
    return stacked(charts)


def stacked(charts: tuple[Chart, ...]) -> bytes:
    """Put charts under each other in one drawing."""
    import re

    heights = [float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', chart.svg)[1]) for chart in charts]  # type: ignore[index]
    parts, top = [], 0.0
    for chart, height in zip(charts, heights, strict=True):
        parts.append(chart.alone.replace("<svg ", f'<svg y="{top:g}" height="{height:g}" ', 1))
        top += height
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 {top:g}">'
    return "\n".join([whole, *parts, "</svg>\n"]).encode()


def _day(text: str, option: str) -> int | None:
    if not text:
        return None
    try:
        return (date.fromisoformat(text) - EPOCH).days
    except ValueError:
        raise UserError(f"{option} '{text}' is not a day.", hint="Write it like 2026-03-01.") from None
