"""Plain text in, a script and the report of every guess out. Called by `lowtide import` and by the editor.

Laws: any text with words in it gives a script that reads without errors; a word of it that is not spoken is set aside
or stands in a guess; the time is linear in the text's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lowtide.errors import UserError
from lowtide.script.importing.breaths import paced
from lowtide.script.importing.chapters import Plain, chapters, head
from lowtide.script.importing.hearing import Listening
from lowtide.script.importing.layout import lay_out
from lowtide.script.importing.lines import clean_lines
from lowtide.script.importing.outcome import Import, Notes
from lowtide.script.importing.sections import sort_out
from lowtide.script.importing.steps import blocks
from lowtide.script.nodes import Block, Chapter, Comment, Inline, Paragraph, Script, Step, Text
from lowtide.script.reader import read
from lowtide.script.writer import write

LONGEST_TEXT = 1_500_000
"""Characters: room for what the import adds below what a script may hold."""
LEAST_TEXT_SHARE = 0.9
"""With fewer characters that a text can hold it is another kind of file."""
_LOOKED_AT = 20_000


def import_text(text: str, *, title: str = "") -> Import:
    """Make a script of plain text; `title` is taken where the text has none.

    Raises `UserError` where there are no words, where it is no text, and above `LONGEST_TEXT` characters.

    >>> print(import_text("Let your hands rest. (pause for 8 seconds)", title="Hands").text.split("# ")[1].strip())
    The practice
    <BLANKLINE>
    [attend hands] Let your hands rest. [8s]
    """
    _refuse(text)
    for strict in (True, False):
        notes = Notes()
        script = _script(text, title, notes, strict=strict)
        if script.chapters:
            return _checked(script, notes)
    raise UserError("There is nothing in this text that a guide could say.", hint="Give it the words of a practice.")


def _refuse(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise UserError(
            f"The text has {len(text):,} characters, more than one script can hold.",
            hint=f"Import it in parts of at most {LONGEST_TEXT:,}.",
        )
    if not text.strip():
        raise UserError("The text is empty.", hint="Give it the words of a practice.")
    sample = text[:_LOOKED_AT]
    odd = sum(1 for c in sample if c == "\ufffd" or (ord(c) < 32 and c not in "\t\n\r\x0b\x0c"))
    if odd > (1 - LEAST_TEXT_SHARE) * len(sample):
        raise UserError("This is not plain text.", hint="Save the document as plain text first.")
    if not any(c.isalpha() for c in text):
        raise UserError("There are no words in this text.", hint="Give it the words of a practice.")


def _script(text: str, title: str, notes: Notes, *, strict: bool) -> Script:
    items = lay_out(clean_lines(text, notes), notes, strict=strict)
    found = sort_out(items, notes, strict=strict)
    name = found.title or title
    state = Listening(is_imagery=_is_scene(name))
    made: list[tuple[str, int, Sequence[Plain]]] = []
    for section in found.sections:
        breathing = paced(section.pieces, notes)
        made.append((section.title, section.line, blocks(breathing, state, notes)))
    parts = chapters(made, [said.text for said in found.safety], found.comments, notes)
    if not any(_is_spoken(chapter) for chapter in parts):
        return Script(head=head(name, (), "", Notes()), chapters=())
    return Script(head=head(name, parts, text, notes), chapters=parts)


def _is_scene(title: str) -> bool:
    low = title.lower()
    return any(
        word in low for word in ("imagery", "visualis", "visualiz", "beach", "forest", "garden", "journey", "trip")
    )


def _is_spoken(chapter: Chapter) -> bool:
    return any(isinstance(block, Step | Paragraph) and _says(block) for block in chapter.blocks)


def _says(block: Step | Paragraph) -> bool:
    inlines: tuple[Inline, ...] = block.inlines if isinstance(block, Paragraph) else block.move
    return any(isinstance(inline, Text) for inline in inlines)


def _checked(script: Script, notes: Notes) -> Import:
    """Write the script and read it back; what the language can not hold is set aside rather than handed on broken."""
    text = write(script)
    reading = read(text)
    if reading.has_errors:
        lines = {finding.line for finding in reading.diagnostics if finding.is_error}
        script = replace(reading.script, chapters=tuple(_mended(one, lines, notes) for one in reading.script.chapters))
        text = write(script)
    return Import(
        text=text,
        guesses=tuple(sorted(notes.guesses, key=lambda guess: (guess.line == 0, guess.line))),
        set_aside=tuple(sorted(notes.set_aside, key=lambda aside: aside.line)),
        movements=tuple(sorted(notes.movements, key=lambda step: step.line)),
    )


def _mended(chapter: Chapter, lines: set[int], notes: Notes) -> Chapter:
    """Turn each block with an error in it into a comment."""
    kept: list[Block] = []
    for block in chapter.blocks:
        broken = any(line in lines for line in range(block.span.line, block.span.end_line + 1))
        if broken and isinstance(block, Paragraph | Step):
            inlines = block.inlines if isinstance(block, Paragraph) else block.move
            words = " ".join(inline.text for inline in inlines if isinstance(inline, Text))
            notes.aside(0, words, "the script language can not hold it", 0.3)
            kept.append(Comment(text=words))
        else:
            kept.append(block)
    return replace(chapter, blocks=tuple(kept))
