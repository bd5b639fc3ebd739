"""What a body must not be asked for, as data: signs in, the rules that apply out.

Each row of the safety table has one `Rule` or more. Called by `verdict`, which turns the rules that apply into a
clearance. Law: rules only ever take away, so one more sign never allows more; where two rules forbid opposite
movements, both are forbidden.

To add a rule: add one `Rule` here. `needs` lists clauses that must all hold, as in `red_flags`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.clearance import Disposition, Finding
from lowtide.model.movement import MOVING, SPINAL, Kind
from lowtide.model.profile import Condition, Trigger
from lowtide.screen.signs import (
    CRAMPS_SOMEWHERE,
    INJURED,
    SEVERE,
    SORE_NECK,
    SORE_PLACE,
    UNKNOWN_ANSWERS,
    UNKNOWN_CONDITIONS,
    UNKNOWN_PLACE,
    UNKNOWN_STRENGTH,
    UNKNOWN_TRIGGERS,
    Clause,
    worse_with,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason not to ask for something."""

    code: str
    row: str
    """The row of the safety table that it stands for; empty for a care that goes beyond the table."""
    needs: tuple[Clause, ...]
    """All of these must hold."""
    words: str
    """What the person is told."""
    source: str
    forbids: frozenset[Kind] = frozenset()
    spares: frozenset[str] = frozenset()
    """Regions whose muscles are only released, never tensed."""
    spares_sore_places: bool = False
    """True where the places that hurt are spared, wherever they are."""
    spares_everything: bool = False
    """True where no tension at all is asked for."""
    slowest_breaths_per_minute: float = 0.0
    """Breath is not paced slower than this; 0 where the rule says nothing of it."""
    other_anchor: bool = False
    eyes_open: bool = False
    longest_silence_ms: int | None = None
    is_lifted_by_clinician: bool = False
    """True where the rule itself only holds "until cleared by a clinician"."""

    def applies(self, present: frozenset[str], *, is_cleared: bool) -> bool:
        """Say whether the rule applies to these signs."""
        return not (is_cleared and self.is_lifted_by_clinician) and all(clause.holds(present) for clause in self.needs)

    def finding(self) -> Finding:
        """Give the reason that is kept with the clearance."""
        return Finding(rule=self.code, disposition=Disposition.GO, words=self.words, source=self.source)


def _any(*signs: str) -> tuple[Clause, ...]:
    return (Clause(signs=signs),)


SLOWEST_BREATHS_PER_MINUTE = 4.5
"""For someone of whom nothing speaks against it: the slow end of adult resonance (Vaschillo 2006, APB 31:129)."""
SLOWEST_CAREFUL_BREATHS_PER_MINUTE = 6.0
"""With a heart, lungs or nerves that slow breathing can upset, and for the unknown: Lowtide's safety table. The effects
of slower breathing are reviewed for healthy people in Russo 2017, Breathe 13:298."""
LONGEST_SILENCE_MS = 20_000
"""For whom silence can be unsafe: two breaths at 6 a minute. A guide who is heard again by then has not gone away; the
silence of a stillness in ordinary practice is 8–10 s, so the practice stays whole. The number is a house rule; that
silences are kept short is Lowtide's safety table."""

_FLEXION_SIGNS = (worse_with(Trigger.BENDING), worse_with(Trigger.SITTING), Condition.DISC)
_EXTENSION_SIGNS = (
    worse_with(Trigger.ARCHING), worse_with(Trigger.STANDING),
    Condition.STENOSIS, Condition.FACET, Condition.SPONDYLOLISTHESIS,
)  # fmt: skip
_TRUNK = frozenset({"trunk"})

DIRECTION = "Long 2004, Spine 29:2593: exercise in the direction that eases does better than the opposite one"
OWN_CARE = "Lowtide's own care: what brings the pain on is not asked for"
NO_TENSION = (
    "Lowtide's own care, on which its safety table is silent: Bertoletti 2022, Front Physiol 13:962125 (in people with "
    "high blood pressure it rose while they held a grip at 30 % of their strength for two minutes)"
)
"""Tension here is far shorter, and training with such grips is studied as a treatment: a care, not a known harm. That
it covers heart disease too is a house rule."""

_BACK_RULES: tuple[Rule, ...] = (
    Rule(
        code="flexion-hurts", row="worse with bending or sitting; disc", needs=_any(*_FLEXION_SIGNS),
        forbids=frozenset({Kind.LUMBAR_FLEXION, Kind.ROTATION}),
        words="Rounding the lower back and twisting are only imagined, because bending or sitting brings your pain on, "
        "or because of a disc.",
        source=f"{DIRECTION}; Wilke 1999, Spine 24:755 (pressure in the disc of one volunteer)",
    ),
    Rule(
        code="extension-hurts", row="worse with arching or standing; stenosis, facet, spondylolisthesis",
        needs=_any(*_EXTENSION_SIGNS), forbids=frozenset({Kind.LUMBAR_EXTENSION, Kind.PRONE}),
        words="Arching the lower back and lying on your front are left out, because arching or standing brings your "
        "pain on, or because of what is known of your back.",
        source=f"{DIRECTION}; Lurie 2016, BMJ 352:h6234 (stenosis: worse with extension, eased by flexion)",
    ),
    Rule(
        code="both-directions-hurt", row="", needs=(Clause(signs=_FLEXION_SIGNS), Clause(signs=_EXTENSION_SIGNS)),
        forbids=frozenset({Kind.PELVIC_TILT}),
        words="Both rounding and arching hurt, so tilting the pelvis is imagined too: it does one or the other.",
        source=OWN_CARE,
    ),
    Rule(
        code="osteoporosis", row="osteoporosis", needs=_any(Condition.OSTEOPOROSIS),
        forbids=frozenset({Kind.LUMBAR_FLEXION, Kind.ROTATION}),
        words="Rounding and twisting the back are only imagined, to be kind to thin bones.",
        source="Sinaki 1984, Arch Phys Med Rehabil 65:593; Brooke-Wavell 2022, BJSM 56:837 (both: flexion); Lowtide's "
        "safety table (rotation)",
    ),
    Rule(
        code="healing-spine", row="spinal surgery in the last 3 months, fusion, fracture",
        needs=_any(Condition.RECENT_SURGERY, Condition.FUSION, Condition.FRACTURE),
        # None of the three can be done with a still spine: that they join the row is Lowtide's own care.
        forbids=SPINAL | {Kind.FLOOR_TRANSFER, Kind.KNEELING, Kind.PRONE},
        spares=_TRUNK | {"neck"}, # the spine goes on into the neck, and its operation may have been there
        is_lifted_by_clinician=True,
        words="Your spine is healing or has been fixed: its movements are only imagined, the muscles of the trunk "
        "only let go, and you are not asked to kneel or to get down to the floor, until a clinician has cleared you.",
        source="Lowtide's safety table: only imagined until the surgeon or another clinician says otherwise",
    ),
    Rule(
        code="flare", row="acute pain down the leg, spasm, pain 8 or more today",
        needs=_any(Condition.LEG_PAIN, Condition.SPASM, SEVERE), forbids=MOVING,
        spares=_TRUNK | {"legs"}, # tensing them loads the lower back and pulls on the leg's nerve
        words="Today is a day to go gently: every movement in the session is only imagined. For the rest of the day, "
        "move as far as is comfortable, and as you have been advised.",
        source="Lowtide's safety table",
    ),
)  # fmt: skip

_WHOLE_RULES: tuple[Rule, ...] = (
    Rule(
        code="pregnancy", row="pregnancy", needs=_any(Condition.PREGNANCY),
        forbids=frozenset({Kind.PRONE, Kind.SUPINE, Kind.BREATH_HOLD}), spares=frozenset({"belly"}),
        words="In pregnancy you are not asked to lie flat for long or on your front, to tense the belly or to hold "
        "your breath.",
        source="Lowtide's safety table; ACOG Committee Opinion 804 (2020; lying on the back)",
    ),
    Rule(
        code="sore-place", row="painful or injured region, cramps", needs=_any(SORE_PLACE), spares_sore_places=True,
        words="Where it hurts, muscles are only let go, never tensed.",
        source="Lowtide's safety table",
    ),
    Rule(
        code="cramps", row="painful or injured region, cramps", needs=_any(CRAMPS_SOMEWHERE), spares_everything=True,
        words="You have cramps, and it is not said where: muscles are only let go, never tensed.",
        source="Lowtide's safety table",
    ),
    Rule(
        code="gentle-breath", row="uncontrolled blood pressure, heart or lung disease, epilepsy, panic",
        needs=_any(Condition.HIGH_BLOOD_PRESSURE, Condition.HEART_DISEASE, Condition.LUNG_DISEASE, Condition.EPILEPSY,
                   Condition.PANIC),
        forbids=frozenset({Kind.BREATH_HOLD}), slowest_breaths_per_minute=SLOWEST_CAREFUL_BREATHS_PER_MINUTE,
        words="Your breath is never held, and never slower than six a minute.",
        source="Lowtide's safety table; Russo 2017, Breathe 13:298 (a review of slow breathing in healthy people)",
    ),
    Rule(
        code="cannot-rise", row="cannot get up from the floor alone", needs=_any(Condition.CANNOT_RISE),
        # A recording can not see whether "lying" means the floor or a bed, so reclined is what is offered.
        forbids=frozenset({Kind.FLOOR_TRANSFER, Kind.SUPINE, Kind.KNEELING}),
        words="Nothing is done on the floor: choose a bed or a chair.",
        source="Lowtide's safety table",
    ),
    Rule(
        code="other-anchor", row="trauma, dissociation, distress in a past session",
        needs=_any(Condition.TRAUMA, Condition.DISSOCIATION, Condition.DISTRESS),
        other_anchor=True, eyes_open=True, longest_silence_ms=LONGEST_SILENCE_MS,
        words="You can always rest with a sound, your hands, your feet or what you see; your eyes may stay open, and "
        "the voice is never away for long.",
        source="Treleaven 2018, Trauma-Sensitive Mindfulness; Lindahl 2017, PLoS ONE 12:e0176239",
    ),
)  # fmt: skip


def _unknown(code: str, words: str) -> Rule:
    # Lying and sitting stay: the person takes the position, and turns when it does not suit. Standing does not: nobody
    # has said that it is safe for them with their eyes closed.
    return Rule(
        code=code, row="unknown", needs=_any(code),
        forbids=MOVING | {Kind.STANDING_LONG, Kind.BREATH_HOLD}, spares_everything=True,
        slowest_breaths_per_minute=SLOWEST_CAREFUL_BREATHS_PER_MINUTE,
        words=f"{words} Until then every movement is only imagined, no muscle is tensed and no breath is held.",
        source="Lowtide's safety table: what is unknown is treated with care",
    )  # fmt: skip


_UNKNOWN_RULES: tuple[Rule, ...] = (
    _unknown(UNKNOWN_ANSWERS, "Not all of the safety questions are answered yet."),
    _unknown(UNKNOWN_CONDITIONS, "It is not known yet which conditions you have, if any."),
    _unknown(UNKNOWN_TRIGGERS, "It is not known yet what makes the pain worse, if anything does."),
    Rule(
        code="unknown-strength", row="unknown", needs=_any(UNKNOWN_STRENGTH), forbids=MOVING,
        spares=_TRUNK | {"legs"}, # as in a flare, which it may be
        words="It is not said how strong the pain is today, from 0 to 10. Until then every movement is only imagined.",
        source="Lowtide's safety table: what is unknown is treated with care",
    ),
    Rule(
        code="unknown-place", row="unknown", needs=_any(UNKNOWN_PLACE), forbids=MOVING, spares_everything=True,
        words="It is not said where it hurts. Until then every movement is only imagined and no muscle is tensed.",
        source="Lowtide's safety table: what is unknown is treated with care",
    ),
)  # fmt: skip


def _avoid(code: str, needs: tuple[Clause, ...], forbids: set[Kind], words: str) -> Rule:
    return Rule(code=code, row="", needs=needs, forbids=frozenset(forbids), words=words, source=OWN_CARE)


_INJURED_WORDS = "What would move an injured place is only imagined."

_OWN_RULES: tuple[Rule, ...] = (
    Rule(
        code="no-tension", row="", needs=_any(Condition.HIGH_BLOOD_PRESSURE, Condition.HEART_DISEASE),
        spares_everything=True,
        words="Holding a muscle tight raises blood pressure for a moment, so muscles everywhere only let go.",
        source=NO_TENSION,
    ),
    _avoid("sitting-hurts", _any(worse_with(Trigger.SITTING)), {Kind.SITTING_LONG},
           "You are not asked to sit for long, because sitting brings your pain on."),
    _avoid("standing-hurts", _any(worse_with(Trigger.STANDING)), {Kind.STANDING_LONG},
           "You are not asked to stand for long, because standing brings your pain on."),
    _avoid("lying-hurts", _any(worse_with(Trigger.LYING)), {Kind.SUPINE, Kind.PRONE, Kind.SIDE_LYING},
           "You are not asked to lie flat, because lying brings your pain on."),
    _avoid("walking-hurts", _any(worse_with(Trigger.WALKING)), {Kind.WALKING},
           "You are not asked to walk, because walking brings your pain on."),
    _avoid("twisting-hurts", _any(worse_with(Trigger.TWISTING)), {Kind.ROTATION, Kind.NECK_ROTATION},
           "Twisting is only imagined, because it brings your pain on."),
    _avoid("lifting-hurts", _any(worse_with(Trigger.LIFTING)), {Kind.LUMBAR_FLEXION},
           "Rounding the lower back is only imagined, because lifting brings your pain on."),
    _avoid("steroids", _any("steroids"), {Kind.LUMBAR_FLEXION, Kind.ROTATION},
           "Rounding and twisting the back are only imagined, because steroid tablets can thin the bones over time."),
    _avoid("neck-bending-hurts", (*_any(SORE_NECK), *_any(worse_with(Trigger.BENDING))), {Kind.NECK_FLEXION},
           "Bending your neck is only imagined, because it hurts and bending makes it worse."),
    _avoid("injured-neck", _any(INJURED + "neck"), {Kind.NECK_FLEXION, Kind.NECK_ROTATION, Kind.NECK_SIDE_BEND},
           _INJURED_WORDS),
    _avoid("injured-trunk", _any(INJURED + "trunk"), set(SPINAL) | {Kind.PRONE}, _INJURED_WORDS),
    _avoid("injured-arms", _any(INJURED + "arms", INJURED + "upper-back"),
           {Kind.ARM_RAISE, Kind.SHOULDER_PROTRACTION, Kind.SHOULDER_RETRACTION}, _INJURED_WORDS),
    _avoid("injured-legs", _any(INJURED + "legs", INJURED + "pelvis"),
           {Kind.HIP_FLEXION, Kind.HIP_ROTATION, Kind.FLOOR_TRANSFER, Kind.KNEELING, Kind.STANDING_LONG, Kind.WALKING},
           _INJURED_WORDS),
)  # fmt: skip
"""Beyond the table, because a body must never be asked for what may hurt it."""

RULES: tuple[Rule, ...] = (*_UNKNOWN_RULES, *_BACK_RULES, *_WHOLE_RULES, *_OWN_RULES)
"""Every movement rule; those that say the most about the day come first."""


def applying(present: frozenset[str], *, is_cleared: bool) -> tuple[Rule, ...]:
    """Give the rules that apply to these signs.

    >>> [rule.code for rule in applying(frozenset({"disc", "stenosis"}), is_cleared=False)]
    ['flexion-hurts', 'extension-hurts', 'both-directions-hurt']
    """
    return tuple(rule for rule in RULES if rule.applies(present, is_cleared=is_cleared))
