"""A membership in, the address that stops its letters out; and back; and its page, which needs no sign-in.

RFC 8058: the letter's header names it, a mail program posts to it. Law: looking at it changes nothing.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lowtide.web.course.models import Membership

_signer = Signer(salt="lowtide.meetings.stop")


def stop_address(member: Membership) -> str:
    """Give the path of the page that stops the letters of one member of one group."""
    return reverse("group-stop", args=[_signer.sign(str(member.pk))])


@csrf_exempt  # a mail program posts here (RFC 8058); the address itself is signed, and can do this one thing
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to send no more letters about a group's meetings, and do so."""
    try:
        member = Membership.objects.filter(pk=int(_signer.unsign(token))).first()
    except (BadSignature, ValueError):
        raise Http404 from None
    if member is None:
        raise Http404
    if request.method == "POST":
        Membership.objects.filter(pk=member.pk).update(by_mail=False)
        member.by_mail = False
    return render(request, "course/meetings/stop.html", {"is_on": member.by_mail})
