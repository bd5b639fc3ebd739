"""What ships with Lowtide, read from disk: scripts and techniques."""

from lowtide.content.load import (
    bridge,
    heads,
    opening,
    opening_text,
    script,
    script_names,
    script_text,
    technique,
    techniques,
)

__all__ = [
    "bridge",
    "heads",
    "opening",
    "opening_text",
    "script",
    "script_names",
    "script_text",
    "technique",
    "techniques",
]
