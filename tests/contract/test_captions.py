"""One battery for every caption format: each is read back by rules of its own, and must show the same."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from factories import say, timeline
from lowtide.deliver import CAPTION_FORMATS
from lowtide.deliver.captions.cues import cues
from lowtide.model.timeline import Event, Happening, Timeline

Shown = list[tuple[int, int, list[str]]]


def _ms(clock: str) -> int:
    hours, minutes, seconds, ms = (int(part) for part in re.split("[:.,]", clock))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def read_vtt(text: str) -> Shown:
    """As the WebVTT standard reads a file: blocks between blank lines; a block with an arrow is a cue."""
    head, *blocks = re.split(r"\n{2,}", text.removesuffix("\n"))
    assert head == "WEBVTT"
    shown = []
    for block in blocks:
        if "-->" not in block:
            assert block.startswith("NOTE")
            continue
        times, *lines = block.split("\n")
        start, end = re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", times).groups()  # type: ignore[union-attr]
        assert not re.search(r"<|>|&(?!amp;|lt;|gt;)", "".join(lines))
        shown.append((_ms(start), _ms(end), [html.unescape(line) for line in lines]))
    return shown


def read_srt(text: str) -> Shown:
    """As old players read SubRip: a number, the times, lines, a blank line; CR LF."""
    assert "\n" not in text.replace("\r\n", "")
    shown = []
    for number, block in enumerate(text.split("\r\n\r\n")[:-1], 1):
        first, times, *lines = block.split("\r\n")
        assert int(first) == number
        start, end = re.fullmatch(r"(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})", times).groups()  # type: ignore[union-attr]
        shown.append((_ms(start), _ms(end), [line.translate(str.maketrans("‹›", "<>")) for line in lines]))
    return shown


READERS: dict[str, Callable[[str], Shown]] = {"vtt": read_vtt, "srt": read_srt}
ALL = pytest.mark.parametrize("name", list(CAPTION_FORMATS))


def shown(name: str, session: Timeline) -> Shown:
    return READERS[name](CAPTION_FORMATS[name](session))


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(CAPTION_FORMATS)


@ALL
def test_it_shows_the_words_at_their_times(name: str) -> None:
    session = timeline((say(1_500, 2_500, "Let your eyes close."), say(6_000, 2_000, "Or rest them on one spot.")))
    assert shown(name, session)[:2] == [
        (1_500, 4_000, ["Let your eyes close."]),
        (6_000, 8_000, ["Or rest them on one spot."]),
    ]


@ALL
def test_it_shows_what_every_other_format_shows(name: str) -> None:
    words = "A long sentence about the lower back, which goes on and on until it needs a second cue. " * 2
    bell = Event(kind=Happening.BELL, at_ms=20_000, for_ms=9_000)
    session = timeline((say(0, 14_000, words), bell, say(50_000, 400, "In")))
    assert shown(name, session) == [(cue.start_ms, cue.end_ms, list(cue.lines)) for cue in cues(session)]


@ALL
def test_marks_in_a_script_cannot_break_the_file(name: str) -> None:
    words = "Rest & <b>settle</b> --> now"
    session = timeline((say(1_000, 3_000, words), say(5_000, 3_000, "00:00:01.000 --> 00:00:02.000")), title="a --> b")
    assert [lines for _, _, lines in shown(name, session)][:2] == [[words], ["00:00:01.000 --> 00:00:02.000"]]


@ALL
def test_a_session_without_words_has_a_readable_file(name: str) -> None:
    assert shown(name, timeline()) == [(0, 60_000, ["(silence, 1 minute)"])]
    assert shown(name, timeline(duration_ms=5_000)) == []
