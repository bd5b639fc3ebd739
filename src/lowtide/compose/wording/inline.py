"""The inlines of one paragraph or step in, the parts of a session out: choices, slots, sentences and their silences.

Called by `resolve`. Law: a mark without length (`[attend]`, `[bell]`, `[soft]`) never parts a sentence; it takes
effect where the sentence that it stands in begins. A silence that the author wrote replaces the one that punctuation
would make. The same paragraph, seed and turn give the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lowtide.compose.pauses import Ending, cue, ending, open_practice, release
from lowtide.compose.wording import slots
from lowtide.compose.wording.breath import breathe
from lowtide.compose.wording.sentences import Sentence, is_speakable, split, without_marks
from lowtide.model.body import region
from lowtide.model.movement import TENSE
from lowtide.model.plan import Plan
from lowtide.model.session import Attend, Bell, Part, Pause, Phrase, Tense
from lowtide.script import nodes

PLACE = "place"
"""`[attend place]`: wherever the listener said it hurts."""
_FIRST_MARK = 0xF0000
"""Marks without length stand in the text as private-use characters from here on, until it is split."""
_MOST_MARKS = 0xFFFF
_KEPT_TEXTS = 8192
"""Texts whose sentences are remembered: all that the library says, some 2 MB. It says most of it to everybody."""
_MASK = (1 << 64) - 1

Timed = nodes.Silence | nodes.Open | nodes.Breathe | nodes.Tense | nodes.Release
Untimed = nodes.Attend | nodes.Bell | nodes.Soft | nodes.Slow | nodes.SayAs


def draw(seed: int, *place: int) -> int:
    """Hash a seed and a place in the script to 64 bits; neighbours have nothing in common (after SplitMix64).

    >>> draw(7, 1, 2) == draw(7, 1, 2), draw(7, 1, 2) == draw(8, 1, 2)
    (True, False)
    """
    state = 0
    for number in (seed, *place):
        state = (state ^ number) * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D & _MASK
        state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ state >> 27) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a script words are being resolved, and what their choices depend on."""

    plan: Plan
    language: str
    path: tuple[int, ...]
    """Script, chapter, block …: what a choice is drawn by."""
    turn: int
    """Which round's wording this is; each turn takes the next option."""
    sayings: dict[str, str]
    """How words are spoken, as known so far; filled as the script is read."""
    releases: str = ""
    """The region that a `[release]` means where nothing was tensed before it."""

    def at(self, path: tuple[int, ...], *, turn: int | None = None) -> Place:
        """Give another place in the same script; by itself, because `replace` takes three times as long."""
        return Place(
            plan=self.plan, language=self.language, path=path, turn=self.turn if turn is None else turn,
            sayings=self.sayings, releases=self.releases,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A resolved paragraph or step."""

    parts: tuple[Part, ...]
    closing: Pause | None
    """The silence that its end asks for; None where the author wrote one, or nothing in it takes time."""


def line(inlines: tuple[nodes.Inline, ...], place: Place) -> Line:
    """Resolve the inlines of one paragraph or of one side of a step."""
    writer = _Writer(place=place, tensed=place.releases)
    said, marks, is_own = [""], list[Untimed](), False
    for atom in choose_wording(inlines, place):
        match atom:
            case nodes.Text():
                said.append(without_marks(atom.text))
            case nodes.Slot():
                said[-1:] = [slots.insert(said[-1], atom.name, place.plan.profile), ""]
                is_own = True
            case nodes.Attend() | nodes.Bell() | nodes.Soft() | nodes.Slow() | nodes.SayAs():
                said.append(chr(_FIRST_MARK + len(marks)))
                marks.append(atom)
            case nodes.Silence() | nodes.Open() | nodes.Breathe() | nodes.Tense() | nodes.Release():
                writer.write("".join(said), marks, is_own=is_own)
                said, marks, is_own = [""], [], False
                writer.take_time(atom)
        if len(marks) == _MOST_MARKS:
            writer.write("".join(said), marks, is_own=is_own)
            said, marks, is_own = [""], [], False
    writer.write("".join(said), marks, is_own=is_own)
    return writer.finish()


def choose_wording(inlines: tuple[nodes.Inline, ...], place: Place) -> Iterator[nodes.Inline]:
    """Yield the inlines with every `{a|b}` decided."""
    for index, inline in enumerate(inlines):
        if isinstance(inline, nodes.Choice):
            path = (*place.path, index)
            option = (draw(place.plan.seed, *path) + place.turn) % len(inline.options)
            yield from choose_wording(inline.options[option], place.at(path))
        else:
            yield inline


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Collects parts; `pending` is the silence due before the next word unless something else takes its place."""

    place: Place
    tensed: str
    parts: list[Part] = field(default_factory=list)
    waiting: list[Part] = field(default_factory=list)
    attended: str = "whole-body"
    pending: Ending | None = None
    is_soft: bool = False
    is_slow: bool = False
    begins: bool = True
    """True where the next word begins a sentence."""
    is_closed: bool = True
    """True after a silence that the author wrote, and before anything that takes time."""

    def write(self, text: str, marks: list[Untimed], *, is_own: bool) -> None:
        """Add text, with its marks as private-use characters; what is somebody's own is not remembered."""
        for piece in _pieces(text) if is_own else _known_pieces(text):
            for mark in piece.marks:
                self._mark(marks[mark])
            if piece.plain:
                self._say(piece)

    def _mark(self, mark: Untimed) -> None:
        match mark:
            case nodes.Attend(region=name):
                name = slots.worst_place(self.place.plan.profile) if name == PLACE else region(name).name
                self.waiting.append(Attend(region=name))
                self.attended = name
            case nodes.Bell():
                self._flush(self.pending)
                self.parts.append(Bell())
                self._due(Ending.BELL)
            case nodes.Soft():
                self.is_soft = True
            case nodes.Slow():
                self.is_slow = True
            case nodes.SayAs():
                learn(mark, self.place.sayings)

    def _say(self, piece: _Piece) -> None:
        text = piece.plain[:1].upper() + piece.plain[1:] if piece.is_capital and self.begins else piece.plain
        self._flush(self.pending)
        spoken = pronounced(text, self.place.sayings)
        self.parts.append(Phrase(text=text, spoken=spoken, soft=self.is_soft, slow=self.is_slow))
        self.begins = piece.ending is Ending.SENTENCE
        self._due(piece.ending)

    def take_time(self, node: Timed) -> None:
        """Add something that has a length of its own."""
        plan = self.place.plan
        match node:
            case nodes.Silence():
                self._rest(cue(node.natural_ms, exactly=node.exactly))
            case nodes.Open():
                self._rest(open_practice(node.least_ms, node.most_ms, plan.length_ms))
            case nodes.Release():
                self._rest(release(node.natural_ms, self.tensed or self.attended))
            case nodes.Tense():
                self._flush(None)
                self.tensed = region(node.region).name
                self.parts.append(Tense(region=self.tensed, length_ms=node.length_ms))
                self._due(None)
            case nodes.Breathe():
                self._breathe(node)
        self.begins = True

    def _breathe(self, node: nodes.Breathe) -> None:
        voice = Phrase(text="", spoken="", soft=self.is_soft, slow=self.is_slow)
        choice = draw(self.place.plan.seed, *self.place.path, len(self.parts))
        lines = breathe(node, self.place.plan.clearance, self.place.language, voice, choice + self.place.turn)
        for parts in lines:
            self._flush(None if isinstance(parts[0], Pause) else self.pending)
            self.parts.extend(parts)
            self._due(Ending.SENTENCE)
        if isinstance(self.parts[-1], Pause):
            self.pending, self.is_closed = None, True
        else:
            self._due(Ending.BREATH)

    def _rest(self, pause: Pause) -> None:
        self._flush(None)
        self.parts.append(pause)
        self.pending, self.is_closed = None, True

    def _due(self, kind: Ending | None) -> None:
        self.pending, self.is_closed = kind, False

    def _flush(self, pause: Ending | None) -> None:
        if pause is not None:
            self.parts.append(ending(pause, self.place.plan.length_ms))
        self.parts.extend(self.waiting)
        self.waiting.clear()

    def finish(self) -> Line:
        """Give what was collected."""
        self._flush(None)
        closing = Ending.BELL if self.pending is Ending.BELL else Ending.PARAGRAPH
        pause = None if self.is_closed else ending(closing, self.place.plan.length_ms)
        return Line(parts=tuple(self.parts), closing=pause)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A sentence as it is read, the same for everybody."""

    marks: tuple[int, ...]
    """The marks that stand in it, by their numbers."""
    plain: str
    """What is said; empty where it holds only marks."""
    is_capital: bool
    """True where it takes a capital at the beginning of a sentence."""
    ending: Ending | None


def _pieces(text: str) -> tuple[_Piece, ...]:
    return tuple(map(_piece, split(slots.without_names(text))))


_known_pieces = lru_cache(_KEPT_TEXTS)(_pieces)


def _piece(sentence: Sentence) -> _Piece:
    text = sentence.text
    marks = [char for char in text if char >= chr(_FIRST_MARK)]
    return _Piece(
        marks=tuple(ord(mark) - _FIRST_MARK for mark in marks),
        plain=_plain(text) if is_speakable(text) else "",
        is_capital=text.lstrip("".join(marks) + " ").startswith(slots.CAPITAL),
        ending=sentence.ending,
    )


def _plain(text: str) -> str:
    text = text.replace(slots.POINT, ".").replace("*", "")
    return " ".join(without_marks(text).split()).lstrip("….,;:!?)]–— ")


def learn(mark: nodes.SayAs, sayings: dict[str, str]) -> None:
    """Remember how a word is spoken from here on."""
    if mark.word.strip():
        sayings[mark.word.strip().lower()] = mark.spoken.strip()


def pronounced(text: str, sayings: dict[str, str]) -> str:
    """Write a text as it is to be spoken: whole words only, and no replacement is replaced again.

    >>> pronounced("The lumbar spine.", {"lumbar": "LUM-bar"})
    'The LUM-bar spine.'
    """
    if not sayings:
        return text
    words = "|".join(re.escape(word) for word in sorted(sayings, key=len, reverse=True))
    found = re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda match: sayings[match[0].lower()], text, flags=re.IGNORECASE)
    return found if is_speakable(found) else text


def tensions(inlines: tuple[nodes.Inline, ...], place: Place) -> tuple[str, ...]:
    """Name the tensions that a wording asks for, as movements, whether or not they are cleared."""
    return tuple(
        f"{TENSE}{inline.region}" for inline in choose_wording(inlines, place) if isinstance(inline, nodes.Tense)
    )
