"""The commands do what their help says, seen from outside: files, standard output, exit codes."""

from __future__ import annotations

import io
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

import sounds
from lowtide.cli.main import COMMANDS, app, run
from lowtide.errors import Exit
from lowtide.model.time import LONGEST_MS, parse_minutes

SILENT = ("--voice", "silent")
SILENT_STRETCH = ("session", *SILENT, "--minutes", "4", "--technique", "gentle-stretch")
SHORT = ("session", *SILENT, "--minutes", "3:00.007", "--technique", "body-scan")


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path / "cache"))


def _done(*words: str) -> None:
    assert run(words) == Exit.OK


def test_a_session_is_a_recording_with_captions_and_timeline_of_exactly_the_length_asked_for() -> None:
    _done(*SHORT, "-o", "mine.mp3")
    assert sorted(path.name for path in Path().glob("mine.*")) == ["mine.json", "mine.mp3", "mine.vtt"]
    assert len(sounds.decoded(Path("mine.mp3").read_bytes())) == 180_007 * 48
    timeline = json.loads(Path("mine.json").read_text())
    assert set(timeline) >= {"duration_ms", "seed", "voice", "technique", "info", "events"}
    assert timeline["duration_ms"] == 180_007
    assert timeline["technique"] == "body-scan"
    assert {"say", "silence", "chapter", "attend"} <= {event["kind"] for event in timeline["events"]}
    assert Path("mine.vtt").read_text().startswith("WEBVTT")


def test_audio_only_leaves_the_rest_out() -> None:
    _done(*SHORT, "--audio-only", "-o", "mine.opus")
    assert [path.name for path in Path().glob("mine.*")] == ["mine.opus"]


def test_the_ending_gives_the_format() -> None:
    _done("session", *SILENT, "--minutes", "3", "-o", "mine.flac", "--audio-only")
    assert Path("mine.flac").read_bytes()[:4] == b"fLaC"


def test_a_stream_is_the_same_recording_and_nothing_else(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    _done(*SHORT, "-o", "mine.mp3")
    capfdbinary.readouterr()
    _done(*SHORT, "-o", "-", "--format", "mp3")
    assert capfdbinary.readouterr().out == Path("mine.mp3").read_bytes()


def test_the_same_seed_is_the_same_session_and_another_seed_another_wording() -> None:
    for seed, name in (("1", "one"), ("1", "again"), ("2", "two")):
        _done(*SHORT, "--seed", seed, "-o", f"{name}.wav")
    assert Path("one.wav").read_bytes() == Path("again.wav").read_bytes()
    assert Path("one.vtt").read_text() == Path("again.vtt").read_text()
    assert Path("one.vtt").read_text() != Path("two.vtt").read_text()


def test_a_profile_in_a_file_is_the_same_as_the_options() -> None:
    Path("me.toml").write_text(
        'where = ["lower-back:6", "left-hip:3"]\nworse-with = ["bending"]\nconditions = ["disc"]\n'
    )
    told = ("--where", "lower-back:6", "--where", "left-hip:3", "--worse-with", "bending", "--condition", "disc")
    _done(*SHORT, *told, "-o", "told.mp3")
    _done(*SHORT, "--profile", "me.toml", "-o", "filed.mp3")
    assert Path("told.json").read_text() == Path("filed.json").read_text()


def _kinds(name: str) -> set[str]:
    return {event["kind"] for event in json.loads(Path(name).read_text())["events"]}


def test_nothing_known_means_every_movement_is_imagined() -> None:
    _done(*SILENT_STRETCH, "-o", "careful.wav")
    assert "imagine" in _kinds("careful.json")
    assert not {"move", "tense"} & _kinds("careful.json")


def test_someone_who_answered_everything_moves_and_pregnancy_is_never_laid_flat() -> None:
    known = "worse-with = []\nconditions = [{}]\nwhere = ['upper-back:3']\nage = 34\n[answers]\nall = false\n"
    Path("well.toml").write_text(known.format(""))
    Path("expecting.toml").write_text(known.format("'pregnancy'"))
    wish = (*SILENT_STRETCH, "--position", "lying")
    _done(*wish, "--profile", "well.toml", "-o", "well.wav")
    assert "move" in _kinds("well.json")
    _done(*wish, "--profile", "expecting.toml", "-o", "expecting.wav")
    assert json.loads(Path("expecting.json").read_text())["position"] != "lying"


@pytest.mark.parametrize(
    ("answer", "code", "word"),
    [
        ("saddle-numb", Exit.EMERGENCY, "emergency"),
        ("leg-weakness", Exit.SEE_SOMEONE_FIRST, "today"),
        ("", Exit.OK, ""),
    ],
)
def test_screening_ends_with_the_disposition(
    answer: str, code: Exit, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from lowtide.screen import QUESTIONS

    codes = [question.code for question in QUESTIONS]
    assert not answer or answer in codes
    Path("me.toml").write_text("[answers]\n" + "".join(f"{one} = {str(one == answer).lower()}\n" for one in codes))
    assert run(("screen", "--answers", "me.toml")) == code
    assert word in capsys.readouterr().out.lower()
    assert run((*SHORT, "--answers", "me.toml", "-o", "mine.wav", "--audio-only")) == code
    assert Path("mine.wav").exists() is (code is Exit.OK)


def test_the_questions_can_be_filled_in_as_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    _done("screen")
    filled = re.sub(r"^# ([a-z-]+ = )", r"\1", capsys.readouterr().out, flags=re.MULTILINE)
    Path("me.toml").write_text(filled)
    _done("screen", "--answers", "me.toml")


def test_someone_well_who_answers_everything_is_asked_to_move(monkeypatch: pytest.MonkeyPatch) -> None:
    from lowtide.screen import QUESTIONS

    monkeypatch.setattr("sys.stdin", io.StringIO("n\n" * len(QUESTIONS) + "40\nnone\nnone\n"))
    _done("screen", "--save", "me.toml")
    _done(*SILENT_STRETCH, "--profile", "me.toml", "--where", "upper-back:3", "-o", "mine.wav")
    assert "move" in _kinds("mine.json")


def test_what_is_missing_is_named_with_the_words_that_would_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    _done(*SILENT_STRETCH, "--condition", "none", "--where", "upper-back:3", "-o", "mine.wav")
    said = capsys.readouterr().err
    assert "lowtide screen --save" in said
    assert "--worse-with none" in said
    assert "--condition none" not in said


def test_a_voice_that_is_not_here_is_refused_with_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOWTIDE_VOICES", "nowhere")
    assert run((*SHORT[:1], "--voice", "kokoro:af_heart", "-o", "mine.mp3")) == Exit.USAGE
    assert "lowtide voices install kokoro" in capsys.readouterr().err


def test_questions_are_asked_one_by_one_and_an_emergency_stops_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n" + "n\n" * 100))
    assert run(("screen", "--save", "me.toml")) == Exit.EMERGENCY
    assert Path("me.toml").read_text().count("=") == 1


def test_an_age_that_is_none_is_said_so_in_one_line_and_enter_leaves_it_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from lowtide.screen import QUESTIONS

    monkeypatch.setattr("sys.stdin", io.StringIO("n\n" * len(QUESTIONS) + "forty\n\nbending\nnone\n"))
    _done("screen", "--save", "me.toml")
    assert "That is no age. Write a number from 1 to 120, or press Enter" in capsys.readouterr().err
    assert "age" not in tomllib.loads(Path("me.toml").read_text())


@pytest.mark.parametrize("bad", ["forty", "-5", "0", "1e3", "9" * 5000])
def test_nobody_is_asked_for_ever(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    from lowtide.screen import QUESTIONS

    answers = io.StringIO("n\n" * len(QUESTIONS) + f"{bad}\n" * 1000)
    monkeypatch.setattr("sys.stdin", answers)
    _done("screen", "--save", "me.toml")
    assert answers.read(), "the questions ended before the answers did"
    assert "left open" in capsys.readouterr().err
    assert set(tomllib.loads(Path("me.toml").read_text())) == {"answers"}


def test_a_plain_text_becomes_a_script_that_checks_clean_and_can_be_heard(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.txt").write_text(
        "My evening rest\n\nLie down and let the day go. (pause)\n\n"
        "Now lift your arms above your head. (pause for 10 seconds)\n\n"
        "Inhale… and exhale…\n\nVisit our website for more.\n"
    )
    _done("import", "mine.txt", "-o", "mine.md")
    assert "website" in capsys.readouterr().err
    _done("check", "mine.md")
    _done("render", "mine.md", *SILENT, "--minutes", "1", "-o", "mine.mp3")
    assert "imagine" in _kinds("mine.json")


@pytest.mark.parametrize(
    "text", ["Rest.", "Let it be quiet. (pause for ten minutes)", "Let the evening come. (pause) " * 90]
)
def test_an_import_says_what_to_do_next_and_that_works(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("my text.txt").write_text(text)
    _done("import", "my text.txt", "-o", "my text.md")
    *_, count, then = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\d+ guess(?:es)?, no movements, no passages set aside\.", count)
    steps = [shlex.split(step)[1:] for step in then.removeprefix("Next: ").split(", then ")]
    assert [step[0] for step in steps] == ["check", "render"]
    for step in steps:
        _done(*step, *((*SILENT, "-o", "mine.wav") if step[0] == "render" else ()))


def test_an_import_suggests_no_length_that_no_session_can_have(capsys: pytest.CaptureFixture[str]) -> None:
    Path("long.txt").write_text("Let the evening come as slowly as it likes to come.\n\n" * 6_000)
    _done("import", "long.txt", "-o", "long.md")
    then = capsys.readouterr().err.splitlines()[-1]
    suggested = then.rpartition("--minutes ")[2]
    assert parse_minutes(suggested) <= LONGEST_MS if "--minutes" in then else "cut it" in then


def test_an_import_to_the_screen_says_how_to_keep_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.txt").write_text("Let it be quiet.")
    _done("import", "mine.txt")
    assert "-o FILE.md" in capsys.readouterr().err.splitlines()[-1]


def test_diagnostics_are_lines_that_an_editor_can_follow(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text("---\ntitle: Bad\n---\n\n# One\n\nRest here. [attend moon]\n")
    assert run(("check", "bad.md")) == Exit.FINDINGS
    assert re.search(r"^bad\.md:7:\d+ [A-Z]\d+ .+", capsys.readouterr().out, flags=re.MULTILINE)


def test_the_library_is_readable_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    _done("library", "--json")
    assert {"body-scan", "belly-breathing", "pmr", "gentle-stretch"} <= {
        row["name"] for row in json.loads(capsys.readouterr().out)
    }
    _done("library", "pmr", "--json")
    assert "pmr: " in json.loads(capsys.readouterr().out)["lengths"][0]


def test_a_sentence_can_be_heard_in_a_voice(capsys: pytest.CaptureFixture[str]) -> None:
    _done("voices", "say", "Let your shoulders be heavy.", "--voice", "espeak", "-o", "heavy.wav")
    assert len(sounds.decoded(Path("heavy.wav").read_bytes())) > 48_000


def test_voices_are_listed_with_how_to_get_a_better_one(capsys: pytest.CaptureFixture[str]) -> None:
    _done("voices")
    listed = capsys.readouterr().out
    assert "lowtide voices install kokoro" in listed
    assert listed.count("* ") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_something_to_try(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    app([command, "--help"], result_action="return_value")
    assert f"lowtide {command}" in capsys.readouterr().out.replace("\n", " ")
