"""A person in, how reminders really reach them out: in which browsers, at which address, in a calendar; or nowhere yet.

Called by the pages of reminders and by rooms above that let somebody be reminded. Law: no way is named that does not
reach them now, and none is advised that this machine has not.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.web.accounts.models import Person
from lowtide.web.reminders.letters.addresses import address_of, leave_here
from lowtide.web.reminders.models import CalendarAddress, Routine

SCREEN, MAIL, CALENDAR, NOWHERE = "on the screen", "by e-mail", "in your calendar", "nowhere yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways to a person that are open now, and those that they could open."""

    browsers: int
    """In how many browsers they switched reminders on."""
    mail: str
    """Their address for letters; empty where there is none, or no mail server."""
    has_mail_server: bool
    has_calendar: bool
    """True where their calendar may ask for what is due."""
    may_write: bool
    """True where they may give an address for letters here."""

    def of(self, row: Routine) -> tuple[str, ...]:
        """Name the ways that this routine takes, in words; where there is none, that it goes nowhere yet."""
        ways = [(SCREEN, row.by_push and self.browsers > 0), (MAIL, row.by_mail and bool(self.mail))]
        found = tuple(words for words, is_open in ways if is_open)
        return found or ((CALENDAR,) if self.has_calendar else (NOWHERE,))

    @property
    def advice(self) -> str:
        """Say what would let reminders come, as far as it can be had here."""
        ways = [
            ("switch on letters", bool(self.mail)),
            ("give an address for letters", self.may_write and not self.mail),
            ("make an address for your calendar", not self.has_calendar),
        ]
        *first, last = ["Switch reminders on in a browser", *(words for words, is_there in ways if is_there)]
        return f"{', '.join(first)} or {last}." if first else f"{last}."


def ways_of(person: Person) -> Ways:
    """Look at which ways to a person there are."""
    return Ways(
        browsers=person.push_subscriptions.count(), mail=address_of(person), has_mail_server=leave_here(),
        has_calendar=CalendarAddress.objects.filter(person=person).exists(),
        may_write=leave_here() and person.owner.is_local,
    )  # fmt: skip


def nowhere_said(person: Person, about: str) -> str:
    """Say that the reminder of something reaches a person nowhere yet, and what would help; empty where it does."""
    row = Routine.objects.filter(person=person, about=about, is_on=True).first()
    ways = ways_of(person)
    if row is None or ways.of(row) != (NOWHERE,):
        return ""
    return f"It reaches you nowhere yet. {ways.advice}"
