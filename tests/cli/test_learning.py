"""Check-ins, reports and fair comparisons from the command line: nothing is lost, and nothing is claimed too soon."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from lowtide.cli.learning import checkins_file, comparison_file
from lowtide.cli.main import run
from lowtide.errors import Exit

FILE = Path("mine.jsonl")
HERE = ("--checkins", str(FILE))


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LOWTIDE_DATA", str(tmp_path / "kept"))


def _done(*words: str) -> None:
    assert run(words) == Exit.OK


def _refused(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(words) == Exit.USAGE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def _weeks(days: int = 40) -> None:
    """Somebody whom muscle relaxation helps and the body scan does not."""
    rows = []
    for day in range(days):
        name = ("pmr", "body-scan")[day % 2]
        row = {
            "id": f"day-{day}", "began": f"2026-{3 + day // 28:02}-{day % 28 + 1:02}T08:00:00+01:00", "technique": name,
            "planned_ms": 600_000, "before": {"pain": 6 + day % 3}, "chosen_by": "protocol",
            "after": {"pain": 3 + day % 3 + (day % 5 == 0) if name == "pmr" else 6 + day % 3 - (day % 7 == 0)},
        }  # fmt: skip
        rows.append(json.dumps(row))
    FILE.write_text("\n".join(rows) + "\n")


def test_a_session_is_rated_and_the_rating_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    _done("session", "--voice", "silent", "--minutes", "3", "-o", "mine.wav")
    _done("checkin", "mine.wav", "--pain", "6,4", "--stress", "5,-", "--pleasant", "7", *HERE)
    (kept,) = checkins_file.read(FILE)
    assert (kept.technique, kept.planned_ms, kept.heard_ms) == ("body-scan", 180_000, 180_000)
    assert (kept.before.pain, kept.after.pain, kept.before.stress, kept.after.stress) == (6, 4, 5, None)
    capsys.readouterr()
    _done("checkin", *HERE)
    assert "body-scan, 3 min  pain 6→4, stress 5→-" in capsys.readouterr().out


def test_a_practice_elsewhere_and_a_partial_one_count_as_well() -> None:
    _done("checkin", "--technique", "walking", "--minutes", "20", "--heard", "12", "--pain", "4,4", *HERE)
    (kept,) = checkins_file.read(FILE)
    assert (kept.technique, kept.planned_ms, kept.heard_ms) == ("walking", 1_200_000, 720_000)


def test_check_ins_are_private_and_lie_in_the_data_folder_if_nothing_else_is_said() -> None:
    _done("checkin", "--technique", "walking", "--pain", "4,4")
    assert Path("kept/checkins.jsonl").stat().st_mode & 0o077 == 0


def test_what_was_said_can_be_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    _done("checkin", "--technique", "walking", "--pain", "4,4", *HERE)
    (kept,) = checkins_file.read(FILE)
    _done("checkin", "--forget", kept.id, *HERE)
    assert checkins_file.read(FILE) == ()
    assert kept.id in _refused(("checkin", "--forget", kept.id, *HERE), capsys)


def test_a_line_cut_by_a_power_cut_is_lost_alone_and_the_next_one_is_whole() -> None:
    _weeks(3)
    with FILE.open("a") as file:
        file.write('{"id": "half", "began": "2026-')
    assert len(checkins_file.read(FILE)) == 3
    _done("checkin", "--technique", "walking", "--pain", "4,4", *HERE)
    assert len(checkins_file.read(FILE)) == 4
    assert "half" not in FILE.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pain", "12,3"), "not a rating"),
        (("--pain", "much,less"), "before and after"),
        (("--pain", "6"), "before and after"),
        (("--pain", "nan,3"), "not a rating"),
        (("--pleasant", "11"), "not a rating"),
        (("--at", "2999-01-01T00:00"), "future"),
        (("--at", "yesterday"), "not a time"),
        (("--heard", "90"), "no longer than 10:00"),
    ],
)
def test_a_mistyped_check_in_is_refused_in_one_line_and_nothing_is_written(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in _refused(("checkin", "--technique", "pmr", *words, *HERE), capsys)
    assert not FILE.exists()


def test_a_recording_without_its_timeline_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--technique" in _refused(("checkin", "gone.mp3", *HERE), capsys)
    Path("gone.json").write_text("{}")
    assert "not a timeline" in _refused(("checkin", "gone.mp3", *HERE), capsys)


def test_a_damaged_line_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text('{"id": "a"}\n')
    assert "mine.jsonl, line 1" in _refused(("report", *HERE), capsys)


def test_the_learner_chooses_among_what_is_kept_and_its_odds_come_with_the_recording(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _weeks()
    _done("session", "--voice", "silent", "--minutes", "5", "-o", "next.wav", *HERE)
    assert "was chosen" in " ".join(capsys.readouterr().err.split())
    told = json.loads(Path("next.json").read_text())
    assert told["chosen_by"] == "learner"
    assert sum(told["odds"].values()) == pytest.approx(1)
    assert told["odds"]["pmr"] > max(chance for name, chance in told["odds"].items() if name != "pmr")
    _done("checkin", "next.wav", "--pain", "5,4", *HERE)
    assert checkins_file.read(FILE)[-1].chance == told["odds"][told["technique"]]


def test_what_the_person_names_always_wins() -> None:
    _weeks()
    _done("session", "--voice", "silent", "--minutes", "5", "--technique", "body-scan", "-o", "next.wav", *HERE)
    told = json.loads(Path("next.json").read_text())
    assert (told["technique"], told["chosen_by"]) == ("body-scan", "person")


def test_a_report_is_text_here_and_a_file_where_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _weeks()
    _done("report", *HERE)
    assert "Progressive muscle relaxation eased pain more" in " ".join(capsys.readouterr().out.split())
    _done("report", "-o", "mine.pdf", *HERE)
    assert len(PdfReader(io.BytesIO(Path("mine.pdf").read_bytes())).pages) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1), "one line that says it is done"
    assert said.err.startswith("mine.pdf: ")
    assert "2026" in said.err
    _done("report", "-o", "mine.svg", *HERE)
    assert Path("mine.svg").read_text().count("<svg") == 3
    _done("report", "-o", "mine.json", "--since", "2026-03-10", "--until", "2026-03-19", *HERE)
    assert json.loads(Path("mine.json").read_text())["dose"]["sessions"] == 10


def test_a_report_is_not_written_over_another_file(capsys: pytest.CaptureFixture[str]) -> None:
    _weeks()
    Path("mine.pdf").write_text("a letter")
    assert "mine.pdf" in _refused(("report", "-o", "mine.pdf", *HERE), capsys)
    assert Path("mine.pdf").read_text() == "a letter"


@pytest.mark.parametrize(
    "words", [("--since", "soon"), ("-o", "mine.doc"), ("--since", "2030-01-01"), ("--until", "2020-01-01")]
)
def test_an_impossible_report_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    _weeks()
    _refused(("report", *words, *HERE), capsys)


def test_a_report_of_nothing_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert "lowtide checkin" in _refused(("report", *HERE), capsys)


def test_a_comparison_is_drawn_once_told_day_by_day_and_only_compared_at_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _done("compare", "start", "pmr", "body-scan", "--weeks", "2", "--seed", "3", *HERE)
    found = comparison_file.read(FILE)
    assert found is not None
    capsys.readouterr()
    _done("compare", "today", *HERE)
    assert capsys.readouterr().out.strip() == found[0].schedule[0]
    _done("compare", "result", *HERE)
    assert "Nothing is compared before it is over" in capsys.readouterr().out
    assert "under way" in _refused(("compare", "start", "pmr", "sitting", *HERE), capsys)
    assert comparison_file.read(FILE) == found
    _done("compare", "stop", *HERE)
    assert "over" in _refused(("compare", "today", *HERE), capsys)
    _done("compare", "start", "pmr", "sitting", *HERE)


@pytest.mark.parametrize(
    "words",
    [
        ("pmr",),
        ("pmr", "pmr"),
        ("pmr", "moonwalk"),
        ("pmr", "sitting", "--weeks", "9"),
        ("pmr", "sitting", "--measure", "luck"),
    ],
)
def test_an_unfair_comparison_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    _refused(("compare", "start", *words, *HERE), capsys)
    assert comparison_file.read(FILE) is None


def test_a_comparison_that_was_tampered_with_is_not_taken_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    _done("compare", "start", "pmr", "body-scan", "--weeks", "2", *HERE)
    file = comparison_file.file_for(FILE)
    kept = json.loads(file.read_text())
    file.write_text(json.dumps(kept | {"schedule": ["pmr"] * 14}))
    assert "not a comparison any more" in _refused(("compare", "today", *HERE), capsys)


@pytest.mark.parametrize("said", [("--pain", "6,4"), ("--pleasant", "7"), ("--unwell",), ("--heard", "3")])
def test_what_is_said_of_no_session_is_refused_and_not_passed_over(
    said: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = _refused(["checkin", *said, *HERE], capsys)
    assert "--technique" in refusal
    assert not FILE.exists()
