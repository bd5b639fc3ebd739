"""A person, their clearance, a wish and the library in, the techniques that a learner may choose among out.

Called by the pipeline. Law: whatever is drawn from these can be planned: it is cleared, has a script, and a position of
that script is cleared. What is only practised when someone asks for it (`ASKED_FOR`) is never among them, and where a
rule that protects applies (`Suggestion.protects`), only what it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lowtide.model.clearance import Clearance
from lowtide.model.library import ASKED_FOR, Technique
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan.position import known_positions
from lowtide.plan.suggest import SUGGESTIONS, is_cleared, scripts_of
from lowtide.script.nodes import Head


def candidates(
    profile: Profile, clearance: Clearance, wish: Wish, techniques: Sequence[Technique], heads: Mapping[str, Head]
) -> tuple[str, ...]:
    """Name the techniques that may be chosen for this wish, in the library's order; none where it names one itself.

    Those with a script that is at its best at the wished length, where there are any.
    """
    if wish.technique or wish.script:
        return ()
    open_to = [
        one
        for one in techniques
        if one.family not in ASKED_FOR and is_cleared(one, clearance) and _scripts(one, clearance, wish, heads)
    ]
    at_best = [one for one in open_to if any(_suits(wish, head) for head in _scripts(one, clearance, wish, heads))]
    names = tuple(one.name for one in at_best or open_to)
    return _protected(profile, clearance, wish, names)


def _scripts(technique: Technique, clearance: Clearance, wish: Wish, heads: Mapping[str, Head]) -> list[Head]:
    """Give the heads of the scripts that this person could have: in a cleared position, in the wished one if any."""
    found = [heads[name] for name in scripts_of(technique, heads)]
    return [
        head
        for head in found
        if any(clearance.allows_position(position) for position in known_positions(head))
        and wish.position in (None, *known_positions(head))
    ]


def _suits(wish: Wish, head: Head) -> bool:
    return not head.most_minutes or head.least_minutes <= wish.length_ms / MS_PER_MINUTE <= head.most_minutes


def _protected(profile: Profile, clearance: Clearance, wish: Wish, names: tuple[str, ...]) -> tuple[str, ...]:
    for rule in SUGGESTIONS:
        kept = tuple(name for name in names if name in rule.names)
        if rule.protects and kept and rule.applies(profile, clearance, wish):
            return kept
    return names
