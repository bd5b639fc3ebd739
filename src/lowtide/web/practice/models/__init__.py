"""Rows of the practice, and what must hold of them. Only `records` turns them into the core's nouns and back."""

from lowtide.web.practice.models.comparison import Comparison
from lowtide.web.practice.models.diary import DiaryEntry, DiaryPain, OutsidePractice
from lowtide.web.practice.models.known import Answer, BodyMap, BodyMapPain, ProfileVersion, Screening
from lowtide.web.practice.models.preferences import Preferences
from lowtide.web.practice.models.ratings import Moment, RatedPain, Ratings
from lowtide.web.practice.models.session import Ended, Session, UnwellReport

__all__ = [
    "Answer", "BodyMap", "BodyMapPain", "Comparison", "DiaryEntry", "DiaryPain", "Ended", "Moment", "OutsidePractice",
    "Preferences", "ProfileVersion", "RatedPain", "Ratings", "Screening", "Session", "UnwellReport",
]  # fmt: skip
