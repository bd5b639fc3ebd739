"""A session's parts and what was said so far in, the parts that are still to come out.

Called by `switch`. Law: nothing that stands before the last words in the script comes again, except in the rounds that
its group still has; the block that was under way goes on behind those words, a movement that was under way does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lowtide.model.session import Breath, Group, Part, Phrase, Step

Path = tuple[int, ...]


def rest_of(parts: tuple[Group, ...], said: Sequence[Path]) -> tuple[Group, ...]:
    """Leave out what was said: `said` are the places of all words so far, in the order of speaking."""
    if not said:
        return parts
    repeated = tuple(group.path for group in _groups(parts) if group.most_rounds > 1)
    chapters: list[Group] = []
    for chapter in parts:
        if chapter.path and said[-1][: len(chapter.path)] == chapter.path:
            left = tuple(_under_way(chapter, said, repeated))
            chapters = [Group(title=chapter.title, parts=left, line=chapter.line, path=chapter.path)] if left else []
        elif chapter.path <= said[-1]:
            chapters = []
        else:
            chapters.append(chapter)
    return tuple(chapters)


def _rest(parts: tuple[Part, ...], said: Sequence[Path], repeated: tuple[Path, ...]) -> tuple[Part, ...]:
    place, kept = said[-1], list[Part]()
    for part in parts:
        at = _place(part)
        if isinstance(part, Group) and at and place[: len(at)] == at:
            kept = list(_under_way(part, said, repeated))
        elif at and at <= place:
            kept.clear()
        else:
            kept.append(part)
    return tuple(kept)


def _under_way(group: Group, said: Sequence[Path], repeated: tuple[Path, ...]) -> Iterator[Part]:
    """Give the rest of the round that was begun, and the rounds after it."""
    done = _round(group.path, said, repeated)
    yield from _rest(group.round(done), said, repeated)
    later = _later(group, done + 1)
    if later:
        yield replace(later, title="")


def _later(group: Group, done: int) -> Group | None:
    if done >= group.most_rounds:
        return None
    turns = 1 + len(group.variants)
    wordings = [group.round(done + index) for index in range(turns)]
    return replace(
        group,
        parts=wordings[0],
        variants=tuple(wordings[1:]),
        optional=0 if group.least_rounds > done else max(1, group.optional),
        least_rounds=max(1, group.least_rounds - done),
        most_rounds=group.most_rounds - done,
    )


def _round(path: Path, said: Sequence[Path], repeated: tuple[Path, ...]) -> int:
    """Count from 0 which round of a group the last words belong to: each step back begins one.

    A step back inside a group within it is a round of that one.
    """
    mine = [place for place in said if place[: len(path)] == path]
    inner = [one for one in repeated if len(one) > len(path) and one[: len(path)] == path]
    back = [(a, b) for a, b in pairwise(mine) if b <= a]
    return sum(not any(a[: len(one)] == one == b[: len(one)] for one in inner) for a, b in back)


def _place(part: Part) -> Path:
    match part:
        case Group():
            return part.path
        case Phrase():
            return part.path
        case Breath():
            return next((words.path for words in (part.in_words, part.hold_words, part.out_words) if words), ())
        case Step():
            return next((found for inner in part.parts if (found := _place(inner))), ())
        case _:
            return ()


def _groups(parts: tuple[Part, ...]) -> Iterator[Group]:
    for part in parts:
        if isinstance(part, Group):
            yield part
            yield from _groups(part.parts)
        elif isinstance(part, Step):
            yield from _groups(part.parts)
