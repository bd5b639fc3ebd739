"""What an administrator sees: accounts. Law: nobody's health data, and nobody's secrets of a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from lowtide.web.accounts.models import User

if TYPE_CHECKING:
    OfUser = admin.ModelAdmin[User]
else:
    OfUser = admin.ModelAdmin


@admin.register(User)
class Users(OfUser):
    """Who may sign in, and who may open these pages."""

    fields = ("email", "is_active", "is_staff", "is_superuser")
    list_display = ("email", "is_active", "is_staff", "date_joined", "last_login")
    search_fields = ("email",)


admin.site.unregister(Group)
admin.site.unregister(Authenticator)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth asks: second factor
