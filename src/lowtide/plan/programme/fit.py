"""One practice of a programme and a body in, what it is for this body today out, with the sentences that say why.

Called by `assign`. Laws: nothing is asked for that the clearance forbids: a recording leaves it out or has it imagined,
an activity becomes what its author wrote instead; what guides is a recording that can be planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lowtide.model.clearance import Clearance
from lowtide.model.library import ASKED_FOR, Technique
from lowtide.model.profile import Profile, Wish
from lowtide.model.programme import Assignment, Practice
from lowtide.model.time import MS_PER_MINUTE, counted
from lowtide.plan.position import known_positions, reason
from lowtide.plan.programme.splitting import splits
from lowtide.plan.suggest import SOMATIC_TRACKING, is_cleared, scripts_of
from lowtide.plan.today import plan
from lowtide.script.nodes import Head

LIMITED_MOST_MS = 30 * MS_PER_MINUTE
"""The longest practice for whom no silence may be long: three quarters of an hour of guiding without one would be a
lecture. A house rule; the library's scripts are rehearsed at this length for them."""
ANOTHER = "body-scan"
"""What takes a technique's place where nothing of its family can: where most courses begin, in every position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Whom today's practices are fitted to, and what there is to fit them with."""

    clearance: Clearance
    profile: Profile
    most_ms: int | None
    """The longest session that is offered by itself (`screen.harm`); None for no limit."""
    library: Sequence[Technique]
    heads: Mapping[str, Head]

    @property
    def longest_ms(self) -> int | None:
        """The longest practice, in milliseconds; None for no limit."""
        limits = [self.most_ms, None if self.clearance.longest_silence_ms is None else LIMITED_MOST_MS]
        return min((one for one in limits if one is not None), default=None)

    @property
    def is_left_alone(self) -> bool:
        """True where a practice without a voice is fine."""
        return self.clearance.longest_silence_ms is None and not self.clearance.other_anchor


def fit(practice: Practice, week: str, body: Body, done_ms: int) -> Assignment | None:
    """Fit one practice to a body; None where the library has nothing at all that this body may have."""
    if practice.activity:
        return _activity(practice, week, body, done_ms)
    forbidden = _forbidden(practice.movements, body)
    if not practice.guided and not forbidden and body.is_left_alone:
        return _alone(practice, week, body, done_ms)
    return _recorded(practice, week, body, done_ms)


def _forbidden(movements: Sequence[str], body: Body) -> tuple[str, ...]:
    return tuple(name for name in movements if not body.clearance.allows(name))


def _activity(practice: Practice, week: str, body: Body, done_ms: int) -> Assignment:
    is_cleared_all = not _forbidden(practice.movements, body)
    why = (
        "" if is_cleared_all else f"Not everything in '{practice.activity}' is cleared for you, so here is another way."
    )
    asked_ms, shorter = _asked(practice, body)
    return Assignment(
        week=week, practice=practice.name, title=practice.activity, technique="", script="", position=None,
        text=practice.text if is_cleared_all else practice.instead, guided=False,
        movements=practice.movements if is_cleared_all else (), imagined=(), asked_ms=asked_ms,
        least_ms=min(practice.least_ms, asked_ms), done_ms=done_ms, splits=_alone_splits(practice, asked_ms, done_ms),
        notes=_told(why, shorter),
    )  # fmt: skip


def _alone(practice: Practice, week: str, body: Body, done_ms: int) -> Assignment:
    """Without a recording, for whom nothing has to be left out."""
    asked_ms, shorter = _asked(practice, body)
    found = next((one for one in body.library if one.name == practice.technique), None)
    return Assignment(
        week=week, practice=practice.name, title=found.title if found else practice.technique, text=practice.text,
        technique=practice.technique, script="", position=None, guided=False, movements=practice.movements,
        imagined=(), asked_ms=asked_ms, least_ms=min(practice.least_ms, asked_ms), done_ms=done_ms,
        splits=_alone_splits(practice, asked_ms, done_ms), notes=_told(shorter),
    )  # fmt: skip


def _alone_splits(practice: Practice, asked_ms: int, done_ms: int) -> tuple[tuple[int, ...], ...]:
    return splits(asked_ms, done_ms, lambda _ms: True, min(practice.least_ms, asked_ms, MS_PER_MINUTE))


def _asked(practice: Practice, body: Body) -> tuple[int, str]:
    """Give the length that is asked of this body, and why it is shorter."""
    longest_ms = body.longest_ms
    if longest_ms is None or practice.length_ms <= longest_ms:
        return practice.length_ms, ""
    return longest_ms, f"Up to {counted(longest_ms / MS_PER_MINUTE, 'minute')} for now, which is enough."


def _recorded(practice: Practice, week: str, body: Body, done_ms: int) -> Assignment | None:
    """With a recording, of the technique that is asked for or of the one most like it."""
    wanted = next((one for one in body.library if one.name == practice.technique), None)
    wished_ms, shorter = _asked(practice, body)
    found = _first_open(practice, wanted, wished_ms, body)
    if found is None:
        return None
    technique, names, asked_ms = found
    is_asked_for = technique is wanted and (not practice.script or practice.script in names)
    wish = Wish(length_ms=asked_ms, technique=technique.name, script=practice.script if is_asked_for else "")
    planned, info = plan(body.profile, body.clearance, wish, body.library, body.heads)
    if technique is wanted and not is_asked_for:  # a script takes a script's place: it is named, and its lengths hold
        wish, names = replace(wish, script=planned.script), (planned.script,)
    movements = practice.movements if is_asked_for else ()
    forbidden = _forbidden(movements, body)
    imagined = tuple(name for name in forbidden if name in practice.pictured)
    return Assignment(
        week=week, practice=practice.name, title=technique.title, text=practice.text if is_asked_for else "",
        technique=technique.name, script=wish.script, position=planned.position, guided=True,
        movements=tuple(name for name in movements if name not in forbidden), imagined=imagined, asked_ms=asked_ms,
        least_ms=_reached(min(practice.least_ms, asked_ms), names, body), done_ms=done_ms,
        splits=splits(asked_ms, done_ms, lambda ms: _reached(ms, names, body) == ms, _shortest_ms(names, body)),
        notes=_told(
            "" if is_asked_for else _why_another(practice, wanted, technique, planned.script, body),
            *(info.notes if is_asked_for else ()),
            "What is not cleared for you is only pictured." if imagined else "",
            "" if practice.guided else "For you this one keeps its recording, which leaves out what is not for you.",
            shorter,
        ),
    )  # fmt: skip


def _first_open(
    practice: Practice, wanted: Technique | None, wished_ms: int, body: Body
) -> tuple[Technique, tuple[str, ...], int] | None:
    """Find the first technique that this body may have: with its scripts that it may have, and the length in reach."""
    for technique in _candidates(wanted, body):
        names = _open_scripts(technique, practice.script if technique is wanted else "", body)
        asked_ms = _reached(wished_ms, names, body)
        if asked_ms:
            return technique, names, asked_ms
    return None


def _candidates(first: Technique | None, body: Body) -> Iterator[Technique]:
    """Give the technique that is asked for, then those that are most like it."""
    if first:
        yield first
    offered = [one for one in body.library if one is not first and one.family not in ASKED_FOR]
    yield from (one for one in offered if first and one.family is first.family)
    yield from (one for one in offered if one.name == ANOTHER)
    yield from offered


def _open_scripts(technique: Technique, script: str, body: Body) -> tuple[str, ...]:
    """Name the scripts of a technique that this body may have, in a cleared position; the named one if it can."""
    if not is_cleared(technique, body.clearance):
        return ()
    found = tuple(
        name
        for name in scripts_of(technique, body.heads)
        if any(body.clearance.allows_position(one) for one in known_positions(body.heads[name]))
    )
    return (script,) if script in found else found


def _reached(length_ms: int, names: Sequence[str], body: Body) -> int:
    """Give the length nearest to the asked one at which a script is at its best; 0 where none may be had."""
    found = [_nearest(length_ms, body.heads[name]) for name in names]
    longest_ms = body.longest_ms
    short = [one for one in found if longest_ms is None or one <= longest_ms]
    return min(short, key=lambda one: abs(one - length_ms), default=0)


def _nearest(length_ms: int, head: Head) -> int:
    if not head.most_minutes:
        return length_ms
    least_ms, most_ms = round(head.least_minutes * MS_PER_MINUTE), round(head.most_minutes * MS_PER_MINUTE)
    return max(least_ms, min(length_ms, most_ms))


def _shortest_ms(names: Sequence[str], body: Body) -> int:
    return min((round(body.heads[name].least_minutes * MS_PER_MINUTE) for name in names), default=0) or MS_PER_MINUTE


def _why_another(practice: Practice, first: Technique | None, other: Technique, script: str, body: Body) -> str:
    instead = f"{other.title} takes its place."
    if first is None:
        return f"What was meant here is not in this library. {instead}"
    if first is other:
        return _why_another_script(practice.script, script, body)
    if first.name == SOMATIC_TRACKING and not is_cleared(first, body.clearance):
        return f"{first.title} needs a clinician to have ruled out red flags first. {instead}"
    if not _open_scripts(first, "", body):
        placed = next(iter(first.positions), None)
        why = reason(body.profile, placed) if placed else f"{first.title} is not for you today"
        return f"{why}. {instead}"
    return f"{first.title} would be too long for now. {instead}"


def _why_another_script(wanted: str, other: str, body: Body) -> str:
    instead = f"“{body.heads[other].title}” takes its place."
    if wanted not in body.heads:
        return f"What was meant here is not in this library. {instead}"
    return f"{reason(body.profile, known_positions(body.heads[wanted])[0])}. {instead}"


def _told(*notes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for note in notes if note))
