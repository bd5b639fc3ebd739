"""A letter in, what the mail server said of it out; and the moment just before its text leaves, told to whoever asks.

Law: until `handing` was called nothing has left that anybody could notice. After it, a letter whose end nobody has told
us may have arrived: that is said as it is, and it is not sent again.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from lowtide.web.reminders.channels.channel import Again, Failed, Handing, Outcome, Sent, Unsure

BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"
TAKEN, FOR_GOOD = 250, 500
"""RFC 5321, 4.2.1: the text was taken; from here on a refusal is for good."""


@dataclass(slots=True)
class _Watch:
    """What is known of a letter under way."""

    handing: Handing
    is_handed_over: bool = False
    is_taken: bool = False

    def hand_over(self) -> None:
        self.handing()
        self.is_handed_over = True


def send(letter: EmailMessage, handing: Handing) -> Outcome:
    """Send a letter by the server's own way."""
    watch = _Watch(handing)
    try:
        if str(settings.EMAIL_BACKEND) == BY_SMTP:
            _Watching(watch).send_messages([letter])
        else:
            watch.hand_over()
            get_connection().send_messages([letter])
    except (smtplib.SMTPException, OSError) as failure:
        return Sent() if watch.is_taken else _outcome(failure, watch)
    return Sent()


def _outcome(failure: Exception, watch: _Watch) -> Outcome:
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return _refused(min(code for code, _words in failure.recipients.values()))
    if isinstance(failure, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _refused(failure.smtp_code)
    return Unsure() if watch.is_handed_over else Again()


def _refused(code: int) -> Outcome:
    return Failed() if code >= FOR_GOOD else Again()


class _Watching(EmailBackend):
    """Django's way to a mail server, which says when a letter's text is about to leave, and when it was taken."""

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    @property
    def connection_class(self) -> Any:
        """Give the connection, with an ear on it."""
        return _watched(super().connection_class, self.watch)


def _watched(kind: type[smtplib.SMTP], watch: _Watch) -> type[smtplib.SMTP]:
    class Watched(kind):  # type: ignore[misc, valid-type]  # with TLS from the first byte, or not
        """A connection to a mail server: sender and recipient are agreed on before `data`."""

        def data(self, msg: Any) -> tuple[int, bytes]:
            """Send the text."""
            watch.hand_over()
            answer: tuple[int, bytes] = super().data(msg)
            watch.is_taken = answer[0] == TAKEN
            return answer

    return Watched
