"""How it goes: what is said is what the report says, and what is not known yet is said to be so."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from lowtide.content import techniques
from lowtide.deliver.report import sections
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import Comparison, Session
from lowtide.web.practice.progress.told import told_of
from lowtide.web.practice.records import belief_of, checkins_of
from web.conftest import browser, person_with_account
from weeks_lived import practised, some_weeks, walked, wrote


@pytest.fixture
def me(for_me: Client) -> Person:
    for_me.get("/progress/")
    return Person.objects.get()


def text(client: Client, address: str = "/progress/") -> str:
    """What is read on a page, without its tags."""
    page = client.get(address)
    assert page.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1])).split())


def test_whoever_is_new_is_told_what_will_be_here(for_me: Client) -> None:
    page = text(for_me, "/progress/?weeks=all")
    assert "nothing to tell yet" in page
    assert '<svg class="chart"' not in for_me.get("/progress/").content.decode()
    assert for_me.get("/progress/report.pdf").headers["Location"] == "/progress/"


def test_every_sentence_with_a_number_is_the_reports_own(for_me: Client, me: Person) -> None:
    some_weeks(me)
    told = told_of(me, "8", timezone.now())
    assert told is not None
    page = for_me.get("/progress/").content.decode().split("<main")[1]
    said = [unescape(one) for one in re.findall(r"<p>([^<]*)</p>", page, re.DOTALL) if re.search(r"\d", one)]
    own = {sentence for part in sections(told.report, told.names, told.outcomes) for sentence in part.sentences}
    assert len(said) >= 4
    assert set(said) <= own


def test_nothing_is_claimed_of_a_technique_before_there_is_enough(for_me: Client, me: Person) -> None:
    some_weeks(me, weeks=2)
    assert "not enough data yet" in text(for_me)
    assert "helps you more" not in text(for_me)


def test_the_chart_knows_the_smallest_change_that_matters(for_me: Client, me: Person) -> None:
    some_weeks(me)
    page = for_me.get("/progress/").content.decode()
    assert "chart-matters" in page
    assert "A change matters from 2 points or 30% on" in text(for_me)


def test_each_chart_can_be_read_as_a_table(for_me: Client, me: Person) -> None:
    some_weeks(me)
    page = for_me.get("/progress/").content.decode()
    assert page.count('class="chart"') == page.count("<table>") >= 2


def test_practice_elsewhere_counts_in_the_dose(for_me: Client, me: Person) -> None:
    walked(me, timezone.now(), 45)
    assert "45 minutes in all" in text(for_me)


def test_a_single_minute_is_told_as_one_by_the_sentence_and_by_the_chart(for_me: Client, me: Person) -> None:
    walked(me, timezone.now(), 1)
    assert text(for_me).count("1 minute in all") == 2


def test_a_period_leaves_out_what_was_before_it(for_me: Client, me: Person) -> None:
    now = timezone.now()
    wrote(me, now - timedelta(days=100), 9)
    practised(me, now - timedelta(days=3))
    practised(me, now - timedelta(days=50))
    assert "1 session on 1 day" in text(for_me, "/progress/?weeks=4")
    assert "2 sessions on 2 days" in text(for_me, "/progress/?weeks=8")
    assert "rated on 3 days" in text(for_me, "/progress/?weeks=all")
    assert for_me.get("/progress/?weeks=<script>").status_code == 200


def test_the_doctors_pages_are_two_and_hold_no_name(for_me: Client, me: Person) -> None:
    me.name = "Zaphira"
    me.save()
    some_weeks(me)
    answer = for_me.get("/progress/report.pdf?weeks=12")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    words = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert "Back pain and practice" in words
    assert "Zaphira" not in words


def test_the_page_speaks_to_its_person_and_the_doctors_pages_speak_of_them(for_me: Client, me: Person) -> None:
    some_weeks(me)
    page = text(for_me, "/progress/?weeks=12")
    assert "You chose most of these sessions yourself" in page
    assert not re.search(r"\b(?:this|the) person\b", page)
    pages = PdfReader(io.BytesIO(for_me.get("/progress/report.pdf?weeks=12").content)).pages
    assert "chosen by the person" in " ".join(" ".join(one.extract_text() for one in pages).split())


def test_a_belief_follows_every_correction(for_me: Client, me: Person) -> None:
    session = practised(me, timezone.now(), 6, 4)
    before = belief_of(me)
    assert belief_of(me) is before, "nothing has changed: nothing is worked out again"
    session.ratings.get(moment="after").pains.update(intensity=6)
    assert belief_of(me).counted[str(session.pk)].after.pain == 6.0
    session.delete()
    assert not belief_of(me).counted


def begin(client: Client, *names: str, weeks: int = 2) -> int:
    told = {"techniques": names, "weeks": weeks, "minutes": 10, "measure": "pain"}
    return client.post("/comparison/", told).status_code


def offered(client: Client) -> str:
    """The technique that today suggests, taken with one tap; the name of the session that it makes."""
    told = client.post("/today/", {"arrival": str(uuid4()), "minutes": "10", "pain-lower-back": "5"})
    page = client.get(told.headers["Location"]).content.decode()
    form = page[page.index("card offer") :]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    fields.pop("csrfmiddlewaretoken", None)
    return client.post("/sessions/", fields).headers["Location"].split("/")[2]


def test_the_learner_draws_and_its_odds_are_kept_with_the_session(for_me: Client) -> None:
    session = Session.objects.get(pk=offered(for_me))
    assert session.chosen_by == "learner"
    assert sum(session.odds.values()) == pytest.approx(1)
    assert session.odds[session.technique] > 0
    assert len(session.odds) > 1
    assert any("was chosen" in sentence for sentence in session.why)
    Session.objects.update(begun_at=timezone.now())
    (checkin,) = checkins_of(Person.objects.get())
    assert checkin.chance == session.odds[session.technique]


def test_whoever_just_begins_leaves_it_open_as_well(for_me: Client) -> None:
    for_me.post("/begin/now/", {"anything_new": "no", "minutes": "10"})
    session = Session.objects.get()
    assert session.chosen_by == "learner"
    assert session.odds[session.technique] > 0


def test_what_the_person_names_is_never_the_learners(for_me: Client) -> None:
    for_me.get("/today/")
    made = for_me.post("/sessions/", {"length_ms": "600000", "technique": "body-scan"}).headers["Location"]
    session = Session.objects.get(pk=made.split("/")[2])
    assert (session.chosen_by, session.odds) == ("person", {})


def test_a_seal_that_was_changed_or_is_of_another_offer_is_the_persons_own_choice(for_me: Client) -> None:
    told = for_me.post("/today/", {"arrival": str(uuid4()), "minutes": "10"})
    page = for_me.get(told.headers["Location"]).content.decode()
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal
    for one in (seal[1], seal[1][:-2] + "xx", "x", ""):
        sent = {"length_ms": "600000", "technique": "body-scan", "session": str(uuid4()), "seal": one}
        made = for_me.post("/sessions/", sent).headers["Location"].split("/")[2]
        assert Session.objects.get(pk=made).chosen_by == "person"


def test_nobody_draws_again_until_it_pleases(for_me: Client) -> None:
    told = for_me.post("/today/", {"arrival": str(uuid4()), "minutes": "10"}).headers["Location"]
    titles = {re.search(r'<h2 id="suggested">(.*?)</h2>', for_me.get(told).content.decode())[1] for _ in range(3)}  # type: ignore[index]
    assert len(titles) == 1


def test_in_a_fair_comparison_the_lot_decides_and_only_the_first_session_of_a_day(for_me: Client) -> None:
    for_me.get("/today/")
    assert begin(for_me, "body-scan", "pmr") == 302
    design = Comparison.objects.get()
    session = Session.objects.get(pk=offered(for_me))
    assert session.technique == design.schedule[0]
    assert (session.chosen_by, session.length_ms) == ("protocol", 600_000)
    assert any("today's lot" in sentence for sentence in session.why)
    Session.objects.update(begun_at=timezone.now())
    assert Session.objects.get(pk=offered(for_me)).chosen_by == "learner"


def test_while_it_runs_nothing_is_compared_and_afterwards_it_is_told(for_me: Client, me: Person) -> None:
    begin(for_me, "body-scan", "pmr")
    design = Comparison.objects.get()
    Comparison.objects.update(first_day=design.first_day - timedelta(days=13))
    for day, technique in enumerate(design.schedule[:13]):
        at = timezone.now() - timedelta(days=13 - day)
        practised(me, at, 6, 2 if technique == "pmr" else 5, technique, chosen_by="protocol")
    running = text(for_me, "/comparison/")
    assert "Day 14 of 14" in running
    assert "Nothing is compared before it is over" in running
    assert "points" not in running
    Comparison.objects.update(first_day=design.first_day - timedelta(days=14))
    sessions = Session.objects.order_by("made_at")
    for session in sessions:
        Session.objects.filter(pk=session.pk).update(
            made_at=session.made_at - timedelta(days=1), begun_at=session.made_at - timedelta(days=1),
            day=session.day - timedelta(days=1),
        )  # fmt: skip
    over = text(for_me, "/comparison/")
    names = {one.name: one.title for one in techniques()}
    assert f"{names['pmr']} eased your pain by 3.0 points more than {names['body-scan']}" in over
    assert "Draw the lots" in over
    assert "3.0 points more" in text(for_me)


def test_a_comparison_is_of_two_or_three_and_one_at_a_time(for_me: Client) -> None:
    for_me.get("/today/")
    assert begin(for_me, "body-scan") == 422
    assert begin(for_me, "body-scan", "pmr", "imagery", "kindness") == 422
    assert begin(for_me, "body-scan", "nonsense") == 422
    assert begin(for_me, "body-scan", "pmr", weeks=52) == 422
    assert begin(for_me, "body-scan", "pmr") == 302
    assert begin(for_me, "body-scan", "imagery") == 422
    assert Comparison.objects.count() == 1


def test_after_todays_session_the_first_lot_is_tomorrows(for_me: Client, me: Person) -> None:
    session = practised(me, timezone.now())
    begin(for_me, "body-scan", "pmr")
    assert Comparison.objects.get().first_day == session.day + timedelta(days=1)


def test_a_practice_that_twice_does_harm_ends_the_comparison(for_me: Client, me: Person) -> None:
    begin(for_me, "body-scan", "pmr")
    design = Comparison.objects.get()
    Comparison.objects.update(first_day=design.first_day - timedelta(days=6))
    for day, technique in enumerate(design.schedule[:6]):
        practised(me, timezone.now() - timedelta(days=6 - day), 4, 8 if technique == "pmr" else 4, technique)
    page = text(for_me, "/comparison/")
    assert "one of the practices has twice left you worse" in page
    assert "Draw the lots" in page


def test_a_comparison_that_is_ended_is_told_as_a_hint_and_draws_no_more(for_me: Client) -> None:
    for_me.get("/today/")
    begin(for_me, "body-scan", "pmr")
    assert for_me.get("/comparison/stop/").status_code == 405
    for_me.post("/comparison/stop/")
    page = text(for_me, "/comparison/")
    assert "Too few days were rated" in page
    assert "Draw the lots" in page
    assert Session.objects.get(pk=offered(for_me)).chosen_by == "learner"


@pytest.mark.parametrize("who", ["clinician", "stranger", "administrator"])
def test_how_it_goes_is_told_to_its_person_alone(accounts: None, who: str) -> None:
    patient = person_with_account("patient@example.org")
    some_weeks(patient, weeks=1)
    begin(browser(patient.owner), "body-scan", "pmr")
    is_admin = who == "administrator"
    user = (
        User.objects.create_superuser("a@example.org") if is_admin else person_with_account(f"{who}@example.org").owner
    )
    first_person(user)
    other = browser(user)
    assert "Nothing was practised" in text(other)
    assert other.get("/progress/report.pdf").status_code == 302
    assert "Day 1 of" not in text(other, "/comparison/")
    other.post("/comparison/stop/")
    assert Comparison.objects.get().stopped_at is None
    assert "Pain was rated" in text(browser(patient.owner))
