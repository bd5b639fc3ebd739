"""The cast: the people that tests are about. One constant each, so that a failure names someone."""

from lowtide.model.profile import Condition, Pain, Profile, Trigger

NOBODY_KNOWN = Profile()
"""Has answered nothing: everything careful."""


def well(**changes: object) -> Profile:
    """Someone who answered every question with no, and has a plain sore lower back."""
    from lowtide.screen import QUESTIONS

    known: dict[str, object] = {
        "pains": (Pain(region="lower-back", intensity=4),),
        "worse_with": frozenset[Trigger](),
        "conditions": frozenset[Condition](),
        "answers": {question.code: False for question in QUESTIONS},
        "age_years": 40,
    }
    return Profile(**(known | changes))  # type: ignore[arg-type]
