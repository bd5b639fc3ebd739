"""What can be wrong with a script: a code and a place in, a clear line with a hint out.

Made by every stage of reading; shown by `lowtide check`, the editor and the manual. Law: the table `RULES` is the only
place where a code, its weight and its words stand. To add a rule, add a row here and a pair to `tests/spec/script`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lowtide.script.limits import LONGEST_NAME, MOST_KEPT, MOST_SHOWN
from lowtide.script.nodes import Span


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    code: str
    is_error: bool
    """True where no session can be made before it is mended."""
    message: str
    """What is wrong; `{…}` is filled in."""
    hint: str
    """What would work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """Something to mend in a script, and where."""

    code: str
    message: str
    hint: str
    line: int
    """From 1."""
    column: int
    """From 1."""
    is_error: bool

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.line}:{self.column} {self.code} {self.message}{hint}"


GROUPS = {
    "S1": "The head",
    "S2": "Marks",
    "S3": "Choices and slots",
    "S4": "Movement",
    "S5": "Structure",
    "S6": "Limits",
    "S7": "Style",
}
"""What the codes' first digit means."""


def _error(code: str, message: str, hint: str) -> Rule:
    return Rule(code, True, message, hint)


def _warning(code: str, message: str, hint: str) -> Rule:
    return Rule(code, False, message, hint)


_ROWS = (
    _warning("S101", "The script has no head.", "Begin with a line ---, then title: and positions:, then ---."),
    _error("S102", "The head is never closed.", "Put a line --- after its last key."),
    _warning("S103", "The script has no title{taken}.", "Write title: in the head."),
    _warning("S104", "'{line}' is no key with a value.", "The head holds lines such as title: Resting."),
    _warning("S105", "The head's key '{key}' is not known.", "{near}"),
    _error("S106", "The key '{key}' stands twice in the head.", "Keep one of them; the first counts."),
    _error("S107", "There is no position '{name}'.", "{near}"),
    _error("S108", "'{value}' is not a range of minutes.", "Write minutes: 10 or minutes: 5-40, at most 720."),
    _warning("S109", "'{value}' is not a language.", "Write a code such as en, de or pt-BR."),
    _warning("S110", "'{value}' is not a technique's name.", "Write it like body-scan."),
    _error("S201", "This [ is never closed.", r"Put ] after the mark, or write \[ for a bracket that is spoken."),
    _error("S202", "This ] closes nothing.", r"Put [ before the mark, or write \] for a bracket that is spoken."),
    _error("S203", "There is no mark [{mark}].", "{near}"),
    _error("S204", "[{mark}] does not say what it needs.", "Write it like {form}."),
    _error("S205", "[{mark}] is impossible: {why}.", "Write it like {form}."),
    _error("S206", "There is no body region '{name}'.", "{near}"),
    _error("S207", "Nothing is ever known as '{name}'.", "{near}"),
    _error("S208", "In [{mark}] the {phase} is shorter than its words.", "Give it {least} or more."),
    _error("S209", "[{mark}] stands in the middle of a paragraph.", "Put it at the paragraph's start."),
    _error("S210", "[{mark}] comes a second time.", "Keep one of them."),
    _error("S211", "[{mark}] can not stand in a heading.", "Put it into a paragraph below."),
    _error(
        "S301", "This {{ is never closed.", r"Put }} after the last wording, or write \{{ for a brace that is spoken."
    ),
    _error(
        "S302", "This }} closes nothing.", r"Put {{ before the first wording, or write \}} for a brace that is spoken."
    ),
    _error("S303", "There is nothing to read for {{{name}}}.", "{near}"),
    _error("S304", "There is nothing to say in these braces.", "Write {{one wording|another}} or {{place}}."),
    _warning("S305", "This choice has the same wording twice.", "Write another, or leave one out."),
    _error("S306", "A heading is always the same: it can not hold braces.", "Write the heading's one name."),
    _error("S401", "This move has no imagine.", "Write the same step, only imagined, on the next line: > imagine: …"),
    _error("S402", "This imagine has no move.", "Put > move KIND: … before it, or write it as a paragraph."),
    _error("S403", "There is no movement '{name}'.", "{near}"),
    _error("S404", "This move does not say which movement it is.", "Write > move KIND: and then the words."),
    _error("S405", "This {part} has no words.", "Write after the colon what the guide says."),
    _warning("S406", "This seems to ask for {movements}.", "Write it as > move {movements}: … with > imagine: …"),
    _warning("S407", "This imagine seems to ask for {movements}.", "Say that it is only pictured, without moving."),
    _warning("S408", "This move seems to ask for {movements} too.", "Name it as well: > move {all}: …"),
    _warning("S409", "[{mark}] stands outside a step.", "Write it inside > move tense:{region}: … with > imagine: …"),
    _error("S410", "This move does not name the tension of [{mark}].", "Add it: > move tense:{region}: …"),
    _error("S411", "An imagine can not hold [{mark}].", "Only let go there, with [release 30s]."),
    _error("S412", "The imagine's own [{mark}] is not used.", "Put it before move; the two share it."),
    _error("S413", "'{start}' is neither move nor imagine.", "Write > move KIND: … or > imagine: …"),
    _warning("S414", "This seems to pace the breath.", "Write it as [breathe 4-6 x5], which can be left or slowed."),
    _warning("S501", "Headings go two deep.", "Write # for a chapter and ## for a section; this is read as a section."),
    _error("S502", "Nothing is said or done in this script.", "Write what the guide says."),
    _warning("S503", "This is never heard: {why}.", "Change the mark, or leave it out."),
    _warning("S504", "There is nothing under this {what}.", "Write what is said there, or leave it out."),
    _warning("S505", "This heading has no name.", "Give it one: the player shows it."),
    _warning("S506", "This quote is spoken as a paragraph.", "Leave out the >, which is for move and imagine."),
    _warning(
        "S507", "This line is no longer part of the step above.", "Begin it with > or leave a line empty before it."
    ),
    _error("S601", "The script is longer than {most} characters.", "Write several scripts."),
    _error("S602", "The script has more than {most} {what}.", "Write several scripts."),
    _error("S603", "Choices go {most} deep at most.", "Write the wordings one beside the other: {{a|b|c}}."),
    _error("S604", "A choice has {most} wordings at most.", "Keep the best ones."),
    _error("S605", "Rounds inside rounds come to {count}, and {most} is the most.", "Repeat less."),
    _error("S606", "With every round taken, {count} breaths are paced, and {most} is the most.", "Repeat less."),
    _error("S607", "With every round taken, {count} words are spoken, and {most} is the most.", "Repeat less."),
    _error("S608", "This paragraph is longer than {most} characters.", "Leave a line empty where the guide rests."),
    _warning("S609", "There is more to mend: {count} more.", "Mend these first."),
    _error("S701", "No voice can say the character {character}.", "Take it out."),
    _warning("S702", "A heading needs a space after its #.", r"Write # Name, or \# for a sign that is spoken."),
    _warning("S703", "'{what}' would be spoken as it stands.", "{how}"),
    _warning("S704", "A line drawn across the page says nothing.", "Leave it out; an empty line ends a paragraph."),
    _warning("S705", "'{words}' gives an order.", "Invite instead: if you like, you may, when you are ready."),
    _warning("S706", "{count} words follow without a rest.", "End the sentence earlier, or put a silence into it."),
    _warning("S707", "'{words}' claims more than anyone knows.", "Say plainly what is done, and what may be noticed."),
    _warning(
        "S708",
        "{count} movements are asked for, and nothing says when to stop.",
        "Say once, near the first: if anything is sharp, spreads or stays, stop and rest.",
    ),
    _warning("S709", "Three sentences in a row begin with '{word}'.", "Begin one of them otherwise."),
    _warning(
        "S710",
        "'{words}' fits one place or several, not both.",
        "Write {slot} can …, or turn it: let {slot} …, or how is it at {slot}.",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _ROWS}
"""Every rule by its code."""

Place = tuple[int, int] | Span
"""A line and a column, or a node's span, whose start counts."""


class Findings:
    """Collects what is wrong. Counts everything, keeps the first `MOST_KEPT`; other texts bring their own table."""

    def __init__(self, rules: Mapping[str, Rule] = RULES) -> None:
        self.rules = rules
        self.kept: list[Diagnostic] = []
        self.count = 0
        self.has_errors = False

    def add(self, code: str, at: Place, **values: object) -> None:
        """Note that rule `code` is broken at a place, with what fills its words."""
        rule = self.rules[code]
        self.count += 1
        self.has_errors = self.has_errors or rule.is_error
        if len(self.kept) >= MOST_KEPT:
            return
        line, column = (at.line, at.column) if isinstance(at, Span) else at
        filled = {name: shown(str(value)) for name, value in values.items()}
        message, hint = rule.message.format(**filled), rule.hint.format(**filled)
        self.kept.append(
            Diagnostic(code=code, message=message, hint=hint, line=line, column=column, is_error=rule.is_error)
        )


def in_order(stages: Iterable[Findings]) -> tuple[Diagnostic, ...]:
    """Sort what all stages found by place, errors first at the same place, and cut it at `MOST_SHOWN`."""
    stages = tuple(stages)
    found = sorted(
        (diagnostic for stage in stages for diagnostic in stage.kept),
        key=lambda one: (one.line, one.column, not one.is_error, one.code),
    )
    shown_first = found[:MOST_SHOWN]
    left = sum(stage.count for stage in stages) - len(shown_first)
    if left:
        last, more = shown_first[-1], Findings()
        more.add("S609", (last.line, last.column), count=left)
        shown_first += more.kept
    return tuple(shown_first)


_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def shown(text: str) -> str:
    r"""Make a piece of a script fit to stand in a message: on one line, short, and nothing invisible.

    >>> shown("a\nb" + "c" * 200)[:8]
    'a bccccc'
    """
    plain = _UNSHOWABLE.sub(" ", text[: 4 * LONGEST_NAME])
    return plain if len(plain) <= 2 * LONGEST_NAME else plain[: 2 * LONGEST_NAME - 1] + "…"


@lru_cache(maxsize=4096)
def nearest(name: str, known: tuple[str, ...], form: str = "{}", otherwise: str = "") -> str:
    """Suggest the known name that looks most like this one; otherwise a sentence that says what there is.

    >>> nearest("lieing", ("lying", "sitting"))
    'Perhaps lying?'
    """
    from difflib import get_close_matches

    near = get_close_matches(name[:LONGEST_NAME], known, n=1, cutoff=0.7)
    if near:
        return f"Perhaps {form.format(near[0])}?"
    return otherwise or f"There are {', '.join(form.format(one) for one in known[:8])}."
