"""What each technique did in, dots with how sure they are out, in the order given.

Law: nothing is ranked, and nothing is said to help but what is claimed; who judges that is not here (`learn.claims`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lowtide.deliver.charts.frame import WIDTH, Chart, figure, framed, rule, text
from lowtide.model.time import counted

TOP, ROW, AXIS = 24, 50, 46
LEFT, RIGHT = 12, WIDTH - 12
_STEPS = (0.5, 1.0, 2.0)
_MOST_TICKS = 5
_HALF_FIGURE_PX = 12
"""Half of what `+1.0` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One technique's effect."""

    name: str
    """As the person knows it: `Body scan`."""
    change: float
    """In points of the scale; less than zero is less pain."""
    low: float
    high: float
    """The ends of its interval."""
    sessions: int
    """How many it is from."""
    is_claimed: bool = False
    """True where "this helps more" may be said."""


def effects(dots: Sequence[Dot], *, title: str, important: float = 0.0, name: str = "effects") -> Chart:
    """Draw a row for each technique: a dot on a line from its lowest likely effect to its highest, around zero.

    `important` is the smallest change that matters, in points; what lies within is shaded. At least one dot.
    """
    assert dots, "a chart needs a dot"
    shown = tuple(dots)
    reach = max(important * 1.25, *(abs(end) for dot in shown for end in (dot.low, dot.high)), 1.0)
    step = next((step for step in _STEPS if reach / step < _MOST_TICKS / 2 + 0.5), _STEPS[-1])
    bottom = TOP + ROW * len(shown)
    parts = [*_matters(important, reach, bottom), *_axis(reach, step, bottom)]
    for index, dot in enumerate(shown):
        parts += _row(dot, TOP + ROW * index, reach)
    said = _said(shown)
    rows = tuple(
        (d.name, figure(d.change, signed=True), f"{figure(d.low, signed=True)} and {figure(d.high, signed=True)}",
         str(d.sessions))
        for d in shown
    )  # fmt: skip
    headings = ("Practice", "Points", "Likely between", "Sessions")
    svg = framed(name, title, said, bottom + AXIS, parts)
    return Chart(svg=svg, title=title, said=said, headings=headings, rows=rows)


def _said(shown: Sequence[Dot]) -> str:
    claimed = [f"{dot.name} ({figure(dot.change, signed=True)})" for dot in shown if dot.is_claimed]
    if not claimed:
        return "There is not enough data yet to say that any practice helps more than the others."
    return f"Helps more than the others: {', '.join(claimed)}. Of the rest there is not enough data yet."


def _x(value: float, reach: float) -> float:
    return (LEFT + RIGHT) / 2 + (RIGHT - LEFT) / 2 * value / reach


def _matters(important: float, reach: float, bottom: float) -> list[str]:
    if not important:
        return []
    left, right = _x(-important, reach), _x(important, reach)
    height = bottom - TOP + 8
    return [
        f'<rect class="chart-matters" x="{left:.1f}" y="{TOP - 8}" width="{right - left:.1f}" height="{height:.1f}"/>',
        text((LEFT + RIGHT) / 2, bottom + 38, "shaded: too small to matter", anchor="middle"),
    ]


def _axis(reach: float, step: float, bottom: float) -> list[str]:
    count = int(reach / step)
    parts = [text(LEFT, 12, "← less pain"), text(RIGHT, 12, "more pain →", anchor="end")]
    for i in range(-count, count + 1):
        x = _x(i * step, reach)
        parts.append(rule(x, TOP - 8, x, bottom, "chart-zero" if i == 0 else "chart-rule"))
        parts.append(text(x, bottom + 18, figure(i * step, signed=True) if i else "0", anchor=_anchor(x)))
    return parts


def _anchor(x: float) -> str:
    """Keep a figure at the edge inside the picture."""
    if x < LEFT + _HALF_FIGURE_PX:
        return "start"
    return "end" if x > RIGHT - _HALF_FIGURE_PX else "middle"


def _row(dot: Dot, y: float, reach: float) -> list[str]:
    times = counted(dot.sessions, "time")
    middle = y + 32
    return [
        text(LEFT, y + 14, dot.name, css="chart-strong"),
        text(RIGHT, y + 14, times, anchor="end"),
        rule(_x(dot.low, reach), middle, _x(dot.high, reach), middle, "chart-span"),
        f'<circle class="chart-dot" cx="{_x(dot.change, reach):.1f}" cy="{middle}" r="6"/>',
    ]
