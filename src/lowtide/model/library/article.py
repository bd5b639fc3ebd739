"""Something to read about a sore back: one file of `content/articles`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A short text with its sources."""

    name: str
    """The file's name without the ending: `stress-and-sleep`."""
    title: str
    summary: str
    """One plain sentence that says what is to be learned."""
    order: int
    """Where it stands among the others; the lowest is read first."""
    text: str
    """The text, in Markdown, without its head."""
    sources: tuple[str, ...]
    """The addresses that it links to, in order and each once."""
