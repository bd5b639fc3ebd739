"""`lowtide session` and `lowtide render`: a profile and a length in, a recording and what belongs to it out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from lowtide.cli.learning.checkin import CheckInsFile
from lowtide.cli.options import Hearing, Person, wish
from lowtide.errors import Exit, UserError
from lowtide.model.clearance import Clearance, Disposition
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import LONGEST_MS, MS_PER_DAY, MS_PER_MINUTE

if TYPE_CHECKING:
    from lowtide.model.belief import Choice
    from lowtide.script.nodes import Script

DEFAULT_MINUTES = "10"
DEFAULT_PLACE = "lower-back"

Minutes = Annotated[
    str,
    Parameter(name=["--minutes", "-m"], help="How long, exactly: 7, 12.5, 7:30 or 1:30:00. Ten minutes if left out."),
]
Seed = Annotated[
    int, Parameter(help="Another number, another wording and another sea; the same number, the same session.")
]
PositionWord = Annotated[
    str, Parameter(help="lying, reclined, sitting, standing or walking. Left out: what suits you best.")
]
Evening = Annotated[bool, Parameter(help="For the evening: words that lead towards sleep, where the script has them.")]
PERSON = Person()
HEARING = Hearing()


def session(
    *,
    minutes: Minutes = "",
    technique: Annotated[
        str, Parameter(help="A practice; 'lowtide library' shows them. Left out: one is suggested.")
    ] = "",
    ritual: Annotated[
        str, Parameter(help="morning-reset, midday-check-in, desk-check, evening-wind-down or flare, as it usually is.")
    ] = "",
    position: PositionWord = "",
    seed: Seed = 0,
    evening: Evening = False,
    person: Annotated[Person, Parameter(name="*")] = PERSON,
    hearing: Annotated[Hearing, Parameter(name="*")] = HEARING,
    checkins: CheckInsFile = None,
) -> int:
    """Make a session for a person, a day and a length, and write it as a recording.

    Such as

        lowtide session
        lowtide session --minutes 20 --where lower-back:6 --where left-hip:3 --worse-with bending -o evening.mp3
        lowtide session --ritual evening-wind-down
        lowtide session --profile me.toml --technique pmr --position sitting -o - --format mp3 | mpv -

    What you do not say is not guessed: with little known, movements are only imagined. 'lowtide screen --save me.toml'
    asks what there is to know, and '--answers me.toml' brings it here.

    Beside FILE.mp3 come FILE.vtt (captions) and FILE.json (the timeline). Afterwards, 'lowtide checkin FILE.mp3
    --pain 6,4' lets the next one be chosen by what has helped you.
    """
    usual = minutes or DEFAULT_MINUTES
    wanted = wish(minutes=usual, technique=technique, position=position, seed=seed, evening=evening)
    if ritual:
        from lowtide.cli.ritual import as_ritual

        wanted, hearing = as_ritual(ritual, wanted, hearing, has_length=bool(minutes))
    return _make(person.read(), wanted, hearing, None, checkins)


def render(
    script: Path,
    /,
    *,
    minutes: Minutes = "",
    position: PositionWord = "",
    seed: Seed = 0,
    evening: Evening = False,
    person: Annotated[Person, Parameter(name="*")] = PERSON,
    hearing: Annotated[Hearing, Parameter(name="*")] = HEARING,
) -> int:
    """Make a recording of any script, such as one of your own.

    Such as

        lowtide render my-scan.md --minutes 12 --position sitting -o my-scan.flac

    'lowtide check SCRIPT.md' tells what is wrong with a script, 'lowtide import' makes one of plain text.
    """
    from lowtide.cli.check import read_clean

    tree = read_clean(script)
    wanted = wish(minutes=minutes or _best_minutes(tree), technique="", position=position, seed=seed, evening=evening)
    return _make(person.read(), wanted, hearing, tree)


def _best_minutes(script: Script) -> str:
    """Ten minutes, or what is nearest to it in the range that the script is at its best in."""
    head = script.head
    least, most = (head.least_minutes, head.most_minutes) if head.most_minutes else (0.0, LONGEST_MS / MS_PER_MINUTE)
    return f"{min(max(float(DEFAULT_MINUTES), least), most):g}"


def _make(profile: Profile, wanted: Wish, hearing: Hearing, script: Script | None, checkins: Path | None = None) -> int:
    from lowtide.cli import recording

    profile = profile if profile.pains or script else _with_lower_back(profile)
    clearance = _cleared(profile)
    if isinstance(clearance, int):
        return clearance
    wanted, choice = (wanted, None) if script else _drawn(profile, clearance, wanted, checkins)
    recording.record(profile, clearance, wanted, hearing, script, choice)
    return Exit.OK


def _drawn(profile: Profile, clearance: Clearance, wanted: Wish, checkins: Path | None) -> tuple[Wish, Choice | None]:
    """Let the learner draw the technique, where check-ins are kept and none was named."""
    from lowtide.cli.learning import checkins_file

    kept = checkins_file.read(checkins or checkins_file.default_file()) if not wanted.technique else ()
    if not kept:
        return wanted, None
    from dataclasses import replace

    from lowtide import learn, pipeline
    from lowtide.model.belief import Context

    belief = learn.replay(learn.house_prior(), kept[0].began_ms, kept)
    now_ms = int(datetime.now().timestamp() * 1000)
    # One lot for each day and each check-in, so that asking again on the same day is no way round it.
    lot = replace(wanted, seed=wanted.seed + len(kept) + now_ms // MS_PER_DAY)
    drawn, choice, _ = pipeline.draw(profile, clearance, lot, belief, Context(at_ms=now_ms))
    return replace(drawn, seed=wanted.seed), choice


def _with_lower_back(profile: Profile) -> Profile:
    from dataclasses import replace

    from lowtide.cli.options import pain

    return replace(profile, pains=(pain(DEFAULT_PLACE),))


def _cleared(profile: Profile) -> Clearance | int:
    """Screen; print what must happen first, and give the exit code in place of a clearance where there is none."""
    from lowtide.cli.printing import note
    from lowtide.cli.screen import exit_code
    from lowtide.pipeline import clear
    from lowtide.screen import advice

    verdict = clear(profile)
    if verdict.disposition is not Disposition.GO:
        note(advice(verdict))
    if verdict.clearance is not None:
        return verdict.clearance
    code = exit_code(verdict.disposition)
    if code is Exit.OK:
        raise UserError("No session can be offered on these answers.", hint="See 'lowtide screen'.")
    return code
