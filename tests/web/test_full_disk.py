"""A disk that is full while Lowtide runs: what was kept can be read and heard, only what is to be kept is refused."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from io import RawIOBase
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from browsing import App, served
from lowtide.web.project.environment.database import FILE, database, keep_open, says_full
from lowtide.web.project.views import broken
from made_sessions import sessions

MOST_TRIES = 300
"""So many short rows are far more than the room that SQLite has kept for itself."""
DISK = "24m"
READ = ("/today/", "/begin/", "/history/", "/progress/", "/me/", "/diary/", "/people/", "/takeout/")


class Person:
    """Somebody with a browser that has cookies, and forms from the pages."""

    def __init__(self, app: App) -> None:
        """Open no page yet."""
        self.app = app
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, told: dict[str, str] | None = None, most: int = -1) -> tuple[int, str]:
        """Get a page, or send a form with what protects it; give the status and what can be read."""
        form = urllib.parse.urlencode(told).encode() if told is not None else None
        try:
            with self.opener.open(self.app.url + path, form, timeout=60) as answer:
                return answer.status, answer.read(most).decode(errors="replace")
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def token(self) -> str:
        """Read what protects a form."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("/people/")[1])
        assert found
        return found[1]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a file system of its own, which is really full when it is full."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False) if shutil.which("mount") else None
    if done is None or done.returncode:
        pytest.skip(f"a small disk can not be made here ({done.stderr.strip() if done else 'there is no mount'})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Write until nothing can be written any more."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        _write_for_ever(file)
    yield
    filler.unlink()


def _write_for_ever(file: RawIOBase) -> None:
    while True:
        file.write(bytes(4096))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def kept_names(app: App) -> set[str]:
    with closing(sqlite3.connect(app.data / FILE)) as rows:
        return {name for (name,) in rows.execute("SELECT name FROM accounts_person WHERE name != ''")}


def test_on_a_full_disk_what_was_kept_is_read_and_heard_and_nothing_is_said_to_be_kept_that_is_not(disk: Path) -> None:
    with served(disk) as app:
        anna = Person(app)
        made = sessions(app.data, [{"length_ms": 180_000}])[0]
        assert anna.ask(f"/sessions/{made}/sound.mp3", most=1)[0] == 200
        token = anna.token()
        with filled(disk):
            for path in (*READ, *(f"/sessions/{made}/{part}" for part in ("", "timeline.json", "captions.vtt"))):
                assert anna.ask(path)[0] == 200, path
            assert anna.ask(f"/sessions/{made}/sound.mp3", most=100_000)[0] == 200
            said, page = {}, ""
            for number in range(MOST_TRIES):
                status, page = anna.ask("/people/add/", {"csrfmiddlewaretoken": token, "name": f"Somebody {number}"})
                said[f"Somebody {number}"] = status
                if status != 200:
                    break
            assert status == 507
            assert "The disk is full" in page
            assert "you can still look at it" in page
            assert kept_names(app) == {name for name, status in said.items() if status == 200}
            assert anna.ask("/today/")[0] == 200
        assert anna.ask("/people/add/", {"csrfmiddlewaretoken": token, "name": "Ben"})[0] == 200
        assert "Ben" in kept_names(app)


def test_while_it_serves_the_files_that_reading_needs_are_not_taken_away(tmp_path: Path) -> None:
    settings: dict[str, Any] = database("", tmp_path)
    kept = keep_open(settings)
    assert kept is not None
    with closing(kept):
        with closing(sqlite3.connect(settings["NAME"])) as other:
            other.execute("CREATE TABLE anything (x)")
            other.commit()
        assert {"lowtide.sqlite3-shm", "lowtide.sqlite3-wal"} <= {one.name for one in tmp_path.iterdir()}
    assert keep_open(database("postgresql://anna@db/lowtide", tmp_path)) is None


def test_what_was_kept_stands_in_the_one_file_that_people_copy(tmp_path: Path) -> None:
    settings: dict[str, Any] = database("", tmp_path)
    kept = keep_open(settings)
    assert kept is not None
    with closing(kept):
        with closing(sqlite3.connect(settings["NAME"])) as other:
            other.executescript(settings["OPTIONS"]["init_command"])
            other.execute("CREATE TABLE anything AS SELECT 'kept' AS x")
            other.commit()
        copy = shutil.copy(settings["NAME"], tmp_path / "copy.sqlite3")
        with closing(sqlite3.connect(copy)) as found:
            assert found.execute("SELECT x FROM anything").fetchone() == ("kept",)


def full() -> OperationalError:
    """Give the error of a database that may not grow, as Django passes it on."""
    with closing(sqlite3.connect(":memory:")) as rows:
        rows.execute("PRAGMA max_page_count = 1")
        try:
            rows.execute("CREATE TABLE anything (x)")
        except sqlite3.OperationalError as error:
            passed_on = OperationalError(str(error))
            passed_on.__cause__ = error
            return passed_on
    raise AssertionError("the database grew")


def test_a_database_that_says_it_is_full_is_believed_even_where_the_disk_has_room() -> None:
    assert not says_full(OperationalError("no such table"))
    try:
        raise full()
    except OperationalError:
        page = broken(RequestFactory().post("/diary/"))
    assert page.status_code == 507
    assert "The disk is full" in page.content.decode()
