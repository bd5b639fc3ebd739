"""Everything to take along, everything back, and everything gone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lowtide.errors import UserError
from lowtide.model.time import counted
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.accounts.waited import key_of
from lowtide.web.practice import records
from lowtide.web.takeout.deletion import delete_everything, is_account
from lowtide.web.takeout.forms import WORDS, DeleteForm, ReadForm
from lowtide.web.takeout.loading import Loading, NotReadError
from lowtide.web.takeout.reading import read
from lowtide.web.takeout.tables import ABOUT_YOU, STAYS, TABLES, YOU
from lowtide.web.takeout.writing import YOU_NAME, as_json, as_zip

NEW = "new"
"""In the form of who has only just begun here: afterwards today comes, and not what can be taken along."""
GONE = "lowtide.gone"
GONE_SECONDS = 600
"""For so long the page that says so can be looked at again."""


@require_safe
@for_person
def takeout(request: PersonRequest) -> HttpResponse:
    """Show what can be taken along."""
    return _page(request)


@require_safe
@for_person
def as_tables(request: PersonRequest) -> HttpResponse:
    """Give everything as a ZIP of tables."""
    now = timezone.now()
    return _file(request, as_zip(request.person, now), "zip", "application/zip")


@require_safe
@for_person
def as_document(request: PersonRequest) -> HttpResponse:
    """Give everything as JSON."""
    return _file(request, as_json(request.person, timezone.now()), "json", "application/json")


@require_safe
@for_person
def bring(request: PersonRequest) -> HttpResponse:
    """Ask somebody who has only just begun here for a file from before."""
    return render(request, "takeout/bring.html", {"is_new": True})


@require_POST
@for_person
def read_back(request: PersonRequest) -> HttpResponse:
    """Read a file back: all of it, or nothing with one line for each row that can not be."""
    form = ReadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_read(request, [str(one) for one in form.errors["file"]])
    file = form.cleaned_data["file"]
    try:
        count = Loading(request.person).take(read(file.name, file.read()))
    except NotReadError as error:
        return _not_read(request, error.lines)
    except UserError as error:
        return _not_read(request, [f"{error.message} {error.hint}".strip()])
    messages.success(request, _told(count))
    return redirect("today" if NEW in request.POST else "takeout")


@require_POST
@for_person
def delete(request: PersonRequest) -> HttpResponse:
    """Delete everything, once the words are written."""
    form = DeleteForm(request.POST)
    if not form.is_valid():
        return _page(request, refusal=str(form.errors["words"][0]))
    whose = key_of(request.person)
    delete_everything(request.person, request.user)
    request.session.flush()
    return redirect(f"{reverse('gone')}?{urlencode({'of': signing.dumps(whose, salt=GONE)})}")


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say that all is gone, to the browser that has just deleted it, which then lets go of what it kept itself.

    Whose it was stands in the address, signed: nothing of it is kept here, and no link of somebody else's empties a
    browser.
    """
    try:
        whose = signing.loads(request.GET.get("of", ""), salt=GONE, max_age=GONE_SECONDS)
    except signing.BadSignature:
        return redirect("/")
    return render(request, "takeout/gone.html", {"whose": whose, "is_account": is_account()})


def _not_read(request: PersonRequest, lines: list[str]) -> HttpResponse:
    """Say why on the page that the file was chosen on."""
    if NEW in request.POST:
        return render(request, "takeout/bring.html", {"is_new": True, "lines": lines}, status=422)
    return _page(request, lines=lines)


def _told(count: int) -> str:
    return f"Read in: {counted(count, 'row')}." if count else "Everything in it was here already."


def _file(request: PersonRequest, content: bytes, ending: str, kind: str) -> HttpResponse:
    day = records.timing_of(request.person, timezone.now()).day
    name = f'attachment; filename="lowtide-{day}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})


def _page(request: PersonRequest, *, lines: list[str] | None = None, refusal: str = "") -> HttpResponse:
    tables = [(YOU_NAME, ABOUT_YOU, YOU.items()), *((one.name, one.about, one.columns.items()) for one in TABLES)]
    shown: dict[str, Any] = {"tables": tables, "stays": STAYS, "lines": lines, "refusal": refusal}
    shown |= {"words": WORDS, "is_account": is_account()}
    return render(request, "takeout/takeout.html", shown, status=422 if lines or refusal else 200)
