"""What must hold of the rows of reminders holds in the database, whoever writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, models, transaction

from lowtide.web.accounts.models import Person, User
from lowtide.web.reminders.models import (
    CalendarAddress,
    Delivery,
    Pause,
    PushKeys,
    PushSubscription,
    QuietHours,
    Reminder,
    Routine,
)

DAY, AT = date(2026, 3, 2), datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.fixture
def person(db: str) -> Person:
    return Person.objects.create(owner=User.objects.create_user("ana@example.org"))


def routine(person: Person, **more: Any) -> Routine:
    return Routine.objects.create(**({"person": person, "about": f"meeting:{uuid4()}", "times": [750]} | more))


def reminder(person: Person, **more: Any) -> Reminder:
    fields = {"day": DAY, "minute": 750, "due_at": AT}
    return Reminder.objects.create(**(fields | {"routine": more.pop("routine", None) or routine(person)} | more))


def delivery(person: Person, **more: Any) -> Delivery:
    fields = {"channel": "push", "destination": "here", "not_before": AT}
    return Delivery.objects.create(**(fields | {"reminder": more.pop("reminder", None) or reminder(person)} | more))


def subscription(person: Person, **more: Any) -> PushSubscription:
    fields = {"endpoint": f"https://push.example/{uuid4()}", "public_key": "k", "auth": "a", "browser": "b"}
    return PushSubscription.objects.create(**({"person": person} | fields | more))


def hours(person: Person, begin: int, end: int) -> QuietHours:
    return QuietHours.objects.create(person=person, from_minute=begin, to_minute=end)


IMPOSSIBLE: dict[str, Callable[[Person], Any]] = {
    "two routines for one thing": lambda p: [routine(p, about="diary") for _ in range(2)],
    "a routine about nothing": lambda p: routine(p, about=""),
    "a week of eight days": lambda p: routine(p, weekdays=128),
    "a routine that is off and due": lambda p: routine(p, is_on=False, next_at=AT),
    "a routine that shouts": lambda p: routine(p, style="loud"),
    "quiet hours that never begin": lambda p: hours(p, 1440, 400),
    "quiet hours that never end": lambda p: hours(p, 400, 1440),
    "quiet hours of no time": lambda p: hours(p, 400, 400),
    "a pause for no reason": lambda p: Pause.objects.create(person=p, why=""),
    "the same pause twice": lambda p: [Pause.objects.create(person=p, why="course") for _ in range(2)],
    "one occurrence twice": lambda p: [reminder(p, routine=r) for r in [routine(p)] * 2],
    "one snooze twice": lambda p: [reminder(p, routine=r, snooze=1) for r in [routine(p)] * 2],
    "a reminder at no time of day": lambda p: reminder(p, minute=1440),
    "a reminder that stands nowhere": lambda p: reminder(p, standing="lost"),
    "two deliveries of a reminder to one place": lambda p: [delivery(p, reminder=r) for r in [reminder(p)] * 2],
    "a delivery in an unknown state": lambda p: delivery(p, state="flying"),
    "a delivery that is held by nobody": lambda p: delivery(p, state="claimed", lease_until=AT),
    "a delivery that is held for ever": lambda p: delivery(p, state="handing", token=uuid4()),
    "a delivery that ended at no time": lambda p: delivery(p, state="sent"),
    "a delivery that ended and waits": lambda p: delivery(p, ended_at=AT),
    "a delivery by no way": lambda p: delivery(p, channel=""),
    "a delivery to no place": lambda p: delivery(p, destination=""),
    "one browser that reminds two": lambda p: [subscription(p, endpoint="https://push.example/x") for _ in range(2)],
    "a subscription without its address": lambda p: subscription(p, endpoint=""),
    "a subscription without its key": lambda p: subscription(p, public_key=""),
    "a subscription without its secret": lambda p: subscription(p, auth=""),
    "a subscription of no browser": lambda p: subscription(p, browser=""),
    "a calendar's address that is no secret": lambda p: CalendarAddress.objects.create(person=p, secret=""),
    "a second pair of push keys": lambda _p: PushKeys.objects.create(id=2, private_key="k"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_can_not_be_is_refused_by_the_database(person: Person, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[name](person)


def test_one_calendars_secret_is_never_two_peoples(person: Person) -> None:
    other = Person.objects.create(owner=User.objects.create_user("bela@example.org"))
    CalendarAddress.objects.create(person=person, secret="s")  # noqa: S106 (a test's)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarAddress.objects.create(person=other, secret="s")  # noqa: S106 (a test's)


def test_each_rule_of_the_rows_is_tried_here(person: Person) -> None:
    tried = "".join(_refusal(person, make) for make in IMPOSSIBLE.values())
    ruled = [Routine, QuietHours, Pause, Reminder, Delivery, PushSubscription, CalendarAddress, PushKeys]
    rules = [rule for model in ruled for rule in model._meta.constraints]
    named = {rule.name for rule in rules if isinstance(rule, models.CheckConstraint)}  # SQLite names no others
    assert {name for name in named if name not in tried} == set()


def _refusal(person: Person, make: Callable[[Person], Any]) -> str:
    try:
        with transaction.atomic():
            make(person)
    except IntegrityError as error:
        return str(error)
    return ""


def test_whoever_is_deleted_leaves_nothing_of_their_reminders(person: Person) -> None:
    delivery(person)
    subscription(person)
    hours(person, 0, 400)
    Pause.objects.create(person=person, why="own")
    CalendarAddress.objects.create(person=person)
    person.delete()
    for model in (Routine, Reminder, Delivery, PushSubscription, QuietHours, Pause, CalendarAddress):
        assert model._default_manager.count() == 0, model


def test_the_migrations_make_what_the_models_say(db: str) -> None:
    call_command("makemigrations", "reminders", check=True, dry_run=True, verbosity=0)


def test_an_administrator_sees_nothing_of_reminders_not_even_the_queue(db: str) -> None:
    shown = {model._meta.app_label for model in admin.site._registry}
    assert shown & {"reminders", "django_tasks_database"} == set()
