"""The articles that ship, as pages: Markdown in, HTML out.

Law: nothing of a person is in them, and raw HTML in an article is shown as text, never taken as HTML.
"""

from __future__ import annotations

from functools import cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from lowtide import content
from lowtide.errors import UserError
from lowtide.web.accounts.people import PersonRequest, for_person


@require_safe
@for_person
def shelf(request: PersonRequest) -> HttpResponse:
    """List what there is to read, in the order in which it is to be read."""
    return render(request, "practice/reading/shelf.html", {"articles": content.articles()})


@require_safe
@for_person
def article(request: PersonRequest, name: str) -> HttpResponse:
    """Show one article."""
    try:
        found = content.article(name)
    except UserError:
        raise Http404 from None
    every = content.articles()
    following = every[every.index(found) + 1 :][:1]
    told = {"article": found, "text": html_of(found.name), "following": following[0] if following else None}
    return render(request, "practice/reading/article.html", told)


@cache
def html_of(name: str) -> SafeString:
    """Make an article's HTML, once."""
    made: str = MarkdownIt("commonmark", {"html": False}).render(content.article(name).text)
    return SafeString(made)  # ours, and raw HTML in it is switched off
