"""Letters about meetings, given to a real mail server: what a calendar reads in them, and that each leaves once."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client, override_settings
from django.utils import timezone
from icalendar import Calendar

from lowtide.web.course.meetings import sending
from lowtide.web.course.models import MeetingLetter, Withdrawal
from lowtide.web.course.withdrawals import sending as withdrawals
from lowtide.web.project.environment.mail import mail
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import pause, resume
from lowtide.web.reminders.letters import handing
from lowtide.web.reminders.models import PauseWhy
from lowtide.web.takeout.deletion.deleting import delete_everything
from remembering import HandClock, Killed, moment
from web.conftest import browser
from web.test_meetings import Cast, look

ORGANISER = "lowtide@localhost"
UNFOLDED = re.compile(r"\r?\n ")
"""RFC 5545, 3.1: a long line goes on after a blank."""


class Post:
    """A mail server that keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer = "250 Taken"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a letter, or refuse it."""
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.taken.append(message_from_bytes(content, policy=policy.default))
        return self.answer

    def to(self, name: str) -> list[EmailMessage]:
        """Give what somebody got."""
        return [one for one in self.taken if one["To"] == f"{name}@example.org"]


@pytest.fixture
def post(tmp_path: Any) -> Iterator[Post]:
    kept = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(**mail(f"smtp://127.0.0.1:{port}", tmp_path) | {"EMAIL_USE_TLS": False}):
            yield kept
    finally:
        controller.stop()


@pytest.fixture
def hands(db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HandClock]:
    hand = HandClock(moment("2026-03-03T08:00"))
    monkeypatch.setattr(timezone, "now", hand)
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("lowtide.web.reminders.work.loop.close_old_connections", lambda: None)
    with clock.told_by(hand):
        yield hand


@pytest.fixture
def cast(accounts: None, hands: HandClock, post: Post) -> Cast:
    made = Cast()
    made.join(made.member)
    look(hands)
    return made


def read(letter: EmailMessage) -> tuple[Calendar, Any]:
    """Read a letter as a calendar program does: the part that says what is asked of it."""
    (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    return calendar, event


def test_a_week_before_a_meeting_its_invitation_comes_and_a_calendar_reads_it(cast: Cast, post: Post) -> None:
    (letter,) = post.to("member")
    calendar, event = read(letter)
    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert event["UID"].startswith(str(cast.meeting().pk))
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["ORGANIZER"].params["CN"] == "Marta"
    assert event["ATTENDEE"] == "mailto:member@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE", "nobody reads answers"
    body = letter.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert "Tuesday, 10 March, 17:30 to 20:00" in words
    assert "on your clock: Europe/Lisbon" in words
    assert "https://meet.example.org/tuesday?x=1&y=2" in words


def test_no_letter_shows_anybodys_address_but_the_readers(cast: Cast, post: Post, hands: HandClock) -> None:
    cast.join(cast.person("other"), called="Bertrand")
    look(hands)
    for letter in post.taken:
        reader = str(letter["To"])
        whole = str(letter.items()) + "".join(
            UNFOLDED.sub("", str(part.get_content())) for part in letter.walk() if part.get_content_maintype() == "text"
        )
        assert set(re.findall(r"[\w.]+@(?:example\.org|localhost)", whole)) <= {reader, ORGANISER}
        assert "Bertrand" not in whole
        assert "Ana" not in whole


def test_a_move_and_a_calling_off_reach_whoever_was_invited_each_once(cast: Cast, post: Post, hands: HandClock) -> None:
    cast.change(date="2026-03-12")
    look(hands)
    look(hands)
    browser(cast.leader.owner).post(f"{cast.address()}off/")
    hands.on(hours=2)
    look(hands)
    letters = post.to("member")
    found = [(str(calendar["METHOD"]), int(event["SEQUENCE"])) for calendar, event in map(read, letters)]
    assert found == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({str(event["UID"]) for _, event in map(read, letters)}) == 1
    assert read(letters[1])[1]["DTSTART"].dt == datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
    assert read(letters[2])[1]["STATUS"] == "CANCELLED"
    assert len({one["Message-ID"] for one in letters}) == 3
    assert "no meeting" in letters[2]["Subject"]


def test_a_change_that_was_overtaken_is_not_sent(cast: Cast, post: Post, hands: HandClock) -> None:
    cast.change(date="2026-03-12")
    cast.change(date="2026-03-13")
    look(hands)
    days = [read(one)[1]["DTSTART"].dt.date().day for one in post.to("member")]
    assert days == [10, 13]


def test_each_week_brings_one_invitation_and_nobody_gets_one_twice(cast: Cast, post: Post, hands: HandClock) -> None:
    for _ in range(9 * 7):
        hands.on(days=1)
        look(hands)
    for who in ("member", "leader"):
        names = [str(read(one)[1]["UID"]) for one in post.to(who)]
        assert len(names) == len(set(names)) == 8


def test_who_has_a_break_is_not_invited_and_who_stopped_letters_gets_none(
    cast: Cast, post: Post, hands: HandClock
) -> None:
    pause(cast.member, PauseWhy.OWN, hands())
    hands.on(days=7)
    look(hands)
    assert len(post.to("member")) == 1
    resume(cast.member, PauseWhy.OWN, hands())
    hands.on(minutes=1)
    look(hands)
    assert len(post.to("member")) == 2
    letter = post.to("member")[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = "/" + letter["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    nobody = Client(HTTP_HOST="127.0.0.1:8000", enforce_csrf_checks=True)
    assert nobody.get(address).status_code == 200
    assert cast.member.memberships.get().by_mail, "looking changes nothing"
    assert nobody.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    hands.on(days=7)
    look(hands)
    assert len(post.to("member")) == 2
    assert nobody.get(address[:-3] + "xx/").status_code == 404


def test_a_worker_killed_before_the_letter_leaves_it_to_another_and_in_it_never_sends_twice(
    cast: Cast, post: Post, hands: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: Any) -> None:
        raise Killed

    def killed_in_it(_letter: Any, hand_over: Any) -> None:
        hand_over()
        raise Killed

    cast.change(date="2026-03-12")
    row = MeetingLetter.objects.get(person=cast.member, version=1)
    monkeypatch.setattr(sending, "send", killed)
    with pytest.raises(Killed):
        sending.send_letters.func([str(row.pk)])
    monkeypatch.setattr(sending, "send", handing.send)
    hands.on(minutes=3)
    look(hands)
    assert len(post.to("member")) == 2
    cast.change(date="2026-03-13")
    row = MeetingLetter.objects.get(person=cast.member, version=2)
    monkeypatch.setattr(sending, "send", killed_in_it)
    with pytest.raises(Killed):
        sending.send_letters.func([str(row.pk)])
    monkeypatch.setattr(sending, "send", handing.send)
    for _ in range(3):
        hands.on(minutes=5)
        look(hands)
    row.refresh_from_db()
    assert (row.state, row.try_at) == ("unsure", None)
    assert len(post.to("member")) == 2


@pytest.mark.parametrize(("answer", "state"), [("450 Later", "waiting"), ("550 Never", "failed")])
def test_what_the_mail_server_refuses_is_tried_again_or_given_up(
    cast: Cast, post: Post, hands: HandClock, answer: str, state: str
) -> None:
    post.answer = answer
    cast.change(date="2026-03-12")
    look(hands)
    row = MeetingLetter.objects.get(person=cast.member, version=1)
    assert row.state == state
    post.answer = "250 Taken"
    hands.on(minutes=5)
    look(hands)
    assert len(post.to("member")) == (2 if state == "waiting" else 1)


def test_a_letter_that_comes_after_the_meeting_is_dropped(cast: Cast, post: Post, hands: HandClock) -> None:
    post.answer = "450 Later"
    cast.change(date="2026-03-12")
    look(hands)
    post.answer = "250 Taken"
    hands.at += timedelta(days=20)
    look(hands)
    assert MeetingLetter.objects.get(person=cast.member, version=1).state == "dropped"


@pytest.mark.parametrize("how", ["leaves", "is taken out"])
def test_whoever_is_in_a_group_no_longer_has_its_coming_meetings_taken_out_of_their_calendar_once(
    cast: Cast, post: Post, hands: HandClock, how: str
) -> None:
    cast.change(date="2026-03-12")
    if how == "leaves":
        browser(cast.member.owner).post(f"{cast.page}leave/")
    else:
        number = str(cast.member.memberships.get().pk)
        browser(cast.leader.owner).post(f"{cast.page}remove/", {"member": number})
    for _ in range(3):
        look(hands)
        hands.on(minutes=10)
    invited, taken_back = post.to("member")  # the change was overtaken
    (calendar, event), (_, before) = read(taken_back), read(invited)
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] > cast.meeting().version - 2 >= before["SEQUENCE"]
    assert event["ATTENDEE"] == "mailto:member@example.org"
    assert "out of your calendar on Thursday, 12 March" in taken_back["Subject"]
    body = taken_back.get_body(("plain",))
    assert body is not None
    assert "Tuesdays by the sea" in body.get_content()
    assert not MeetingLetter.objects.exclude(person=cast.leader).exists()
    assert not Withdrawal.objects.exists(), "the address is not kept"
    assert [str(read(one)[0]["METHOD"]) for one in post.to("leader")] == ["REQUEST", "REQUEST"], "it goes on for others"


@pytest.mark.parametrize("has_left", [True, False])
def test_who_deletes_everything_gets_no_letter_any_more_and_no_address_is_kept(
    cast: Cast, post: Post, hands: HandClock, *, has_left: bool
) -> None:
    if has_left:
        browser(cast.member.owner).post(f"{cast.page}leave/")
        assert Withdrawal.objects.exists()
    delete_everything(cast.member, cast.member.owner)
    assert not Withdrawal.objects.exists()
    look(hands)
    assert len(post.to("member")) == 1, "the invitation of before, and nothing since"


def test_whoever_comes_back_is_invited_under_a_higher_number(cast: Cast, post: Post, hands: HandClock) -> None:
    browser(cast.member.owner).post(f"{cast.page}leave/")
    look(hands)
    cast.join(cast.member)
    look(hands)
    found = [(str(calendar["METHOD"]), int(event["SEQUENCE"])) for calendar, event in map(read, post.to("member"))]
    assert found == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]


def test_a_letter_of_somebody_else_that_waits_is_sent_when_another_leaves(
    cast: Cast, post: Post, hands: HandClock
) -> None:
    cast.join(cast.person("other"))
    browser(cast.member.owner).post(f"{cast.page}leave/")
    look(hands)
    (letter,) = post.to("other")
    assert read(letter)[0]["METHOD"] == "REQUEST"


def test_what_no_letter_put_into_a_calendar_no_letter_takes_out(cast: Cast, post: Post, hands: HandClock) -> None:
    other = cast.person("other")
    cast.join(other)
    browser(other.owner).post(f"{cast.page}leave/")  # before an invitation left
    cast.member.memberships.update(by_mail=False)
    browser(cast.member.owner).post(f"{cast.page}leave/")  # who wished no more letters
    look(hands)
    assert (len(post.to("other")), len(post.to("member"))) == (0, 1)
    browser(cast.leader.owner).post(f"{cast.address()}off/")
    look(hands)
    browser(cast.leader.owner).post(f"{cast.page}leave/")  # whose calendar knows that it is off
    look(hands)
    assert [str(read(one)[0]["METHOD"]) for one in post.to("leader")] == ["REQUEST", "CANCEL"]
    assert not Withdrawal.objects.exists()


def test_a_withdrawal_leaves_once_whoever_is_ended_when_and_waits_for_a_mail_server_for_a_day_at_most(
    cast: Cast, post: Post, hands: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: Any) -> None:
        raise Killed

    def killed_in_it(_letter: Any, hand_over: Any) -> None:
        hand_over()
        raise Killed

    def leave(ending: Any) -> None:
        browser(cast.member.owner).post(f"{cast.page}leave/")
        monkeypatch.setattr(withdrawals, "send", ending)
        if ending is not handing.send:
            with pytest.raises(Killed):
                withdrawals.send_withdrawals.func([str(Withdrawal.objects.get().pk)])
        monkeypatch.setattr(withdrawals, "send", handing.send)
        for _ in range(3):
            hands.on(minutes=5)
            look(hands)

    leave(killed)
    assert len(post.to("member")) == 2
    cast.join(cast.member)
    look(hands)
    leave(killed_in_it)
    assert len(post.to("member")) == 3, "it may have arrived"
    assert not Withdrawal.objects.exists()
    cast.join(cast.member)
    look(hands)
    post.answer = "450 Later"
    leave(handing.send)
    assert Withdrawal.objects.exists()
    hands.on(days=1)
    look(hands)
    assert not Withdrawal.objects.exists()
