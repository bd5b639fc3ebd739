"""What the leader of a group does: who comes, the invitation, taking somebody out; and taking up a group without one.

Law: a leader sees what members call themselves and which meetings they came to, and nothing else of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.course.meetings import actions
from lowtide.web.course.models import Attendance, Group, Membership

NAMELESS = "Without a name"
LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member in the leader's list."""

    pk: int
    """Of the membership: it tells nothing of the person."""
    name: str
    came: int
    """To how many meetings."""
    is_leading: bool


def register_of(group: Group) -> list[Line]:
    """Give who is in a group, and to how many meetings each came."""
    rows = group.memberships.order_by("-is_leading", "joined_at")
    people = Attendance.objects.filter(meeting__group=group).values_list("person_id", flat=True)
    came = list(people)
    return [
        Line(pk=one.pk, name=one.name or NAMELESS, came=came.count(one.person_id), is_leading=one.is_leading)
        for one in rows
    ]


def invitation_of(group: Group) -> str:
    """Give the whole address of a group's invitation; empty where there is none."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('group-join', args=[group.secret])}" if group.secret else ""


def led_by(request: PersonRequest, pk: UUID) -> Group:
    """Find a group that this person leads; for anybody else it is not there."""
    return get_object_or_404(Group, pk=pk, memberships__person=request.person, memberships__is_leading=True)


@require_POST
@for_person
def invitation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make a new invitation in place of the old one, or have none."""
    is_open = request.POST.get("invitation") != "none"
    actions.invite(led_by(request, pk), is_open=is_open)
    old = "The old link leads nowhere now"
    messages.success(request, f"{old}; here is a new one." if is_open else f"{old}.")
    return redirect("group", pk=pk)


@require_POST
@for_person
def remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a member out of a group."""
    told = request.POST.get("member", "")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER else 0
    member = get_object_or_404(Membership, pk=number, group=led_by(request, pk), is_leading=False)
    actions.leave(member)
    messages.success(request, "They are not in the group any more. A new invitation keeps the old link from them.")
    return redirect("group", pk=pk)


@require_POST
@for_person
def take_up(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lead a group that nobody leads any more."""
    member = get_object_or_404(Membership, group=pk, person=request.person, group__is_elsewhere=False)
    if not member.name:
        messages.error(request, "Members see who leads: write a name first, under “You in this group”.")
    elif actions.take_up(member):
        messages.success(request, "You lead this group now.")
    return redirect("group", pk=pk)
