"""A person's groups: which there are, founding one, joining one by its invitation, one's own wishes, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.course.meetings import actions
from lowtide.web.course.meetings.calendars import nouns_of
from lowtide.web.course.meetings.forms import FoundForm, MemberForm
from lowtide.web.course.meetings.leading import invitation_of, register_of
from lowtide.web.course.meetings.shown import clocks_said, leader_of, next_of, own_clock_said, shown
from lowtide.web.course.models import Group, Membership
from lowtide.web.course.records import course_of
from lowtide.web.practice.me.forms import PersonForm
from lowtide.web.reminders.ways import ways_of

asks = require_http_methods(["GET", "HEAD", "POST"])
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@for_person
def groups(request: PersonRequest) -> HttpResponse:
    """Show the groups of this person, with the next meeting of each."""
    now, person = timezone.now(), request.person
    rows = person.memberships.select_related("group")
    told = {
        "groups": [{"member": one, "group": one.group, "next": next_of(one.group, person, now)} for one in rows],
        "here": _beside(request), "clock": own_clock_said(person, now),
    }  # fmt: skip
    return render(request, "course/meetings/groups.html", told)


def _beside(request: PersonRequest) -> QuerySet[Group]:
    """Give the groups of others on the same machine, which one joins without an invitation."""
    if not request.user.is_local:
        return Group.objects.none()
    others = Group.objects.filter(is_elsewhere=False, memberships__person__owner=request.user)
    return others.exclude(memberships__person=request.person).distinct()


@asks
@for_person
def found(request: PersonRequest, *, is_elsewhere: bool = False) -> HttpResponse:
    """Found a group, or write down the dates of one that is elsewhere."""
    now, person = timezone.now(), request.person
    running = course_of(person, now)
    own = running.programme.name if running and running.is_open else ""
    form = FoundForm(person, day_of(person, now), sent(request), is_elsewhere=is_elsewhere, programme=own)
    if form.is_valid():
        group = actions.found(person, form.wish(), now)
        messages.success(request, "Written down." if is_elsewhere else "Here is your group.")
        return redirect("group", pk=group.pk)
    chosen = PersonForm(None, instance=type(person)(time_zone=form["time_zone"].value() or ""))
    told = {"form": form, "is_elsewhere": is_elsewhere, "zones": chosen.zones(), "programmes": form.programmes}
    return render(request, "course/meetings/found.html", told, status=422 if form.errors else 200)


@require_safe
@for_person
def group(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a group to who is in it: to members the dates, to its leader also who comes."""
    return _page(request, _member(request, pk))


def _member(request: PersonRequest, pk: UUID) -> Membership:
    return get_object_or_404(Membership.objects.select_related("group"), group=pk, person=request.person)


def _page(request: PersonRequest, member: Membership, form: MemberForm | None = None) -> HttpResponse:
    now, here = timezone.now(), member.group
    meetings = shown(here.meetings.all(), here, request.person, now)
    told: dict[str, Any] = {
        "group": here, "member": member, "leader": leader_of(here), "clocks": clocks_said(here, request.person, now),
        "coming": [one for one in meetings if not one.is_past], "past": [one for one in meetings if one.is_past],
        "form": form or MemberForm(initial={"called": member.name}), "ways": ways_of(request.person),
        "is_led": here.is_elsewhere or here.memberships.filter(is_leading=True).exists(),
    }  # fmt: skip
    if member.is_leading:
        told |= {"register": register_of(here), "invitation": invitation_of(here)}
    return render(request, "course/meetings/group.html", told, status=422 if form and form.errors else 200)


@require_POST
@for_person
def wishes(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Keep what the group calls this person, and whether letters and reminders come."""
    member, form = _member(request, pk), MemberForm(request.POST)
    if form.is_valid() and member.is_leading and not form.cleaned_data["called"]:
        form.add_error("called", "Members see who leads: a first name is enough.")
    if not form.is_valid():
        return _page(request, member, form)
    actions.wish_for(member, form.cleaned_data["called"], timezone.now(), **_ways(form))
    messages.success(request, "Kept.")
    return redirect("group", pk=pk)


@require_POST
@for_person
def leave(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Leave a group."""
    actions.leave(_member(request, pk))
    messages.success(request, "You have left. The meetings that you came to stay in your record.")
    return redirect("groups")


@asks
@never_cache
@for_person
def join(request: PersonRequest, secret: str) -> HttpResponse:
    """Show what one is invited to, and join."""
    here = Group.objects.filter(secret=secret).first()
    if here is None:
        return render(request, "course/meetings/over.html", status=404)
    return _join(request, here)


@asks
@for_person
def join_here(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Join a group of somebody else on the same machine."""
    return _join(request, get_object_or_404(_beside(request), pk=pk))


def _join(request: PersonRequest, here: Group) -> HttpResponse:
    now, person = timezone.now(), request.person
    if person.memberships.filter(group=here).exists():
        return redirect("group", pk=here.pk)
    form = MemberForm(sent(request), initial={"called": person.name})
    if form.is_valid():
        actions.join(here, person, form.cleaned_data["called"], now, **_ways(form))
        messages.success(request, "You are in. Here are the dates.")
        return redirect("group", pk=here.pk)
    told = {
        "group": here, "leader": leader_of(here), "form": form, "clocks": clocks_said(here, person, now),
        "coming": shown(here.meetings.filter(begins__gt=now), here, person, now), "ways": ways_of(person),
    }  # fmt: skip
    return render(request, "course/meetings/join.html", told, status=422 if form.errors else 200)


def _ways(form: MemberForm) -> dict[str, bool]:
    return {name: form.cleaned_data[name] for name in ("by_mail", "is_reminded")}


@require_safe
@for_person
def dates(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give all of a group's meetings as a file for a calendar."""
    from lowtide.deliver.calendar import dates as written

    here = _member(request, pk).group
    file = written(nouns_of(here.meetings.all(), here), timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="group.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(file, content_type=CALENDAR, headers=headers)
