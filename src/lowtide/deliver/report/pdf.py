"""A report in, two pages of A4 out, for a clinician who has two minutes.

The first page is the person's course: pain, practice, before and after. The second is techniques, comparisons, unwanted
effects and how to read it. Law: no name stands in it; there is a line to write one on. The file says nothing of when or
where it was made but the period it covers, so that the same report is the same file.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from lowtide.deliver.charts import Chart
from lowtide.deliver.letters import BUILT_IN, composed, face_for
from lowtide.deliver.report.drawings import drawings
from lowtide.deliver.report.sentences import Heading, Names, Section, period, sections
from lowtide.model.report import Report
from lowtide.model.report.comparison import Outcome
from lowtide.model.time import EPOCH

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN_MM, TEXT_MM, CHART_MM = 20, 170, 120
BODY_PT, HEADING_PT, TITLE_PT, SMALL_PT = 10.5, 13, 18, 8.5
LINE_MM = 5.2
INK, QUIET = (37, 48, 74), (90, 97, 120)
MOST_SENTENCES = 6
"""Of one part, so that two pages stay two."""
FIRST_PAGE = (Heading.PAIN, Heading.PRACTICE, Heading.SESSIONS)
FOOT = (
    "Made by Lowtide from the person's own ratings. Lowtide is not a medical device and gives no diagnosis. Intervals "
    "are 90 %. Scale: numeric rating scale, 0 none to 10 worst imaginable (LOINC 72514-3)."
)
PLAIN = str.maketrans(
    {"−": "-", "–": "-", "…": "...", "’": "'", "“": '"', "”": '"', "≥": "at least ", "←": "", "→": ""}
)
"""Signs that a PDF's built-in letters do not have."""


def pdf(report: Report, names: Names, comparisons: tuple[Outcome, ...] = ()) -> bytes:
    """Lay a report out on two pages."""
    from fpdf import FPDF

    page = FPDF(format="A4")
    page.set_creation_date(_made(report))
    page.core_fonts_encoding = BUILT_IN
    page.set_title("Lowtide report")
    page.set_lang("en")
    page.set_margins(MARGIN_MM, MARGIN_MM)
    page.set_auto_page_break(auto=False)
    parts, charts = sections(report, names, comparisons), drawings(report, names)
    by_name = {("pain" if "Pain by week" in chart.title else "effects"): chart for chart in charts}
    _page(page, report, [one for one in parts if one.heading in FIRST_PAGE], by_name.get("pain"))
    _page(page, report, [one for one in parts if one.heading not in FIRST_PAGE], by_name.get("effects"))
    return bytes(page.output())


def _made(report: Report) -> datetime:
    return datetime.combine(EPOCH + timedelta(days=report.last_day), time.min, tzinfo=UTC)


def _page(page: FPDF, report: Report, parts: list[Section], chart: Chart | None) -> None:
    page.add_page()
    _line(page, "Back pain and practice", TITLE_PT, INK, bold=True)
    _line(page, f"{period(report)}  ·  page {page.page_no()} of 2", BODY_PT, QUIET)
    _line(page, "Name: ______________________________    Date of birth: ________________", BODY_PT, QUIET)
    page.ln(3)
    for place, part in enumerate(parts):
        _line(page, part.heading, HEADING_PT, INK, bold=True)
        for sentence in _most(part.sentences):
            _line(page, sentence, BODY_PT, INK)
        if place == 0 and chart is not None:
            _draw(page, chart)
        page.ln(2.5)
    page.set_y(-MARGIN_MM - 2 * LINE_MM)
    _line(page, FOOT, SMALL_PT, QUIET)


def _most(sentences: tuple[str, ...]) -> tuple[str, ...]:
    if len(sentences) <= MOST_SENTENCES:
        return sentences
    return (*sentences[:MOST_SENTENCES], f"And {len(sentences) - MOST_SENTENCES} more; the text report has them all.")


def _line(page: FPDF, words: str, size: float, ink: tuple[int, int, int], *, bold: bool = False) -> None:
    letters = composed(words.translate(PLAIN))
    face = face_for(page, letters, "Helvetica")
    page.set_font(face, style="B" if bold and face == "Helvetica" else "", size=size)
    page.set_text_color(*ink)
    page.multi_cell(TEXT_MM, LINE_MM * size / BODY_PT, letters, new_x="LMARGIN", new_y="NEXT", align="L")


def _plain(words: str) -> str:
    return words.translate(PLAIN).encode("latin-1", "replace").decode("latin-1")


def _draw(page: FPDF, chart: Chart) -> None:
    # A drawing's own title and description are said in the text around it; the library can not place them.
    drawn = re.sub(r"<title.*?</title>|<desc.*?</desc>", "", chart.alone, flags=re.DOTALL)
    page.ln(1)
    _line(page, chart.title, SMALL_PT, QUIET)
    page.image(io.BytesIO(_plain(drawn).encode()), w=CHART_MM, alt_text=_plain(chart.said))
    _line(page, chart.said, SMALL_PT, QUIET)
