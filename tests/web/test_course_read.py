"""What somebody reads in the course who has never seen it: names, lengths, dates and ways that are as they are said."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from lowtide import content
from lowtide.model.programme import Why
from lowtide.web.course import actions
from lowtide.web.course.models import Group
from lowtide.web.practice.models import Session
from web.test_course import PLAY, Calendar, begin, course, page, person, played, told
from web.test_today import answer_everything_no

EMERGENCY = {"urine-leaks": "yes"}
FOUNDED = {
    "name": "Tuesdays by the sea", "called": "Marta", "programme": "mbsr-style", "date": "2026-03-10",
    "time": "18:30", "time_zone": "Europe/Madrid", "link": "https://meet.example.org/tuesday",
}  # fmt: skip


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    at = Calendar()
    monkeypatch.setattr(timezone, "now", at)
    return at


@pytest.fixture
def somebody(for_me: Client, calendar: Calendar) -> Client:
    """A browser of somebody whom nothing keeps from anything, with a zone of their own."""
    answer_everything_no(for_me)
    me = person()
    me.time_zone = "Europe/Lisbon"
    me.save()
    return for_me


def needs_help_now(browser: Client) -> None:
    """Say what can not wait."""
    for group in (1, 2):
        browser.post(f"/begin/safety/{group}/", EMERGENCY)


def test_who_is_in_a_group_reads_on_the_courses_page_when_and_where_it_meets_next(
    somebody: Client, calendar: Calendar
) -> None:
    begin(somebody, "mbsr-style")
    assert "Next meeting" not in page(somebody), "there is no group yet"
    somebody.post("/course/groups/new/", FOUNDED)
    group = Group.objects.get()
    here = page(somebody)
    assert "Next meeting" in here
    assert "Tuesday, 10 March, 17:30 to 20:00" in here, "half past six in Madrid, on the clock of Lisbon"
    assert "Europe/Lisbon" in here
    assert 'href="https://meet.example.org/tuesday"' in here
    assert f"/course/groups/{group.pk}/" in here
    calendar.now = datetime(2026, 3, 10, 17, 45, tzinfo=UTC)
    assert "Your group meets now" in page(somebody), "whoever is late finds the link"
    calendar.now = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)
    assert "Tuesday, 17 March, 17:30" in page(somebody)
    group.meetings.filter(number=2).update(is_off=True)
    assert "Tuesday, 24 March, 17:30" in page(somebody), "one that was called off is not the next"


def test_a_group_is_founded_for_ones_own_course_and_nothing_is_promised_that_this_machine_has_not(
    somebody: Client,
) -> None:
    begin(somebody, "mbsr-style")
    form = page(somebody, "/course/groups/new/")
    assert re.search(r'<option value="mbsr-style" selected>', form)
    assert "with a link that you give them" not in form
    assert "share this machine" in form
    assert "gives you a link" not in page(somebody, "/course/groups/")
    somebody.post("/course/groups/new/", FOUNDED)
    address = f"/course/groups/{Group.objects.get().pk}/"
    assert "once you have given an address" in page(somebody, address)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend"):
        assert "it has no mail server" in page(somebody, address)


def test_a_reminder_of_the_course_that_reaches_nobody_says_so_where_it_is_wished(somebody: Client) -> None:
    assert "nowhere yet" not in page(somebody)
    begin(somebody, remind="18:30")
    here = page(somebody)
    assert "The reminder is kept. It reaches you nowhere yet." in here
    assert "The reminder: 18:30, nowhere yet" in here
    somebody.post("/course/remind/", {"remind": "19:00"})
    assert "Kept. It reaches you nowhere yet." in page(somebody)
    somebody.post("/reminders/calendar/", {"address": "new"})
    assert "nowhere yet" not in page(somebody)


def test_before_a_first_meeting_nobody_has_come_to_nought_of_them(somebody: Client) -> None:
    somebody.post("/course/groups/new/", FOUNDED)
    here = page(somebody, f"/course/groups/{Group.objects.get().pk}/")
    assert "no meeting yet" in here
    assert "0 meeting" not in here


def test_a_practice_has_one_name_on_its_card_in_the_player_and_in_the_history(somebody: Client) -> None:
    begin(somebody, "mbsr-style")
    here, name = page(somebody), "One mouthful at a time"
    assert name in here
    (play,) = [one for one in PLAY.findall(here) if one.startswith("week-1/eating/")][:1]
    session = played(somebody, play)
    assert f"<h1>{name}</h1>" in page(somebody, f"/sessions/{session.pk}/")
    assert name in page(somebody, f"/history/{session.day.isoformat()}/")


def test_what_is_said_to_be_enough_can_be_played(somebody: Client) -> None:
    begin(somebody, "mbsr-style")
    for one in content.programme("mbsr-style").weeks[0].practices:
        assert f"{round(one.least_minutes)} min is enough" in page(somebody, "/course/week/1/")
        offered = [play for play in PLAY.findall(page(somebody)) if play.startswith(f"week-1/{one.name}/")]
        shortest = min(offered, key=lambda play: int(play.rpartition("/")[2]))
        assert played(somebody, shortest).length_ms == one.least_ms
        assert course().week.name == "week-1"
    assert "enough for today" in page(somebody)


def test_how_long_the_weeks_text_takes_is_what_it_takes(somebody: Client) -> None:
    begin(somebody, "mbsr-style")
    words = len(content.programme("mbsr-style").weeks[0].text.split())
    assert words < 238, "which most people read in a minute"
    assert "to read, a minute" in page(somebody)


@pytest.mark.parametrize(("heard_ms", "is_said"), [(9_000, False), (59_000, False), (60_000, True)])
def test_a_part_of_a_session_is_said_to_count_from_a_minute_on(
    somebody: Client, heard_ms: int, *, is_said: bool
) -> None:
    begin(somebody)
    answer = somebody.post("/course/", told(play=PLAY.findall(page(somebody))[0]))
    session = Session.objects.get(pk=answer.headers["Location"].split("/")[2])
    heard = {"at_ms": str(heard_ms), "heard_ms": str(heard_ms), "ended": "stopped"}
    somebody.post(f"/sessions/{session.pk}/position", heard)
    assert ("A part of it counts as well" in page(somebody, f"/sessions/{session.pk}/after/")) is is_said


def test_in_a_break_for_pain_something_gentle_is_gentle(somebody: Client) -> None:
    begin(somebody)
    somebody.post("/course/pause/", {"why": "flare"})
    here = page(somebody)
    assert 'href="/rituals/flare/"' in here
    assert content.ritual("flare").summary in here
    somebody.post("/course/resume/")
    somebody.post("/course/pause/", {"why": "own"})
    here = page(somebody)
    assert "/rituals/flare/" not in here, "whoever is away for a week is not sent to what is for bad pain"
    assert "A single session, if you like" in here


def test_where_help_is_needed_now_the_course_says_that_and_nothing_milder(somebody: Client) -> None:
    begin(somebody)
    assert needs_nothing(somebody)
    needs_help_now(somebody)
    first = page(somebody, "/begin/first/")
    (big,) = re.findall(r'<p class="big">(.*?)</p>', first)
    for address in ("/course/", "/course/programmes/mbsr-style/"):
        here = page(somebody, address)
        assert big in here, address
        assert "Please get help now" in here
        assert 'href="/begin/first/"' in here
        assert "waits" not in here
        assert "week" not in here.partition("<main")[2]
    actions.leave(course(), timezone.now())
    assert big in page(somebody), "the shelf says it as well"


def needs_nothing(browser: Client) -> bool:
    return browser.get("/begin/first/").status_code == 302


def test_today_mentions_once_and_quietly_that_there_are_courses(somebody: Client) -> None:
    mention = "There are courses, too"
    today = page(somebody, "/today/")
    assert today.index(mention) > today.index("Find my session"), "at the end, after what one came for"
    somebody.post("/course/known/")
    assert mention not in page(somebody, "/today/")


@pytest.mark.parametrize("how", ["looked", "begun", "left"])
def test_whoever_knows_of_courses_is_not_told_again(somebody: Client, how: str) -> None:
    if how == "looked":
        page(somebody)
    else:
        begin(somebody)
    if how == "left":
        actions.leave(course(), timezone.now())
    assert "There are courses, too" not in page(somebody, "/today/")


def test_in_an_emergency_nothing_is_mentioned(somebody: Client) -> None:
    needs_help_now(somebody)
    assert "There are courses, too" not in somebody.get("/today/", follow=True).content.decode()


def test_what_happened_is_written_down_from_the_diary_and_in_every_week(somebody: Client) -> None:
    assert "/course/calendar/" in page(somebody, "/diary/")
    begin(somebody, "mbsr-style")
    assert 'href="/course/calendar/"' in page(somebody), "the first week asks for none, and may have some"
    actions.pause(course(), Why.OWN, timezone.now())
    assert 'href="/course/calendar/"' in page(somebody)


def test_the_calendar_puts_first_what_the_week_asks_for(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", pace="calendar")
    calendar.go(2 * 7)
    asked = course().week.events
    assert asked is not None
    here = page(somebody, "/course/calendar/")
    kinds = re.findall(r'chip-link" href="/course/calendar/\?kind=([a-z]+)', here)
    assert kinds[0] == "unpleasant" == asked.value
    assert sorted(kinds) == ["communication", "pleasant", "unpleasant"]
    assert "what your week asks" in here
    somebody.post("/course/calendar/", {"arrival": str(uuid4()), "kind": "unpleasant", "happened": "Rain."})
    assert "Rain." in page(somebody, "/course/calendar/")
