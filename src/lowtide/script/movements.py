"""The movements that plain words ask for: a sentence in, controlled movements out.

Called by the checker (a movement outside a step is a warning) and by the plain-text import (which makes steps of them).
The words themselves stand in `asks`; law: doubt counts as asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lowtide.model.body import PARTS, REGIONS, SYNONYMS
from lowtide.model.movement import TENSE, is_movement
from lowtide.script.asks import (
    AFTERWARDS,
    ANEW,
    ANYWHERE,
    ASKS,
    ENDS,
    EXCUSES,
    EXCUSES_ING,
    LEADS,
    LIMBS,
    MINDS,
    MUSCLES,
    OTHERS,
)

GAP = 5
"""So many words may stand between a verb and what it moves: "raise both of your heavy arms"."""
REACH = 10
"""So many words after a verb of tension are searched for the muscles it means."""

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[.,;:!?…—–()\"“”\n]")
_ASIDE = re.compile(r",\s*(?:very\s)?(\w{1,20}ly|now|please|again)\s*,")
_STOPS = frozenset('.!?"“”')
_BREAKS = frozenset(",;:—–()") | _STOPS
_BEFORE_PARTS = frozenset({"and", "or", "your", "the", "both", "whole", "entire", "upper", "lower", "middle"})
_PLACING = frozenset({"with", "on", "under", "into"})
_BREATH_LEADS = frozenset({"in", "out", "each", "every", "next", "a", "an", "this", "one"})
_DOUBLED = frozenset({"hug", "drop", "shrug", "tip", "sit", "get", "step", "let", "dig", "nod"})
_OFFERS = re.compile(r"\b(?:or|either|whether|such as|wherever|however|perhaps)\b", re.IGNORECASE)
_GETS_UP = re.compile(r"\b(?:sit|stand|get|come|rise|push|roll)\w*\b[^.!?]{0,20}\bup\b", re.IGNORECASE)
_PLACED = (
    re.compile(r"\b(?:sit|sitting|seated|chair)\b", re.IGNORECASE),
    re.compile(r"\b(?:lie|lying|lay|laying)\b", re.IGNORECASE),
    re.compile(r"\b(?:reclin\w+)\b", re.IGNORECASE),
    re.compile(r"\b(?:stand|standing)\b", re.IGNORECASE),
)
"""The ways to be placed for a practice."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One row of `ASKS`, compiled."""

    parts: tuple[frozenset[str] | None, ...]
    """The words that may stand there; None for a gap."""
    movements: tuple[str, ...]
    first: bool
    unless: frozenset[str]
    given: frozenset[str]
    latest: bool
    """Whether `given` must have been said later than any limb."""


def asked_for(sentence: str) -> tuple[str, ...]:
    """List the controlled movements that a sentence asks for, in the order of its words and each once.

    Knows what is negated or imagined. Takes any text, in time linear in its length.

    >>> asked_for("Gently arch your back, then roll onto your side.")
    ('lumbar-extension', 'side-lying')
    >>> asked_for("Tighten your right fist without holding your breath.")
    ('tense:right-hand',)
    >>> asked_for("Picture your arms lifting. There is no need to bend or twist.")
    ()
    """
    found: dict[str, None] = {}
    tokens = _TOKEN.findall(_ASIDE.sub(r" \1 ", sentence.lower().replace("’", "'")))
    if _patterns().keys().isdisjoint(tokens):
        return ()
    for clause in _clauses([*tokens, "."]):
        for at, pattern in _matches(clause):
            for movement in pattern.movements:
                for name in _tensions(clause, at) if movement == ANYWHERE else (movement,):
                    found.setdefault(name)
    return tuple(found)


def offers_position(sentence: str) -> bool:
    """Say whether a sentence leaves it to the listener how to be placed, so that no posture in it is asked for.

    Whoever is told to get up is asked to move, whatever there is to choose from.

    >>> offers_position("Find a position, sitting or lying down."), offers_position("Lie down on your back.")
    (True, False)
    >>> offers_position("Lie down on the bed or the floor."), offers_position("Now sit up or stand up.")
    (False, False)
    """
    if not _OFFERS.search(sentence) or _GETS_UP.search(sentence):
        return False
    return sum(bool(placed.search(sentence)) for placed in _PLACED) > 1


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words between two breaks, and where what they say asks for nothing."""

    words: tuple[str, ...]
    excused: tuple[int, ...]
    """For each word 0, 1 (only "-ing" is excused) or 2."""
    earlier: frozenset[str]
    """What `?` of some pattern wants, as far as this sentence and the last have said it."""
    latest: str
    """Which such word, or which limb, was said last before this clause."""


def _clauses(tokens: list[str]) -> Iterator[_Clause]:
    words: list[str] = []
    last: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    carried, latest = 0, ""
    for at, piece in enumerate(tokens):
        if piece not in _BREAKS:
            words.append(piece)
            continue
        if piece == "," and _goes_on(tokens, at + 1):
            continue
        if words:
            earlier |= _contexts().intersection(words)
            clause = _clause(words, carried, last | earlier, latest)
            yield clause
            latest = _latest(words) or latest
            carried, words = clause.excused[-1], []
        if piece in _STOPS:
            last, earlier, carried = earlier, frozenset(), 0


def _goes_on(tokens: list[str], at: int) -> bool:
    """Say whether a list of parts of the body goes on here: "your arms, legs and back"."""
    while at < len(tokens) and tokens[at] in _BEFORE_PARTS:
        at += 1
    name, taken = _region_at(tuple(tokens[at : at + 3]), 0)
    return bool(name) and tokens[at + taken : at + taken + 1] in ([","], ["."], ["and"], ["or"])


def _latest(words: Sequence[str]) -> str:
    """Find what was named last; a limb that only helps ("with your hands on your belly") is not."""
    for at in range(len(words) - 1, -1, -1):
        if words[at] in LIMBS and not _PLACING.isdisjoint(words[max(0, at - 2) : at]):
            continue
        if words[at] in _contexts() or words[at] in LIMBS:
            return words[at]
    return ""


def _clause(words: list[str], carried: int, earlier: frozenset[str], latest: str) -> _Clause:
    """Mark what is excused. An imagined or negated list goes on over a comma: "do not bend, twist or roll"."""
    state = 2 if carried == 2 and ("or" in words or "nor" in words) else min(carried, 1)
    excused: list[int] = []
    for at, word in enumerate(words):
        if word in ("and", "then", "but", "…", "\n"):
            state = min(state, 1) if word in ("and", "\n") else 0
        state = max(state, _excuse(words, at))
        excused.append(state)
    if any(" ".join(words[at : at + 4]).startswith(AFTERWARDS) for at, word in enumerate(words) if word == "in"):
        excused = [2] * len(words)
    kept = [at for at, word in enumerate(words) if word not in ("…", "\n")] or [0]
    return _Clause(tuple(words[at] for at in kept), tuple(excused[at] for at in kept), earlier, latest)


def _excuse(words: list[str], at: int) -> int:
    if at and words[at - 1] == "why" and words[at] == "not":
        return 0
    for strength, phrases in ((2, _EXCUSES), (1, _EXCUSES_ING)):
        for phrase in phrases.get(words[at], ()):
            if at + 1 >= len(phrase) and tuple(words[at + 1 - len(phrase) : at + 1]) == phrase:
                return strength
    return 0


def _by_last_word(phrases: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        table[words[-1]] = (*table.get(words[-1], ()), words)
    return table


_EXCUSES = _by_last_word(EXCUSES)
_EXCUSES_ING = _by_last_word(EXCUSES_ING)


def _matches(clause: _Clause) -> Iterator[tuple[int, _Pattern]]:
    """Find for each word the first pattern that begins there and really asks."""
    for at, word in enumerate(clause.words):
        for pattern in _patterns().get(word, ()):
            end = _match(pattern, clause.words, at)
            if end is not None and _asks(pattern, clause, at, end):
                yield at, pattern
                break


def _asks(pattern: _Pattern, clause: _Clause, at: int, end: int) -> bool:
    """Say whether these words ask the listener, of the body, and are not excused."""
    words = clause.words
    if pattern.first and not LEADS.issuperset(words[max(0, at - 6) : at]):
        return False
    if pattern.latest and (_latest(words[max(0, end - REACH) : end]) or clause.latest) not in pattern.given:
        return False
    if pattern.given and not pattern.given & clause.earlier:
        return False
    led = words[max(0, at - 2) : at]
    # "with awareness lift", "on the out breath draw": there the mind or breath only leads what follows.
    leads = len(led) == 2 and (led[0] == "with" or (led[1] == "breath" and led[0] in _BREATH_LEADS))
    around = {*words[at - 1 if at and not leads else at : end]}
    if around & OTHERS or (around & MINDS and "breath-hold" not in pattern.movements):
        return False
    if clause.excused[at] == 1:
        return not any(word.endswith("ing") for word in words[at:end])
    return clause.excused[at] == 0


def _match(pattern: _Pattern, words: tuple[str, ...], at: int) -> int | None:
    """Give the index after the match, or None."""
    gap = False
    for part in pattern.parts:
        if part is None:
            gap = True
            continue
        reach = range(at, min(len(words), at + 1 + (GAP if gap else 0)))
        here = next((place for place in reach if words[place] in part), None)
        if here is None:
            return None
        at, gap = here + 1, False
    return None if at < len(words) and words[at] in pattern.unless else at


def _tensions(clause: _Clause, at: int) -> tuple[str, ...]:
    """Name the muscles meant after a verb of tension; the whole body where none is named."""
    words = clause.words[at + 1 : at + 1 + REACH]
    found: list[str] = []
    place = 0
    while place < len(words) and words[place] not in ENDS and not (found and words[place] in ANEW):
        name, taken = _region_at(words, place)
        if name == "back" and found and words[place - 1] not in _BEFORE_PARTS:
            name = ""  # "squeeze your shoulder blades back" tenses no back
        if name and "hands" in found and name.endswith("-hand"):
            found.remove("hands")  # "a fist with your right hand"
        found += [name] if name else []
        place += taken
    return tuple(TENSE + name for name in found) or (TENSE + "whole-body",)


def _region_at(words: tuple[str, ...], at: int) -> tuple[str, int]:
    """Read a region's name that begins here: the name and how many words it took, or nothing and 1."""
    for count in (3, 2, 1):
        spelt = "-".join(words[at : at + count])
        side, _, rest = spelt.partition("-")
        part = _names().get(rest if side in ("left", "right") else spelt)
        if part and at + count <= len(words):
            sided = f"{side}-{_ones()[part]}"
            return (sided if sided in REGIONS else part), count
    return "", 1


@cache
def _names() -> dict[str, str]:
    """Every way to name a part: its singular, its plural, its synonyms and its muscles."""
    table = {part.one.replace(" ", "-"): part.name for part in PARTS} | {part.name: part.name for part in PARTS}
    return table | SYNONYMS | MUSCLES


@cache
def _ones() -> dict[str, str]:
    return {part.name: part.one.replace(" ", "-") for part in PARTS}


def _forms(word: str) -> tuple[str, ...]:
    """Give the words that a pattern's word stands for.

    >>> _forms("~raise"), _forms("~hug"), _forms("~lie"), _forms("back")
    (('raise', 'raising'), ('hug', 'hugging'), ('lie', 'lying'), ('back',))
    """
    if not word.startswith("~"):
        return (word,)
    verb = word[1:]
    if verb.endswith("ie"):
        return (verb, verb[:-2] + "ying")
    if verb.endswith("e") and not verb.endswith("ee"):
        return (verb, verb[:-1] + "ing")
    return (verb, verb + verb[-1] + "ing" if verb in _DOUBLED else verb + "ing")


@cache
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    """Compile `ASKS`, by the first word, in the order of the table."""
    table: dict[str, list[_Pattern]] = {}
    for text, movements in ASKS:
        rest, _, given = text.partition(" ?")
        latest, given = given.startswith("?"), given.removeprefix("?")
        body, _, unless = rest.partition(" !")
        words = body.split()
        first = words[0] == "^"
        parts = [
            None if word == "…" else frozenset(form for one in word.split("|") for form in _forms(one))
            for word in words[first:]
        ]
        names = tuple(movements.split())
        pattern = _Pattern(
            tuple(parts), names, first, frozenset(unless.split("|")), frozenset(filter(None, given.split("|"))), latest
        )
        assert all(name == ANYWHERE or is_movement(name) for name in pattern.movements), text
        for word in parts[0] or ():
            table.setdefault(word, []).append(pattern)
    return {word: tuple(patterns) for word, patterns in table.items()}


@cache
def _contexts() -> frozenset[str]:
    return frozenset(word for patterns in _patterns().values() for pattern in patterns for word in pattern.given)
