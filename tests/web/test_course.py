"""The course: begun, lived through in simulated time by its own pages, paused, left, and seen by nobody else."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lowtide import content
from lowtide.model.programme import State
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import first_person
from lowtide.web.course.models import Enrolment, LogKind, LogLine
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice.models import OutsidePractice, Session
from web.test_today import answer_everything_no
from weeks_lived import practised, walked

FIRST = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday evening."""
DAY = timedelta(days=1)
PLAY = re.compile(r'name="play" value="([^"]+)"')


class Calendar:
    """What day it is: the one place where a test says so."""

    def __init__(self) -> None:
        self.now = FIRST

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)  # no two things happen at the very same time
        return self.now

    def go(self, days: int = 1) -> None:
        """Sleep over it."""
        self.now += days * DAY


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    at = Calendar()
    monkeypatch.setattr(timezone, "now", at)
    return at


@pytest.fixture
def somebody(for_me: Client, calendar: Calendar) -> Client:
    """A browser of somebody whom nothing keeps from anything."""
    answer_everything_no(for_me)
    return for_me


def person() -> Person:
    return first_person(local_user())


def course() -> Course:
    found = course_of(person(), timezone.now())
    assert found is not None
    return found


def begin(browser: Client, name: str = "gentle-start", **more: str) -> HttpResponse:
    return browser.post(f"/course/programmes/{name}/begin/", {"pace": "practice"} | more)  # type: ignore[return-value]


def told(**more: str) -> dict[str, str]:
    return {"arrival": str(uuid4()), "anything_new": "no"} | more


def page(browser: Client, address: str = "/course/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
    return html.unescape(answer.content.decode())


def played(browser: Client, play: str, heard: float = 1.0) -> Session:
    """Play what a button says, and hear some of it."""
    answer = browser.post("/course/", told(play=play))
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    session = Session.objects.get(pk=answer.headers["Location"].split("/")[2])
    ms = str(round(session.length_ms * heard))
    browser.post(f"/sessions/{session.pk}/position", {"at_ms": ms, "heard_ms": ms, "ended": "stopped"})
    return session


def practise_something(browser: Client) -> None:
    """Do one thing of today: the shortest that can be played, else something by oneself."""
    buttons = PLAY.findall(page(browser))
    if buttons:
        played(browser, min(buttons, key=lambda one: int(one.rpartition("/")[2])))
    else:
        of = f"{course().week.name}/{course().practices[0].name}"
        answer = browser.post("/course/done/", {"arrival": str(uuid4()), "practice": of, "minutes": "10"})
        assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("name", [one.name for one in content.programmes()])
def test_each_programme_says_what_it_is_and_begins_with_one_tap(somebody: Client, name: str) -> None:
    shelf, about = page(somebody), page(somebody, f"/course/programmes/{name}/")
    programme = content.programme(name)
    assert programme.title in shelf
    assert "minutes a day" in about
    assert begin(somebody, name).headers["Location"] == "/course/"
    here = page(somebody)
    assert programme.weeks[0].title in here
    assert f"Week 1 of {len(programme.weeks)}" in here
    assert programme.weeks[1].title in here, "the path shows what is to come"
    assert PLAY.search(here) or "By yourself" in here


def test_eight_weeks_go_by_practice_with_a_break_and_are_finished(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", remind="18:30")
    seen = []
    for day in range(70):
        if not course().is_open:
            break
        seen.append(course().standing.number)
        if day == 20:
            somebody.post("/course/pause/", {"why": "flare"})
            assert "has a break" in page(somebody)
            assert not PLAY.search(page(somebody))
            calendar.go(9)
            assert course().standing.number == seen[-1]
            somebody.post("/course/resume/")
        if day % 7 != 3:  # one evening a week there is something else
            practise_something(somebody)
        calendar.go()
    assert course().standing.state is State.FINISHED
    assert seen == sorted(seen)
    assert set(seen) == set(range(1, 9))
    assert course().standing.practised_days == 48
    assert "You have been all the way" in page(somebody)
    assert not person().routines.filter(about="course").exists(), "nothing reminds of what is done"


def test_eight_weeks_go_by_the_calendar_whatever_was_done(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", pace="calendar")
    practise_something(somebody)
    numbers = []
    for _ in range(8):
        numbers.append(course().standing.number)
        assert len(numbers) == 8 or "On Monday" in page(somebody), "it says when the next week opens"
        calendar.go(7)
    assert numbers == list(range(1, 9))
    assert course().standing.state is State.FINISHED
    assert "1 day with practice" in page(somebody)


def test_a_programme_may_be_rewritten_half_way_and_nothing_that_was_done_is_lost(
    somebody: Client, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(somebody)
    while course().standing.number < 2 or not course().standing.days:
        practise_something(somebody)
        calendar.go()
    before = course().standing
    old = content.programme("gentle-start")
    first, second, *rest = old.weeks
    poorer = replace(first, title="Another title", practices=first.practices[:1])
    new = replace(old, weeks=(second, poorer, replace(rest[0], name="a-new-week"), *rest))
    monkeypatch.setattr(content, "programme", lambda _name: new)
    after = course().standing
    assert after.practised_days == before.practised_days
    assert after.practised_ms == before.practised_ms
    assert after.state is State.UNDER_WAY
    assert page(somebody)
    for _ in range(40):
        if not course().is_open:
            break
        practise_something(somebody)
        calendar.go()
    assert course().standing.state is State.FINISHED


def test_the_thirty_minutes_may_be_had_in_parts_and_what_is_done_counts(somebody: Client) -> None:
    begin(somebody, "mbsr-style")
    text = page(somebody)
    whole, half = PLAY.findall(text)[:2]
    assert "twice" in text
    assert int(half.rpartition("/")[2]) * 2 == int(whole.rpartition("/")[2])
    session = played(somebody, half)
    assert session.why[0].startswith("It is today’s practice")
    here = page(somebody)
    assert "minutes done today" in here
    assert sum(int(one.rpartition("/")[2]) for one in PLAY.findall(here)[:1]) == session.length_ms
    line = LogLine.objects.get(kind=LogKind.PRACTISED)
    assert (line.week, line.session) == (course().week.name, session)
    assert course().standing.days == (FIRST.date(),)


def test_what_was_practised_elsewhere_in_lowtide_or_by_oneself_counts_once(somebody: Client) -> None:
    begin(somebody, "mbsr-style")
    practised(person(), timezone.now(), technique="pmr")
    assert not course().standing.days, "that is none of this week's practices"
    session = practised(person(), timezone.now(), technique="body-scan")
    session.save()
    walked(person(), timezone.now(), 12, "body scan")
    assert [line.practice for line in LogLine.objects.filter(kind=LogKind.PRACTISED)] == ["body-scan", "body-scan"]
    assert course().standing.practised_ms == session.heard_ms + 12 * 60_000
    session.delete()
    assert course().standing.practised_ms == 12 * 60_000


def test_a_session_of_which_nobody_knows_how_much_was_heard_counts_whole_once_it_was_answered(somebody: Client) -> None:
    begin(somebody)
    answer = somebody.post("/course/", told(play=PLAY.findall(page(somebody))[0]))
    address = answer.headers["Location"]
    assert not course().standing.days
    somebody.post(f"{address}after/", {"arrival": str(uuid4())})
    assert course().standing.days == (FIRST.date(),)


def test_a_practice_by_oneself_is_written_down_and_corrected_without_counting_twice(somebody: Client) -> None:
    begin(somebody, "health-enhancement")
    found = course()
    of, name = f"{found.week.name}/{found.practices[0].name}", str(uuid4())
    for minutes in ("15", "20"):
        sent = {"arrival": name, "practice": of, "minutes": minutes}
        assert somebody.post("/course/done/", sent).headers["Location"] == "/course/"
    assert [row.minutes for row in OutsidePractice.objects.all()] == [20]
    assert course().standing.practised_ms == 20 * 60_000
    wrong = somebody.post("/course/done/", {"arrival": str(uuid4()), "practice": of})
    assert wrong.status_code == 422
    assert "How long was it?" in html.unescape(wrong.content.decode())


def test_a_hard_day_offers_a_break_before_anything_is_played_and_never_insists(somebody: Client) -> None:
    begin(somebody, remind="18:30")
    play = PLAY.findall(page(somebody))[0]
    assert "A hard day?" not in page(somebody)
    answer = somebody.post("/course/", told(play=play, **{"pain-lower-back": "8"}))
    assert answer.headers["Location"] == "/course/"
    assert not Session.objects.exists()
    here = page(somebody)
    assert "A hard day?" in here
    assert "Take a break from the course" in here
    played(somebody, PLAY.findall(here)[0])
    assert Session.objects.exists(), "whoever would rather practise may"
    assert "A break from the course?" in page(somebody, "/today/")
    somebody.post("/course/pause/", {"why": "flare"})
    assert course().standing.state is State.PAUSED
    assert person().pauses.filter(why="course").exists(), "a break of the course is one from its reminders as well"
    assert "The course has a break" in page(somebody, "/today/")
    somebody.post("/course/resume/")
    assert not person().pauses.exists()
    assert course().standing.number == 1


def test_a_session_that_did_not_feel_right_offers_a_break_on_that_day(somebody: Client, calendar: Calendar) -> None:
    begin(somebody)
    session = played(somebody, PLAY.findall(page(somebody))[0])
    somebody.post(f"/sessions/{session.pk}/after/", {"arrival": str(uuid4()), "feelings": "restless"})
    assert "A break from the course?" in page(somebody, f"/sessions/{session.pk}/thanks/")
    assert "Take a break from the course" in page(somebody)
    calendar.go()
    assert "Take a break from the course" not in page(somebody)


def test_an_answer_that_has_to_be_looked_at_pauses_the_course_by_itself(somebody: Client) -> None:
    begin(somebody)
    somebody.post("/today/", told(anything_new="yes", minutes="10", position=""))
    somebody.post("/begin/safety/1/", {"urine-leaks": "yes"})
    assert course().standing.paused_why == "safety"
    here = page(somebody)
    assert "What to do first" in here
    assert not PLAY.search(here)
    somebody.post("/course/resume/")
    assert course().standing.state is State.PAUSED, "not before somebody has looked"
    assert somebody.post("/course/", told(play="week-1/x/60000")).status_code == 200
    assert not Session.objects.exists()


def test_what_the_body_may_not_do_is_imagined_or_done_in_another_way_and_the_page_says_why(
    for_me: Client, calendar: Calendar
) -> None:
    begin(for_me, "health-enhancement")
    for number in range(1, 9):
        assert page(for_me, f"/course/week/{number}/")
    here = page(for_me)
    assert "Until then every movement is only imagined" in here
    assert "Why it is a little different for you" in here


def test_another_day_another_pace_and_one_more_week_are_a_tap_each(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, first_day="2026-03-09")
    assert "It begins on Monday, 9 March" in page(somebody)
    begin(somebody)
    assert Enrolment.objects.count() == 1, "a course that has not begun may begin on another day"
    practise_something(somebody)
    somebody.post("/course/pace/", {"pace": "calendar"})
    assert course().standing.pace == "calendar"
    for _ in range(2):
        somebody.post("/course/stay/")
    assert course().standing.rounds == 2, "said twice on one day it is one more week"
    assert course().standing.next_opens == date(2026, 3, 16)
    somebody.post("/course/remind/", {"remind": "07:15"})
    assert person().routines.get(about="course").times == [7 * 60 + 15]
    somebody.post("/course/remind/", {"remind": ""})
    assert not person().routines.exists()
    assert begin(somebody, first_day="2025-01-01").status_code == 422


@pytest.mark.parametrize("address", ["/course/", "/today/", "/api/course"])
def test_a_course_that_was_seen_to_be_done_stays_done_when_a_week_is_added_to_it(
    somebody: Client, calendar: Calendar, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    begin(somebody, pace="calendar", remind="18:30")
    calendar.go(7 * 3)
    assert "On Monday, 30 March the course is done." in page(somebody)
    calendar.go(7)
    assert somebody.get(address, follow=True).status_code == 200
    somebody.get(address)
    assert course().enrolment.lines.filter(kind="finished", day=date(2026, 3, 30)).count() == 1
    assert not person().routines.exists()
    text = content.programme("gentle-start")
    longer = replace(text, weeks=(*text.weeks, replace(text.weeks[0], name="one-more")))
    monkeypatch.setattr("lowtide.content.programme", lambda _name: longer)
    calendar.go(3)
    assert course().standing.finished == date(2026, 3, 30)
    assert "You have been all the way" in page(somebody)


def test_who_leaves_keeps_what_was_done_and_may_take_it_up_again(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, remind="18:30")
    practise_something(somebody)
    assert "is under way" in page(somebody, "/course/programmes/mbsr-style/")
    begin(somebody, "mbsr-style")
    assert Enrolment.objects.count() == 1, "one course at a time"
    somebody.post("/course/leave/")
    assert not person().routines.exists()
    assert "Go on where you were?" in page(somebody)
    calendar.go(30)
    somebody.post("/course/again/")
    assert course().standing.practised_days == 1
    assert course().standing.is_asking


def test_the_week_of_ones_own_is_put_together_from_what_was_learnt(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", pace="calendar")
    calendar.go(7 * 7)
    assert "This week is yours" in page(somebody)
    offered = page(somebody, "/course/own/")
    assert "Body scan" in offered
    chosen = ["week-1/body-scan", "week-4/breathing-space"]
    assert somebody.post("/course/own/", {"practices": chosen}).headers["Location"] == "/course/"
    here = page(somebody)
    plays = PLAY.findall(here)
    assert any(one.startswith("week-8/week-1/body-scan/") for one in plays)
    played(somebody, plays[0])
    assert course().standing.days
    assert somebody.post("/course/own/", {}).status_code == 422


def test_the_day_of_quiet_has_its_parts_and_each_can_be_played(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", pace="calendar")
    assert "One after another" in page(somebody, "/course/week/6/day/")
    assert not PLAY.search(page(somebody, "/course/week/6/day/")), "it can be read before its week, and played in it"
    calendar.go(7 * 5)
    play = PLAY.findall(page(somebody, "/course/week/6/day/"))[0]
    address = somebody.post("/course/week/6/day/", {"play": play}).headers["Location"]
    assert address.startswith("/sessions/")
    assert somebody.get("/course/week/5/day/").status_code == 404
    assert somebody.get("/course/week/9/").status_code == 404


def test_in_the_week_without_a_voice_there_is_a_page_to_do_it_by_oneself(somebody: Client, calendar: Calendar) -> None:
    begin(somebody, "mbsr-style", pace="calendar")
    calendar.go(7 * 6)
    here = page(somebody)
    (of, *_) = re.findall(r'/course/done/\?of=([^"]+)"', here)
    assert "How long, about?" in page(somebody, f"/course/done/?of={of}")


def test_a_pleasant_moment_is_written_in_ones_own_words_and_can_be_corrected_and_taken_back(somebody: Client) -> None:
    assert "A pleasant moment" in page(somebody, "/course/calendar/")
    name, words = str(uuid4()), {"happened": "<b>Coffee</b>", "body": "warm", "mind": "", "now": "still warm"}
    for _ in range(2):
        somebody.post("/course/calendar/", {"arrival": name, "kind": "pleasant"} | words)
    text = somebody.get("/course/calendar/?kind=unpleasant").content.decode()
    assert text.count("&lt;b&gt;Coffee&lt;/b&gt;") == 1
    assert "An unpleasant moment" in text
    somebody.post(f"/course/calendar/{name}/", {"arrival": name, "kind": "pleasant"} | words | {"happened": "Tea"})
    assert person().event_entries.get().happened == "Tea"
    empty = somebody.post("/course/calendar/", {"arrival": str(uuid4()), "kind": "pleasant"})
    assert empty.status_code == 422
    somebody.post(f"/course/calendar/{name}/forget/")
    assert not person().event_entries.exists()


def test_nothing_on_any_page_blames_or_counts_in_a_row(somebody: Client, calendar: Calendar) -> None:
    begin(somebody)
    practise_something(somebody)
    calendar.go(12)
    for address in ("/course/", "/course/week/1/", "/today/"):
        text = re.sub(r"<[^>]+>", " ", page(somebody, address)).casefold()
        assert not re.search(r"missed|streak|in a row|behind|overdue|failed|you should|must ", text), address
