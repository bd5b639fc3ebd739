"""What somebody practised in a course in, one quiet page of A4 out: a certificate, or a record for who left earlier.

Called by the app. Laws: the page says what it is, and what it is not; what was heard and what was written down by hand
are told apart; the same record is the same file.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from lowtide.deliver.letters import BUILT_IN, can_write, composed, face_for
from lowtide.model.time import MS_PER_MINUTE

if TYPE_CHECKING:
    from fpdf import FPDF

PAGE_MM, MARGIN_MM = (210, 297), 26
DRAWING_MM = 88
"""Height of the drawing at the foot of the page."""
LEAST_PT = 12
"""A name that is longer goes on in a second line."""
INK, QUIET, SEA = (37, 48, 74), (90, 97, 120), (43, 88, 118)
SUN, GLOW = "#f4bf97", "#fae3d2"
WAVES = ("#dfe9ee", "#c4d6df", "#a9c1ce", "#7fa3b6")
"""From the far one to the near one; the colours of the app's own shore."""
FOOT = (
    "This is a record of practice kept by the person themselves. It is no qualification and not a medical document, "
    "and nobody examined anything. Minutes heard were counted by Lowtide while a recording was played; what is told by "
    "hand is as the person told it."
)
LEFT = "The course was left in week {week} of {weeks}. What was practised until then is whole as it is."
DRAWN = "A low sun over a quiet tide."


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What somebody practised in a course."""

    name: str = ""
    """Of the person, if it is to stand there."""
    programme: str
    """The course's title."""
    first_day: date
    last_day: date
    """When it was finished, or left."""
    is_finished: bool
    week: int
    """The week that was reached, from 1."""
    weeks: int
    practice_days: int
    heard_ms: int
    """What a recording was heard for, as it was counted while it played."""
    told_ms: int
    """What the person told by hand."""
    meetings: int
    """Meetings of a group that they came to."""

    def __post_init__(self) -> None:
        assert self.first_day <= self.last_day, (self.first_day, self.last_day)
        assert 1 <= self.week <= self.weeks, (self.week, self.weeks)
        assert min(self.practice_days, self.heard_ms, self.told_ms, self.meetings) >= 0, "nothing is less than none"

    @property
    def title(self) -> str:
        """Say what this page is."""
        return "Certificate of practice" if self.is_finished else "Record of practice"


def figures(record: Record) -> list[tuple[str, str]]:
    """Give the numbers of a record, each with what it counts; what there is none of is left out, but days of practice.

    >>> figures(Record(programme="", first_day=date(2026, 3, 2), last_day=date(2026, 5, 1), is_finished=True, week=8,
    ...     weeks=8, practice_days=48, heard_ms=60_000 * 1440, told_ms=60_000, meetings=0))
    [('48', 'days with practice'), ('1,440', 'minutes heard'), ('1', 'minute told by hand')]
    """
    counted = (
        (record.practice_days, "day{} with practice"),
        (record.heard_ms // MS_PER_MINUTE, "minute{} heard"),
        (record.told_ms // MS_PER_MINUTE, "minute{} told by hand"),
        (record.meetings, "meeting{} of a group"),
    )
    shown = [one for place, one in enumerate(counted) if one[0] or place == 0]
    return [(f"{number:,}", words.format("" if number == 1 else "s")) for number, words in shown]


def certificate(record: Record) -> bytes:
    """Draw the page. Raises `AssertionError` for a name or a title that it can not write (`letters.can_write`)."""
    from fpdf import FPDF
    from fpdf.prefs import ViewerPreferences

    assert can_write(record.name), "who calls this has asked"
    assert can_write(record.programme), "who calls this has asked"
    page = FPDF(format=PAGE_MM)
    page.core_fonts_encoding = BUILT_IN
    page.set_creation_date(datetime.combine(record.last_day, time.min, tzinfo=UTC))
    page.set_title(record.title)
    page.set_subject(record.programme)
    page.set_lang("en-GB")
    page.viewer_preferences = ViewerPreferences(display_doc_title=True)
    page.set_margins(MARGIN_MM, MARGIN_MM)
    page.set_auto_page_break(auto=False)
    page.add_page()
    _draw(page)
    _head(page, record)
    _numbers(page, figures(record))
    _foot(page)
    return bytes(page.output())


def _head(page: FPDF, record: Record) -> None:
    page.set_y(34)
    _line(page, "Lowtide", "Helvetica", 11, QUIET)
    page.ln(3)
    _line(page, record.title, "Times", 32, SEA)
    page.ln(13)
    if record.name:
        _line(page, record.name, "Times", _fitting(page, record.name, 24), INK)
        page.ln(1.5)
        _line(page, "went through" if record.is_finished else "practised in", "Helvetica", 11, QUIET)
        page.ln(1.5)
    _line(page, record.programme, "Times", _fitting(page, record.programme, 20), INK)
    page.ln(2)
    _line(page, f"{_day(record.first_day)} to {_day(record.last_day)}", "Helvetica", 11, QUIET)
    if not record.is_finished:
        page.ln(3)
        _line(page, LEFT.format(week=record.week, weeks=record.weeks), "Helvetica", 11, INK)


def _fitting(page: FPDF, words: str, size: float) -> float:
    """Give a size at which words stay on their line; the smallest where none is small enough."""
    page.set_font(face_for(page, words, "Times"), size=size)
    wide = page.get_string_width(composed(words))
    return max(LEAST_PT, min(size, size * 0.98 * (PAGE_MM[0] - 2 * MARGIN_MM) / max(wide, 1)))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _numbers(page: FPDF, shown: list[tuple[str, str]]) -> None:
    """Write each number over its words, two beside each other."""
    wide, top = (PAGE_MM[0] - 2 * MARGIN_MM) / 2, page.get_y() + 16
    for place, (number, words) in enumerate(shown):
        x, y = MARGIN_MM + place % 2 * wide, top + place // 2 * 22
        page.set_xy(x, y)
        _line(page, number, "Times", 24, INK, wide=wide)
        page.set_x(x)
        _line(page, words, "Helvetica", 11, QUIET, wide=wide)


def _foot(page: FPDF) -> None:
    page.set_y(PAGE_MM[1] - DRAWING_MM - 30)
    _line(page, FOOT, "Helvetica", 9.5, INK)


def _line(page: FPDF, words: str, face: str, size: float, ink: tuple[int, int, int], wide: float = 0) -> None:
    page.set_font(face_for(page, words, face), size=size)
    page.set_text_color(*ink)
    page.multi_cell(wide, size * 0.47, composed(words), new_x="LMARGIN", new_y="NEXT", align="L")


def _draw(page: FPDF) -> None:
    drawn = _drawing().encode()
    page.image(io.BytesIO(drawn), x=0, y=PAGE_MM[1] - DRAWING_MM, w=PAGE_MM[0], h=DRAWING_MM, alt_text=DRAWN)


def _drawing() -> str:
    """Draw a low sun and four waves, in tenths of a millimetre."""
    sun = "".join(
        f'<circle cx="1520" cy="420" r="{radius}" fill="{colour}"/>' for radius, colour in ((250, GLOW), (150, SUN))
    )
    crests = (
        (400, "c240 -46 430 -52 700 -12 s520 60 820 6 s400 -30 580 0"),
        (510, "c200 -30 420 -52 690 -8 s430 66 760 22 s450 -48 650 -6"),
        (620, "c260 36 460 -40 760 -14 s420 56 720 18 s420 -34 620 8"),
        (730, "c230 -20 450 -40 720 -6 s460 46 760 10 s420 -22 620 4"),
    )
    waves = "".join(
        f'<path d="M0 {y} {crest} V880 H0 Z" fill="{colour}"/>'
        for (y, crest), colour in zip(crests, WAVES, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2100 880" width="2100" height="880">{sun}{waves}</svg>'
    )
