"""How letters leave: `LOWTIDE_SMTP` in, Django's settings for mail out. Called by the settings.

Without a mail server letters are kept as files in the data folder, so that whoever runs the server can pass them on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lowtide.errors import UserError

VARIABLE = "LOWTIDE_SMTP"
"""The mail server: smtp://user:password@host:587, or smtps:// for TLS from the first byte."""
FROM_VARIABLE = "LOWTIDE_MAIL_FROM"
TIMEOUT_SECONDS = 20


def mail(url: str, folder: Path) -> dict[str, Any]:
    """Give the settings for mail.

    >>> mail("smtp://anna:secret@mail.example", Path("x"))["EMAIL_PORT"]
    587
    """
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder / "letters"),
            "ACCOUNT_EMAIL_VERIFICATION": "none",
            "MFA_ALLOW_UNVERIFIED_EMAIL": True,  # no address can be verified without letters
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise UserError(f"{VARIABLE} is not a mail server.", hint="Write smtp://user:password@host:587.")
    is_tls = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls,
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "MFA_ALLOW_UNVERIFIED_EMAIL": False,
    }
