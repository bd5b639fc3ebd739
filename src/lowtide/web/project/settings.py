"""Django's settings: the environment in, one module of names out. What differs between the modes is in `mode`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from lowtide.place import data_folder
from lowtide.web.project.environment import logs as _logs
from lowtide.web.project.environment import mail as _mail
from lowtide.web.project.environment.database import VARIABLE as _DATABASE_URL
from lowtide.web.project.environment.database import database
from lowtide.web.project.environment.mode import mode, settings_of
from lowtide.web.project.environment.secret_key import secret_key
from lowtide.web.project.environment.zone import machine_zone

DATA_FOLDER: Path = data_folder()
SECRET_KEY = secret_key(DATA_FOLDER)
MODE = mode()
LOGGING = _logs.LOGGING
DEBUG = os.environ.get("LOWTIDE_DEBUG", "") == "1"
DATABASES = {"default": database(os.environ.get(_DATABASE_URL, ""), DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "lowtide.web.project",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "lowtide.web.accounts",
    "lowtide.web.practice",
    "django_tasks",
    "django_tasks_db",
    "lowtide.web.reminders",
    "lowtide.web.course",
    "lowtide.web.takeout",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # the queue is a table: no broker has to run
ASGI_APPLICATION = "lowtide.web.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lowtide.web.accounts.people.for_templates",
            ]
        },
    }
]

# Times are kept in UTC; what a day is, is each person's own (`accounts.days`), or this machine's where they told none.
USE_TZ = True
TIME_ZONE = machine_zone()
LANGUAGE_CODE = "en-gb"
USE_I18N = True
LANGUAGES = [("en-gb", "English")]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the package is served as it lies there: nothing has to be collected first
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lowtide"

SESSION_COOKIE_NAME = "lowtide-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "lowtide-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lowtide.web.project.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie: it may name a person
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the picture of a second factor's secret is drawn into its page
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names under the same domain,
    "security.W021",  # and a browser's built-in list, are for the domain's owner to say yes to
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DEFAULT_FROM_EMAIL = os.environ.get(_mail.FROM_VARIABLE, "lowtide@localhost")

globals().update(_mail.mail(os.environ.get(_mail.VARIABLE, ""), DATA_FOLDER))
globals().update(settings_of(MODE))
