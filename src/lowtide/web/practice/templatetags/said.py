"""Words for the page: text in, the same text with what can be tapped made a link out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lowtide.model import time
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.web.practice.begin.wording import Label

register = template.Library()
_PHONE = re.compile(r"\b(?:112|999|911|988|111|116 123)\b")
_PLACE = re.compile(r"\bfindahelpline\.com\b")


@register.filter
def with_numbers(text: str) -> SafeString:
    """Make each emergency number and helpline in a text one that a thumb can call.

    >>> with_numbers("Call 112 & wait")
    'Call <a href="tel:112">112</a> &amp; wait'
    """
    said = _PHONE.sub(lambda found: f'<a href="tel:{found[0].replace(" ", "")}">{found[0]}</a>', escape(text))
    said = _PLACE.sub(lambda found: f'<a href="https://{found[0]}/" rel="noreferrer">{found[0]}</a>', said)
    return mark_safe(said)  # noqa: S308 (escaped above)


@register.filter
def minutes(ms: int) -> str:
    """Write a length for people: whole minutes as such, else as a clock.

    >>> minutes(600_000), minutes(450_000), minutes(60_000)
    ('10 minutes', '7:30', '1 minute')
    """
    whole, rest = divmod(ms, MS_PER_MINUTE)
    return clock(ms) if rest else time.counted(whole, "minute")


@register.filter
def as_typed(ms: int) -> str:
    """Write a length as a person would type it: minutes, or a clock where it is not whole.

    >>> as_typed(720_000), as_typed(450_000)
    ('12', '7:30')
    """
    whole, rest = divmod(ms, MS_PER_MINUTE)
    return clock(ms) if rest else str(whole)


@register.filter
def named(value: str, names: Mapping[str, str]) -> str:
    """Give the words for a controlled name; the name itself where there are none."""
    return names.get(str(value), str(value))


@register.filter
def labelled(value: str, labels: Iterable[Label]) -> str:
    """Give a label's words."""
    return next((one.text for one in labels if one.value == value), str(value))


@register.filter
def counted(number: float, what: str) -> str:
    """Say how many there are; the plural after a comma where it is not made with an s.

    >>> counted(1, "day"), counted(2, "person,people")
    ('1 day', '2 people')
    """
    one, _, many = what.partition(",")
    return time.counted(number, one, many)


register.filter("heard_of", time.heard_of)
register.filter("lasted", time.lasted)
register.filter("in_minutes", time.in_minutes)


@register.filter
def words(text: str) -> list[str]:
    """Give the words of a text one by one, so that a page can go through a short list.

    >>> words("Mo Tu")
    ['Mo', 'Tu']
    """
    return text.split()
