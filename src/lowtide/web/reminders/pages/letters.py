"""Where letters go to; and the page that stops them, which needs no sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.reminders.letters.addresses import address_of, leave_here
from lowtide.web.reminders.letters.stopping import routine_to_stop, stop_letters
from lowtide.web.reminders.models import MailAddress
from lowtide.web.reminders.pages.forms import MailForm
from lowtide.web.reminders.subjects import subject_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def mail(request: PersonRequest) -> HttpResponse:
    """Change the address on a machine of one's own; with accounts it is the account's."""
    if not (leave_here() and request.user.is_local):
        return redirect("reminders")
    form = MailForm(sent(request), initial={"address": address_of(request.person)})
    if form.is_valid():
        address = form.cleaned_data["address"]
        if address:
            MailAddress.objects.update_or_create(person=request.person, defaults={"address": address})
        else:
            MailAddress.objects.filter(person=request.person).delete()
        messages.success(request, "Kept." if address else "No letters go out to you.")
        return redirect("reminders")
    return render(request, "reminders/mail.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # a mail program posts here (RFC 8058); the address itself is signed, and can do this one thing
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to send no more letters about one thing, and do so."""
    routine = routine_to_stop(token)
    subject = subject_of(routine.about) if routine else None
    if routine is None or subject is None:
        raise Http404
    if request.method == "POST":
        stop_letters(routine)
        routine.by_mail = False
    return render(request, "reminders/stop.html", {"subject": subject, "is_on": routine.by_mail})
