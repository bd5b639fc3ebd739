"""`lowtide simulate` prints a table that can be repeated, and says what it had to leave out."""

from __future__ import annotations

import json

import pytest

from lowtide.cli.main import run
from lowtide.errors import Exit
from lowtide.learn.simulate import table

SMALL = ("simulate", "--people", "40", "--weeks", "2", "--seed", "4", "--processes", "1")


@pytest.fixture
def without_bandits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_bandits")
def test_the_table_is_json_and_the_same_every_time_on_any_number_of_processors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = []
    for processes in ("1", "1", "2"):
        assert run((*SMALL[:-1], processes, "--json")) == Exit.OK
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] == printed[2]
    values = json.loads(printed[0])
    assert {"policies", "coverage_90", "null_false_claims", "off_policy"} <= set(values)
    for policy in values["policies"].values():
        assert {"relief", "regret", "best_share"} <= set(policy)
    assert {"estimate", "truth", "interval"} <= set(values["off_policy"])


@pytest.mark.usefixtures("without_bandits")
def test_where_mabwiser_is_missing_its_policies_are_left_out_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SMALL) == Exit.OK
    said = capsys.readouterr()
    assert "LinTS" not in said.out
    assert len(said.err.splitlines()) == 1
    assert "MABWiser is not installed" in said.err
    for name in ("Lowtide", "fixed rotation", "an oracle", "where nothing differs"):
        assert name in said.out


@pytest.mark.parametrize(("option", "value"), [
    ("--people", "0"), ("--weeks", "0"), ("--seed", "-1"), ("--differs", "nan"), ("--people", "many"),
    ("--processes", "0"), ("--people", "9" * 30), ("--weeks", "-3"),
])  # fmt: skip
def test_a_size_that_makes_no_sense_is_one_plain_line(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("simulate", option, value)) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
