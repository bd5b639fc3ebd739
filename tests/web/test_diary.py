"""The pain diary and practice elsewhere: several times a day, place by place, put right and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lowtide.model.profile import Pain
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import DiaryEntry, DiaryPain, OutsidePractice
from lowtide.web.practice.records import body_pains, keep_body_map, lived_by, ratings_of
from web.conftest import browser, person_with_account
from weeks_lived import walked, wrote


def write(client: Client, address: str = "/diary/", **told: Any) -> int:
    return client.post(address, {"arrival": str(uuid4())} | told).status_code


def me() -> Person:
    return Person.objects.get()


def test_the_places_that_are_known_are_asked_about_with_thumbs_only(for_me: Client) -> None:
    for_me.get("/diary/")
    keep_body_map(me(), [Pain(region="left-hip"), Pain(region="neck")], timezone.now())
    page = for_me.get("/diary/").content.decode()
    for region in ("left-hip", "neck"):
        assert f'type="radio" name="pain-{region}" value="7"' in page
        assert f'type="checkbox" name="word-{region}" value="burning"' in page


def test_one_entry_holds_several_places_each_with_how_it_feels(for_me: Client) -> None:
    told: dict[str, Any] = {
        "pain-lower-back": "6",
        "word-lower-back": ["dull", "tight"],
        "pain-left-hip": "3",
        "mood": "4",
    }
    assert write(for_me, **told, note="After the shopping.") == 302
    entry = DiaryEntry.objects.get()
    assert (entry.mood, entry.note) == (4, "After the shopping.")
    assert sorted(entry.pains.values_list("region", "intensity", "quality")) == [
        ("left-hip", 3, ""), ("lower-back", 6, "dull, tight"),
    ]  # fmt: skip


def test_several_entries_a_day_are_all_kept_and_shown(for_me: Client) -> None:
    for pain in ("3", "5", "4"):
        write(for_me, **{"pain-lower-back": pain})
    page = for_me.get("/diary/").content.decode()
    assert DiaryEntry.objects.count() == 3
    for pain in ("3", "5", "4"):
        assert f"Lower back {pain}" in page


def test_a_page_that_is_sent_twice_is_one_entry(for_me: Client) -> None:
    same = str(uuid4())
    for pain in ("3", "7"):
        write(for_me, arrival=same, **{"pain-lower-back": pain})
    assert DiaryPain.objects.get().intensity == 7


def test_an_entry_can_be_put_right_and_taken_back(for_me: Client) -> None:
    write(for_me, **{"pain-lower-back": "9"}, note="Slip")
    entry = DiaryEntry.objects.get()
    page = for_me.get(f"/diary/{entry.arrival}/").content.decode()
    assert 'name="pain-lower-back" value="9" checked' in page
    assert "Slip" in page
    assert write(for_me, f"/diary/{entry.arrival}/", **{"pain-lower-back": "2"}) == 302
    entry.refresh_from_db()
    assert (entry.pains.get().intensity, entry.note) == (2, "")
    assert for_me.post(f"/diary/{entry.arrival}/forget/").status_code == 302
    assert not DiaryEntry.objects.exists()
    assert not DiaryPain.objects.exists()


def test_putting_an_entry_right_leaves_its_time_alone(for_me: Client) -> None:
    for_me.get("/diary/")
    entry = wrote(me(), timezone.now() - timedelta(hours=3, seconds=12))
    page = for_me.get(f"/diary/{entry.arrival}/")
    initial = page.context["form"].initial
    write(for_me, f"/diary/{entry.arrival}/", date=initial["date"], time=initial["time"], mood="5")
    assert DiaryEntry.objects.get().at == entry.at


def test_what_was_earlier_can_be_told_and_what_is_to_come_can_not(for_me: Client) -> None:
    assert write(for_me, mood="5", date="2024-02-29", time="07:15") == 302
    entry = DiaryEntry.objects.get()
    assert entry.day.isoformat() == "2024-02-29"
    ahead = (timezone.now() + timedelta(days=2)).date().isoformat()
    page = for_me.post("/diary/", {"arrival": str(uuid4()), "mood": "5", "date": ahead})
    assert page.status_code == 422
    assert "That is still to come" in page.content.decode()
    for day in ("0001-01-01", "9999-12-31", "2026-02-30", "yesterday"):
        assert write(for_me, mood="5", date=day) == 422


def test_half_past_midnight_belongs_to_the_day_before(for_me: Client) -> None:
    assert write(for_me, mood="5", date="2026-03-02", time="00:30") == 302
    assert DiaryEntry.objects.get().day.isoformat() == "2026-03-01"


def test_an_empty_page_is_not_kept_and_says_what_is_enough(for_me: Client) -> None:
    page = for_me.post("/diary/", {"arrival": str(uuid4())})
    assert page.status_code == 422
    assert "a number is enough" in page.content.decode()
    assert not DiaryEntry.objects.exists()


def test_without_javascript_a_ticked_place_is_asked_about_before_it_is_kept(for_me: Client) -> None:
    page = for_me.post("/diary/", {"arrival": str(uuid4()), "mood": "5", "here-neck": "on"})
    assert page.status_code == 200
    assert 'name="asked-neck"' in page.content.decode()
    assert not DiaryEntry.objects.exists()


def test_nothing_that_was_tapped_is_lost_with_a_mistake(for_me: Client) -> None:
    told = {"arrival": str(uuid4()), "pain-lower-back": "6", "word-lower-back": "burning", "note": "ä" * 4001}
    page = for_me.post("/diary/", told)
    text = page.content.decode()
    assert page.status_code == 422
    assert 'name="pain-lower-back" value="6" checked' in text
    assert 'value="burning" checked' in text
    assert "ä" * 4001 in text


def test_the_report_hears_of_the_diary(for_me: Client) -> None:
    write(for_me, **{"pain-lower-back": "6", "pain-neck": "8"})
    (rating,) = ratings_of(me())
    assert rating.pain == 8.0


def test_a_bad_hour_in_the_diary_is_known_when_the_next_session_is_sought(for_me: Client) -> None:
    for_me.get("/diary/")
    person = me()
    keep_body_map(person, [Pain(region="lower-back", intensity=3)], timezone.now())
    write(for_me, **{"pain-lower-back": "9"})
    day = DiaryEntry.objects.get().day
    assert body_pains(person, day)[0].intensity == 9


def test_practice_elsewhere_counts(for_me: Client) -> None:
    assert write(for_me, "/outside/", what="A walk", minutes="30") == 302
    assert write(for_me, "/outside/", what="A walk", own="  Tai   chi ", minutes="30", other_minutes="75") == 302
    assert list(OutsidePractice.objects.values_list("what", "minutes")) == [("A walk", 30), ("Tai chi", 75)]
    assert [one.technique for one in lived_by(me())] == ["A walk", "Tai chi"]
    page = for_me.get("/outside/").content.decode()
    assert "Tai chi" in page
    assert "75 min" in page


@pytest.mark.parametrize("told", [
    {"what": "A walk"}, {"minutes": "30"}, {"what": "A walk", "other_minutes": "0"}, {"own": "x" * 101, "minutes": "5"},
    {"what": "A walk", "other_minutes": "1441"}, {"what": "A walk", "other_minutes": "long"},
    {"own": "\x07", "minutes": "5"},
])  # fmt: skip
def test_what_can_not_have_been_practised_is_refused_in_one_line(for_me: Client, told: dict[str, str]) -> None:
    page = for_me.post("/outside/", {"arrival": str(uuid4())} | told)
    assert page.status_code == 422
    assert page.content.decode().count('class="error"') == 1
    assert not OutsidePractice.objects.exists()


def test_practice_elsewhere_can_be_put_right_and_taken_back(for_me: Client) -> None:
    for_me.get("/outside/")
    row = walked(me(), timezone.now(), 33, "Judo")
    page = for_me.get(f"/outside/{row.arrival}/").content.decode()
    assert 'value="Judo"' in page
    assert 'value="33"' in page
    assert write(for_me, f"/outside/{row.arrival}/", what="Yoga", minutes="45") == 302
    assert OutsidePractice.objects.values_list("what", "minutes").get() == ("Yoga", 45)
    for_me.post(f"/outside/{row.arrival}/forget/")
    assert not OutsidePractice.objects.exists()


@pytest.mark.parametrize("who", ["clinician", "stranger", "administrator"])
def test_a_diary_is_there_for_its_person_alone(accounts: None, who: str) -> None:
    patient = person_with_account("patient@example.org")
    entry, walk = wrote(patient, timezone.now(), note="Zaphira"), walked(patient, timezone.now(), what="Zaphira")
    is_admin = who == "administrator"
    user = (
        User.objects.create_superuser("a@example.org") if is_admin else person_with_account(f"{who}@example.org").owner
    )
    first_person(user)
    other = browser(user)
    for address in (f"/diary/{entry.arrival}/", f"/outside/{walk.arrival}/"):
        assert other.get(address).status_code == 404
        assert write(other, address, mood="1", what="x", minutes="5") == 404
        assert other.post(f"{address}forget/").status_code == 404
    for address in ("/diary/", "/outside/"):
        assert "Zaphira" not in other.get(address).content.decode()
    own = browser(patient.owner)
    assert "Zaphira" in own.get("/diary/").content.decode()
    assert own.get(f"/outside/{walk.arrival}/").status_code == 200


def test_the_same_page_of_two_people_is_two_entries(accounts: None) -> None:
    same = str(uuid4())
    for name in ("one", "other"):
        write(browser(person_with_account(f"{name}@example.org").owner), arrival=same, mood="5")
    assert DiaryEntry.objects.count() == 2
