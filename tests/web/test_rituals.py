"""Rituals: a list in the order of a day, and one tap to begin each, as its row and this body allow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lowtide import content
from lowtide.model.audio import LEAST_VOLUME_DB
from lowtide.model.profile import Condition
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import ProfileVersion, Session
from lowtide.web.practice.records import harm_of, order_of, verdict_of


@pytest.fixture
def person(for_me: Client) -> Person:
    return first_person(local_user())


def begun(browser: Client, name: str, **told: str) -> Session:
    answer = browser.post(f"/rituals/{name}/", {"anything_new": "no", **told})
    assert answer.status_code == 302, answer.content
    return Session.objects.get(pk=answer["Location"].split("/")[2])


def test_all_of_them_are_listed_in_the_order_of_a_day(for_me: Client) -> None:
    page = for_me.get("/rituals/").content.decode()
    places = [page.index(one.title) for one in content.rituals()]
    assert places == sorted(places)


@pytest.mark.parametrize("name", [one.name for one in content.rituals()])
def test_one_tap_begins_it_with_its_usual_minutes_and_its_own_script(for_me: Client, name: str) -> None:
    ritual = content.ritual(name)
    assert 'name="anything_new" value="no"' in for_me.get(f"/rituals/{name}/").content.decode()
    session = begun(for_me, name)
    assert (session.title, session.length_ms) == (ritual.title, ritual.usual_minutes * 60_000)
    order = order_of(session)
    assert order.wish.script == ritual.script
    assert order.wish.position in ritual.positions
    assert order.wish.may_end_in_sleep is ritual.may_end_in_sleep
    assert (order.sound.bell_db == LEAST_VOLUME_DB) is not ritual.has_bell


def test_a_position_that_works_goes_before_the_usual_one(for_me: Client, person: Person) -> None:
    ProfileVersion.objects.create(person=person, made_at=timezone.now(), positions=["sitting"])
    assert order_of(begun(for_me, "morning-reset")).wish.position == "sitting"


def test_what_a_body_is_not_cleared_for_is_not_asked_of_it(for_me: Client, person: Person) -> None:
    ProfileVersion.objects.create(
        person=person, made_at=timezone.now(), conditions=[Condition.PREGNANCY.value], positions=["lying", "sitting"]
    )
    for name in ("morning-reset", "evening-wind-down"):
        position = order_of(begun(for_me, name)).wish.position
        clearance = verdict_of(person, timezone.now()).clearance
        assert clearance is not None
        assert position is not None
        assert clearance.allows_position(position)


def test_it_can_be_shorter_or_longer_within_its_bounds(for_me: Client) -> None:
    assert begun(for_me, "midday-check-in", minutes="2").length_ms == 120_000
    assert begun(for_me, "midday-check-in", minutes="90").length_ms == 300_000


def test_two_taps_make_one_session(for_me: Client) -> None:
    name = "0f1a2b3c-0000-4000-8000-000000000001"
    assert begun(for_me, "desk-check", session=name).pk == begun(for_me, "desk-check", session=name).pk
    assert Session.objects.count() == 1


def test_something_new_leads_to_the_safety_questions_and_begins_nothing(for_me: Client) -> None:
    answer = for_me.post("/rituals/desk-check/", {"anything_new": "yes"})
    assert answer["Location"].startswith("/begin/safety/")
    assert not Session.objects.exists()


def test_after_two_times_that_did_not_feel_right_it_is_as_short_as_everything_else(
    for_me: Client, person: Person
) -> None:
    for days in (1, 2):
        at = timezone.now() - timedelta(days=days)
        person.unwell_reports.create(at=at, day=at.date())
    most_ms = harm_of(person, timezone.now()).most_ms
    assert most_ms is not None
    assert begun(for_me, "evening-wind-down").length_ms <= max(most_ms, 10 * 60_000)


def test_there_is_no_ritual_of_another_name(for_me: Client) -> None:
    assert for_me.get("/rituals/midnight-feast/").status_code == 404
