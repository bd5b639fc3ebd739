"""The player's addresses: a file that need not exist, what stands beside it, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.http.response import HttpResponseBase
from django.test import AsyncClient, Client, override_settings
from django.utils import timezone

from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import Preferences, Session, UnwellReport
from lowtide.web.practice.player.found import prepared
from lowtide.web.practice.records import profile_row, timing_of, wish_row
from people import LENA_NUMB, WELL

LENGTH_MS = 240_000
MADE_S = 60


def made(profile: Profile = WELL, technique: str = "gentle-stretch") -> Session:
    """A session in a voice that needs no time to speak."""
    user, now = local_user(), timezone.now()
    person = user.persons.first() or first_person(user)
    return Session.objects.create(
        person=person, made_at=now, day=timing_of(person, now).day, profile=profile_row(profile),
        wish=wish_row(Wish(length_ms=LENGTH_MS, technique=technique)), technique=technique, title="Gentle stretching",
        length_ms=LENGTH_MS, voice="silent:calm",
    )  # fmt: skip


@pytest.fixture
def session(for_me: Client) -> Session:
    row = made()
    prepared(row).recording.result(MADE_S)
    return row


def fetched(session: Session, query: str = "", method: str = "get", **headers: str) -> tuple[HttpResponseBase, bytes]:
    """Ask for the sound as a browser does, and read all that is sent."""

    async def ask() -> tuple[HttpResponseBase, bytes]:
        client = AsyncClient(headers={"Sec-Fetch-Site": "same-origin"})
        address = f"/sessions/{session.pk}/sound.mp3{query}"
        answer = await getattr(client, method)(address, headers=headers)
        if not answer.streaming:
            return answer, answer.content
        return answer, b"".join([part async for part in answer])

    with override_settings(ALLOWED_HOSTS=["testserver"]):  # the name that Django's asynchronous browser asks for
        return async_to_sync(ask)()


def test_a_range_is_what_the_whole_file_holds_there(session: Session) -> None:
    whole_answer, whole = fetched(session, "?keep=1")
    assert whole_answer.status_code == 200
    assert int(whole_answer["Content-Length"]) == len(whole)
    assert whole_answer["Content-Type"] == "audio/mpeg"
    for asked, start, stop in (("bytes=0-1", 0, 2), ("bytes=2000000-2009999", 2_000_000, 2_010_000)):
        answer, part = fetched(session, Range=asked)
        assert answer.status_code == 206
        assert part == whole[start:stop]
        assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{len(whole)}"
        assert answer["ETag"] == whole_answer["ETag"]
    assert fetched(session, Range="bytes=-500")[1] == whole[-500:]


def test_the_size_is_told_without_a_byte_of_sound(session: Session) -> None:
    answer, body = fetched(session, method="head")
    assert body == b""
    assert answer["Accept-Ranges"] == "bytes"
    assert LENGTH_MS * 16 < int(answer["Content-Length"]) < LENGTH_MS * 16 + 4_000  # 128 kb/s and the file's head
    assert answer["Cache-Control"].startswith("private")


def test_a_place_behind_the_end_is_refused(session: Session) -> None:
    answer, _ = fetched(session, Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer["Content-Range"].startswith("bytes */")


def test_who_holds_the_same_bytes_is_sent_nothing_and_who_holds_others_the_whole(session: Session) -> None:
    etag = fetched(session, method="head")[0]["ETag"]
    assert fetched(session, **{"If-None-Match": etag})[0].status_code == 304
    assert fetched(session, **{"If-Range": etag, "Range": "bytes=0-9"})[0].status_code == 206
    assert fetched(session, "?keep=1", **{"If-Range": '"other"', "Range": "bytes=0-9"})[0].status_code == 200


def test_what_stands_beside_the_sound_comes_from_the_same_timeline(for_me: Client, session: Session) -> None:
    told = for_me.get(f"/sessions/{session.pk}/timeline.json").json()
    assert told["duration_ms"] == LENGTH_MS
    said = [event["text"] for event in told["events"] if event["kind"] == "say"]
    captions = for_me.get(f"/sessions/{session.pk}/captions.vtt")
    assert captions["Content-Type"].startswith("text/vtt")
    words = " ".join(captions.content.decode().split())
    assert all(" ".join(text.split()) in words for text in said[:5])
    assert for_me.get(f"/sessions/{session.pk}/cover.png").content.startswith(b"\x89PNG")
    page = for_me.get(f"/sessions/{session.pk}/transcript/")
    assert said[0] in page.content.decode()


def test_the_page_plays_without_javascript(for_me: Client, session: Session) -> None:
    page = for_me.get(f"/sessions/{session.pk}/").content.decode()
    assert '<audio controls preload="metadata" src="/sessions/' in page
    assert 'kind="captions"' in page
    assert "#t=" in page


def test_who_must_see_someone_first_hears_nothing(for_me: Client) -> None:
    row = made(LENA_NUMB)
    with pytest.raises(Exception, match="No session is offered"):
        prepared(row).recording.result(MADE_S)
    page = for_me.get(f"/sessions/{row.pk}/").content.decode()
    assert "No session is offered today" in page
    assert "<audio" not in page
    assert fetched(row)[0].status_code == 409


def test_a_place_is_kept_and_what_was_heard_only_grows(for_me: Client, session: Session) -> None:
    for at_ms, heard_ms in ((60_000, 50_000), (20_000, 10_000)):
        told = {"at_ms": at_ms, "heard_ms": heard_ms, "ended": ""}
        assert for_me.post(f"/sessions/{session.pk}/position", told).status_code == 204
    session.refresh_from_db()
    assert (session.resume_ms, session.heard_ms, session.ended) == (20_000, 50_000, "")
    assert session.begun_at is not None


def test_a_session_that_was_heard_to_the_end_begins_anew_the_next_time(for_me: Client, session: Session) -> None:
    told = {"at_ms": LENGTH_MS, "heard_ms": 10**8, "ended": "finished"}
    assert for_me.post(f"/sessions/{session.pk}/position", told).status_code == 204
    session.refresh_from_db()
    assert (session.resume_ms, session.heard_ms, session.ended) == (0, LENGTH_MS, "finished")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("position", {"at_ms": "-1", "heard_ms": "0"}),
        ("position", {"at_ms": "1", "heard_ms": "0", "ended": "unwell"}),
        ("position", {}),
        ("volumes", {"voice_db": "99"}),
        ("volumes", {"voice_db": "nan"}),
        ("volumes", {"soundscape": "traffic"}),
        ("volumes", {}),
        ("switch", {"to": "run", "at_ms": "1"}),
        ("switch", {"to": "imagine", "at_ms": "99999999"}),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    for_me: Client, session: Session, what: str, told: Mapping[str, str]
) -> None:
    before = Session.objects.values().get(pk=session.pk)
    assert for_me.post(f"/sessions/{session.pk}/{what}", told).status_code == 400
    assert Session.objects.values().get(pk=session.pk) == before


def test_other_volumes_are_another_recording_and_the_next_proposal(for_me: Client, session: Session) -> None:
    before = for_me.get(f"/sessions/{session.pk}/ready.json").json()
    after = for_me.post(f"/sessions/{session.pk}/volumes", {"bell_db": "-60"}).json()
    assert after["take"] != before["take"]
    assert Preferences.objects.get().bell_db == -60
    old = for_me.get(before["timeline"]).json()  # a player that still holds the other one goes on with it
    assert old["take"] == before["take"]


def said_before(told: Mapping[str, Any], at_ms: int) -> list[str]:
    return [event["text"] for event in told["events"] if event["kind"] == "say" and event["at_ms"] < at_ms]


def test_a_switch_is_kept_once_it_can_be_heard(for_me: Client, session: Session) -> None:
    before = for_me.get(f"/sessions/{session.pk}/timeline.json").json()
    told = for_me.post(f"/sessions/{session.pk}/switch", {"to": "imagine", "at_ms": "60000"})
    assert told.status_code == 200
    (turn_ms,) = told.json()["turns_ms"]
    assert 60_000 <= turn_ms < LENGTH_MS
    session.refresh_from_db()
    assert session.switches == [{"to": "imagine", "at_ms": 60_000}]
    after = for_me.get(f"/sessions/{session.pk}/timeline.json").json()
    assert after["duration_ms"] == LENGTH_MS
    assert not [event for event in after["events"] if event["kind"] == "move" and event["at_ms"] >= turn_ms]
    assert said_before(before, turn_ms) == said_before(after, turn_ms)
    old, new = (fetched(session, f"?take={one['take']}", method="head")[0] for one in (before, after))
    assert old["ETag"] != new["ETag"]
    assert old["Content-Length"] == new["Content-Length"]


def test_a_switch_that_comes_too_late_is_refused_and_nothing_is_lost(for_me: Client, session: Session) -> None:
    told = for_me.post(f"/sessions/{session.pk}/switch", {"to": "anchor", "at_ms": str(LENGTH_MS - 5_000)})
    assert told.status_code == 409
    assert "nearly over" in told.json()["failure"]
    session.refresh_from_db()
    assert session.switches == []


def test_not_feeling_right_is_kept_once_and_ends_the_session(for_me: Client, session: Session) -> None:
    arrival = str(uuid4())
    for _ in range(2):
        told = {"at_ms": "90000", "arrival": arrival}
        assert for_me.post(f"/sessions/{session.pk}/unwell", told).status_code == 204
    assert UnwellReport.objects.get().at_ms == 90_000
    session.refresh_from_db()
    assert session.ended == "unwell"


def test_who_heard_it_to_the_end_and_then_does_not_feel_right_has_both_in_the_record(
    for_me: Client, session: Session
) -> None:
    heard = {"at_ms": LENGTH_MS, "heard_ms": LENGTH_MS, "ended": "finished"}
    assert for_me.post(f"/sessions/{session.pk}/position", heard).status_code == 204
    assert for_me.post(f"/sessions/{session.pk}/unwell", {"at_ms": str(LENGTH_MS)}).status_code == 204
    session.refresh_from_db()
    assert (session.ended, session.is_partial, session.resume_ms) == ("finished", False, 0)
    assert session.unwell_reports.get().at_ms == LENGTH_MS


def test_without_javascript_it_leads_to_solid_ground(for_me: Client, session: Session) -> None:
    answer = for_me.post(f"/sessions/{session.pk}/unwell", {}, headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert "Look around you" in for_me.get(answer["Location"]).content.decode()
