"""A request in, a response out: the application that the server runs."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from lowtide.web.project.environment.database import keep_open

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lowtide.web.project.settings")
application = get_asgi_application()

from django.conf import settings  # noqa: E402 (they are told where to look only above)

KEPT = keep_open(settings.DATABASES["default"])
"""For as long as the application lives."""
