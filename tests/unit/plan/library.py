"""A small library for the tests of planning: techniques and heads, without a file."""

from __future__ import annotations

from lowtide.model.library import Family, Technique
from lowtide.model.movement import Position
from lowtide.script.nodes import Head

LYING, RECLINED, SITTING, STANDING, WALKING = Position
RESTING = (LYING, RECLINED, SITTING)


def head(technique: str, minutes: tuple[float, float] = (3, 45), positions: tuple[Position, ...] = RESTING) -> Head:
    return Head(
        title=technique, technique=technique, least_minutes=minutes[0], most_minutes=minutes[1], positions=positions
    )


def technique(name: str, *scripts: str) -> Technique:
    return Technique(
        family=Family.BODY,
        name=name,
        title=name.capitalize(),
        summary="-",
        scripts=scripts or (name,),
        positions=RESTING,
        source="-",
    )


TECHNIQUES = (
    technique("body-scan", "scan-short", "scan-long", "scan-chair"),
    technique("belly-breathing"),
    technique("pmr"),
    technique("gentle-stretch"),
    technique("walking"),
    technique("somatic-tracking"),
)
HEADS = {
    "scan-short": head("body-scan", (3, 10)),
    "scan-long": head("body-scan", (10, 60)),
    "scan-chair": head("body-scan", (3, 20), (SITTING,)),
    "belly-breathing": head("belly-breathing"),
    "pmr": head("pmr"),
    "gentle-stretch": head("gentle-stretch"),
    "walking": head("walking", (5, 30), (WALKING, STANDING)),
    "somatic-tracking": head("somatic-tracking"),
}
