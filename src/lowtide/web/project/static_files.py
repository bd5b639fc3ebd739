"""A style sheet, a script or a picture: whitenoise's answer, in one piece, so that it needs no thread of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from whitenoise.middleware import WhiteNoiseMiddleware

METHODS = ("GET", "HEAD")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise's middleware is not typed
    """Whitenoise, for an asynchronous server: its files are small, and are read whole."""

    def serve(self, static_file: Any, request: HttpRequest) -> HttpResponse:
        """Answer with a file, or with "not changed"."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file:
                content = found.file.read()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for key, value in found.headers:
            response[key] = value
        return response
