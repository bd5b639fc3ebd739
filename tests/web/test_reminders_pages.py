"""The pages of reminders: what is wished is kept, what came of it is said, and each sees their own alone."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from lowtide.model.routine import Fate, Style
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import DiaryEntry
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.models import (
    Delivery,
    Heartbeat,
    MailAddress,
    Pause,
    PauseWhy,
    PushSubscription,
    QuietHours,
    Reminder,
    Routine,
)
from push_service import BrowserKeys
from web.conftest import PASSWORD, SAME_SITE, browser, person_with_account

MIDDAY = "ritual:midday-check-in"
PAGE = f"/reminders/about/{MIDDAY}/"
WISHED = {"is_on": "on", "time": ["12:30", "", "17:05"], "day": ["0", "4"], "by_push": "on", "style": "words"}
OTHERS = ("clinician", "stranger", "administrator")


@pytest.fixture
def me(for_me: Client) -> Person:
    return first_person(local_user())


def given(person: Person, **of_reminder: object) -> Reminder:
    row = keep_routine(person, MIDDAY, Wished(times=(750,)))
    now = timezone.now()
    fields = {"routine": row, "day": now.date(), "minute": 750, "due_at": now - timedelta(minutes=1)}
    return Reminder.objects.create(**fields, **{"standing": "given", **of_reminder})


def told(place: str, keys: BrowserKeys | None = None) -> dict[str, str]:
    one = keys or BrowserKeys()
    return {"endpoint": f"https://push.example.org/{place}", "p256dh": one.p256dh, "auth": one.auth}


def test_everything_that_can_be_wished_is_offered_in_the_order_of_a_day(for_me: Client) -> None:
    page = for_me.get("/reminders/").content.decode()
    wanted = [
        "Morning Reset",
        "Midday Check-In",
        "Desk Check",
        "Evening Wind-Down",
        "A session",
        "A line for the diary",
    ]
    places = [page.index(title) for title in wanted]
    assert places == sorted(places)
    assert "When It Flares" not in page, "it waits for a need, and no clock knows that"


def test_its_usual_time_is_proposed_and_nothing_is_on_before_it_is_kept(for_me: Client) -> None:
    assert 'value="12:30"' in for_me.get(PAGE).content.decode()
    assert not Routine.objects.exists()


def test_what_is_wished_is_kept_and_shown_again(for_me: Client, me: Person) -> None:
    assert for_me.post(PAGE, WISHED).status_code == 302
    row = Routine.objects.get()
    assert (row.about, row.times, row.weekdays) == (MIDDAY, [750, 1025], 0b10001)
    assert (row.by_push, row.by_mail, row.style, row.is_on) == (True, False, Style.WORDS, True)
    assert row.next_at is not None
    assert "12:30 and 17:05, Monday and Friday" in for_me.get("/reminders/").content.decode()
    page = for_me.get(PAGE).content.decode()
    assert re.findall(r'name="time" value="([^"]*)"', page) == ["12:30", "17:05", ""]
    assert re.findall(r'name="day" value="(\d)"[^>]* checked', page) == ["0", "4"]


def test_it_is_said_to_come_on_the_screen_once_a_browser_shows_it_and_nowhere_before(for_me: Client) -> None:
    kept = for_me.post(PAGE, WISHED, follow=True).content.decode()
    assert "Monday and Friday, nowhere yet" in kept
    assert "It reaches you nowhere yet. Switch reminders on in a browser" in kept
    assert "nowhere yet" in for_me.get(PAGE).content.decode()
    for_me.post("/reminders/push/", told("a"))
    assert "Monday and Friday, on the screen" in for_me.get("/reminders/").content.decode()
    assert "nowhere yet" not in for_me.get("/reminders/").content.decode() + for_me.get(PAGE).content.decode()


def test_in_a_calendar_it_comes_as_well(for_me: Client) -> None:
    for_me.post(PAGE, WISHED)
    for_me.post("/reminders/calendar/", {"address": "new"})
    assert "Monday and Friday, in your calendar" in for_me.get("/reminders/").content.decode()


@pytest.mark.parametrize("has_mail_server", [False, True])
def test_no_way_is_advised_that_this_machine_has_not(for_me: Client, me: Person, *, has_mail_server: bool) -> None:
    backend = "smtp" if has_mail_server else "filebased"
    with override_settings(EMAIL_BACKEND=f"django.core.mail.backends.{backend}.EmailBackend"):
        for_me.post(PAGE, WISHED)
        said = for_me.get("/reminders/").content.decode()
        said += for_me.post("/reminders/test/", follow=True).content.decode()
        assert ("give an address for letters" in said) is has_mail_server
        assert "E-mail and your calendar" not in said, "there is no address yet"
        assert "use e-mail" not in said
        MailAddress.objects.create(person=me, address="me@example.org")
        said = for_me.get("/reminders/").content.decode()
        assert ("E-mail and your calendar work without" in said) is has_mail_server


def test_it_can_be_switched_off_and_keeps_its_times(for_me: Client) -> None:
    for_me.post(PAGE, WISHED)
    for_me.post(PAGE, {name: value for name, value in WISHED.items() if name != "is_on"})
    row = Routine.objects.get()
    assert (row.is_on, row.times, row.next_at) == (False, [750, 1025], None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"time": ["half past twelve"]}, "Write a time such as 7:30."),
        ({"time": [""]}, "Choose at least one time, or switch it off."),
        ({"day": []}, "Choose at least one day, or switch it off."),
        ({"time": [f"{hour:02}:00" for hour in range(13)]}, "Up to 12 times in a day."),
    ],
)
def test_what_can_not_be_is_said_in_one_line_and_nothing_is_lost(
    for_me: Client, change: dict[str, list[str]], said: str
) -> None:
    answer = for_me.post(PAGE, {**WISHED, **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 1
    assert 'name="by_push" checked' in page
    assert not Routine.objects.exists()


def test_quiet_hours_and_the_days_end_are_kept_and_taken_back(for_me: Client, me: Person) -> None:
    for_me.post(
        "/reminders/hours/", {"is_quiet": "on", "quiet_from": "22:00", "quiet_to": "06:30", "day_ends": "03:00"}
    )
    me.refresh_from_db()
    hours = QuietHours.objects.get()
    assert (hours.from_minute, hours.to_minute, me.day_starts_minute) == (1320, 390, 180)
    assert "22:00 to 06:30" in for_me.get("/reminders/").content.decode()
    assert (
        for_me.post("/reminders/hours/", {"is_quiet": "on", "quiet_from": "22:00", "day_ends": "03:00"}).status_code
        == 422
    )
    for_me.post("/reminders/hours/", {"day_ends": "04:00"})
    assert not QuietHours.objects.exists()


def test_a_break_is_taken_and_ended(for_me: Client, me: Person) -> None:
    for_me.post(PAGE, WISHED)
    for_me.post("/reminders/break/", {"break": "begin"})
    assert Routine.objects.get().next_at is None
    assert "You are having a break." in for_me.get("/reminders/").content.decode()
    for_me.post("/reminders/break/", {"break": "end"})
    assert Routine.objects.get().next_at is not None


def test_a_browser_is_entered_once_and_taken_out_again(for_me: Client, me: Person) -> None:
    assert for_me.post("/reminders/push/", told("a")).status_code == 204
    assert for_me.post("/reminders/push/", told("b")).status_code == 204
    assert [one.endpoint for one in PushSubscription.objects.all()] == ["https://push.example.org/b"]
    assert for_me.get("/reminders/push/").json()["here"] is True
    assert for_me.post("/reminders/push/end/", {"where": "here"}).status_code == 204
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://10.0.0.1/p"}, {"endpoint": "http://push.example.org/p"}, {"endpoint": ""},
        {"p256dh": "AAAA"}, {"p256dh": "B" + "A" * 86}, {"auth": "AAAA"}, {"auth": "é"},
    ],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(for_me: Client, wrong: dict[str, str]) -> None:
    answer = for_me.post("/reminders/push/", told("a") | wrong)
    assert answer.status_code == 422
    assert answer.json()["failure"]
    assert not PushSubscription.objects.exists()


def test_a_browser_reminds_whoever_sits_there_and_nobody_else(for_me: Client, me: Person) -> None:
    for_me.post("/reminders/push/", told("a"))
    for_me.post("/people/add/", {"name": "Ben"})
    assert not PushSubscription.objects.exists(), "it is Ben's browser now"
    for_me.post("/reminders/push/", told("a"))
    assert PushSubscription.objects.get().person.name == "Ben"
    for_me.post(f"/people/{me.pk}/")
    assert not PushSubscription.objects.exists()


def test_one_can_be_sent_to_try_and_goes_the_whole_way(for_me: Client, me: Person) -> None:
    assert "nowhere to send it" in for_me.post("/reminders/test/", follow=True).content.decode()
    for_me.post("/reminders/push/", told("a"))
    for _ in range(2):
        assert "on its way" in for_me.post("/reminders/test/", follow=True).content.decode()
    waiting = Reminder.objects.filter(standing="", due_at__lte=timezone.now())
    assert waiting.count() == 2
    assert "This is how a reminder looks" in for_me.get(f"/reminders/{waiting[0].pk}/").content.decode()


def test_in_quiet_hours_nothing_is_sent_to_try_either(for_me: Client, me: Person) -> None:
    for_me.post("/reminders/push/", told("a"))
    QuietHours.objects.create(person=me, from_minute=0, to_minute=1439)
    assert "quiet hours" in for_me.post("/reminders/test/", follow=True).content.decode() or _is_last_minute()
    assert not Reminder.objects.exists() or _is_last_minute()


def _is_last_minute() -> bool:
    now = timezone.localtime()
    return (now.hour, now.minute) == (23, 59)


def test_a_reminder_leads_to_its_ritual_with_one_tap_to_play_it(for_me: Client, me: Person) -> None:
    page = for_me.get(f"/reminders/{given(me).pk}/").content.decode()
    assert "<h1>Midday Check-In</h1>" in page
    assert 'action="/rituals/midday-check-in/"' in page
    assert 'name="anything_new" value="no"' in page


def test_it_can_be_put_off_and_the_page_says_when_it_comes_again(for_me: Client, me: Person) -> None:
    row = given(me)
    for minutes in ("10", "30", "60"):
        answer = for_me.post(f"/reminders/{row.pk}/snooze/", {"minutes": minutes}, follow=True)
        later = Reminder.objects.get(snooze=1)
        at = timezone.localtime(later.due_at, timezone.get_default_timezone())
        assert f"It comes again at {at:%H:%M}." in answer.content.decode()
    assert Reminder.objects.count() == 2
    assert for_me.post(f"/reminders/{row.pk}/snooze/", {"minutes": "7"}).status_code == 422


def test_put_off_into_quiet_hours_it_says_that_it_does_not_come(for_me: Client, me: Person) -> None:
    row, now = given(me), timezone.now()
    minute = now.hour * 60 + now.minute
    QuietHours.objects.create(person=me, from_minute=(minute + 5) % 1440, to_minute=(minute + 300) % 1440)
    answer = for_me.post(f"/reminders/{row.pk}/snooze/", {"minutes": "30"}, follow=True)
    assert "does not come again" in answer.content.decode()


def test_what_was_sent_and_what_was_left_out_is_said_with_why(for_me: Client, me: Person) -> None:
    row, now = given(me), timezone.now()
    Delivery.objects.create(reminder=row, channel="push", destination="a", not_before=now, state="sent", ended_at=now)
    Delivery.objects.create(
        reminder=row, channel="mail", destination="owner", not_before=now, state="unsure", ended_at=now
    )
    for number, why in enumerate((Fate.LATE, Fate.QUIET, Fate.DONE, Fate.EARLIER, Fate.PAUSED, Fate.NOWHERE), start=1):
        Reminder.objects.create(
            routine=row.routine, day=row.day, minute=750, snooze=number, due_at=row.due_at, standing=why
        )
    page = for_me.get("/reminders/").content.decode()
    said = ("Sent to a browser", "may have arrived", "too late", "quiet hours", "done it already")
    for words in (*said, "a later one came", "had a break", "nowhere to send it to"):
        assert words in page, words


def test_times_are_those_of_the_persons_own_clock(for_me: Client, me: Person) -> None:
    Person.objects.update(time_zone="Asia/Tokyo")
    row = given(me)
    Reminder.objects.filter(pk=row.pk).update(standing="late", due_at=timezone.now() - timedelta(minutes=40))
    row.refresh_from_db()
    there = row.due_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{there:%a %H:%M}" in for_me.get("/reminders/").content.decode()
    DiaryEntry.objects.create(person=me, at=row.due_at, day=there.date(), stress=3)
    assert f"{there:%H:%M}<" in for_me.get("/diary/").content.decode()
    assert f"{there:%H:%M}<" in for_me.get(f"/history/{there:%Y-%m-%d}/").content.decode()


def test_the_page_says_when_nobody_has_looked_after_reminders(for_me: Client) -> None:
    assert "Nobody has looked after reminders" in for_me.get("/reminders/").content.decode() or "not running" in (
        for_me.get("/reminders/").content.decode()
    )
    Heartbeat.objects.create(worker="one", at=timezone.now())
    page = for_me.get("/reminders/").content.decode()
    assert "Nobody has looked after reminders" not in page
    assert "not running" not in page


def test_on_ones_own_machine_an_address_can_be_given_where_letters_leave(for_me: Client, me: Person) -> None:
    for_me.post("/reminders/mail/", {"address": "me@example.org"})
    assert MailAddress.objects.get().address == "me@example.org"
    assert "To me@example.org." in for_me.get("/reminders/").content.decode()
    assert for_me.post("/reminders/mail/", {"address": "me"}).status_code == 422
    for_me.post("/reminders/mail/", {"address": ""})
    assert not MailAddress.objects.exists()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend"):
        for_me.post("/reminders/mail/", {"address": "me@example.org"})
    assert not MailAddress.objects.exists()


def signed_in(person: Person) -> Client:
    client = Client(headers=SAME_SITE, HTTP_HOST="127.0.0.1:8000")
    answer = client.post("/accounts/login/", {"login": person.owner.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def test_signing_out_ends_what_this_browser_was_subscribed_to_and_the_last_one_pauses_all(accounts: None) -> None:
    ana = person_with_account("ana@example.org")
    keep_routine(ana, MIDDAY, Wished(times=(750,)))
    phone, desk = signed_in(ana), signed_in(ana)
    phone.post("/reminders/push/", told("phone"))
    desk.post("/reminders/push/", told("desk"))
    assert "Elsewhere they go on" in phone.get("/accounts/logout/").content.decode()
    phone.post("/accounts/logout/")
    assert [one.endpoint for one in PushSubscription.objects.all()] == ["https://push.example.org/desk"]
    assert not Pause.objects.exists()
    assert "all reminders pause" in desk.get("/accounts/logout/").content.decode()
    page = desk.post("/accounts/logout/", follow=True).content.decode()
    assert "You get no reminders until you sign in again." in page
    assert not PushSubscription.objects.exists()
    assert Pause.objects.get().why == PauseWhy.SIGNED_OUT
    assert Routine.objects.get().next_at is None
    signed_in(ana)
    assert not Pause.objects.exists()
    assert Routine.objects.get().next_at is not None


def test_a_changed_password_ends_reminders_in_every_other_browser(accounts: None) -> None:
    ana = person_with_account("ana@example.org")
    phone, desk = signed_in(ana), signed_in(ana)
    phone.post("/reminders/push/", told("phone"))
    desk.post("/reminders/push/", told("desk"))
    new = "a long walk by the other sea"
    answer = desk.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302, answer.content
    assert [one.endpoint for one in PushSubscription.objects.all()] == ["https://push.example.org/desk"]
    assert desk.get("/reminders/push/").json()["here"] is True
    assert "all reminders pause" not in desk.get("/accounts/logout/").content.decode(), "nothing was ever wished"


@pytest.fixture
def cast(accounts: None) -> dict[str, Person]:
    people = {name: person_with_account(f"{name}@example.org") for name in ("patient", "clinician", "stranger")}
    boss = User.objects.create_superuser("administrator@example.org")
    return people | {"administrator": Person.objects.create(owner=boss)}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_sees_changes_or_puts_off_what_is_another_persons(cast: dict[str, Person], who: str) -> None:
    patient, other = cast["patient"], browser(cast[who].owner)
    row = given(patient)
    PushSubscription.objects.create(
        person=patient, browser="x", public_key="k", auth="a", endpoint="https://p.example/1"
    )
    assert other.get(f"/reminders/{row.pk}/").status_code == 404
    assert other.post(f"/reminders/{row.pk}/snooze/", {"minutes": "10"}).status_code == 404
    assert "12:30" not in other.get("/reminders/").content.decode()
    other.post(PAGE, WISHED)
    other.post("/reminders/push/end/", {"where": "everywhere"})
    other.post("/reminders/break/")
    other.post("/reminders/hours/", {"is_quiet": "on", "quiet_from": "1:00", "quiet_to": "2:00", "day_ends": "5:00"})
    mine = Routine.objects.get(person=patient)
    assert (mine.times, mine.next_at is not None) == ([750], True)
    assert PushSubscription.objects.count() == 1
    assert not QuietHours.objects.filter(person=patient).exists()


def test_the_patient_sees_their_own_and_nobody_is_let_in_without_a_sign_in(cast: dict[str, Person]) -> None:
    row = given(cast["patient"])
    assert browser(cast["patient"].owner).get(f"/reminders/{row.pk}/").status_code == 200
    for path in ("/reminders/", PAGE, f"/reminders/{row.pk}/", "/reminders/hours/"):
        assert browser().get(path)["Location"].startswith("/accounts/login/?next=")
    assert browser(cast["administrator"].owner).get("/admin/reminders/").status_code == 404


def test_reminders_of_things_that_are_not_there_are_not_there(for_me: Client, me: Person) -> None:
    for about in ("ritual:flare", "ritual:nothing", "test", "meeting:1", "nonsense"):
        assert for_me.get(f"/reminders/about/{about}/").status_code == 404
        assert for_me.post(f"/reminders/about/{about}/", WISHED).status_code == 404
