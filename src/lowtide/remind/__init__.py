"""A routine in, what is due when and what becomes of it out. Pure: time and what was practised are arguments."""

from lowtide.remind.due import dues_between, moment_of, next_due
from lowtide.remind.fate import done_since, fate_of, fates, is_quiet

__all__ = ["done_since", "dues_between", "fate_of", "fates", "is_quiet", "moment_of", "next_due"]
