"""What a person says before and after a session, as a noun, and the reading of one from untrusted values."""

from lowtide.model.checkin.checkin import (
    BEST_RATING,
    DISTRESS_AFTER,
    MEASURES,
    NO_RATINGS,
    WORSE_BY,
    CheckIn,
    ChosenBy,
    Measure,
    Ratings,
)
from lowtide.model.checkin.reading import as_row, read_checkin, read_checkins

__all__ = [
    "BEST_RATING", "DISTRESS_AFTER", "MEASURES", "NO_RATINGS", "WORSE_BY", "CheckIn", "ChosenBy", "Measure", "Ratings",
    "as_row", "read_checkin", "read_checkins",
]  # fmt: skip
