"""What every calendar file of ours says of itself, and a text kept on its line. Read by `feed` and `invitation`."""

from __future__ import annotations

MAKER = "-//Lowtide//Lowtide//EN"
DOMAIN = "lowtide.invalid"
"""Ends the names of events; RFC 2606 keeps it for nobody."""


def one_line(text: str) -> str:
    r"""Keep a text on its line: what somebody has written can begin no line of its own in the file.

    >>> one_line("Morning\r\nATTENDEE:mailto:x@y")
    'Morning ATTENDEE:mailto:x@y'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
