"""The charts as a reader meets them: seen, heard by a screen reader, or read as a table."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from lowtide.deliver.charts import Chart, Dot, Reading, calendar, effects, line
from lowtide.deliver.charts.frame import STYLE, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
CHARACTER_PX = 6.6
"""What a character of a 12-pixel face takes on average."""
MONDAY = 19_786
"""4 March 2024."""


def _pains(*values: float) -> list[Reading]:
    return [Reading(day=MONDAY + 7 * i, value=v, low=v - 1, high=v + 1) for i, v in enumerate(values)]


def _dot(name: str, change: float, low: float, high: float) -> Dot:
    return Dot(name=name, change=change, low=low, high=high, sessions=6)


CHARTS = {
    "line": line(_pains(6, 5, 4, 3), title="Pain", important=2),
    "one reading": line(_pains(6)[:1], title="Pain", important=2),
    "calendar": calendar({MONDAY: 10, MONDAY + 2: 0.4}, first=MONDAY, last=MONDAY + 20),
    "small effects": effects([_dot("Body scan", -0.5, -1, 0.2)], title="What helps"),
    "effects": effects(
        [_dot("Body scan", -1.5, -2, -1), _dot("Walking & <water>", 0.2, -1, 1.4)], title="What helps", important=1
    ),
}


def _root(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg)  # noqa: S314 (our own drawing)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_who_can_not_see_a_chart_is_told_its_name_and_what_it_shows(chart: Chart) -> None:
    root = _root(chart)
    named = {part.get("id"): part.text for part in root.iter() if part.get("id")}
    told = [named[key] for key in (root.get("aria-labelledby") or "").split()]
    assert root.get("role") == "img"
    assert told == [chart.title, chart.said]
    assert len(chart.said) > 20


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_chart_can_be_read_as_a_table(chart: Chart) -> None:
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.headings)}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_nothing_is_drawn_outside_the_picture(chart: Chart) -> None:
    root = _root(chart)
    height = float((root.get("viewBox") or "").split()[3])
    for part in root.iter():
        for key in ("x", "x1", "x2", "cx"):
            assert 0 <= float(part.get(key, 0)) <= WIDTH, ET.tostring(part)
        for key in ("y", "y1", "y2", "cy"):
            assert 0 <= float(part.get(key, 0)) <= height, ET.tostring(part)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_word_is_cut_off_at_the_edge(chart: Chart) -> None:
    for part in _root(chart).iter(f"{SVG}text"):
        width, x = CHARACTER_PX * len(part.text or ""), float(part.get("x") or "")
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[part.get("text-anchor") or "start"]
        assert left >= -1, part.text
        assert left + width <= WIDTH + 1, part.text


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_page_that_forbids_inline_styles_can_show_a_chart(chart: Chart) -> None:
    assert "style" not in chart.svg
    assert "<style>" in chart.alone


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_in_a_file_of_its_own_has_ink_for_everything_it_draws(chart: Chart) -> None:
    used = set(re.findall(r'class="(chart-[\w-]+)"', chart.svg)) - {"chart-text"}
    assert used <= set(re.findall(r"\.(chart-[\w-]+)", STYLE))


def test_more_pain_stands_higher() -> None:
    dots = [float(dot.get("cy") or "") for dot in _root(CHARTS["line"]).iter(f"{SVG}circle")]
    assert dots == sorted(dots)


def test_the_axis_is_the_whole_scale_however_small_the_change() -> None:
    words = [part.text for part in _root(line(_pains(5.1, 5.0), title="Pain")).iter(f"{SVG}text")]
    assert {"0", "10"} <= set(words)


def test_a_small_change_is_not_called_an_improvement() -> None:
    assert "too little" in line(_pains(6, 5), title="Pain", important=2).said


def test_a_change_that_matters_is_said_with_its_direction() -> None:
    assert "lower by 3.0" in line(_pains(6, 5, 3), title="Pain", important=2).said
    assert "higher by 2.0" in line(_pains(4, 6), title="Pain", important=2).said


def test_days_that_were_not_rated_take_their_place_on_the_line() -> None:
    root = _root(line([Reading(day=MONDAY + d, value=5) for d in (0, 1, 10)], title="Pain"))
    first, second, third = (float(dot.get("cx") or "") for dot in root.iter(f"{SVG}circle"))
    assert third - second == pytest.approx(9 * (second - first), rel=0.01)


def test_a_calendar_week_begins_on_monday() -> None:
    root = _root(calendar({}, first=MONDAY + 3, last=MONDAY + 8))
    days = [part for part in root.iter(f"{SVG}rect") if part.get("class") == "chart-day"]
    names = [next(day.iter(f"{SVG}title")).text for day in days]
    lefts = {name: float(day.get("x") or "") for name, day in zip(names, days, strict=True)}
    assert names[0] == "7 March: quiet"
    assert min(lefts, key=lambda name: lefts[name or ""]) == "11 March: quiet"


def test_the_calendar_says_days_and_minutes_and_never_a_streak() -> None:
    chart = calendar({MONDAY + d: 10 for d in range(5)}, first=MONDAY, last=MONDAY + 6)
    assert "5 days, 50 minutes" in chart.said
    assert not re.search(r"streak|in a row", chart.svg)


def test_half_a_minute_is_still_a_day_with_practice() -> None:
    chart = CHARTS["calendar"]
    words = [part.text for part in _root(chart).iter(f"{SVG}text")]
    assert words.count("<1") == 1
    assert "24 seconds" in chart.rows[1]
    assert any((part.text or "").endswith(": 24 seconds") for part in _root(chart).iter(f"{SVG}title"))


def test_nothing_is_ranked_and_less_pain_lies_on_the_left() -> None:
    chart = effects([_dot("B", 0.5, 0.1, 0.9), _dot("A", -1.0, -1.5, -0.5)], title="What helps")
    assert [row[0] for row in chart.rows] == ["B", "A"]
    second, first = (float(dot.get("cx") or "") for dot in _root(chart).iter(f"{SVG}circle"))
    assert first < WIDTH / 2 < second


def test_nothing_is_said_to_help_but_what_is_claimed() -> None:
    unsure = effects([_dot("A", -1.0, -1.5, -0.5)], title="What helps")
    assert "not enough data yet" in unsure.said
    assert "A (" not in unsure.said
    sure = effects([replace(_dot("A", -1.0, -1.5, -0.5), is_claimed=True), _dot("B", 0, -1, 1)], title="What helps")
    assert "Helps more than the others: A" in sure.said


def test_a_name_is_only_ever_a_name() -> None:
    assert "Walking &amp; &lt;water&gt;" in CHARTS["effects"].svg
