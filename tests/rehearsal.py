"""Shipped scripts rehearsed with the silent voice: who hears what, at which length, in which position.

A rehearsal is a session composed and timed as a listener would get it. The grid is thin on purpose: every person at
every length in one position after another, and the open person in all of them. The exhaustive search is the proof's
(`lowtide library --proof`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pytest

from lowtide import compose, content, plan, screen, speak
from lowtide.errors import LengthError
from lowtide.model.clearance import Clearance
from lowtide.model.library import Family, Technique
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Pain, Profile, Wish
from lowtide.model.session import Session
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.model.timeline import FitInfo, Happening, Timeline
from lowtide.plan.suggest import SOMATIC_TRACKING
from people import NOBODY_KNOWN, well

USUAL_MINUTES = (3, 5, 10, 20, 30, 45)
"""What people are offered (EVIDENCE, "Dose")."""
HERE = (Pain(region="lower-back", intensity=4),)
PEOPLE: dict[str, Profile] = {
    "open": well(pains=HERE, first_week=False),
    "nobody-known": NOBODY_KNOWN,
    "lower-back-and-nothing-else": replace(NOBODY_KNOWN, pains=(Pain(region="lower-back"),)),
    "open-elsewhere": well(pains=(Pain(region="right-shoulder-blade", intensity=2),), first_week=False),
    "sore-left-hip": well(pains=(Pain(region="left-hip", intensity=5), Pain(region="lower-back", intensity=3))),
    "pregnant": well(pains=HERE, conditions=frozenset({Condition.PREGNANCY})),
    "panic": well(pains=HERE, conditions=frozenset({Condition.PANIC})),
    "trauma": well(pains=HERE, conditions=frozenset({Condition.TRAUMA})),
    "flare": well(pains=(Pain(region="lower-back", intensity=8),), conditions=frozenset({Condition.DISC})),
}
LIMITED = frozenset({"trauma"})
"""Whose silences are never longer than 20 s: three quarters of an hour of guiding is too much, half an hour is not."""
HALF_HOUR = 30
AMERICAN = re.compile(
    r"\b(?!(?:size|sizes|seize|prize)\b)(\w+iz(?:e|es|ed|ing|ation)|colou?r(?<!colour)\w*|center\w*|favor\w*|toward|gray|"
    r"fiber|behavior\w*|neighbor\w*|labor(?:s|ed|ing)?|harbor\w*|pajamas|gotten|practicing|practiced|sidewalk|traveled|traveling)\b",
    re.IGNORECASE,
)
"""Spellings that are not British."""
MOST_TOLD = 12
"""So many problems are told at once: as many as one sitting mends."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One rehearsal: who, placed how, for how long."""

    name: str
    who: str
    position: Position
    minutes: float
    seed: int = 0
    moment: str = ""

    def __str__(self) -> str:
        hour = f", {self.moment}" if self.moment else ""
        return f"{self.minutes:g} min {self.position}, {self.who}{hour}, seed {self.seed}"


@dataclass(frozen=True, slots=True)
class Made:
    """A rehearsal with its times."""

    cell: Cell
    session: Session
    timeline: Timeline
    info: FitInfo

    def told(self, at_ms: int, sentence: str, advice: str) -> str:
        """Say what is wrong so that a writer finds it: minute, sentence, line of the script, what to do."""
        return f"{self.cell}, at {clock(at_ms)}{_line(self.cell.name, sentence)}:\n    {sentence}\n    → {advice}"

    def says(self, advice: str) -> str:
        """Say what is wrong with all of it."""
        return f"{self.cell}:\n    → {advice}"

    @property
    def after_the_opening_ms(self) -> int:
        """When the script's own words begin."""
        return self.timeline.of(Happening.CHAPTER)[1].at_ms

    @property
    def said(self) -> str:
        """All words of the script itself."""
        begin = self.after_the_opening_ms
        return " ".join(event.text for event in self.timeline.of(Happening.SAY) if event.at_ms >= begin)


def fail_with(problems: Iterable[str]) -> None:
    """Fail with what a writer can mend, each sentence once, and nothing of how it was found."""
    alike: dict[str, list[str]] = {}
    for problem in problems:
        alike.setdefault("".join(problem.splitlines()[1:2]) or problem, []).append(problem)
    found = [first + (f" ({len(rest)} more like it)" if rest else "") for first, *rest in alike.values()]
    more = [f"… and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    if found:
        pytest.fail("\n".join(["", *found[:MOST_TOLD], *more]), pytrace=False)


def family(name: str) -> Family:
    """Name the folder that a script lies in."""
    owner = next((one for one in content.techniques() if name in one.scripts), None)
    return owner.family if owner else Family.BODY


def minutes_of(name: str, who: str = "open") -> tuple[float, ...]:
    """List the lengths that a script is rehearsed at: the ends of its own range, and the usual ones between."""
    head = content.heads()[name]
    most = min(head.most_minutes, HALF_HOUR) if who in LIMITED else head.most_minutes
    inside = [one for one in USUAL_MINUTES if head.least_minutes < one < most]
    return tuple(sorted({head.least_minutes, *inside, max(most, head.least_minutes)}))


def nearest_minutes(name: str, wanted: float, who: str = "open") -> float:
    """Pick the rehearsed length that is nearest to a wanted one."""
    return min(minutes_of(name, who), key=lambda one: abs(one - wanted))


def positions_of(name: str, who: str) -> tuple[Position, ...]:
    """List the positions of a script that this person is cleared for; none where it is not offered to them."""
    head = content.heads()[name]
    clearance = _clearance(name, who)
    if clearance is None or (head.technique == SOMATIC_TRACKING and not clearance.somatic_tracking):
        return ()
    return tuple(one for one in head.positions or tuple(Position) if clearance.allows_position(one))


def cells(name: str) -> Iterator[Cell]:
    """Yield the grid of one script."""
    for number, who in enumerate(PEOPLE):
        places = positions_of(name, who)
        for index, minutes in enumerate(minutes_of(name, who)):
            if who == "open":
                yield from (Cell(name, who, place, minutes) for place in places)
            elif places:
                yield Cell(name, who, places[(number + index) % len(places)], minutes, seed=number)


def rehearsals(name: str, *people: str) -> Iterator[Made]:
    """Yield the rehearsals of the grid that can be had; that all of them can is a test of its own."""
    for cell in cells(name):
        if not people or cell.who in people:
            made = rehearsed(cell)
            if isinstance(made, Made):
                yield made


@lru_cache(maxsize=400)
def rehearsed(cell: Cell) -> Made | LengthError:
    """Compose and time one rehearsal, or give the error of a length that can not be had."""
    session = session_of(cell)
    length_ms = round(cell.minutes * MS_PER_MINUTE)
    try:
        timeline, info = compose.fit(session, lengths(session), length_ms)
    except LengthError as error:
        return error
    return Made(cell, session, timeline, info)


@lru_cache(maxsize=400)
def session_of(cell: Cell) -> Session:
    """Compose one rehearsal, without times."""
    clearance = _clearance(cell.name, cell.who)
    assert clearance is not None, cell.who
    wish = Wish(
        length_ms=round(cell.minutes * MS_PER_MINUTE), script=cell.name, position=cell.position, seed=cell.seed,
        moment=frozenset({cell.moment} - {""}),
    )  # fmt: skip
    offered = (*content.techniques(), *_unlisted(cell.name))
    the_plan, _ = plan.plan(_profile(cell.name, cell.who), clearance, wish, offered, content.heads())
    return compose.resolve(the_plan, content.script(the_plan.script), content.opening())


def lengths(session: Session) -> dict[tuple[str, bool], int]:
    """Estimate how long each phrase is spoken."""
    return {phrase.key: speak.estimate_ms(_voice(), phrase.key) for phrase in session.phrases()}


def sentences(timeline: Timeline) -> Iterator[tuple[int, str]]:
    """Yield what is said with its time; phrases parted by an ellipsis are one sentence."""
    begun_ms, words = 0, ""
    for event in timeline.of(Happening.SAY):
        begun_ms, words = (event.at_ms, event.text) if not words else (begun_ms, f"{words} {event.text}")
        if not event.text.endswith("…"):
            yield begun_ms, words
            words = ""
    if words:
        yield begun_ms, words


def _profile(name: str, who: str) -> Profile:
    profile = PEOPLE[who]
    if content.heads()[name].technique == SOMATIC_TRACKING and profile.conditions is not None:
        return replace(profile, conditions=profile.conditions | {Condition.CLEARED_BY_CLINICIAN})
    return profile


@lru_cache(maxsize=400)
def _clearance(name: str, who: str) -> Clearance | None:
    return screen.screen(_profile(name, who)).clearance


def _unlisted(name: str) -> tuple[Technique, ...]:
    """Stand in for a row that is not in the table yet, so that a script can be rehearsed before it is offered."""
    if any(name in one.scripts for one in content.techniques()):
        return ()
    head = content.heads()[name]
    return (
        Technique(
            name=f"{name}-unlisted", title=head.title, family=Family.BODY, summary="", scripts=(name,),
            positions=head.positions, source="",
        ),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _voice() -> speak.Voice:
    return speak.find("silent")


def _line(name: str, sentence: str) -> str:
    """Find the script's line that a sentence stands on, by the longest run of its words."""
    text = content.script_text(name).splitlines()
    words = re.findall(r"[\w’'-]+", sentence)
    for size in range(min(len(words), 8), 1, -1):
        for start in range(len(words) - size + 1):
            wanted = re.compile(r"[^\w]+".join(map(re.escape, words[start : start + size])), re.IGNORECASE)
            for number, line in enumerate(text, start=1):
                if wanted.search(line):
                    return f", line {number}"
    return ""
