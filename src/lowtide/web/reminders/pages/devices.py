"""The browsers that remind: one is entered, and taken out again. Called by the page's scripts; answers are small."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.accounts.waited import key_of
from lowtide.web.reminders.leaving import browser_of
from lowtide.web.reminders.models import PushSubscription
from lowtide.web.reminders.pages.forms import SubscriptionForm
from lowtide.web.reminders.push.keys import public_key

MOST_BROWSERS = 20
"""House rule: more than anybody uses; beyond it the oldest goes."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_person
def push(request: PersonRequest) -> HttpResponse:
    """Tell a browser what it needs to subscribe; or take its subscription."""
    if request.method != "POST":
        is_here = request.person.push_subscriptions.filter(browser=browser_of(request)).exists()
        told = {"key": public_key(), "whose": key_of(request.person), "token": get_token(request), "here": is_here}
        return JsonResponse(told)
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"failure": " ".join(str(one[0]) for one in form.errors.values())}, status=422)
    keep(request, **form.cleaned_data)
    return HttpResponse(status=204)


@transaction.atomic
def keep(request: PersonRequest, endpoint: str, p256dh: str, auth: str) -> None:
    """Keep this browser's subscription; what it was subscribed to before is over."""
    person, browser = request.person, browser_of(request)
    PushSubscription.objects.filter(browser=browser).exclude(endpoint=endpoint).delete()
    fields = {"person": person, "public_key": p256dh, "auth": auth, "browser": browser}
    PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=fields)
    newest = person.push_subscriptions.order_by("-made_at").values_list("pk", flat=True)[:MOST_BROWSERS]
    person.push_subscriptions.exclude(pk__in=list(newest)).delete()


@require_POST
@for_person
def end(request: PersonRequest) -> HttpResponse:
    """Remind no longer in this browser, or in none."""
    mine = request.person.push_subscriptions
    if request.POST.get("where") == "everywhere":
        mine.all().delete()
        messages.success(request, "No browser reminds you any more.")
        return redirect("reminders")
    mine.filter(browser=browser_of(request)).delete()
    return HttpResponse(status=204)
