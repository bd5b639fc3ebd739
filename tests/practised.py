"""Check-ins and histories for the tests of learning: each takes only what the test is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lowtide.model.checkin import CheckIn, ChosenBy, Ratings
from lowtide.model.time import MS_PER_HOUR

DAY_MS = 24 * MS_PER_HOUR
TEN_MINUTES_MS = 600_000


def practised(day: float, technique: str = "body-scan", before: float | None = 6, after: float | None = 5,
              **changes: Any) -> CheckIn:  # fmt: skip
    """Ten minutes at nine in the morning of a day, given by a protocol, with pain before and after."""
    began = round(day * DAY_MS) + 9 * MS_PER_HOUR
    known: dict[str, Any] = {
        "id": f"{day}-{technique}", "began_ms": began, "ended_ms": began + TEN_MINUTES_MS, "technique": technique,
        "planned_ms": TEN_MINUTES_MS, "heard_ms": TEN_MINUTES_MS, "before": Ratings(pain=before),
        "after": Ratings(pain=after), "chosen_by": ChosenBy.PROTOCOL,
    }  # fmt: skip
    return CheckIn(**(known | changes))


def history(gains: Mapping[str, float], days: int, seed: int, *, noise: float = 1.0, **changes: Any) -> list[CheckIn]:
    """Days on each of which chance gave one technique that eases pain by its gain, give or take the noise."""
    chance = np.random.default_rng(seed)
    found = []
    for day in range(days):
        technique = str(chance.choice(sorted(gains)))
        before = float(chance.integers(4, 10))
        after = float(np.clip(np.rint(before - gains[technique] - chance.normal(0, noise)), 0, 10))
        found.append(practised(day, technique, before, after, **changes))
    return found


def lived(count: int, seed: int = 0) -> list[CheckIn]:
    """All kinds of check-ins, as ten years bring them: parts not rated, parts not heard, wild ones, own choices."""
    chance = np.random.default_rng(seed)
    names = ("belly-breathing", "body-scan", "imagery", "kindness", "pmr")

    def rated() -> float | None:
        return None if chance.random() < 0.15 else float(np.rint(chance.uniform(0, 10) * 10) / 10)

    return [
        replace(
            practised(float(number) / 3, str(chance.choice(names)), id=str(number)),
            heard_ms=int(chance.integers(0, TEN_MINUTES_MS + 1)), is_unwell=bool(chance.random() < 0.01),
            before=Ratings(pain=rated(), tension=rated(), stress=rated()),
            after=Ratings(pain=rated(), tension=rated(), stress=rated()), pleasantness=rated(),
            chosen_by=ChosenBy.PERSON if chance.random() < 0.3 else ChosenBy.PROTOCOL,
        )
        for number in range(count)
    ]  # fmt: skip
