"""A timeline in, its cover out: a quiet tide under a low sun, as PNG for files and as SVG for pages.

Called by the pipeline and the web. Laws: technique and seed alone decide the drawing, so a session keeps its cover; it
is drawn in a few milliseconds, because an MP3's first byte waits for it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from html import escape
from math import pi
from typing import TYPE_CHECKING

from lowtide.deliver.label import one_line
from lowtide.deliver.png import png

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.model.timeline import Timeline

SIZE_PX = 400
"""Players show a cover at 300–600 pixels."""
WAVES = 6
HALOS = ((4.0, 0.08), (2.9, 0.10), (2.1, 0.13), (1.5, 0.16))
"""Rings of light around the sun, as from a bowl that was struck: how far, in radii, and how strong. Even light packs
into a third of the bytes of a smooth glow."""
_SVG_STEPS = 48
_LONGEST_TITLE = 44
"""Characters of a title that fit over the drawing in one line."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of an hour of the day."""

    above: Colour
    horizon: Colour
    sun: Colour
    far: Colour
    near: Colour


PALETTES = (
    Palette(above=(38, 52, 92), horizon=(242, 184, 140), sun=(255, 232, 196), far=(112, 120, 160), near=(22, 36, 70)),
    Palette(above=(92, 142, 168), horizon=(250, 226, 190), sun=(255, 250, 232), far=(120, 172, 180), near=(18, 72, 92)),
    Palette(above=(28, 40, 66), horizon=(120, 140, 176), sun=(240, 244, 250), far=(70, 92, 132), near=(12, 22, 44)),
    Palette(above=(120, 96, 140), horizon=(250, 200, 188), sun=(255, 236, 220), far=(150, 116, 150), near=(52, 34, 78)),
    Palette(above=(70, 112, 112), horizon=(224, 228, 190), sun=(255, 250, 224), far=(112, 152, 134), near=(20, 58, 56)),
    Palette(
        above=(150, 170, 196), horizon=(252, 222, 202), sun=(255, 246, 230), far=(146, 166, 192), near=(44, 66, 104)
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn, in parts of the picture's width and height, from the top left."""

    palette: Palette
    sun: tuple[float, float, float]
    """Its middle and its radius."""
    waves: tuple[tuple[float, tuple[tuple[float, float, float], ...]], ...]
    """Each from the far one to the near one: its height, and sines (how high, how many across, where they begin)."""

    def crest(self, wave: int, across: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give how far down a wave's crest lies, for places from 0 (left) to 1 (right)."""
        import numpy as np

        height, sines = self.waves[wave]
        waves = [a * np.sin(2 * pi * (n * across + start)) for a, n, start in sines]
        return np.asarray(height + np.sum(waves, axis=0), dtype=np.float64)

    def colour(self, wave: int) -> Colour:
        """Give a wave's colour; the nearer, the deeper."""
        return _mixed(self.palette.far, self.palette.near, wave / (WAVES - 1))


def scene(technique: str, seed: int) -> Scene:
    """Compose the drawing of a session."""

    def chance(name: str) -> float:
        return _stirred(f"{technique}/{seed}/{name}") / 2**32

    palette = PALETTES[_stirred(f"sky {technique}") % len(PALETTES)]
    waves = []
    for wave in range(WAVES):
        depth = wave / (WAVES - 1)
        swell = 0.010 + 0.030 * depth
        sines = tuple(
            (
                swell / (i + 1),
                (0.6 + chance(f"count{wave}{i}")) * (i + 1) * (1.5 - depth / 2),
                chance(f"start{wave}{i}"),
            )
            for i in range(3)
        )
        waves.append((0.56 + 0.34 * depth**1.25, sines))
    sun = (0.25 + 0.5 * chance("across"), 0.40 + 0.12 * chance("down"), 0.10 + 0.04 * chance("size"))
    return Scene(palette=palette, sun=sun, waves=tuple(waves))


def cover(timeline: Timeline, *, size_px: int = SIZE_PX) -> bytes:
    """Draw a session's cover as a square PNG, without letters: players write the title beside it."""
    import numpy as np

    drawn = scene(timeline.technique, timeline.seed)
    picture = _sky(drawn, size_px)
    across = (np.arange(size_px) + 0.5) / size_px
    for wave in range(WAVES):
        crest = (drawn.crest(wave, across) * size_px).astype(np.float32)
        colour = np.array(drawn.colour(wave), dtype=np.float32)
        top, full = max(0, int(crest.min()) - 1), min(size_px, int(crest.max()) + 2)
        rows = np.arange(top, full, dtype=np.float32)[:, None]
        covered = np.clip(rows + 1 - crest, 0, 1)[..., None]
        picture[top:full] += covered * (colour - picture[top:full])
        picture[full:] = colour
    return png(np.rint(picture).astype(np.uint8))


def _sky(drawn: Scene, size: int) -> NDArray[np.float32]:
    """Draw the sky and the sun with its halos; below the horizon it is covered by the waves."""
    import numpy as np

    above, horizon, sun = (
        np.array(c, dtype=np.float32) for c in (drawn.palette.above, drawn.palette.horizon, drawn.palette.sun)
    )
    picture = np.empty((size, size, 3), dtype=np.float32)
    rows = int(size * 0.68)
    down = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    picture[:rows] = (above + (horizon - above) * down)[:, None]
    x, y, radius = (part * size for part in drawn.sun)
    for times, strength in (*HALOS, (1.0, 1.0)):
        reach = times * radius
        top, left = max(0, int(y - reach) - 1), max(0, int(x - reach) - 1)
        part = picture[top : min(rows, int(y + reach) + 2), left : int(x + reach) + 2]
        below = np.arange(top, top + part.shape[0], dtype=np.float32)[:, None] + np.float32(0.5 - y)
        beside = np.arange(left, left + part.shape[1], dtype=np.float32)[None] + np.float32(0.5 - x)
        covered = np.clip(np.float32(reach + 0.5) - np.sqrt(below * below + beside * beside), 0, 1)
        part += (covered * np.float32(strength))[..., None] * (sun - part)
    return picture


def cover_svg(timeline: Timeline) -> str:
    """Draw a session's cover as SVG, 400 × 400, with its title."""
    import numpy as np

    drawn = scene(timeline.technique, timeline.seed)
    title = one_line(timeline.title)
    shown = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    across = np.linspace(0, 1, _SVG_STEPS + 1)
    x, y, radius = (round(part * SIZE_PX, 1) for part in drawn.sun)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE_PX} {SIZE_PX}" role="img">',
        f"<title>{escape(title)}</title>",
        '<defs><linearGradient id="sky" x2="0" y2="0.68">',
        f'<stop stop-color="{_hex(drawn.palette.above)}"/>',
        f'<stop offset="1" stop-color="{_hex(drawn.palette.horizon)}"/></linearGradient></defs>',
        f'<rect width="{SIZE_PX}" height="{SIZE_PX}" fill="url(#sky)"/>',
    ]
    for times, strength in (*HALOS, (1.0, 1.0)):
        fill = f'fill="{_hex(drawn.palette.sun)}" fill-opacity="{strength}"'
        lines.append(f'<circle cx="{x}" cy="{y}" r="{radius * times:.1f}" {fill}/>')
    for wave in range(WAVES):
        crest = drawn.crest(wave, across)
        points = " ".join(f"{a * SIZE_PX:.0f},{c * SIZE_PX:.1f}" for a, c in zip(across, crest, strict=True))
        lines.append(f'<path d="M0,{SIZE_PX} L{points} V{SIZE_PX} Z" fill="{_hex(drawn.colour(wave))}"/>')
    lines.append(
        f'<text x="32" y="{SIZE_PX - 32}" font-family="Georgia, serif" font-size="20" '
        f'fill="{_hex(drawn.palette.sun)}">{escape(shown)}</text></svg>'
    )
    return "\n".join(lines) + "\n"


def _stirred(text: str) -> int:
    """Turn a text into 32 bits that look like chance; a CRC alone leaves like texts with like numbers."""
    bits = zlib.crc32(text.encode())
    for factor in (0x7FEB_352D, 0x846C_A68B):  # Chris Wellons, "Prospecting for hash functions": lowbias32
        bits = (bits ^ bits >> 16) * factor & 0xFFFF_FFFF
    return bits ^ bits >> 16


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def _hex(colour: Colour) -> str:
    return "#" + bytes(colour).hex()
