"""The order of the first steps: a step in, where to go on, back or aside out.

Law: whoever came from their own page to change one thing goes back there; whoever begins goes on to the next step.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from lowtide.web.practice.begin.wording import SAFETY_GROUPS

FROM_ME = "me"
ORDER = ("body", "worse", "conditions", "positions", "likes")
"""The steps after the safety questions."""
COUNT = len(SAFETY_GROUPS) + len(ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where one is in the beginning."""

    number: int
    """Counted from 1, the safety questions first."""
    here: str
    onward: str
    """The next step's address, or the page it came from."""
    back: str
    """The step before; empty at the first."""
    is_change: bool
    """True where one thing is changed, and not all of it asked."""

    @property
    def count(self) -> int:
        """How many steps there are."""
        return COUNT

    @property
    def numbers(self) -> range:
        """Every step's number."""
        return range(1, COUNT + 1)


def step(request: HttpRequest, name: str, group: int = 1) -> Step:
    """Find out where one is; `group` counts the safety screens from 1."""
    is_change = FROM_ME in (request.GET.get("from"), request.POST.get("from"))
    places = _places()
    index = group - 1 if name == "safety" else len(SAFETY_GROUPS) + ORDER.index(name)
    me = reverse("me")
    if is_change and not (name == "safety" and group < len(SAFETY_GROUPS)):
        onward = me
    else:
        onward = places[index + 1] if index + 1 < len(places) else reverse("begin-ready")
        onward += "?from=me" if is_change else ""
    return Step(
        number=index + 1,
        here=places[index],
        onward=onward,
        back=me if is_change else (places[index - 1] if index else reverse("begin")),
        is_change=is_change,
    )


def _places() -> list[str]:
    return [
        *(reverse("safety", args=[number]) for number in range(1, len(SAFETY_GROUPS) + 1)),
        *(reverse(name) for name in ORDER),
    ]
