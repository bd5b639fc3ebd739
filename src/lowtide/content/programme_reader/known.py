"""What a programme may point at: the library's techniques, scripts and articles, and other programmes.

Made by `programme_files` for what ships, and by tests; read by `reading` and `checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lowtide.model.library import Technique
from lowtide.model.programme import Programme
from lowtide.script.nodes import Block, Gate, Head, Script, Section, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is to point at."""

    techniques: tuple[Technique, ...]
    heads: Mapping[str, Head]
    """Each script's head by its name."""
    articles: tuple[str, ...]
    """Names of articles."""
    script: Callable[[str], Script]
    """Give a script by its name."""
    programmes: tuple[str, ...]
    """Names of programmes that one can be equal to."""
    programme: Callable[[str], Programme | None]
    """Give one of them, as far as it can be read; it is not asked what that one is equal to."""

    def technique(self, name: str) -> Technique | None:
        """Look a technique up by its name."""
        return next((one for one in self.techniques if one.name == name), None)

    def scripts(self, technique: str, script: str) -> tuple[str, ...]:
        """Name the scripts that could guide a practice: the one that it names, or all of its technique's."""
        found = self.technique(technique)
        names = (script,) if script else found.scripts if found else ()
        return tuple(name for name in names if name in self.heads)

    def movements(self, scripts: tuple[str, ...]) -> tuple[str, ...]:
        """Name what any of some scripts asks of a body, each once."""
        found = (name for one in scripts for name in movements_of(self.script(one)))
        return tuple(sorted(set(found)))

    def pictured(self, scripts: tuple[str, ...]) -> tuple[str, ...]:
        """Name what any of some scripts surely has pictured by whom it is not cleared for, each once."""
        found = (name for one in scripts for name in pictured_of(self.script(one)))
        return tuple(sorted(set(found)))


def pictured_of(script: Script) -> frozenset[str]:
    """Name every movement that has an imagined way in what is heard of a script at any length and hour."""
    blocks = (block for chapter in script.chapters if _is_always(chapter.gate) for block in chapter.blocks)
    kept = (block for block in blocks if not isinstance(block, Section) or _is_always(block.gate))
    steps = (step for block in kept for step in _steps((block,)))
    return frozenset(name for step in steps if step.imagine and _is_always(step.gate) for name in step.movements)


def _is_always(gate: Gate) -> bool:
    return not (gate.optional or gate.when or gate.unless)


def movements_of(script: Script) -> frozenset[str]:
    """Name every movement that a script's steps ask for."""
    return frozenset(name for chapter in script.chapters for step in _steps(chapter.blocks) for name in step.movements)


def _steps(blocks: tuple[Block, ...]) -> Iterator[Step]:
    for block in blocks:
        if isinstance(block, Step):
            yield block
        elif isinstance(block, Section):
            yield from _steps(block.blocks)
