"""`lowtide checkin`: how a session went in, one more line in the file of check-ins out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from lowtide.errors import Exit, UserError
from lowtide.model.checkin import MEASURES
from lowtide.model.time import MS_PER_MINUTE, clock, parse_minutes

CheckInsFile = Annotated[
    Path | None, Parameter(name="--checkins", help="The file of check-ins; the one in your data folder if left out.")
]
NOT_SAID = "-"
LARGEST_TIMELINE = 20_000_000
"""Bytes of a recording's timeline: twelve hours are under 5 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person says of a session."""

    pain: Annotated[str, Parameter(help="Before and after, 0 to 10: 6,4. A '-' for what you can't say: 6,-")] = ""
    tension: Annotated[str, Parameter(help="The same for tension.")] = ""
    stress: Annotated[str, Parameter(help="The same for stress.")] = ""
    pleasant: Annotated[float | None, Parameter(help="How pleasant it was, 0 to 10.")] = None
    unwell: Annotated[bool, Parameter(help="Say so, if it did not feel right.")] = False

    def row(self) -> dict[str, Any]:
        """Write it as a check-in's fields; raise `UserError` where a pair is not one."""
        pairs = {name: _pair(name, getattr(self, name)) for name in MEASURES}
        sides = {side: {name: pair[at] for name, pair in pairs.items()} for at, side in enumerate(("before", "after"))}
        return {"pleasantness": self.pleasant, "unwell": self.unwell, **sides}


NOTHING_SAID = Said()


def checkin(
    recording: Path | None = None,
    /,
    *,
    said: Annotated[Said, Parameter(name="*")] = NOTHING_SAID,
    heard: Annotated[str, Parameter(help="How many minutes of it you heard, if not all.")] = "",
    technique: Annotated[str, Parameter(help="Without a recording: what you practised.")] = "",
    minutes: Annotated[str, Parameter(name=["--minutes", "-m"], help="Without a recording: how long.")] = "10",
    at: Annotated[str, Parameter(help="When it began: 2026-03-01T07:30. Left out: it has just ended.")] = "",
    forget: Annotated[str, Parameter(help="Take a check-in back, by its id.")] = "",
    checkins: CheckInsFile = None,
) -> int:
    """Say how a session went, so that Lowtide can learn what helps you. Without anything, list what you said.

    Such as

        lowtide checkin session.mp3 --pain 6,4 --stress 5,3 --pleasant 7
        lowtide checkin --technique walking --minutes 20 --pain 4,4
        lowtide checkin

    It stays on this machine, in one file, and can be taken back.
    """
    from lowtide.cli.learning import checkins_file

    file = checkins or checkins_file.default_file()
    if forget:
        checkins_file.forget(file, forget)
        return Exit.OK
    if recording is None and not technique:
        return _list(file, is_told=said != NOTHING_SAID or bool(heard or at))
    session = _recorded(recording) if recording else _outside(technique, minutes)
    heard_ms = parse_minutes(heard) if heard else session["planned_ms"]
    if heard_ms > session["planned_ms"]:
        raise UserError(
            f"It was no longer than {clock(session['planned_ms'])}.", hint="Leave --heard out for all of it."
        )
    _keep(file, session | said.row() | {"heard_ms": heard_ms} | _when(at, heard_ms))
    return Exit.OK


def _recorded(recording: Path) -> dict[str, Any]:
    """Read what a recording was from the timeline beside it: FILE.json."""
    timeline = recording.with_suffix(".json")
    try:
        if timeline.stat().st_size > LARGEST_TIMELINE:
            raise UserError(f"{timeline} is too large for a timeline.", hint="Name the recording: session.mp3.")
        told = json.loads(timeline.read_text(encoding="utf-8"))
        planned_ms, technique = told["duration_ms"], told["technique"]
        chosen_by, odds = told.get("chosen_by", "person"), told.get("odds", {})
    except FileNotFoundError:
        raise UserError(
            f"Beside {recording} there is no {timeline.name}.", hint="Say what it was: --technique pmr --minutes 10."
        ) from None
    except (ValueError, TypeError, KeyError):
        raise UserError(
            f"{timeline} is not a timeline.", hint="It is the file that comes with the recording."
        ) from None
    return {"planned_ms": planned_ms, "technique": technique or "own-script", "chosen_by": chosen_by, "odds": odds}


def _outside(technique: str, minutes: str) -> dict[str, Any]:
    return {"planned_ms": parse_minutes(minutes), "technique": technique.strip().lower(), "chosen_by": "person"}


def _pair(name: str, text: str) -> tuple[float | None, float | None]:
    if not text:
        return None, None
    parts = [part.strip() for part in text.split(",")]
    try:
        before, after = (None if part == NOT_SAID else float(part) for part in parts)
    except ValueError:
        raise UserError(f"'{text}' is not {name} before and after.", hint=f"Write it like --{name} 6,4.") from None
    return before, after


def _when(at: str, heard_ms: int) -> dict[str, str]:
    now = datetime.now().astimezone()
    try:
        began = datetime.fromisoformat(at).astimezone() if at else now - timedelta(milliseconds=heard_ms)
    except (ValueError, OverflowError):
        raise UserError(f"'{at}' is not a time.", hint="Write it like 2026-03-01T07:30.") from None
    if began > now:
        raise UserError("A session can not begin in the future.", hint="Write when it began: --at 2026-03-01T07:30.")
    return {"began": began.isoformat(timespec="milliseconds")}


def _keep(file: Path, row: dict[str, Any]) -> None:
    from lowtide.cli.learning import checkins_file
    from lowtide.cli.printing import note
    from lowtide.model.checkin import read_checkin

    known = checkins_file.read(file)
    moment = row["began"].translate({ord(sign): None for sign in "-:."})[:15].replace("T", "-")
    ids = {one.id for one in known}
    name = next(name for number in range(1, len(ids) + 2) if (name := f"{moment}-{number}") not in ids)
    checkin = read_checkin(row | {"id": name})
    checkins_file.add(file, checkin)
    note(f"Kept as {checkin.id}. 'lowtide report' tells what your check-ins show so far.")


def _list(file: Path, *, is_told: bool) -> int:
    if is_told:  # to list instead would look as if it had been kept
        hint = "Name its recording, or say --technique pmr --minutes 10."
        raise UserError("It is not said which session that was.", hint=hint)
    from lowtide.cli.learning import checkins_file
    from lowtide.cli.printing import note
    from lowtide.model.checkin import as_row

    kept = checkins_file.read(file)
    if not kept:
        note(f"There are no check-ins yet in {file}. After a session: lowtide checkin session.mp3 --pain 6,4")
    for one in kept:
        row = as_row(one)
        ratings = [f"{name} {_shown(row['before'][name])}→{_shown(row['after'][name])}" for name in MEASURES
                   if row["before"][name] is not None or row["after"][name] is not None]  # fmt: skip
        words = ", ".join([*ratings, *(["unwell"] if one.is_unwell else [])])
        sys.stdout.write(f"{one.id}  {one.technique}, {one.heard_ms / MS_PER_MINUTE:.0f} min  {words}\n")
    return Exit.OK


def _shown(rating: float | None) -> str:
    return NOT_SAID if rating is None else f"{rating:g}"
