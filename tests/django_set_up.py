"""Django for tests: an empty data folder of this process's own, made once and removed at the end."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache


@cache
def set_up() -> None:
    """Set Django up as `lowtide serve` would find it on a new machine, and as tests need it."""
    folder = tempfile.mkdtemp(prefix="lowtide-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("DATABASE_URL", "LOWTIDE_MODE", "LOWTIDE_DEBUG", "LOWTIDE_SMTP", "LOWTIDE_HOSTS", "LOWTIDE_HTTPS"):
        os.environ.pop(name, None)
    os.environ["LOWTIDE_DATA"] = folder
    os.environ["TZ"] = "UTC"  # whoever runs the tests, wherever
    os.environ["DJANGO_SETTINGS_MODULE"] = "lowtide.web.project.settings"
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    from django.conf import settings

    # In the app a password is hashed slowly, on purpose; in tests hundreds of people sign up.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    setup_test_environment(debug=False)
    import kept_between_tests

    kept_between_tests.keep()
