"""What the library holds, as nouns: techniques, rituals and articles."""

from lowtide.model.library.article import Article
from lowtide.model.library.ritual import Ritual
from lowtide.model.library.technique import ASKED_FOR, Family, Technique

__all__ = ["ASKED_FOR", "Article", "Family", "Ritual", "Technique"]
