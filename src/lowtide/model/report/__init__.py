"""What can be said of some weeks, and of a fair comparison, as nouns."""

from lowtide.model.report.report import (
    IMPORTANT_POINTS,
    IMPORTANT_SHARE,
    Change,
    Dose,
    Estimate,
    PainRating,
    Report,
    Unwanted,
    Verdict,
    Week,
)

__all__ = [
    "IMPORTANT_POINTS", "IMPORTANT_SHARE", "Change", "Dose", "Estimate", "PainRating", "Report", "Unwanted", "Verdict",
    "Week",
]  # fmt: skip
