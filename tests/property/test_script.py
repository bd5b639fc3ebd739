"""The script language, held to its laws over any text and any tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from lowtide.script import read, write
from lowtide.script.movements import asked_for
from lowtide.script.nodes import Node, Script
from property.script_trees import anything, scripts, structured


@settings(max_examples=400)
@given(anything)
def test_any_text_gives_a_tree_and_diagnostics_in_order(text: str) -> None:
    reading = read(text)
    places = [(diagnostic.line, diagnostic.column) for diagnostic in reading.diagnostics]
    assert places == sorted(places)
    assert reading.has_errors == any(diagnostic.is_error for diagnostic in reading.diagnostics)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, column in places:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@settings(max_examples=400)
@given(anything)
def test_what_is_written_back_reads_as_the_same_tree(text: str) -> None:
    script = read(text).script
    assert read(write(script)).script == script


@settings(max_examples=200)
@given(scripts)
def test_any_tree_is_written_without_loss(script: Script) -> None:
    assert read(write(script)).script == script


@settings(max_examples=100)
@given(scripts)
def test_every_node_points_into_its_text(script: Script) -> None:
    text = write(script)
    lines = text.split("\n")
    for node in _nodes(read(text).script):
        span = node.span
        if span.line:
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1


@given(structured)
def test_asking_for_movements_takes_any_text(text: str) -> None:
    assert len(set(asked_for(text))) == len(asked_for(text))


HOSTILE = (
    "{",
    "}",
    "[",
    "]",
    "|",
    "\\",
    "#",
    "# ",
    ">",
    "> ",
    "%%",
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\ud800",
    "\u2028",
    "\ufeff",
    "a",
    "a ",
    "1",
    "{a|",
    "{x}",
    "{a|b}",
    "{[8s]|",
    "{a|{b|",
    "[8s]",
    "[x]",
    "[attend x]",
    "[when x] a\n",
    "[lying]",
    "> [lying] ",
    "> move a,",
    "> move: a\n",
    "> imagine: a\n",
    "# a\n",
    "a\n\n",
    "a\n%%\n",
    "---\n",
    "a: ",
    "---\na: b\n",
    '---\ntitle: "\\',
    "*a",
    "_a",
    "<a",
    "- - ",
    "you must ",
    "lift your arms. ",
    "do not ",
    ", ly",
)
"""What a stranger might send a megabyte of."""


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    """Ten times the text is at most about ten times the tokens, whatever it is made of."""
    few, many = (read((piece * length)[:length]).steps for length in (5_000, 50_000))
    assert many <= 11 * few + 50


@pytest.mark.parametrize("piece", ["{", "[", "#", ">", "%%", "\n", "{a|", "a", "\x00", "\ud800", "\r\n", "\t"])
def test_a_megabyte_of_anything_is_read_to_its_end(piece: str) -> None:
    """The reader comes back with a tree that can be written, and a report of bearable length."""
    reading = read((piece * 1_000_000)[:1_000_000])
    assert len(reading.diagnostics) <= 201
    assert write(reading.script).startswith("---\n")


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
        for name in value.__dataclass_fields__:
            yield from _nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
