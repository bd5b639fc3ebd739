"""Every channel there is, by name. Filled when the app starts (`apps.py`), and by tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lowtide.web.reminders.channels.channel import Channel

_known: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Let reminders go this way from now on."""
    _known[channel.name] = channel


def channel_of(name: str) -> Channel | None:
    """Give the channel of this name; None where there is none (a row of an older Lowtide)."""
    return _known.get(name)


def channels() -> tuple[Channel, ...]:
    """Give all of them."""
    return tuple(_known.values())


@contextmanager
def only(*channels: Channel) -> Iterator[None]:
    """Let there be these channels alone, for a while."""
    before = dict(_known)
    _known.clear()
    for channel in channels:
        register(channel)
    try:
        yield
    finally:
        _known.clear()
        _known.update(before)
