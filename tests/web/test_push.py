"""Reminders into browsers: sealed for one browser, in time or not at all, once, and never into a private network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from py_vapid import Vapid02

from lowtide.errors import UserError
from lowtide.model.routine import Style
from lowtide.web.accounts.models import Person
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.channels import Again, Failed, Lost, Outcome, Sent
from lowtide.web.reminders.channels.push import Push
from lowtide.web.reminders.models import Delivery, PushKeys, PushSubscription, Reminder
from lowtide.web.reminders.push import endpoint, sending
from lowtide.web.reminders.push.keys import keys, public_key
from push_service import BrowserKeys, Service, serving
from remembering import somebody

DUE = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv(endpoint.LOCAL_VARIABLE, "1")
    with serving() as running:
        yield running


@pytest.fixture
def ana(db: str) -> Person:
    return somebody()


def subscribed(person: Person, url: str, keys: BrowserKeys | None = None) -> PushSubscription:
    told = keys or BrowserKeys()
    return PushSubscription.objects.create(
        person=person, endpoint=url, public_key=told.p256dh, auth=told.auth, browser="one"
    )


def delivery(person: Person, place: PushSubscription, **wished: object) -> Delivery:
    row = keep_routine(person, "ritual:midday-check-in", Wished(times=(750,), **wished))  # type: ignore[arg-type]  # a test's own words
    reminder = Reminder.objects.create(routine=row, day=DUE.date(), minute=750, due_at=DUE, standing="given")
    return Delivery.objects.create(reminder=reminder, channel="push", destination=str(place.pk), not_before=DUE)


def sent(row: Delivery, after: timedelta = timedelta(seconds=4)) -> Outcome:
    with clock.told_by(lambda: DUE + after):
        return Push().send(row, lambda: None)


def test_only_the_browser_can_read_it_and_it_says_nothing_of_anybody(ana: Person, service: Service) -> None:
    mine = BrowserKeys()
    row = delivery(ana, subscribed(ana, f"{service.url}/p/1", mine))
    assert sent(row) == Sent()
    (arrived,) = service.wait(1)
    assert b"Midday" not in arrived.body
    assert mine.unseal(arrived.body) == {
        "id": str(row.reminder.uuid), "title": "Midday Check-In", "silent": False, "snoozes": [10, 30, 60],
        "text": "Three minutes half-way through the day, wherever you are.",
        "address": f"/reminders/{row.reminder.uuid}/",
    }  # fmt: skip
    with pytest.raises(Exception, match=r"[Dd]ecrypt|InvalidTag"):
        BrowserKeys().unseal(arrived.body)


def test_words_only_make_no_sound(ana: Person, service: Service) -> None:
    mine = BrowserKeys()
    assert sent(delivery(ana, subscribed(ana, f"{service.url}/p/1", mine), style=Style.WORDS)) == Sent()
    assert mine.unseal(service.wait(1)[0].body)["silent"] is True


def test_the_push_service_keeps_it_no_longer_than_it_is_of_use(ana: Person, service: Service) -> None:
    assert sent(delivery(ana, subscribed(ana, f"{service.url}/p/1")), timedelta(minutes=25)) == Sent()
    assert service.wait(1)[0].headers["ttl"] == str(5 * 60)


def test_sent_twice_it_is_one_to_the_push_service(ana: Person, service: Service) -> None:
    row = delivery(ana, subscribed(ana, f"{service.url}/p/1"))
    assert [sent(row), sent(row)] == [Sent(), Sent()]
    topics = {one.headers["topic"] for one in service.wait(2)}
    assert topics == {row.reminder.uuid.hex}
    assert all(len(topic) <= 32 for topic in topics), "RFC 8030, 5.4"
    assert service.received[0].headers["urgency"] == "high"


def test_the_push_service_can_tell_who_sends_and_whom_to_write_to(ana: Person, service: Service) -> None:
    sent(delivery(ana, subscribed(ana, f"{service.url}/p/1")))
    (arrived,) = service.wait(1)
    assert Vapid02.verify(arrived.headers["authorization"])
    assert arrived.headers["authorization"].endswith(f",k={public_key()}")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(ana: Person, service: Service, status: int) -> None:
    service.status = status
    assert sent(delivery(ana, subscribed(ana, f"{service.url}/p/1"))) == Failed()
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_what_is_refused_for_good_is_not_tried_again(ana: Person, service: Service, status: int) -> None:
    service.status = status
    assert sent(delivery(ana, subscribed(ana, f"{service.url}/p/1"))) == Failed()
    assert PushSubscription.objects.count() == 1


@pytest.mark.parametrize(
    ("wait", "after"),
    [("", None), ("120", timedelta(minutes=2)), ("Mon, 02 Mar 2026 12:35:04 GMT", timedelta(minutes=5)),
     ("99999999999999", timedelta(minutes=30)), ("soon", None)],
)  # fmt: skip
def test_a_push_service_that_is_busy_is_left_alone_for_as_long_as_it_says(
    ana: Person, service: Service, wait: str, after: timedelta | None
) -> None:
    service.status, service.retry_after = 429, wait
    assert sent(delivery(ana, subscribed(ana, f"{service.url}/p/1"))) == Again(after)
    service.status, service.retry_after = 503, ""
    assert sent(Delivery.objects.get()) == Again()


def test_one_that_nobody_answers_at_is_tried_again(ana: Person, service: Service) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert sent(delivery(ana, subscribed(ana, f"http://127.0.0.1:{free}/p"))) == Again()


def test_one_that_never_stops_talking_holds_nobody_up(
    ana: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as endless:
        threading.Thread(target=_drip, args=(endless,), daemon=True).start()
        row = delivery(ana, subscribed(ana, f"http://127.0.0.1:{endless.getsockname()[1]}/p"))
        assert sent(row) == Again()


def _drip(server: socket.socket) -> None:
    peer, _ = server.accept()
    try:
        while True:  # every one of these is in time, and after each there may be another
            peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    except OSError:
        peer.close()


def test_what_may_not_be_sent_any_more_does_not_leave(ana: Person, service: Service) -> None:
    def lost() -> None:
        raise Lost

    row = delivery(ana, subscribed(ana, f"{service.url}/p/1"))
    with clock.told_by(lambda: DUE), pytest.raises(Lost):
        Push().send(row, lost)
    assert service.received == []


def test_another_persons_browser_is_never_reached(ana: Person, service: Service) -> None:
    ben = Person.objects.create(owner=ana.owner)
    assert sent(delivery(ana, subscribed(ben, f"{service.url}/p/1"))) == Failed()
    assert Push().destinations([ana.pk]) == {}


PRIVATE = [
    "https://127.0.0.1/p", "https://10.0.0.1/p", "https://192.168.1.1/p", "https://169.254.169.254/latest", "https://[::1]/p",
    "https://[::ffff:10.0.0.1]/p", "https://[fd00::1]/p", "https://0.0.0.0/p", "https://100.64.0.1/p", "https://224.0.0.1/p",
    "http://push.example.org/p", "https://push.example.org:22/p", "https://me:secret@push.example.org/p", "ftp://push/p",
    "https:///p", "https://push.example.org/\r\nX: y", "javascript:alert(1)", "https://push.example.org:x/p",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_leads_into_a_private_network_or_to_anything_but_https(address: str) -> None:
    with pytest.raises(UserError):
        endpoint.place_of(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fd00::1"])
def test_a_name_that_leads_into_a_private_network_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    found = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was connected to"))
    with pytest.raises(UserError, match="private network"):
        endpoint.reach(endpoint.place_of("https://push.example.org/p"), 1.0)


def test_the_browsers_own_services_may_be_reached() -> None:
    for address in (
        "https://fcm.googleapis.com/fcm/send/abc:d_e",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/Q",
        "https://wns2-par02p.notify.windows.com/w/?token=a%2b",
    ):
        assert endpoint.place_of(address).origin == "https://" + address.split("/")[2]


def test_the_keys_are_made_once_and_stay(ana: Person) -> None:
    first = public_key()
    assert len(first) == 87, "base64url of 65 bytes"
    keys()
    assert (public_key(), PushKeys.objects.count()) == (first, 1)
