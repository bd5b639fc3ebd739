"""A programme, a log, a day and a clearance in; where the person is, and what is asked of them today, out."""

from lowtide.plan.programme.assign import assign, assign_day
from lowtide.plan.programme.standing import standing

__all__ = ["assign", "assign_day", "standing"]
