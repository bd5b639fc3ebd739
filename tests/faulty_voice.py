"""A library that misbehaves, for the workers that natural voices live in: what it is asked to say is what it does."""

from __future__ import annotations

import os
import time
from array import array


def child(mood: str) -> object:
    if mood == "crash at start":
        raise RuntimeError("no such model")

    def speak(text: str, slow: bool) -> tuple[int, str, bytes]:
        if text.startswith("crash"):
            os.abort()
        if text.startswith("hang"):
            time.sleep(600)
        if text.startswith("chatter"):
            print("a library that prints")  # noqa: T201
            os.write(1, b"and writes to standard output")
        if text.startswith("raise"):
            raise KeyError(text)
        layout = "<f8" if text.startswith("nonsense") else "<f4"
        return 16_000, layout, array("f", [0.5, -0.5] * 8_000).tobytes()

    return speak
