"""A browser that signs out, or is somebody else's from now on: it reminds nobody any more. Called by Django's signals.

Law: none after sign-out. What was subscribed in a browser ends there with the sign-out, on the server, whatever the
browser does; with the last one everything pauses until somebody signs in again. A password that was changed signs all
others out, so they end as well.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from lowtide.web.accounts.models import Person, User
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import pause, resume
from lowtide.web.reminders.models import PauseWhy, PushSubscription

KEY = "browser"
"""Where a browser's session keeps a name of its own, which stays the same when the session is given a new key."""
NAME_BYTES = 16
SAID = "Signed out. You get no reminders until you sign in again."


def browser_of(request: HttpRequest) -> str:
    """Name this browser, as a digest; the same until it signs out."""
    if KEY not in request.session:
        request.session[KEY] = secrets.token_urlsafe(NAME_BYTES)
    return hashlib.sha256(str(request.session[KEY]).encode()).hexdigest()


def signed_out(request: HttpRequest | None, user: Any = None, **_more: object) -> None:
    """End what this browser was subscribed to; with the last one, pause everything."""
    if request is None or not isinstance(user, User):
        return
    is_last = not is_signed_in_elsewhere(user, request)
    with transaction.atomic():
        if KEY in request.session:
            PushSubscription.objects.filter(person__owner=user, browser=browser_of(request)).delete()
        if is_last:
            _pause_all(user)
    if is_last:
        messages.info(request, SAID)


def signed_in(user: Any = None, **_more: object) -> None:
    """Let reminders go on for who was signed out."""
    for person in Person.objects.filter(owner=user, pauses__why=PauseWhy.SIGNED_OUT):
        resume(person, PauseWhy.SIGNED_OUT)


def switched(request: HttpRequest, person: Person, **_more: object) -> None:
    """Remind nobody else in a browser that is this person's now."""
    if KEY in request.session:
        PushSubscription.objects.filter(browser=browser_of(request)).exclude(person=person).delete()


def password_changed(request: HttpRequest, user: Any, **_more: object) -> None:
    """End what other browsers were subscribed to: their sign-in holds no longer."""
    others = PushSubscription.objects.filter(person__owner=user)
    is_here = request.user.is_authenticated and request.user.pk == user.pk
    (others.exclude(browser=browser_of(request)) if is_here else others).delete()
    if not is_here:
        _pause_all(user)


def is_signed_in_elsewhere(user: User, request: HttpRequest) -> bool:
    """Say whether somebody is signed in as this user in another browser."""
    others = BrowserSession.objects.filter(expire_date__gt=clock.now()).exclude(session_key=request.session.session_key)
    return any(_is_of(one.get_decoded(), user) for one in others.iterator())


def _is_of(known: dict[str, Any], user: User) -> bool:
    is_named = known.get(SESSION_KEY) == str(user.pk)
    return is_named and constant_time_compare(str(known.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())


def _pause_all(user: User) -> None:
    for person in Person.objects.filter(owner=user):
        pause(person, PauseWhy.SIGNED_OUT)
