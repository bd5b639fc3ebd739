"""`lowtide programme`: the courses, a week of one, and a clinic's own file, checked as a script is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lowtide import content
from lowtide.cli.main import run
from lowtide.errors import Exit


def out(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == Exit.OK
    return capsys.readouterr().out


def test_the_courses_are_listed_with_what_they_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    listed = out(capsys, "programme")
    for one in content.programmes():
        assert f"{one.name}: {one.summary}" in listed
    assert "a meeting of 150 minutes" in listed
    assert "equal to mbsr-style" in listed


def test_a_week_shows_why_and_what_is_practised(capsys: pytest.CaptureFixture[str]) -> None:
    week = content.programme("mbsr-style").weeks[2]
    shown = out(capsys, "programme", "MBSR style", "--week", "3")
    assert shown.startswith(f"# 3. {week.title}\n")
    assert all(said in shown for said in (week.theme, week.agenda[0], week.readings[0]))
    assert shown.count("\n- ") == len(week.practices) + len(week.agenda)


def test_the_silent_day_is_shown_with_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    day = content.programme("mbsr-style").weeks[5].day
    assert day
    shown = out(capsys, "programme", "mbsr-style", "--week", "6")
    assert f"## {day.title}" in shown
    assert all(part.text in shown for part in day.parts)


def test_a_course_shows_what_it_is_and_its_weeks(capsys: pytest.CaptureFixture[str]) -> None:
    course = content.programme("gentle-start")
    shown = out(capsys, "programme", "gentle-start")
    assert course.about.strip() in shown
    assert f"4. {course.weeks[3].title}: " in shown


def test_programs_are_told_courses_and_weeks(capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["name"] for row in json.loads(out(capsys, "programme", "--json"))} == set(content.programme_names())
    assert len(json.loads(out(capsys, "programme", "mbsr-style", "--json"))["weeks"]) == 8
    assert json.loads(out(capsys, "programme", "mbsr-style", "--week", "2", "--json"))["events"] == "pleasant"


def test_a_clinics_own_file_without_a_mistake_ends_with_nothing_to_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(content.programme_text("gentle-start"), encoding="utf-8")
    assert run(["programme", str(path)]) == Exit.OK
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "0 errors, 0 warnings" in captured.err
    assert out(capsys, "programme", str(path), "--week", "1").startswith("# 1. ")


def test_a_mistake_is_told_with_its_place_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(content.programme_text("gentle-start").replace('"body-scan"', '"body-scn"', 1), encoding="utf-8")
    assert run(["programme", str(path)]) == Exit.FINDINGS
    (line,) = capsys.readouterr().out.splitlines()
    place = path.read_text(encoding="utf-8").partition('"body-scn"')[0].count("\n") + 1
    assert line == f"{path}:{place}:1 P301 There is no technique 'body-scn'. (Perhaps body-scan?)"


def test_a_warning_alone_is_told_and_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ours.toml"
    text = content.programme_text("gentle-start")
    path.write_text(text.replace("Perhaps you have slept badly", "You must have slept badly"), encoding="utf-8")
    assert run(["programme", str(path)]) == Exit.OK
    assert " P501 " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("programme", "xyzzy"), "There is no programme 'xyzzy'."),
        (("programme", "mbsr"), "Perhaps mbsr-style?"),
        (("programme", "mbsr-style", "--week", "9"), "mbsr-style has no week 9."),
        (("programme", "--week", "3"), "--week needs a course."),
        (("programme", "not-there.toml"), "there is no such file"),
    ],
)
def test_what_can_not_be_shown_is_told_in_one_line(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == Exit.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
