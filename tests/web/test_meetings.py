"""Groups that meet: each sees what is theirs to see, dates move and calendars follow, and whoever leaves is gone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lowtide import content
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.course.models import Attendance, Group, Meeting, MeetingLetter, Membership
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import pause
from lowtide.web.reminders.channels import only
from lowtide.web.reminders.dates import dates_of
from lowtide.web.reminders.models import CalendarAddress, PauseWhy, Reminder, Routine
from lowtide.web.reminders.subjects import subject_of
from lowtide.web.reminders.work.loop import Loop
from lowtide.web.takeout.deletion.deleting import delete_everything
from remembering import HandClock, Kept, moment
from web.conftest import browser, person_with_account
from weeks_lived import practised, wrote

FOUNDED = {
    "name": "Tuesdays by the sea", "called": "Marta", "programme": "mbsr-style", "date": "2026-03-10",
    "time": "18:30", "time_zone": "Europe/Madrid", "link": "https://meet.example.org/tuesday?x=1&y=2",
}  # fmt: skip
"""A Tuesday in winter time, three weeks before the clock goes forward."""
JOINED = {"called": "Ana", "by_mail": "on", "is_reminded": "on"}
CHANGED = {"time": "19:00", "minutes": "150", "link": "", "led_by": "", "agenda": "", "summary": ""}


@pytest.fixture
def hands(db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HandClock]:
    hand = HandClock(moment("2026-03-03T08:00"))
    monkeypatch.setattr(timezone, "now", hand)
    with clock.told_by(hand):
        yield hand


class Cast:
    """A leader, a member, and those who are nothing in this group."""

    def __init__(self) -> None:
        self.leader, self.member = self.person("leader", "Europe/Madrid"), self.person("member", "Europe/Lisbon")
        self.stranger = self.person("stranger")
        self.clinician = self.person("clinician")
        self.administrator = first_person(User.objects.create_superuser("administrator@example.org"))
        browser(self.leader.owner).post("/course/groups/new/", FOUNDED)
        self.group = Group.objects.get()

    @staticmethod
    def person(name: str, zone: str = "Europe/Lisbon") -> Person:
        made = person_with_account(f"{name}@example.org")
        made.time_zone = zone
        made.save()
        return made

    @property
    def invitation(self) -> str:
        self.group.refresh_from_db()
        return f"/course/groups/join/{self.group.secret}/"

    @property
    def page(self) -> str:
        return f"/course/groups/{self.group.pk}/"

    def join(self, person: Person, **more: str) -> None:
        answer = browser(person.owner).post(self.invitation, JOINED | more)
        assert answer.status_code == 302, answer.content.decode()

    def meeting(self, number: int = 1) -> Meeting:
        return self.group.meetings.get(number=number)

    def address(self, number: int = 1) -> str:
        return f"/course/meetings/{self.meeting(number).pk}/"

    def change(self, number: int = 1, **more: str) -> Any:
        meeting = self.meeting(number)
        date = meeting.begins.date().isoformat()
        return browser(self.leader.owner).post(self.address(number), {"date": date} | CHANGED | more)


@pytest.fixture
def cast(accounts: None, hands: HandClock) -> Cast:
    return Cast()


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.unescape(answer.content.decode())


def events(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def test_a_group_meets_once_in_each_week_of_its_course_at_the_same_time_of_its_wall(cast: Cast) -> None:
    programme = content.programme("mbsr-style")
    meetings = list(cast.group.meetings.all())
    assert [one.week for one in meetings] == [one.name for one in programme.weeks]
    assert {one.minutes for one in meetings} == {programme.group_minutes}
    madrid = [one.begins.astimezone(content_zone("Europe/Madrid")) for one in meetings]
    assert {(at.hour, at.minute, at.weekday()) for at in madrid} == {(18, 30, 1)}
    assert meetings[0].begins == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert meetings[3].begins == datetime(2026, 3, 31, 16, 30, tzinfo=UTC), "the clock went forward on the 29th"


def content_zone(key: str) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(key)


def test_each_reads_the_dates_on_their_own_clock_and_whose_clock_that_is(cast: Cast) -> None:
    cast.join(cast.member)
    here = text(browser(cast.member.owner), cast.page)
    assert "Tuesday, 10 March, 17:30 to 20:00" in here
    assert "(18:30 there)" in here
    assert "on your clock: Europe/Lisbon. “There” is Europe/Madrid, where the group meets." in here
    assert "18:30 to 21:00" in text(browser(cast.leader.owner), cast.page)


def test_members_see_leader_link_and_plan_and_not_each_other(cast: Cast) -> None:
    other = cast.person("other")
    cast.join(cast.member)
    cast.join(other, called="Bertrand")
    here = browser(cast.member.owner)
    for address in (cast.page, cast.address(), "/course/groups/"):
        assert "Bertrand" not in text(here, address)
        assert "Ana" not in text(browser(other.owner), address) or address == cast.page
    meeting = text(here, cast.address())
    assert "Marta leads it" in meeting
    assert 'href="https://meet.example.org/tuesday?x=1&y=2"' in meeting
    for line in content.programme("mbsr-style").weeks[0].agenda:
        assert line in meeting


def test_the_leader_sees_names_and_meetings_and_nothing_of_pain_or_practice(cast: Cast, hands: HandClock) -> None:
    cast.member.name = "Zaphirabel"
    cast.member.save()
    practised(cast.member, hands(), technique="body-scan")
    wrote(cast.member, hands(), 7, "worse after lifting")
    cast.join(cast.member)
    hands.to("2026-03-11T08:00")
    leading = browser(cast.leader.owner)
    member = cast.group.memberships.get(person=cast.member)
    leading.post(f"{cast.address()}came/", {"came": [str(member.pk)]})
    for address in (cast.page, cast.address(), "/course/groups/"):
        seen = text(leading, address)
        for secret in ("Zaphirabel", "member@example.org", "lifting", "7 of 10", "practised"):
            assert secret not in seen, (address, secret)
    assert re.search(r"Ana</span> <span class=\"quiet\">1 meeting<", text(leading, cast.page))


WHO = ("stranger", "clinician", "administrator", "member")


@pytest.mark.parametrize("who", WHO)
def test_only_the_leader_changes_a_group_and_only_those_in_it_see_it(cast: Cast, who: str) -> None:
    if who == "member":
        cast.join(cast.member)
    tried, before = browser(getattr(cast, who).owner), whole(cast.group)
    seen = {tried.get(one).status_code for one in (cast.page, cast.address(), f"{cast.page}dates.ics",
                                                   f"{cast.address()}meeting.ics")}  # fmt: skip
    assert seen == ({200} if who == "member" else {404})
    told = {"date": "2026-03-12", **CHANGED, "summary": "mine", "takes_place": "no", "came": "1", "member": "1"}
    for end in ("invitation/", "remove/"):
        assert tried.post(f"{cast.page}{end}", told).status_code == 404
    for end in ("", "off/", "came/"):
        assert tried.post(f"{cast.address()}{end}", told).status_code == 404
    for end in ("wishes/", "leave/", "lead/"):
        if who != "member":
            assert tried.post(f"{cast.page}{end}", told).status_code == 404
    tried.post(f"{cast.page}lead/")
    assert whole(cast.group) == before
    assert cast.group.memberships.get(is_leading=True).person == cast.leader


def whole(group: Group) -> list[Any]:
    return [*Group.objects.filter(pk=group.pk).values(), *group.meetings.values(), *Attendance.objects.values()]


def test_nobody_without_an_account_sees_anything(cast: Cast) -> None:
    nobody = browser()
    for address in (cast.page, cast.address(), cast.invitation, "/course/groups/", "/course/groups/new/"):
        answer = nobody.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_a_revoked_invitation_leads_nowhere_and_a_new_one_does(cast: Cast) -> None:
    old = cast.invitation
    assert len(old) > 40, "nobody guesses it"
    assert "Tuesdays by the sea" in text(browser(cast.member.owner), old)
    browser(cast.leader.owner).post(f"{cast.page}invitation/", {"invitation": "new"})
    for method in ("get", "post"):
        answer = getattr(browser(cast.member.owner), method)(old, JOINED)
        assert answer.status_code == 404
        assert b"Tuesdays" not in answer.content
    assert not cast.member.memberships.exists()
    cast.join(cast.member)
    browser(cast.leader.owner).post(f"{cast.page}invitation/", {"invitation": "none"})
    cast.group.refresh_from_db()
    assert cast.group.secret is None
    assert browser(cast.stranger.owner).get("/course/groups/join/None/").status_code == 404


def test_who_was_taken_out_sees_nothing_more(cast: Cast) -> None:
    cast.join(cast.member)
    number = cast.member.memberships.get().pk
    browser(cast.leader.owner).post(f"{cast.page}remove/", {"member": str(number)})
    assert browser(cast.member.owner).get(cast.page).status_code == 404
    assert not cast.member.routines.exists()


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_nothing_that_anybody_writes_becomes_part_of_a_page(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member, called=HOSTILE)
    cast.change(led_by=HOSTILE, agenda=HOSTILE, summary=HOSTILE, link="https://x.example/%22%3E?<b>")
    browser(cast.leader.owner).post(f"{cast.page}wishes/", {"called": HOSTILE})
    hands.to("2026-03-11T08:00")
    for person in (cast.leader, cast.member):
        for address in (cast.page, cast.address(), "/course/groups/", "/course/groups/new/"):
            content = browser(person.owner).get(address).content
            assert b"<script>alert" not in content
            assert b"<img src=x" not in content
            assert b"<b>" not in content


@pytest.mark.parametrize("link", ["http://x.example/", "javascript:alert(1)", "https://", "//x", "https://a b/"])
def test_a_link_is_https_or_none(cast: Cast, link: str) -> None:
    assert cast.change(link=link).status_code == 422
    assert browser(cast.leader.owner).post("/course/groups/new/", FOUNDED | {"link": link}).status_code == 422
    assert Group.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(link="http://x.example/")


def test_a_meeting_is_moved_and_called_off_under_the_same_name_with_a_higher_number(cast: Cast) -> None:
    cast.join(cast.member)
    here = browser(cast.member.owner)
    (first,) = events(here.get(f"{cast.address()}meeting.ics").content)
    assert first["DTSTART"].dt == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert (first["SEQUENCE"], first["STATUS"], first["DURATION"].dt) == (0, "CONFIRMED", timedelta(minutes=150))
    cast.change(date="2026-03-12")
    (moved,) = events(here.get(f"{cast.address()}meeting.ics").content)
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    assert moved["DTSTART"].dt == datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
    assert cast.change(date="2026-03-12", summary="We began.").status_code == 302
    assert cast.meeting().version == 1, "no calendar has to know a summary"
    browser(cast.leader.owner).post(f"{cast.address()}off/")
    browser(cast.leader.owner).post(f"{cast.address()}off/")
    (off,) = events(here.get(f"{cast.address()}meeting.ics").content)
    assert (off["UID"], off["SEQUENCE"], off["STATUS"]) == (first["UID"], 2, "CANCELLED")
    whole_file = events(here.get(f"{cast.page}dates.ics").content)
    assert len(whole_file) == 8
    assert len({one["UID"] for one in whole_file}) == 8
    assert "called off" in text(here, cast.page)
    browser(cast.leader.owner).post(f"{cast.address()}off/", {"takes_place": "yes"})
    (again,) = events(here.get(f"{cast.address()}meeting.ics").content)
    assert (again["SEQUENCE"], again["STATUS"]) == (3, "CONFIRMED")


def test_no_file_holds_anothers_address_or_name(cast: Cast) -> None:
    cast.join(cast.member)
    cast.join(cast.person("other"), called="Bertrand")
    for address in (f"{cast.page}dates.ics", f"{cast.address()}meeting.ics"):
        file = browser(cast.member.owner).get(address).content
        assert not re.search(rb"leader@|other@|Bertrand|ATTENDEE", file)
        assert b"Marta" in file


def test_meetings_stand_in_a_persons_calendar_and_those_called_off_do_not(cast: Cast, hands: HandClock) -> None:
    from lowtide.deliver.calendar import feed

    cast.join(cast.member)
    browser(cast.leader.owner).post(f"{cast.address(2)}off/")
    dates = dates_of(cast.member, hands())
    assert len(dates) == 7
    found = events(feed((), hands(), None, dates))
    assert found[0]["DTSTART"].dt == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert feed((), hands(), None, dates_of(cast.member, hands())) == feed((), hands(), None, dates)
    assert dates_of(cast.stranger, hands()) == ()


def test_a_calendar_that_subscribes_shows_each_meeting_once_and_nothing_in_a_break(
    cast: Cast, hands: HandClock
) -> None:
    cast.join(cast.member)
    assert cast.member.routines.filter(about__startswith="meeting:").exists()
    secret = CalendarAddress.objects.create(person=cast.member).secret
    address = reverse("calendar-feed", args=[secret])
    found = events(browser().get(address).content)
    assert sorted(str(one["UID"]).partition("@")[0] for one in found) == sorted(
        str(pk) for pk in cast.group.meetings.values_list("pk", flat=True)
    )
    assert browser().get(address).content == browser().get(address).content
    pause(cast.member, PauseWhy.OWN, hands())
    assert events(browser().get(address).content) == []


def test_half_an_hour_before_whoever_wishes_it_is_reminded_once(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member)
    silent = cast.person("silent")
    cast.join(silent, is_reminded="")
    paused = cast.person("paused")
    cast.join(paused)
    pause(paused, PauseWhy.OWN, hands())
    look(hands)
    routine = cast.member.routines.get()
    assert routine.once_at == datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
    subject = subject_of(routine.about)
    assert subject is not None
    assert "Tuesdays" not in subject.title + subject.text, "lock screens show nothing of the group"
    assert subject.address == cast.address()
    hands.to("2026-03-10T17:01")
    with only(channel := Kept()):
        look(hands)
        look(hands)
    reached = [Reminder.objects.get(pk=reminder).routine.person for reminder, _ in channel.given]
    assert sorted(reached, key=lambda one: one.pk) == [cast.leader, cast.member], "each once; no one in a break"


def look(hands: HandClock) -> None:
    """Let a worker look until there is nothing more to do, sweeping each time."""
    loop = Loop(hands)
    while loop.look():
        pass


@pytest.fixture(autouse=True)
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    # A worker gives its connection up after each task; here it is the test's, with everything in one transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("lowtide.web.reminders.work.loop.close_old_connections", lambda: None)


def test_a_moved_meeting_is_reminded_of_at_its_new_time_and_one_called_off_never(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member)
    cast.change(date="2026-03-12")
    assert cast.member.routines.get().once_at == datetime(2026, 3, 12, 17, 30, tzinfo=UTC)
    cast.member.routines.update(is_on=False, next_at=None)
    cast.change(date="2026-03-13")
    assert cast.member.routines.get().is_on is False, "what somebody switched off stays off"
    browser(cast.leader.owner).post(f"{cast.address()}off/")
    assert not Routine.objects.filter(person=cast.member).exists()
    assert subject_of(f"meeting:{cast.meeting().pk}") is None


def test_whoever_leaves_takes_their_name_and_keeps_what_they_came_to(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member)
    hands.to("2026-03-11T08:00")
    member = cast.member.memberships.get()
    browser(cast.leader.owner).post(f"{cast.address()}came/", {"came": [str(member.pk)]})
    browser(cast.member.owner).post(f"{cast.page}leave/")
    assert "Ana" not in text(browser(cast.leader.owner), cast.page)
    assert cast.member.attendances.count() == 1
    assert not cast.member.routines.exists()


def test_a_group_goes_on_without_its_leaders_name_and_a_member_may_take_it_up(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member)
    cast.change(2, led_by="Marta’s stand-in", agenda="Sit together")
    delete_everything(cast.leader, cast.leader.owner)
    here = browser(cast.member.owner)
    page = text(here, cast.page)
    assert "Marta" not in page
    assert "Nobody leads this group now" in page
    assert "https://meet.example.org" not in text(here, cast.address())
    assert "Sit together" in text(here, cast.address(2))
    assert cast.group.meetings.count() == 8
    cast.group.refresh_from_db()
    assert cast.group.secret is None
    here.post(f"{cast.page}lead/")
    assert "You lead it" in text(here, cast.page)
    here.post(f"{cast.page}leave/")
    assert not Group.objects.exists(), "with the last one it is gone"
    assert not Meeting.objects.exists()


def test_a_group_has_one_leader_and_everybody_is_in_it_once(cast: Cast) -> None:
    cast.join(cast.member)
    cast.join(cast.member)
    assert cast.group.memberships.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(person=cast.member).update(is_leading=True)


def test_who_came_can_be_said_once_it_has_begun_and_changed_afterwards(cast: Cast, hands: HandClock) -> None:
    cast.join(cast.member)
    leading, number = browser(cast.leader.owner), str(cast.member.memberships.get().pk)
    leading.post(f"{cast.address()}came/", {"came": [number]})
    assert not Attendance.objects.exists(), "that is still to come"
    hands.to("2026-03-10T17:31")
    leading.post(f"{cast.address()}came/", {"came": [number]})
    assert "you were there" in text(browser(cast.member.owner), cast.address())
    leading.post(f"{cast.address()}came/", {})
    assert not Attendance.objects.exists()


def test_the_dates_of_a_group_elsewhere_are_ones_own(cast: Cast, hands: HandClock) -> None:
    here = browser(cast.stranger.owner)
    told = {"name": "Thursdays", "date": "2026-02-26", "time": "10:00", "programme": "", "led_by": "Dr Okafor"}
    here.post("/course/groups/elsewhere/", told | {"time_zone": "Europe/Lisbon", "meetings": "3", "minutes": "90"})
    group = Group.objects.get(name="Thursdays")
    assert group.secret is None
    page = text(here, f"/course/groups/{group.pk}/")
    assert "Dr Okafor leads it" in page
    assert "The link" not in page
    first = group.meetings.get(number=1)
    here.post(f"/course/meetings/{first.pk}/came/", {"came": str(cast.stranger.memberships.get().pk)})
    assert cast.stranger.attendances.get().at == first.begins
    assert not MeetingLetter.objects.filter(meeting__group=group).exists()
    assert browser(cast.leader.owner).get(f"/course/groups/{group.pk}/").status_code == 404


def test_on_a_machine_of_ones_own_people_join_each_other_without_a_link(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/groups/")
    for_me.post("/course/groups/new/", FOUNDED)
    group = Group.objects.get()
    for_me.post("/people/add/", {"name": "Bea"})
    assert "Tuesdays by the sea" in text(for_me, "/course/groups/")
    assert for_me.get(f"/course/groups/{group.pk}/").status_code == 404
    for_me.post(f"/course/groups/{group.pk}/join/", JOINED)
    assert "Marta leads it" in text(for_me, f"/course/groups/{group.pk}/")
    assert local_user().persons.count() == 2


def test_with_accounts_nobody_joins_without_the_invitation(cast: Cast) -> None:
    for method in ("get", "post"):
        assert getattr(browser(cast.member.owner), method)(f"{cast.page}join/", JOINED).status_code == 404
