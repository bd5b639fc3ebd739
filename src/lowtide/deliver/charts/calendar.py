"""Minutes practised by day in, a calendar of the weeks out.

Law: it counts no days in a row; an empty day is only quiet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from lowtide.deliver.charts.frame import WIDTH, Chart, day_name, framed, short_day, text
from lowtide.model.time import EPOCH, MS_PER_MINUTE, counted, in_minutes, lasted

LEFT, TOP, CELL, GAP = 56, 26, 36, 6
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHADES = ((20, "chart-most"), (8, "chart-more"), (0, "chart-some"))
"""From how many minutes a day is how deep; the number stands in the cell as well."""


def calendar(
    minutes: Mapping[int, float], *, first: int, last: int, title: str = "Days with practice", name: str = "calendar"
) -> Chart:
    """Draw every day from `first` to `last` (days since 1 January 1970), a row for each week from Monday to Sunday.

    `minutes` maps a day to what was practised on it; a day that is not in it was quiet.
    """
    assert first <= last, (first, last)
    monday = first - (EPOCH + timedelta(days=first)).weekday()
    weeks = (last - monday) // 7 + 1
    parts = [
        text(LEFT + (CELL + GAP) * i + CELL / 2, TOP - 10, word, anchor="middle") for i, word in enumerate(_WEEKDAYS)
    ]
    for week in range(weeks):
        y = TOP + (CELL + GAP) * week
        parts.append(text(0, y + CELL / 2 + 4, short_day(max(first, monday + 7 * week))))
        for weekday in range(7):
            day = monday + 7 * week + weekday
            if first <= day <= last:
                parts += _cell(LEFT + (CELL + GAP) * weekday, y, day, minutes.get(day, 0.0), is_last=day == last)
    days = sorted(day for day, length in minutes.items() if first <= day <= last and length > 0)
    total = sum(minutes[day] for day in days)
    said = _said(len(days), total, first, last)
    rows = tuple((day_name(day, year=True), lasted(minutes[day] * MS_PER_MINUTE)) for day in days)
    svg = framed(name, title, said, TOP + (CELL + GAP) * weeks, parts)
    return Chart(svg=svg, title=title, said=said, headings=("Day", "Practised"), rows=rows)


def _said(days: int, total: float, first: int, last: int) -> str:
    span = f"Between {day_name(first)} and {day_name(last)}"
    if not days:
        return f"{span} there is no practice yet."
    return f"{span} you practised on {counted(days, 'day')}, {lasted(total * MS_PER_MINUTE)} in all."


def _cell(x: float, y: float, day: int, length: float, *, is_last: bool) -> list[str]:
    shade = next((css for least, css in _SHADES if length > least), "chart-day")
    box = f'x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="10"'
    parts = [f'<rect class="{shade}" {box}><title>{_tip(day, length)}</title></rect>']
    if is_last:
        parts.append(f'<rect class="chart-now" {box}/>')
    if length > 0:
        css = "chart-on" if shade == "chart-most" else "chart-strong"
        parts.append(text(x + CELL / 2, y + CELL / 2 + 4, in_minutes(length * MS_PER_MINUTE), anchor="middle", css=css))
    return parts


def _tip(day: int, length: float) -> str:
    return f"{day_name(day)}: {lasted(length * MS_PER_MINUTE) if length else 'quiet'}"


assert LEFT + 7 * (CELL + GAP) - GAP <= WIDTH
