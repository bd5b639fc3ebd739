"""Bad input gets one clear line that says what would work, exit code 2, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lowtide.cli.main import run
from lowtide.errors import Exit

SILENT = ("--voice", "silent", "--minutes", "3")

WRONG = {
    "an unknown region": ("session --where moon", "lower-back"),
    "a pain above ten": ("session --where lower-back:11", "0 to 10"),
    "an unknown technique": ("session --technique yodelling", "body-scan"),
    "an unknown voice": ("session --voice nobody", "espeak"),
    "an unknown position": ("session --position hanging", "standing"),
    "a position that the script does not know": ("session --technique pmr --position walking", "lying"),
    "an unknown condition": ("session --condition bad-luck", "pregnancy"),
    "an unknown trigger": ("session --worse-with rain", "bending"),
    "an unknown soundscape": ("session --soundscape whales", "waves"),
    "an unknown format": ("session -o out.aiff", "flac"),
    "a file without an ending": ("session -o out", "--format"),
    "a length of nothing": ("session --minutes 0", "12 hours"),
    "a length that is no length": ("session --minutes soon", "12.5"),
    "an unreachable length": ("session --voice silent --minutes 0.5", "between"),
    "a volume beyond the end": ("session --bell-volume 99", "12"),
    "a folder for a recording": ("session -o . --format mp3", "folder"),
    "a recording in its timeline's place": ("session -o out.json --format wav", "timeline"),
    "a pain of a thousand digits": ("session --where lower-back:" + "9" * 5000, "0 to 10"),
    "a folder that is not there": ("session -o nowhere/out.mp3", "folder"),
    "an option that is not there": ("session --loudly", "--help"),
    "a script that is not there": ("render no-such.md", "no such file"),
    "a folder for a script": ("render .", "folder"),
    "a profile that is not there": ("session --profile no-such.toml", "no such file"),
    "answers that are not there": ("screen --answers no-such.toml", "no such file"),
    "a text that is not there": ("import no-such.txt", "no such file"),
    "a script of the library that is not there": ("library xyzzy", "body-scan"),
    "a model that is not there": ("voices install yodelling", "kokoro"),
    "nothing to check": ("check", "lowtide check"),
    "a command that is not there": ("sing", "--help"),
}


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path / "cache"))


def refuse(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that must be refused, and give its one line."""
    assert run(words) == Exit.USAGE
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.count("\n") == 1, heard.err
    assert heard.err.startswith("lowtide: ")
    assert len(heard.err) < 1000
    assert [path for path in Path().iterdir() if path.suffix in {".mp3", ".vtt", ".json", ".md"}] == []
    return heard.err


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_word_gets_one_line_that_says_what_would_work(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, help_in_it = WRONG[what]
    assert help_in_it in refuse(capsys, *command.split())


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"", "empty"), (b" \n\n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "text"), (b"x" * 4_100_000, "larger than 4 MB")],
    ids=["empty", "blank", "a picture", "too large"],
)
@pytest.mark.parametrize("command", ["render", "import", "check"])
def test_a_file_that_is_no_text_is_refused(
    command: str, content: bytes, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("given.txt").write_bytes(content)
    assert complaint in refuse(capsys, command, "given.txt")


def test_a_script_with_an_error_is_not_rendered_and_its_place_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text("---\ntitle: Bad\n---\n\n# One\n\n> move rotation: Let your knees roll over. [5s]\n")
    assert "bad.txt:7:" in refuse(capsys, "render", "bad.txt")


@pytest.mark.parametrize("asked", ["0:01", "11:59:00"])
def test_the_ends_that_are_named_can_be_had(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.txt").write_text(
        "---\ntitle: Mine\n---\n\n# One\n\n[when short] Rest here. [8s]\n\n[unless short] Rest here, for a good "
        "long while, and longer. [silence 20s-3m]\n\nLet go. [8s]\n"
    )
    render = ("render", "mine.txt", "--voice", "silent", "--audio-only", "-o", "mine.wav", "--force", "--minutes")
    assert run((*render, asked)) == Exit.USAGE
    ends = re.findall(r"[\d:]+:\d\d(?:\.\d+)?", capsys.readouterr().err.partition("between")[2])
    assert len(ends) == 2
    for end in ends:
        assert run((*render, end)) == Exit.OK


def test_a_file_that_is_there_is_kept_without_force(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.mp3").write_text("precious")
    assert "--force" in refuse(capsys, "session", *SILENT, "-o", "kept/mine.mp3")
    assert (kept / "mine.mp3").read_text() == "precious"


def test_captions_that_are_there_are_kept_without_force(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.vtt").write_text("precious")
    assert "mine.vtt" in refuse(capsys, "session", *SILENT, "-o", "kept/mine.mp3")
    assert list(kept.iterdir()) == [kept / "mine.vtt"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("where = ['moon']", "region"),
        ("conditions = 'pregnancy'", "conditions"),
        ("colour = 'blue'", "colour"),
        ("age = -3", "age"),
        ("[answers]\nfevr = true", "fevr"),
        ("[answers]\nfever = 'maybe'", "true or false"),
        ("where = [", "TOML"),
        ("age = " + "9" * 5000, "TOML"),
        ("name = " + "[" * 5000, "TOML"),
        ("name = [" + "'Ana', " * 9000 + "]", "name"),
        ("where = [{ region = 'lower-back', injured = 'yes' }]", "injured"),
        ("where = [{ region = 'lower-back', pains = 6 }]", "pains"),
        ("#" * 1_000_000, "larger"),
    ],
    ids=lambda text: text[:24],
)
def test_a_wrong_profile_names_the_file_and_the_mistake(
    line: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("me.toml").write_text(line)
    said = refuse(capsys, "session", "--profile", "me.toml")
    assert "me.toml" in said
    assert complaint in said


def _program(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    "body", ["exit 9", "kill -9 $$", 'for last; do :; done; echo rubbish > "$last"'], ids=["fails", "dies", "rubbish"]
)
def test_a_broken_voice_is_replaced_by_the_next_best_and_the_output_says_so(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "bin", "flite", body)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    script = "---\ntitle: Short\n---\n\n# One\n\nLet the weight of your hands be enough. [silence 1s-10m]\n"
    Path("short.txt").write_text(script)
    assert run(("render", "short.txt", "--voice", "flite", "--minutes", "2", "-o", "out.wav")) == Exit.OK
    said = capsys.readouterr().err
    assert "flite" in said
    assert "voice espeak:" in said
    assert Path("out.wav").stat().st_size == pytest.approx(2 * 60 * 48_000 * 4, rel=0.01)


@pytest.mark.parametrize(
    ("closed", "words", "ends"),
    [
        (">&-", "library", Exit.OK),
        (">&-", "session --voice silent --minutes 3 -o - --format mp3", Exit.OK),
        (">&-", "session --voice silent --minutes 3 -o out.wav", Exit.OK),
        ("2>&-", "session --voice silent --minutes 3 -o out.wav", Exit.OK),
        (">&- 2>&- <&-", "sing", Exit.USAGE),
        ("2>/dev/null", "screen", Exit.OK),
    ],
)
def test_closed_streams_end_in_no_traceback(closed: str, words: str, ends: Exit, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m lowtide {words} {closed}"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert (b"Traceback" in done.stderr, done.returncode) == (False, ends), done.stderr


def test_signs_that_a_terminal_can_not_show_are_written_another_way(tmp_path: Path) -> None:
    (tmp_path / "é.md").write_text("---\ntitle: É\n---\n\n# One\n\n[whale …] Rest here.\n", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    words = [sys.executable, "-m", "lowtide"]
    checked = subprocess.run([*words, "check", "é.md"], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert checked.returncode == Exit.FINDINGS, checked.stderr
    assert checked.stdout.startswith(b"\\xe9.md:7:1 ")
    drafted = subprocess.run([*words, "import", "é.md"], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert "…" in drafted.stdout.decode("utf-8")


def test_ctrl_c_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    import signal
    import time

    words = [sys.executable, "-m", "lowtide", "session", "--voice", "silent", "--minutes", "60", "-o", "out.flac"]
    child = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, env={**os.environ, "LOWTIDE_CACHE": "cache"})
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".*part*")) and time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=30)
    assert child.returncode == Exit.INTERRUPTED, said
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == []
