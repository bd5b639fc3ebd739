"""The machine's own time zone in, its name out: the clock of whoever has told none. Called by the settings.

Law: it is read while the settings are read. Once they are, Django sets the process's own clock to what they say.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import get_localzone_name

NOWHERE = "UTC"
"""Where a machine does not say where it stands, as in many containers."""


def machine_zone() -> str:
    """Give the IANA name of the zone that this machine's clock shows."""
    try:
        name = get_localzone_name()
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return NOWHERE
    return str(name)
