"""Who the library is proved for: a script in, the people out whom its words are about, and everyone else.

Called by `proving`. The cast is everyone that a rule of screening knows, alone and in telling combinations, and for
each gate of the script somebody who passes it. A person to whom screening offers no session is left out by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lowtide.model.body import REGIONS
from lowtide.model.facts import MOMENTS, REGION_WORDS, Fact
from lowtide.model.profile import Condition, Pain, Profile, Trigger
from lowtide.screen import QUESTIONS
from lowtide.script import nodes

HERE = (Pain(region="lower-back", intensity=4),)
_ALL_NO = {question.code: False for question in QUESTIONS}
_C, _T = Condition, Trigger
COMBINED: tuple[tuple[frozenset[Condition], frozenset[Trigger]], ...] = (
    (frozenset({_C.DISC, _C.FACET}), frozenset()),
    (frozenset({_C.DISC}), frozenset({_T.BENDING, _T.SITTING})),
    (frozenset({_C.STENOSIS}), frozenset({_T.STANDING, _T.ARCHING})),
    (frozenset({_C.PREGNANCY, _C.PANIC}), frozenset()),
    (frozenset({_C.PREGNANCY, _C.TRAUMA}), frozenset({_T.SITTING})),
    (frozenset({_C.OSTEOPOROSIS, _C.HEART_DISEASE, _C.CANNOT_RISE}), frozenset({_T.BENDING})),
    (frozenset({_C.TRAUMA, _C.SPASM}), frozenset()),
    (frozenset({_C.DISSOCIATION, _C.PANIC, _C.LUNG_DISEASE}), frozenset()),
    (frozenset({_C.FUSION, _C.CLEARED_BY_CLINICIAN}), frozenset()),
    (frozenset({_C.TRAUMA, _C.CLEARED_BY_CLINICIAN}), frozenset()),
    (frozenset(), frozenset(_T) - {_T.SITTING}),
    (frozenset(), frozenset(_T) - {_T.LYING, _T.WALKING}),
)
"""Rules that meet: movements forbidden in both directions, a position and an anchor at once, a clinician's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the cast, with the hour they practise at."""

    label: str
    profile: Profile
    moment: frozenset[str] = frozenset()

    def vouched_for(self) -> Person:
        """Give the same person after a clinician has ruled out red flags."""
        conditions = (self.profile.conditions or frozenset()) | {Condition.CLEARED_BY_CLINICIAN}
        return replace(self, profile=replace(self.profile, conditions=conditions))


def well(**changes: object) -> Profile:
    """Make someone who answered everything, mostly with no, and is no beginner any more."""
    known: dict[str, object] = {
        "pains": HERE, "worse_with": frozenset(), "conditions": frozenset(), "answers": _ALL_NO, "age_years": 40,
        "is_beginner": False, "first_week": False,
    }  # fmt: skip
    return Profile(**(known | changes))  # type: ignore[arg-type] # the names above are its fields


def everyone() -> Iterator[Person]:
    """Yield the cast that every script is proved for."""
    yield Person(label="nobody known", profile=Profile())
    yield Person(label="well", profile=well())
    yield Person(label="well, new", profile=well(is_beginner=True, first_week=True))
    yield Person(label="well, nothing hurts", profile=well(pains=()))
    yield Person(label="strength unknown", profile=well(pains=(Pain(region="lower-back"),)))
    yield Person(label="severe", profile=well(pains=(Pain(region="lower-back", intensity=9),)))
    for condition in Condition:
        yield Person(label=condition, profile=well(conditions=frozenset({condition})))
    for trigger in Trigger:
        yield Person(label=f"worse with {trigger}", profile=well(worse_with=frozenset({trigger})))
    for conditions, triggers in COMBINED:
        label = " + ".join([*sorted(conditions), *(f"worse with {one}" for one in sorted(triggers))])
        yield Person(label=label, profile=well(conditions=conditions, worse_with=triggers))
    for region in ("left-hip", "neck", "right-shoulder-blade", "left-calf", "pelvis", "hands"):
        sore = Pain(region=region, intensity=5, injured=True)
        yield Person(label=f"injured {region}", profile=well(pains=(sore, *HERE)))


def regional(number: int) -> Person:
    """Give somebody who hurts in one region or two, another for each number."""
    names = list(REGIONS)
    one, other = names[number * 7 % len(names)], names[number * 31 % len(names)]
    pains = tuple(Pain(region=name, intensity=3 + number % 4) for name in dict.fromkeys((one, other)))
    return Person(label=" + ".join(pain.region for pain in pains), profile=well(pains=pains, name="Ada" * (number % 2)))


def for_gates(gates: tuple[nodes.Gate, ...], label: str = "") -> Iterator[Person]:
    """Yield people who pass all of these gates: one of whom all is known, and one of whom little is."""
    wanted = {word for gate in gates for word in gate.when}
    unwanted = {word for gate in gates for word in gate.unless}
    moment = frozenset(wanted & MOMENTS)
    for name, base in (("known", well(is_beginner=True)), ("little known", Profile())):
        profile = _passing(base, wanted, unwanted)
        called = label or " ".join([*sorted(wanted), *(f"not {word}" for word in sorted(unwanted))])
        yield Person(label=f"{called or 'anybody'}, {name}", profile=profile, moment=moment)


def _passing(base: Profile, wanted: set[str], unwanted: set[str]) -> Profile:
    """Change a person until the wanted facts hold, and the unwanted ones do not."""
    conditions = {Condition(word) for word in wanted & {str(one) for one in Condition}}
    conditions |= {Condition.PREGNANCY} if Fact.PREGNANT in wanted else set()
    conditions |= {Condition.TRAUMA} if wanted & {Fact.OTHER_ANCHOR, Fact.EYES_OPEN} else set()
    regions = [REGION_WORDS[word] for word in sorted(wanted) if word in REGION_WORDS]
    level = 9 if Fact.SEVERE in wanted else 4
    pains = tuple(Pain(region=name, intensity=level) for name in regions)
    if not pains and wanted & {Fact.PAIN, Fact.SEVERE}:
        pains = (Pain(region="neck" if "lower-back" in unwanted else "lower-back", intensity=level),)
    if pains or Fact.PAIN in unwanted or any(word in REGION_WORDS for word in unwanted):
        base = replace(base, pains=pains)
    if conditions:
        base = replace(base, conditions=(base.conditions or frozenset()) | conditions)
    return replace(
        base,
        is_beginner=Fact.BEGINNER in wanted or (base.is_beginner and Fact.BEGINNER not in unwanted),
        first_week=Fact.FIRST_WEEK in wanted or (base.first_week and Fact.FIRST_WEEK not in unwanted),
    )
