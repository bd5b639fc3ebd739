"""A report in, something to read out: plain text, charts, and two pages of PDF for a clinician."""

from lowtide.deliver.report.drawings import drawings
from lowtide.deliver.report.pdf import pdf
from lowtide.deliver.report.sentences import Heading, period, sections
from lowtide.deliver.report.text import text

__all__ = ["Heading", "drawings", "pdf", "period", "sections", "text"]
