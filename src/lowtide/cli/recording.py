"""The work of `session` and `render`: a cleared person and a wish in, files (or a stream) and a summary out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lowtide import pipeline, speak
from lowtide.cli.options import Beside, Hearing
from lowtide.cli.printing import note, progress_bar
from lowtide.errors import UserError
from lowtide.model.audio import Format
from lowtide.model.time import clock

if TYPE_CHECKING:
    from lowtide.deliver import Shelf
    from lowtide.model.audio import Sound
    from lowtide.model.belief import Choice
    from lowtide.model.clearance import Clearance
    from lowtide.model.profile import Profile, Wish
    from lowtide.script.nodes import Script

STREAM = "-"
ENDINGS = {
    Beside.CAPTIONS: ".vtt",
    Beside.TIMELINE: ".json",
    Beside.SRT: ".srt",
    Beside.TRANSCRIPT: ".txt",
    Beside.PICTURE: ".svg",
    Beside.COVER: ".png",
}


HOW_TO_SAY = {
    "unknown-answers": "the safety questions ('lowtide screen --save me.toml', then --profile me.toml)",
    "unknown-conditions": "your conditions (--condition, or --condition none)",
    "unknown-triggers": "what makes it worse (--worse-with, or --worse-with none)",
    "unknown-strength": "how strong the pain is today (--where lower-back:4)",
    "unknown-place": "where it hurts (--where)",
}
"""For each rule of the unknown, what to say and how."""


def cache() -> speak.Cache:
    """Open the cache of clips where this system keeps caches, or where LOWTIDE_CACHE says."""
    return speak.Cache()


def shelf() -> Shelf:
    """Open the shelf of encoded sound, beside the clips; it takes no more room than they may."""
    from lowtide.deliver import Shelf
    from lowtide.deliver.shelf import DEFAULT_BYTES

    clips = cache()
    return Shelf(clips.folder.with_name("chunks"), min(DEFAULT_BYTES, clips.limit_bytes))


def voices_for(name: str) -> tuple[speak.Voice, ...]:
    """Give the voices to try in turn: the one that was named, then the best of every other engine."""
    voice = speak.find(name) if name else None
    # A natural voice was never fetched: that is for the person to say. A program that is broken is not: go on without.
    if voice is not None and not voice.is_ready and voice.quality is speak.Quality.NATURAL:
        raise UserError(f"The voice {voice.name} is not here yet.", hint=voice.note)
    return speak.candidates(voice)


def record(
    profile: Profile, clearance: Clearance, wanted: Wish, hearing: Hearing, script: Script | None,
    choice: Choice | None = None,
) -> None:  # fmt: skip
    """Make the recording and what belongs to it; raise `UserError` before any work where it can not be written.

    `choice` is the learner's, where it chose; its odds are kept in the timeline for the check-in that follows.
    """
    from lowtide import deliver

    sound, voices = hearing.sound(), voices_for(hearing.voice)
    file_format = hearing.file_format() if hearing.output else Format.MP3
    target = _target(hearing, wanted, script)
    beside = {} if target is None else {target.with_suffix(ENDINGS[kind]): kind for kind in hearing.beside()}
    if target in beside:
        raise UserError(f"{target} would be written over by its own {beside[target]}.", hint="Try session.mp3.")
    for place in (target, *beside) if target else ():
        deliver.check_place(place, force=hearing.force)
    with progress_bar("Speaking") as progress:
        made = pipeline.prepare(
            profile, clearance, wanted, voices=voices, cache=cache(), progress=progress, script=script
        )
    label = pipeline.label(made)
    if target is None:
        _stream(pipeline.deliver(made, sound, label, file_format, live=True, shelf=shelf()))
    else:
        with progress_bar("Recording") as progress:
            contents: dict[Path | str, Iterable[bytes]] = {
                target: pipeline.deliver(made, sound, label, file_format, progress=progress, shelf=shelf())
            }
            contents |= {place: _beside(made, sound, kind, choice) for place, kind in beside.items()}
            deliver.write_files(contents, force=hearing.force)
    balance = pipeline.mix(made, sound).balance
    note("\n".join([_summary(made, target), *([balance.words] if balance.is_capped else [])]))


def _beside(made: pipeline.Made, sound: Sound, kind: Beside, choice: Choice | None) -> Iterator[bytes]:
    from lowtide import deliver

    match kind:
        case Beside.CAPTIONS:
            yield deliver.vtt(made.timeline).encode()
        case Beside.TIMELINE:
            told = pipeline.as_json(made, sound) | _decision(choice)
            yield (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
        case Beside.SRT:
            yield deliver.srt(made.timeline).encode()
        case Beside.TRANSCRIPT:
            yield deliver.transcript(made.timeline).encode()
        case Beside.PICTURE:
            yield deliver.picture(made.timeline, pipeline.mix(made, sound).render).encode()
        case Beside.COVER:
            yield deliver.cover(made.timeline)


def _decision(choice: Choice | None) -> dict[str, Any]:
    return {"chosen_by": "learner", "odds": dict(choice.odds)} if choice else {"chosen_by": "person", "odds": {}}


def _target(hearing: Hearing, wanted: Wish, script: Script | None) -> Path | None:
    if hearing.output == STREAM:
        if sys.stdout.isatty():
            raise UserError("A recording can not be shown on a terminal.", hint="Send it on: … -o - | mpv -")
        return None
    if hearing.output:
        return Path(hearing.output)
    name = (script.head.technique or "session") if script else (wanted.technique or "session")
    return Path(f"lowtide-{name}-{clock(wanted.length_ms).replace(':', '-')}.{hearing.format or Format.MP3}")


def _stream(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


def _summary(made: pipeline.Made, target: Path | None) -> str:
    info, timeline = made.fit_info, made.timeline
    what = f"{timeline.title}, {clock(timeline.duration_ms)}, {timeline.position}, voice {made.speech.voice}."
    share = f"{info.silence_share:.0%} of it is silence, with {info.words_per_minute:.0f} words a minute."
    reasons = [finding for finding in made.plan.clearance.reasons if finding.rule not in HOW_TO_SAY]
    missing = [HOW_TO_SAY[finding.rule] for finding in made.plan.clearance.reasons if finding.rule in HOW_TO_SAY]
    careful = [f"Movements are only imagined until this is known: {'; '.join(missing)}."] if missing else []
    words = dict.fromkeys(finding.words for finding in reasons)
    return "\n".join([f"{target or 'Streamed'}: {what}", share, *made.plan_info.notes, *careful, *words, *made.notes])
