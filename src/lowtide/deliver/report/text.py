"""A report in, plain text out, for a terminal or a letter."""

from __future__ import annotations

import textwrap

from lowtide.deliver.report.sentences import Names, period, sections
from lowtide.model.report import Report
from lowtide.model.report.comparison import Outcome

WIDTH = 80


def text(report: Report, names: Names, comparisons: tuple[Outcome, ...] = ()) -> str:
    """Write a report as paragraphs under headings, folded to 80 letters."""
    parts = [f"Lowtide: {period(report)}"]
    for section in sections(report, names, comparisons):
        parts += ["", section.heading, *(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  ")
                                         for line in section.sentences)]  # fmt: skip
    return "\n".join(parts) + "\n"
