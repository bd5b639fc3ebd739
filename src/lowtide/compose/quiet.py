"""A session in, the same session out with no stretch without a voice longer than the clearance's limit.

Called by `resolve`, last. SAFETY, "Movement kinds": after trauma or dissociation, no long silences. Law: whichever
optional parts are kept and however many rounds are done, the silences between two phrases, before the first and after
the last add up to no more than the limit. A length that would need more is simply out of reach.

Silences are walked from the end to the start, each given what those after it leave over in the worst case.
"""

from __future__ import annotations

from dataclasses import replace

from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Session, Step, Tense

SETTLE_MS, CLOSE_MS = 4_000, 8_000
"""Where silences are limited the settling and the close are short, whatever the session's length."""
_NEAR = 64
"""How many parts back a silence looks for one that is rigid; marks and silences in a row are fewer."""


def limited(session: Session) -> Session:
    """Shorten the silences of a session to its clearance's limit; without a limit it comes back as it is."""
    limit_ms = session.plan.clearance.longest_silence_ms
    if limit_ms is None:
        return session
    close_ms = min(CLOSE_MS, limit_ms // 2)
    parts, run_ms = _walk(session.parts, close_ms, limit_ms, 0)
    return replace(
        session,
        parts=tuple(part for part in parts if isinstance(part, Group)),
        settle_ms=min(SETTLE_MS, max(0, limit_ms - run_ms)),
        close_ms=close_ms,
    )


def _walk(parts: tuple[Part, ...], run_ms: int, limit_ms: int, rigid_ms: int) -> tuple[tuple[Part, ...], int]:
    """Limit parts that at most `run_ms` of silence follow; tell how much silence they may begin with.

    `rigid_ms` is how much silence that can not be shortened may come right before them.
    """
    found: list[Part] = []
    for index in range(len(parts) - 1, -1, -1):
        part, run_ms = _limited(parts[index], run_ms, limit_ms, _rigid_before(parts, index, rigid_ms))
        found.append(part)
    return tuple(reversed(found)), run_ms


def _limited(part: Part, run_ms: int, limit_ms: int, rigid_ms: int) -> tuple[Part, int]:
    match part:
        case Phrase():
            return part, 0
        case Pause():
            shorter = _shortened(part, max(0, limit_ms - run_ms - rigid_ms))
            return shorter, run_ms + shorter.most_ms
        case Tense():
            return part, run_ms + part.length_ms
        case Breath():
            return part, 0 if part.in_words else run_ms + part.length_ms
        case Step():
            inner, begins_ms = _walk(part.parts, run_ms, limit_ms, rigid_ms)
            return replace(part, parts=inner), begins_ms
        case Group():
            return _group(part, run_ms, limit_ms, rigid_ms)
        case _:
            return part, run_ms


def _rigid_before(parts: tuple[Part, ...], index: int, before_ms: int) -> int:
    """Tell how much rigid silence may come right before a part: muscles tensed, the last out-breath."""
    rigid_ms = 0
    for part in reversed(parts[max(0, index - _NEAR) : index]):
        match part:
            case Phrase():
                return rigid_ms
            case Breath():
                return rigid_ms + (part.out_ms if part.out_words else part.length_ms)
            case Tense():
                rigid_ms += part.length_ms
            case Step() | Group():
                wordings = (part.parts, *part.variants) if isinstance(part, Group) else (part.parts,)
                rigid_ms += max(map(_rigid_end, wordings))
                if _has_voice(part):
                    return rigid_ms
            case _:
                pass
    return rigid_ms + before_ms


def _has_voice(part: Part) -> bool:
    """Say whether a part speaks whatever is chosen."""
    if isinstance(part, Step | Group):
        return not (isinstance(part, Group) and part.optional) and any(map(_has_voice, part.parts))
    return isinstance(part, Phrase) or (isinstance(part, Breath) and part.in_words is not None)


def _rigid_end(parts: tuple[Part, ...]) -> int:
    return _rigid_before(parts, len(parts), 0)


def _group(group: Group, run_ms: int, limit_ms: int, rigid_ms: int) -> tuple[Group, int]:
    """Limit a group, after which the next thing, or its own next round, begins."""
    wordings = (group.parts, *group.variants)
    if group.most_rounds > 1:
        rigid_ms = max(rigid_ms, *map(_rigid_end, wordings))
    worst_ms = run_ms
    for _ in range(group.most_rounds):
        rounds = [_walk(parts, worst_ms, limit_ms, rigid_ms) for parts in wordings]
        begins_ms = max(begins for _, begins in rounds)
        if group.most_rounds == 1 or begins_ms <= worst_ms:
            break
        worst_ms = begins_ms
    shorter = replace(group, parts=rounds[0][0], variants=tuple(parts for parts, _ in rounds[1:]))
    return shorter, max(begins_ms, run_ms) if group.optional else begins_ms


def _shortened(pause: Pause, most_ms: int) -> Pause:
    return replace(
        pause,
        natural_ms=min(pause.natural_ms, most_ms),
        least_ms=min(pause.least_ms, most_ms),
        most_ms=min(pause.most_ms, most_ms),
    )
