"""A reminder comes when it was wished for, once, whatever happens to the worker; or it is dropped by a rule."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from lowtide.model.routine import Quiet
from lowtide.web.accounts.models import Person
from lowtide.web.course.models import Enrolment, LogLine
from lowtide.web.practice.models import Session
from lowtide.web.project.environment.logs import LINE, WithoutPersonalData
from lowtide.web.reminders import actions, clock
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.channels import Again, Failed, Sent, Unsure, only
from lowtide.web.reminders.models import Delivery, Heartbeat, PauseWhy, Reminder, Routine
from lowtide.web.reminders.work.loop import Loop, is_silent
from lowtide.web.reminders.work.making import make_due
from remembering import HandClock, Kept, Killed, ends, look, moment, somebody

NOON = 12 * 60 + 30
ADDRESS = "ana@example.org"


@pytest.fixture
def hands(db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HandClock]:
    # A worker gives its connection up after each task; here it is the test's, with everything in one transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("lowtide.web.reminders.work.loop.close_old_connections", lambda: None)
    hand = HandClock()
    with clock.told_by(hand):
        yield hand


@pytest.fixture
def push(hands: HandClock) -> Iterator[Kept]:
    channel = Kept()
    with only(channel):
        yield channel


@pytest.fixture
def mail(hands: HandClock) -> Iterator[Kept]:
    channel = Kept(name="mail", may_repeat=False, places=lambda _person: ("owner",))
    with only(channel):
        yield channel


@pytest.fixture
def ana(hands: HandClock) -> Person:
    return somebody()


def midday(person: Person, **more: object) -> Routine:
    wished = Wished(**{"times": (NOON,), **more})  # type: ignore[arg-type]  # a test's own words
    return keep_routine(person, "ritual:midday-check-in", wished)


def enrolled(person: Person) -> None:
    begun = Enrolment.objects.create(person=person, programme="mbsr-style", first_day=date(2026, 3, 1))
    day = {"at": moment("2026-03-01T09:00"), "day": date(2026, 3, 1)}
    LogLine.objects.create(enrolment=begun, kind="began", pace="practice", **day)


def by_mail(person: Person) -> Routine:
    return midday(person, by_push=False, by_mail=True)


def test_it_comes_at_its_time_and_once_however_often_somebody_looks(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    look(hands, 3)
    assert push.given == [], "nothing is due yet"
    hands.to("2026-03-02T12:30:04")
    look(hands, 5)
    assert len(push.given) == 1
    hands.to("2026-03-03T12:30:04")
    look(hands, 5)
    assert len(push.given) == 2
    assert ends(row) == ["sent", "sent"]


def test_everywhere_a_person_wishes_it_comes_once(ana: Person, hands: HandClock) -> None:
    push, mail = Kept(places=lambda _person: ("phone", "laptop")), Kept(name="mail", places=lambda _person: ("owner",))
    with only(push, mail):
        midday(ana, by_mail=True)
        hands.to("2026-03-02T12:30:04")
        look(hands, 2)
    assert (len(push.given), len(mail.given)) == (2, 1)


def test_a_machine_that_slept_for_a_day_sends_what_is_fresh_and_drops_the_rest(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    row = midday(ana, times=(8 * 60, NOON))
    hands.to("2026-03-03T08:20")
    look(hands, 2)
    assert ends(row) == ["late", "sent"], "yesterday's midday is dropped, this morning's is twenty minutes late"
    assert len(push.given) == 1


def test_a_machine_that_slept_for_a_year_is_awake_at_once(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    hands.to("2027-03-02T12:45")
    look(hands)
    said = ends(row)
    assert said.count("sent") == 1
    assert set(said[:-1]) == {"late"}
    assert len(said) <= 32, "what would be forgotten at once is not even made"


def test_of_several_that_are_due_at_one_look_the_latest_comes(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana, times=(NOON, NOON + 10))
    hands.to("2026-03-02T12:45")
    look(hands)
    assert ends(row) == ["earlier", "sent"]


def test_in_quiet_hours_nothing_comes_not_even_afterwards(ana: Person, push: Kept, hands: HandClock) -> None:
    actions.keep_quiet_hours(ana, Quiet(from_minute=12 * 60, to_minute=13 * 60))
    row = midday(ana)
    hands.to("2026-03-02T12:59:59")
    look(hands)
    hands.to("2026-03-02T13:01")
    look(hands)
    assert (ends(row), push.given) == (["quiet"], [])


def practised(person: Person, at: str, script: str, heard_ms: int = 60_000) -> None:
    Session.objects.create(
        person=person, day=date(2026, 3, 2), profile={}, wish={"script": script}, technique="t", title="t",
        length_ms=180_000, heard_ms=heard_ms, begun_at=moment(at),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("script", "heard_ms", "end"),
    [("midday-check-in", 60_000, "done"), ("midday-check-in", 59_999, "sent"), ("evening-wind-down", 180_000, "sent")],
)
def test_what_was_practised_today_is_not_reminded_of(
    ana: Person, push: Kept, hands: HandClock, script: str, heard_ms: int, end: str
) -> None:
    row = midday(ana)
    practised(ana, "2026-03-02T11:00", script, heard_ms)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert ends(row) == [end]


def test_any_practice_is_practice(ana: Person, push: Kept, hands: HandClock) -> None:
    row = keep_routine(ana, "practice", Wished(times=(NOON,)))
    practised(ana, "2026-03-02T11:00", "evening-wind-down")
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert ends(row) == ["done"]


def test_what_was_practised_while_it_waited_is_not_reminded_of(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    make_due(hands())
    practised(ana, "2026-03-02T12:30:02", "midday-check-in")
    look(hands)
    assert (ends(row), push.given) == (["done"], [])


@pytest.mark.parametrize("moment_of_it", ["before it is due", "before it is delivered", "in the last moment"])
def test_whoever_is_signed_out_everywhere_gets_nothing(
    ana: Person, push: Kept, hands: HandClock, moment_of_it: str
) -> None:
    def sign_out() -> None:
        actions.pause(ana, PauseWhy.SIGNED_OUT)

    row = midday(ana)
    if moment_of_it == "before it is due":
        sign_out()
    hands.to("2026-03-02T12:30:04")
    make_due(hands())
    if moment_of_it == "before it is delivered":
        sign_out()
    if moment_of_it == "in the last moment":
        push.before = lambda _delivery: sign_out()
    look(hands, 2)
    assert push.given == []
    assert ends(row) == ([] if moment_of_it == "before it is due" else ["paused"])


def test_after_a_break_it_goes_on_with_the_next_one(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    actions.pause(ana, PauseWhy.OWN)
    actions.pause(ana, PauseWhy.SIGNED_OUT)
    hands.to("2026-03-02T12:45")
    actions.resume(ana, PauseWhy.SIGNED_OUT)
    look(hands)
    assert push.given == [], "the break goes on"
    actions.resume(ana, PauseWhy.OWN)
    look(hands)
    assert push.given == [], "what was due in the break is not made up for"
    hands.to("2026-03-03T12:30:04")
    look(hands)
    assert ends(row) == ["sent"]


def test_a_break_of_the_course_is_one_from_the_course_and_rituals_go_on(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    enrolled(ana)
    course, ritual = keep_routine(ana, "course", Wished(times=(NOON,))), midday(ana)
    actions.pause(ana, PauseWhy.COURSE)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert (ends(course), ends(ritual)) == ([], ["sent"])
    actions.resume(ana, PauseWhy.COURSE)
    look(hands)
    assert ends(course) == [], "what was due in the break is not made up for"
    hands.to("2026-03-03T12:30:04")
    look(hands)
    assert (ends(course), ends(ritual)) == (["sent"], ["sent", "sent"])


@pytest.mark.parametrize("moment_of_it", ["before it is delivered", "in the last moment"])
def test_of_a_course_that_takes_a_break_not_even_what_is_under_way_comes(
    ana: Person, push: Kept, hands: HandClock, moment_of_it: str
) -> None:
    enrolled(ana)
    course, ritual = keep_routine(ana, "course", Wished(times=(NOON,))), midday(ana)
    hands.to("2026-03-02T12:30:04")
    make_due(hands())
    if moment_of_it == "in the last moment":
        push.before = lambda _delivery: actions.pause(ana, PauseWhy.COURSE)
    else:
        actions.pause(ana, PauseWhy.COURSE)
    look(hands, 2)
    assert (ends(course), ends(ritual)) == (["paused"], ["sent"])


def test_whoever_is_deleted_meanwhile_gets_nothing_and_nothing_breaks(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    midday(ana)
    hands.to("2026-03-02T12:30:04")
    make_due(hands())
    ana.delete()
    look(hands)
    assert push.given == []
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_a_routine_that_is_taken_back_in_the_last_moment_is_not_sent(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)

    def takes_it_back(_delivery: Delivery) -> None:
        midday(ana, is_on=False)

    push.before = takes_it_back
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert (ends(row), push.given) == (["paused"], [])


def test_without_a_browser_or_an_address_it_is_dropped(ana: Person, push: Kept, hands: HandClock) -> None:
    push.places = lambda _person: ()
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert ends(row) == ["nowhere"]


# A worker that is killed


def killed(_delivery: Delivery) -> Sent:
    raise Killed


def look_and_be_killed(hands: HandClock, deliveries: list[UUID]) -> None:
    from lowtide.web.reminders.work.delivering import deliver_all

    with pytest.raises(Killed):
        deliver_all(deliveries, hands)


def due_now(hands: HandClock) -> list[UUID]:
    hands.to("2026-03-02T12:30:04")
    make_due(hands())
    DBTaskResult.objects.all().delete()  # the task is lost with its worker
    return list(Delivery.objects.values_list("pk", flat=True))


def test_killed_before_the_hand_over_another_worker_sends_it_once(ana: Person, mail: Kept, hands: HandClock) -> None:
    row = by_mail(ana)
    mail.before = killed
    look_and_be_killed(hands, due_now(hands))
    mail.before = lambda _delivery: None
    look(hands, 2)
    assert mail.given == [], "the lease of the killed one holds"
    hands.on(minutes=5)
    look(hands, 2)
    assert (len(mail.given), ends(row)) == (1, ["sent"])


def test_killed_in_the_hand_over_a_letter_is_not_sent_again(ana: Person, mail: Kept, hands: HandClock) -> None:
    row = by_mail(ana)
    mail.after = killed
    look_and_be_killed(hands, due_now(hands))
    mail.after = lambda _delivery: Sent()
    hands.on(minutes=5)
    look(hands, 2)
    hands.on(minutes=5)
    look(hands, 2)
    assert (len(mail.given), ends(row)) == (1, ["unsure"])


def test_killed_in_the_hand_over_what_is_seen_once_anyway_is_sent_again(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    row = midday(ana)
    push.after = killed
    look_and_be_killed(hands, due_now(hands))
    push.after = lambda _delivery: Sent()
    hands.on(minutes=5)
    look(hands, 2)
    assert ends(row) == ["sent"]
    assert len(push.given) == 2
    assert len(set(push.given)) == 1, "the same name both times: the browser shows it in its own place"


def test_killed_while_it_makes_what_is_due_it_has_made_all_or_nothing(
    ana: Person, push: Kept, hands: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_deliveries: object) -> None:
        raise Killed

    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    with monkeypatch.context() as patched:
        patched.setattr("lowtide.web.reminders.work.making.enqueue", dies)
        with pytest.raises(Killed):
            make_due(hands())
    assert not Reminder.objects.exists()
    look(hands)
    assert ends(row) == ["sent"]


def test_a_task_that_is_lost_is_queued_again(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    due_now(hands)
    hands.on(minutes=4)
    look(hands)
    assert ends(row) == ["sent"]


def test_a_worker_that_was_too_slow_leaves_it_to_the_other(ana: Person, mail: Kept, hands: HandClock) -> None:
    """The first prepares for longer than its lease; the second takes over; then the first comes to its hand-over."""
    row = by_mail(ana)
    second_is_done: list[bool] = []

    def slow(_delivery: Delivery) -> None:
        if not second_is_done:
            second_is_done.append(True)
            hands.on(minutes=3)
            look(hands, 2)
            hands.on(minutes=3)
            look(hands, 2)

    mail.before = slow
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert (len(mail.given), ends(row)) == (1, ["sent"])


def test_who_was_given_up_as_unsure_and_comes_back_tells_how_it_was(ana: Person, mail: Kept, hands: HandClock) -> None:
    row = by_mail(ana)

    def slow(_delivery: Delivery) -> Sent:
        hands.on(minutes=3)
        look(hands)
        assert ends(row) == ["unsure"]
        return Sent()

    mail.after = slow
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert (len(mail.given), ends(row)) == (1, ["sent"])


# What a channel answers


def test_what_was_not_taken_is_tried_again_until_it_is_late(ana: Person, push: Kept, hands: HandClock) -> None:
    row, asked = midday(ana), []

    def refuses(_delivery: Delivery) -> Again:
        asked.append(hands())
        return Again()

    push.before = refuses
    hands.to("2026-03-02T12:30:00")
    for _ in range(100):
        look(hands)
        hands.on(seconds=30)
    assert 3 <= len(asked) <= 8
    assert max(asked) <= moment("2026-03-02T13:00")
    assert ends(row) == ["late"]


def test_who_asks_for_time_gets_it(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    push.before = lambda _delivery: Again(after=timedelta(minutes=7))
    hands.to("2026-03-02T12:30:00")
    look(hands)
    push.before = lambda _delivery: None
    hands.on(minutes=6)
    look(hands)
    assert push.given == []
    hands.on(minutes=2)
    look(hands)
    assert ends(row) == ["sent"]


@pytest.mark.parametrize(("outcome", "end"), [(Failed(), "failed"), (Unsure(), "unsure")])
def test_what_failed_for_good_or_may_have_arrived_is_not_tried_again(
    ana: Person, mail: Kept, hands: HandClock, outcome: Failed | Unsure, end: str
) -> None:
    row = by_mail(ana)
    mail.after = lambda _delivery: outcome
    hands.to("2026-03-02T12:30:00")
    for _ in range(20):
        look(hands)
        hands.on(minutes=1)
    assert (len(mail.given), ends(row)) == (1, [end])


@pytest.mark.parametrize(("where", "end"), [("before", "sent"), ("after", "unsure")])
def test_a_channel_that_breaks_spoils_nothing_for_the_others(
    mail: Kept, hands: HandClock, where: str, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    ana, bela = somebody("ana"), somebody("bela")
    rows = [by_mail(ana), by_mail(bela)]
    broken = Delivery.objects.filter(reminder__routine=rows[0])

    def breaks_once(delivery: Delivery) -> Sent | None:
        if delivery in broken and delivery.attempts == 1:
            raise ValueError(f"{ADDRESS} could not be written to")
        return Sent() if where == "after" else None

    setattr(mail, where, breaks_once)
    hands.to("2026-03-02T12:30:00")
    look(hands)
    assert ends(rows[1]) == ["sent"]
    hands.on(minutes=3)
    look(hands)
    assert ends(rows[0]) == [end]
    written = "".join(WithoutPersonalData(LINE).format(record) for record in caplog.records)
    assert "ValueError" in written
    assert ADDRESS not in written


# Wishes that change


def test_whoever_travels_is_reminded_once_a_day_by_the_clock_where_they_are(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    ana.time_zone = "America/New_York"
    ana.save()
    hands.to("2026-03-02T17:30:04")  # half past twelve in New York, on the same day
    look(hands)
    assert ends(row) == ["sent"], "today's was there already"
    hands.to("2026-03-03T17:30:04")
    look(hands)
    assert ends(row) == ["sent", "sent"]


def test_a_change_at_the_very_moment_loses_nothing(ana: Person, push: Kept, hands: HandClock) -> None:
    midday(ana)
    hands.to("2026-03-02T12:30:02")
    row = midday(ana, by_mail=True)
    look(hands)
    assert len(push.given) == 1
    assert ends(row) == ["sent"]


def test_a_time_that_is_past_when_it_is_wished_for_begins_tomorrow(ana: Person, push: Kept, hands: HandClock) -> None:
    hands.to("2026-03-02T12:40")
    row = midday(ana)
    look(hands)
    assert (push.given, row.next_at) == ([], moment("2026-03-03T12:30"))


def test_what_is_switched_off_is_never_due(ana: Person, push: Kept, hands: HandClock) -> None:
    midday(ana)
    row = midday(ana, is_on=False)
    hands.to("2026-03-05T12:30")
    look(hands)
    assert (ends(row), row.next_at) == ([], None)


def test_a_meeting_is_reminded_of_once_and_again_where_it_was_moved(ana: Person, push: Kept, hands: HandClock) -> None:
    row = keep_routine(ana, "meeting:1", Wished(once_at=moment("2026-03-04T17:00")))
    hands.to("2026-03-04T17:00:03")
    look(hands, 2)
    assert ends(row) == ["sent"]
    keep_routine(ana, "meeting:1", Wished(once_at=moment("2026-03-05T17:00")))
    hands.to("2026-03-06T12:00")
    look(hands)
    assert ends(row) == ["sent", "late"]


# Snooze


def test_a_reminder_that_is_put_off_comes_once_more(ana: Person, push: Kept, hands: HandClock) -> None:
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    put_off = actions.snooze(Reminder.objects.get(), 30)
    assert (put_off.at, put_off.is_quiet) == (moment("2026-03-02T13:00:04"), False)
    look(hands)
    assert len(push.given) == 1
    hands.to("2026-03-02T13:00:05")
    look(hands, 2)
    assert ends(row) == ["sent", "sent"]


def test_put_off_twice_by_two_fingers_it_comes_once_and_the_later_wish_holds(
    ana: Person, push: Kept, hands: HandClock
) -> None:
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    one = Reminder.objects.get()
    actions.snooze(one, 10)
    assert actions.snooze(one, 30).at == moment("2026-03-02T13:00:04")
    hands.to("2026-03-02T13:00:05")
    look(hands)
    assert ends(row) == ["sent", "sent"]


def test_quiet_hours_win_over_a_snooze_and_it_is_said(ana: Person, push: Kept, hands: HandClock) -> None:
    actions.keep_quiet_hours(ana, Quiet(from_minute=13 * 60, to_minute=14 * 60))
    row = midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    assert actions.snooze(Reminder.objects.get(), 60).is_quiet
    hands.to("2026-03-02T13:30:05")
    look(hands)
    assert ends(row) == ["sent", "quiet"]


# Tidiness


def test_what_is_long_past_is_forgotten_and_does_not_come_again(ana: Person, push: Kept, hands: HandClock) -> None:
    midday(ana)
    hands.to("2026-03-02T12:30:04")
    look(hands)
    hands.to("2026-04-02T08:00")
    look(hands)
    assert not Reminder.objects.filter(due_at__lt=moment("2026-03-03T00:00")).exists()
    assert len(push.given) == 1


def test_a_page_can_say_that_nobody_looks_after_reminders(hands: HandClock) -> None:
    assert is_silent(hands())
    look(hands)
    assert not is_silent(hands())
    hands.on(minutes=11)
    assert is_silent(hands())
    assert Heartbeat.objects.count() == 1


def test_a_sign_that_could_not_be_given_is_given_at_the_next_look(
    hands: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_locked(*_words: object, **_more: object) -> None:
        raise OperationalError("database is locked")

    loop = Loop(hands)
    monkeypatch.setattr("lowtide.web.reminders.work.loop.connection.close", lambda: None)  # the test's own goes on
    with monkeypatch.context() as busy:
        busy.setattr(Heartbeat.objects, "update_or_create", is_locked)
        assert loop.look_safely() is False
    assert is_silent(hands())
    loop.look_safely()
    assert not is_silent(hands())


def test_a_look_that_breaks_is_told_without_a_word_of_what_was_in_it_and_the_next_comes(
    ana: Person, push: Kept, hands: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_words: object) -> None:
        raise ValueError(f"could not remind {ADDRESS}")

    row, loop = midday(ana), Loop(hands)
    hands.to("2026-03-02T12:30:04")
    monkeypatch.setattr("lowtide.web.reminders.work.loop.connection.close", lambda: None)  # the test's own goes on
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr("lowtide.web.reminders.work.loop.make_due", breaks)
        assert loop.look_safely() is False
    written = "".join(WithoutPersonalData(LINE).format(record) for record in caplog.records)
    assert "ValueError" in written
    assert ADDRESS not in written
    look(hands)
    assert ends(row) == ["sent"]
