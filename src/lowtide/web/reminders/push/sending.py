"""A subscription and a message in, the push service's answer out.

Called by `channels.push`. Law: only the browser can read it (RFC 8291); a push service that is slow, or that never
stops talking, holds nobody up; nothing that it answers but the status and its wish to be left alone is read.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from lowtide.web.reminders.push.endpoint import Place, place_of, reach
from lowtide.web.reminders.push.keys import keys

STEP_SECONDS = 10.0
"""How long one step, connecting or answering, may take."""
WHOLE_SECONDS = 25.0
"""How long all of it may take: a fifth of a lease (`work.delivering`)."""
ENCODING = "aes128gcm"
URGENCY = "high"
"""RFC 8030, 5.3: "time-sensitive alert". With less, a sleeping phone is told when it next wakes up: too late."""
LONGEST_MESSAGE = 3000
"""Bytes. RFC 8030, 7.2 lets a push service refuse more than 4096, after encryption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a browser is told."""

    text: bytes
    topic: str
    """A later message of the same topic takes the place of one that still waits (RFC 8030, 5.4)."""
    ttl_s: int
    """How long the push service may keep it for a browser that is not there."""

    def __post_init__(self) -> None:
        assert 0 < len(self.text) <= LONGEST_MESSAGE, len(self.text)
        assert len(self.topic) <= 32, self.topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the push service said."""

    status: int
    retry_after: str
    """As it was written; empty where it was not."""


def send(keys_of_browser: Mapping[str, str], endpoint: str, message: Message, contact: str,
         handing: Callable[[], None]) -> Answer:  # fmt: skip
    """Encrypt, connect, call `handing`, send.

    Raises `UserError` for an endpoint that may not be reached, `ValueError` for keys that can not be used, and one of
    `FAILURES` where the push service can not be talked to.
    """
    place = place_of(endpoint)
    body = _encrypted(keys_of_browser, endpoint, message.text)
    headers = _headers(place, message, contact)
    connection = reach(place, STEP_SECONDS)
    with _ended_in_time(connection):
        handing()
        connection.request("POST", place.path, body, headers)
        answer = connection.getresponse()
        return Answer(status=answer.status, retry_after=answer.headers.get("Retry-After", ""))


def _encrypted(keys_of_browser: Mapping[str, str], endpoint: str, text: bytes) -> bytes:
    from pywebpush import WebPusher

    pusher = WebPusher({"endpoint": endpoint, "keys": dict(keys_of_browser)})
    body: bytes = pusher.encode(text, ENCODING)["body"]
    return body


def _headers(place: Place, message: Message, contact: str) -> dict[str, str]:
    signed: Mapping[str, str] = keys().sign({"aud": place.origin, "sub": contact})
    return {
        "Host": place.authority, "TTL": str(message.ttl_s), "Topic": message.topic, "Urgency": URGENCY,
        "Content-Encoding": ENCODING, "Content-Type": "application/octet-stream", "Connection": "close", **signed,
    }  # fmt: skip


class _ended_in_time:  # noqa: N801 (read as a word: with _ended_in_time(connection))
    """Closes a connection with its block, and cuts it off where the block takes too long."""

    def __init__(self, connection: HTTPConnection) -> None:
        self.connection = connection
        self.timer = threading.Timer(WHOLE_SECONDS, self._cut)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_failed: object) -> None:
        self.timer.cancel()
        self.connection.close()

    def _cut(self) -> None:
        with suppress(OSError, AttributeError):  # it has just been closed
            self.connection.sock.shutdown(socket.SHUT_RDWR)


FAILURES = (OSError, HTTPException)
"""What talking to a push service can end in."""
