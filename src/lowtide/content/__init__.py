"""What ships with Lowtide, read from disk: scripts and techniques, rituals, programmes, articles."""

from lowtide.content.article_files import article, articles
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
from lowtide.content.programme_files import (
    programme,
    programme_names,
    programme_text,
    programmes,
    read_programme,
    unusable_programmes,
)
from lowtide.content.ritual_table import ritual, rituals

__all__ = [
    "article",
    "articles",
    "bridge",
    "heads",
    "opening",
    "opening_text",
    "programme",
    "programme_names",
    "programme_text",
    "programmes",
    "read_programme",
    "ritual",
    "rituals",
    "script",
    "script_names",
    "script_text",
    "technique",
    "techniques",
    "unusable_programmes",
]
