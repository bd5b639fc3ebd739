"""The cover, and the picture of a session."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import sounds
from factories import say, silence, timeline
from lowtide.deliver import cover, cover_svg, picture
from lowtide.deliver.picture import envelope
from lowtide.model.timeline import Event, Happening, Timeline

TECHNIQUES = ("body-scan", "belly-breathing", "pmr", "gentle-stretch")


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- what is read is our own drawing


def pixels(png: bytes) -> Any:
    import av

    with av.open(io.BytesIO(png)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def test_a_session_keeps_its_cover_and_each_seed_has_its_own() -> None:
    assert cover(timeline(seed=7)) == cover(timeline(seed=7, title="Another title"))
    assert len({cover(timeline(seed=seed)) for seed in range(5)}) == 5


@pytest.mark.parametrize("technique", [*TECHNIQUES, "", "not yet written"])
def test_a_cover_is_a_small_square_picture_that_reads_elsewhere(technique: str) -> None:
    drawn = cover(timeline(technique=technique, seed=3))
    assert pixels(drawn).shape == (400, 400, 3)
    assert len(drawn) <= 40_000


def test_the_four_techniques_can_be_told_apart_by_colour() -> None:
    skies = [pixels(cover(timeline(technique=technique)))[0].mean(axis=0) for technique in TECHNIQUES]
    distances = [np.abs(one - other).max() for i, one in enumerate(skies) for other in skies[:i]]
    assert min(distances) > 15


def test_the_drawing_is_the_same_in_pixels_and_in_lines() -> None:
    """The sun stands at the same place in both."""
    session = timeline(seed=11)
    drawn = pixels(cover(session)).astype(int)
    svg = tree(cover_svg(session))
    sun = [node for node in svg.iter() if node.tag.endswith("circle")][-1]
    colour = [int(sun.get("fill", "")[i : i + 2], 16) for i in (1, 3, 5)]
    x, y = round(float(sun.get("cx", ""))), round(float(sun.get("cy", "")) - float(sun.get("r", "")) / 2)
    assert drawn[y, x].tolist() == colour


def test_marks_in_a_title_cannot_break_a_drawing() -> None:
    session = timeline(title='<script>"&', duration_ms=2_000)
    for svg in (cover_svg(session), picture(session, sounds.of(sounds.tone(96_000)))):
        title = next(node for node in tree(svg).iter() if node.tag.endswith("title"))
        assert (title.text or "").startswith('<script>"&')


def test_the_envelope_is_the_sounds_own() -> None:
    sound = np.zeros((48_000 * 50, 2), dtype=np.float32)
    sound[48_000 * 30 : 48_000 * 40] = sounds.tone(480_000)
    shape = envelope(sounds.of(sound), len(sound), 500)
    assert shape.shape == (500, 3)
    assert not shape[:299].any()
    assert not shape[401:].any()
    assert shape[305:395, 1] == pytest.approx(0.3, rel=0.01)
    assert shape[305:395, 0] == pytest.approx(-0.3, rel=0.01)
    assert shape[305:395, 2] == pytest.approx(0.3 * np.sqrt((1 + 0.25) / 2 / 2), rel=0.02)


def session() -> Timeline:
    return timeline(
        (
            Event(kind=Happening.CHAPTER, at_ms=0, for_ms=0, text="Arriving"),
            say(1_000, 2_000, "Rest."),
            Event(kind=Happening.BREATHE, at_ms=10_000, for_ms=10_000, in_ms=4_000, out_ms=6_000),
            Event(kind=Happening.MOVE, at_ms=10_000, for_ms=10_000, movements=("paced-breath",)),
            Event(kind=Happening.MOVE, at_ms=25_000, for_ms=5_000, movements=("pelvic-tilt",)),
            Event(kind=Happening.CHAPTER, at_ms=30_000, for_ms=0, text="The lower back"),
            Event(kind=Happening.IMAGINE, at_ms=35_000, for_ms=5_000, movements=("rotation",)),
            Event(kind=Happening.BELL, at_ms=50_000, for_ms=5_000),
        )
    )


def test_a_picture_shows_chapters_voice_breath_movement_and_bells_on_one_axis() -> None:
    svg = tree(picture(session(), sounds.of(sounds.noise(60 * 48_000))))
    by_class: dict[str, list[ET.Element]] = {}
    for node in svg.iter():
        by_class.setdefault(node.get("class", ""), []).append(node)
    assert [node.text for node in by_class["name"]] == ["Arriving", "The lower back"]
    centre = {kind: float(by_class[kind][0].get("x", "0")) for kind in ("even", "odd", "voice", "move", "imagine")}
    left, middle = centre["even"], centre["odd"]
    assert len(by_class["move"]) == 2, "one in its lane and one in the legend; a breath is not a movement"
    assert middle - left == pytest.approx((1172 - left) / 2, abs=0.2), "the second chapter begins half-way"
    assert left < centre["voice"] < centre["move"] < middle < centre["imagine"]
    bell = next(node for node in by_class["bell"] if node.get("cy") != "34")
    assert float(bell.get("cx", "")) == pytest.approx(left + (1172 - left) * 50 / 60, abs=0.2)
    breath = [float(x) for x in re.findall(r"H([\d.]+)", by_class["breath"][0].get("d", ""))]
    assert breath == pytest.approx([left + (1172 - left) * 14 / 60], abs=0.2), "full at the end of the in-breath"


def test_a_picture_of_the_shortest_session_is_drawn() -> None:
    tiny = timeline((silence(0, 1),), duration_ms=1)
    tree(picture(tiny, sounds.of(sounds.tone(48))))
