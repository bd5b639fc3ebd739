"""A minute of a person's own day in, the moment out: which hour's words a session may use.

Called by the app, which owns a clock. The borders are a house rule; they follow when people get up, eat and lie down.
"""

from __future__ import annotations

from lowtide.model.facts import Fact

BEGINS: tuple[tuple[int, Fact], ...] = (
    (5 * 60, Fact.MORNING), (11 * 60, Fact.MIDDAY), (17 * 60, Fact.EVENING), (22 * 60, Fact.NIGHT),
)  # fmt: skip
"""From which minute of the day each moment holds; before the first it is still night."""


def moment_at(minute: int) -> Fact:
    """Name the moment of a minute of the day, 0 to 1439.

    >>> [moment_at(hour * 60).value for hour in (4, 5, 12, 17, 23)]
    ['night', 'morning', 'midday', 'evening', 'night']
    """
    return next((fact for begins, fact in reversed(BEGINS) if minute >= begins), Fact.NIGHT)
