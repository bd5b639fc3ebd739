"""Profile in, verdict out: which flags are raised, and what a session may ask of this body today.

Called by the pipeline. Law: a `Clearance` is constructed here and nowhere else (a test reads the whole source for it);
from `CLINICIAN_FIRST` on there is none.

What a clinician's clearance lifts is said by each rule (`is_lifted_by_clinician`): flags that are lasting facts (a past
cancer, an age, a pain nobody had looked at) and "only imagine until cleared" after surgery, fusion or fracture. It
lifts no emergency, no crisis, no symptom, no rule about what hurts, and nothing that is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lowtide.model.clearance import Clearance, Disposition, Verdict
from lowtide.model.movement import BREATH, MOVING, POSITION_NEEDS, Kind, Position
from lowtide.model.plan import Change
from lowtide.model.profile import Condition, Profile
from lowtide.screen.movements import SLOWEST_BREATHS_PER_MINUTE, Rule, applying
from lowtide.screen.red_flags import raised
from lowtide.screen.signs import signs, sore_regions


def screen(profile: Profile) -> Verdict:
    """Say what has to happen first, and what a session may contain where one may be had.

    Raises `UserError` for an answer to a question that does not exist.

    >>> screen(Profile(answers={"saddle-numb": True})).disposition.name
    'EMERGENCY'
    >>> verdict = screen(Profile())
    >>> verdict.disposition.name, verdict.clearance.allows("lumbar-flexion"), verdict.clearance.allows("supine")
    ('GO', False, True)
    """
    present = signs(profile)
    is_cleared = Condition.CLEARED_BY_CLINICIAN in present
    findings = raised(present, is_cleared=is_cleared)
    disposition = max((finding.disposition for finding in findings), default=Disposition.GO)
    if disposition >= Disposition.CLINICIAN_FIRST:
        return Verdict(disposition=disposition, findings=findings, clearance=None)
    rules = applying(present, is_cleared=is_cleared)
    return Verdict(disposition=disposition, findings=findings, clearance=_clear(profile, rules, is_cleared=is_cleared))


def careful() -> Clearance:
    """Give the clearance of someone of whom nothing is known.

    >>> careful().spared is None, careful().allows_hold, careful().slowest_breaths_per_minute
    (True, False, 6.0)
    """
    clearance = screen(Profile()).clearance
    assert clearance is not None, "who has answered nothing has raised no flag"
    return clearance


def narrowed(clearance: Clearance, changes: Iterable[Change], position: Position) -> Clearance:
    """Take away what a listener no longer wants in a session that is under way; nothing is ever added.

    The position that the listener is in stays as it is.

    >>> less = narrowed(careful(), [Change.ANCHOR], Position.RECLINED)
    >>> less.other_anchor, less.allowed <= careful().allowed
    (True, True)
    """
    for change in changes:
        if change is Change.IMAGINE:
            allowed = clearance.allowed - (MOVING - {POSITION_NEEDS[position]})
            clearance = replace(clearance, allowed=allowed, spared=None)
        else:
            clearance = replace(clearance, allowed=clearance.allowed - BREATH, other_anchor=True)
    return clearance


def _clear(profile: Profile, rules: tuple[Rule, ...], *, is_cleared: bool) -> Clearance:
    forbidden = frozenset[Kind]().union(*(rule.forbids for rule in rules))
    silences = [rule.longest_silence_ms for rule in rules if rule.longest_silence_ms is not None]
    return Clearance(
        allowed=frozenset(Kind) - forbidden,
        spared=_spared(profile, rules),
        slowest_breaths_per_minute=max(
            (SLOWEST_BREATHS_PER_MINUTE, *(rule.slowest_breaths_per_minute for rule in rules))
        ),
        other_anchor=any(rule.other_anchor for rule in rules),
        eyes_open=any(rule.eyes_open for rule in rules),
        longest_silence_ms=min(silences, default=None),
        somatic_tracking=is_cleared,
        reasons=tuple(rule.finding() for rule in rules),
    )


def _spared(profile: Profile, rules: tuple[Rule, ...]) -> frozenset[str] | None:
    if any(rule.spares_everything for rule in rules):
        return None
    spared = frozenset[str]().union(*(rule.spares for rule in rules))
    return spared | sore_regions(profile) if any(rule.spares_sore_places for rule in rules) else spared
