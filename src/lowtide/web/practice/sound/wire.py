"""Values in, bytes through a pipe, the same values out at its other end; and an error as one of these values.

Called by `worker` and `hands`. Law: a value arrives whole or not at all; a pipe that ends in the middle is `EOFError`.
Both ends are this program: nothing else can write to these pipes.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, Any

_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error, taken apart: errors that take named arguments can not be packed as they are."""

    kind: type[BaseException]
    args: tuple[Any, ...]
    known: dict[str, Any]

    def again(self) -> BaseException:
        """Put it together again."""
        error = self.kind.__new__(self.kind, *self.args)
        error.__dict__.update(self.known)
        return error


def failure_of(error: BaseException) -> Failure:
    """Take an error apart."""
    return Failure(kind=type(error), args=error.args, known=dict(error.__dict__))


def send(pipe: IO[bytes], value: Any) -> None:
    """Send a value. Raises `OSError` where nobody is at the other end."""
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(packed).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(packed)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Wait for a value. Raises `EOFError` where the other end has gone."""
    return pickle.loads(_exactly(pipe, int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")))  # noqa: S301 (our own)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    found = pipe.read(count)
    if len(found) < count:
        raise EOFError
    return found
