"""Several people on one machine: a simple switch, and each with their own data."""

from __future__ import annotations

from django.test import Client

from lowtide.web.accounts.models import Person, User
from lowtide.web.practice.models import BodyMap, Session


def test_who_is_new_gets_their_own_page_at_once(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "Ana"})
    page = for_me.post("/people/add/", {"name": "Bruno"}, follow=True)
    assert page.redirect_chain[-1][0] == "/begin/"
    assert "<h1>Bruno</h1>" in for_me.get("/me/").content.decode()


def test_each_has_their_own_data(for_me: Client) -> None:
    for_me.post("/begin/body/", {"asked-neck": "1", "pain-neck": "3"})
    for_me.post("/begin/now/", {})
    for_me.post("/people/add/", {"name": "Bruno"})
    assert "Neck" not in for_me.get("/me/").content.decode()
    assert "Nothing here yet" in for_me.get("/history/").content.decode()
    assert for_me.get(f"/sessions/{Session.objects.get().pk}/after/").status_code == 404
    for_me.post("/begin/body/", {"asked-left-knee": "1", "pain-left-knee": "3"})
    ana = Person.objects.order_by("pk")[0]
    assert BodyMap.objects.get(person=ana).pains.get().region == "neck"


def test_one_tap_switches_back(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "Ana"})
    for_me.post("/people/add/", {"name": "Bruno"})
    ana = Person.objects.get(name="Ana")
    assert "That is me" in for_me.get("/people/").content.decode()
    for_me.post(f"/people/{ana.pk}/")
    assert "<h1>Ana</h1>" in for_me.get("/me/").content.decode()


def test_where_there_are_several_every_page_says_who_is_here(for_me: Client) -> None:
    assert "Here now:" not in for_me.get("/today/").content.decode()
    for_me.post("/people/add/", {"name": "Bruno"})
    assert "Here now: </span>Bruno" in for_me.get("/today/").content.decode()


def test_a_link_alone_switches_nobody(for_me: Client) -> None:
    for_me.post("/people/add/", {"name": "Bruno"})
    first = Person.objects.order_by("pk")[0]
    assert for_me.get(f"/people/{first.pk}/").status_code == 405


def test_another_browser_begins_with_the_first_person(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "Ana"})
    for_me.post("/people/add/", {"name": "Bruno"})
    other = Client(HTTP_HOST="127.0.0.1:8000")
    assert "<h1>Ana</h1>" in other.get("/me/").content.decode()


def test_a_person_who_was_deleted_is_not_sat_with_any_more(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "Ana"})
    for_me.post("/people/add/", {"name": "Bruno"})
    Person.objects.get(name="Bruno").delete()
    assert "<h1>Ana</h1>" in for_me.get("/me/").content.decode()


def test_a_name_is_needed_and_asked_for_in_one_line(for_me: Client) -> None:
    page = for_me.post("/people/add/", {"name": "  "})
    assert page.status_code == 422
    assert "Write a name." in page.content.decode()


def test_only_the_people_of_this_machine_can_be_switched_to(for_me: Client) -> None:
    stranger = Person.objects.create(owner=User.objects.create_user("else@example.org"), name="Else")
    assert for_me.post(f"/people/{stranger.pk}/").status_code == 404
    assert "Else" not in for_me.get("/people/").content.decode()
