"""Where the verbs meet: a profile and a wish in, a recording out, one function for each arrow of the flow.

Called by the command line and the app. Voices, cache and progress come in as arguments; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from lowtide import compose, content, plan, screen, speak
from lowtide.errors import EngineError, LengthError, UserError
from lowtide.model.audio import Format
from lowtide.model.facts import Fact
from lowtide.model.library import Family, Technique
from lowtide.model.movement import Position
from lowtide.model.plan import Change
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import MS_PER_MINUTE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.deliver import Label, Shelf
    from lowtide.mix import Mixer
    from lowtide.model.audio import Sound
    from lowtide.model.belief import Belief, Choice, ChoiceInfo, Context
    from lowtide.model.clearance import Clearance, Verdict
    from lowtide.model.plan import Plan, PlanInfo, Switch
    from lowtide.model.session import Phrase, Session
    from lowtide.model.speech import Clip, ClipKey, Speech
    from lowtide.model.timeline import FitInfo, Timeline
    from lowtide.script.nodes import Head, Script

Progress = Callable[[int, int], None]
"""Told (done, all) as work goes on."""
OWN_SCRIPT = "your-script"
"""The name of a script that is not the library's."""
TYPICAL_MINUTES = 10
"""What a script's reach is told for; a fact such as `[when short]` can depend on the length."""


def _unwatched(_done: int, _all: int) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A session that is ready to be mixed, with everything that was decided on the way."""

    plan: Plan
    plan_info: PlanInfo
    session: Session
    speech: Speech
    timeline: Timeline
    fit_info: FitInfo
    notes: tuple[str, ...]
    """What the listener should know, such as a voice that failed; plain sentences."""
    begun: Made | None = None
    """What it was before it was switched in the middle; its loudness holds to the end."""
    turns_ms: tuple[int, ...] = ()
    """When it was switched, on the session's clock."""


def clear(profile: Profile) -> Verdict:
    """Profile → clearance: what must happen first, and what a session may ask for."""
    return screen.screen(profile)


def decide(profile: Profile, clearance: Clearance, wish: Wish, *, only: Script | None = None) -> tuple[Plan, PlanInfo]:
    """Clearance and wish → plan: which technique, script and position, of the library or of `only` this script."""
    if only is None:
        return plan.plan(profile, clearance, wish, content.techniques(), content.heads())
    return plan.plan(profile, clearance, wish, (_technique_of(only.head),), {OWN_SCRIPT: only.head})


def draw(
    profile: Profile, clearance: Clearance, wish: Wish, belief: Belief, context: Context
) -> tuple[Wish, Choice | None, ChoiceInfo | None]:
    """Belief → wish: where the technique is left open, the learner draws one of those that are cleared, and says why.

    It goes before the plan's own suggestions. What the person names always wins; then nothing is drawn (None).
    """
    from lowtide import learn

    library = content.techniques()
    names = plan.candidates(profile, clearance, wish, library, content.heads())
    if not names:
        return wish, None, None
    titles = {one.name: one.title for one in library}
    choice, info = learn.choose(belief, names, context, wish.seed, titles)
    return replace(wish, technique=choice.technique, because=info.sentence), choice, info


def resolve(the_plan: Plan, script: Script) -> Session:
    """Plan and script → session: wordings, slots and movements are decided, times are not."""
    return compose.resolve(the_plan, script, content.opening())


def voice_session(
    session: Session, length_ms: int, voices: Sequence[speak.Voice], cache: speak.Cache, progress: Progress
) -> tuple[Speech, Timeline, FitInfo, tuple[str, ...]]:
    """Session → speech → timeline, by the first voice that can; the notes tell which ones could not.

    Raises `UserError` for a length that can not be reached, and when no voice speaks at all.
    """
    notes: list[str] = []
    for voice in voices:
        try:
            return (*_speak_to_length(session, length_ms, voice, cache, progress), tuple(notes))
        except EngineError as error:
            notes.append(f"The voice {voice.name} could not be used: {error.message}")
    raise UserError("No voice could speak. " + " ".join(notes), hint="See 'lowtide voices'.")


def _speak_to_length(
    session: Session, length_ms: int, voice: speak.Voice, cache: speak.Cache, progress: Progress
) -> tuple[Speech, Timeline, FitInfo]:
    # Only what the fitting will use is spoken. Parts are chosen by estimated lengths first; when measured ones change
    # the choice, what is missing is spoken too. Every step depends on the input alone, so the same session comes out of
    # a full cache and of an empty one.
    return _speak(
        session.phrases(),
        lambda lengths_ms: compose.choose(session, lengths_ms, length_ms),
        lambda lengths_ms: compose.fit(session, lengths_ms, length_ms),
        lambda keys: speak.say(keys, voice, cache, progress=progress),
        voice,
    )


def _speak(
    phrases: Iterable[Phrase],
    choose: Callable[[Mapping[ClipKey, int]], frozenset[ClipKey]],
    fit: Callable[[Mapping[ClipKey, int]], tuple[Timeline, FitInfo]],
    say: Callable[[list[ClipKey]], Speech],
    voice: speak.Voice,
) -> tuple[Speech, Timeline, FitInfo]:
    guesses = {phrase.key: speak.estimate_ms(voice, phrase.key) for phrase in phrases}
    clips: dict[ClipKey, Clip] = {}
    try:
        wanted = choose(guesses)
    except UserError:
        wanted = frozenset(guesses)  # near the ends of what can be reached, only measured lengths tell
    while missing := [key for key in guesses if key in wanted and key not in clips]:
        clips.update(say(missing).clips)
        timeline, info = fit(_measured(guesses, clips))
        wanted = frozenset(event.key for event in timeline.events if event.spoken)
    used = {key: clip for key, clip in clips.items() if key in wanted}
    return speak.Speech(voice=voice.name, clips=used), timeline, info


def _measured(guesses: dict[ClipKey, int], clips: dict[ClipKey, Clip]) -> dict[ClipKey, int]:
    ratio = sum(clip.length_ms for clip in clips.values()) / max(1, sum(guesses[key] for key in clips))
    return {key: clips[key].length_ms if key in clips else round(ratio * guess) for key, guess in guesses.items()}


def prepare(
    profile: Profile,
    clearance: Clearance,
    wish: Wish,
    *,
    voices: Sequence[speak.Voice],
    cache: speak.Cache,
    progress: Progress = _unwatched,
    script: Script | None = None,
) -> Made:
    """Go from a wish to a timeline; `script` is used in place of the library's where it is given.

    Raises `LengthError` with the shortest and the longest length that this person can have it in.
    """

    def make(length_ms: int) -> Made:
        return _make(profile, clearance, replace(wish, length_ms=length_ms), voices, cache, progress, script)

    try:
        return make(wish.length_ms)
    except LengthError as error:
        ends = _true_end(make, error.shortest_ms, "shortest_ms"), _true_end(make, error.longest_ms, "longest_ms")
        title = (script or content.script(decide(profile, clearance, wish)[0].script)).head.title
        raise compose.unreachable(title, wish.length_ms, *ends) from None


def _true_end(make: Callable[[int], Made], end_ms: int, which: str) -> int:
    # What a script holds can depend on the length (`[when short]`, `[when long]`), and so can its ends: an end that was
    # worked out for another length is tried at its own, a few times over.
    for _ in range(4):
        try:
            make(end_ms)
        except LengthError as error:
            end_ms = getattr(error, which)
        else:
            break
    return end_ms


def _make(
    profile: Profile, clearance: Clearance, wish: Wish, voices: Sequence[speak.Voice], cache: speak.Cache,
    progress: Progress, script: Script | None,
) -> Made:  # fmt: skip
    the_plan, plan_info = decide(profile, clearance, wish, only=script)
    session = resolve(the_plan, script or content.script(the_plan.script))
    speech, timeline, fit_info, notes = voice_session(session, wish.length_ms, voices, cache, progress)
    return Made(
        plan=the_plan, plan_info=plan_info, session=session, speech=speech, timeline=timeline, fit_info=fit_info,
        notes=notes,
    )  # fmt: skip


def switch(
    made: Made, the_switch: Switch, *, cache: speak.Cache, progress: Progress = _unwatched, script: Script | None = None
) -> Made:
    """Change the rest of a session, from the next silence on: the same length, the same voice, less that is asked for.

    Raises `UserError` where too little is left.
    """
    the_plan, voice = narrowed(made.plan, the_switch.to), speak.find(made.speech.voice)
    session = resolve(the_plan, script or content.script(the_plan.script))
    bridge = compose.passage(the_plan, content.bridge(the_switch.to))
    is_still = the_switch.to is Change.IMAGINE
    found = compose.turn(made.timeline, session, bridge, the_switch.at_ms, may_break_off=is_still)
    try:
        speech, timeline, info = _speak(
            found.phrases(),
            lambda lengths_ms: compose.needs(found, lengths_ms),
            lambda lengths_ms: compose.switch(found, lengths_ms),
            lambda keys: speak.say(keys, voice, cache, progress=progress),
            voice,
        )
    except EngineError as error:
        raise UserError(f"The voice {voice.name} could not go on: {error.message}", hint="Try again.") from None
    clips = {**made.speech.clips, **speech.clips}
    used = {event.key: clips[event.key] for event in timeline.events if event.spoken}
    return replace(
        made, plan=the_plan, session=session, speech=replace(speech, clips=used), timeline=timeline, fit_info=info,
        begun=made.begun or made, turns_ms=(*made.turns_ms, found.at_ms),
    )  # fmt: skip


def narrowed(the_plan: Plan, change: Change) -> Plan:
    """Plan → the same plan for less: what a listener gives up in the middle of a session."""
    clearance = screen.narrowed(the_plan.clearance, [change], the_plan.position)
    facts = the_plan.facts | ({str(Fact.OTHER_ANCHOR)} if clearance.other_anchor else frozenset())
    return replace(the_plan, clearance=clearance, facts=facts)


def _technique_of(head: Head) -> Technique:
    """Make a technique of a single script."""
    return Technique(
        name=head.technique or OWN_SCRIPT, title=head.title, family=Family.BODY, summary="", source="",
        scripts=(OWN_SCRIPT,), positions=head.positions,
    )  # fmt: skip


def mix(made: Made, sound: Sound, *, clip_bytes: int | None = None) -> Mixer:
    """Timeline and speech → samples, any stretch of them at any time; `clip_bytes` bounds the clips it keeps."""
    from lowtide.mix import Mixer

    held_db = mix(made.begun, sound).gain_db if made.begun else None
    return Mixer(made.timeline, made.speech, sound, speak.load, gain_db=held_db, clip_bytes=clip_bytes)


def label(made: Made) -> Label:
    """Timeline → what the recording's file says about itself."""
    from lowtide.deliver import cover, label_of

    return label_of(made.timeline, album=_album(made.plan), cover=cover(made.timeline))


def _album(the_plan: Plan) -> str:
    return next((one.title for one in content.techniques() if one.name == the_plan.technique), the_plan.technique)


def deliver(
    made: Made,
    sound: Sound,
    the_label: Label,
    file_format: Format,
    *,
    live: bool = False,
    progress: Progress = _unwatched,
    shelf: Shelf | None = None,
) -> Iterator[bytes]:
    """Timeline and speech → the bytes of a file, in order, as they are made; `live` where it is heard meanwhile.

    A `shelf` keeps encoded sound from one recording to the next.
    """
    from lowtide.deliver import encode

    mixer: list[Mixer] = []

    def render(start: int, count: int) -> NDArray[np.float32]:
        # Mixing begins with the first sample that is asked for: the file's head is on its way before.
        with turn:
            if not mixer:
                mixer.append(mix(made, sound))
        return mixer[0].render(start, count)

    turn = Lock()
    return encode(render, the_label, file_format, live=live, progress=progress, shelf=shelf)


def as_json(made: Made, sound: Sound) -> dict[str, Any]:
    """Timeline and what is known of its making → what FILE.json holds."""
    from lowtide.deliver import timeline_json

    info = asdict(made.fit_info) | {"sound": mix(made, sound).balance.words}
    info |= {"notes": [*made.plan_info.notes, *made.notes]}
    return timeline_json(made.timeline, voice=made.speech.voice, info=info)


def reach_of(script: Script) -> tuple[int, int]:
    """Script → its shortest and longest length in ms, for someone cleared for nothing in particular, at a calm pace."""
    clearance, voice = screen.careful(), speak.find("silent")
    reaches = []
    for position in script.head.positions or tuple(Position):
        wish = Wish(length_ms=MS_PER_MINUTE * TYPICAL_MINUTES, position=position)
        if clearance.allows_position(position):
            session = resolve(decide(Profile(), clearance, wish, only=script)[0], script)
            reaches.append(compose.reach(session, {p.key: speak.estimate_ms(voice, p.key) for p in session.phrases()}))
    if not reaches:
        raise UserError("This script needs a position that must be cleared first.", hint="See 'lowtide screen'.")
    return max(low for low, _ in reaches), min(high for _, high in reaches)


def spoken_sentence(text: str, voices: Sequence[speak.Voice], cache: speak.Cache) -> tuple[str, Iterator[bytes]]:
    """Say one sentence: give the name of the first voice that could, and a WAV file."""
    import numpy as np

    from lowtide.deliver import Label, encode

    for voice in voices:
        try:
            sound = speak.load(speak.say([(text, False)], voice, cache).clips[(text, False)])
        except EngineError as error:
            failure = error
            continue

        def render(start: int, count: int, sound: NDArray[np.float32] = sound) -> NDArray[np.float32]:
            return np.repeat(sound[start : start + count, None], 2, axis=1)

        return voice.name, encode(render, Label(frames=len(sound), title=voice.name), Format.WAV)
    raise UserError(f"No voice could speak: {failure.message}", hint="See 'lowtide voices'.")
