"""The tz database's own lists in, the time zones to offer out, and the present name of an old one.

Called by forms with a list of zones. Law: what is offered has a name of today; an old name stays valid where it stands
(`days.zones`), and is shown as the place that it means.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH

from lowtide.web.accounts.days import zones

PLACES = "zone.tab"
"""Of the tz database: one place or more for each country, by their present names; also those that share their rules."""
RULES = "tzdata.zi"
"""Of the tz database: its rules in short, with a line `L PRESENT OLD` for each name that only leads to another."""
RENAMED = {
    "Africa/Asmera": "Africa/Asmara", "Africa/Timbuktu": "Africa/Bamako", "America/Coral_Harbour": "America/Atikokan",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen", "Pacific/Ponape": "Pacific/Pohnpei", "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}  # fmt: skip
"""Where `RULES` leads to a town in another country with the same clock. tz database, file `backward`, comments."""


@cache
def offered() -> frozenset[str]:
    """Give the names to choose from; every known one that names a place where the list is missing."""
    places = {line.split("\t")[2] for line in _lines(PLACES) if not line.startswith("#") and line.count("\t") > 1}
    return zones() & places or frozenset(name for name in zones() if "/" in name and not name.startswith("Etc/"))


def present_name(name: str) -> str:
    """Give what a place is called now; the name itself where it is offered, or where nothing else is known of it.

    >>> present_name("Asia/Calcutta"), present_name("Europe/Lisbon"), present_name("UTC")
    ('Asia/Kolkata', 'Europe/Lisbon', 'UTC')
    """
    if name in offered():
        return name
    found = RENAMED.get(name) or _links().get(name, "")
    return found if found in offered() else name


@cache
def _links() -> dict[str, str]:
    lines = (line.split() for line in _lines(RULES) if line.startswith("L "))
    return {old: present for _, present, old in lines}


def _lines(name: str) -> list[str]:
    """Read one of the database's lists, the machine's own before the one of Python's package."""
    for folder in TZPATH:
        if (path := Path(folder, name)).is_file():
            return path.read_text(encoding="utf-8").splitlines()
    try:
        return resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()
    except (ModuleNotFoundError, FileNotFoundError):
        return []
