"""The secret that cookies are signed with: a folder in, the key out; made at the first start and kept.

Called by the settings. Law: the key is made by this machine, readable by its owner alone, and never in the code.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from lowtide.errors import UserError

FILE = "secret-key"
KEY_BYTES = 64
"""512 bits: more than the hash that signs with it."""
LEAST_LETTERS = 50
"""Django's own check asks for this many."""


def secret_key(folder: Path) -> str:
    """Read the key of this data folder; make it first where there is none.

    Two processes that start at once agree on one: the file is linked into place whole, and whoever comes second reads
    the first one's. Raises `UserError` where the file is cut short.
    """
    path = folder / FILE
    if not path.exists():
        _make(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < LEAST_LETTERS:
        raise UserError(
            f"{path} does not hold a whole key.", hint="Remove it: a new one is made, and all sign in anew."
        )
    return key


def _make(path: Path) -> None:
    own = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(own, path)
    except OSError:  # a disk without links: the last one wins, which is still whole
        own.replace(path)
    own.unlink(missing_ok=True)
