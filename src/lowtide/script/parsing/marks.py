"""What stands in square brackets: the words between `[` and `]` in, a node, a part of a gate or a problem out.

Called by the inline parser. To add a mark, write its reader and add it to `_READERS` and `FORMS`; the writer, a pair in
`tests/spec/script` and the checker's tests will ask for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from lowtide.model.facts import KNOWN, REGION_WORDS
from lowtide.model.movement import Position
from lowtide.model.time import MS_PER_MINUTE, MS_PER_SECOND
from lowtide.script import limits
from lowtide.script.diagnostics import nearest
from lowtide.script.nodes import Attend, Bell, Breathe, Inline, Open, Release, SayAs, Silence, Slow, Soft, Span, Tense

PLACE = "place"
"""`[attend place]`: wherever the listener has said it hurts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a mark can not be read: a code, and what fills its words."""

    code: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class GateMark:
    """One mark of a gate."""

    kind: Literal["position", "when", "unless", "optional", "repeat"]
    names: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


Mark = Inline | GateMark | Problem

FORMS = {
    "silence": "[silence 30s-10m]",
    "breathe": "[breathe 4-6 x5]",
    "attend": "[attend lower-back]",
    "tense": "[tense hands 6s]",
    "release": "[release 30s]",
    "bell": "[bell]",
    "soft": "[soft]",
    "slow": "[slow]",
    "say": "[say: lumbar=LUM-bar]",
    "when": "[when lower-back]",
    "unless": "[unless pregnant]",
    "optional": "[optional 2]",
    "repeat": "[repeat 2-6]",
    "lying": "[lying]",
    "reclined": "[reclined]",
    "sitting": "[sitting]",
    "standing": "[standing]",
    "walking": "[walking]",
}
"""How each mark is written, for hints."""
GATES = ("when", "unless", "optional", "repeat", *Position)
"""The words that a gate's mark begins with."""
MEANT = {
    "pause": "[8s]", "wait": "[8s]", "rest": "[8s]", "break": "[8s]", "stop": "[8s]", "hold": "[breathe 4-2-6 x5]",
    "breath": "[breathe 4-6 x5]", "inhale": "[breathe 4-6 x5]", "exhale": "[breathe 4-6 x5]", "gong": "[bell]",
    "chime": "[bell]", "ring": "[bell]", "quiet": "[soft]", "whisper": "[soft]", "if": "[when lower-back]",
    "not": "[unless pregnant]", "focus": "[attend lower-back]", "feel": "[attend lower-back]",
    "music": "[silence 30s-10m]",
}  # fmt: skip
"""What someone probably means who writes another word."""

_TIME = re.compile(
    r"(?:(\d{1,5}(?:\.\d{1,3})?) ?(?:m|min|mins|minute|minutes))?"
    r" ?(?:(\d{1,5}(?:\.\d{1,3})?) ?(?:s|sec|secs|second|seconds))?",
    re.ASCII,
)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_BREATHS = re.compile(r"([\d. -]{1,40}?)(?: ?[x×] ?(\d{1,6}))?", re.ASCII)
_ROUNDS = re.compile(r"x? ?(\d{1,6})(?: ?(?:-|to) ?(\d{1,6}))?", re.ASCII)


def read_mark(content: str, span: Span) -> Mark:
    """Read what stands between the brackets. Takes anything; what it does not know is a `Problem`.

    >>> read_mark("8s exactly", Span(1, 1, 1, 13))
    Silence(natural_ms=8000, exactly=True)
    >>> read_mark("atend hips", Span(1, 1, 1, 13)).code
    'S203'
    """
    mark = _read(content)
    return mark if isinstance(mark, GateMark | Problem) else replace(mark, span=span)


def _read(content: str) -> Mark:
    plain = " ".join(content.split()).replace("–", "-").replace("−", "-")
    word, _, rest = plain.partition(" ")
    name = word.lower().rstrip(":,")
    if plain[:1].isdigit():
        return _silence(plain)
    if name == "say" or word.lower().startswith("say:"):
        return _say(content)
    if name in tuple(Position):
        return _positions(plain)
    reader = _READERS.get(name)
    if reader is None:
        otherwise = f"Perhaps {MEANT[name]}?" if name in MEANT else r"For a bracket that is spoken, write \[."
        near = otherwise if name in MEANT else nearest(name, tuple(FORMS), "[{}]", otherwise)
        return Problem("S203", {"mark": plain, "near": near})
    return reader(plain, rest.strip().lower())


def time_ms(text: str) -> int | None:
    """Read a length of time such as `8s`, `2m`, `1m30s` or `1.5 seconds`; None for anything else.

    >>> time_ms("8s"), time_ms("1m30s"), time_ms("2 minutes"), time_ms("soon"), time_ms("")
    (8000, 90000, 120000, None, None)
    """
    match = _TIME.fullmatch(text.strip())
    if not match or not any(match.groups()):
        return None
    minutes, seconds = match.groups()
    return round(float(minutes or 0) * MS_PER_MINUTE) + round(float(seconds or 0) * MS_PER_SECOND)


def name_of(text: str) -> str:
    """Put a name into the shape of the controlled ones.

    >>> name_of(" Lower  Back ")
    'lower-back'
    """
    return "-".join(text.lower().replace("_", " ").split())


def known_region(name: str) -> str | None:
    """Give a region's controlled name, whichever of its words is used; None where there is none."""
    return REGION_WORDS.get(name_of(name))


def near_region(name: str) -> str:
    """Suggest a region."""
    return nearest(name_of(name), tuple(REGION_WORDS), otherwise="There are lower-back, upper-back, left-hip and more.")


def _form(name: str, plain: str) -> Problem:
    return Problem("S204", {"mark": plain, "form": FORMS[name]})


def _range(name: str, plain: str, why: str) -> Problem:
    return Problem("S205", {"mark": plain, "why": why, "form": FORMS.get(name, name)})


def _silence(plain: str) -> Mark:
    lower = plain.lower()
    exactly = lower.endswith(" exactly")
    length = time_ms(lower.removesuffix(" exactly"))
    if length is None:
        return Problem("S204", {"mark": plain, "form": "[8s] or [2m]"})
    if not 0 < length <= limits.LONGEST_SILENCE_MS:
        return _range("[8s] or [2m]", plain, "a silence lasts up to an hour, and longer than nothing")
    return Silence(natural_ms=length, exactly=exactly)


def _open(plain: str, rest: str) -> Mark:
    low, dash, high = rest.partition("-")
    most = time_ms(high)
    least = time_ms(low)
    if least is None and _NUMBER.fullmatch(low.strip()):
        least = time_ms(low.strip() + high.strip().lstrip("0123456789. "))
    if not dash or least is None or most is None:
        return _form("silence", plain)
    if not least <= most or not 0 < most <= limits.LONGEST_SILENCE_MS:
        return _range("silence", plain, "its end comes before its start, or it lasts longer than an hour")
    return Open(least_ms=least, most_ms=most)


def _breathe(plain: str, rest: str) -> Mark:
    if rest in ("at my pace", "at my own pace", "at your pace", "at your own pace"):
        return Breathe(in_ms=0, hold_ms=0, out_ms=0, times=0)
    match = _BREATHS.fullmatch(rest)
    phases = [one.strip() for one in match[1].split("-")] if match else []
    if match is None or len(phases) not in (2, 3) or not all(_NUMBER.fullmatch(one) for one in phases):
        return _form("breathe", plain)
    lengths = [round(float(one) * MS_PER_SECOND) for one in phases]
    in_ms, hold_ms, out_ms = lengths[0], sum(lengths[1:-1]), lengths[-1]
    times = int(match[2] or 1)
    if max(lengths) > limits.LONGEST_PHASE_MS:
        return _range("breathe", plain, "nobody breathes in, holds or breathes out for longer than 20 s")
    if not 1 <= times <= limits.MOST_BREATHS_AT_ONCE:
        return _range("breathe", plain, f"there are 1 to {limits.MOST_BREATHS_AT_ONCE} breaths at once")
    for phase, length, least in (
        ("in-breath", in_ms, limits.LEAST_PHASE_MS),
        ("hold", hold_ms or limits.LEAST_HOLD_MS, limits.LEAST_HOLD_MS),
        ("out-breath", out_ms, limits.LEAST_PHASE_MS),
    ):
        if length < least:
            return Problem("S208", {"mark": plain, "phase": phase, "least": f"{least / MS_PER_SECOND:g} s"})
    return Breathe(in_ms=in_ms, hold_ms=hold_ms, out_ms=out_ms, times=times)


def _attend(plain: str, rest: str) -> Mark:
    if not rest:
        return _form("attend", plain)
    if rest == PLACE:
        return Attend(region=PLACE)
    region = known_region(rest)
    if region is None:
        return Problem("S206", {"name": rest, "near": near_region(rest)})
    return Attend(region=region)


def _tense(plain: str, rest: str) -> Mark:
    words = rest.split()
    taken = next((count for count in (2, 1) if time_ms(" ".join(words[-count:])) is not None), 0)
    name = " ".join(words[: len(words) - taken])
    length = time_ms(" ".join(words[len(words) - taken :]))
    if not name or length is None:
        return _form("tense", plain)
    region = known_region(name)
    if region is None:
        return Problem("S206", {"name": name, "near": near_region(name)})
    if not 0 < length <= limits.LONGEST_TENSION_MS:
        return _range("tense", plain, "muscles are tensed for 30 s at most")
    return Tense(region=region, length_ms=length)


def _release(plain: str, rest: str) -> Mark:
    length = time_ms(rest)
    if length is None:
        return _form("release", plain)
    if not 0 < length <= limits.LONGEST_SILENCE_MS:
        return _range("release", plain, "a release lasts up to an hour, and longer than nothing")
    return Release(natural_ms=length)


def _alone(name: str, node: Inline) -> Callable[[str, str], Mark]:
    return lambda plain, rest: node if not rest and plain.lower() == name else _form(name, plain)


_SAY = re.compile(r"\s*say\s*:?((?:[^=\\]|\\.)*)=(.*)", re.IGNORECASE | re.DOTALL)


def _say(content: str) -> Mark:
    match = _SAY.fullmatch(content)
    word, spoken = (" ".join(unescape(part).split()) for part in match.groups()) if match else ("", "")
    if not word or not spoken:
        return _form("say", " ".join(content.split()))
    return SayAs(word=word, spoken=spoken)


_ESCAPE = re.compile(r"\\([^a-zA-Z0-9])", re.DOTALL)


def unescape(text: str) -> str:
    r"""Take the backslashes away from what they protect; before a letter or a digit a backslash is itself.

    >>> unescape(r"a\=b\\c\d")
    'a=b\\c\\d'
    """
    return _ESCAPE.sub(r"\1", text)


def _positions(plain: str) -> Mark:
    names = tuple(dict.fromkeys(name_of(one) for one in plain.split(",")))
    for name in names:
        if name not in tuple(Position):
            return Problem("S107", {"name": name, "near": nearest(name, tuple(Position))})
    return GateMark("position", names)


def _facts(kind: Literal["when", "unless"]) -> Callable[[str, str], Mark]:
    def read(plain: str, rest: str) -> Mark:
        names = tuple(dict.fromkeys(name_of(one) for one in rest.split(",")))
        if not all(names):
            return _form(kind, plain)
        for name in names:
            if name not in KNOWN:
                near = nearest(
                    name, tuple(sorted(KNOWN)), otherwise="It may be a region, a condition, beginner, evening …"
                )
                return Problem("S207", {"name": name, "near": near})
        return GateMark(kind, names)

    return read


def _optional(plain: str, rest: str) -> Mark:
    if rest and not (rest.isascii() and rest.isdigit()):
        return _form("optional", plain)
    number = int(rest[:6] or 1)
    if not 1 <= number <= limits.MOST_PRIORITY:
        return _range("optional", plain, f"its number is 1 to {limits.MOST_PRIORITY}")
    return GateMark("optional", low=number)


def _repeat(plain: str, rest: str) -> Mark:
    match = _ROUNDS.fullmatch(rest)
    if match is None:
        return _form("repeat", plain)
    low = int(match[1])
    high = int(match[2] or match[1])
    if not 1 <= low <= high <= limits.MOST_ROUNDS:
        return _range("repeat", plain, f"rounds go from 1 up to {limits.MOST_ROUNDS}")
    return GateMark("repeat", low=low, high=high)


_READERS: dict[str, Callable[[str, str], Mark]] = {
    "silence": _open,
    "breathe": _breathe,
    "attend": _attend,
    "tense": _tense,
    "release": _release,
    "bell": _alone("bell", Bell()),
    "soft": _alone("soft", Soft()),
    "slow": _alone("slow", Slow()),
    "when": _facts("when"),
    "unless": _facts("unless"),
    "optional": _optional,
    "repeat": _repeat,
}
