"""The keys that push services know this server by (VAPID, RFC 8292): made once, kept in one row for all machines.

Made when the tables are (`apps.py`), which is before the first request. Law: they never change while there is the row:
every browser's subscription is bound to them.
"""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lowtide.web.reminders.models import PushKeys
from lowtide.web.reminders.models.destination import ONLY_ROW


def keys() -> Any:
    """Give the keys as `py_vapid` has them; several machines that ask at once agree on one pair."""
    from py_vapid import Vapid02

    row = PushKeys.objects.filter(pk=ONLY_ROW).first()
    if row is None:
        row, _is_new = PushKeys.objects.get_or_create(pk=ONLY_ROW, defaults={"private_key": _new_pem()})
    return Vapid02.from_pem(row.private_key.encode())


def public_key() -> str:
    """Give the public half as a browser asks for it: base64url of the uncompressed point."""
    point = keys().public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _new_pem() -> str:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()
