"""Readings over days in, a line with how sure it is and the band in which a change is too small to matter out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lowtide.deliver.charts.frame import (
    LEFT,
    RIGHT,
    WIDTH,
    Chart,
    day_name,
    figure,
    framed,
    rule,
    short_day,
    text,
)

HEIGHT, TOP, BOTTOM = 236, 14, 186
_DAYS_AT = 206
HIGHEST = 10
"""The scale's upper end; the axis always shows all of it, so that a small change does not look large."""
_STEP = 2
_MOST_DAY_NAMES = 4
_ROOM_PX = 60
"""What the name of a day takes on the axis, with air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure on a day."""

    day: int
    """Days since 1 January 1970."""
    value: float
    """0–10."""
    low: float | None = None
    """The lower end of its interval; None where it is just one rating."""
    high: float | None = None


def line(
    readings: Sequence[Reading],
    *,
    title: str,
    important: float = 0.0,
    start: float | None = None,
    said: str = "",
    name: str = "line",
) -> Chart:
    """Draw readings over time, on the whole scale from 0 to 10.

    `important` is the smallest change that matters, in points: the band reaches so far to both sides of `start` (the
    first reading where none is given). `said` replaces our own words, for who knows more; `name` must be unique on its
    page. At least one reading.
    """
    assert readings, "a line needs a reading"
    shown = sorted(readings, key=lambda reading: reading.day)
    begun = shown[0].value if start is None else start
    said = said or _said(shown, begun, important)
    parts = [*_axis(), *_band(begun, important), *_days(shown), *_sureness(shown), *_dots(shown)]
    headings: tuple[str, ...] = ("Day", "Out of 10")
    rows: list[tuple[str, ...]] = [(day_name(r.day, year=True), figure(r.value)) for r in shown]
    if any(_interval(r) for r in shown):
        headings = (*headings, "Likely between")
        rows = [(*row, _interval(r)) for row, r in zip(rows, shown, strict=True)]
    svg = framed(name, title, said, HEIGHT, parts)
    return Chart(svg=svg, title=title, said=said, headings=headings, rows=tuple(rows))


def _said(shown: list[Reading], begun: float, important: float) -> str:
    first, last = shown[0], shown[-1]
    if len(shown) == 1:
        return f"One reading so far: {figure(first.value)} of 10 on {day_name(first.day)}."
    words = (
        f"From {day_name(first.day)} to {day_name(last.day)}, {len(shown)} readings:"
        f" {figure(first.value)} of 10 at first, {figure(last.value)} at last."
    )
    if not important:
        return words
    change = last.value - begun
    if abs(change) < important:
        return f"{words} That is within {figure(important)} points of the start, which is too little to be sure of."
    return f"{words} That is {'lower' if change < 0 else 'higher'} by {figure(abs(change))}, which is enough to matter."


def _interval(reading: Reading) -> str:
    if reading.low is None or reading.high is None:
        return ""
    return f"{figure(reading.low)} and {figure(reading.high)}"


def _y(value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(max(value, 0), HIGHEST) / HIGHEST


def _x(day: int, shown: list[Reading]) -> float:
    first, last = shown[0].day, shown[-1].day
    return (LEFT + RIGHT) / 2 if first == last else LEFT + 8 + (RIGHT - LEFT - 16) * (day - first) / (last - first)


def _axis() -> list[str]:
    parts = []
    for value in range(0, HIGHEST + 1, _STEP):
        parts += [rule(LEFT, _y(value), RIGHT, _y(value)), text(LEFT - 8, _y(value) + 4, str(value), anchor="end")]
    return parts


def _band(begun: float, important: float) -> list[str]:
    if not important:
        return []
    top, bottom = _y(begun + important), _y(begun - important)
    box = f'<rect class="chart-matters" x="{LEFT}" y="{top:.1f}" width="{RIGHT - LEFT}" height="{bottom - top:.1f}"/>'
    words = text((LEFT + RIGHT) / 2, HEIGHT - 8, "shaded: too small to matter", anchor="middle")
    return [box, words, rule(LEFT, _y(begun), RIGHT, _y(begun), "chart-zero")]


def _days(shown: list[Reading]) -> list[str]:
    """Name the first day, the last, and some between, as far as they have room."""
    first, last = shown[0].day, shown[-1].day
    count = min(_MOST_DAY_NAMES, last - first + 1, WIDTH // _ROOM_PX)
    if count < 2:
        return [text(_x(first, shown), _DAYS_AT, short_day(first), anchor="middle")]
    days = [first + round((last - first) * i / (count - 1)) for i in range(count)]
    anchors = ["start", *["middle"] * (count - 2), "end"]
    return [text(_x(d, shown), _DAYS_AT, short_day(d), anchor=a) for d, a in zip(days, anchors, strict=True)]


def _sureness(shown: list[Reading]) -> list[str]:
    """Shade what the figures may be; a lone reading has a span instead."""
    sure = [(_x(r.day, shown), _y(r.high), _y(r.low)) for r in shown if r.low is not None and r.high is not None]
    if len(sure) < 2:
        return [rule(x, high, x, low, "chart-span") for x, high, low in sure]
    there = " ".join(f"{x:.1f},{high:.1f}" for x, high, _ in sure)
    back = " ".join(f"{x:.1f},{low:.1f}" for x, _, low in reversed(sure))
    return [f'<polygon class="chart-sure" points="{there} {back}"/>']


def _dots(shown: list[Reading]) -> list[str]:
    points = [(_x(r.day, shown), _y(r.value)) for r in shown]
    parts = [f'<polyline class="chart-line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>']
    size = 4 if len(points) <= 31 else 2.2
    return parts + [f'<circle class="chart-dot" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>' for x, y in points]
