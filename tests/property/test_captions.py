"""Captions of any session at all: in order, apart, inside the time, short enough, and complete."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factories import say, timeline
from lowtide.deliver import srt, transcript, vtt
from lowtide.deliver.captions.cues import LINE_CHARACTERS, LINES, cues
from lowtide.model.timeline import Event, Happening, Timeline

SPACES = dict.fromkeys(map(ord, " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029"))


@st.composite
def sessions(draw: st.DrawFn) -> Timeline:
    """Phrases of any text and length, with any silence between them, and bells and breaths anywhere."""
    at, events = 0, list[Event]()
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(["In", "a " * 200])
    for text in draw(st.lists(texts, max_size=12)):
        at += draw(st.integers(0, 30_000))
        length = draw(st.integers(1, 20_000))
        events.append(say(at, length, text))
        at += length
    duration = at + draw(st.integers(0, 30_000)) + 1
    for kind in draw(st.lists(st.sampled_from([Happening.BELL, Happening.BREATHE]), max_size=6)):
        start = draw(st.integers(0, duration - 1))
        length = draw(st.integers(0, duration - start))
        events.append(Event(kind=kind, at_ms=start, for_ms=length, in_ms=length // 2, out_ms=length - length // 2))
    return timeline(tuple(events), duration_ms=duration)


@given(sessions())
def test_cues_are_ordered_apart_and_inside_the_session(session: Timeline) -> None:
    last = 0
    for cue in cues(session):
        assert last <= cue.start_ms < cue.end_ms <= session.duration_ms
        last = cue.end_ms


@given(sessions())
def test_no_cue_has_more_than_two_lines_of_65_characters(session: Timeline) -> None:
    for cue in cues(session):
        assert 1 <= len(cue.lines) <= LINES
        assert all(1 <= len(line) <= LINE_CHARACTERS for line in cue.lines)


@given(sessions())
def test_every_word_that_has_a_millisecond_is_shown_once_in_order_while_it_is_said(session: Timeline) -> None:
    for event in session.of(Happening.SAY):
        inside = [c for c in cues(session) if c.is_spoken and event.at_ms <= c.start_ms < event.end_ms]
        said = "".join("".join(cue.lines) for cue in inside)
        wanted = "".join(event.text.split())
        visible = "".join(char for char in wanted if char.isprintable())
        if event.for_ms > len(event.text):
            assert "".join(char for char in said.translate(SPACES) if char.isprintable()) == visible


@given(sessions())
def test_files_are_written_for_any_session(session: Timeline) -> None:
    shown = len(cues(session))
    assert vtt(session).count(" --> ") == shown
    assert srt(session).replace("-->", "→", 0).count("\r\n\r\n") == shown
    assert transcript(session).startswith("# ")
