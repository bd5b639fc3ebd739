"""The reference of the script language: the spec tests and the model in, `docs/reference/script-language.md` out.

Run by `make manual`: `.venv/bin/python tools/script_manual.py`. A test fails while the page is not up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lowtide.model.body import PARTS, SYNONYMS, Part
from lowtide.model.movement import BREATH, LIMB, POSTURE, SPINAL, TENSE, Kind
from lowtide.script.diagnostics import GROUPS, RULES

ROOT = Path(__file__).parent.parent
CHAPTERS = ROOT / "tests" / "spec" / "script"
PAGE = ROOT / "docs" / "reference" / "script-language.md"
CONTROL = {7: "\u2407"}
"""What an example shows in place of a character that nobody can see."""

INTRODUCTION = """\
# The script language

<!-- Made from tests/spec/script and the model by tools/script_manual.py: change it there, then run `make manual`. -->

A guided meditation is written as a Markdown file that a teacher could read aloud as it stands. What the text can not
say by itself stands in square brackets. The tables below hold everything that can be written; the chapters show it.
Each example in them is a test: first the script, then what Lowtide reads in it, and after `---` what it has to say
about it. An error must be mended before a session can be made; a warning need not. Each chapter begins with the
ordinary cases and ends with the mistakes.
"""

MARKS = (
    ("# NAME", "a chapter, to which the player can jump", "# Arriving"),
    ("## NAME", "a section inside a chapter", "## The left side"),
    ("%% NOTE", "a note for the author, never spoken", "%% Shorten this."),
    ("…", "a short pause inside a sentence", "And rest… for now."),
    ("[TIME]", "a pause, stretched or shrunk a little to the session's length", "[8s]"),
    ("[TIME exactly]", "a pause that is never stretched", "[8s exactly]"),
    ("[silence TIME-TIME]", "open practice: takes up the length that is left", "[silence 30s-10m]"),
    ("[breathe IN-OUT xN]", "N paced breaths, in seconds", "[breathe 4-6 x5]"),
    ("[breathe IN-HOLD-OUT xN]", "the same with the breath held, for whoever may", "[breathe 4-2-6 x5]"),
    ("[breathe at my pace]", "breaths of one's own, in silence", "[breathe at my pace]"),
    ("[attend REGION]", "where the attention goes", "[attend lower-back]"),
    ("[attend place]", "wherever the listener has said it hurts", "[attend place]"),
    ("[bell]", "a singing bowl", "[bell]"),
    ("[soft]", "a softer voice, up to the paragraph's end", "[soft] Rest."),
    ("[slow]", "a slower voice, up to the paragraph's end", "[slow] Rest."),
    ("[say: WORD=SPOKEN]", "how a word is spoken from there on", "[say: lumbar=LUM-bar]"),
    ("{ONE|ANOTHER}", "one of several wordings", "{Rest.|Let go.}"),
    ("{place}, {side}, {name}", "filled in from the profile", "Let {place} rest."),
    ("> move KIND: WORDS", "words that ask for a movement", "> move arm-raise: Lift your arms."),
    (
        "> imagine: WORDS",
        "what is said instead to whoever is not cleared for it",
        "> imagine: Picture your arms lifting.",
    ),
    ("[tense REGION TIME]", "muscles held, inside a move", "[tense hands 6s]"),
    ("[release TIME]", "letting go, and the pause after it", "[release 30s]"),
    ("[lying], [reclined], [sitting], [standing], [walking]", "only in these positions", "[lying] [reclined] Rest."),
    ("[when FACT]", "only where it holds: a region that hurts, a condition, an hour", "[when lower-back] Rest."),
    ("[unless FACT]", "only where it does not hold", "[unless pregnant] Rest."),
    ("[optional N]", "left out first where the session is short; 1 goes last", "[optional 2] Rest."),
    ("[repeat N-N]", "so many rounds, as the length allows", "# Rounds [repeat 2-6]"),
    ("\\", "the next sign is spoken as it is", "\\[aside\\]"),
)
"""Everything that can be written: how, what it means, an example."""
_MOVES = (
    ("The spine and neck", SPINAL),
    ("Arms and legs", LIMB),
    ("Breath", BREATH),
    ("Being placed, and getting about", POSTURE),
)


def page() -> str:
    """Make the whole page."""
    chapters, codes = [*_chapters()], [*_codes()]
    tables = [*_marks(), *_kinds(), *_regions()]
    return "\n".join([INTRODUCTION, *_contents([*tables, *chapters, *codes]), *tables, *chapters, *codes])


def _contents(lines: list[str]) -> Iterator[str]:
    """List the chapters with links to them."""
    for line in lines:
        title = line.partition("\n")[0]
        if title.startswith("## "):
            name = title.removeprefix("## ")
            yield f"- [{name}](#{anchor(name)})"
    yield ""


def anchor(title: str) -> str:
    """Name a heading as a link does: small letters, hyphens for spaces, no other signs."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _marks() -> Iterator[str]:
    yield "## All marks\n\n| written | means | example |\n|---|---|---|"
    for written, means, example in MARKS:
        yield f"| {_code(written)} | {means} | {_code(example)} |"
    yield "\nA TIME is written `8s`, `2m`, `1m30s` or `1.5s`. An empty line ends a paragraph, and is a pause.\n"


def _kinds() -> Iterator[str]:
    yield "## All kinds of movement\n\n| part | kinds for `> move KIND: …` |\n|---|---|"
    for name, kinds in _MOVES:
        yield f"| {name} | {', '.join(_code(kind) for kind in Kind if kind in kinds)} |"
    yield f"| Muscles held | `{TENSE}REGION`, such as `{TENSE}hands`, with any region below |\n"


def _regions() -> Iterator[str]:
    yield "## All regions\n\nLeft and right are the listener's own. A region that holds another means it, too.\n"
    yield "| region | one side | part of | also read |\n|---|---|---|---|"
    for part in PARTS:
        also = ", ".join(_code(word) for word, name in SYNONYMS.items() if name == part.name)
        yield f"| `{part.name}` | {_sides(part)} | {_code(part.group) if part.group else ''} | {also} |"
    yield ""


def _sides(part: Part) -> str:
    one = part.one.replace(" ", "-") if part.paired else part.name
    return f"`left-{one}`, `right-{one}`" if part.paired or part.halved else ""


def _code(text: str) -> str:
    return f"`{text}`".replace("|", r"\|") if not text.endswith("\\") else f"`` {text} ``"


def _chapters() -> Iterator[str]:
    for folder in sorted(path for path in CHAPTERS.iterdir() if path.is_dir()):
        about = (folder / "ABOUT.md").read_text(encoding="utf-8")
        yield "#" + about
        for source in sorted((path for path in folder.glob("*.md") if path.stem != "ABOUT"), key=_order):
            yield from _example(source)


def _order(source: Path) -> tuple[int, str]:
    """Put what is right first, then what is warned of, then errors."""
    _, _, findings = source.with_suffix(".expected").read_text(encoding="utf-8").partition("\n---\n")
    return 2 if re.search(r"^error ", findings, re.MULTILINE) else 1 if findings.strip() else 0, source.stem


def _example(source: Path) -> Iterator[str]:
    says, _, expected = source.with_suffix(".expected").read_text(encoding="utf-8").partition("\n")
    script = source.read_text(encoding="utf-8").translate(CONTROL)
    yield f"### {source.stem.replace('-', ' ').capitalize()}\n\n{says.removeprefix('# ')}\n"
    yield f"~~~markdown\n{script.rstrip()}\n~~~\n"
    yield f"~~~text\n{expected.rstrip()}\n~~~\n"


def _codes() -> Iterator[str]:
    yield "## Every code\n"
    for start, group in GROUPS.items():
        yield f"### {start}: {group}\n\n| code | | message | hint |\n|---|---|---|---|"
        for rule in RULES.values():
            if rule.code.startswith(start):
                weight = "error" if rule.is_error else "warning"
                yield f"| {rule.code} | {weight} | {_cell(rule.message)} | {_cell(rule.hint)} |"
        yield ""


def _cell(text: str) -> str:
    """Write a message's template as a cell of a table; what is filled in stands in braces."""
    return text.replace("\\", r"\\").replace("{{", "{").replace("}}", "}").replace("|", r"\|").replace(">", r"\>")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
