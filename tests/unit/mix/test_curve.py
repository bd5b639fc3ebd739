"""Curves: through every knot, without a corner, the same wherever they are asked."""

from __future__ import annotations

import numpy as np

from lowtide.mix.curve import through

KNOTS = [(0.0, 1.0), (2_000.0, -3.0), (2_000.0, -3.0), (5_000.0, 4.0)]


def test_it_goes_through_its_knots_and_stays_level_beyond_them() -> None:
    curve = through(KNOTS)
    assert np.allclose(curve(np.array([-9.0, 0.0, 2.0, 5.0, 99.0])), [1, 1, -3, 4, 4])


def test_it_has_no_corner() -> None:
    slope = np.diff(through(KNOTS)(np.arange(-1.0, 6.0, 0.001)))
    assert np.abs(np.diff(slope)).max() < 2e-5


def test_two_knots_at_one_time_make_a_step() -> None:
    assert through([(0, 6), (0, 0)])(np.array([0.001, 4.0])).tolist() == [0.0, 0.0]


def test_one_knot_is_a_level() -> None:
    assert through([(0, 6)])(np.array([-1.0, 3.0])).tolist() == [6.0, 6.0]
