"""The one place where a row becomes a noun of the core, or back."""

from lowtide.web.practice.records.beliefs import belief_of, forget_beliefs, lived_by, ratings_of
from lowtide.web.practice.records.body import body_pains, keep_body_map
from lowtide.web.practice.records.checkins import checkins_of, harm_of
from lowtide.web.practice.records.comparisons import comparison_of, day_from, day_number, keep_comparison
from lowtide.web.practice.records.nouns import (
    pain_of,
    profile_from,
    profile_row,
    sound_of,
    switches_from,
    wish_from,
    wish_row,
)
from lowtide.web.practice.records.person import (
    answers_of,
    latest_version,
    preferences_of,
    profile_of,
    verdict_of,
    why_again_of,
)
from lowtide.web.practice.records.session import order_of, timing_of

__all__ = [
    "answers_of", "belief_of", "body_pains", "checkins_of", "comparison_of", "day_from", "day_number",
    "forget_beliefs", "harm_of", "keep_body_map", "keep_comparison", "latest_version", "lived_by", "order_of",
    "pain_of", "preferences_of", "profile_from", "profile_of", "profile_row", "ratings_of", "sound_of",
    "switches_from", "timing_of", "verdict_of", "why_again_of", "wish_from", "wish_row",
]  # fmt: skip
