"""What a script may ask a body to do: the controlled kinds of movement and the positions (SAFETY.md).

Called by the script checker, screening and composing. Law: a movement that is not in this table can not be asked for.
"""

from __future__ import annotations

from enum import StrEnum

from lowtide.model.body import REGIONS, overlaps


class Kind(StrEnum):
    """A kind of movement, hold or posture; `tense:REGION` is written as text because it carries a region."""

    LUMBAR_FLEXION = "lumbar-flexion"
    LUMBAR_EXTENSION = "lumbar-extension"
    ROTATION = "rotation"
    SIDE_BEND = "side-bend"
    HIP_FLEXION = "hip-flexion"
    HIP_ROTATION = "hip-rotation"
    SHOULDER_PROTRACTION = "shoulder-protraction"
    SHOULDER_RETRACTION = "shoulder-retraction"
    NECK_FLEXION = "neck-flexion"
    NECK_ROTATION = "neck-rotation"
    NECK_SIDE_BEND = "neck-side-bend"
    ARM_RAISE = "arm-raise"
    PELVIC_TILT = "pelvic-tilt"
    BREATH_HOLD = "breath-hold"
    PACED_BREATH = "paced-breath"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    SITTING_LONG = "sitting-long"
    STANDING_LONG = "standing-long"
    KNEELING = "kneeling"
    FLOOR_TRANSFER = "floor-transfer"
    WALKING = "walking"


TENSE = "tense:"
"""The prefix of a muscle tension: `tense:hands`."""


class Position(StrEnum):
    """How the listener is placed for the session."""

    LYING = "lying"
    RECLINED = "reclined"
    SITTING = "sitting"
    STANDING = "standing"
    WALKING = "walking"


POSITION_NEEDS: dict[Position, Kind | None] = {
    Position.LYING: Kind.SUPINE,
    Position.RECLINED: None,
    Position.SITTING: Kind.SITTING_LONG,
    Position.STANDING: Kind.STANDING_LONG,
    Position.WALKING: Kind.WALKING,
}
"""The posture kind that a position needs cleared. Reclined and propped up is the position that every rule leaves."""

SPINAL = frozenset(
    {Kind.LUMBAR_FLEXION, Kind.LUMBAR_EXTENSION, Kind.ROTATION, Kind.SIDE_BEND, Kind.PELVIC_TILT,
     Kind.NECK_FLEXION, Kind.NECK_ROTATION, Kind.NECK_SIDE_BEND}
)  # fmt: skip
"""The kinds that move the spine, neck included."""

LIMB = frozenset(
    {Kind.HIP_FLEXION, Kind.HIP_ROTATION, Kind.SHOULDER_PROTRACTION, Kind.SHOULDER_RETRACTION, Kind.ARM_RAISE}
)
"""The kinds that move a limb."""

BREATH = frozenset({Kind.BREATH_HOLD, Kind.PACED_BREATH})
POSTURE = frozenset(
    {Kind.SUPINE, Kind.PRONE, Kind.SIDE_LYING, Kind.SITTING_LONG, Kind.STANDING_LONG, Kind.KNEELING,
     Kind.FLOOR_TRANSFER, Kind.WALKING}
)  # fmt: skip
MOVING = SPINAL | LIMB | {Kind.FLOOR_TRANSFER, Kind.KNEELING, Kind.PRONE, Kind.SIDE_LYING, Kind.WALKING}
"""Everything that "every movement" means in SAFETY.md: what the listener would have to move for."""


def is_movement(name: str) -> bool:
    """Say whether `name` is a controlled movement: a kind, or `tense:` with a region.

    >>> is_movement("rotation"), is_movement("tense:hands"), is_movement("tense:moon"), is_movement("twist")
    (True, True, False, False)
    """
    if name.startswith(TENSE):
        return name.removeprefix(TENSE) in REGIONS
    return name in Kind._value2member_map_


def tension_touches(movement: str, region: str) -> bool:
    """Say whether `movement` is a muscle tension that reaches `region`.

    >>> tension_touches("tense:hips", "left-hip"), tension_touches("tense:hands", "left-hip")
    (True, False)
    """
    return movement.startswith(TENSE) and overlaps(movement.removeprefix(TENSE), region)
