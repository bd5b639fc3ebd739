"""The transcript for reading, and FILE.json."""

from __future__ import annotations

import json

from factories import say, silence, timeline
from lowtide.deliver import timeline_json, transcript
from lowtide.model.timeline import Event, FitInfo, Happening

ARRIVING = Event(kind=Happening.CHAPTER, at_ms=0, for_ms=30_000, text="Arriving")
BACK = Event(kind=Happening.CHAPTER, at_ms=30_000, for_ms=30_000, text="The lower back")
SESSION = timeline(
    (
        ARRIVING,
        say(4_000, 3_000, "Let your eyes close,"),
        say(7_500, 2_000, "if you like."),
        say(17_500, 2_000, "Or rest them."),
        BACK,
        Event(kind=Happening.BELL, at_ms=31_000, for_ms=8_000),
        say(40_000, 3_000, "Nothing *has* to change."),
    ),
    title="Softening",
)


def test_it_reads_by_chapters_with_the_pauses_that_matter() -> None:
    assert transcript(SESSION) == (
        "# Softening\n\n*body scan, 1:00, lying*\n\n"
        "## Arriving (0:00)\n\n(pause 4 s)\n\nLet your eyes close, if you like.\n\n(pause 8 s)\n\nOr rest them.\n\n"
        "(pause 10 s)\n\n## The lower back (0:30)\n\n(a bell)\n\n(pause 9 s)\n\n"
        "Nothing \\*has\\* to change.\n\n(pause 17 s)\n"
    )


def test_silences_next_to_each_other_are_one_pause() -> None:
    events = (say(0, 1_000, "Rest."), silence(1_000, 40_000), silence(41_000, 50_000, is_open=True))
    session = timeline(events, duration_ms=91_000)
    assert transcript(session).endswith("Rest.\n\n(pause 1 minute 30 seconds)\n")


def test_file_json_holds_the_whole_timeline() -> None:
    info = FitInfo(
        kept=(), dropped=("Resting, line 9",), rounds=(), stretch=1.2, open_ms=0, silence_share=0.6,
        words_per_minute=40.0, spoken_words_per_minute=100.0, shortest_ms=1, longest_ms=2,
    )  # fmt: skip
    held = json.loads(json.dumps(timeline_json(SESSION, voice="flite:slt", info=info)))
    assert (held["duration_ms"], held["seed"], held["voice"], held["technique"]) == (
        60_000,
        0,
        "flite:slt",
        "body-scan",
    )
    assert held["info"]["dropped"] == ["Resting, line 9"]
    assert len(held["events"]) == len(SESSION.events)
    assert held["events"][0] == {"at_ms": 0, "for_ms": 30_000, "kind": "chapter", "text": "Arriving"}
    tiled = [event for event in held["events"] if event["kind"] in {"say", "silence"}]
    assert sum(event["for_ms"] for event in tiled) == 60_000
