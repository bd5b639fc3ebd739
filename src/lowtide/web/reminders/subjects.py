"""What a routine is about in, what a person reads of it and where it is opened out.

Called by the channels, the calendar and the pages. Rooms above register what is theirs when the app starts. Law:
nothing of anybody's health is in these words: they stand on lock screens and in calendars that others see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lowtide import content
from lowtide.errors import UserError
from lowtide.web.accounts.models import Person
from lowtide.web.reminders.practised import DIARY, PRACTICE, RITUAL

TEST = "test"
"""What a reminder is about that somebody asked for to see whether it comes."""
USUAL_MINUTES = 10
MINUTES_OF_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody may be reminded of."""

    title: str
    """`Midday Check-In`."""
    text: str
    """One inviting sentence."""
    address: str
    """Where it is opened: a path of this app."""
    action: str = "Begin"
    """What stands on the button there."""
    minutes: int = USUAL_MINUTES
    """How long it usually takes."""
    times: tuple[int, ...] = ()
    """When it would come unless the person wishes otherwise: minutes after midnight."""


Tell = Callable[[str], Subject | None]
"""What it is about in, what is read of it out; None where it is not there any more."""
Offer = Callable[[Person], Iterable[str]]
"""A person in, everything of this kind that they may set up out."""
_known: dict[str, tuple[Tell, Offer]] = {}


def register(kind: str, tell: Tell, offer: Offer = lambda _person: ()) -> None:
    """Let there be reminders about a kind of thing: `course`, or `meeting` for every `meeting:…`."""
    _known[kind] = (tell, offer)


def subject_of(about: str) -> Subject | None:
    """Say what a routine is about; None where this Lowtide does not know it (any more)."""
    tell, _offer = _known.get(about.partition(":")[0], (None, None))
    return tell(about) if tell else None


def offered_to(person: Person) -> tuple[str, ...]:
    """Give everything that this person may be reminded of, in the order of a page."""
    return tuple(about for _tell, offer in _known.values() for about in offer(person))


def register_our_own() -> None:
    """Let there be reminders about rituals, practice, the diary, and for trying."""
    register(RITUAL.rstrip(":"), _ritual, _rituals)
    register(PRACTICE, lambda _about: SESSION, lambda _person: (PRACTICE,))
    register(DIARY, lambda _about: ENTRY, lambda _person: (DIARY,))
    register(TEST, lambda _about: TRIED)


def _rituals(_person: Person) -> Iterable[str]:
    return (f"{RITUAL}{one.name}" for one in content.rituals() if one.hour is not None)


def _ritual(about: str) -> Subject | None:
    name = about.removeprefix(RITUAL)
    try:
        ritual = content.ritual(name)
    except UserError:
        return None  # it was taken away
    hour = ritual.hour
    return Subject(
        title=ritual.title, text=ritual.summary, address=f"/rituals/{ritual.name}/",
        minutes=round(ritual.usual_minutes),
        times=(hour.hour * MINUTES_OF_HOUR + hour.minute,) if hour else (),
    )  # fmt: skip


SESSION = Subject(
    title="A session", text="Whatever suits you today, as long as you like.", address="/today/",
    action="See what suits today", times=(18 * MINUTES_OF_HOUR,),
)  # fmt: skip
ENTRY = Subject(
    title="A line for the diary", text="A number is enough, and a glance.", address="/diary/",
    action="Open the diary", minutes=1, times=(20 * MINUTES_OF_HOUR,),
)  # fmt: skip
TRIED = Subject(
    title="This is how a reminder looks", text="It works. Nothing else to do.", address="/reminders/",
    action="Back to your reminders", minutes=1,
)  # fmt: skip
