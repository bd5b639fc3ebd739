"""`lowtide compare`: two or three practices in, a fair comparison by lot out, day by day, and what it has shown."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from lowtide.cli.learning.checkin import CheckInsFile
from lowtide.cli.options import word
from lowtide.errors import Exit, UserError
from lowtide.model.checkin import Measure
from lowtide.model.time import clock, parse_minutes

if TYPE_CHECKING:
    from lowtide.model.report.comparison import Comparison

app = App(
    name="compare", help="Compare two or three practices fairly, by lot, over some weeks.", help_format="markdown"
)
SEED_BITS = 63


@app.command
def start(
    *techniques: str,
    weeks: Annotated[int, Parameter(help="How long: 2 to 6.")] = 4,
    minutes: Annotated[str, Parameter(name=["--minutes", "-m"], help="How long each session is.")] = "10",
    measure: Annotated[str, Parameter(help="What is to be eased: pain, tension or stress.")] = "pain",
    seed: Annotated[int | None, Parameter(help="What the lots are drawn with; drawn by itself if left out.")] = None,
    checkins: CheckInsFile = None,
) -> int:
    """Draw the lots: one practice for each day, fixed from today on.

    Such as

        lowtide compare start body-scan pmr --weeks 4 --minutes 10
    """
    from lowtide.cli.learning import checkins_file, comparison_file
    from lowtide.cli.printing import note
    from lowtide.content import technique
    from lowtide.learn.comparison import design

    file = checkins or checkins_file.default_file()
    found = comparison_file.read(file)
    if found and not found[1] and comparison_file.today() <= found[0].last_day:
        raise UserError("A comparison is under way.", hint="'lowtide compare stop' ends it; it is never changed.")
    names = [technique(name).name for name in techniques]
    drawn = design(
        f"comparison-{comparison_file.today()}", names, weeks, parse_minutes(minutes),
        first_day=comparison_file.today(), seed=secrets.randbits(SEED_BITS) if seed is None else seed,
        measure=word(Measure, measure, "measure"),
    )  # fmt: skip
    comparison_file.write(file, drawn)
    note(f"Drawn: {len(drawn.schedule)} days, beginning today. 'lowtide compare today' says what today's is.")
    return Exit.OK


@app.command
def today(*, checkins: CheckInsFile = None) -> int:
    """Say what today's practice is."""
    from lowtide.cli.learning import comparison_file

    comparison, is_stopped = _kept(checkins)
    name = "" if is_stopped else comparison.on(comparison_file.today())
    if not name:
        raise UserError("The comparison is over.", hint="'lowtide compare result' tells what it has shown.")
    day = comparison_file.today() - comparison.first_day + 1
    sys.stdout.write(f"{name}\n")
    sys.stderr.write(
        f"Day {day} of {len(comparison.schedule)}, {clock(comparison.length_ms)}: lowtide session --technique {name}\n"
    )
    return Exit.OK


@app.command
def stop(*, checkins: CheckInsFile = None) -> int:
    """End it early. What it has shown till then is told as a hint."""
    from lowtide.cli.learning import checkins_file, comparison_file

    comparison, _ = _kept(checkins)
    comparison_file.write(checkins or checkins_file.default_file(), comparison, is_stopped=True)
    return result(checkins=checkins)


@app.command
def result(*, checkins: CheckInsFile = None) -> int:
    """Tell what it has shown, once it is over."""
    from lowtide.cli.learning import checkins_file, comparison_file
    from lowtide.cli.learning.report import titles

    file = checkins or checkins_file.default_file()
    _kept(checkins)
    told = comparison_file.outcome_of(file, checkins_file.read(file))
    assert told is not None, "it was read a moment ago"
    names = titles()
    for arm in told.arms:
        sys.stdout.write(f"{names.get(arm.technique, arm.technique)}: {arm.rated} of {arm.days} days rated\n")
    sys.stdout.write(f"{told.sentence}\n")
    return Exit.OK


def _kept(checkins: CheckInsFile) -> tuple[Comparison, bool]:
    from lowtide.cli.learning import checkins_file, comparison_file

    found = comparison_file.read(checkins or checkins_file.default_file())
    if found is None:
        raise UserError("No comparison was started.", hint="lowtide compare start body-scan pmr --weeks 4")
    return found
