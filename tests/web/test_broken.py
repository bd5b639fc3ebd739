"""What is shown when something broke: whose fault it is, and what would help."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pytest
from django.test import RequestFactory

from lowtide.web.project.views import broken


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "status", "said"), [(0, 507, "The disk is full"), (2**30, 500, "on our side")])
def test_a_full_disk_is_said_to_be_one(free: int, status: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(2**40, 2**40 - free, free))
    page = broken(RequestFactory().get("/today/"))
    assert page.status_code == status
    assert said in page.content.decode()
    assert "is safe" in page.content.decode()
