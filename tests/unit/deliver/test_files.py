"""Files appear whole or not at all, whatever happens."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from lowtide.deliver import check_place, write_file, write_files
from lowtide.errors import UserError

NOBODY = 65534
"""The user of every system who owns nothing."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def never() -> Iterator[bytes]:
    yield from (pytest.fail("nothing may be rendered for a file that cannot be written") for _ in "x")


def test_a_file_holds_its_pieces_in_order(tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.mp3", [b"one ", b"", b"two"])
    assert path.read_bytes() == b"one two"
    assert names(tmp_path) == ["a.mp3"]


def test_an_existing_file_stays_as_it_is_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"mine")
    with pytest.raises(UserError, match=r"exists already.*--force"):
        write_file(path, never())
    assert path.read_bytes() == b"mine"
    write_file(path, [b"new"], force=True)
    assert path.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"

    def meanwhile() -> Iterator[bytes]:
        yield b"ours"
        path.write_bytes(b"theirs")

    with pytest.raises(UserError, match="exists already"):
        write_file(path, meanwhile())
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.mp3"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing/a.mp3", "folder is not there"),
        ("file/a.mp3", "not a folder"),
        ("folder", "is a folder"),
        ("x" * 300, "name is too long"),
        ("loop/a.mp3", "links|levels"),
    ],
)
def test_an_impossible_place_is_refused_in_one_line_before_any_rendering(tmp_path: Path, place: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UserError, match=said) as caught:
        write_file(tmp_path / place, never(), force=True)
    assert "\n" not in str(caught.value)


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(UserError, match="not an ordinary file"):
        write_file("/dev/null", never(), force=True)


def test_a_read_only_folder_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    assert "does not allow it" in said_to_nobody(open_folder / "a.mp3")
    open_folder.chmod(0o777)
    assert said_to_nobody(open_folder / "a.mp3") == "written"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the system can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o700)


def said_to_nobody(path: Path) -> str:
    """Try to write a file without rights: root, who may write anywhere, becomes `nobody` in a child process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = "no answer"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setuid(NOBODY)
            write_file(path, [b"sound"])
            said = "written"
        except UserError as refused:
            said = str(refused)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "no room left on the disk"),
        (errno.EROFS, "read-only"),
        (errno.EFBIG, "too large"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_disk_that_fails_is_told_in_one_line_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    wrote = os.write
    budget = [2]

    def failing(file: int, data: memoryview) -> int:
        budget[0] -= 1
        if budget[0] < 0:
            raise OSError(code, os.strerror(code))
        return wrote(file, data)

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(UserError, match=said) as caught:
        write_file(tmp_path / "a.mp3", [b"piece"] * 5)
    monkeypatch.undo()
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == []


def test_a_disk_that_takes_half_a_piece_gets_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote = os.write
    monkeypatch.setattr(os, "write", lambda file, data: wrote(file, data[: max(1, len(data) // 2)]))
    assert write_file(tmp_path / "a.wav", [bytes(range(200))]).read_bytes() == bytes(range(200))


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_interrupted_recording_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    def interrupted() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(error):
        write_files({tmp_path / "a.mp3": interrupted(), tmp_path / "a.vtt": [b"WEBVTT"]})
    assert names(tmp_path) == []


def test_what_stands_beside_a_recording_comes_with_it_or_not_at_all(tmp_path: Path) -> None:
    recording, captions = tmp_path / "a.mp3", tmp_path / "a.vtt"
    captions.write_bytes(b"old")
    with pytest.raises(UserError, match=r"a\.vtt exists already"):
        write_files({recording: never(), captions: [b"new"]})
    assert names(tmp_path) == ["a.vtt"]
    write_files({recording: [b"sound"], captions: [b"new"]}, force=True)
    assert (recording.read_bytes(), captions.read_bytes()) == (b"sound", b"new")


def test_captions_are_taken_back_when_the_recording_cannot_have_its_name(tmp_path: Path) -> None:
    recording, captions = tmp_path / "a.mp3", tmp_path / "a.vtt"

    def meanwhile() -> Iterator[bytes]:
        yield b"WEBVTT"
        recording.write_bytes(b"theirs")

    with pytest.raises(UserError, match=r"a\.mp3 exists already"):
        write_files({recording: [b"ours"], captions: meanwhile()})
    assert names(tmp_path) == ["a.mp3"]


def test_new_captions_are_taken_back_also_where_an_old_recording_was_to_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.mp3").write_bytes(b"mine")
    moving = Path.replace

    def held(part: Path, place: Path) -> Path:
        if place.name == "a.mp3":  # as somebody else's file in a shared folder is
            raise PermissionError(errno.EPERM, "held")
        return moving(part, place)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UserError, match=r"a\.mp3"):
        write_files({tmp_path / "a.mp3": [b"new"], tmp_path / "a.vtt": [b"captions"]}, force=True)
    assert names(tmp_path) == ["a.mp3"]
    assert (tmp_path / "a.mp3").read_bytes() == b"mine"


def test_a_killed_run_leaves_nothing_under_the_name_and_the_next_one_sweeps(tmp_path: Path) -> None:
    program = """
        import os, signal, sys
        from lowtide.deliver import write_file
        def chunks():
            yield b"half"
            os.kill(os.getpid(), signal.SIGKILL)
        write_file(sys.argv[1], chunks())
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "a.mp3")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert not (tmp_path / "a.mp3").exists()
    assert all(name.startswith(".") for name in names(tmp_path))
    write_file(tmp_path / "b.mp3", [b"whole"])
    assert names(tmp_path) == ["b.mp3"]


def test_another_run_that_is_still_writing_is_left_alone(tmp_path: Path) -> None:
    def two() -> Iterator[bytes]:
        yield b"one"
        write_file(tmp_path / "b.mp3", [b"other"])
        yield b" two"

    assert write_file(tmp_path / "a.mp3", two()).read_bytes() == b"one two"


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.mp3", tmp_path / "a.mp3"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, [b"new"], force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_place_can_be_checked_before_any_work(tmp_path: Path) -> None:
    check_place(tmp_path / "a.mp3")
    assert names(tmp_path) == []
    with pytest.raises(UserError, match="folder is not there"):
        check_place(tmp_path / "missing" / "a.mp3")
