"""The certificate of practice: what it says, what it does not, and that it is a file that can be read."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from lowtide.deliver.certificate import Record, certificate, figures
from lowtide.deliver.letters import can_write

WHOLE = Record(
    name="Zoë Müller", programme="Eight weeks of mindfulness", first_day=date(2026, 3, 2), last_day=date(2026, 5, 1),
    is_finished=True, week=8, weeks=8, practice_days=48, heard_ms=1_320 * 60_000 + 59_999, told_ms=190 * 60_000,
    meetings=7,
)  # fmt: skip
LEFT = replace(WHOLE, is_finished=False, week=3, name="", told_ms=0, meetings=0, practice_days=1, heard_ms=60_000)


def read(record: Record) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(certificate(record)))
    return reader, " ".join(reader.pages[0].extract_text().split())


def test_it_says_who_what_when_and_how_much() -> None:
    reader, words = read(WHOLE)
    assert len(reader.pages) == 1
    for said in (
        "Certificate of practice Zoë Müller went through Eight weeks of mindfulness 2 March 2026 to 1 May 2026",
        "48 days with practice", "1,320 minutes heard", "190 minutes told by hand", "7 meetings of a group",
    ):  # fmt: skip
        assert said in words


def test_it_is_honest_about_what_it_is() -> None:
    for record in (WHOLE, LEFT):
        words = read(record)[1]
        assert "a record of practice kept by the person themselves" in words
        assert "no qualification and not a medical document, and nobody examined anything" in words


def test_who_left_early_gets_a_record_that_says_so_without_shame() -> None:
    reader, words = read(LEFT)
    assert reader.metadata is not None
    assert reader.metadata.title == "Record of practice"
    assert "left in week 3 of 8. What was practised until then is whole as it is." in words
    assert "1 day with practice" in words
    assert "1 minute heard" in words
    for shame in ("Certificate", "only", "missed", "failed", "not finished", "0 "):
        assert shame not in words.replace("2 March 2026", "").replace("1 May 2026", "")


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Ελένη", "Дмитрий", "Nguyễn Thị Ánh", "Şükrü Ğ", "Z\u0307ena", "Лариса " * 8],
)
def test_a_name_in_other_letters_comes_out_in_these_letters(name: str) -> None:
    record = replace(WHOLE, name=name.strip(), programme="Osiem tygodni uważności")
    words = read(record)[1]
    assert unicodedata.normalize("NFC", f"{name.strip()} went through Osiem tygodni uważności") in words
    assert certificate(record) == certificate(record)
    assert len(certificate(record)) < 100_000


def test_without_a_name_nothing_stands_in_its_place() -> None:
    words = read(replace(WHOLE, name=""))[1]
    assert "Certificate of practice Eight weeks" in words


def test_the_same_record_is_the_same_file_and_another_is_not() -> None:
    assert certificate(WHOLE) == certificate(WHOLE)
    assert certificate(WHOLE) != certificate(replace(WHOLE, practice_days=47))


def test_a_screen_reader_is_told_title_language_and_what_is_drawn() -> None:
    reader, _ = read(WHOLE)
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert b"/DisplayDocTitle true" in certificate(WHOLE)
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate of practice"
    assert b"A low sun over a quiet tide." in certificate(WHOLE)


def test_it_is_a_sheet_of_a4() -> None:
    box = read(WHOLE)[0].pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)


@pytest.mark.parametrize(("name", "can"), [("Łucja", True), ("渡辺", False), ("a\nb", False), ("Š. D’Arcy", True)])
def test_a_name_is_written_whole_or_not_at_all(name: str, can: bool) -> None:
    assert can_write(name) is can


def test_what_there_is_none_of_is_left_out() -> None:
    assert figures(LEFT) == [("1", "day with practice"), ("1", "minute heard")]


def test_long_words_stay_on_the_page() -> None:
    long = replace(WHOLE, name="W" * 60, programme="Weeks of walking and wondering " * 3)
    reader, words = read(long)
    assert len(reader.pages) == 1
    assert "nobody examined anything" in words
    assert "W" * 20 in words
