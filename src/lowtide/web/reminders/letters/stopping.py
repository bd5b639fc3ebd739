"""A routine in, the address that stops its letters out; and back. It needs no sign-in: it is signed by us.

RFC 8058: the letter's header names it, a mail program posts to it. Law: looking at it changes nothing, for mail servers
look at every address that a letter holds.
"""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from lowtide.web.reminders.models import Routine

_signer = Signer(salt="lowtide.reminders.stop")


def stop_address(routine: Routine) -> str:
    """Give the path of the page that stops this routine's letters."""
    return reverse("reminders-stop", args=[_signer.sign(str(routine.uuid))])


def routine_to_stop(token: str) -> Routine | None:
    """Find the routine that an address is about; None where it is not ours, or the routine is gone."""
    try:
        name = UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Routine.objects.filter(pk=name).select_related("person").first()


def stop_letters(routine: Routine) -> None:
    """Send no more letters about this; what is on its way to browsers and calendars stays."""
    Routine.objects.filter(pk=routine.pk).update(by_mail=False)
