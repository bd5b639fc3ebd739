"""Checksums, pages and boxes, held against what other programs read and write."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.flac import Picture
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

import sounds
from factories import timeline
from lowtide.deliver import Mark, cover, encode
from lowtide.deliver.containers.crc import crc16, ogg_crc, shifted16
from lowtide.deliver.containers.m4a_header import Shape
from lowtide.deliver.containers.ogg import long_packet, page
from lowtide.deliver.label import Label
from lowtide.model.audio import Format


@given(st.binary(max_size=64), st.binary(max_size=300))
def test_a_crc_carried_over_what_follows_is_the_crc_of_both(head: bytes, body: bytes) -> None:
    assert shifted16(crc16(head), len(body)) ^ crc16(body) == crc16(head + body)


@given(st.lists(st.binary(max_size=700), min_size=1, max_size=8))
def test_another_reader_finds_the_packets_in_a_page(packets: list[bytes]) -> None:
    import io

    from mutagen.ogg import OggPage

    written = page(packets, number=3, granule=960, serial=5)
    read = OggPage(io.BytesIO(written))
    assert read.packets == packets
    assert (read.sequence, read.position, read.serial) == (3, 960, 5)
    assert read.write() == written, "and would write the same, checksum included"


@pytest.mark.parametrize("size", [0, 1, 254, 255, 65_024, 65_025, 65_026, 200_000])
def test_a_packet_of_any_length_is_read_back_from_its_pages(size: int) -> None:
    import io

    from mutagen.ogg import OggPage

    packet = bytes(i % 251 for i in range(size))
    stream = io.BytesIO(b"".join(long_packet(packet, number=1, serial=5)))
    pages = []
    while stream.tell() < len(stream.getvalue()):
        pages.append(OggPage(stream))
    assert OggPage.to_packets(pages, strict=True) == [packet]
    assert ogg_crc(b"") == 0


def test_an_opus_file_is_read_with_its_cover_chapters_and_length(tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn = cover(timeline(), size_px=900)
    label = Label(frames=96_000 + 7, title="Softening", chapters=(Mark(0, 2_000, "Arriving"),), cover=drawn)
    path = tmp_path_factory.mktemp("opus") / "a.opus"
    path.write_bytes(b"".join(encode(sounds.of(sounds.noise(label.frames)), label, Format.OPUS)))
    read = OggOpus(path)
    assert read.info.length == pytest.approx(label.frames / 48_000, abs=1e-4)
    assert (read["chapter000"], read["chapter000name"]) == (["00:00:00.000"], ["Arriving"])
    picture = Picture(base64.b64decode(read["metadata_block_picture"][0]))
    assert (picture.data, picture.width, picture.height) == (drawn, 900, 900)


def test_an_m4a_file_is_read_with_its_cover_chapters_and_length(tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn = cover(timeline())
    marks = (Mark(500, 1_000, "Arriving"), Mark(1_000, 2_000, "Zurückkommen"))
    label = Label(frames=96_000, title="Softening", album="Body scan", chapters=marks, cover=drawn)
    path = tmp_path_factory.mktemp("m4a") / "a.m4a"
    path.write_bytes(b"".join(encode(sounds.of(sounds.noise(label.frames)), label, Format.M4A)))
    read = MP4(path)
    assert (read["\xa9nam"], read["\xa9alb"], read["\xa9ART"]) == (["Softening"], ["Body scan"], ["Lowtide"])
    assert bytes(read["covr"][0]) == drawn
    assert read.info.length == pytest.approx(2.0, abs=0.05)
    assert [(chapter.start, chapter.title) for chapter in read.chapters] == [(0.5, "Arriving"), (1.0, "Zurückkommen")]


def test_both_forms_of_m4a_hold_the_same_packets() -> None:
    label = Label(frames=200_001, title="A")
    render = sounds.of(sounds.noise(label.frames))
    forms = []
    for live in (False, True):
        with sounds.opened(b"".join(encode(render, label, Format.M4A, live=live))) as container:
            forms.append([bytes(packet) for packet in container.demux(audio=0) if packet.size])
    assert forms[0] == forms[1]
    assert len(forms[0]) == Shape.of(label).packets
