"""The fair comparison that the command line keeps, a file beside the check-ins: its design in, and back out.

Called by `compare`, `session` and `report`. Law: a design is written once, before its first day, and never changed;
only that it was stopped is added.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lowtide.errors import UserError
from lowtide.model.time import EPOCH

if TYPE_CHECKING:
    from lowtide.model.checkin import CheckIn
    from lowtide.model.report.comparison import Comparison, Outcome

ENDING = ".comparison.json"


def file_for(checkins: Path) -> Path:
    """Say where the comparison of a file of check-ins is kept."""
    return checkins.with_name(checkins.name.removesuffix(".jsonl") + ENDING)


def read(checkins: Path) -> tuple[Comparison, bool] | None:
    """Read the design and whether it was stopped; None where there is none. Raises `UserError` for a damaged file."""
    from lowtide.model.checkin import Measure
    from lowtide.model.report.comparison import Comparison

    file = file_for(checkins)
    try:
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        is_stopped = bool(kept.pop("is_stopped"))
        kept |= {"techniques": tuple(kept["techniques"]), "schedule": tuple(kept["schedule"])}
        return Comparison(**kept | {"measure": Measure(kept["measure"])}), is_stopped
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError):
        raise UserError(f"{file} is not a comparison any more.", hint="Move it away, and start a new one.") from None


def write(checkins: Path, comparison: Comparison, *, is_stopped: bool = False) -> None:
    """Keep a design; whole or not at all."""
    from lowtide import deliver

    text = json.dumps(asdict(comparison) | {"is_stopped": is_stopped}, indent=1) + "\n"
    file = file_for(checkins)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    deliver.write_files({file: [text.encode()]}, force=True)


def today() -> int:
    """Say which day it is here: days since 1 January 1970."""
    return (datetime.now().astimezone().date() - EPOCH).days


def outcome_of(checkins: Path, kept: Sequence[CheckIn]) -> Outcome | None:
    """Say what the comparison has shown so far; None where there is none."""
    from lowtide import learn
    from lowtide.cli.learning.report import titles
    from lowtide.learn.comparison import outcome

    found = read(checkins)
    if found is None:
        return None
    comparison, is_stopped = found
    return outcome(comparison, kept, learn.house_prior(), today=today(), is_stopped=is_stopped, names=titles())
