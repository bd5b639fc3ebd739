"""Reminders as letters, through a real mail server: plain, once, and stopped with one tap."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client, override_settings

from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import first_person
from lowtide.web.project.environment.mail import mail as settings_of_mail
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.channels import Again, Failed, Lost, Outcome, Sent, Unsure
from lowtide.web.reminders.channels.mail import Mail
from lowtide.web.reminders.models import Delivery, MailAddress, Reminder
from remembering import somebody

DUE = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
BASE = "https://low.example"


class Letters:
    """A mail server's desk: keeps every letter, or answers as it is told."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.rcpt = self.data = ""
        self.drops = False

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 (the library's name)
        envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (the library's name)
        if self.drops:
            server.transport.abort()
            return "250 OK"
        if not self.data:
            self.kept.append(envelope.content)
        return self.data or "250 OK"

    def letter(self) -> EmailMessage:
        (one,) = self.kept
        found = BytesParser(policy=modern).parsebytes(one)
        assert isinstance(found, EmailMessage)
        return found


@pytest.fixture
def letters(db: str) -> Iterator[Letters]:
    desk = Letters()
    port = _free_port()
    server = Controller(desk, hostname="127.0.0.1", port=port)
    server.start()
    try:
        told = settings_of_mail(f"smtp://127.0.0.1:{port}", None) | {"EMAIL_USE_TLS": False, "PUBLIC_ADDRESS": BASE}  # type: ignore[arg-type]  # no folder is needed with a server
        with override_settings(**told):
            yield desk
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def delivery(person: Person) -> Delivery:
    row = keep_routine(person, "ritual:midday-check-in", Wished(times=(750,), by_mail=True))
    reminder = Reminder.objects.create(routine=row, day=DUE.date(), minute=750, due_at=DUE, standing="given")
    return Delivery.objects.create(reminder=reminder, channel="mail", destination="owner", not_before=DUE)


def sent(row: Delivery) -> Outcome:
    with clock.told_by(lambda: DUE + timedelta(seconds=4)):
        return Mail().send(row, lambda: None)


def test_a_letter_is_short_warm_and_leads_to_the_ritual(letters: Letters) -> None:
    row = delivery(somebody(name="ana"))
    Person.objects.update(name="Zaphira")
    row.reminder.routine.person.refresh_from_db()
    assert sent(row) == Sent()
    letter = letters.letter()
    text = letter.get_content()
    assert (letter["To"], letter["Subject"]) == ("ana@example.org", "Midday Check-In")
    assert letter.get_content_type() == "text/plain"
    assert text.startswith("Hello Zaphira,")
    assert f"{BASE}/reminders/{row.reminder.uuid}/" in text
    assert len(text.splitlines()) < 20
    assert max(map(len, text.replace("=\n", "").splitlines())) < 200


def test_the_same_delivery_has_the_same_name(letters: Letters) -> None:
    row = delivery(somebody())
    assert [sent(row), sent(row)] == [Sent(), Sent()]
    names = {BytesParser(policy=modern).parsebytes(one)["Message-ID"] for one in letters.kept}
    assert names == {f"<{row.uuid}@low.example>"}


def test_one_tap_in_a_mail_program_stops_it_without_a_sign_in(accounts: None, letters: Letters) -> None:
    row = delivery(somebody())
    sent(row)
    letter = letters.letter()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(rf"<{BASE}(/reminders/stop/[^/]+/)>", letter["List-Unsubscribe"].strip())
    assert path is not None
    assert path[1] in letter.get_content()
    program = Client(HTTP_HOST="127.0.0.1:8000", enforce_csrf_checks=True)
    assert program.get(path[1]).status_code == 200
    row.reminder.routine.refresh_from_db()
    assert row.reminder.routine.by_mail, "a mail server that looks at an address stops nothing"
    assert program.post(path[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.reminder.routine.refresh_from_db()
    assert (row.reminder.routine.by_mail, row.reminder.routine.by_push) == (False, True)
    assert program.post(path[1][:-3] + "x/").status_code == 404


def test_until_the_text_leaves_nothing_was_sent_and_it_can_be_called_off(letters: Letters) -> None:
    def lost() -> None:
        assert letters.kept == []
        raise Lost

    row = delivery(somebody())
    with pytest.raises(Lost):
        Mail().send(row, lost)
    assert letters.kept == []


def test_sender_and_recipient_are_agreed_on_before_it_is_handed_over(letters: Letters) -> None:
    letters.rcpt = "550 nobody here"
    assert Mail().send(delivery(somebody()), lambda: pytest.fail("it was handed over")) == Failed()


@pytest.mark.parametrize(
    ("rcpt", "data", "outcome"),
    [("451 later", "", Again()), ("550 never", "", Failed()), ("", "451 later", Again()), ("", "554 never", Failed())],
)
def test_a_server_that_says_later_is_asked_later_and_one_that_says_never_is_not(
    letters: Letters, rcpt: str, data: str, outcome: Outcome
) -> None:
    letters.rcpt, letters.data = rcpt, data
    assert sent(delivery(somebody())) == outcome
    assert letters.kept == []


def test_a_letter_whose_end_nobody_tells_may_have_arrived(letters: Letters) -> None:
    letters.drops = True
    assert sent(delivery(somebody())) == Unsure()


def test_where_no_server_answers_nothing_was_sent(letters: Letters) -> None:
    with override_settings(EMAIL_PORT=1):
        assert sent(delivery(somebody())) == Again()


def test_it_goes_to_the_accounts_address_and_on_ones_own_machine_to_the_one_that_was_given(
    letters: Letters, for_me: Client
) -> None:
    ana, here = somebody(), first_person(local_user())
    assert Mail().destinations([ana.pk, here.pk]) == {ana.pk: ("owner",)}
    MailAddress.objects.create(person=here, address="me@example.org")
    assert Mail().destinations([ana.pk, here.pk]) == {ana.pk: ("owner",), here.pk: ("owner",)}
    assert sent(delivery(here)) == Sent()
    assert letters.letter()["To"] == "me@example.org"


def test_without_a_mail_server_there_is_no_way_by_letter(for_me: Client) -> None:
    ana = somebody()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend"):
        assert Mail().destinations([ana.pk]) == {}
        assert "no mail server" in for_me.get("/reminders/").content.decode()
