"""A check-in from outside is read whole, or refused with a line that says what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from lowtide.errors import UserError
from lowtide.model.checkin import CheckIn, ChosenBy, Ratings, as_row, read_checkin, read_checkins

ROW: dict[str, Any] = {
    "id": "2026-03-01-a", "began": "2026-03-01T07:30:00+01:00", "ended": "2026-03-01T07:41:00+01:00",
    "technique": "pmr", "planned_ms": 600_000, "heard_ms": 540_000, "before": {"pain": 6, "stress": 4.5},
    "after": {"pain": 4}, "pleasantness": 7, "unwell": False, "chosen_by": "learner",
    "odds": {"pmr": 0.25, "body-scan": 0.75},
}  # fmt: skip


def test_a_row_is_read_as_it_was_meant() -> None:
    found = read_checkin(ROW)
    assert found.technique == "pmr"
    assert (found.before, found.after) == (Ratings(pain=6, stress=4.5), Ratings(pain=4))
    assert found.own_minute == 7 * 60 + 30
    assert found.ended_ms - found.began_ms == 11 * 60_000
    assert found.chance == 0.25
    assert found.chosen_by is ChosenBy.LEARNER


def test_what_is_written_is_read_as_the_same() -> None:
    assert read_checkin(as_row(read_checkin(ROW))) == read_checkin(ROW)


def test_little_is_enough() -> None:
    found = read_checkin({name: ROW[name] for name in ("id", "began", "technique", "planned_ms")})
    assert found.heard_ms == found.planned_ms == found.ended_ms - found.began_ms
    assert found.before.pain is None
    assert found.chosen_by is ChosenBy.PERSON


@pytest.mark.parametrize(("changes", "says"), [
    ({"before": {"pain": 11}}, "'before pain' is not a rating"),
    ({"before": {"pain": -1}}, "'before pain' is not a rating"),
    ({"after": {"stress": float("nan")}}, "'after stress' is not a rating"),
    ({"after": {"pain": float("inf")}}, "'after pain' is not a rating"),
    ({"after": {"pain": "4"}}, "'after pain' is not a rating"),
    ({"after": {"pain": True}}, "'after pain' is not a rating"),
    ({"after": {"mood": 4}}, "has no 'mood'"),
    ({"after": 4}, "This is not 'after'"),
    ({"pleasantness": 10.5}, "'pleasantness' is not a rating"),
    ({"ended": "2026-03-01T07:29:00+01:00"}, "'ended' is before 'began'"),
    ({"ended": "2026-03-01T07:35:00+02:00"}, "'ended' is before 'began'"),
    ({"began": "2026-03-01T07:30:00"}, "'began' does not say how far its clock is from UTC"),
    ({"began": "yesterday"}, "'began' is not a time"),
    ({"began": None}, "'began' is not a time"),
    ({"began": "1969-12-31T23:00:00+00:00"}, "'began' is not a time that a session can have"),
    ({"began": "9999-12-31T23:59:59-12:00", "ended": None}, "'began' is not a time that a session can have"),
    ({"began": "2026-03-01T07:30:00+01:00:07"}, "'began' is not a time that a session can have"),
    ({"heard_ms": 600_001}, "'heard_ms' is more than 'planned_ms'"),
    ({"heard_ms": -1}, "'heard_ms' is not a length"),
    ({"planned_ms": 0}, "'planned_ms' is not a length"),
    ({"planned_ms": 10**400}, "'planned_ms' is not a length"),
    ({"planned_ms": 0.5}, "'planned_ms' is not a length"),
    ({"id": ""}, "'id' is missing or not a name"),
    ({"id": 7}, "'id' is missing or not a name"),
    ({"technique": " pmr"}, "'technique' is missing or not a name"),
    ({"technique": "a\nb"}, "'technique' is missing or not a name"),
    ({"unwell": "no"}, "'unwell' is neither true nor false"),
    ({"chosen_by": "dice"}, "'chosen_by' can not be 'dice'"),
    ({"chosen_by": ["learner"]}, "'chosen_by' can not be"),
    ({"odds": {"pmr": 0.25, "body-scan": 0.25}}, "'odds' do not add up to 1"),
    ({"odds": {"body-scan": 1.0}}, "leave the technique out"),
    ({"odds": {"pmr": float("nan")}}, "'odds' do not add up to 1"),
    ({"odds": [0.5, 0.5]}, "'odds' are not a table"),
    ({"odds": {}}, "comes without its odds"),
    ({"pain": 6}, "has no 'pain'"),
])  # fmt: skip
def test_what_can_not_be_is_refused_in_one_line(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as caught:
        read_checkin(ROW | changes)
    assert says in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_the_same_check_in_twice_is_refused_with_its_row() -> None:
    other = ROW | {"id": "b"}
    assert len(read_checkins([ROW, other])) == 2
    with pytest.raises(UserError, match="Row 3: there is already a check-in '2026-03-01-a'"):
        read_checkins([ROW, other, ROW])
    with pytest.raises(UserError, match="Row 2: 'after pain' is not a rating"):
        read_checkins([ROW, other | {"after": {"pain": 12}}])


@pytest.mark.parametrize("row", [None, 3, "text", [ROW]])
def test_what_is_no_row_at_all_is_refused(row: Any) -> None:
    with pytest.raises(UserError, match="not a check-in"):
        read_checkin(row)


def test_pain_that_rose_by_two_is_worse() -> None:
    def felt(before: float | None, after: float | None) -> CheckIn:
        return read_checkin(ROW | {"before": {"pain": before}, "after": {"pain": after}})

    assert felt(3, 5).is_worse
    assert not felt(3, 4).is_worse
    assert not felt(None, 9).is_worse
