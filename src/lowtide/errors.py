"""What can go wrong, as values: the exceptions that cross a stage's border, and the exit codes they end in.

Called by every stage; imports nothing of Lowtide. A `UserError` is shown as one plain line without a traceback; an
`EngineError` makes the pipeline try the next best voice; anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command line ends with; scripts depend on these numbers."""

    OK = 0
    FINDINGS = 1
    """`lowtide check` found at least one error in a script."""
    USAGE = 2
    """Bad input: one clear line was printed and nothing was written."""
    SEE_SOMEONE_FIRST = 3
    """The screening asks for a clinician before a session."""
    EMERGENCY = 4
    """The screening asks for help at once."""
    INTERRUPTED = 130
    """Ctrl-C, as shells number it."""


class LowtideError(Exception):
    """The root of everything Lowtide raises on purpose."""


class UserError(LowtideError):
    """Something the person can mend: `message` says what and where, `hint` what would work. One line each."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class LengthError(UserError):
    """No choice of parts and silences is as long as was asked; between the two ends there are some that are."""

    def __init__(self, title: str, asked: str, *, shortest_ms: int, longest_ms: int, ends: tuple[str, str]) -> None:
        super().__init__(
            f"'{title}' can not be {asked} long.",
            hint=f"It can be between {ends[0]} and {ends[1]}. Open silences, rounds or optional parts widen that.",
        )
        self.shortest_ms = shortest_ms
        self.longest_ms = longest_ms


class EngineError(LowtideError):
    """A voice engine failed; `permanent` means that asking it again will not help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
