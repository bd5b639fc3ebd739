"""A chapter's pieces in, its blocks out: movements become steps with a drafted imagine, the rest paragraphs.

Called by `importer`. Law: a sentence in which a movement is heard never stands in a plain paragraph, unless it is only
pictured or offered; the draft is reported and waits for the author's eye.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lowtide.model.movement import TENSE, Kind, Position
from lowtide.script.importing.breaths import Breathing, Guided
from lowtide.script.importing.hearing import Listening, asked, attended, heard, is_tension, with_holds
from lowtide.script.importing.held import tension
from lowtide.script.importing.imagining import ANY_BREATH, imagined
from lowtide.script.importing.marks import BREATH_MS, Break, Count, Mark, Note, Said, Times, written
from lowtide.script.importing.outcome import Notes, Recognised
from lowtide.script.nodes import (
    NO_GATE,
    Attend,
    Breathe,
    Comment,
    Gate,
    Inline,
    Open,
    Paragraph,
    Silence,
    Slot,
    Step,
    Text,
)

FOLLOWERS = 4
"""So many sentences may go on with a movement: "hold it there", "and back to the middle"."""
LONG_PARAGRAPH, LONGEST_PARAGRAPH = 5, 9
"""A wall of text gets a paragraph after so many sentences, at a "now" or "next", or at the latest after so many."""
MOST_BREATHS = 100
"""So many breaths of one's own in silence; ten minutes."""
MOST_CHARACTERS = 4_000
"""And so, at the latest, after so many characters, whatever they are."""

_FOLLOWER = re.compile(
    r"^(?:(?:and|now|then|again|slowly|gently|just|please|or|inhale|exhale|breathe (?:in|out)|"
    r"as you \w+)[ ,]+)*(?:as you )?(?:hold(?:ing)?\b|stay\w*\b|keep\w*\b|return\w*\b|com(?:e|ing) back\b|"
    r"bring\w* (?:it|them|your \w+|the \w+) (?:back|down)|lower\w*\b|paus\w+ here\b|"
    r"back to\b|repeat\b|do (?:it|this|that|the same)\b|"
    r"(?:on |to )?the (?:other side|left|right|middle|cent(?:re|er))\b|other side\b|switch\b|"
    r"same (?:thing )?(?:on|with)\b|once more\b|one more time\b|and again\b|"
    r"feel (?:the|that|this|a) (?:\w+ )?(?:stretch|pull|movement|twist|lengthening)|"
    r"notice the (?:\w+ )?stretch|as far as\b|only as far\b|unwind\w*\b|releas\w+ (?:it|them|the (?:stretch|"
    r"pose|twist|arms?|legs?|knees?|head))|"
    r"put (?:it|them) down|let (?:it|them) (?:come|float|drift|sink|drop|rest) (?:back|down|again)|your (?:left|"
    r"right) \w+ (?:will|points?))",
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(r"^(?:(?:and|now|then)[ ,]+)*(?:on |to )?the (?:other side|left|right)[.!…]?$", re.IGNORECASE)
_CONTINUATION = re.compile(
    r"^(?:above|over|up|down|out|to|toward|towards|into|in front|behind|beside|across|all the way|as far|"
    r"as high|higher|further|until|way|with|by|on|onto|"
    r"keeping|bringing|reaching|letting|allowing|pointing|turning|and (?:hold|up|down|over|back|out|"
    r"then back))\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"^(?:and )?(?:now|next|then|when you|let's|let us|once|moving|move|bring|turn|shift|finally|as you|"
    r"on your next)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"^(?:and |or )?if you(?:'re| are) (?:(?P<sit>sitting|seated|in a chair)|(?P<lie>lying)|(?P<stand>standing))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Blocks:
    """The blocks made so far and the paragraph that is open."""

    notes: Notes
    done: list[Paragraph | Step | Comment] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    gate: Gate = NO_GATE
    sentences: int = 0
    characters: int = 0

    def close(self) -> None:
        if self.inlines:
            self.done.append(Paragraph(inlines=tuple(_spaced(self.inlines)), gate=self.gate))
        self.inlines, self.gate, self.sentences, self.characters = [], NO_GATE, 0, 0

    def add(self, block: Step | Comment) -> None:
        self.close()
        self.done.append(block)

    def say(self, text: str) -> None:
        self.inlines.append(Text(text=text))
        self.sentences += 0 if text.endswith("…") else 1
        self.characters += len(text)


def blocks(pieces: Sequence[Breathing], state: Listening, notes: Notes) -> tuple[Paragraph | Step | Comment, ...]:
    """Make blocks of a chapter's pieces; linear in their number."""
    made = _Blocks(notes)
    joined = list(with_holds(pieces))
    at = 0
    while at < len(joined):
        piece = joined[at]
        if isinstance(piece, Said):
            at = _say(joined, at, state, made)
            continue
        if isinstance(piece, Break):
            made.close()
        elif isinstance(piece, Mark):
            made.inlines.append(piece.node)
        elif isinstance(piece, Note):
            made.add(Comment(text=piece.text))
        elif isinstance(piece, Guided):
            made.add(_breath_step(piece, notes))
        elif isinstance(piece, Times) and "breath" in piece.was.lower():
            made.inlines.append(_own_breaths(piece, notes))
        else:
            made.add(_uncounted(piece, notes))
        at += 1
    made.close()
    return tuple(made.done)


def _own_breaths(piece: Times, notes: Notes) -> Open:
    """Leave room for so many breaths of the listener's own."""
    times = max(1, min(piece.times, MOST_BREATHS))
    node = Open(least_ms=times * BREATH_MS // 2, most_ms=times * BREATH_MS * 2)
    notes.guess(piece.line, "pause", piece.was, f"[silence {written(node.least_ms)}-{written(node.most_ms)}]", 0.7)
    return node


def _uncounted(piece: Count | Times, notes: Notes) -> Comment:
    notes.aside(piece.line, piece.was, "a count that belongs to no breath", 0.5)
    return Comment(text=piece.was.strip("[]{}()"))


def _say(pieces: Sequence[Breathing], at: int, state: Listening, made: _Blocks) -> int:
    """Put one sentence, or the step that it begins, into blocks; return where to go on."""
    said = pieces[at]
    assert isinstance(said, Said)
    movements = heard(said, state, made.notes)
    if is_tension(movements, said.text):
        step, at = tension(pieces, at, movements, state, made.notes)
        made.add(_spaced_step(step))
        return at
    if movements:
        return _movement(pieces, at, movements, made)
    long = made.sentences >= LONGEST_PARAGRAPH or made.characters >= MOST_CHARACTERS
    if long or (made.sentences >= LONG_PARAGRAPH and _TOPIC.match(said.text)):
        made.close()
        made.notes.guess(said.line, "paragraph", said.text[:40], "a new paragraph", 0.6)
    gate = _gate(said, made.notes)
    if gate != made.gate:
        made.close()
        made.gate = gate
    made.inlines.extend(_attention(said, state, made.notes))
    made.say(said.text)
    return at + 1


def _gate(said: Said, notes: Notes) -> Gate:
    """Keep "if you are sitting, …" for whoever sits."""
    found = _POSITION.match(said.text)
    if not found:
        return NO_GATE
    lying = (Position.LYING, Position.RECLINED)
    positions = lying if found["lie"] else (Position.SITTING,) if found["sit"] else (Position.STANDING,)
    notes.guess(said.line, "position", said.text, " ".join(f"[{position}]" for position in positions), 0.7)
    return Gate(positions=positions)


def _attention(said: Said, state: Listening, notes: Notes) -> list[Inline]:
    found = attended(said.text)
    if not found or found[0] == state.region:
        return []
    state.region = found[0]
    notes.guess(said.line, "attention", said.text, f"[attend {found[0]}]", found[1])
    return [Attend(region=found[0])]


def _breath_step(piece: Guided, notes: Notes) -> Step:
    movements = (Kind.PACED_BREATH, Kind.BREATH_HOLD) if piece.has_hold else (Kind.PACED_BREATH,)
    kinds = tuple(str(movement) for movement in movements)
    kinds += tuple(kind for kind in asked(piece.text) if kind not in kinds)
    marks: tuple[Inline, ...] = (piece.breathe,) if piece.breathe else ()
    own: tuple[Inline, ...] = (Breathe(in_ms=0, hold_ms=0, out_ms=0, times=0),) if piece.breathe else ()
    notes.movements.append(
        Recognised(line=piece.line, movements=kinds, sentence=piece.text, imagine=ANY_BREATH, sureness=0.75)
    )
    step = Step(movements=kinds, move=(Text(text=piece.text), *marks), imagine=(Text(text=ANY_BREATH), *own))
    return _spaced_step(step)


def _movement(pieces: Sequence[Breathing], at: int, movements: tuple[str, ...], made: _Blocks) -> int:
    """Make a step of a sentence and of those that go on with it."""
    first = pieces[at]
    assert isinstance(first, Said)
    draft, sure = imagined(first.text, _moved(movements))
    move: list[Inline] = [Text(text=first.text)]
    imagine: list[Inline] = [Text(text=draft)]
    kinds = dict.fromkeys(movements)
    texts = [first.text]
    at += 1
    for _ in range(2 * FOLLOWERS):
        piece = pieces[at] if at < len(pieces) else None
        if isinstance(piece, Mark) and isinstance(piece.node, Silence):
            move.append(piece.node)
            imagine.append(piece.node)
        elif isinstance(piece, Said) and len(texts) <= FOLLOWERS and _goes_on(texts[-1], piece.text, tuple(kinds)):
            more = asked(piece.text)
            kinds |= dict.fromkeys(more)
            move.append(Text(text=piece.text))
            texts.append(piece.text)
            if more:
                imagine.append(Text(text=imagined(piece.text, _moved(more))[0]))
            elif _OTHER_SIDE.match(piece.text):
                imagine.append(Text(text=piece.text))
        else:
            break
        at += 1
    spoken = " ".join(dict.fromkeys(text.text for text in imagine if isinstance(text, Text)))
    gate = _gate(first, made.notes)
    step = Step(movements=tuple(kinds), move=tuple(move), imagine=tuple(_once(imagine)), gate=gate)
    made.notes.movements.append(
        Recognised(line=first.line, movements=tuple(kinds), sentence=" ".join(texts), imagine=spoken, sureness=sure)
    )
    made.add(_spaced_step(step))
    return at


def _moved(kinds: Sequence[str]) -> tuple[str, ...]:
    """Leave the tensions out of a stretch: it is pictured, not let go."""
    return tuple(kind for kind in kinds if not kind.startswith(TENSE))


def _goes_on(before: str, text: str, kinds: tuple[str, ...]) -> bool:
    more = asked(text)
    if is_tension(more, text):
        return False
    if before.endswith("…") and text[:1].islower() and _CONTINUATION.match(text):
        return True
    return bool(_FOLLOWER.match(text)) and set(more) <= {*kinds, Kind.NECK_FLEXION, Kind.ARM_RAISE}


def _once(inlines: list[Inline]) -> list[Inline]:
    """Leave a second identical draft out."""
    kept: list[Inline] = []
    for inline in inlines:
        if not (isinstance(inline, Text) and inline in kept):
            kept.append(inline)
    return kept


def _spaced_step(step: Step) -> Step:
    return replace(step, move=tuple(_spaced(step.move)), imagine=tuple(_spaced(step.imagine)))


def _spaced(inlines: Sequence[Inline]) -> list[Inline]:
    """Join neighbouring words and space them as the reader would read them: marks take no room of their own."""
    spaced: list[Inline] = []
    for inline in inlines:
        last = spaced[-1] if spaced else None
        if isinstance(inline, Text):
            if isinstance(last, Text):
                spaced[-1] = Text(text=f"{last.text} {inline.text}")
                continue
            glued = not isinstance(last, Slot) or not inline.text[:1].isalnum()
            spaced.append(inline if glued else Text(text=f" {inline.text}"))
            continue
        if isinstance(last, Text):
            spaced[-1] = Text(text=f"{last.text} ")
        spaced.append(inline)
    return _capped(spaced)


def _capped(inlines: list[Inline]) -> list[Inline]:
    """Begin a block with a capital and end its last words with a stop, as a sentence of its own."""
    at = next((at for at, inline in enumerate(inlines) if isinstance(inline, Text)), None)
    if at is None:
        return inlines
    first = inlines[at]
    if isinstance(first, Text) and not (at and isinstance(inlines[at - 1], Slot)):
        inlines[at] = Text(text=first.text[:1].upper() + first.text[1:])
    last = inlines[-1]
    if isinstance(last, Text) and last.text[-1:].isalnum():
        inlines[-1] = Text(text=f"{last.text}.")
    return inlines
