"""Words as written in, words as an engine says them right out. Called by `say` for every phrase, by `estimate` too.

Law: what reaches an engine is plain words and punctuation. No mark-up, control character, option or symbol of a script
ever means something to an engine.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": ", ",
    "—": ", ", "–": ", ", "‑": "-", "−": "-", "&": " and ", "%": " percent ",
    "+": " plus ", "°": " degrees ", "×": " times ",
    "½": " a half ", "¼": " a quarter ", "¾": " three quarters ",
})  # fmt: skip
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
"""Mark-up such as `<break time="1s"/>`: almost every engine either reads it out or ignores it (PERFORMANCE 8)."""
_SHOUT = re.compile(r"\b(?=[A-Z]*[AEIOUY])[A-Z]{2,}(?=-)|(?<=-)(?=[A-Z]*[AEIOUY])[A-Z]{2,}\b")
"""The stressed part of a respelling, `LUM` in `LUM-bar`; an engine would spell it out."""
_MARKS = re.compile(r"\s*[,;:.!?](?:\s*[,;:.!?])+|\s+[,;:.!?]")
_DASH = re.compile(r"(?<!\w)-+|-+(?!\w)")
_ENDINGS = ".!?\"'"
"""A phrase without an end is given a full stop: most engines let the voice fall only there."""
_SPACES = re.compile(r"\s+")
_SPOKEN = "LN"
"""Unicode categories that have a sound: letters and numbers."""


def prepare(text: str, column: str) -> str:
    """Clean a text and respell it for the engines of a column; empty where nothing in it can be spoken.

    >>> prepare("Let your LUM-bar spine… rest <break time='2s'/> “here” 🙂", "flite")
    'Let your lum-bar spine, rest "here"'
    >>> prepare("Close your eyes", "espeak"), prepare("🙂 …", "espeak")
    ('cloze your eyes.', '')
    """
    return respell(clean(text), column)


@lru_cache(maxsize=4096)  # it is asked for each phrase to estimate, to find and to speak it
def clean(text: str) -> str:
    """Leave words and the punctuation that shapes how they are said; see `prepare`."""
    plain = _TAG.sub(" ", text).translate(_PLAIN)
    plain = unicodedata.normalize("NFKC", plain)
    plain = plain.translate(_KEPT)
    plain = _SHOUT.sub(lambda found: found[0].lower(), plain)
    plain = _MARKS.sub(_strongest, _DASH.sub(" ", plain))
    plain = _SPACES.sub(" ", plain).strip(" ,;:")
    if not any(unicodedata.category(sign)[0] in _SPOKEN for sign in plain):
        return ""
    return plain if plain[-1] in _ENDINGS else f"{plain}."


def _strongest(marks: re.Match[str]) -> str:
    # of several marks in a row, the one that ends a sentence, else the first
    return next((sign for sign in marks[0] if sign in ".!?"), marks[0].strip()[0])


class _Kept(dict[int, str]):
    """What each character becomes, found out when it first comes up: itself, or a space."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        is_kept = sign in " ,;:.!?'\"-" or unicodedata.category(sign)[0] in "LNM"
        self[code] = sign if is_kept else " "
        return self[code]


_KEPT = _Kept()


def respell(text: str, column: str) -> str:
    """Replace the words and phrases that a column respells, whatever their capitals; see `prepare`."""
    if not column:
        return text
    pattern, table = _column(column)
    return pattern.sub(lambda found: table[found[0].lower()], text)


@cache
def _column(column: str) -> tuple[re.Pattern[str], dict[str, str]]:
    import tomllib

    table: dict[str, str] = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))[column]
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE), table


def columns() -> tuple[str, ...]:
    """List the columns that there are."""
    import tomllib

    return tuple(tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8")))
