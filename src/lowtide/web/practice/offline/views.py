"""Installing, and keeping sessions for offline: the manifest, the worker, and the page of what is kept."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.accounts.waited import key_of
from lowtide.web.practice.offline import files

NIGHT = "#0c1322"
"""The colour of the evening page: what stands around an app while it opens."""
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-round-512", 512, "maskable"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view is given a request)
    """Say what is installed."""
    icons = [
        {"src": static(f"project/icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    told = {
        "name": "Lowtide", "short_name": "Lowtide", "id": "/", "start_url": "/", "scope": "/", "lang": "en-GB",
        "description": "Guided meditation for back pain that fits you, the day and the minute.",
        "display": "standalone", "background_color": NIGHT, "theme_color": NIGHT, "categories": ["health"],
        "icons": icons,
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view is given a request)
    """Give the worker, with the state of the files that it keeps."""
    head = f"const VERSION = {json.dumps(files.version())};\nconst FIRST = {json.dumps(files.addresses(first=True))};\n"
    content = f'"use strict";\n{head}{files.worker()}'
    return HttpResponse(content, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page for when nobody answers: it is nobody's, and the browser fills in what it keeps."""
    answer = render(request, "practice/offline/shell.html")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
@never_cache
@for_person
def offline(request: PersonRequest) -> HttpResponse:
    """Show what is kept on this device."""
    return render(request, "practice/offline/offline.html")


@require_safe
@never_cache
@for_person
def kept_files(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 (a view is given a request)
    """List all that a kept session's pages are made of."""
    return JsonResponse({"version": files.version(), "files": files.addresses()})


@require_safe
@never_cache
@for_person
def here(request: PersonRequest) -> HttpResponse:
    """Tell a device that has kept messages who is here, and what lets them in."""
    return JsonResponse({"whose": key_of(request.person), "token": get_token(request)})
