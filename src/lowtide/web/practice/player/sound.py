"""A request for a session's sound in, its bytes out as they are due.

Law: the event loop only waits; a listener who goes away cancels what was being rendered for them.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from lowtide.errors import LowtideError
from lowtide.web.practice.player.found import TAKE, looked_up, prepared, session_of
from lowtide.web.practice.player.ranges import Asked, asked
from lowtide.web.practice.sound.listening import listen
from lowtide.web.practice.sound.recording import MEDIA_TYPE, Recording
from lowtide.web.practice.sound.studio import studio

KEEP = "keep"
"""The parameter of who wants the whole file for later, at whatever speed is left."""
FOR_AN_HOUR = "private, max-age=3600"


@require_safe
async def sound(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Serve the sound file, or a range of it; wait for a session that is still being made."""
    asked_s = time.monotonic()
    found = await looked_up(request, lambda known: prepared(session_of(known, pk), known.GET.get(TAKE, "")))
    if isinstance(found, HttpResponseBase):
        return found
    try:
        recording = await found.awaited()
    except LowtideError as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    return _answer(request, recording, asked_s)


def _answer(request: HttpRequest, recording: Recording, asked_s: float) -> HttpResponseBase:
    wanted = asked(request.headers, recording.size, recording.etag)
    response = _body(request, recording, wanted, asked_s)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = recording.etag
    response.headers["Cache-Control"] = FOR_AN_HOUR
    if wanted.status == 416:
        response.headers["Content-Range"] = f"bytes */{recording.size}"
    elif wanted.status != 304:
        response.headers["Content-Length"] = str(wanted.stop - wanted.start)
    if wanted.status == 206:
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{recording.size}"
    return response


def _body(request: HttpRequest, recording: Recording, wanted: Asked, asked_s: float) -> HttpResponseBase:
    if request.method == "HEAD" or wanted.status in (304, 416):
        return HttpResponse(status=wanted.status, content_type=MEDIA_TYPE)
    sounds = listen(recording, wanted.start, wanted.stop, studio().pool, keeps=KEEP in request.GET, asked_s=asked_s)
    return StreamingHttpResponse(sounds, status=wanted.status, content_type=MEDIA_TYPE)
