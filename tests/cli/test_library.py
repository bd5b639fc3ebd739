"""`lowtide library` and rituals: what is listed, what is read, and what a ritual decides."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lowtide import content
from lowtide.cli.library import proving
from lowtide.cli.main import run
from lowtide.cli.options import Hearing, wish
from lowtide.cli.ritual import as_ritual
from lowtide.errors import Exit
from lowtide.model.audio import LEAST_VOLUME_DB
from lowtide.model.movement import Position

FEWEST_SCRIPTS = 30
QUICK = "everyday-waiting"
"""The library's shortest script: proved in seconds."""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path / "cache"))


def out(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == Exit.OK
    return capsys.readouterr().out


def test_the_library_shows_every_script_with_its_minutes_under_its_family(capsys: pytest.CaptureFixture[str]) -> None:
    listed = out(capsys, "library")
    assert len(content.script_names()) >= FEWEST_SCRIPTS
    lines = listed.splitlines()
    for name, head in content.heads().items():
        (line,) = [one for one in lines if one.startswith(f"    {name} ")]
        assert line.endswith(head.title)
        assert f"{head.most_minutes:g} min" in line
    for technique in content.techniques():
        assert f"  {technique.name}: {technique.summary}" in lines
    assert [one for one in lines if one.startswith("Breath")]


def test_rituals_are_listed_with_their_hour(capsys: pytest.CaptureFixture[str]) -> None:
    listed = out(capsys, "library")
    assert "morning-reset      5 min, at 07:00." in listed
    assert "flare              3 min. " in listed


def test_programs_are_told_techniques_and_rituals(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(out(capsys, "library", "--json"))
    assert {row["kind"] for row in rows} == {"technique", "ritual"}
    scan = next(row for row in rows if row["name"] == "body-scan")
    assert scan["minutes"]["body-scan"] == [3, 45]
    evening = next(row for row in rows if row["name"] == "evening-wind-down" and row["kind"] == "ritual")
    assert (evening["hour"], evening["bell"], evening["may_end_in_sleep"]) == ("21:30", False, True)


def test_articles_are_listed_and_read(capsys: pytest.CaptureFixture[str]) -> None:
    listed = out(capsys, "library", "--articles")
    assert [line.split()[0] for line in listed.splitlines()] == [one.name for one in content.articles()]
    assert len(json.loads(out(capsys, "library", "--articles", "--json"))) == len(content.articles())
    for one in content.articles()[:1]:
        assert out(capsys, "library", one.name, "--articles").startswith(f"# {one.title}\n\n")
        assert json.loads(out(capsys, "library", one.name, "--articles", "--json"))["sources"] == list(one.sources)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("library", "--articles", "--proof"), "do not go together"),
        (("library", "xyzzy", "--articles"), "There is no article 'xyzzy'."),
        (("library", "xyzzy", "--proof"), "There is no technique or script 'xyzzy'."),
        (("session", "--ritual", "xyzzy"), "There is no ritual 'xyzzy'."),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == Exit.USAGE
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_script_is_proved_in_processes_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    proved = json.loads(out(capsys, "library", QUICK, "--proof", "--json"))
    assert proved["proved"]
    assert proved["sessions"] > 200
    assert proved["scripts"][0]["name"] == QUICK
    assert (proved["faults"], proved["missed"]) == ([], [])


def test_a_proof_that_fails_says_what_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "ProcessPoolExecutor", ThreadPoolExecutor)
    monkeypatch.setattr("lowtide.proof.judge.OPENING_WORDS", ("abracadabra",))
    assert run(("library", QUICK, "--proof")) == Exit.FINDINGS
    shown = capsys.readouterr()
    assert "not proved" in shown.out
    assert "without the safety line: abracadabra" in " ".join(shown.err.split())
    assert "more like it" in shown.err


def test_a_ritual_decides_what_was_left_open() -> None:
    left_open = wish(minutes="10", technique="", position="", seed=0)
    wanted, hearing = as_ritual("evening-wind-down", left_open, Hearing(), has_length=False)
    assert (wanted.technique, wanted.script, wanted.length_ms) == ("evening-wind-down", "evening-wind-down", 900_000)
    assert (wanted.position, wanted.moment, wanted.may_end_in_sleep) == (Position.LYING, frozenset({"evening"}), True)
    assert hearing.bell_volume == LEAST_VOLUME_DB


def test_what_is_said_besides_a_ritual_goes_before_it() -> None:
    said = wish(minutes="12", technique="body-scan", position="sitting", seed=7)
    wanted, hearing = as_ritual("evening-wind-down", said, Hearing(bell_volume=-3.0), has_length=True)
    assert (wanted.technique, wanted.script, wanted.length_ms) == ("body-scan", "", 720_000)
    assert (wanted.position, wanted.seed, hearing.bell_volume) == (Position.SITTING, 7, -3.0)
    assert wanted.may_end_in_sleep


def test_a_ritual_with_a_bell_keeps_it() -> None:
    left_open = wish(minutes="10", technique="", position="", seed=0)
    assert as_ritual("morning-reset", left_open, Hearing(), has_length=False)[1].bell_volume == 0.0


def test_an_evening_fades_out_slowly_and_no_bell_is_struck() -> None:
    assert run(("session", "--ritual", "evening-wind-down", "--voice", "silent", "-o", "evening.flac")) == Exit.OK
    evening = json.loads(Path("evening.json").read_text())
    assert evening["duration_ms"] == 900_000
    assert evening["close_ms"] > 30_000
    assert not [event for event in evening["events"] if event["kind"] == "bell"]
    assert run(("session", "--technique", "body-scan", "-m", "15", "--voice", "silent", "-o", "day.flac")) == Exit.OK
    assert json.loads(Path("day.json").read_text())["close_ms"] < evening["close_ms"] / 2
