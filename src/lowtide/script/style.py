"""How a script sounds: a tree in, warnings out, each for a place where a listener would be pressed, misled or lulled.

Called by the reader after the checker. It never changes the tree, and never calls anything an error: style is the
author's. Laws: a warning is given for words that a teacher would want back (no false alarm on the shipped scripts); the
time is linear in the script's length. The words are English; other languages have none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lowtide.model.movement import BREATH, POSTURE
from lowtide.script.diagnostics import Findings
from lowtide.script.nodes import Chapter, Choice, Comment, Inline, Paragraph, Script, Section, Slot, Step, Text
from lowtide.script.parsing.places import Anchors
from lowtide.script.wording import Sentence, every, sentences

_ORDERS = re.compile(
    r"\b(you (?:must|should|have to|need to|ought to|had better|are to)|(?:make|be) sure|force yourself"
    r"|no pain,? no gain|try (?:as )?hard(?:er)?"
    r"|(?:do not|don['’]t) (?:you )?(?:move|dare|stop|give up|open|fidget)"
    r"|(?:keep|stay|lie|sit|stand|hold) (?:perfectly|completely|absolutely|totally) still"
    r"|push (?:on |past |through )(?:it|the pain|your pain|pain)"
    r"|ignore (?:it|the|your|any|all)(?: the)? ?(?:pain|ache)?"
    r"|no matter how (?:much|hard|bad)|as (?:hard|far|deep|deeply) as you can|grit your teeth)\b",
    re.IGNORECASE,
)
"""Orders (SAFETY, "Wording": invite, never order)."""
_CLAIMS = re.compile(
    r"\b(cur(?:e|es|ed|ing)|heal(?:s|ed|ing|er)?|guarantee\w*|miracle\w*|miraculous\w*|chakras?|universe"
    r"|spirit(?:s|ual\w*)?|souls?|divine(?:ly)?|sacred|holy|vibrations?|auras?|toxins?|detox\w*|karma|astral|cosmic"
    r"|third eye|higher self|energy (?:flow\w*|field\w*|body)"
    r"|(?:life |vital |positive |negative |bad |good |dark |pure |body['’]s )energ(?:y|ies)"
    r"|pain[- ]free|will (?:always )?(?:fix|end|erase|remove|go away|be gone|disappear|vanish|never hurt)"
    r"|pain (?:is )?(?:now )?(?:melt|dissolv|disappear|vanish|leav)(?:es|s|ing)"
    r"|dissolv\w+ (?:all |away )?(?:the |your )?pain)\b",
    re.IGNORECASE,
)
"""Promises and mystical words (SAFETY: no promise of a cure; the voice is plain)."""
_EXCUSE = re.compile(
    r"\b(?:no|not|nothing|nowhere|nobody|never|none|without|anything|anywhere|all|if|when|whenever|unless|until|what"
    r"|whatever|wherever|as|than|whether|\w+n['’]t)\b[^.!?;:…]*$",
    re.IGNORECASE,
)
"""What turns an order or a promise round: "there is nothing you have to do", "if you need to", "this is no cure"."""
_LOOK_BACK = 60
"""Characters before an order that are searched for an excuse."""

FEWEST_MOVES = 3
"""So many movements or tensions are a movement practice, in which a teacher says the stop rule once more: the opening
has said it for everything, but before anything was moved."""
_SIGNAL = r"(?:sharp\w*|spread\w*|lasting|stays|hurts?|hurting|pain|painful|worse|pinch\w*|twinges?|sting\w*|cramps?)"
_ANSWER = (
    r"(?:stop|stops|stopping|rest|leave|leaves|leaving|skip|pause|let go|come out|ease off|make it smaller|do less|"
    r"picture|imagine|think of it)"
)
_STOP_RULE = re.compile(
    rf"\b{_SIGNAL}\b.{{0,120}}\b{_ANSWER}\b|\b{_ANSWER}\b.{{0,120}}\b{_SIGNAL}\b", re.IGNORECASE | re.DOTALL
)
"""The stop rule in whatever words: a sign that it is too much, and what to do then."""

RUN = 3
"""So many sentences that begin alike are a formula."""
_MAY_RECUR = frozenset({"in", "out", "breathe", "and"})
"""Breath is counted with the same word every time; "and" carries a list on."""

_PREPOSITIONS = frozenset(
    {
        "about", "above", "against", "along", "among", "around", "at", "behind", "below", "beneath", "beside",
        "between", "by", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto", "over",
        "past", "round", "than", "through", "to", "towards", "under", "with", "within", "without",
    }
)  # fmt: skip
"""Behind these, the verb belongs to another word: "the room around {place} is wide"."""
_NO_VERBS = (
    "as|this|its|his|hers|ours|yours|us|yes|thus|less|unless|always|perhaps|sometimes|across|besides|afterwards|towards|"
    "upwards|downwards|inwards|outwards|forwards|backwards|sideways|plus|minus|various|others|themselves|ourselves"
)
_AGREES = re.compile(
    rf"(['’]s\b)|\s+((?:(?:also|still|just|often|already|only|even|now|really)\s+)?"
    rf"(?:are|were|have|haven['’]t|aren['’]t|weren['’]t|isn['’]t|wasn['’]t|doesn['’]t|hasn['’]t|(?!(?:{_NO_VERBS})\b)[a-z]+s)\b)"
)
"""A verb that fits one place or several, but not both; or an 's, which fits neither."""
_ASKS = re.compile(
    r"(?:^|[.!?…:;,]\s*)(?:(?:and|but|so|now|or|then)\s+)?(?:(?:how|where|what|why|when|here|there)\s+)?"
    r"((?:is|are|was|were|has|does)(?:n['’]t)?)\s+$",
    re.IGNORECASE,
)
"""The same kind of verb before its place, as a question has it: "Is {place} …?", "How are {place} …?"."""
_BEFORE_PLAIN = frozenset(
    {"let", "letting", "can", "could", "may", "might", "shall", "should", "will", "would", "must"}
)
"""Behind these and a place the verb is plain, and fits one or several: "let {place} have"."""
_WORD = re.compile(r"[\w'’-]+")


def style(script: Script, anchors: Anchors | None = None) -> Findings:
    """Find what a listener should not hear. `anchors` point inside the texts, where the reader kept them."""
    stylist = _Stylist(anchors or Anchors())
    for chapter in script.chapters:
        for inlines in _lines(chapter):
            stylist.line(inlines)
    stylist.stop_rule(script)
    return stylist.findings


class _Stylist:
    def __init__(self, anchors: Anchors) -> None:
        self.findings, self.anchors = Findings(), anchors

    def line(self, inlines: tuple[Inline, ...]) -> None:
        """Listen to one paragraph, or one side of a step."""
        for node in every(inlines):
            if isinstance(node, Text):
                self.words(node)
        self.places(inlines)
        self.openings(inlines)

    def words(self, node: Text) -> None:
        for code, offset, words in presses(node.text):
            self.findings.add(code, self.anchors.at(node, offset), words=words)

    def places(self, inlines: tuple[Inline, ...], before: str = "") -> None:
        """Look at the words beside each `{place}` and `{side}`."""
        for index, node in enumerate(inlines):
            following = inlines[index + 1] if index + 1 < len(inlines) else None
            if isinstance(node, Choice):
                for option in node.options:
                    self.places(option, before)
            if isinstance(node, Slot) and node.name in ("place", "side"):
                words = _disagrees(before, f"{{{node.name}}}", following.text if isinstance(following, Text) else "")
                if words:
                    self.findings.add("S710", node.span, words=words, slot=f"{{{node.name}}}")
            before = node.text[-_LOOK_BACK:] if isinstance(node, Text) else ""

    def openings(self, inlines: tuple[Inline, ...]) -> None:
        """Find sentences that follow each other and begin with the same word."""
        run: list[Sentence] = []
        for sentence in sentences(inlines, self.anchors, most=1):
            if run and _first(run[-1]) != _first(sentence):
                run = []
            run.append(sentence)
            if len(run) == RUN and _first(sentence) not in {"", *_MAY_RECUR}:
                self.findings.add("S709", sentence.at, word=_first(sentence))

    def stop_rule(self, script: Script) -> None:
        """Ask a script that asks for movement to say when to stop."""
        steps = [step for step in _steps(script) if any(_is_effort(name) for name in step.movements)]
        if len(steps) < FEWEST_MOVES:
            return
        told = (" ".join(_spoken(inlines)) for chapter in script.chapters for inlines in _lines(chapter))
        if not any(_STOP_RULE.search(words) for words in told):
            self.findings.add("S708", steps[0].span, count=len(steps))


def presses(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield each order and each promise of a text: the code of the rule, where it begins and its words.

    >>> list(presses("You must relax. It will cure you, and there is nothing you have to do."))
    [('S705', 0, 'You must'), ('S707', 24, 'cure')]
    """
    for pattern, code in ((_ORDERS, "S705"), (_CLAIMS, "S707")):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
            if not _EXCUSE.search(before):
                yield code, match.start(), match[0]


def _disagrees(before: str, slot: str, after: str) -> str:
    """Quote a slot with the verb beside it that fits one place or several, but not both; nothing where all is well.

    >>> _disagrees("How is ", "{place}", " today?"), _disagrees("Let ", "{place}", " have time.")
    ('How is {place}', '')
    """
    asked = _ASKS.search(before)
    if asked:
        return asked[0].lstrip(".!?…:;, ") + slot
    match = _AGREES.match(after)
    said = [word.lower() for word in _WORD.findall(before)]
    last = said[-1] if said else ""
    if not match or (not match[1] and last in _PREPOSITIONS):
        return ""
    is_plain = last in _BEFORE_PLAIN and match[0].split()[-1] == "have"
    return "" if is_plain else f"{slot}{match[0].rstrip()}"


def _is_effort(movement: str) -> bool:
    """Say whether a movement is more than a way of being placed or of breathing."""
    return movement not in POSTURE and movement not in BREATH


def _first(sentence: Sentence) -> str:
    found = _WORD.match(sentence.text.lstrip("\"'“‘"))
    return found[0].lower() if found else ""


def _blocks(chapter: Chapter) -> Iterator[Paragraph | Step]:
    for block in chapter.blocks:
        for inner in block.blocks if isinstance(block, Section) else (block,):
            if not isinstance(inner, Comment):
                yield inner


def _steps(script: Script) -> Iterator[Step]:
    yield from (block for chapter in script.chapters for block in _blocks(chapter) if isinstance(block, Step))


def _lines(chapter: Chapter) -> Iterator[tuple[Inline, ...]]:
    for block in _blocks(chapter):
        if isinstance(block, Step):
            yield block.move
            yield block.imagine
        else:
            yield block.inlines


def _spoken(inlines: tuple[Inline, ...]) -> Iterator[str]:
    yield from (node.text for node in every(inlines) if isinstance(node, Text))
