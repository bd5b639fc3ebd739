"""The API: the same things as the pages, for programs; each address tried by four kinds of user, and by a fuzzer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi

from lowtide.model.movement import Position
from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.accounts.waited import key_of
from lowtide.web.practice.models import DiaryEntry, Session
from lowtide.web.practice.records import profile_row, timing_of, wish_row
from lowtide.web.project.environment.mode import Mode, settings_of

JSON = "application/json"
EXAMPLES, LONG_EXAMPLES = 4, 200
"""For each address; the longer search is for `make test-long`."""


def asked(browser: Client, method: str, address: str, told: Any = None, status: int = 200, **headers: str) -> Any:
    """Ask the API, expect a status, and give what it says."""
    body = "" if told is None else json.dumps(told)
    answer = browser.generic(method.upper(), f"/api/{address}", body, content_type=JSON, headers=headers)
    assert answer.status_code == status, answer.content
    return json.loads(answer.content) if answer.content else None


def made(person: Person) -> Session:
    from django.utils import timezone

    now, wish = timezone.now(), Wish(length_ms=600_000, technique="body-scan", position=Position.LYING)
    return Session.objects.create(
        person=person, made_at=now, day=timing_of(person, now).day, profile=profile_row(Profile()),
        wish=wish_row(wish), technique="body-scan", title="Body scan", length_ms=600_000, voice="silent:calm",
    )  # fmt: skip


def test_a_program_goes_the_whole_way_from_a_suggestion_to_the_check_in(for_me: Client) -> None:
    asked(for_me, "patch", "profile", {"worse_with": ["sitting"], "age_years": 47})
    asked(for_me, "put", "pains", {"pains": [{"region": "left-hip", "intensity": 5, "quality": "dull"}]})
    arrival = str(uuid4())
    asked(for_me, "post", "ratings", {"arrival": arrival, "pains": [{"region": "left-hip", "intensity": 6}]})
    suggested = asked(for_me, "get", "suggestions?length_ms=600000&position=lying")["suggested"]
    assert suggested["why"]
    wish = {name: suggested[name] for name in ("length_ms", "position", "technique", "script", "session", "seal")}
    session = asked(for_me, "post", "sessions", wish | {"before": arrival}, 201)
    assert session["uuid"] == suggested["session"]
    assert asked(for_me, "post", "sessions", wish, 201)["uuid"] == session["uuid"]  # two taps make one session
    here = f"sessions/{session['uuid']}"
    assert asked(for_me, "post", f"{here}/position", {"at_ms": 90_000, "heard_ms": 80_000})["heard_ms"] == 80_000
    assert asked(for_me, "post", f"{here}/position", {"at_ms": 10_000, "heard_ms": 9_000})["heard_ms"] == 80_000
    told = {"arrival": str(uuid4()), "pains": [{"region": "left-hip", "intensity": 3}], "pleasantness": 8}
    assert asked(for_me, "post", f"{here}/checkin", told) == {"kept": True}
    assert asked(for_me, "post", f"{here}/checkin", told) == {"kept": False}
    row = Session.objects.get()
    assert {one.moment: one.pains.get().intensity for one in row.ratings.all()} == {"before": 6, "after": 3}
    assert [one["uuid"] for one in asked(for_me, "get", "sessions")] == [session["uuid"]]
    assert asked(for_me, "get", "profile")["worse_with"] == ["sitting"]


def test_an_answer_that_can_not_wait_stops_everything_here_too(for_me: Client) -> None:
    screened = asked(for_me, "post", "answers", {"answers": {"urine-leaks": True}})
    assert not screened["is_cleared"]
    assert screened["disposition"] == "emergency"
    assert "emergency number" in asked(for_me, "get", "suggestions?length_ms=600000", status=422)["message"]
    assert "emergency number" in asked(for_me, "post", "sessions", {"length_ms": 600_000}, 422)["message"]
    assert not Session.objects.exists()


def test_a_diary_entry_is_the_same_one_however_often_it_is_sent(for_me: Client) -> None:
    name = uuid4()
    told = {
        "at": "2025-03-21T14:30:00+01:00",
        "pains": [{"region": "neck", "intensity": 4}],
        "note": "gardening",
    }
    for _ in range(2):
        asked(for_me, "put", f"diary/{name}", told)
    assert DiaryEntry.objects.get().at.isoformat() == "2025-03-21T13:30:00+00:00"
    assert asked(for_me, "get", "diary")[0]["note"] == "gardening"
    asked(for_me, "put", f"diary/{name}", told | {"note": ""})
    assert asked(for_me, "get", f"diary/{name}")["note"] == ""
    asked(for_me, "delete", f"diary/{name}", status=204)
    asked(for_me, "get", f"diary/{name}", status=404)


def test_practice_elsewhere_and_everything_to_take_along_are_there(for_me: Client) -> None:
    asked(for_me, "put", f"outside/{uuid4()}", {"what": "A walk", "minutes": 25})
    assert [one["minutes"] for one in asked(for_me, "get", "outside")] == [25]
    assert "A walk" in json.dumps(asked(for_me, "get", "export"))
    assert asked(for_me, "get", "progress?weeks=all")["parts"]


@pytest.mark.parametrize("address", ["nowhere", "sessions/%0A/position", "sessions/%0A", "%0Anowhere", "a%0D%0Ab"])
def test_an_address_that_leads_nowhere_is_answered_in_the_apis_own_way(for_me: Client, address: str) -> None:
    for method in ("get", "post"):
        assert asked(for_me, method, address, {}, 404)["message"] == "There is nothing here."


SOME = "11111111-2222-4333-8444-555555555555"
WRONG: list[tuple[str, str, Any]] = [
    ("patch", "profile", {"age_years": 47, "shoe_size": 44}),
    ("patch", "profile", {"age_years": "47"}),
    ("patch", "profile", {"worse_with": ["mondays"]}),
    ("put", "pains", {"pains": [{"region": "tail", "intensity": 5}]}),
    ("put", "pains", {"pains": [{"region": "neck", "intensity": 11}]}),
    ("put", "pains", {"pains": [{"region": "neck", "quality": "a\0b"}]}),
    ("post", "answers", {"answers": {"no-such-question": True}}),
    ("post", "sessions", {"length_ms": 1}),
    ("post", "sessions", {"length_ms": 600_000, "technique": "levitation"}),
    ("put", f"diary/{SOME}", {}),
    ("put", f"diary/{SOME}", {"note": "x", "at": "2999-01-01T00:00:00Z"}),
    ("put", f"diary/{SOME}", {"note": "x", "at": "2025-01-01T00:00:00"}),
    ("put", f"outside/{SOME}", {"what": "   ", "minutes": 5}),
]


@pytest.mark.parametrize(("method", "address", "told"), WRONG)
def test_what_is_wrong_is_refused_in_one_clear_line(for_me: Client, method: str, address: str, told: Any) -> None:
    problem = asked(for_me, method, address, told, 422)
    assert set(problem) == {"message", "hint"}
    assert problem["message"]
    assert "\n" not in problem["message"]


def test_a_feeling_that_nobody_can_name_here_is_refused_and_nothing_is_kept(for_me: Client) -> None:
    for_me.get("/today/")
    row = made(Person.objects.get())
    told = {"arrival": str(uuid4()), "feelings": ["more pain", "wobbly"]}
    assert "feelings.1" in asked(for_me, "post", f"sessions/{row.pk}/checkin", told, 422)["message"]
    assert not row.ratings.exists()
    assert not row.unwell_reports.exists()


def test_nothing_is_changed_without_a_token(for_me: Client) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    assert "X-CSRFToken" in asked(strict, "patch", "profile", {"name": "Eve"}, 403)["hint"]
    token = asked(strict, "get", "token")["token"]
    assert asked(strict, "patch", "profile", {"name": "Ana"}, **{"X-CSRFToken": token})["name"] == "Ana"


@pytest.fixture
def cast(accounts: None) -> tuple[Session, dict[str, Client]]:
    """A patient's session, and browsers of the patient, their clinician, a stranger and an administrator."""
    users = {name: User.objects.create_user(f"{name}@example.org") for name in ("patient", "clinician", "stranger")}
    users["administrator"] = User.objects.create_superuser("administrator@example.org")
    row = made(Person.objects.create(owner=users["patient"], name="Zaphira"))
    browsers = {}
    for name, user in users.items():
        browsers[name] = Client(HTTP_HOST="127.0.0.1:8000", raise_request_exception=False)
        browsers[name].force_login(user)
    return row, browsers | {"nobody": Client(HTTP_HOST="127.0.0.1:8000")}


def operations() -> list[tuple[str, str]]:
    """Every method and address, from what the API says of itself."""
    from lowtide.web.practice.api.door import api

    paths = api.get_openapi_schema()["paths"]
    return sorted((method, path.removeprefix("/api/")) for path, known in paths.items() for method in known)


@pytest.mark.parametrize(("method", "route"), [one for one in operations() if one[1].startswith("sessions/{")])
def test_a_session_is_there_for_its_patient_alone(cast: Any, method: str, route: str) -> None:
    row, browsers = cast
    address = route.replace("{pk}", str(row.pk))
    for who in ("clinician", "stranger", "administrator"):
        assert asked(browsers[who], method, address, {}, 404)["message"] == "There is nothing here."
    assert asked(browsers["nobody"], method, address, {}, 401)["message"] == "Nobody is signed in."
    row.refresh_from_db()
    assert (row.heard_ms, row.ended) == (0, "")


@pytest.mark.parametrize(("method", "route"), [one for one in operations() if not one[1].startswith("sessions/{")])
def test_nobody_else_meets_the_patient_anywhere(cast: Any, method: str, route: str) -> None:
    row, browsers = cast
    entry = DiaryEntry.objects.create(person=row.person, at=row.made_at, day=row.day, note="Zaphira's own")
    address = route.replace("{pk}", str(entry.arrival))
    asked(browsers["nobody"], method, address, {}, 401)
    for who in ("clinician", "stranger", "administrator"):
        text = browsers[who].generic(method.upper(), f"/api/{address}", "{}", content_type=JSON).content
        assert b"Zaphira" not in text, who
        assert str(row.pk).encode() not in text, who
    entry.refresh_from_db()
    assert entry.note == "Zaphira's own"


def test_what_one_person_wrote_is_not_taken_as_anothers(for_me: Client) -> None:
    for_me.get("/today/")
    ana = Person.objects.get()
    for_me.post("/people/add/", {"name": "Ben"})
    told = {"note": "Ana's own"}
    asked(for_me, "put", f"diary/{uuid4()}", told, 409, **{"Lowtide-Person": key_of(ana)})
    assert not DiaryEntry.objects.exists()


@pytest.fixture
def fuzzed(committed: str) -> Iterator[Any]:
    """The API as it runs, with a token; what is written is really written."""
    from lowtide.web.project.asgi import application

    with override_settings(**settings_of(Mode.FOR_ME) | {"ALLOWED_HOSTS": ["testserver"]}):
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", application)
        schema.config.generation.update(with_security_parameters=False)  # who is let in has tests of its own
        yield schema


PHASES = (Phase.explicit, Phase.generate)
quick = settings(max_examples=EXAMPLES, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
search = settings(quick, max_examples=LONG_EXAMPLES)
CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
]


def test_whatever_is_sent_is_answered_as_the_api_says_of_itself(fuzzed: Any) -> None:
    for method, route in operations():
        look_for_a_breach(fuzzed, method, route, quick)


@pytest.mark.long
@pytest.mark.parametrize(("method", "route"), operations())
def test_a_long_search_finds_no_breach_either(fuzzed: Any, method: str, route: str) -> None:
    look_for_a_breach(fuzzed, method, route, search)


def look_for_a_breach(schema: Any, method: str, route: str, how: settings) -> None:
    """Send what the API says that it takes, and what it says that it does not; to a session that is there, too."""
    operation = schema[f"/api/{route}"][method.upper()]
    sent = operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    there = str(made(first_person(local_user())).pk) if "sessions/{" in route else ""

    @how
    @given(sent, booleans())
    def answered(case: Any, is_there: bool) -> None:
        if is_there and there and case.path_parameters:
            case.path_parameters["pk"] = there
        token = "a" * 32
        case.headers = {**(case.headers or {}), "X-CSRFToken": token}
        case.cookies = {**(case.cookies or {}), "lowtide-csrf": token}
        case.call_and_validate(checks=CHECKS)

    answered()
