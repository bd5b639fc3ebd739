"""The plug between Django and pytest: both databases, made once for each worker; each test is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import postgres
from django_set_up import set_up

set_up()

from django.conf import settings  # noqa: E402 (these need Django)
from django.core import mail  # noqa: E402 (these need Django)
from django.core.cache import cache  # noqa: E402 (these need Django)
from django.db import connection, connections, transaction  # noqa: E402 (these need Django)
from django.test import Client, override_settings  # noqa: E402 (these need Django)

from lowtide.web.accounts.models import Person, User  # noqa: E402 (these need Django)
from lowtide.web.project.environment.mode import Mode, settings_of  # noqa: E402 (these need Django)

PASSWORD = "a long walk by the sea"  # noqa: S105
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One of the two databases that Lowtide runs on, with its tables."""
    with ExitStack() as stack:
        if request.param == "postgresql":
            binaries = postgres.binaries()
            if binaries is None:
                pytest.skip("there is no PostgreSQL on this machine (on Debian: apt-get install postgresql)")
            told = stack.enter_context(postgres.server(binaries))
        else:
            own = settings.DATABASES["default"]
            told = own | {"NAME": str(tmp_path_factory.mktemp("db") / "lowtide.sqlite3")}
        _use(told)
        from lowtide.web.project.starting import bring_up_to_date

        bring_up_to_date(tmp_path_factory.mktemp("data"))
        yield request.param
        connections.close_all()


def _use(told: dict[str, Any]) -> None:
    # Django opens a connection for each thread from these settings; those that are open belong to the other database.
    connections.close_all()
    connections.settings["default"].clear()
    connections.settings["default"].update(connections.configure_settings({"default": told})["default"])
    _ = connections["default"]  # where no test before this one has asked for it, there is none to let go of
    del connections["default"]


@pytest.fixture
def db(database: str) -> Iterator[str]:
    """A database for one test: what it writes is taken back."""
    cache.clear()
    mail.outbox.clear()
    whole = transaction.atomic()
    whole.__enter__()
    try:
        yield database
    finally:
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
        if connection.vendor == "sqlite":
            connection.close()  # to PostgreSQL it takes a process to open one


@pytest.fixture
def committed(database: str) -> Iterator[str]:
    """A database whose rows are really written, for tests with several threads; emptied afterwards."""
    from django.core.management import call_command

    cache.clear()
    yield database
    call_command("flush", interactive=False, verbosity=0)
    connections.close_all()


@pytest.fixture
def for_me(db: str) -> Iterator[Client]:
    """A browser on one's own machine, which has not been used yet."""
    with override_settings(**settings_of(Mode.FOR_ME)):
        yield Client(headers=SAME_SITE, HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def accounts(db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server with accounts, tried on its own machine."""
    monkeypatch.setenv("LOWTIDE_HTTPS", "0")
    with override_settings(**settings_of(Mode.ACCOUNTS)):
        yield


def browser(user: User | None = None) -> Client:
    """A browser in which somebody is signed in, or nobody."""
    client = Client(headers=SAME_SITE, HTTP_HOST="127.0.0.1:8000")
    if user is not None:
        client.force_login(user)
    return client


def person_with_account(address: str) -> Person:
    """Somebody with an account."""
    return Person.objects.create(owner=User.objects.create_user(address, PASSWORD))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path
