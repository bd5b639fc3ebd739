"""The cast: the people that tests are about. One constant each, so that a failure names someone."""

from lowtide.model.profile import Condition, Pain, Profile, Trigger

NOBODY_KNOWN = Profile()
"""Has answered nothing: everything careful."""


def well(**changes: object) -> Profile:
    """Someone who answered every question with no, and has a plain sore lower back."""
    from lowtide.screen import QUESTIONS

    known: dict[str, object] = {
        "pains": (Pain(region="lower-back", intensity=4),),
        "worse_with": frozenset[Trigger](),
        "conditions": frozenset[Condition](),
        "answers": {question.code: False for question in QUESTIONS},
        "age_years": 40,
    }
    return Profile(**(known | changes))  # type: ignore[arg-type]


def _with(*conditions: Condition, **changes: object) -> Profile:
    return well(**({"conditions": frozenset(conditions)} | changes))


WELL = well()
"""Knows that nothing speaks against anything, and has a plain sore lower back at 4."""
AMARA_PREGNANT = _with(Condition.PREGNANCY)
"""Six months pregnant, without complications."""
BRUNO_DISC = _with(Condition.DISC, worse_with=frozenset({Trigger.BENDING, Trigger.SITTING}))
"""A slipped disc: bending and sitting bring the pain on."""
CLARA_STENOSIS = _with(Condition.STENOSIS, worse_with=frozenset({Trigger.STANDING}), age_years=50)
"""A narrow canal: standing and arching bring the pain on."""
DOV_BOTH = _with(Condition.DISC, Condition.FACET)
"""Neither bending nor arching is good for him."""
EDITH_THIN_BONES = _with(Condition.OSTEOPOROSIS)
"""Osteoporosis, found years ago."""
FARID_OPERATED = _with(Condition.RECENT_SURGERY)
"""Back from a spinal operation six weeks ago."""
GRETA_FLARE = well(pains=(Pain(region="lower-back", intensity=8),))
"""Can hardly turn over today."""
HANA_TRAUMA = _with(Condition.TRAUMA)
"""Was hurt as a child; closed eyes and long silences frighten her."""
IVO_HEART = _with(Condition.HEART_DISEASE)
"""Has had a heart attack."""
JUN_STIFF_KNEES = _with(Condition.CANNOT_RISE)
"""Can not get up from the floor alone."""
KOFI_NECK = well(pains=(Pain(region="neck", intensity=5), Pain(region="left-calf", intensity=1, injured=True)))
"""A sore neck and a pulled left calf."""
LENA_NUMB = well(answers=dict(well().answers) | {"saddle-numb": True})
"""Newly numb between the legs: an emergency."""
MARK_CLEARED = _with(Condition.FUSION, Condition.CLEARED_BY_CLINICIAN)
"""A fusion of long ago; his surgeon has said that moving is fine."""
