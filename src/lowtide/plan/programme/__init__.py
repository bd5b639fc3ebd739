"""A programme, a log, a day and a clearance in; where the person is, and what is asked of them today, out."""

from lowtide.plan.programme.assign import assign, assign_day, practices_of
from lowtide.plan.programme.own import choices
from lowtide.plan.programme.standing import standing

__all__ = ["assign", "assign_day", "choices", "practices_of", "standing"]
