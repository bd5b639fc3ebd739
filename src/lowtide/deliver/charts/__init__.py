"""Figures of a person's weeks in, charts out: SVG with its words and its table, for pages and for reports."""

from lowtide.deliver.charts.calendar import calendar
from lowtide.deliver.charts.effects import Dot, effects
from lowtide.deliver.charts.frame import Chart
from lowtide.deliver.charts.line import Reading, line

__all__ = ["Chart", "Dot", "Reading", "calendar", "effects", "line"]
