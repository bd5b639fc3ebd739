"""Guided meditation for back pain that fits the person, the day and the minute.

    profile ─screen→ clearance ─plan→ plan ─compose→ session ─speak→ speech ─fit→ timeline ─mix→ audio ─deliver→ files

Files in `model/` are nouns, the folders beside it are verbs, and `pipeline.py` is where verbs meet:

    from lowtide import Format, Profile, Sound, Wish
    from lowtide.pipeline import clear, deliver, label, prepare
    from lowtide.speak import Cache, candidates

    profile = Profile()
    made = prepare(profile, clear(profile).clearance, Wish(length_ms=600_000), voices=candidates(), cache=Cache())
    with open("session.mp3", "wb") as file:
        file.writelines(deliver(made, Sound(), label(made), Format.MP3))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lowtide.errors import EngineError, UserError
    from lowtide.model.audio import Format, Sound, Soundscape
    from lowtide.model.clearance import Clearance, Verdict
    from lowtide.model.profile import Pain, Profile, Wish
    from lowtide.model.timeline import Event, Timeline

_PLACES = {
    "lowtide.errors": ("EngineError", "UserError"),
    "lowtide.model.audio": ("Format", "Sound", "Soundscape"),
    "lowtide.model.clearance": ("Clearance", "Verdict"),
    "lowtide.model.profile": ("Pain", "Profile", "Wish"),
    "lowtide.model.timeline": ("Event", "Timeline"),
}
"""Nouns only: a verb of the pipeline has the name of a room, and would hide it from `from lowtide import deliver`."""
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "Clearance", "EngineError", "Event", "Format", "Pain", "Profile", "Sound", "Soundscape", "Timeline", "UserError",
    "Verdict", "Wish",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is used: importing the package alone costs nothing."""
    if name not in _PLACE_OF:
        raise AttributeError(f"module 'lowtide' has no attribute '{name}'")
    return getattr(import_module(_PLACE_OF[name]), name)
