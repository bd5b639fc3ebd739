"""Rows of reminders, and what must hold of them. Only `records` turns them into the core's nouns."""

from lowtide.web.reminders.models.delivery import OPEN, Delivery, State
from lowtide.web.reminders.models.destination import CalendarAddress, MailAddress, PushKeys, PushSubscription
from lowtide.web.reminders.models.reminder import Reminder, Standing
from lowtide.web.reminders.models.routine import Pause, PauseWhy, QuietHours, Routine
from lowtide.web.reminders.models.worker import Heartbeat

__all__ = [
    "OPEN", "CalendarAddress", "Delivery", "Heartbeat", "MailAddress", "Pause", "PauseWhy", "PushKeys",
    "PushSubscription", "QuietHours", "Reminder", "Routine", "Standing", "State",
]  # fmt: skip
