"""One meeting: for members when, where and what; for who keeps its dates also moving it, calling it off, who came."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.course.meetings import actions
from lowtide.web.course.meetings.calendars import nouns_of
from lowtide.web.course.meetings.forms import MeetingForm
from lowtide.web.course.meetings.groups import CALENDAR
from lowtide.web.course.meetings.leading import NAMELESS
from lowtide.web.course.meetings.shown import agenda_of, clock_said, own_clock_said, shown, zone_of
from lowtide.web.course.models import Meeting, Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A meeting, and whoever looks at it."""

    row: Meeting
    member: Membership

    @property
    def is_kept(self) -> bool:
        """True where they may change it: they lead the group, or have only written it down."""
        return self.member.is_leading or self.row.group.is_elsewhere


def _here(request: PersonRequest, pk: UUID) -> Here:
    row = get_object_or_404(Meeting.objects.select_related("group"), pk=pk, group__memberships__person=request.person)
    return Here(row=row, member=row.group.memberships.get(person=request.person))


def _kept(request: PersonRequest, pk: UUID) -> Here:
    here = _here(request, pk)
    if not here.is_kept:
        raise Http404
    return here


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def meeting(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a meeting; keep what its leader changes."""
    here = _kept(request, pk) if request.method == "POST" else _here(request, pk)
    row, group, now, person = here.row, here.row.group, timezone.now(), request.person
    form = MeetingForm(row, agenda_of(row, group), day_of(person, now), sent(request)) if here.is_kept else None
    if form and form.is_valid():
        is_told = actions.change(row, form.change(), now)
        is_for_others = is_told and not group.is_elsewhere and row.begins > now
        messages.success(request, "Kept. Whoever has an invitation gets the change." if is_for_others else "Kept.")
        return redirect("meeting", pk=pk)
    (one,) = shown([row], group, person, now)
    told = {
        "group": group, "one": one, "form": form, "here": here, "has_begun": row.begins <= now,
        "clock": own_clock_said(person, row.begins), "there": clock_said(zone_of(group), row.begins),
        "register": _register(here) if here.member.is_leading else (),
    }  # fmt: skip
    return render(request, "course/meetings/meeting.html", told, status=422 if form and form.errors else 200)


def _register(here: Here) -> list[tuple[int, str, bool]]:
    """Give the members, each with its number, name, and whether they came."""
    came = set(here.row.attendances.values_list("person_id", flat=True))
    rows = here.row.group.memberships.order_by("-is_leading", "joined_at")
    return [(one.pk, one.name or NAMELESS, one.person_id in came) for one in rows]


@require_POST
@for_person
def call_off(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Call a meeting off, or let it take place after all."""
    here, is_off = _kept(request, pk), request.POST.get("takes_place") != "yes"
    actions.call_off(here.row, timezone.now(), is_off=is_off)
    messages.success(request, "It is called off." if is_off else "It takes place after all.")
    return redirect("meeting", pk=pk)


@require_POST
@for_person
def attendance(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep who came: for a whole group by its leader, for oneself in a group elsewhere."""
    here = _kept(request, pk)
    if here.row.begins > timezone.now():
        messages.error(request, "That is still to come.")
        return redirect("meeting", pk=pk)
    told = set(request.POST.getlist("came"))
    members = list(here.row.group.memberships.all()) if here.member.is_leading else [here.member]
    actions.attended(here.row, members, {one.person_id for one in members if str(one.pk) in told})
    messages.success(request, "Kept.")
    return redirect("meeting", pk=pk)


@require_safe
@for_person
def date(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a meeting as a file for a calendar."""
    from lowtide.deliver.calendar import dates as written

    row = _here(request, pk).row
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"', "Cache-Control": "private, no-store"}
    file = written(nouns_of([row], row.group), timezone.now())
    return HttpResponse(file, content_type=CALENDAR, headers=headers)
