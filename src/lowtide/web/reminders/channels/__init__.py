"""Ways in which reminders reach a person; one file for each."""

from lowtide.web.reminders.channels.channel import (
    Again,
    Channel,
    Failed,
    Handing,
    Lost,
    Outcome,
    Sent,
    Unsure,
)
from lowtide.web.reminders.channels.registry import channel_of, channels, only, register

__all__ = [
    "Again", "Channel", "Failed", "Handing", "Lost", "Outcome", "Sent", "Unsure", "channel_of", "channels", "only",
    "register",
]  # fmt: skip
