"""Which hour's words a session may use."""

from __future__ import annotations

import pytest

from lowtide.model.facts import MOMENTS
from lowtide.plan import moment_at


@pytest.mark.parametrize(
    ("clock", "moment"),
    [("00:00", "night"), ("04:59", "night"), ("05:00", "morning"), ("10:59", "morning"), ("11:00", "midday"),
     ("16:59", "midday"), ("17:00", "evening"), ("21:59", "evening"), ("22:00", "night"), ("23:59", "night")],
)  # fmt: skip
def test_the_moment_follows_the_clock(clock: str, moment: str) -> None:
    hour, minute = clock.split(":")
    assert moment_at(int(hour) * 60 + int(minute)).value == moment


def test_every_minute_of_the_day_has_a_moment_and_every_moment_its_minutes() -> None:
    assert {moment_at(minute) for minute in range(24 * 60)} == MOMENTS
