"""Harm is counted, and alters what comes next."""

from __future__ import annotations

from lowtide.model.checkin import CheckIn, Ratings
from lowtide.model.profile import Profile
from lowtide.screen import count_harm, screen
from people import WELL

DAY_MS = 86_400_000
NOW_MS = 1_800_000_000_000


def lived(days_ago: float, *, before: float | None = None, after: float | None = None, unwell: bool = False) -> CheckIn:
    began_ms = round(NOW_MS - days_ago * DAY_MS)
    return CheckIn(
        id=f"{days_ago}", began_ms=began_ms, ended_ms=began_ms, technique="body-scan", planned_ms=600_000, heard_ms=0,
        before=Ratings(pain=before), after=Ratings(pain=after), is_unwell=unwell,
    )  # fmt: skip


def test_a_session_that_went_well_changes_nothing() -> None:
    found = count_harm((lived(1, before=6, after=4),), now_ms=NOW_MS)
    assert (found.effects, found.is_distressed, found.needs_professional, found.words) == (0, False, False, "")
    assert found.most_ms is None


def test_not_feeling_right_once_makes_the_next_sessions_gentler_and_shorter() -> None:
    found = count_harm((lived(1, unwell=True),), now_ms=NOW_MS)
    assert found.is_distressed
    assert not found.needs_professional
    assert "gentler" in found.words
    assert found.most_ms == 600_000


def test_not_feeling_right_twice_says_to_talk_to_a_professional() -> None:
    found = count_harm((lived(9, unwell=True), lived(1, unwell=True)), now_ms=NOW_MS)
    assert found.needs_professional
    assert "talk to a doctor" in found.words


def test_pain_that_rose_by_two_once_is_an_ordinary_bad_day() -> None:
    found = count_harm((lived(1, before=4, after=6),), now_ms=NOW_MS)
    assert (found.effects, found.is_distressed) == (1, False)


def test_pain_that_rose_by_two_twice_does_the_same_as_not_feeling_right_twice() -> None:
    found = count_harm((lived(5, before=4, after=6), lived(1, before=0, after=3)), now_ms=NOW_MS)
    assert found.is_distressed
    assert found.needs_professional


def test_pain_that_rose_by_one_is_not_counted() -> None:
    assert count_harm((lived(5, before=4, after=5), lived(1, before=4, after=5.5)), now_ms=NOW_MS).effects == 0


def test_a_session_that_felt_wrong_and_hurt_more_is_one_effect() -> None:
    assert count_harm((lived(1, before=4, after=8, unwell=True),), now_ms=NOW_MS).effects == 1


def test_a_moment_outside_any_session_counts_too() -> None:
    assert count_harm((lived(2, unwell=True),), now_ms=NOW_MS, unwell_ms=(NOW_MS - DAY_MS,)).needs_professional


def test_after_a_month_without_any_sessions_are_as_before() -> None:
    assert count_harm((lived(29.9, unwell=True),), now_ms=NOW_MS).is_distressed
    assert not count_harm((lived(30.1, unwell=True),), now_ms=NOW_MS, unwell_ms=(NOW_MS - 31 * DAY_MS,)).is_distressed


def test_distress_in_a_past_session_offers_another_anchor_open_eyes_and_short_silences() -> None:
    from dataclasses import replace

    altered = screen(replace(WELL, had_distress=True)).clearance
    usual = screen(WELL).clearance
    assert altered is not None
    assert usual is not None
    assert (altered.other_anchor, altered.eyes_open, altered.longest_silence_ms) == (True, True, 20_000)
    assert (usual.other_anchor, usual.eyes_open, usual.longest_silence_ms) == (False, False, None)


def test_distress_does_not_make_known_what_nobody_has_asked() -> None:
    known = screen(Profile(had_distress=True)).clearance
    unknown = screen(Profile()).clearance
    assert known is not None
    assert unknown is not None
    assert known.allowed == unknown.allowed
    assert {finding.rule for finding in unknown.reasons} < {finding.rule for finding in known.reasons}
