"""Sessions of the person at this machine, made in a running app's own data folder: for browser tests and the bench.

`sessions(data, [{"length_ms": 60_000, …}])` gives their names; the rows are written by a process of their own, as the
app's settings belong to one data folder for each process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def sessions(data: Path, wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    """Make sessions; each may say `length_ms`, `technique`, `seed`, `voice`, `soundscape`."""
    known = {"LOWTIDE_DATA": str(data), "PYTHONPATH": str(HERE)}
    run = subprocess.run(  # noqa: PLW1510 (what went wrong is told below)
        [sys.executable, __file__, json.dumps(list(wanted))], env=os.environ | known, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return [str(name) for name in json.loads(run.stdout)]


def _make(wanted: list[dict[str, Any]]) -> list[str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "lowtide.web.project.settings"
    import django

    django.setup()
    from django.utils import timezone

    from lowtide.model.profile import Wish
    from lowtide.web.accounts.local import local_user
    from lowtide.web.accounts.people import first_person
    from lowtide.web.practice.models import Session
    from lowtide.web.practice.records import profile_row, timing_of, wish_row
    from people import WELL

    user, now = local_user(), timezone.now()
    person = user.persons.first() or first_person(user)
    rows = []
    for one in wanted:
        length_ms, technique = one.get("length_ms", 180_000), one.get("technique", "body-scan")
        wish = Wish(length_ms=length_ms, technique=technique, seed=one.get("seed", 0))
        rows.append(
            Session(
                person=person,
                made_at=now,
                day=timing_of(person, now).day,
                profile=profile_row(WELL),
                wish=wish_row(wish),
                technique=technique,
                title=technique.replace("-", " ").capitalize(),
                length_ms=length_ms,
                voice=one.get("voice", "espeak:en"),
                soundscape=one.get("soundscape", "waves"),
            )
        )
    Session.objects.bulk_create(rows)
    return [str(row.pk) for row in rows]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_make(json.loads(sys.argv[1]))))
