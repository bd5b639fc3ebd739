"""What the page of signing out says of reminders: `{% reminders_end %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from lowtide.web.accounts.models import User
from lowtide.web.reminders.leaving import is_signed_in_elsewhere
from lowtide.web.reminders.models import Routine

register = template.Library()


@register.inclusion_tag("reminders/leaving.html", takes_context=True)
def reminders_end(context: dict[str, Any]) -> dict[str, Any]:
    """Say which reminders end with this sign-out; nothing for who has none."""
    request: HttpRequest = context["request"]
    user = request.user
    has_any = isinstance(user, User) and Routine.objects.filter(person__owner=user, is_on=True).exists()
    is_last = isinstance(user, User) and has_any and not is_signed_in_elsewhere(user, request)
    return {"has_any": has_any, "is_last": is_last}
