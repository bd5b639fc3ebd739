"""A wish, a person and the library in, one technique out, with the reason where it was chosen for the person.

Called by `today`. Law: what was wished for is taken, unless the clearance forbids it; what was left open is chosen by
the first suggestion that applies. A learner's choice goes before these rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.library import Technique
from lowtide.model.movement import MOVING
from lowtide.model.profile import SEVERE_PAIN, Condition, Profile, Wish
from lowtide.plan.facts import SHORT_MS
from lowtide.script.nodes import Head

SOMATIC_TRACKING = "somatic-tracking"
"""The one technique that needs a clinician's word first: Ashar 2022 examined everyone before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One rule for who has not wished for a technique."""

    applies: Callable[[Profile, Clearance, Wish], bool]
    names: tuple[str, ...]
    """Techniques, the most fitting first; those that the library does not have are passed over."""
    because: str
    """The end of the sentence "X was chosen, because …"."""
    source: str
    protects: bool = False
    """True where a learner may choose among these techniques only."""


def _has_panic(profile: Profile) -> bool:
    return Condition.PANIC in (profile.conditions or ())


SUGGESTIONS: tuple[Suggestion, ...] = (
    Suggestion(
        applies=lambda _profile, clearance, _wish: clearance.other_anchor,
        names=("pmr", "gentle-stretch", "body-scan"),
        because="it keeps moving from place to place, and never rests on the breath alone",
        source="Treleaven 2018, Trauma-Sensitive Mindfulness",
        protects=True,
    ),
    Suggestion(
        # Whatever the clearance: where tension is not cleared, the script's release-only version stands by itself. So
        # it goes before the rules for days on which movements are only imagined.
        applies=lambda profile, _clearance, _wish: _has_panic(profile),
        names=("pmr",),
        because="it goes from muscle to muscle, which can be easier than resting on one thing",
        source="Heide & Borkovec 1983, J Consult Clin Psychol 51:171 (14 tense adults, not people with panic: tension "
        "rose in 30.8 % with muscle relaxation, in 53.8 % with focused relaxation); for panic, a house rule",
        protects=True,
    ),
    Suggestion(
        applies=lambda profile, _clearance, _wish: (profile.worst or 0) >= SEVERE_PAIN,
        names=("body-scan", "belly-breathing"),
        because="it asks nothing of the body on a day like this",
        source="Cherkin 2016, JAMA 315:1240; Lowtide's safety table: severe pain, every movement imagined",
    ),
    Suggestion(
        applies=lambda _profile, clearance, _wish: not clearance.allowed & MOVING,
        names=("body-scan", "belly-breathing"),
        because="it asks nothing of the body while movements are only imagined",
        source="Cherkin 2016, JAMA 315:1240",
    ),
    Suggestion(
        applies=lambda profile, _clearance, _wish: _has_panic(profile),  # in a library without muscle relaxation
        names=("body-scan", "gentle-stretch"),
        because="it leaves the breath alone",
        source="Heide & Borkovec 1984, Behav Res Ther 22:1: relaxation can bring on the anxiety it is meant to ease",
        protects=True,
    ),
    Suggestion(
        applies=lambda _profile, _clearance, wish: wish.length_ms <= SHORT_MS,
        names=("belly-breathing", "body-scan"),
        because="a few minutes are enough for it",
        source="Strohmaier 2020, Mindfulness 12:198: for novices, five minutes did no less than twenty",
    ),
    Suggestion(
        applies=lambda _profile, _clearance, _wish: True,
        names=("body-scan",),
        because="it is where most courses begin",
        source="Weeks 1 and 2 of mindfulness-based stress reduction; Cherkin 2016, JAMA 315:1240",
    ),
)
"""The first that applies and names a technique of the library is taken."""


def choose_technique(
    profile: Profile, clearance: Clearance, wish: Wish, techniques: Sequence[Technique], heads: Mapping[str, Head]
) -> tuple[Technique, str]:
    """Give the technique and the sentence that says why: empty where nothing was left open, or a learner's own.

    Raises `UserError` for a technique that is not there or not cleared, and a script that is not there or not its own.
    """
    named = _named(wish, techniques, heads)
    if named:
        if not is_cleared(named, clearance):
            raise UserError(
                f"{named.title} needs a clinician to have ruled out red flags first.",
                hint="Once a clinician has said so, and that moving is fine, add the condition 'cleared-by-clinician'.",
            )
        return named, wish.because
    offered = [one for one in techniques if scripts_of(one, heads) and is_cleared(one, clearance)]
    if not offered:
        raise UserError("There is no technique to choose from.", hint="Name a script of your own.")
    if len(offered) == 1:
        return offered[0], ""
    return _suggested(profile, clearance, wish, offered)


def scripts_of(technique: Technique, heads: Mapping[str, Head]) -> tuple[str, ...]:
    """Name the technique's scripts that are there, in its own order."""
    return tuple(name for name in technique.scripts if name in heads)


def _suggested(
    profile: Profile, clearance: Clearance, wish: Wish, offered: Sequence[Technique]
) -> tuple[Technique, str]:
    by_name = {one.name: one for one in offered}
    for suggestion in SUGGESTIONS:
        fitting = [by_name[name] for name in suggestion.names if name in by_name]
        if fitting and suggestion.applies(profile, clearance, wish):
            return fitting[0], f"{fitting[0].title} was chosen, because {suggestion.because}."
    return offered[0], f"{offered[0].title} was chosen: it comes first in the library."


def _named(wish: Wish, techniques: Sequence[Technique], heads: Mapping[str, Head]) -> Technique | None:
    if wish.script and wish.script not in heads:
        raise UserError(f"There is no script '{wish.script}'.", hint=_offer(wish.script, heads))
    if wish.technique:
        found = next((one for one in techniques if one.name == wish.technique), None)
        if found is None:
            names = [one.name for one in techniques]
            raise UserError(f"There is no technique '{wish.technique}'.", hint=_offer(wish.technique, names))
        if wish.script and wish.script not in found.scripts:
            own = ", ".join(scripts_of(found, heads))
            raise UserError(
                f"'{wish.script}' is not a script of {found.name}.", hint=f"Its scripts are: {own or 'none yet'}."
            )
        return found
    if wish.script:
        return _owner(wish.script, techniques)
    return None


def _owner(script: str, techniques: Sequence[Technique]) -> Technique:
    found = next((one for one in techniques if script in one.scripts), None)
    if found is None:
        raise UserError(f"No technique has the script '{script}'.", hint="Name one that the library lists.")
    return found


def is_cleared(technique: Technique, clearance: Clearance) -> bool:
    """Say whether a technique may be had at all."""
    return technique.name != SOMATIC_TRACKING or clearance.somatic_tracking


def _offer(wanted: str, names: Iterable[str]) -> str:
    known = sorted(names)
    import difflib

    near = difflib.get_close_matches(wanted, known, n=2)
    return f"Perhaps {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
