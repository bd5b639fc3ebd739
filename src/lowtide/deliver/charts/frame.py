"""Shapes in, a whole chart out: its SVG, what it says in words, and the same figures as a table.

Called by `line`, `calendar` and `effects`. Laws: nothing is told by colour alone; whoever can not see the drawing reads
`said` and the table; colours come from the page (`charts.css`) or, in a file of its own, from `STYLE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape

from lowtide.model.time import EPOCH

WIDTH = 360
"""Every chart is as wide as a phone, in px; a page may scale it."""
LEFT, RIGHT = 34, 350
STYLE = """
text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #5a6178 }
.chart-strong { fill: #25304a } .chart-rule { stroke: #dfd5c8 } .chart-zero { stroke: #8a8593; stroke-dasharray: 4 3 }
.chart-matters { fill: #efe8de } .chart-sure { fill: #2b5876; fill-opacity: .16 }
.chart-line { fill: none; stroke: #2b5876; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round }
.chart-dot { fill: #2b5876 } .chart-span { stroke: #2b5876; stroke-width: 2; stroke-linecap: round }
.chart-day { fill: #efe8de } .chart-some { fill: #cfdbe2 } .chart-more { fill: #7fa3b6 } .chart-most { fill: #2b5876 }
.chart-on { fill: #fffaf2 } .chart-now { fill: none; stroke: #a8512a; stroke-width: 2 }
"""
"""Ink for a file that stands alone; on a page `charts.css` gives the same classes the page's colours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing that can be read in three ways."""

    svg: str
    """For a page: its colours come from the page's style sheet."""
    title: str
    said: str
    """What the drawing shows, in a sentence or two."""
    headings: tuple[str, ...]
    """Of the table."""
    rows: tuple[tuple[str, ...], ...]

    @property
    def alone(self) -> str:
        """The same drawing with colours of its own, for a file or a printed report."""
        head, end, rest = self.svg.partition("</desc>")
        return f"{head}{end}<style>{STYLE}</style>{rest}"


def framed(name: str, title: str, said: str, height: float, parts: list[str]) -> str:
    """Put shapes into an SVG that names and describes itself."""
    names = f'role="img" aria-labelledby="{name}-title {name}-said"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height:g}" {names}>',
            f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-said">{escape(said)}</desc>',
            *parts,
            "</svg>",
        ]
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", css: str = "chart-text") -> str:
    """Write words at a place."""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def rule(x1: float, y1: float, x2: float, y2: float, css: str = "chart-rule") -> str:
    """Draw a straight line."""
    return f'<line class="{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def day_name(day: int, *, year: bool = False) -> str:
    """Write a day, given in days since 1 January 1970.

    >>> day_name(19_789), day_name(19_789, year=True)
    ('7 March', '7 March 2024')
    """
    when = EPOCH + timedelta(days=day)
    return f"{when.day} {when:%B}" + (f" {when.year}" if year else "")


def short_day(day: int) -> str:
    """Write a day as on an axis.

    >>> short_day(19_789)
    '7 Mar'
    """
    when = EPOCH + timedelta(days=day)
    return f"{when.day} {when:%b}"


def figure(value: float, *, signed: bool = False) -> str:
    """Write a figure with one decimal, with a true minus sign.

    >>> figure(4.0), figure(-1.25, signed=True), figure(0.5, signed=True)
    ('4.0', '−1.2', '+0.5')
    """
    shown = f"{value:+.1f}" if signed else f"{value:.1f}"
    return shown.replace("-", "−")
