"""What Django works out anew for each client and each change of settings, kept between tests where it is the same.

A test changes settings, and opens browsers, hundreds of times; a server does either once. The table of style sheets,
scripts and pictures is read from the disk once for each process, and the addresses of an URL configuration are worked
out once for each configuration: which of them holds is still looked up in the settings at every request.
"""

from __future__ import annotations

from typing import Any


def keep() -> None:
    """Keep them, from now on; after Django is set up."""
    _addresses()
    _files()


def _addresses() -> None:
    from django.core.signals import setting_changed
    from django.test import signals
    from django.urls import set_urlconf

    def forget_only_which(*, setting: str, **_more: Any) -> None:
        if setting == "ROOT_URLCONF":
            set_urlconf(None)

    # Django keeps a resolver under its configuration's name; a configuration is never changed in place here.
    assert setting_changed.disconnect(signals.root_urlconf_changed)
    setting_changed.connect(forget_only_which, weak=False)


def _files() -> None:
    from lowtide.web.project.static_files import StaticFiles

    read, found = StaticFiles.add_files_from_finders, dict[str, Any]()

    def once(self: StaticFiles) -> None:
        if not found:
            read(self)
            found.update(self.files)
        self.files = dict(found)

    StaticFiles.add_files_from_finders = once
