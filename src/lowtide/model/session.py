"""A session before it has times: what is said and done, and what may still be dropped, repeated or stretched.

Made by `compose.resolve` from a plan and a script (variants, slots and movements are decided), read by `speak` (which
phrases) and by `compose.fit` (which turns it into a timeline). Law: nothing in it is forbidden by the plan's clearance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lowtide.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A stretch of speech without a pause in it: what one clip holds."""

    text: str
    """What captions and transcript show."""
    spoken: str
    """What the voice engine is given; differs from `text` where a pronunciation was written."""
    soft: bool = False
    """True for a quieter voice."""
    slow: bool = False
    """True for a slower voice."""
    path: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Its place in the script: script, chapter, block …, and which phrase of the block; later places are greater. The
    same in every round, wording and clearance, so that a session can be left in one and taken up in another."""

    @property
    def key(self) -> tuple[str, bool]:
        """What the clip depends on; soft is only loudness, so it shares the clip."""
        return (self.spoken, self.slow)

    def at(self, path: tuple[int, ...]) -> Phrase:
        """Give the same words at their place; by itself, because `replace` takes three times as long."""
        return Phrase(text=self.text, spoken=self.spoken, soft=self.soft, slow=self.slow, path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An elastic silence between two phrases."""

    natural_ms: int
    least_ms: int
    most_ms: int
    """Equal to `natural_ms` and `least_ms` where the silence is rigid."""
    is_open: bool = False
    """True for open practice, which takes up spare length before any other silence is stretched."""
    releases: str = ""
    """The region that this silence is the release of (`[release 30s]`), or empty."""

    def __post_init__(self) -> None:
        assert 0 <= self.least_ms <= self.natural_ms <= self.most_ms, self


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """One paced breath. Its length is rigid; its words lie inside their phases."""

    in_ms: int
    hold_ms: int
    """0 for a breath without a hold."""
    out_ms: int
    in_words: Phrase | None = None
    hold_words: Phrase | None = None
    out_words: Phrase | None = None

    @property
    def length_ms(self) -> int:
        """The whole breath, in milliseconds."""
        return self.in_ms + self.hold_ms + self.out_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend:
    """From here on the attention rests at a region, until the next one or the chapter's end."""

    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tense:
    """Muscles of a region are tensed for a rigid time."""

    region: str
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """A singing bowl is struck; it rings on over what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A movement that is done, or only imagined."""

    movements: tuple[str, ...]
    """Controlled movements, as the script named them."""
    imagined: bool
    """True where the listener is only asked to picture it."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Parts that are kept, dropped or repeated together: a chapter, a section or a paragraph."""

    title: str
    """The chapter's name; empty for a section or a paragraph."""
    parts: tuple[Part, ...]
    optional: int = 0
    """0 must stay; a higher number is dropped first."""
    least_rounds: int = 1
    most_rounds: int = 1
    line: int = 0
    """The script's line that it begins on, so that `info` can say what was dropped."""
    path: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Its place in the script, with which the paths of all phrases in it begin."""
    variants: tuple[tuple[Part, ...], ...] = ()
    """What the second and later rounds say instead, in turn, so that a round does not repeat its wording; each with the
    same inner groups as `parts`. Empty where every round is the same."""

    def __post_init__(self) -> None:
        assert 1 <= self.least_rounds <= self.most_rounds, self

    def round(self, index: int) -> tuple[Part, ...]:
        """Give the parts of one round, counted from 0."""
        turn = index % (1 + len(self.variants))
        return self.variants[turn - 1] if turn else self.parts


Part = Phrase | Pause | Breath | Attend | Tense | Bell | Step | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Everything that fitting needs besides the spoken lengths."""

    plan: Plan
    title: str
    language: str
    """BCP 47, such as `en`."""
    parts: tuple[Group, ...]
    """The chapters in order; the first holds the safety line."""
    settle_ms: int
    """Soundscape alone at the start: the time to settle."""
    close_ms: int
    """Soundscape alone at the end, under which it fades."""

    def phrases(self) -> Iterator[Phrase]:
        """Yield every phrase that any fitting of this session could speak, in order, with repetitions."""
        yield from _phrases(self.parts)


def _phrases(parts: tuple[Part, ...]) -> Iterator[Phrase]:
    for part in parts:
        if isinstance(part, Phrase):
            yield part
        elif isinstance(part, Breath):
            yield from (words for words in (part.in_words, part.hold_words, part.out_words) if words)
        elif isinstance(part, Step):
            yield from _phrases(part.parts)
        elif isinstance(part, Group):
            for parts in (part.parts, *part.variants):
                yield from _phrases(parts)
