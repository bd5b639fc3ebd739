"""When to screen again: how long ago and what has changed in, why again out.

Called by the command line and the app before a session; the days are counted by the caller, which owns a clock. Law: a
screening is never trusted over new or changed symptoms, however fresh it is.
"""

from __future__ import annotations

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
    help="Yes brings the safety questions again. It does not mean that something is wrong.",
)
"""Asked before each session. It raises no flag by itself; it brings back the questions that do."""


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
