"""The other end of `worker`: requests on standard input, raw sound on standard output, one library for one process.

Started as `python -P -m lowtide.speak.by.child MODULE ARGUMENT…`; `MODULE.child(*arguments)` gives the function
that speaks. Law: standard output carries answers only; what a library prints goes to standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from lowtide.errors import EngineError

Speak = Callable[[str, bool], tuple[int, str, bytes]]
"""Text and slowness in; rate in Hz, numpy layout (`<i2` or `<f4`) and mono samples out."""


def serve(speak: Speak, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request after the other until there are no more."""
    for line in requests:
        request = json.loads(line)
        try:
            rate_hz, layout, sound = speak(request["text"], request["slow"])
        except EngineError as error:
            answers.write(json.dumps({"error": error.message, "permanent": error.permanent}).encode() + b"\n")
        else:
            header = {"rate_hz": rate_hz, "layout": layout, "bytes": len(sound)}
            answers.write(json.dumps(header).encode() + b"\n" + sound)
        answers.flush()


def main() -> None:
    """Serve the engine that the command line names."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module = importlib.import_module(sys.argv[1])
    try:
        speak: Speak = module.child(*sys.argv[2:])
    except EngineError as error:
        reason = error

        def speak(text: str, slow: bool) -> tuple[int, str, bytes]:  # noqa: ARG001
            raise reason

    serve(speak, sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
