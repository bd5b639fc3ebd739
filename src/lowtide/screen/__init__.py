"""Profile in, verdict out: what must happen first, and what a session may ask of this body."""

from lowtide.screen.harm import Harm, count_harm
from lowtide.screen.movements import RULES, Rule
from lowtide.screen.questions import QUESTIONS, Question
from lowtide.screen.recency import (
    ANYTHING_AT_FIRST,
    ANYTHING_NEW,
    SCREEN_AGAIN_AFTER_DAYS,
    Again,
    Answered,
    still_hold,
    why_again,
)
from lowtide.screen.red_flags import FLAGS, Flag
from lowtide.screen.signs import unanswered
from lowtide.screen.verdict import careful, narrowed, screen
from lowtide.screen.wording import advice

__all__ = [
    "ANYTHING_AT_FIRST",
    "ANYTHING_NEW",
    "FLAGS",
    "QUESTIONS",
    "RULES",
    "SCREEN_AGAIN_AFTER_DAYS",
    "Again",
    "Answered",
    "Flag",
    "Harm",
    "Question",
    "Rule",
    "advice",
    "careful",
    "count_harm",
    "narrowed",
    "screen",
    "still_hold",
    "unanswered",
    "why_again",
]
