"""What a browser says its push service's address is in, where a message may really be sent out.

Called when somebody subscribes (`place_of`) and again before each message (`reach`). Law: a stranger's address is never
a way into the network this server stands in: https only, its usual port, a name that leads to public addresses alone,
and the connection goes to the very address that was looked at.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from lowtide.errors import UserError
from lowtide.web.reminders.models.destination import LONGEST_ENDPOINT

LOCAL_VARIABLE = "LOWTIDE_PUSH_LOCAL"
"""1 lets messages go to a push service on this machine, also by http: for tests, never on a server of others."""
HTTPS_PORT, HTTP_PORT = 443, 80
HINT = "Push services of browsers have public https addresses."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address, taken apart."""

    host: str
    port: int
    path: str
    is_https: bool

    @property
    def authority(self) -> str:
        """Give host and port as a request names them."""
        usual = HTTPS_PORT if self.is_https else HTTP_PORT
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Give what a message is signed for (RFC 8292, 2: the push service's origin)."""
        return f"{'https' if self.is_https else 'http'}://{self.authority}"


def place_of(endpoint: str) -> Place:
    """Take an endpoint apart; raise `UserError` for one that can not be a push service's."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise UserError("This is not an address.", hint=HINT) from None
    is_https, host = parts.scheme == "https", parts.hostname or ""
    is_plain = len(endpoint) <= LONGEST_ENDPOINT and endpoint.isascii() and endpoint.isprintable()
    if not host or not is_plain or " " in endpoint or parts.username is not None or parts.password is not None:
        raise UserError("This is not a push service's address.", hint=HINT)
    place = Place(
        host=host, port=port or (HTTPS_PORT if is_https else HTTP_PORT), is_https=is_https,
        path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )  # fmt: skip
    if not (is_https and place.port == HTTPS_PORT) and not _is_local(place.host):
        raise UserError("A push service is reached by https, at its usual port.", hint=HINT)
    if _is_number(host) and not _may_reach(host):
        raise UserError("A push service does not stand in a private network.", hint=HINT)
    return place


def reach(place: Place, seconds: float) -> HTTPConnection:
    """Connect to an endpoint; raise `UserError` where its name leads into a private network, `OSError` else."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(_may_reach(one) for one in addresses):
        raise UserError("A push service does not stand in a private network.", hint=HINT)
    connection = HTTPConnection(place.host, place.port, timeout=seconds)
    connection.auto_open = 0  # it would connect anew by itself, to wherever the name leads by then, and in the clear
    plain = socket.create_connection((addresses[0], place.port), timeout=seconds)
    try:
        known = ssl.create_default_context()
        connection.sock = known.wrap_socket(plain, server_hostname=place.host) if place.is_https else plain
    except OSError:
        plain.close()
        raise
    return connection


def _may_reach(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or number
    if mapped.is_loopback:
        return _has_local()
    return bool(mapped.is_global and not mapped.is_multicast)


def _is_local(host: str) -> bool:
    return _has_local() and (host == "localhost" or (_is_number(host) and ipaddress.ip_address(host).is_loopback))


def _has_local() -> bool:
    return os.environ.get(LOCAL_VARIABLE) == "1"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
