"""`lowtide serve`: it comes up whole whatever happened before, says in one line what is wrong, and stops at once."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lowtide.web.project.environment.database import database
from lowtide.web.project.environment.mail import mail
from lowtide.web.project.environment.secret_key import secret_key
from made_sessions import sessions

START_SECONDS = 60
"""Far more than it takes; nothing is measured here."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LOWTIDE_", "DJANGO_", "DATABASE_"))}
    return kept | {"LOWTIDE_DATA": str(folder), "LOWTIDE_CACHE": str(folder / "cache")} | more


def refused(folder: Path, *words: str, **more: str) -> str:
    """Start it where it can not start; give the one line that it says."""
    done = subprocess.run(
        [sys.executable, "-m", "lowtide.web", "serve", "--no-open", *words], env=environment(folder, **more),
        capture_output=True, text=True, timeout=START_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@contextmanager
def serving(folder: Path, *words: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server; give it with its address once it says that it is there."""
    port = free_port()
    command = [sys.executable, "-m", "lowtide.web", "serve", "--no-open", "--port", str(port), *words]
    with subprocess.Popen(command, env=environment(folder, **more), stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            line = running.stderr.readline()
            assert "Lowtide is at" in line, line
            yield running, f"http://127.0.0.1:{port}"
        finally:
            running.kill()


def head(address: str) -> tuple[int, int]:
    """Ask how large a file is, without reading it."""
    asked = urllib.request.Request(address, method="HEAD")  # noqa: S310 (our own server)
    with urllib.request.urlopen(asked, timeout=START_SECONDS) as answer:  # noqa: S310
        return answer.status, int(answer.headers["Content-Length"])


def workers_of(process: int) -> list[str]:
    """Name the processes that a server has started."""
    if not Path("/proc").is_dir():
        asked = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
        return asked.stdout.split()
    return " ".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")).split()


def get(address: str, **headers: str) -> tuple[int, str]:
    try:
        asked = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own server)
        with urllib.request.urlopen(asked, timeout=START_SECONDS) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_first_page_is_there_on_an_empty_machine_and_ctrl_c_stops_it(folder: Path) -> None:
    with serving(folder) as (running, address):
        assert "Just begin" in get(address)[1]
        assert get(f"{address}/today/", Host="evil.example")[0] == 400
        assert get(f"{address}/static/project/css/tokens.css")[0] == 200
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=START_SECONDS) == 0
        assert running.stderr is not None
        assert "Traceback" not in running.stderr.read()


def test_what_it_keeps_is_for_its_owner_alone(folder: Path) -> None:
    with serving(folder / "kept"):
        pass
    assert (folder / "kept").stat().st_mode & 0o777 == 0o700
    assert (folder / "kept" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_killed_while_it_makes_its_tables_it_starts_again_whole(folder: Path) -> None:
    command = [sys.executable, "-m", "lowtide.web", "serve", "--no-open", "--port", str(free_port())]
    with subprocess.Popen(command, env=environment(folder), stderr=subprocess.DEVNULL) as starting:
        while not (folder / "lowtide.sqlite3").exists() and starting.poll() is None:
            os.sched_yield()  # it is the file's appearing that is waited for
        starting.kill()
    with serving(folder) as (_running, address):
        assert get(f"{address}/begin/")[0] == 200


def test_two_that_start_at_once_on_one_folder_both_come_up(folder: Path) -> None:
    with serving(folder) as (_one, first), serving(folder) as (_two, second):
        assert get(first)[0] == get(second)[0] == 200


def test_a_port_in_use_is_one_line_with_what_would_work(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = refused(folder, "--port", str(port))
    assert line.startswith(f"lowtide: Port {port} is in use")
    assert f"--port {port + 1}" in line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 (it is refused)
def test_without_accounts_it_never_listens_beyond_this_machine(folder: Path, host: str) -> None:
    assert "nobody beyond this machine is served" in refused(folder, "--host", host)
    assert not folder.joinpath("lowtide.sqlite3").exists()


def test_with_accounts_beyond_this_machine_it_asks_for_its_name(folder: Path) -> None:
    line = refused(folder, "--accounts", "--host", "0.0.0.0", "--port", str(free_port()))  # noqa: S104
    assert "LOWTIDE_HOSTS" in line


def test_with_accounts_it_asks_to_sign_in(folder: Path) -> None:
    with serving(folder, "--accounts") as (_running, address):
        assert "Sign in" in get(address)[1]


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_port_that_can_not_be_is_one_line(folder: Path, port: str) -> None:
    assert f"--port can not be {port}" in refused(folder, f"--port={port}")


def test_a_host_that_is_not_there_is_one_line(folder: Path) -> None:
    assert "there is no such machine" in refused(folder, "--accounts", "--host", "no-such-host.invalid")


def test_a_database_of_a_newer_lowtide_is_left_as_it_is(folder: Path) -> None:
    with serving(folder):
        pass
    with sqlite3.connect(folder / "lowtide.sqlite3") as tables:
        later = ("practice", "9999_later", "2030-01-01")
        tables.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", later)
    line = refused(folder, "--port", str(free_port()))
    assert "written by a newer Lowtide (practice 9999_later)" in line


def test_a_damaged_database_is_one_line(folder: Path) -> None:
    (folder / "lowtide.sqlite3").write_bytes(b"this is no database at all" * 1000)
    assert "The database can not be used" in refused(folder, "--port", str(free_port()))


def test_a_database_that_does_not_answer_is_one_line(folder: Path) -> None:
    nowhere = f"postgresql://ana:secret@127.0.0.1:{free_port()}/lowtide"
    line = refused(folder, "--port", str(free_port()), DATABASE_URL=nowhere)
    assert "The database can not be used" in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://x/y"), ("LOWTIDE_SMTP", "http://x"), ("LOWTIDE_HSTS_SECONDS", "a year")],
)
def test_a_wrong_setting_is_one_line_that_names_it(folder: Path, name: str, value: str) -> None:
    line = refused(folder, "--accounts", "--port", str(free_port()), LOWTIDE_HTTPS="1", **{name: value})
    assert name in line


def test_a_data_folder_that_can_not_be_is_one_line(folder: Path) -> None:
    (folder / "a-file").touch()
    assert "can not be used" in refused(folder / "a-file" / "data", "--port", str(free_port()))


def test_the_command_line_hands_over(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lowtide", "serve", "--host", "192.0.2.7"], env=environment(folder), capture_output=True,
        text=True, timeout=START_SECONDS, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "nobody beyond this machine" in done.stderr


def test_the_key_is_made_once_and_is_long(folder: Path) -> None:
    assert secret_key(folder) == secret_key(folder)
    assert len(secret_key(folder)) >= 50


def test_a_key_that_was_cut_short_is_not_used(folder: Path) -> None:
    from lowtide.errors import UserError

    (folder / "secret-key").write_text("short\n")
    with pytest.raises(UserError, match="does not hold a whole key"):
        secret_key(folder)


def test_a_database_address_is_read_with_its_signs(folder: Path) -> None:
    told = database("postgresql://ana%40x:p%2Fq@db.example:5433/low?sslmode=require", folder)
    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"]) == ("ana@x", "p/q", "db.example", "5433")
    assert told["OPTIONS"] == {"sslmode": "require"}


def test_letters_wait_in_the_folder_where_no_server_takes_them(folder: Path) -> None:
    assert mail("", folder)["EMAIL_FILE_PATH"] == str(folder / "letters")
    assert mail("smtps://a:b@mail.example", folder)["EMAIL_PORT"] == 465


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_server_ends_with_its_workers_however_it_ends(folder: Path, number: signal.Signals) -> None:
    with serving(folder) as (running, address):
        (name,) = sessions(folder, [{"voice": "silent:calm"}])
        assert head(f"{address}/sessions/{name}/sound.mp3")[0] == 200
        assert workers_of(running.pid)
        running.send_signal(number)
        assert running.stderr is not None
        running.stderr.read()  # it ends when nobody holds it any more: not the server, and none of its workers
