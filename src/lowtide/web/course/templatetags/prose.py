"""Words of a programme: Markdown in, HTML for the page out. Law: raw HTML in it is shown as text."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

register = template.Library()
KEPT = 256
"""Texts whose HTML is remembered: those of all programmes."""


@register.filter
@lru_cache(KEPT)
def prose(text: str) -> SafeString:
    r"""Make HTML of Markdown.

    >>> prose("Be *kind* <b>")
    '<p>Be <em>kind</em> &lt;b&gt;</p>\n'
    """
    made: str = MarkdownIt("commonmark", {"html": False}).render(text)
    return SafeString(made)  # raw HTML is switched off, so that it is as safe as its text
