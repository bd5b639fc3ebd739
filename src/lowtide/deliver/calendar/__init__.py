"""Routines and meetings in, calendar files (RFC 5545) out: what a person's own calendar shows and rings for."""

from lowtide.deliver.calendar.feed import Entry, feed
from lowtide.deliver.calendar.invitation import Method, dates, invitation
from lowtide.deliver.calendar.meeting import Guest, Meeting

__all__ = ["Entry", "Guest", "Meeting", "Method", "dates", "feed", "invitation"]
