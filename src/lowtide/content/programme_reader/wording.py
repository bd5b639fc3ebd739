"""A programme and its table in, warnings out, for words that press, promise or blame, and for texts that are too long.

Called by `reading`. The words are those that a script may not press or promise with (`script.style`); that nobody is
blamed for a day is a programme's own rule: whoever is in pain has enough to carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lowtide.content.programme_reader.rules import MOST_ABOUT_WORDS, MOST_LINE_WORDS, MOST_WEEK_WORDS, MOST_WORDS
from lowtide.content.programme_reader.table import Table
from lowtide.model.programme import Practice, Programme
from lowtide.script.style import presses

CODES = {"S705": "P501", "S707": "P502"}
_BLAME = re.compile(
    r"\b(you(?: have| had)? (?:missed|skipped|neglected)|fail(?:ed|ing|ure)?|(?:fall|fell|fallen) behind"
    r"|catch(?:ing)? up|streaks?|lazy|laziness|slack(?:ed|ing)?|gave up|no excuses?"
    r"|you were supposed to|guilty|behind schedule)\b",
    re.IGNORECASE,
)
"""Blame for days without practice (PRODUCT: "No guilt")."""
_EXCUSE = re.compile(r"\b(?:no|not|nothing|never|none|nobody|without|\w+n['’]t)\b[^.!?;:]*$", re.IGNORECASE)
"""What turns it round: "there is no streak to keep"."""
_LOOK_BACK = 60


def check(table: Table, programme: Programme) -> None:
    """Listen to every text of a programme."""
    for row, key, text, most in _texts(table, programme):
        _listen(row, key, text)
        words = len(text.split())
        if words > most:
            row.note("P504", key, key=key, count=words, most=most)


def _listen(row: Table, key: str, text: str) -> None:
    found = [(CODES[code], offset, words) for code, offset, words in presses(text)]
    found += [
        ("P503", match.start(), match[0])
        for match in _BLAME.finditer(text)
        if not _EXCUSE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    ]
    for code, offset, words in found:
        row.findings.add(code, (row.places.inside((*row.path, key), text, offset), 1), words=words)


def _texts(table: Table, programme: Programme) -> Iterator[tuple[Table, str, str, int]]:
    """Yield each text with the table and the key that it stands under, and how many words it may have."""
    yield table, "title", programme.title, MOST_LINE_WORDS
    yield table, "summary", programme.summary, MOST_LINE_WORDS
    yield table, "about", programme.about, MOST_ABOUT_WORDS
    for row, week in zip(table.tables("week", "This week"), programme.weeks, strict=False):
        yield row, "title", week.title, MOST_LINE_WORDS
        yield row, "theme", week.theme, MOST_LINE_WORDS
        yield row, "text", week.text, MOST_WEEK_WORDS
        yield from ((row, "agenda", line, MOST_LINE_WORDS) for line in week.agenda)
        for inner, practice in zip(row.tables("practice", "This practice"), week.practices, strict=True):
            yield from _of_practice(inner, practice)
        day = row.table("day", "This day")
        if day and week.day:
            yield day, "title", week.day.title, MOST_LINE_WORDS
            yield day, "text", week.day.text, MOST_WEEK_WORDS
            for inner, practice in zip(day.tables("parts", "This part"), week.day.parts, strict=True):
                yield from _of_practice(inner, practice)


def _of_practice(row: Table, practice: Practice) -> Iterator[tuple[Table, str, str, int]]:
    yield row, "activity", practice.activity, MOST_LINE_WORDS
    yield row, "text", practice.text, MOST_WORDS
    yield row, "instead", practice.instead, MOST_WORDS
