"""The body in templates: `{% body_map pains %}` to say where it hurts, `{% body_light %}` to be lit by a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from lowtide.model.profile import Pain
from lowtide.web.practice.body.drawing import TITLES, VIEWS, light_svg, map_svg
from lowtide.web.practice.body.form import WORDS, Spot, groups, spots

register = template.Library()


@register.inclusion_tag("practice/parts/body_map.html")
def body_map(pains: Iterable[Pain] = ()) -> dict[str, Any]:
    """Show the map, the list and the details of every place that hurts; goes inside a form (`body.form.read_pains`)."""
    hurting = tuple(pains)
    blank = Spot(region="REGION", label="LABEL", here=True)
    views = [(view, TITLES[view], mark_safe(map_svg(view))) for view in VIEWS]  # noqa: S308 (our own drawing)
    return {"groups": groups(hurting), "spots": spots(hurting), "blank": blank, "views": views, "words": WORDS}


@register.simple_tag
def body_light() -> SafeString:
    """Draw the body from both sides, to be lit; hidden from screen readers, which have the words."""
    return mark_safe("".join(light_svg(view) for view in VIEWS))  # noqa: S308 (our own drawing)
