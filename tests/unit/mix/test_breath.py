"""The breath's curves, and how a soundscape is brought to them and let go."""

from __future__ import annotations

import numpy as np
import pytest

from factories import timeline
from lowtide.mix.breath import LEAD_MS, RELEASE_MS, pacing
from talking import breaths


def at(*seconds: float) -> np.ndarray:
    return np.array(seconds)


def test_lungs_are_full_through_the_hold_and_empty_at_both_ends() -> None:
    curves = pacing(timeline(breaths(10_000, 1, in_ms=4_000, hold_ms=2_000, out_ms=6_000)))
    assert curves.breath(at(10, 12, 14, 15, 16, 19, 22)) == pytest.approx([0, 0.5, 1, 1, 1, 0.5, 0])


def test_in_is_told_from_out() -> None:
    curves = pacing(timeline(breaths(10_000, 2)))
    assert curves.rising(at(10.1, 13.9, 15, 18, 20.1, 25)) == pytest.approx([1, 1, 0, 0, 1, 0])


def test_breath_leads_from_the_first_to_the_last_of_a_run() -> None:
    curves = pacing(timeline(breaths(30_000, 3)))
    lead, release = LEAD_MS / 1000, RELEASE_MS / 1000
    assert curves.paced(at(0, 30 - lead, 30, 45, 60, 60 + release)) == pytest.approx([0, 0, 1, 1, 1, 0])


def test_between_runs_that_are_close_the_soundscape_waits_at_the_bottom() -> None:
    curves = pacing(timeline((*breaths(10_000, 1), *breaths(24_000, 1))))
    assert curves.paced(at(20.5, 22, 23.9)) == pytest.approx([1, 1, 1])
    assert curves.breath(at(20.5, 22, 23.9)) == pytest.approx([0, 0, 0])


def test_a_session_may_begin_with_a_breath() -> None:
    curves = pacing(timeline(breaths(0, 2)))
    assert curves.paced(at(0, 5)) == pytest.approx([1, 1])


def test_no_curve_jumps_whatever_the_breaths() -> None:
    runs = (*breaths(3_000, 2), *breaths(23_500, 1, in_ms=2_000, out_ms=2_000), *breaths(48_000, 2, hold_ms=1_000))
    curves = pacing(timeline(runs, duration_ms=90_000))
    seconds = np.arange(0, 90, 0.005)
    for curve in (curves.breath, curves.rising, curves.paced):
        values = curve(seconds)
        assert values.min() >= 0
        assert values.max() <= 1
        assert np.abs(np.diff(values)).max() < 0.02
