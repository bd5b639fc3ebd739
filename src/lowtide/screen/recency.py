"""When to screen again: how long ago and what has changed in, why again out.

Called by the command line and the app before a session; the days are counted by the caller, which owns a clock. Law: a
screening is never trusted over new or changed symptoms, however fresh it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lowtide.screen.questions import Question

SCREEN_AGAIN_AFTER_DAYS = 90
"""By three months acute pain has passed or become another kind (NICE NG59 asks to think again when symptoms are new or
changed; the number is Lowtide's own care)."""

ANYTHING_NEW = Question(
    code="anything-new",
    group="before each session",
    text="Is anything new, or different from last time: a new pain, also in the chest, numbness, weakness, a change in "
    "bladder or bowel, a fever, a fall?",
    help="Yes brings the safety questions. It does not mean that something is wrong.",
)
"""Asked before each session. It raises no flag by itself; it brings back the questions that do."""
ANYTHING_AT_FIRST = Question(
    code=ANYTHING_NEW.code,
    group=ANYTHING_NEW.group,
    text="Is any of this so for you in these days: a new pain, also in the chest, numbness, weakness, a change in "
    "bladder or bowel, a fever, a fall?",
    help="Yes brings a few safety questions first. It does not mean that something is wrong.",
)
"""The same before a first session, where there is no last time to compare with (NICE NG59 asks for what is new or
changed; who is new here has everything to tell)."""


class Again(StrEnum):
    """Why the questions come again, in the words that the person reads."""

    NEVER_ASKED = "You have not been asked the safety questions yet. They take about three minutes."
    SOMETHING_NEW = "Something has changed, so here are the safety questions again."
    LONG_AGO = "It has been three months, so here are the safety questions again."


def why_again(days_ago: int | None, *, is_anything_new: bool) -> Again | None:
    """Say why the questions have to be asked again; None where the last answers still hold.

    `days_ago` is the age of the last complete screening in whole days, None where there was none.

    >>> why_again(10, is_anything_new=False), why_again(10, is_anything_new=True).name
    (None, 'SOMETHING_NEW')
    """
    if days_ago is None:
        return Again.NEVER_ASKED
    if is_anything_new:
        return Again.SOMETHING_NEW
    return Again.LONG_AGO if days_ago >= SCREEN_AGAIN_AFTER_DAYS else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer that was given some time ago."""

    code: str
    """The question's code."""
    answer: bool | None
    """None where the person said that they are not sure."""
    days_ago: int
    """Whole days since it was given."""
    is_before_change: bool = False
    """True where the person has said since that something is new or different."""


def still_hold(answered: Iterable[Answered]) -> dict[str, bool]:
    """Give the answers that hold today, from all that were given, in the order of giving.

    A no holds until something changes, the time is up or the person is not sure any more, and is unknown from then on.
    A yes holds until there is a no: a danger is not forgotten because nobody asked again.

    >>> old = Answered(code="fever", answer=False, days_ago=91)
    >>> still_hold((old, Answered(code="foot-drop", answer=True, days_ago=200)))
    {'foot-drop': True}
    """
    holding: dict[str, bool] = {}
    for one in answered:
        if one.answer:
            holding[one.code] = True
        elif one.answer is False and one.days_ago < SCREEN_AGAIN_AFTER_DAYS and not one.is_before_change:
            holding[one.code] = False
        elif not holding.get(one.code) or one.answer is False:
            holding.pop(one.code, None)  # an old no, or one that is not sure any more; an old no still ends a yes
    return holding
