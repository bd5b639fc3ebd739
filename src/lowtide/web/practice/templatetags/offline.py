"""What a page says so that a browser can keep things for its person alone."""

from __future__ import annotations

from django import template

from lowtide.web.accounts.models import Person
from lowtide.web.accounts.waited import key_of

register = template.Library()


@register.simple_tag
def whose(person: Person) -> str:
    """Name a person for a browser's own store."""
    return key_of(person)
