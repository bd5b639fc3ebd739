"""What is wrong with a script that can be read: a tree in, findings out.

Called by the reader, after the tree is made. It never changes the tree. The movement rules are the script's half of
the safety proof: what asks for a movement says so, and compose leaves out what is not cleared (SAFETY).
"""

from __future__ import annotations

import re

from lowtide.model.body import REGIONS, Side, holders, overlaps
from lowtide.model.movement import POSITION_NEEDS, POSTURE, TENSE, Kind, Position, is_movement
from lowtide.script import limits
from lowtide.script.diagnostics import Findings
from lowtide.script.movements import asked_for, offers_position
from lowtide.script.nodes import Block, Comment, Gate, Inline, Paragraph, Script, Section, Step, Tense, Text
from lowtide.script.parsing.marks import time_ms
from lowtide.script.parsing.places import Anchors
from lowtide.script.reach import Reach, narrow
from lowtide.script.wording import Sentence, count_breaths, count_words, every, sentences

_PAUSE_TAG = re.compile(
    r"<\s?(?:(?:(?:long|short) )?(?:silence|pause|wait|rest)\b[^<>]{0,40}|\d[^<>]{0,20})>", re.IGNORECASE
)
"""`<silence 1 min>`, `<pause>`, `<10 seconds>`: a pause as other programs write it."""
_LENGTH = re.compile(r"\d[\d. a-z]*", re.IGNORECASE)
_MARKUP = (
    (re.compile(r"\*+[^\s*][^*]{0,80}\*+|(?<!\w)_+[^\s_][^_]{0,80}_+(?!\w)"), "Leave the stars or lines out."),
    (re.compile(rf"(?!{_PAUSE_TAG.pattern})</?[a-zA-Z][^<>]{{0,80}}>", re.IGNORECASE), "Leave the tag out."),
    (re.compile(r"https?://\S{1,80}"), "An address is no use to who listens."),
)
_LIST = re.compile(r"(?:[-*+]|\d{1,3}[.)])(?= )")


def check(script: Script, anchors: Anchors | None = None) -> Findings:
    """Find everything that is wrong with a tree. `anchors` point inside its texts, where the reader kept them."""
    checker = _Checker(anchors or Anchors())
    checker.script(script)
    return checker.findings


class _Checker:
    def __init__(self, anchors: Anchors) -> None:
        self.findings, self.anchors = Findings(), anchors
        self.is_anything = False
        self.words = 0
        self.breaths = 0

    def script(self, script: Script) -> None:
        reach = Reach(frozenset(script.head.positions or Position))
        for chapter in script.chapters:
            self.blocks(chapter.blocks, chapter.gate, reach, 1)
        at = (1, 1)
        if not self.is_anything:
            self.findings.add("S502", at)
        if self.breaths > limits.MOST_BREATHS:
            self.findings.add("S606", at, count=self.breaths, most=limits.MOST_BREATHS)
        if self.words > limits.MOST_WORDS:
            self.findings.add("S607", at, count=self.words, most=limits.MOST_WORDS)

    def blocks(self, blocks: tuple[Block, ...], gate: Gate, outer: Reach, outer_rounds: int) -> None:
        reach, rounds = self.gate(gate, outer, outer_rounds)
        for block in blocks:
            match block:
                case Section():
                    self.blocks(block.blocks, block.gate, reach, rounds)
                case Paragraph():
                    self.paragraph(block, *self.gate(block.gate, reach, rounds))
                case Step():
                    self.step(block, self.gate(block.gate, reach, rounds)[1])
                case Comment():
                    pass

    def gate(self, gate: Gate, outer: Reach, outer_rounds: int) -> tuple[Reach, int]:
        """Pass a gate: who is left, and how many rounds at most."""
        reach, why = narrow(outer, gate)
        if why and not narrow(outer, Gate())[1]:
            self.findings.add("S503", gate.span, why=why)
        rounds = outer_rounds * gate.most_rounds
        if rounds > limits.MOST_ROUNDS >= outer_rounds:
            self.findings.add("S605", gate.span, count=rounds, most=limits.MOST_ROUNDS)
        return reach, rounds

    def paragraph(self, paragraph: Paragraph, reach: Reach, rounds: int) -> None:
        self.count(paragraph.inlines, rounds)
        for node in every(paragraph.inlines):
            if isinstance(node, Tense):
                self.findings.add("S409", node.span, mark=_mark(node), region=node.region)
        settled = _settled(reach)
        for sentence, asked in self.heard(paragraph.inlines):
            placed = settled | POSTURE if offers_position(sentence.text) else settled
            moving = [name for name in asked if name not in placed and name != Kind.PACED_BREATH]
            if moving:
                self.findings.add("S406", sentence.at, movements=", ".join(moving))
            if Kind.PACED_BREATH in asked:
                self.findings.add("S414", sentence.at)

    def step(self, step: Step, rounds: int) -> None:
        self.count(step.move, rounds)
        self.count(step.imagine, rounds)
        for node in every(step.move):
            if isinstance(node, Tense) and not any(_covers(name, TENSE + node.region) for name in step.movements):
                self.findings.add("S410", node.span, mark=_mark(node), region=node.region)
        for node in every(step.imagine):
            if isinstance(node, Tense):
                self.findings.add("S411", node.span, mark=_mark(node))
        for sentence, asked in self.heard(step.move):
            others = [name for name in asked if not any(_meant(one, name) for one in step.movements)]
            if others and step.movements:
                every_one = ", ".join([*step.movements, *others])
                self.findings.add("S408", sentence.at, movements=", ".join(others), all=every_one)
        for sentence, asked in self.heard(step.imagine):
            self.findings.add("S407", sentence.at, movements=", ".join(asked))

    def heard(self, inlines: tuple[Inline, ...]) -> list[tuple[Sentence, tuple[str, ...]]]:
        """Listen to each sentence: note what is awkward, and list those that ask for a movement, each place once."""
        self.style(inlines)
        found: dict[tuple[tuple[int, int], tuple[str, ...]], Sentence] = {}
        long: set[tuple[int, int]] = set()
        for sentence in sentences(inlines, self.anchors):
            asked = asked_for(sentence.text)
            if asked:
                found.setdefault((sentence.at, asked), sentence)
            if len(sentence.text) > limits.LONGEST_SENTENCE_WORDS:
                longest = max(len(rest.split()) for rest in sentence.text.split("…"))
                if longest > limits.LONGEST_SENTENCE_WORDS and sentence.at not in long:
                    long.add(sentence.at)
                    self.findings.add("S706", sentence.at, count=longest)
        return [(sentence, asked) for (_, asked), sentence in found.items()]

    def count(self, inlines: tuple[Inline, ...], rounds: int) -> None:
        self.is_anything = self.is_anything or bool(inlines)
        self.words += count_words(inlines) * rounds
        self.breaths += count_breaths(inlines) * rounds

    def style(self, inlines: tuple[Inline, ...]) -> None:
        """Warn of what a voice would stumble over."""
        if inlines and isinstance(inlines[0], Text) and (match := _LIST.match(inlines[0].text)):
            self.findings.add("S703", inlines[0].span, what=match[0], how="Leave the list's sign out.")
        for node in every(inlines):
            if isinstance(node, Text):
                self.style_of(node)

    def style_of(self, node: Text) -> None:
        for tag in _PAUSE_TAG.finditer(node.text):
            self.findings.add("S703", self.anchors.at(node, tag.start()), what=tag[0], how=_as_pause(tag[0]))
        for pattern, how in _MARKUP:
            if match := pattern.search(node.text):
                self.findings.add("S703", self.anchors.at(node, match.start()), what=match[0], how=how)


def _as_pause(tag: str) -> str:
    """Hint at the mark that is meant by `<silence 1 min>`."""
    found = _LENGTH.search(tag)
    length_ms = time_ms(found[0].lower().strip()) if found else None
    if length_ms is None:
        return "Write a pause in square brackets: [8s]."
    minutes, seconds = divmod(length_ms / 1000, 60)
    return f"Write [{f'{minutes:g}m' if minutes else ''}{f'{seconds:g}s' if seconds or not minutes else ''}]."


def _mark(node: Tense) -> str:
    return f"tense {node.region} {node.length_ms / 1000:g}s"


def _settled(reach: Reach) -> frozenset[str]:
    """Name the postures in which everyone who hears it is placed already, so that they may be spoken of."""
    needs = {POSITION_NEEDS[position] for position in reach.positions}
    return frozenset(str(need) for need in needs if need) if len(needs) == 1 else frozenset()


def _covers(named: str, needed: str) -> bool:
    """Say whether a named tension holds all of the needed one, so that its clearance is enough."""
    if not named.startswith(TENSE) or not is_movement(named):
        return False
    outer, inner = REGIONS[named.removeprefix(TENSE)], REGIONS[needed.removeprefix(TENSE)]
    return outer.part in holders(inner.part) and outer.side in (Side.BOTH, inner.side)


def _meant(named: str, asked: str) -> bool:
    """Say whether words that seem to ask for one movement are only the named one in other words."""
    if named == asked or asked == Kind.PACED_BREATH:
        return True
    if not (named.startswith(TENSE) and asked.startswith(TENSE) and is_movement(named)):
        return False
    return overlaps(named.removeprefix(TENSE), asked.removeprefix(TENSE))
