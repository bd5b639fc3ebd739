"""A person's calendar at its secret address; and the page that makes, shows and revokes it.

The address is the key: 256 bits by chance (`models.destination`), so that nobody guesses it and no count of guesses is
needed. Law: titles and times alone; an address that was revoked is not there any more, for nobody and at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.reminders.breaks import EVERYTHING, is_silenced
from lowtide.web.reminders.dates import DATED, dates_of
from lowtide.web.reminders.models import CalendarAddress, Pause, QuietHours, Routine
from lowtide.web.reminders.models.destination import new_secret
from lowtide.web.reminders.records import quiet_of, routine_of
from lowtide.web.reminders.subjects import subject_of

if TYPE_CHECKING:
    from lowtide.deliver.calendar import Entry

FRESH = "private, max-age=300"
"""A calendar that asks every few seconds is answered from its own memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A calendar's address as a page shows it."""

    https: str
    webcal: str
    """Opens the calendar program."""


def address_said(row: CalendarAddress | None) -> Said | None:
    """Write a calendar's address; None where there is none."""
    if row is None:
        return None
    base: str = settings.PUBLIC_ADDRESS
    whole = base + reverse("calendar-feed", args=[row.secret])
    return Said(https=whole, webcal=f"webcal://{whole.partition('://')[2]}")


@require_POST
@for_person
def address(request: PersonRequest) -> HttpResponse:
    """Make an address, or a new one in place of the old; or have none."""
    if request.POST.get("address") == "none":
        CalendarAddress.objects.filter(person=request.person).delete()
        messages.success(request, "The address leads nowhere now.")
    else:
        fields = {"secret": new_secret(), "made_at": timezone.now()}
        _row, is_new = CalendarAddress.objects.update_or_create(person=request.person, defaults=fields)
        messages.success(request, "Here it is." if is_new else "The old address leads nowhere now; here is a new one.")
    return redirect(f"{reverse('reminders')}#calendar")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever knows the address."""
    row = get_object_or_404(CalendarAddress.objects.select_related("person__owner"), secret=secret)
    written = calendar_of(row.person, timezone.now())
    etag = quote_etag(hashlib.sha256(written).hexdigest())
    whole = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer = get_conditional_response(request, etag=etag, response=whole) or whole
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = FRESH
    answer.headers["Content-Disposition"] = 'inline; filename="lowtide.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def calendar_of(person: Person, now: datetime) -> bytes:
    """Write a person's calendar; what a break silences is not in it."""
    from lowtide.deliver.calendar import feed as written

    whys = set(Pause.objects.filter(person=person).values_list("why", flat=True))
    is_paused = is_silenced(EVERYTHING, whys) or not person.owner.is_active
    quiet = quiet_of(QuietHours.objects.filter(person=person).first())
    if is_paused:
        return written((), now, quiet)
    return written(tuple(_entries(person, whys)), now, quiet, dates_of(person, now))


def _entries(person: Person, whys: set[str]) -> Iterator[Entry]:
    from lowtide.deliver.calendar import Entry

    base: str = settings.PUBLIC_ADDRESS
    for row in Routine.objects.filter(person=person, is_on=True).select_related("person"):
        subject = subject_of(row.about)
        if subject is not None and not row.about.startswith(DATED) and not is_silenced(row.about, whys):
            yield Entry(
                name=str(row.uuid), title=subject.title, address=base + subject.address, minutes=subject.minutes,
                routine=routine_of(row), since=row.made_at,
            )  # fmt: skip
