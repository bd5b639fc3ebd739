"""Solid ground for who does not feel right: each sign with its own urgency, no more and no less."""

from __future__ import annotations

import re

import pytest
from django.test import Client

SIGNS = ("numbness between the legs", "bladder or bowel", "both legs", "chest")


@pytest.fixture
def paragraphs(for_me: Client) -> list[str]:
    address = for_me.post("/begin/now/", {"anything_new": "no"}).headers["Location"]
    text = for_me.get(f"{address}grounding/").content.decode()
    return re.findall(r"<p>(.*?)</p>", text, re.DOTALL)


def test_a_sharp_or_spreading_pain_asks_for_rest_and_a_doctor_where_it_stays(paragraphs: list[str]) -> None:
    (sharp,) = [one for one in paragraphs if "sharp" in one]
    assert "settle" in sharp
    assert "doctor or physiotherapist" in sharp
    assert "emergency" not in sharp


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_that_can_not_wait_stand_apart_with_numbers_to_call(paragraphs: list[str], sign: str) -> None:
    (urgent,) = [one for one in paragraphs if sign in one]
    assert 'href="tel:112"' in urgent
    assert "sharp" not in urgent


def test_who_thinks_of_harming_themselves_is_told_whom_to_call_at_any_hour(paragraphs: list[str]) -> None:
    (crisis,) = [one for one in paragraphs if "harming yourself" in one]
    assert 'href="tel:988"' in crisis
    assert 'href="tel:116123"' in crisis
