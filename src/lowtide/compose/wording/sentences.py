"""Text in, sentences out: where a voice would stop, and how long it would stop for.

Called by `inline`. Law: every sentence can be spoken (it has a letter or a digit), no word is lost, the order stays,
and the work grows linearly with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lowtide.compose.pauses import Ending

LONGEST_SENTENCE = 320
"""Characters. A voice needs a stop after some 50 words; longer sentences are parted at a clause, or else at a word."""

_WORDY = re.compile(r"[^\W_]")
"""What `str.isalnum` says yes to, and a hundred times as fast over a sentence."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_SPACE = re.compile(r"\s+")
_DOTS = re.compile(r"(?:(?<=\w) )?[.…](?: ?[.…])+")
_STOP = re.compile(r"(?P<lasting>…[.!?]*)|(?P<full>[.!?]+)|[。！？]+")
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«(["
_CLAUSE = re.compile(r"[,;:] | [–—] ")

_NEVER = frozenset(["dr", "mr", "mrs", "ms", "st", "prof", "vs", "cf", "e.g", "i.e", "approx", "fig"])
"""Abbreviations that something always follows."""
_SELDOM = frozenset(["etc", "no", "min", "sec", "a.m", "p.m"])
"""Abbreviations that may also end a sentence: they do before a capital."""
_INITIALS = re.compile(r"(?:\w\.)+\w")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said in one go."""

    text: str
    ending: Ending | None
    """The silence that its punctuation asks for; None where it just stops."""


def is_speakable(text: str) -> bool:
    """Say whether a voice has anything to say: a letter or a digit.

    >>> is_speakable("In"), is_speakable("…!"), is_speakable("3")
    (True, False, True)
    """
    return _WORDY.search(text) is not None


def split(text: str) -> tuple[Sentence, ...]:
    """Part a text into sentences; pieces without a word lengthen the silence before them.

    Private-use characters are kept where they stand: `inline` puts marks there. A piece that holds only marks comes
    back as a sentence without an ending.

    >>> [s.text for s in split("Lie down, e.g. on a mat. Rest 2.5 minutes… and breathe. OK?")]
    ['Lie down, e.g. on a mat.', 'Rest 2.5 minutes…', 'and breathe.', 'OK?']
    """
    text = _DOTS.sub("…", _SPACE.sub(" ", text)).strip()
    found: list[Sentence] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() <= start:
            continue
        end = match.end()
        while end < len(text) and text[end] in _CLOSERS:
            end += 1
        if not _is_stop(text, match, end):
            continue
        _keep(found, text[start:end].strip(), Ending.ELLIPSIS if match["lasting"] else Ending.SENTENCE)
        start = end
    _keep(found, text[start:].strip(), None)
    return tuple(found)


def _is_stop(text: str, match: re.Match[str], end: int) -> bool:
    if not match["full"]:
        return True
    if end < len(text) and not (text[end].isspace() or is_private(text[end])):
        return False
    at = end
    while at < len(text) and (text[at].isspace() or is_private(text[at])):
        at += 1
    following = text[at : at + 1]
    if end > match.end() and following.islower():
        return False
    return match["full"] != "." or not _is_abbreviation(text, match.start(), following)


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    word = text[text.rfind(" ", 0, stop) + 1 : stop].lstrip(_OPENERS).lower()
    if not following:
        return False
    if word in _NEVER or (len(word) == 1 and word.isalpha() and word != "i"):
        return True
    return (word in _SELDOM or _INITIALS.fullmatch(word) is not None) and not following.isupper()


def _keep(found: list[Sentence], piece: str, ending: Ending | None) -> None:
    if not piece:
        return
    if is_speakable(piece):
        *first, last = _bounded(piece)
        found.extend(Sentence(part, Ending.CLAUSE) for part in first)
        found.append(Sentence(last, ending))
        return
    marks = "".join(char for char in piece if is_private(char))
    if ending is Ending.ELLIPSIS and found and found[-1].ending is not None:
        found[-1] = Sentence(found[-1].text, Ending.ELLIPSIS)
    if marks:
        found.append(Sentence(marks, None))


def without_marks(text: str) -> str:
    """Take Unicode's private characters out of a text; the same as asking `is_private` of each, and much quicker."""
    return _PRIVATE.sub("", text)


def is_private(char: str) -> bool:
    """Say whether a character is one of Unicode's private ones, which stand for marks here and are never spoken."""
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _bounded(piece: str) -> list[str]:
    """Cut a sentence that is too long at its last clause, else at a word, else anywhere; no part is without a word."""
    parts: list[str] = []
    start = 0
    while len(piece) - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        clauses = [match.end() for match in _CLAUSE.finditer(piece, start, limit)]
        at = clauses[-1] if clauses else piece.rfind(" ", start + 1, limit) + 1 or limit
        parts.append(piece[start:at])
        start = at
    joined = [""]
    for part in (*parts, piece[start:]):
        if is_speakable(part) and is_speakable(joined[-1]):
            joined.append(part)
        else:
            joined[-1] += part
    return [part.strip() for part in joined]
