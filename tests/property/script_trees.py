"""Strategies for scripts: texts that look like scripts, and trees of the kind that a reader makes."""

from __future__ import annotations

from hypothesis import strategies as st

from lowtide.model.body import REGIONS
from lowtide.model.movement import TENSE, Kind, Position
from lowtide.script.nodes import (
    Attend,
    Bell,
    Breathe,
    Chapter,
    Choice,
    Comment,
    Gate,
    Head,
    Inline,
    Open,
    Paragraph,
    Release,
    SayAs,
    Script,
    Section,
    Silence,
    Slot,
    Slow,
    Soft,
    Step,
    Tense,
    Text,
)

SNIPPETS = (
    "#",
    "# ",
    "## ",
    "### x",
    "> ",
    "> move ",
    "> imagine: ",
    "rotation: ",
    "tense:hands: ",
    "[",
    "]",
    "{",
    "}",
    "|",
    "\\",
    "%%",
    "%",
    "---",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "  ",
    "\t",
    "\u2028",
    "\u00a0",
    "\x00",
    "\x1c",
    "\ud800",
    "\ufeff",
    "a",
    "b ",
    "…",
    ". ",
    "[8s]",
    "[8s exactly]",
    "[silence 30s-10m]",
    "[breathe 4-6 x5]",
    "[breathe at my pace]",
    "[attend lower-back]",
    "[bell]",
    "[soft]",
    "[tense hands 6s]",
    "[release 30s]",
    "[say: a=b]",
    "[lying] ",
    "[when hips] ",
    "[unless pregnant]",
    "[optional 2]",
    "[repeat 2-6]",
    "[nonsense]",
    "[lying\n]",
    "{a|b}",
    "{place}",
    "{a|{b|c}}",
    "{ a |}",
    "title: x",
    "minutes: 5-40",
    ": ",
    "=",
    "\\[",
    "\\{",
    "\\ ",
    "\\\n",
    "\\%%",
    "Lift your arms. ",
    "*",
    "- ",
    "<br>",
)

structured = st.builds("".join, st.lists(st.sampled_from(SNIPPETS), max_size=30))
"""Texts made of what means something, in any order."""
with_head = structured.map(lambda body: f"---\ntitle: T\n---\n{body}")
anything = st.text(st.characters(codec=None, exclude_categories=())) | structured | with_head
"""Any text at all, lone surrogates included."""

_LINE_ENDS = "\n\r\t\v\f\x85\u2028\u2029"
spoken = st.text(
    st.sampled_from("ab \\[]{}|#>%*_-=:…\u00a0\x00\ud800é") | st.characters(exclude_characters=_LINE_ENDS),
    min_size=1,
    max_size=12,
)
words = st.text("abc:=|\\]%[é'", min_size=1, max_size=6)
lengths = st.integers(1, 3_600_000)
phases = st.integers(1_500, 20_000)
regions = st.sampled_from(sorted(REGIONS))
opens = st.tuples(st.integers(0, 3_600_000), lengths).map(sorted)

marks: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Silence, natural_ms=lengths, exactly=st.booleans()),
    opens.map(lambda pair: Open(least_ms=pair[0], most_ms=max(1, pair[1]))),
    st.builds(
        Breathe, in_ms=phases, hold_ms=st.just(0) | st.integers(800, 20_000), out_ms=phases, times=st.integers(1, 200)
    ),
    st.just(Breathe(in_ms=0, hold_ms=0, out_ms=0, times=0)),
    st.builds(Attend, region=regions | st.just("place")),
    st.builds(Tense, region=regions, length_ms=st.integers(1, 30_000)),
    st.builds(Release, natural_ms=lengths),
    st.sampled_from([Bell(), Soft(), Slow()]),
    st.builds(SayAs, word=words, spoken=words),
    st.builds(Slot, name=st.sampled_from(["place", "side", "name"])),
)


def _merged(nodes: list[Inline]) -> tuple[Inline, ...]:
    """A reader never makes one `Text` after another."""
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(text=out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(out)


def _choices(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.builds(
        Choice, options=st.lists(st.lists(inner, max_size=3).map(_merged), min_size=2, max_size=4).map(tuple)
    )


_text: st.SearchStrategy[Inline] = st.builds(Text, text=spoken)
_flat = _text | marks
inlines = st.lists(_flat | _choices(_flat | _choices(_flat)), min_size=1, max_size=6).map(_merged)

gates = st.builds(
    lambda positions, when, unless, optional, rounds: Gate(
        positions=positions, when=when, unless=unless, optional=optional, least_rounds=rounds[0], most_rounds=rounds[1]
    ),
    st.lists(st.sampled_from(list(Position)), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(["hips", "beginner", "evening", "lumbar"]), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(["pregnant", "disc"]), unique=True, max_size=2).map(tuple),
    st.integers(0, 99),
    st.sampled_from([(1, 1), (1, 3), (2, 2), (2, 50)]),
)
movements = st.lists(
    st.sampled_from([*map(str, Kind)]) | regions.map(lambda name: TENSE + name), min_size=1, max_size=3, unique=True
).map(tuple)
_comments = st.builds(Comment, text=spoken.map(str.strip))
_paragraphs = st.builds(Paragraph, inlines=inlines, gate=st.just(Gate()) | gates)
_steps = st.builds(Step, movements=movements, move=inlines, imagine=inlines, gate=st.just(Gate()) | gates)
_leaves = st.lists(_comments | _paragraphs | _steps, max_size=4).map(tuple)
_titles = spoken.map(lambda text: text.strip(" "))
_sections = st.builds(Section, title=_titles, blocks=_leaves, gate=st.just(Gate()) | gates)
_chapters = st.builds(
    lambda title, leaves, sections, gate: Chapter(title=title, blocks=(*leaves, *sections), gate=gate),
    _titles,
    _leaves,
    st.lists(_sections, max_size=2),
    st.just(Gate()) | gates,
)
_values = spoken.filter(lambda text: text == text.strip()) | spoken
_keys = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("title", "technique", "minutes", "positions", "language")
)
_minutes = st.tuples(st.integers(1, 720_000), st.integers(1, 720_000)).map(
    lambda pair: (min(pair) / 1000, max(pair) / 1000)
)
heads = st.builds(
    lambda title, technique, minutes, positions, other: Head(
        title=title,
        technique=technique,
        least_minutes=minutes[0],
        most_minutes=minutes[1],
        positions=positions,
        other=other,
    ),
    _values | st.just(""),
    st.just("") | _values,
    st.just((0, 0)) | _minutes,
    st.lists(st.sampled_from(list(Position)), unique=True).map(tuple),
    st.dictionaries(_keys, _values | st.just(""), max_size=2).map(lambda table: tuple(table.items())),
)
scripts = st.builds(Script, head=heads, chapters=st.lists(_chapters, max_size=3).map(tuple))
"""Trees of every kind of node, as a reader would make them."""
