"""A timeline and its sound in, a picture of the session out: waveform, chapters, voice, breath and movement, as SVG.

Called by the pipeline; the README's picture is made by it. Law: the picture shows the sound itself, rendered piece by
piece in constant memory, above what the timeline says of it, on one axis of time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lowtide.deliver.label import marks, one_line
from lowtide.model.movement import BREATH
from lowtide.model.time import MS_PER_MINUTE, SAMPLE_RATE_HZ, SAMPLES_PER_MS, clock
from lowtide.model.timeline import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from lowtide.deliver.grid import Render
    from lowtide.model.timeline import Event, Timeline

WIDTH, HEIGHT = 1200, 470
LEFT, RIGHT = 108, 1172
NAMES_TOP, SOUND_TOP, SOUND_BOTTOM = 78, 112, 278
VOICE_TOP, BREATH_TOP, MOVE_TOP, AXIS_TOP = 298, 330, 396, 430
LANE, BREATH_LANE = 14, 46
COLUMN_PX = 1.5
_BLOCK_SAMPLES = 20 * SAMPLE_RATE_HZ
_LOUDNESS_POWER = 0.55
"""Heights are drawn as |sample| to this power, so that the soundscape can be seen beside the voice."""
_CHARACTER_PX = 6.6
"""What a character of a 12-pixel face takes on average."""
_TICKS_MS = (10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000)
_MOST_TICKS = 12
_STYLE = """
text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #33475b }
.title { font-size: 20px; font-weight: 600 } .about, .axis { fill: #6b7f92 } .lane { text-anchor: end; fill: #6b7f92 }
.name { paint-order: stroke; stroke: #f7fafb; stroke-width: 5px }
.card { fill: #f7fafb } .even { fill: #e3edf1 } .odd { fill: #eef4f6 } .rule { stroke: #c4d3da }
.peak { fill: #8fb8c8 } .body { fill: #2f6f88 } .voice { fill: #2f6f88 } .open { fill: #cfe0e6 }
.breath { fill: #f3d9bd; stroke: #d08a45; stroke-width: 1.4 } .move { fill: #5f8f5a }
.imagine { fill: none; stroke: #8a6fae; stroke-width: 1.4; stroke-dasharray: 3 2 } .bell { fill: #d08a45 }
.toll { stroke: #d08a45; stroke-width: 1 }
@media (prefers-color-scheme: dark) {
text { fill: #d5e0e8 } .about, .axis, .lane { fill: #8fa3b3 }
.name { stroke: #111a22 }
.card { fill: #111a22 } .even { fill: #1b2832 } .odd { fill: #16212a } .rule { stroke: #33454f }
.peak { fill: #3f7288 } .body { fill: #8ecbe0 } .voice { fill: #8ecbe0 } .open { fill: #263945 }
.breath { fill: #4a3826; stroke: #e0a468 } .move { fill: #8fc088 } .imagine { stroke: #b79ae0 } .bell { fill: #e0a468 }
.toll { stroke: #e0a468 }
}
"""


def picture(timeline: Timeline, render: Render) -> str:
    """Draw a session as SVG, 1200 × 470, for light and dark pages. Renders the whole session once."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{_text(timeline.title)}: sound, chapters, voice, breath and movement</title><style>{_STYLE}</style>",
        f'<rect class="card" width="{WIDTH}" height="{HEIGHT}" rx="14"/>',
        f'<text class="title" x="24" y="38">{_text(timeline.title)}</text>',
        f'<text class="about" x="24" y="58">{_text(_about(timeline))}</text>',
        *_chapters(timeline),
        *_sound(timeline, render),
        *_bells(timeline),
        *_voice(timeline),
        *_breath(timeline),
        *_movement(timeline),
        *_axis(timeline),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def envelope(render: Render, total: int, columns: int) -> NDArray[np.float64]:
    """Measure the sound in columns of equal length: lowest, highest and RMS, float64 (columns, 3)."""
    import numpy as np

    columns = min(columns, total)
    edges = np.arange(columns + 1, dtype=np.int64) * total // columns
    shape = np.empty((columns, 3))
    step = max(1, columns * _BLOCK_SAMPLES // total)
    for first in range(0, columns, step):
        inside = edges[first : first + step + 1]
        sound = render(int(inside[0]), int(inside[-1] - inside[0]))
        starts = inside[:-1] - inside[0]
        rows = slice(first, first + len(starts))
        shape[rows, 0] = np.minimum.reduceat(sound.min(axis=1), starts)
        shape[rows, 1] = np.maximum.reduceat(sound.max(axis=1), starts)
        energy = np.add.reduceat(np.square(sound, dtype=np.float64).mean(axis=1), starts)
        shape[rows, 2] = np.sqrt(energy / np.diff(inside))
    return shape


def _about(timeline: Timeline) -> str:
    spoken = sum(event.for_ms for event in timeline.of(Happening.SAY))
    share = f"{100 * spoken / timeline.duration_ms:.0f} % voice"
    technique = timeline.technique.replace("-", " ")
    return " · ".join((technique, timeline.position.value, clock(timeline.duration_ms), share))


def _x(timeline: Timeline, at_ms: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * at_ms / timeline.duration_ms, 1)


def _span(timeline: Timeline, event: Event, least: float = 1.0) -> tuple[float, float]:
    x = _x(timeline, event.at_ms)
    return x, max(least, round(_x(timeline, event.end_ms) - x, 1))


def _chapters(timeline: Timeline) -> Iterator[str]:
    """Shade the chapters, and name them in two rows, so that each name has the room of two chapters."""
    chapters = marks(timeline)
    starts = [_x(timeline, mark.start_ms) for mark in chapters] + [float(RIGHT + 20)] * 2
    names: list[str] = []
    for i, mark in enumerate(chapters):
        x, width = starts[i], round(_x(timeline, mark.end_ms) - starts[i], 1)
        kind, title = ("odd" if i % 2 else "even"), one_line(mark.title)
        yield f'<rect class="{kind}" x="{x}" y="{SOUND_TOP}" width="{width}" height="{AXIS_TOP - SOUND_TOP}">'
        yield f"<title>{_text(title)}</title></rect>"
        y = NAMES_TOP + 12 + 16 * (i % 2)
        room = int((starts[i + 2] - x - 8) / _CHARACTER_PX)
        if room >= 4:
            shown = title if len(title) <= room else title[: room - 1].rstrip() + "…"
            yield f'<path class="rule" d="M{x},{y - 10} V{SOUND_TOP}"/>'
            names.append(f'<text class="name" x="{x + 4}" y="{y}">{_text(shown)}</text>')
    yield from names


def _sound(timeline: Timeline, render: Render) -> Iterator[str]:
    """Draw the waveform: from lowest to highest, and the RMS within."""
    import numpy as np

    shape = envelope(render, timeline.duration_ms * SAMPLES_PER_MS, round((RIGHT - LEFT) / COLUMN_PX))
    loudest = max(float(np.abs(shape).max()), 1e-6)
    scaled = np.sign(shape) * (np.abs(shape) / loudest) ** _LOUDNESS_POWER
    middle, half = (SOUND_TOP + SOUND_BOTTOM) / 2, (SOUND_BOTTOM - SOUND_TOP) / 2 - 8
    across = LEFT + (np.arange(len(shape)) + 0.5) * (RIGHT - LEFT) / len(shape)
    for kind, low, high in (("peak", scaled[:, 0], scaled[:, 1]), ("body", -scaled[:, 2], scaled[:, 2])):
        points = [f"{x:.1f},{middle - half * y:.1f}" for x, y in zip(across, high, strict=True)]
        points += [f"{x:.1f},{middle - half * y:.1f}" for x, y in zip(across[::-1], low[::-1], strict=True)]
        yield f'<path class="{kind}" d="M{" ".join(points)}Z"/>'
    yield _lane("sound", middle + 4)


def _bells(timeline: Timeline) -> Iterator[str]:
    for bell in timeline.of(Happening.BELL):
        x = _x(timeline, bell.at_ms)
        yield f'<path class="toll" d="M{x},{SOUND_TOP + 4} V{SOUND_BOTTOM}"/>'
        yield f'<circle class="bell" cx="{x}" cy="{SOUND_TOP + 6}" r="4.5"><title>bell</title></circle>'


def _voice(timeline: Timeline) -> Iterator[str]:
    """Draw where the voice speaks, and where practice is open."""
    for event in timeline.of(Happening.SAY, Happening.SILENCE):
        if event.kind is Happening.SAY or event.is_open:
            x, width = _span(timeline, event)
            kind = "voice" if event.kind is Happening.SAY else "open"
            yield f'<rect class="{kind}" x="{x}" y="{VOICE_TOP}" width="{width}" height="{LANE}" rx="1.5"/>'
    yield _lane("voice", VOICE_TOP + 11)


def _breath(timeline: Timeline) -> Iterator[str]:
    """Draw the paced breath: up while breathing in, level while it is held, down while breathing out."""
    base, top = BREATH_TOP + BREATH_LANE, BREATH_TOP + 4
    breaths = timeline.of(Happening.BREATHE)
    lines: list[str] = []
    for before, breath in pairwise((None, *breaths)):
        assert breath is not None
        edges = [breath.at_ms, breath.at_ms + breath.in_ms, breath.at_ms + breath.in_ms + breath.hold_ms, breath.end_ms]
        start, full, held, end = (_x(timeline, edge) for edge in edges)
        rise, fall = (start + full) / 2, (held + end) / 2
        move = "" if before and before.end_ms == breath.at_ms else f"M{start},{base} "
        lines.append(f"{move}C{rise:.1f},{base} {rise:.1f},{top} {full},{top} H{held}")
        lines.append(f"C{fall:.1f},{top} {fall:.1f},{base} {end},{base}")
    yield f'<path class="rule" d="M{LEFT},{base} H{RIGHT}"/>'
    if lines:
        yield f'<path class="breath" d="{" ".join(lines)}"/>'
    yield _lane("paced breath", base - 14)


def _movement(timeline: Timeline) -> Iterator[str]:
    """Draw what is moved or tensed (filled) and what is only imagined (dashed)."""
    for event in (*_moved(timeline), *_imagined(timeline)):
        x, width = _span(timeline, event, least=4)
        kind = "imagine" if event.kind is Happening.IMAGINE else "move"
        what = ", ".join(event.movements) or f"tense {event.region}"
        yield f'<rect class="{kind}" x="{x}" y="{MOVE_TOP}" width="{width}" height="{LANE}" rx="3">'
        yield f"<title>{_text(what)}</title></rect>"
    yield _lane("movement", MOVE_TOP + 11)


def _axis(timeline: Timeline) -> Iterator[str]:
    """Write the time, and say what the marks mean."""
    step = next((t for t in _TICKS_MS if timeline.duration_ms / t <= _MOST_TICKS), _TICKS_MS[-1])
    for at in range(0, timeline.duration_ms + 1, step):
        x = _x(timeline, at)
        yield f'<path class="rule" d="M{x},{AXIS_TOP} v5"/>'
        anchor = "start" if at == 0 else "end" if at > timeline.duration_ms - step // 4 else "middle"
        yield f'<text class="axis" x="{x}" y="{AXIS_TOP + 20}" text-anchor="{anchor}">{_tick(at)}</text>'
    marks_used = (
        (
            "bell",
            '<circle class="bell" cx="{x}" cy="34" r="4.5" transform="translate(8)"/>',
            timeline.of(Happening.BELL),
        ),
        ("moved", '<rect class="move" x="{x}" y="29" width="14" height="10" rx="3"/>', _moved(timeline)),
        (
            "imagined",
            '<rect class="imagine" x="{x}" y="29" width="14" height="10" rx="3"/>',
            _imagined(timeline),
        ),
        ("open practice", '<rect class="open" x="{x}" y="29" width="14" height="10" rx="1.5"/>', _open(timeline)),
    )
    x = float(RIGHT)
    for name, mark, events in reversed(marks_used):
        if events:
            x -= len(name) * _CHARACTER_PX + 4
            yield f'<text class="about" x="{x:.1f}" y="38">{name}</text>'
            x -= 20
            yield mark.format(x=f"{x:.1f}")
            x -= 16


def _moved(timeline: Timeline) -> tuple[Event, ...]:
    """Pick what the body does; paced breath has a lane of its own."""
    return tuple(e for e in timeline.of(Happening.MOVE, Happening.TENSE) if not _is_breath(e))


def _imagined(timeline: Timeline) -> tuple[Event, ...]:
    return tuple(e for e in timeline.of(Happening.IMAGINE) if not _is_breath(e))


def _is_breath(event: Event) -> bool:
    return bool(event.movements) and BREATH.issuperset(event.movements)


def _open(timeline: Timeline) -> tuple[Event, ...]:
    return tuple(event for event in timeline.of(Happening.SILENCE) if event.is_open)


def _tick(at_ms: int) -> str:
    return clock(at_ms) if at_ms % MS_PER_MINUTE or not at_ms else f"{at_ms // MS_PER_MINUTE} min"


def _lane(name: str, y: float) -> str:
    return f'<text class="lane" x="{LEFT - 12}" y="{y:g}">{name}</text>'


def _text(text: str) -> str:
    from html import escape

    return escape(one_line(text))
