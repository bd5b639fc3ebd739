"""How sessions sound: voices in words that a person understands."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lowtide import speak
from lowtide.speak import Quality, Voice
from lowtide.web.practice.me.voices import AT_ONCE
from lowtide.web.practice.models import Preferences


def a_voice(short: str, note: str, quality: Quality = Quality.PLAIN, *, is_ready: bool = True) -> Voice:
    return Voice(engine="flite", short=short, quality=quality, language="en-US", is_ready=is_ready, note=note)


@pytest.fixture
def six(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = ("a calm woman", "an old man", "a voice of this system", "a voice of this system", "a Scot", "a child")
    there = [a_voice(f"v{number}", note) for number, note in enumerate(notes)]
    there += [a_voice("mute", "no sound", Quality.REFERENCE), a_voice("far", "Run: install", is_ready=False)]
    monkeypatch.setattr(speak, "voices", lambda: tuple(there))


def shown(for_me: Client) -> list[tuple[str, str]]:
    text = for_me.get("/me/sound/").content.decode()
    return re.findall(r'name="voice" value="[^"]*"[^>]*><span>([^<]*)<small>([^<]*)</small>', text)


@pytest.mark.usefixtures("six")
def test_a_voice_is_named_by_what_it_is_like_and_its_own_name_is_small_print(for_me: Client) -> None:
    assert shown(for_me)[:3] == [
        ("The best one here", "now: a calm woman"),
        ("A calm woman", "plain · flite:v0"),
        ("An old man", "plain · flite:v1"),
    ]


@pytest.mark.usefixtures("six")
def test_voices_that_are_described_alike_are_told_apart(for_me: Client) -> None:
    assert [text for text, _ in shown(for_me)[3:5]] == ["V2, a voice of this system", "V3, a voice of this system"]


@pytest.mark.usefixtures("six")
def test_only_voices_that_speak_here_are_offered(for_me: Client) -> None:
    assert not [small for _, small in shown(for_me) if "mute" in small or "far" in small]


@pytest.mark.usefixtures("six")
def test_many_voices_are_folded_away_but_not_the_chosen_one(for_me: Client) -> None:
    text = for_me.get("/me/sound/").content.decode()
    at_once = text.partition("Other voices")[0]
    assert at_once.count('name="voice"') == AT_ONCE + 1
    sound = {"soundscape": "waves", "voice_db": "0.0", "soundscape_db": "0.0", "bell_db": "0.0"}
    assert for_me.post("/me/sound/", sound | {"voice": "flite:v5"}).status_code == 302
    assert Preferences.objects.get().voice == "flite:v5"
    text = for_me.get("/me/sound/").content.decode()
    assert '<details class="fold" open>\n      <summary>Other voices' in text
    assert 'value="flite:v5" checked' in text


@pytest.mark.usefixtures("six")
def test_a_voice_that_is_not_here_is_refused_in_one_line(for_me: Client) -> None:
    page = for_me.post("/me/sound/", {"soundscape": "waves", "voice": "flite:mute"})
    assert page.status_code == 422
    assert "This voice is not here." in page.content.decode()
