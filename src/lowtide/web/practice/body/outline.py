"""Our drawing of a body: nothing in, the silhouette and the shape of every spot on it out, on a grid of 200 × 460.

Called by `drawing`. Law: one half is drawn by hand, the viewer's right one; the other mirrors it. Spots may reach over
the silhouette, which cuts them: so their outer edges always fit.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lowtide.model.body import REGIONS

WIDTH, HEIGHT = 200, 460
_MIDDLE = WIDTH // 2

_SIDE = (
    (
        "100,8 111,10 118,17 121,28 121,40 119,51 115,61 111,68 111,79 116,86 128,92 142,97 151,106 155,120 157,140"
        " 160,160 163,178 168,200 173,222 178,238 180,252 180,264 177,274 172,276 168,268 165,258 161,256 159,248"
        " 160,236 160,225 154,204 149,184 146,166 143,148 141,133"
    ),
    (
        "141,133 139,150 136,168 134,184 135,198 139,214 142,230 143,246 142,266 139,290 135,312 133,326 134,342"
        " 136,358 134,378 129,398 125,414 125,424 129,434 134,443 133,449 124,452 113,450 109,443 109,432 110,420"
        " 110,408 108,386 106,362 108,342 108,328 106,312 104,286 102,264 100,252"
    ),
)
"""The viewer's right half from the crown to between the legs, sharp under the arm: curves through these points."""


def _smooth(points: str) -> str:
    """Draw a curve through points, as cubic Béziers (Catmull and Rom 1974, with a tension of one sixth)."""
    xy = [tuple(map(float, point.split(","))) for point in points.split()]
    xy = [xy[0], *xy, xy[-1]]
    parts = []
    for (before, start), (end, after) in zip(pairwise(xy), pairwise(xy[2:]), strict=False):
        c1 = tuple(s + (e - b) / 6 for b, s, e in zip(before, start, end, strict=True))
        c2 = tuple(e - (a - s) / 6 for s, e, a in zip(start, end, after, strict=True))
        parts.append("C" + " ".join(f"{x:.1f},{y:.1f}" for x, y in (c1, c2, end)))
    return "".join(parts)


def mirrored(path: str) -> str:
    """Turn a path of absolute points over, left for right.

    >>> mirrored("M100,10 L130,20 Z")
    'M100,10 L70,20 Z'
    """
    return re.sub(r"(-?[\d.]+),", lambda match: f"{round(WIDTH - float(match[1]), 1):g},", path)


def silhouette() -> str:
    """Give the outline of the whole body as one path: both sides, each drawn from the crown down."""
    half = f"M{_SIDE[0].split()[0]}" + "".join(map(_smooth, _SIDE)) + f"L{_MIDDLE},8Z"
    return half + mirrored(half)


_ARM_AND_LEG = {
    "upper-arm": "M140,128 Q150,134 170,128 L172,164 Q158,172 144,166 L141,140 Z",
    "elbow": "M144,166 Q158,172 172,164 L178,190 Q162,198 147,192 Z",
    "forearm": "M147,192 Q162,198 178,190 L186,220 Q170,226 156,222 Z",
    "wrist": "M156,222 Q170,226 186,220 L190,234 Q172,240 157,236 Z",
    "hand": "M157,236 Q172,240 190,234 L195,280 L160,280 Z",
    "knee": "M100,312 Q122,304 145,312 L145,344 Q122,352 100,344 Z",
}
"""The same from the front and from behind, by the name of one of a pair."""

_FRONT_SIDE = {
    "face": "M100,25 Q116,25 128,29 L128,51 Q112,52 100,51 Z",
    "jaw": "M100,51 Q112,52 128,51 L122,68 L113,68 Q106,74 100,74 Z",
    "shoulder": "M114,84 L120,80 L170,85 L170,128 Q150,134 140,128 Q136,106 120,97 Z",
    "chest": "M100,96 Q112,97 120,97 Q136,106 140,128 L141,138 Q122,146 100,142 Z",
    "rib": "M100,142 Q122,146 143,138 L141,174 Q120,180 100,176 Z",
    "belly": "M100,176 Q120,180 141,174 L141,203 Q128,204 121,214 Q110,222 100,223 Z",
    "hip": "M121,214 Q128,204 141,203 L150,212 L150,256 Q136,258 126,247 Q124,228 121,214 Z",
    "groin": "M110,221 Q116,218 121,214 Q124,228 126,247 Q118,262 104,266 L100,266 L101,258 Q109,240 110,221 Z",
    "thigh": "M100,266 L104,266 Q118,262 126,247 Q136,258 150,256 L150,312 L145,312 Q122,304 100,312 L100,268 Z",
    "shin": "M100,344 Q122,352 145,344 L145,404 Q120,410 100,404 Z",
    "ankle": "M100,404 Q120,410 145,404 L145,424 Q120,430 100,424 Z",
    "foot": "M100,424 Q120,430 145,424 L145,440 Q122,444 100,440 Z",
    "toes": "M100,440 Q122,444 145,440 L145,460 L100,460 Z",
    **_ARM_AND_LEG,
}
_FRONT_MIDDLE = {
    "forehead": "M70,0 L130,0 L128,29 Q100,21 72,29 Z",
    "throat": "M86,68 Q94,74 100,74 Q106,74 114,68 L114,84 L120,97 Q100,94 80,97 L86,84 Z",
    "pelvic-floor": "M90,221 Q100,225 110,221 Q109,240 101,258 L100,266 L99,258 Q91,240 90,221 Z",
}
_BACK_SIDE = {
    "head": "M100,0 L130,0 L128,54 Q112,58 100,56 Z",
    "neck": "M100,56 Q112,58 124,54 L116,84 L122,94 Q110,97 100,97 Z",
    "shoulder": "M116,84 L120,80 L170,85 L170,128 Q150,134 140,128 Q139,110 122,94 Z",
    "upper-back": "M110,97 Q116,96 122,94 Q134,104 138,118 L141,140 Q128,150 110,148 Z",
    "shoulder-blade": "M115,110 Q116,105 122,105 Q134,107 134,116 Q134,128 128,139 Q124,144 120,139 Q114,128 115,110 Z",
    "middle-back": "M110,148 Q128,150 142,138 L141,176 Q124,182 110,180 Z",
    "lower-back": "M110,180 Q124,182 141,176 L141,203 Q128,206 121,214 Q116,218 110,218 Z",
    "hip": "M121,214 Q128,206 141,203 L150,212 L150,256 Q140,258 132,252 Q128,230 121,214 Z",
    "buttock": "M107,219 Q116,218 121,214 Q128,230 132,252 Q122,268 100,264 L100,236 Q104,230 107,219 Z",
    "thigh": "M100,264 Q122,268 132,252 Q140,258 150,256 L150,312 L145,312 Q122,304 100,312 Z",
    "calf": "M100,344 Q122,352 145,344 L145,400 Q120,406 100,400 Z",
    "ankle": "M100,400 Q120,406 145,400 L145,422 Q120,428 100,422 Z",
    "heel": "M100,422 Q120,428 145,422 L145,438 Q120,442 100,438 Z",
    "sole": "M100,438 Q120,442 145,438 L145,460 L100,460 Z",
    **_ARM_AND_LEG,
}
_BACK_MIDDLE = {
    "upper-back": "M90,97 Q100,98 110,97 L110,148 Q100,149 90,148 Z",
    "middle-back": "M90,148 Q100,149 110,148 L110,180 Q100,181 90,180 Z",
    "lower-back": "M90,180 Q100,181 110,180 L110,218 Q100,220 90,218 Z",
    "tailbone": "M90,218 Q100,220 110,218 L107,219 Q104,230 100,238 Q96,230 93,219 Z",
}


def _both(side: dict[str, str], middle: dict[str, str], *, right_is: str) -> dict[str, str]:
    other = "left" if right_is == "right" else "right"
    shapes: dict[str, str] = dict(middle)
    for name, path in side.items():
        shapes[f"{right_is}-{name}"] = path
        shapes[f"{other}-{name}"] = mirrored(path)
    assert shapes.keys() <= REGIONS.keys(), shapes.keys() - REGIONS.keys()
    return shapes


SHAPES: dict[str, dict[str, str]] = {
    "front": _both(_FRONT_SIDE, _FRONT_MIDDLE, right_is="left"),
    "back": _both(_BACK_SIDE, _BACK_MIDDLE, right_is="right"),
}
"""The shape of every spot by view and region. Seen from the front, the person's left is at the viewer's right."""
