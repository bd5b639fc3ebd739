"""What reaches an engine is words that it says right, checked in the engines' own phonemes."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lowtide.speak import lexicon


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Let go…", "Let go."),
        ("Let go", "Let go."),
        ("Let go?", "Let go?"),
        ("Can you… ?", "Can you?"),
        ("Count to 4.5, slowly", "Count to 4.5, slowly."),
        ("Rest… here", "Rest, here."),
        ("the spine — all of it — rests", "the spine, all of it, rests."),
        ("“Here,” it says", '"Here," it says.'),
        ("It’s fine", "It's fine."),
        ("50 % & more", "50 percent and more."),
        ('Wait <break time="3s"/> here', "Wait here."),
        ("--help -o x", "help o x."),
        ("a well-known half-breath", "a well-known half-breath."),
        ("LUM-bar", "lum-bar."),
        ("NHS and MBSR", "NHS and MBSR."),
        ("[[slnc 100]] {x} <b>rest</b>", "slnc 100 x rest."),
        ("Rest\x00\x1b[2J", "Rest 2J."),
        ("🙂", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_plain_words(written: str, spoken: str) -> None:
    assert lexicon.clean(written) == spoken


@given(st.text(max_size=300))
def test_no_text_carries_anything_but_words(text: str) -> None:
    """No mark-up, option, quote of a shell, or control character ever gets through; cleaning twice changes nothing."""
    clean = lexicon.clean(text)
    assert not set(clean) & set("<>[]{}()|&;$`\\*/=~^#@_\x00\x1b\n\r\t") - set(";")
    assert not clean.startswith("-")
    assert lexicon.clean(clean) == clean


def test_the_longest_phrase_wins() -> None:
    """`close to` stays as it is for espeak, though `close` alone is respelled."""
    said = lexicon.respell("Close to the floor, close your eyes.", "espeak")
    assert said == "close to the floor, cloze your eyes."


def test_words_inside_other_words_stay() -> None:
    assert lexicon.respell("The closest lumbars lead", "espeak") == "The closest lumbars lead"


SAID = {
    "flite": [
        ("Your lumbar spine.", "l ah m b er"),
        ("The sacrum rests.", "s ey k r ah m"),
        ("Your collarbones widen.", "k aa l er b ow n z"),
        ("Soften the ribcage.", "r ih b k ey jh"),
        ("Each of the vertebrae.", "v er t ax b r iy"),
        ("Your forearms are heavy.", "f ao r aa r m z"),
        ("Lie reclined.", "k l ay n d"),
        ("Close your eyes.", "k l ow z"),
        ("Let it lead you.", "l iy d"),
        ("Use your hands.", "y uw z"),
        ("It is time to wind down.", "w ay n d"),
        ("An object of attention.", "aa b jh eh k t"),
        ("The diaphragm moves.", "d ay ax f r ae m"),
        ("The sternum.", "s t er n ax m"),
        ("Breathe out.", "b r iy dh"),
        ("One breath.", "b r eh th"),
        ("Your toes and calves.", "k ae v z"),
        ("Two minutes.", "m ih n ax t s"),
    ],
    "espeak": [
        ("The coccyx.", "kˈɒk sˈɪks"),
        ("Close your eyes.", "klˈəʊz"),
        ("Stay close to it.", "klˈəʊs"),
        ("What you live with.", "lˈɪv"),
        ("Use your hands.", "jˈuːz"),
        ("It is time to wind down.", "wˈaɪnd"),
        ("Bow your head.", "bˈaʊ"),
        ("Your lumbar spine.", "lˈʌmbɑː"),
        ("The sacrum.", "sˈeɪkɹəm"),
        ("The diaphragm.", "dˈaɪəfɹˌæm"),
        ("Breathe out.", "bɹˈiːð"),
        ("Two minutes.", "mˈɪnɪts"),
    ],
}
"""Phrases with the sounds that must be heard in them, as each engine writes sounds."""


@pytest.mark.parametrize(("text", "sounds"), SAID["flite"])
def test_flite_says_it_right(text: str, sounds: str) -> None:
    program = shutil.which("flite")
    if not program:
        pytest.skip("flite is not installed here")
    command = [program, "-voice", "rms", "-ps", "-o", "/dev/null", "-t", lexicon.prepare(text, "flite")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert sounds in said.replace("pau ", "")


@pytest.mark.parametrize(("text", "sounds"), SAID["espeak"])
def test_espeak_says_it_right(text: str, sounds: str) -> None:
    """Also what kokoro and piper read from: they take their phonemes from espeak-ng."""
    from piper.phonemize_espeak import EspeakPhonemizer

    sentences = EspeakPhonemizer().phonemize("en-gb-x-rp", lexicon.prepare(text, "espeak"))
    assert sounds in "".join(sign for sentence in sentences for sign in sentence)


def test_every_column_can_be_read() -> None:
    assert set(lexicon.columns()) == {"flite", "espeak"}
    for column in lexicon.columns():
        assert lexicon.respell("", column) == ""
