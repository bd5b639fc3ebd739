"""The first steps: what is told is kept, what is not told stays unknown, and help comes before everything."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from lowtide.model.profile import Condition, Profile
from lowtide.screen import QUESTIONS
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Answer, BodyMap, ProfileVersion
from lowtide.web.practice.records import answers_of, profile_of, verdict_of

NOTHING = {"rest-no": "1"}


def me() -> Person:
    return Person.objects.get()


def known() -> Profile:
    return profile_of(me(), timezone.now())


def answer_everything_no(browser: Client) -> None:
    for group in range(1, 10):
        browser.post(f"/begin/safety/{group}/", NOTHING)


def test_an_emergency_answer_stops_everything_and_says_what_to_do_in_big_type(for_me: Client) -> None:
    page = for_me.post("/begin/safety/1/", {"saddle-numb": "yes"}, follow=True)
    text = page.content.decode()
    assert page.redirect_chain[-1][0] == "/begin/first/"
    assert '<p class="big">Call your emergency number now' in text
    assert 'href="tel:112"' in text
    assert 'href="/today/"' not in text


@pytest.mark.parametrize("address", ["/today/", "/begin/now/", "/today/choose/?length_ms=600000"])
def test_after_an_emergency_answer_no_session_can_be_had(for_me: Client, address: str) -> None:
    for_me.post("/begin/safety/1/", {"saddle-numb": "yes"})
    send = for_me.get if "choose" in address else for_me.post
    assert (
        send(address, {"length_ms": 600_000} if "choose" in address else {"arrival": str(uuid())}).headers["Location"]
        == "/begin/first/"
    )
    answer = for_me.post("/sessions/", {"length_ms": "600000", "technique": "body-scan"})
    assert answer.headers["Location"] == "/begin/first/"


def test_after_an_emergency_answer_not_even_a_session_of_before_is_played(for_me: Client) -> None:
    made = for_me.post("/begin/now/", {"anything_new": "no"}).headers["Location"]
    assert for_me.get(made).status_code == 200
    for_me.post("/begin/safety/1/", {"saddle-numb": "yes"})
    assert for_me.get(made).headers["Location"] == "/begin/first/"


def uuid() -> object:
    from uuid import uuid4

    return uuid4()


def test_whoever_comes_back_after_an_emergency_answer_is_told_again(for_me: Client) -> None:
    for_me.post("/begin/safety/1/", {"saddle-numb": "yes"})
    assert "Call your emergency number now" in for_me.get("/", follow=True).content.decode()


def test_thoughts_of_self_harm_lead_to_crisis_help_and_grounding(for_me: Client) -> None:
    text = for_me.post("/begin/safety/3/", {"self-harm": "yes"}, follow=True).content.decode()
    assert "let someone be with you now" in text
    assert "five things that you see" in text
    assert 'href="tel:988"' in text


def test_a_sign_for_a_doctor_is_told_after_the_last_question_and_sessions_wait(for_me: Client) -> None:
    assert for_me.post("/begin/safety/7/", {"weight-loss": "yes"}).headers["Location"] == "/begin/safety/8/"
    text = for_me.post("/begin/safety/9/", NOTHING, follow=True).content.decode()
    assert "see a doctor in the next few days" in text
    assert "Sessions wait until then" in text


def test_an_answer_that_was_a_slip_can_be_mended(for_me: Client) -> None:
    for_me.post("/begin/safety/1/", {"saddle-numb": "yes"})
    for_me.post("/begin/safety/1/", {"saddle-numb": "no"})
    assert verdict_of(me(), timezone.now()).clearance is not None
    assert [row.answer for row in Answer.objects.order_by("pk")] == [True, False], "both are kept, each with its time"


def test_what_was_answered_stands_there_when_it_is_asked_again(for_me: Client) -> None:
    for_me.post("/begin/safety/5/", {"fever": "no"})
    assert 'name="fever" value="no" checked' in for_me.get("/begin/safety/5/").content.decode()


def test_not_sure_is_unknown_again(for_me: Client) -> None:
    for_me.post("/begin/safety/5/", {"fever": "no"})
    for_me.post("/begin/safety/5/", {"fever": "unsure"})
    assert "fever" not in answers_of(me(), timezone.now())


def test_no_to_all_the_others_leaves_a_yes_as_it_was_said(for_me: Client) -> None:
    for_me.post("/begin/safety/9/", {"morning-stiffness": "yes", "rest-no": "1"})
    found = answers_of(me(), timezone.now())
    assert (found["morning-stiffness"], found["better-moving"]) == (True, False)


def test_a_wrong_age_is_said_beside_the_field_and_nothing_is_lost(for_me: Client) -> None:
    page = for_me.post("/begin/safety/8/", {"age": "a lot", "new-pain": "yes"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="age-error">Write your age in years, such as 47.' in text
    assert 'value="a lot"' in text
    assert 'name="new-pain" value="yes" checked' in text


@pytest.mark.parametrize("age", ["0", "121", "-5", "1e3"])
def test_an_impossible_age_is_refused(for_me: Client, age: str) -> None:
    assert for_me.post("/begin/safety/8/", {"age": age}).status_code == 422


def test_an_age_answers_the_questions_about_age(for_me: Client) -> None:
    answer_everything_no(for_me)
    for_me.post("/begin/safety/8/", {"age": "47", "new-pain": "no"})
    assert known().age_years == 47


def test_where_it_hurts_is_told_without_javascript_in_two_steps(for_me: Client) -> None:
    asked = for_me.post("/begin/body/", {"here-lower-back": "on"})
    assert 'name="pain-lower-back"' in asked.content.decode(), "the details are asked where they were not on the page"
    told = {"here-lower-back": "on", "asked-lower-back": "1", "pain-lower-back": "6", "word-lower-back": ["dull"]}
    assert for_me.post("/begin/body/", told).status_code == 302
    (pain,) = known().pains
    assert (pain.region, pain.intensity, pain.quality) == ("lower-back", 6, "dull")


def test_a_new_map_takes_the_place_of_the_old_one_and_both_are_kept(for_me: Client) -> None:
    for_me.post("/begin/body/", {"asked-neck": "1", "pain-neck": "3"})
    for_me.post("/begin/body/", {"asked-left-hip": "1", "pain-left-hip": "5"})
    assert [pain.region for pain in known().pains] == ["left-hip"]
    assert BodyMap.objects.count() == 2


def test_nothing_makes_it_worse_is_an_answer_and_silence_is_none(for_me: Client) -> None:
    for_me.post("/begin/worse/", {})
    assert known().worse_with is None
    for_me.post("/begin/worse/", {"none": "1"})
    assert known().worse_with == frozenset()


def test_each_change_is_a_new_version_and_no_change_is_none(for_me: Client) -> None:
    for_me.post("/begin/conditions/", {"chosen": ["disc"]})
    for_me.post("/begin/conditions/", {"chosen": ["disc"]})
    for_me.post("/begin/worse/", {"chosen": ["bending"]})
    first, second = ProfileVersion.objects.all()
    assert (first.conditions, first.worse_with) == (["disc"], None)
    assert (second.conditions, second.worse_with) == (["disc"], ["bending"])
    assert known().conditions == frozenset({Condition.DISC})


def test_a_version_can_not_be_written_over(for_me: Client) -> None:
    for_me.post("/begin/worse/", {"none": "1"})
    with pytest.raises(AssertionError):
        ProfileVersion.objects.get().save()


def test_a_condition_that_does_not_exist_is_refused_in_one_line(for_me: Client) -> None:
    page = for_me.post("/begin/conditions/", {"chosen": ["dragon"]})
    assert page.status_code == 422
    assert '<p class="error">This can not be chosen.</p>' in page.content.decode()


def test_whoever_changes_one_thing_goes_back_to_where_they_came_from(for_me: Client) -> None:
    assert 'name="from" value="me"' in for_me.get("/begin/worse/?from=me").content.decode()
    assert for_me.post("/begin/worse/", {"chosen": ["sitting"], "from": "me"}).headers["Location"] == "/me/"


def test_what_was_told_stands_on_ones_own_page(for_me: Client) -> None:
    for_me.post("/begin/worse/", {"chosen": ["bending", "sitting"]})
    for_me.post("/begin/likes/", {"chosen": ["breath"], "experience": "some", "name": "Ana"})
    text = for_me.get("/me/").content.decode()
    assert "Bending forward, Sitting" in text
    assert "The breath" in text
    assert "<h1>Ana</h1>" in text
    assert f"0 of {len(QUESTIONS)} answered" in text or "due" in text


def test_the_guide_uses_the_name(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "Ana"})
    assert known().name == "Ana"


def test_everything_told_leads_to_a_clearance_that_lets_move(for_me: Client) -> None:
    answer_everything_no(for_me)
    for_me.post("/begin/body/", {"asked-lower-back": "1", "pain-lower-back": "3"})
    for_me.post("/begin/worse/", {"none": "1"})
    for_me.post("/begin/conditions/", {"none": "1"})
    clearance = verdict_of(me(), timezone.now()).clearance
    assert clearance is not None
    assert clearance.allows("lumbar-flexion")
    assert "You can begin" in for_me.get("/begin/ready/").content.decode()


def test_the_page_of_help_is_not_shown_to_who_does_not_need_it(for_me: Client) -> None:
    assert for_me.get("/begin/first/").headers["Location"] == "/today/"
