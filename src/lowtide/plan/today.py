"""Profile, clearance, wish and library in, today's plan out, with the sentences that say why.

Called by the pipeline. Law: a plan can not be made without a clearance, and what is planned depends on nothing but the
arguments: the same person, wish and seed, the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.library import Technique
from lowtide.model.plan import Plan, PlanInfo
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.plan.facts import facts
from lowtide.plan.position import choose_position, known_positions
from lowtide.plan.suggest import choose_technique, scripts_of
from lowtide.script.nodes import Head


def plan(
    profile: Profile, clearance: Clearance, wish: Wish, techniques: Sequence[Technique], heads: Mapping[str, Head]
) -> tuple[Plan, PlanInfo]:
    """Decide what today's session is: technique, script, position and the facts that its words may ask about.

    `techniques` is the library in its own order, `heads` gives each script's head by its name.

    Raises `UserError` for an unknown technique or script, a script that is not the technique's, a position that the
    script is not written for, and a script that leaves no cleared position. A length outside the script's best range is
    only noted: what can be reached is known when the session is fitted.
    """
    technique, why_technique = choose_technique(profile, clearance, wish, techniques, heads)
    script = _choose_script(technique, clearance, wish, heads)
    position, why_position = choose_position(profile, clearance, wish, heads[script])
    notes = (why_technique, why_position, _about_length(wish, heads[script]))
    decided = Plan(
        clearance=clearance,
        profile=profile,
        technique=technique.name,
        script=script,
        position=position,
        length_ms=wish.length_ms,
        seed=wish.seed,
        facts=facts(profile, clearance, wish, position),
        may_end_in_sleep=wish.may_end_in_sleep,
    )
    return decided, PlanInfo(notes=tuple(note for note in notes if note))


def _choose_script(technique: Technique, clearance: Clearance, wish: Wish, heads: Mapping[str, Head]) -> str:
    """Take the wished script, or one of those that suit best: first by position, then by length, then by the seed."""
    if wish.script:
        return wish.script
    scripts = scripts_of(technique, heads)
    if not scripts:
        raise UserError(f"{technique.name} has no script yet.", hint="Choose another technique.")
    if wish.position is not None:
        scripts = tuple(name for name in scripts if wish.position in known_positions(heads[name])) or scripts
    scripts = tuple(name for name in scripts if _has_cleared_position(clearance, heads[name])) or scripts
    scripts = tuple(name for name in scripts if _suits_length(wish, heads[name])) or scripts
    return scripts[wish.seed % len(scripts)]


def _has_cleared_position(clearance: Clearance, head: Head) -> bool:
    return any(clearance.allows_position(position) for position in known_positions(head))


def _suits_length(wish: Wish, head: Head) -> bool:
    return not head.most_minutes or head.least_minutes <= wish.length_ms / MS_PER_MINUTE <= head.most_minutes


def _about_length(wish: Wish, head: Head) -> str:
    if _suits_length(wish, head):
        return ""
    return (
        f"This script is at its best between {head.least_minutes:g} and {head.most_minutes:g} minutes; "
        f"{clock(wish.length_ms)} is {'shorter' if wish.length_ms < head.least_minutes * MS_PER_MINUTE else 'longer'}."
    )
