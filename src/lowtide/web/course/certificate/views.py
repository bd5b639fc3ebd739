"""The page that gives a certificate, or a record: which courses are over, what it will say, and the name if any."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide.deliver.certificate import FOOT, certificate, figures
from lowtide.deliver.letters import can_write
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import LONGEST_NAME
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.course.certificate.counting import record_of

UNWRITABLE = "The page can not write these letters. Leave it empty, and write the name on paper by hand."


class NameForm(forms.Form):
    """The name that stands on it, if any."""

    name = forms.CharField(
        required=False, max_length=LONGEST_NAME,
        error_messages={"max_length": f"A name can have up to {LONGEST_NAME} letters."},
    )  # fmt: skip

    def clean_name(self) -> str:
        """Refuse what the page would have to write as question marks."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not can_write(name):
            raise forms.ValidationError(UNWRITABLE)
        return name


@require_safe
@for_person
def certificates(request: PersonRequest) -> HttpResponse:
    """Show which courses of this person are over."""
    today = day_of(request.person, timezone.now())
    over = [(one, record_of(one, today)) for one in request.person.enrolments.order_by("-made_at")]
    rows = [{"pk": one.pk, "record": record} for one, record in over if record is not None]
    return render(request, "course/certificate/certificates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def one(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show what it will say and ask for a name; then give the file."""
    enrolment = get_object_or_404(request.person.enrolments, pk=pk)
    today = day_of(request.person, timezone.now())
    form = NameForm(sent(request), initial={"name": request.person.name})
    record = record_of(enrolment, today, form.cleaned_data["name"] if form.is_valid() else "")
    if record is None:
        raise Http404
    is_writable = can_write(record.programme)
    if form.is_valid() and is_writable:
        headers = {"Content-Disposition": 'attachment; filename="practice.pdf"', "Cache-Control": "private, no-store"}
        return HttpResponse(certificate(record), content_type="application/pdf", headers=headers)
    told = {"record": record, "figures": figures(record), "form": form, "foot": FOOT, "is_writable": is_writable}
    return render(request, "course/certificate/certificate.html", told, status=422 if form.errors else 200)
