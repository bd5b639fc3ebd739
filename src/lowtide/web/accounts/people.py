"""A request in, the person whose data it is about out; and the switch between several.

Called by every slice through `for_person`. Law: a person is only ever looked up among those of the user who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.waited import has_waited, is_of

switched = Signal()
"""Sent when a browser is another person's from now on: `request`, `person`."""
KEY = "person"
"""Where the browser's session keeps who sits here now."""
P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody known."""

    user: User
    person: Person
    """Whose data it is about."""


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def for_person(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Make a view that is only for someone known; others are asked to sign in. The request then has its `person`."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponse(status=401) if has_waited(request) else redirect_to_login(request.get_full_path())
        person = person_of(request)
        if has_waited(request) and not is_of(request, person):
            return HttpResponse(status=409)
        request.person = person  # type: ignore[attr-defined]  # this makes it a PersonRequest
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return answer


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form has sent, be it nothing at all; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def person_of(request: HttpRequest) -> Person:
    """Give the person who sits here: the one that was switched to, else the first; made where there is none yet."""
    user = request.user
    assert isinstance(user, User), "only somebody signed in has a person"
    if KEY in request.session:
        chosen = user.persons.filter(pk=request.session[KEY]).first()
        if chosen is not None:
            return chosen
    return user.persons.first() or first_person(user)


def first_person(user: User) -> Person:
    """Make a user's first person, once however many requests ask at the same time."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        return user.persons.first() or Person.objects.create(owner=user)


def in_turn(person: Person) -> None:
    """Within a transaction: let what one person's devices write at the same moment be written one after the other."""
    Person.objects.select_for_update().get(pk=person.pk)


def switch_to(request: HttpRequest, person: Person) -> None:
    """From now on this browser is this person's."""
    request.session[KEY] = person.pk
    switched.send(sender=Person, request=request, person=person)


def for_templates(request: HttpRequest) -> dict[str, Any]:
    """Give every template the person, and what its frame shows."""
    person, is_for_me = getattr(request, "person", None), settings.MODE == "for-me"
    is_shared = is_for_me and person is not None and Person.objects.filter(owner=person.owner_id).count() > 1
    return {"person": person, "mode": str(settings.MODE), "is_for_me": is_for_me, "is_shared": is_shared}
