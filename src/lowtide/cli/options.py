"""Words of the command line in, values of the model out: what `session` and `render` share.

Law: every wrong word is refused here, before any work, with the words that would have been right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from cyclopts import Parameter

from lowtide.errors import UserError
from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Format, Sound, Soundscape
from lowtide.model.body import region
from lowtide.model.movement import Position
from lowtide.model.profile import WORST_PAIN, Condition, Pain, Profile, Trigger, Wish
from lowtide.model.time import parse_minutes

Word = TypeVar("Word", bound=StrEnum)


class Beside(StrEnum):
    """What can stand beside a recording."""

    CAPTIONS = "captions"
    TIMELINE = "timeline"
    SRT = "srt"
    TRANSCRIPT = "transcript"
    PICTURE = "picture"
    COVER = "cover"


OTHER_WORDS = {
    "pregnant": "pregnancy", "slipped-disc": "disc", "herniated-disc": "disc", "sciatica": "leg-pain",
    "surgery": "recent-surgery", "ptsd": "trauma", "hypertension": "high-blood-pressure", "asthma": "lung-disease",
    "copd": "lung-disease", "sit": "sitting", "stand": "standing", "bend": "bending", "twist": "twisting",
    "arch": "arching", "lie": "lying", "rotation": "twisting", "extension": "arching", "flexion": "bending",
}  # fmt: skip
"""What people also type, as the controlled word."""
NEAR = 0.7
"""How alike a word must be to be offered in place of the whole list."""
NOTHING = (("none",), ("no",), ("nothing",))
"""Said in place of words: it was asked, and there is nothing."""


def word(kind: type[Word], text: str, what: str) -> Word:
    """Read a controlled word; raise `UserError` with the nearest ones, or all where none is near."""
    wanted = text.strip().lower().replace(" ", "-").replace("_", "-")
    wanted = OTHER_WORDS.get(wanted, wanted) if wanted not in kind._value2member_map_ else wanted
    if wanted in kind._value2member_map_:
        return kind(wanted)
    known = [str(member) for member in kind]
    import difflib

    near = difflib.get_close_matches(wanted, known, n=3, cutoff=NEAR)
    hint = f"Perhaps {' or '.join(near)}?" if near else f"Known are: {', '.join(known)}."
    raise UserError(f"There is no {what} '{text}'.", hint=hint)


def words(kind: type[Word], texts: tuple[str, ...], what: str) -> frozenset[Word] | None:
    """Read several controlled words: None where nothing was said, the empty set for `none`.

    >>> words(Trigger, (), "trigger"), words(Trigger, ("none",), "trigger")
    (None, frozenset())
    """
    if tuple(text.strip().lower() for text in texts) in NOTHING:
        return frozenset()
    return frozenset(word(kind, text, what) for text in texts) or None


def pain(text: str) -> Pain:
    """Read `REGION` or `REGION:0-10`, such as `left-hip:3`."""
    name, colon, intensity = text.partition(":")
    where = region(name).name
    if not colon:
        return Pain(region=where)
    if not (intensity.isascii() and intensity.isdigit() and len(intensity) <= 2 and int(intensity) <= WORST_PAIN):
        raise UserError(f"'{text}' is not a place with its pain.", hint="Write the pain as 0 to 10: lower-back:6.")
    return Pain(region=where, intensity=int(intensity))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who it is for."""

    where: Annotated[
        tuple[str, ...], Parameter(help="Where it hurts, with the pain today from 0 to 10: lower-back:6.")
    ] = ()
    worse_with: Annotated[tuple[str, ...], Parameter(help=f"What makes it worse: {', '.join(Trigger)}; or none.")] = ()
    condition: Annotated[tuple[str, ...], Parameter(help=f"What else is known: {', '.join(Condition)}; or none.")] = ()
    profile: Annotated[
        Path | None,
        Parameter(help="A TOML file with the same, and the screening answers. Options given here come on top."),
    ] = None
    answers: Annotated[
        Path | None, Parameter(help="Screening answers, as 'lowtide screen --save FILE' writes them.")
    ] = None
    name: Annotated[str, Parameter(help="What the guide may call you.")] = ""

    def read(self) -> Profile:
        """Make the profile: the file first, then the options on top of it."""
        from lowtide.cli.person.profile_file import read_profile

        known = read_profile(self.profile) if self.profile else Profile()
        answered = read_profile(self.answers) if self.answers else Profile()
        return Profile(
            pains=self._pains() or known.pains or answered.pains,
            worse_with=_joined(words(Trigger, self.worse_with, "trigger"), known.worse_with, answered.worse_with),
            conditions=_joined(words(Condition, self.condition, "condition"), known.conditions, answered.conditions),
            answers={**known.answers, **answered.answers},
            age_years=known.age_years or answered.age_years,
            name=self.name or known.name,
            is_beginner=known.is_beginner,
            first_week=known.first_week,
        )

    def _pains(self) -> tuple[Pain, ...]:
        return tuple(sorted((pain(text) for text in self.where), key=lambda one: -(one.intensity or 0)))


def _joined(*told: frozenset[Word] | None) -> frozenset[Word] | None:
    # What was said anywhere holds; only where nothing was said at all is it unknown.
    known = [one for one in told if one is not None]
    return frozenset[Word]().union(*known) if known else None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """How it sounds and where it goes."""

    voice: Annotated[
        str, Parameter(help="A voice, such as flite:slt; see 'lowtide voices'. The best one present if left out.")
    ] = ""
    soundscape: Annotated[
        str, Parameter(help=f"What is heard behind the voice: {', '.join(Soundscape)}. Waves if left out.")
    ] = "waves"
    voice_volume: Annotated[float, Parameter(help="Louder or quieter voice, in dB; -60 is off.")] = 0.0
    soundscape_volume: Annotated[float, Parameter(help="Louder or quieter soundscape, in dB; -60 is off.")] = 0.0
    bell_volume: Annotated[float, Parameter(help="Louder or quieter bells, in dB; -60 is off.")] = 0.0
    output: Annotated[
        str,
        Parameter(
            name=["--output", "-o"],
            allow_leading_hyphen=True,
            help="The file; its ending gives the format: mp3, opus, m4a, flac, wav. '-' streams.",
        ),
    ] = ""
    format: Annotated[str, Parameter(help="The format where the file's name does not tell, as with '-o -'.")] = ""
    audio_only: Annotated[bool, Parameter(help="Leave out the captions (.vtt) and the timeline (.json).")] = False
    also: Annotated[
        tuple[str, ...], Parameter(help="What else to write beside it: srt, transcript, picture, cover.")
    ] = ()
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False

    def sound(self) -> Sound:
        """Read soundscape and volumes."""
        volumes = {"voice": self.voice_volume, "soundscape": self.soundscape_volume, "bell": self.bell_volume}
        for what, volume in volumes.items():
            if not LEAST_VOLUME_DB <= volume <= MOST_VOLUME_DB:
                raise UserError(
                    f"--{what}-volume can not be {volume:g}.",
                    hint=f"It goes from {LEAST_VOLUME_DB:g} (off) to {MOST_VOLUME_DB:g} dB.",
                )
        return Sound(
            soundscape=word(Soundscape, self.soundscape, "soundscape"),
            voice_db=self.voice_volume, soundscape_db=self.soundscape_volume, bell_db=self.bell_volume,
        )  # fmt: skip

    def beside(self) -> tuple[Beside, ...]:
        """Tell what is to stand beside the recording."""
        usual = () if self.audio_only else (Beside.CAPTIONS, Beside.TIMELINE)
        return tuple(dict.fromkeys((*usual, *(word(Beside, text, "kind of file") for text in self.also))))

    def file_format(self) -> Format:
        """Tell the format from --format or the file's ending."""
        if not Path(self.output).name:
            raise UserError(f"{self.output} is a folder.", hint="Name a file in it.")
        if self.format:
            return word(Format, self.format, "format")
        if self.output == "-":
            return Format.MP3
        ending = Path(self.output).suffix.lstrip(".").lower()
        if not ending:
            raise UserError(
                f"'{self.output}' has no ending that tells its format.", hint="Try session.mp3, or --format mp3."
            )
        return word(Format, ending, "format")


def wish(*, minutes: str, technique: str, position: str, seed: int, evening: bool = False) -> Wish:
    """Read what is asked for today."""
    return Wish(
        length_ms=parse_minutes(minutes),
        technique=technique.strip().lower(),
        position=word(Position, position, "position") if position else None,
        moment=frozenset({"evening"}) if evening else frozenset(),
        seed=seed,
    )
