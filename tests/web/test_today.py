"""Today: how it is, which session suits, and one tap that makes it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lowtide.model.movement import MOVING
from lowtide.pipeline import clear
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Answer, Preferences, Ratings, Screening, Session
from lowtide.web.practice.records import answers_of, order_of, profile_of, why_again_of


def told(**more: object) -> dict[str, object]:
    return {"arrival": str(uuid4()), "minutes": "10", "position": "", "anything_new": "no"} | more


def answer_everything_no(browser: Client) -> None:
    for group in range(1, 10):
        browser.post(f"/begin/safety/{group}/", {"rest-no": "1"})
    browser.post("/begin/worse/", {"none": "1"})
    browser.post("/begin/conditions/", {"none": "1"})


def play(browser: Client, **more: object) -> Session:
    address = browser.post("/today/", told(**more)).headers["Location"]
    page = browser.get(address).content.decode()
    offered = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("<h2>", 1)[0]))
    answer = browser.post("/sessions/", offered)
    return Session.objects.get(pk=answer.headers["Location"].split("/")[2])


def test_how_it_is_now_belongs_to_the_session_that_is_made_of_it(for_me: Client) -> None:
    made = play(for_me, **{"pain-lower-back": "6", "tension": "7", "stress": "3", "mood": "4"})
    before = made.ratings.get()
    assert (before.moment, before.tension, before.stress, before.mood) == ("before", 7, 3, 4)
    assert [(pain.region, pain.intensity) for pain in before.pains.all()] == [("lower-back", 6)]
    assert [pain.intensity for pain in order_of(made).profile.pains] == [6]


def test_of_many_places_the_worst_three_are_asked_at_once_and_the_others_can_be_unfolded(for_me: Client) -> None:
    pains = {"lower-back": 7, "neck": 2, "left-hip": 5, "right-knee": 1, "head": 4}
    body = {f"asked-{name}": "1" for name in pains} | {f"pain-{name}": str(number) for name, number in pains.items()}
    for_me.post("/begin/body/", body)
    at_once, _, folded = for_me.get("/today/").content.decode().partition("More places")
    assert set(re.findall(r'name="pain-([\w-]+)"', at_once)) == {"lower-back", "left-hip", "head"}
    assert set(re.findall(r'name="pain-([\w-]+)"', folded)) == {"neck", "right-knee"}
    made = play(for_me, **{f"pain-{name}": str(number) for name, number in pains.items()})
    assert {pain.region: pain.intensity for pain in made.ratings.get().pains.all()} == pains


def test_the_next_day_proposes_what_was_chosen_last(for_me: Client) -> None:
    play(for_me, minutes="20", position="sitting")
    page = for_me.get("/today/").content.decode()
    assert 'name="minutes" value="20" checked' in page
    assert 'name="position" value="sitting" checked' in page


def test_any_length_can_be_had_to_the_second(for_me: Client) -> None:
    assert play(for_me, minutes="10", other="7:30").length_ms == 450_000
    page = for_me.get("/today/").content.decode()
    assert "<span>7:30</span>" in page, "the length of the last time is one tap away"
    assert play(for_me, minutes="last").length_ms == 450_000


@pytest.mark.parametrize("length", ["soon", "-5", "0", "13:00:00", "1:99"])
def test_a_length_that_can_not_be_is_said_beside_the_field_and_the_rest_is_kept(for_me: Client, length: str) -> None:
    page = for_me.post("/today/", told(other=length, stress="8", **{"pain-lower-back": "6"}))
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="other-error">' in text
    assert f'value="{length}"' in text
    assert 'name="stress" value="8" checked' in text
    assert 'name="pain-lower-back" value="6" checked' in text
    assert not Ratings.objects.exists()


def test_a_session_that_can_not_be_that_short_says_what_can_be_had(for_me: Client) -> None:
    page = for_me.post("/sessions/", {"length_ms": "60000", "technique": "body-scan"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "can not be 1:00 long" in text
    assert "Take 3 minutes" in text or "Take 4 minutes" in text
    assert not Session.objects.exists()


def test_two_taps_on_play_make_one_session(for_me: Client) -> None:
    page = for_me.get("/today/choose/?length_ms=600000").content.decode()
    offered = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("<h2>", 1)[0]))
    assert (
        for_me.post("/sessions/", offered).headers["Location"] == for_me.post("/sessions/", offered).headers["Location"]
    )
    assert Session.objects.count() == 1


def test_the_same_page_sent_twice_is_one_rating_with_the_last_numbers(for_me: Client) -> None:
    page = told(stress="8", **{"pain-lower-back": "6"})
    for_me.post("/today/", page)
    for_me.post("/today/", page | {"stress": "2", "pain-lower-back": "5"})
    row = Ratings.objects.get()
    assert row.stress == 2
    assert [pain.intensity for pain in row.pains.all()] == [5]


def test_one_session_is_suggested_with_why_and_two_others_of_other_kinds(for_me: Client) -> None:
    text = for_me.get("/today/choose/?length_ms=600000").content.decode()
    assert "Why this one?" in text
    assert "was chosen" in text.split("Why this one?")[1][:400]
    assert len(re.findall(r'id="other-\d"', text)) == 2


def test_what_is_suggested_can_be_had(for_me: Client) -> None:
    """No offer leads to a session that the clearance forbids."""
    made = play(for_me, **{"pain-lower-back": "9"})
    clearance = clear(order_of(made).profile).clearance
    assert clearance is not None
    assert not clearance.allowed & MOVING


def test_the_library_is_found_by_word_and_by_kind(for_me: Client) -> None:
    page = for_me.get("/today/choose/", {"length_ms": "600000", "q": "muscle"}).content.decode().split('id="all"')[1]
    assert "Progressive muscle relaxation" in page
    assert "Body scan" not in page
    page = (
        for_me.get("/today/choose/", {"length_ms": "600000", "family": "breath"}).content.decode().split('id="all"')[1]
    )
    assert "Belly breathing" in page
    assert "Progressive muscle relaxation" not in page
    page = for_me.get("/today/choose/", {"length_ms": "600000", "q": "zzzz"}).content.decode()
    assert "Nothing in the library is called that" in page


def test_a_position_that_works_goes_before_the_scripts_own(for_me: Client) -> None:
    assert play(for_me).wish["position"] == "lying"
    for_me.post("/begin/positions/", {"chosen": ["sitting"]})
    assert play(for_me).wish["position"] == "sitting"
    assert play(for_me, position="reclined").wish["position"] == "reclined", "what is wished today goes before it"


def test_a_technique_that_needs_a_clinician_is_refused_in_one_line(for_me: Client) -> None:
    page = for_me.post("/sessions/", {"length_ms": "600000", "technique": "no-such-thing"})
    assert page.status_code == 422
    assert "There is no technique" in page.content.decode()


def question(page: str) -> str:
    """What is asked before the numbers, if anything is."""
    found = re.search(r"<legend>(Is any[^<]*)</legend>", page)
    return found[1] if found else ""


def test_who_is_here_for_the_first_time_is_not_asked_about_a_last_time(for_me: Client) -> None:
    assert "in these days" in question(for_me.get("/today/").content.decode())
    assert "last time" not in for_me.get("/begin/now/").content.decode()


def test_from_the_second_session_on_it_is_asked_what_is_new(for_me: Client) -> None:
    play(for_me)
    assert "last time" in question(for_me.get("/today/").content.decode())
    assert "last time" in for_me.get("/begin/now/").content.decode()


def test_who_has_just_answered_every_safety_question_is_not_asked_them_in_one_once_more(for_me: Client) -> None:
    answer_everything_no(for_me)
    assert question(for_me.get("/today/").content.decode()) == ""


def test_who_has_skipped_one_of_them_is_asked(for_me: Client) -> None:
    for group in range(2, 10):
        for_me.post(f"/begin/safety/{group}/", {"rest-no": "1"})
    assert "in these days" in question(for_me.get("/today/").content.decode())


def test_who_has_answered_them_some_days_ago_is_asked(for_me: Client) -> None:
    answer_everything_no(for_me)
    then = timezone.now() - timedelta(days=2)
    Screening.objects.update(begun_at=then)
    Answer.objects.update(at=then)
    assert "in these days" in question(for_me.get("/today/").content.decode())


def test_something_new_brings_the_questions_back_and_no_old_no_holds(for_me: Client) -> None:
    answer_everything_no(for_me)
    person = Person.objects.get()
    assert answers_of(person, timezone.now())
    answer = for_me.post("/today/", told(anything_new="yes", **{"pain-lower-back": "6"}))
    assert answer.headers["Location"] == "/begin/safety/1/"
    assert answers_of(person, timezone.now()) == {}
    assert "Something has changed" in for_me.get("/begin/safety/1/").content.decode() or Screening.objects.count() == 2
    assert Ratings.objects.exists(), "what was said beside it is not lost"


def test_something_new_does_not_make_a_danger_forgotten(for_me: Client) -> None:
    for_me.post("/begin/safety/7/", {"weight-loss": "yes"})
    for_me.post("/begin/now/", {"anything_new": "yes"})
    assert answers_of(Person.objects.get(), timezone.now()) == {"weight-loss": True}


def test_a_yes_that_nobody_has_followed_is_not_forgotten_by_going_elsewhere(for_me: Client) -> None:
    answer_everything_no(for_me)
    for_me.post("/begin/now/", {"anything_new": "yes"})
    assert "Something has changed" in for_me.get("/today/").content.decode(), "it stands there until it is answered"
    assert for_me.post("/today/", told(anything_new="")).headers["Location"] == "/begin/safety/1/"
    assert not Session.objects.exists()
    for_me.post("/begin/safety/1/", {"rest-no": "1"})
    assert "Something has changed" not in for_me.get("/today/").content.decode()
    assert "choose" in for_me.post("/today/", told(anything_new="")).headers["Location"]


def test_a_yes_that_was_a_slip_is_taken_back_by_a_no(for_me: Client) -> None:
    for_me.post("/begin/now/", {"anything_new": "yes"})
    assert "choose" in for_me.post("/today/", told(anything_new="no")).headers["Location"]


def test_only_who_has_lain_down_is_told_to_roll_to_the_side(for_me: Client) -> None:
    lying, sitting = play(for_me, position="lying"), play(for_me, position="sitting")
    assert "roll to your side" in for_me.get(f"/sessions/{lying.pk}/thanks/").content.decode()
    assert "roll to your side" not in for_me.get(f"/sessions/{sitting.pk}/thanks/").content.decode()


def test_after_three_months_the_questions_are_due_and_the_old_answers_hold_no_more(for_me: Client) -> None:
    answer_everything_no(for_me)
    then = timezone.now() - timedelta(days=91)
    Screening.objects.update(begun_at=then)
    Answer.objects.update(at=then)
    assert answers_of(Person.objects.get(), timezone.now()) == {}
    assert "It has been three months" in for_me.get("/today/").content.decode()
    for_me.post("/begin/safety/1/", {"rest-no": "1"})
    assert why_again_of(Person.objects.get(), timezone.now()) is None


def test_pain_of_yesterday_is_not_pain_of_today(for_me: Client) -> None:
    for_me.post("/begin/body/", {"asked-lower-back": "1", "pain-lower-back": "3"})
    person, now = Person.objects.get(), timezone.now()
    assert profile_of(person, now).worst == 3
    tomorrow = profile_of(person, now + timedelta(days=1))
    assert [pain.region for pain in tomorrow.pains] == ["lower-back"]
    assert tomorrow.worst is None


def test_who_practises_often_is_no_beginner(for_me: Client) -> None:
    for_me.get("/today/")
    person, now = Person.objects.get(), timezone.now()
    assert profile_of(person, now).is_beginner
    for_me.post("/begin/likes/", {"experience": "regular"})
    assert not profile_of(person, now).is_beginner


def test_the_safety_line_is_whole_for_a_week_after_the_first_session(for_me: Client) -> None:
    made = play(for_me)
    Session.objects.update(begun_at=made.made_at)
    person = Person.objects.get()
    assert profile_of(person, made.made_at + timedelta(days=6)).first_week
    assert not profile_of(person, made.made_at + timedelta(days=8)).first_week
    assert profile_of(person, made.made_at + timedelta(days=8)).is_beginner


def test_how_sessions_sound_is_as_it_was_set(for_me: Client) -> None:
    sound = {"voice": "", "soundscape": "rain", "voice_db": "0.0", "soundscape_db": "-12.0", "bell_db": "-60.0"}
    assert for_me.post("/me/sound/", sound).status_code == 302
    made = order_of(play(for_me)).sound
    assert (made.soundscape.value, made.soundscape_db, made.bell_db) == ("rain", -12.0, -60.0)
    assert Preferences.objects.get().length_ms == 600_000
