"""A view of the body in, SVG out: to be touched (the body map) or to be lit (the player's body light).

Called by the template tags of `templatetags/body.py`. Law: every region that can be named lights something up, so that
`[attend scalp]` is seen although nobody would be asked to hit a scalp with a thumb.
"""

from __future__ import annotations

from functools import cache
from html import escape

from lowtide.model.body import REGIONS, Region, Side, holders
from lowtide.web.practice.body.outline import HEIGHT, SHAPES, WIDTH, silhouette

VIEWS = ("back", "front")
"""From behind first: that is where most who come hurt."""
DRAWN: tuple[str, ...] = tuple(dict.fromkeys(name for shapes in SHAPES.values() for name in shapes))
"""Every region that has a shape, in front or at the back."""
TITLES = {"front": "From the front", "back": "From behind"}
LARGER = ("left-leg", "right-leg", "left-arm", "right-arm", "spine", "pelvis", "head")
"""Places that are no one shape and may be chosen from the list, such as a pain down the whole leg."""
NEAREST: dict[str, tuple[str, ...]] = {
    "scalp": ("forehead", "left-head", "right-head"),
    "eyes": ("left-face", "right-face"),
    "left-eye": ("left-face",),
    "right-eye": ("right-face",),
    "spine": ("upper-back", "middle-back", "lower-back", "tailbone"),
}
"""What shines for the regions that have no shape of their own and hold none."""
_SIDES = {"front": ("your right", "your left"), "back": ("your left", "your right")}
"""What is written at the viewer's left and right."""
_NAMES_HEIGHT = 18


@cache
def lights(name: str) -> tuple[str, ...]:
    """Name the shapes that shine for a region: those in it, or else the nearest.

    >>> lights("left-hip"), lights("ankles"), lights("left-eye")
    (('left-hip',), ('left-ankle', 'right-ankle'), ('left-face',))
    """
    inside = tuple(shape for shape in DRAWN if _is_in(REGIONS[shape], REGIONS[name]))
    return inside or NEAREST[name]


def _is_in(shape: Region, region: Region) -> bool:
    """Say whether a shape lies in a region; the middle of a part lies in the whole part, not in one of its sides."""
    return region.part in holders(shape.part) and region.side in (Side.BOTH, shape.side)


@cache
def lit_for(shape: str) -> tuple[str, ...]:
    """Name every region for which a shape shines."""
    return tuple(name for name in REGIONS if shape in lights(name))


def _coloured_by(shape: str) -> str:
    return " ".join(name for name in lit_for(shape) if name in DRAWN or name in LARGER)


@cache
def map_svg(view: str) -> str:
    """Draw a view to be touched: each shape is a link to its box in the list, which works without JavaScript too."""
    spots = "".join(
        f'<a href="#here-{name}" tabindex="-1" data-region="{name}">'
        f'<path class="spot" data-in="{_coloured_by(name)}" d="{path}">'
        f"<title>{escape(_said(name))}</title></path></a>"
        for name, path in SHAPES[view].items()
    )
    at_left, at_right = _SIDES[view]
    names = (
        f'<text class="side" x="2" y="{HEIGHT + 12}">{at_left}</text>'
        f'<text class="side" x="{WIDTH - 2}" y="{HEIGHT + 12}" text-anchor="end">{at_right}</text>'
    )
    return _framed(f"map-{view}", "body-drawing", spots + names, HEIGHT + _NAMES_HEIGHT)


@cache
def light_svg(view: str) -> str:
    """Draw a view to be lit: a shape shines while the class `lit` is on it; `data-in` names the regions it is for."""
    spots = "".join(
        f'<path class="spot" data-in="{" ".join(lit_for(name))}" d="{path}"/>' for name, path in SHAPES[view].items()
    )
    return _framed(f"light-{view}", "body-light", spots, HEIGHT)


def _framed(name: str, css: str, inside: str, height: int) -> str:
    """Cut the shapes to the silhouette. Screen readers have the list, or the words of the session, instead."""
    return (
        f'<svg class="{css}" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
        f'<path class="body" id="{name}-line" d="{silhouette()}"/>'
        f'<clipPath id="{name}"><use href="#{name}-line"/></clipPath>'
        f"{_clipped(name, inside)}</svg>"
    )


def _clipped(name: str, inside: str) -> str:
    shapes, mark, names = inside.partition("<text")
    return f'<g clip-path="url(#{name})">{shapes}</g>{mark}{names}'


def _said(name: str) -> str:
    return REGIONS[name].words.removeprefix("your ")
