"""A day is what the person calls one."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lowtide.web.accounts.days import day_at, day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.zones import offered

LISBON, AUCKLAND, LOS_ANGELES = (
    ZoneInfo(name) for name in ("Europe/Lisbon", "Pacific/Auckland", "America/Los_Angeles")
)


@pytest.mark.parametrize(
    ("clock", "starts_minute", "day"),
    [
        ("2026-03-02T00:30", 240, date(2026, 3, 1)),
        ("2026-03-02T03:59", 240, date(2026, 3, 1)),
        ("2026-03-02T04:00", 240, date(2026, 3, 2)),
        ("2026-03-02T23:59", 240, date(2026, 3, 2)),
        ("2026-03-02T00:00", 0, date(2026, 3, 2)),
        ("2026-03-02T11:59", 720, date(2026, 3, 1)),
    ],
)
@pytest.mark.parametrize("zone", [LISBON, AUCKLAND, LOS_ANGELES])
def test_half_past_midnight_is_still_today(zone: ZoneInfo, clock: str, starts_minute: int, day: date) -> None:
    at = datetime.fromisoformat(clock).replace(tzinfo=zone).astimezone(UTC)
    assert day_at(at, zone, starts_minute) == day


def test_each_moment_belongs_to_one_day_and_days_follow_each_other_when_clocks_change() -> None:
    at = datetime(2026, 3, 28, 0, tzinfo=UTC)  # the night from the 28th to the 29th has 23 hours in Lisbon
    days = [day_at(at + timedelta(minutes=10 * n), LISBON, 240) for n in range(6 * 24 * 3)]
    assert days == sorted(days)
    assert len(set(days)) == 4


def test_the_same_moment_is_another_day_on_the_other_side_of_the_earth(db: str) -> None:
    at = datetime(2026, 3, 1, 20, tzinfo=UTC)
    ana, tane = Person(time_zone="Europe/Lisbon"), Person(time_zone="Pacific/Auckland")
    assert (day_of(ana, at), day_of(tane, at)) == (date(2026, 3, 1), date(2026, 3, 2))


def test_a_time_zone_that_this_machine_does_not_know_is_the_machines_own(db: str) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert day_of(Person(time_zone="Atlantis/Harbour"), at) == day_of(Person(), at)


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", "2026-03-02"), ("America/Los_Angeles", "2026-03-01")])
def test_who_has_told_no_time_zone_lives_by_the_clock_of_this_machine(folder: Path, zone: str, day: str) -> None:
    asked = """if True:
        import django
        django.setup()
        from datetime import UTC, datetime
        from lowtide.web.accounts.days import day_of
        from lowtide.web.accounts.models import Person
        print(day_of(Person(), datetime(2026, 3, 1, 20, tzinfo=UTC)))
    """
    app = {"LOWTIDE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "lowtide.web.project.settings"}
    said = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | app | {"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == day


def test_when_a_day_begins_and_where_is_for_the_person_to_say(for_me: Client) -> None:
    sent = {"name": "Ana", "day_starts": "05:30", "time_zone": "Europe/Lisbon"}
    assert for_me.post("/me/person/", sent).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.day_starts_minute, person.time_zone) == ("Ana", 330, "Europe/Lisbon")
    assert 'value="05:30"' in for_me.get("/me/person/").content.decode()


def test_a_browser_fills_in_the_time_zone_that_nobody_has_said(for_me: Client) -> None:
    assert "data-zone" in for_me.get("/today/").content.decode()
    assert for_me.post("/me/zone/", {"time_zone": "Pacific/Auckland"}).status_code == 204
    assert Person.objects.get().time_zone == "Pacific/Auckland"
    assert "data-zone" not in for_me.get("/today/").content.decode(), "it is asked no more"


def test_a_browser_never_changes_the_time_zone_that_somebody_has_said(for_me: Client) -> None:
    for_me.post("/me/person/", {"name": "", "day_starts": "04:00", "time_zone": "Europe/Lisbon"})
    for_me.post("/me/zone/", {"time_zone": "Pacific/Auckland"})
    assert Person.objects.get().time_zone == "Europe/Lisbon"


@pytest.mark.parametrize("zone", ["", "Atlantis/Harbour", "../../etc/passwd", "x" * 5000])
def test_a_time_zone_that_there_is_not_is_not_taken_from_a_browser(for_me: Client, zone: str) -> None:
    for_me.get("/today/")
    assert for_me.post("/me/zone/", {"time_zone": zone}).status_code == 422
    assert Person.objects.get().time_zone == ""


def test_the_time_zone_can_be_chosen_from_a_list_by_the_part_of_the_world(for_me: Client) -> None:
    for_me.post("/me/zone/", {"time_zone": "America/Argentina/Buenos_Aires"})
    text = for_me.get("/me/person/").content.decode()
    assert '<option value="America/Argentina/Buenos_Aires" selected>Argentina, Buenos Aires</option>' in text
    assert '<optgroup label="Pacific">' in text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("day_starts", "dawn", "Write a time such as 4:00."),
        ("time_zone", "Atlantis/Harbour", "There is no such time zone here."),
        ("name", "x" * 61, "A name can have up to 60 letters."),
    ],
)
def test_a_wrong_setting_is_said_beside_its_field_and_stays_to_be_mended(
    for_me: Client, field: str, value: str, words: str
) -> None:
    page = for_me.post("/me/person/", {"name": "Ana", "day_starts": "04:00", "time_zone": ""} | {field: value})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert value in page.content.decode()
    assert Person.objects.get().name == ""


def test_a_session_after_midnight_belongs_to_the_evening_before(for_me: Client) -> None:
    from lowtide.web.practice.records import timing_of

    for_me.get("/today/")
    person = Person.objects.get()
    person.time_zone = "Europe/Lisbon"
    night = datetime(2026, 7, 2, 0, 30, tzinfo=LISBON)
    assert timing_of(person, night) == (date(2026, 7, 1), 60)


NOW = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Europe/Kiev": "Europe/Kyiv",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Coral_Harbour": "America/Atikokan",
    "Africa/Asmera": "Africa/Asmara",
}
"""Names that browsers still tell, and what each place is called now (tz database, `backward`)."""


@pytest.mark.parametrize(("old", "now"), NOW.items())
def test_a_place_is_offered_by_its_name_of_today_and_an_old_name_stays_valid(
    for_me: Client, old: str, now: str
) -> None:
    for_me.get("/me/person/")
    assert for_me.post("/me/zone/", {"time_zone": old}).status_code == 204
    assert Person.objects.get().time_zone == old
    page = for_me.get("/me/person/").content.decode()
    assert f'value="{old}"' not in page
    assert f'<option value="{now}" selected>' in page
    assert page.count(" selected>") == 1
    assert for_me.post("/me/person/", {"name": "", "day_starts": "4:00", "time_zone": old}).status_code == 302


def test_whoever_lives_where_a_zone_is_shared_still_finds_their_own_town() -> None:
    assert {"Europe/Stockholm", "Europe/Oslo", "Africa/Bamako", "Arctic/Longyearbyen"} <= offered()


def test_a_zone_without_a_place_stays_chosen_and_is_offered_to_nobody_else(for_me: Client) -> None:
    for_me.get("/me/person/")
    assert 'value="UTC"' not in for_me.get("/me/person/").content.decode()
    Person.objects.update(time_zone="UTC")
    assert '<option value="UTC" selected>' in for_me.get("/me/person/").content.decode()
