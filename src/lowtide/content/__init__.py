"""What ships with Lowtide, read from disk: scripts and techniques."""

from lowtide.content.load import heads, opening, script, script_names, script_text, technique, techniques

__all__ = ["heads", "opening", "script", "script_names", "script_text", "technique", "techniques"]
