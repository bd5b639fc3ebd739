"""What a file says about itself."""

from __future__ import annotations

from factories import timeline
from lowtide.deliver import Mark, label_of
from lowtide.model.timeline import Event, Happening


def chapter(at_ms: int, text: str) -> Event:
    return Event(kind=Happening.CHAPTER, at_ms=at_ms, for_ms=1_000, text=text)


def test_chapters_last_until_the_next_one_and_the_last_until_the_end() -> None:
    label = label_of(timeline((chapter(0, "Arriving"), chapter(20_000, "Coming back"))))
    assert label.chapters == (Mark(0, 20_000, "Arriving"), Mark(20_000, 60_000, "Coming back"))
    assert label.frames == 60_000 * 48


def test_a_chapter_without_a_title_has_the_sessions() -> None:
    assert label_of(timeline((chapter(0, ""),), title="Softening")).chapters == (Mark(0, 60_000, "Softening"),)


def test_text_that_tags_cannot_hold_is_mended() -> None:
    label = label_of(timeline((chapter(0, "a\nb\0c"),), title="  \x07 "), comment="line\r\nline", album="x" * 999)
    assert label.chapters[0].title == "a b c"
    assert label.title == "Lowtide"
    assert label.comment == "line line"
    assert len(label.album) == 200


def test_more_chapters_than_a_table_of_contents_can_count_are_left_out() -> None:
    label = label_of(timeline(tuple(chapter(at * 100, f"{at}") for at in range(400))))
    assert len(label.chapters) == 255
    assert label.chapters[-1].end_ms == 60_000
