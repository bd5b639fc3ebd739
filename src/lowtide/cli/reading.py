"""A text file that a person names: a path in, its text out, or one line that says why not."""

from __future__ import annotations

import sys
from pathlib import Path

from lowtide.errors import UserError

STANDARD_INPUT = Path("-")


def read_text(path: Path, largest_bytes: int) -> str:
    """Read UTF-8 text of at most `largest_bytes`; `-` reads standard input.

    Raises `UserError` where there is no such file, it is a folder, too large, empty or not text.
    """
    try:
        if path == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(largest_bytes + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(largest_bytes + 1)
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise UserError(f"{path}: this is a folder, not a file.") from None
    except PermissionError:
        raise UserError(f"{path}: this file may not be read.") from None
    if len(raw) > largest_bytes:
        raise UserError(f"{path}: this file is larger than {largest_bytes / 1e6:g} MB.", hint="Is it the right one?")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path}: this is not UTF-8 text (byte {error.start}).", hint="Save it as plain text in UTF-8."
        ) from None
    if "\0" in text:
        raise UserError(f"{path}: this is not text (it holds zero bytes).", hint="Save it as plain text in UTF-8.")
    if not text.strip():
        raise UserError(f"{path}: this file is empty.")
    return text
