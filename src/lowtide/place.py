"""Where a person's things are kept on this machine: the environment in, a private folder out.

Called by the app's settings and by the commands that keep check-ins. Law: everything a person has told lies in this
one folder (or in the database that `DATABASE_URL` names), and nobody else on the machine may read it.
"""

from __future__ import annotations

import os
from pathlib import Path

from lowtide.errors import UserError

FOLDER_VARIABLE = "LOWTIDE_DATA"
"""Where the data folder is, in place of the platform's own."""
PRIVATE = 0o700


def data_folder() -> Path:
    """Give the data folder, made where it is not there yet; raise `UserError` where it can not be used."""
    folder = named_folder()
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_uid == os.getuid():
            folder.chmod(PRIVATE)
    except OSError as error:
        raise UserError(
            f"The data folder {folder} can not be used: {(error.strerror or str(error)).lower()}.",
            hint=f"Set {FOLDER_VARIABLE} to a folder that can be written to.",
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(
            f"The data folder {folder} can not be written to.", hint=f"Set {FOLDER_VARIABLE} to one that can."
        )
    return folder


def named_folder() -> Path:
    """Say where the data folder is or would be."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("lowtide", appauthor=False))
