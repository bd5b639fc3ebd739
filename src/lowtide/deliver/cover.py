"""A timeline in, its cover out: a quiet tide under a low sun, as PNG for files and as SVG for pages.

Called by the pipeline and the web. Laws: technique and seed alone decide the drawing, so a session keeps its cover; it
is drawn in a few milliseconds and without numpy, because an MP3's first byte waits for it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import pi, sin, sqrt
from typing import TYPE_CHECKING

from lowtide.deliver.label import one_line
from lowtide.deliver.png import png

if TYPE_CHECKING:
    from lowtide.model.timeline import Timeline

SIZE_PX = 400
"""Players show a cover at 300–600 pixels."""
WAVES = 6
HALOS = ((4.0, 0.08), (2.9, 0.10), (2.1, 0.13), (1.5, 0.16))
"""Rings of light around the sun, as from a bowl that was struck: how far, in radii, and how strong. Even light packs
into a third of the bytes of a smooth glow."""
HORIZON = 0.68
"""How far down the sky is drawn; every wave's crest lies above that."""
PIXEL_BYTES = 4
"""While it is drawn, a pixel is red, green, blue and a byte left over: then a column can be written in one step."""
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

    def crest(self, wave: int, across: float) -> float:
        """Give how far down a wave's crest lies, for a place from 0 (left) to 1 (right)."""
        height, sines = self.waves[wave]
        return height + sum([a * sin(2 * pi * (n * across + start)) for a, n, start in sines])

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
    drawn = scene(timeline.technique, timeline.seed)
    picture = bytearray(PIXEL_BYTES * size_px * size_px)
    _draw_sky(picture, drawn, size_px)
    _draw_sea(picture, drawn, size_px)
    del picture[3::PIXEL_BYTES]
    return png(picture, size_px)


def _draw_sky(picture: bytearray, drawn: Scene, size: int) -> None:
    """Draw the sky and the sun with its halos, row by row; below the horizon it is covered by the waves."""
    palette, rows, row_bytes = drawn.palette, int(size * HORIZON), PIXEL_BYTES * size
    middle, down, radius = (part * size for part in drawn.sun)
    rings = [(times * radius, strength) for times, strength in (*HALOS, (1.0, 1.0))]
    cut = PIXEL_BYTES * (size - round(middle))
    for row in range(rows):
        sky = _mixed(palette.above, palette.horizon, row / (rows - 1))
        left = _left_of_sun(sky, palette.sun, rings, row + 0.5 - down, size)
        both = b"".join((*left, *reversed(left)))
        picture[row * row_bytes : (row + 1) * row_bytes] = both[cut : cut + row_bytes]


def _left_of_sun(sky: Colour, sun: Colour, rings: list[tuple[float, float]], below: float, size: int) -> list[bytes]:
    """Give the `size` pixels of a row that end at the sun's middle, as runs of one colour; the right mirrors them."""
    runs = []
    at, colour = -size, sky
    for reach, strength in rings:
        touched = (reach + 0.5) ** 2 - below * below
        if touched <= 0:
            break
        filled = max(0.0, (reach - 0.5) ** 2 - below * below)
        first, full = -int(sqrt(touched) + 0.5), -int(sqrt(filled) + 0.5)
        inside = _mixed(colour, sun, strength)
        runs.append(_pixel(colour) * (first - at))
        for edge in range(first, full):  # partly covered, so that the ring looks round
            covered = reach + 0.5 - sqrt(below * below + (edge + 0.5) ** 2)
            runs.append(_pixel(_mixed(colour, inside, covered)))
        at, colour = full, inside
    return [*runs, _pixel(colour) * -at]


def _draw_sea(picture: bytearray, drawn: Scene, size: int) -> None:
    """Draw the waves, column by column, each over all that is farther away."""
    places = memoryview(picture).cast("I")
    colours = [drawn.colour(wave) for wave in range(WAVES)]
    bodies = [_pixel(colour) * size for colour in colours]
    for column in range(size):
        across = (column + 0.5) / size
        crests = [drawn.crest(wave, across) * size for wave in range(WAVES)]
        seen: list[tuple[int, int, bytes]] = []  # the tops that are not covered, their waves and their edge's pixels
        for wave, crest in enumerate(crests):
            top = int(crest)
            while seen and seen[-1][0] >= top:
                seen.pop()
            at = PIXEL_BYTES * (top * size + column)
            behind = colours[seen[-1][1]] if seen else (picture[at], picture[at + 1], picture[at + 2])
            seen.append((top, wave, _pixel(_mixed(behind, colours[wave], top + 1 - crest))))
        ends = [top for top, _, _ in seen[1:]] + [size]
        runs = [
            edge + bodies[wave][: PIXEL_BYTES * (end - top - 1)]
            for (top, wave, edge), end in zip(seen, ends, strict=True)
        ]
        places[seen[0][0] * size + column :: size] = memoryview(b"".join(runs)).cast("I")


def cover_svg(timeline: Timeline) -> str:
    """Draw a session's cover as SVG, 400 × 400, with its title."""
    from html import escape

    drawn = scene(timeline.technique, timeline.seed)
    title = one_line(timeline.title)
    shown = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    places = [step / _SVG_STEPS for step in range(_SVG_STEPS + 1)]
    x, y, radius = (round(part * SIZE_PX, 1) for part in drawn.sun)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE_PX} {SIZE_PX}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<defs><linearGradient id="sky" x2="0" y2="{HORIZON}">',
        f'<stop stop-color="{_hex(drawn.palette.above)}"/>',
        f'<stop offset="1" stop-color="{_hex(drawn.palette.horizon)}"/></linearGradient></defs>',
        f'<rect width="{SIZE_PX}" height="{SIZE_PX}" fill="url(#sky)"/>',
    ]
    for times, strength in (*HALOS, (1.0, 1.0)):
        fill = f'fill="{_hex(drawn.palette.sun)}" fill-opacity="{strength}"'
        lines.append(f'<circle cx="{x}" cy="{y}" r="{radius * times:.1f}" {fill}/>')
    for wave in range(WAVES):
        points = " ".join(f"{a * SIZE_PX:.0f},{drawn.crest(wave, a) * SIZE_PX:.1f}" for a in places)
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
    (red, green, blue), (redder, greener, bluer) = one, other
    return (
        round(red + (redder - red) * share),
        round(green + (greener - green) * share),
        round(blue + (bluer - blue) * share),
    )


def _pixel(colour: Colour) -> bytes:
    return bytes((*colour, 0))


def _hex(colour: Colour) -> str:
    return "#" + bytes(colour).hex()
