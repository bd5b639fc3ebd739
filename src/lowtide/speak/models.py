"""Which model files a natural voice needs, where they are kept, and whether they are all there.

Called by the engines `kokoro` and `piper`, and by `install`. Laws: a set of files is a folder that is moved into place
when every file in it was verified, so a voice is installed or it is not; and no file is trusted without a checksum that
was known before it was fetched.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from lowtide.errors import UserError

FOLDER_VARIABLE = "LOWTIDE_VOICES"
"""The environment variable that names another folder for model files."""
RECEIPT = "installed.json"
"""Lists the files of a set beside them, with what was verified."""

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a set."""

    name: str
    bytes: int
    sha256: str
    url: str
    """Absolute, or relative to where the manifest is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSet:
    """The files that are installed together."""

    name: str
    title: str
    licence: str
    files: tuple[ModelFile, ...]

    @property
    def bytes(self) -> int:
        """The whole download."""
        return sum(file.bytes for file in self.files)


class Models:
    """The folder that holds one folder for each installed set."""

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        """Use a folder, or the environment's, or this system's usual one. Nothing is created yet."""
        self.folder = Path(folder) if folder is not None else default_folder()

    def ready(self, *names: str) -> Path | None:
        """Give the folder of the first of these sets that is wholly there; None where none is."""
        for name in names:
            receipt = self._receipt(name)
            home = self.folder / name
            if receipt and all(_has_size(home / file.name, file.bytes) for file in receipt):
                return home
        return None

    def fingerprint(self, *names: str) -> str:
        """Name the content of the first of these sets that is there; empty where none is."""
        home = self.ready(*names)
        receipt = self._receipt(home.name) if home else ()
        return " ".join(file.sha256 for file in receipt)

    def _receipt(self, name: str) -> tuple[ModelFile, ...]:
        try:
            text = (self.folder / name / RECEIPT).read_text("utf-8")
            return tuple(ModelFile(**file) for file in json.loads(text))
        except (OSError, ValueError, TypeError):
            return ()  # not installed, or not by us


def receipt_text(model: ModelSet) -> str:
    """Write what `Models` looks for."""
    return json.dumps([asdict(file) for file in model.files], indent=1) + "\n"


def shipped() -> dict[str, ModelSet]:
    """Read the sets that Lowtide knows, by name."""
    return parse(Path(__file__).with_name("models.json").read_text("utf-8"), "models.json")


def parse(text: str, where: str) -> dict[str, ModelSet]:
    """Read a manifest, by set name. Raises `UserError` for what is none, and for one that leads out of its folder."""
    try:
        sets = json.loads(text)["sets"]
        found = {
            name: ModelSet(
                name=name, title=str(row.get("title", name)), licence=str(row.get("licence", "")),
                files=tuple(
                    ModelFile(
                        name=str(file["name"]), bytes=int(file["bytes"]), sha256=str(file["sha256"]).lower(),
                        url=str(file["url"]),
                    )
                    for file in row["files"]
                ),
            )
            for name, row in sets.items()
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{where} is not a list of voice models.", hint=f"What is wrong: {error!r}.") from error
    for model in found.values():
        for name in (model.name, *(file.name for file in model.files)):
            if not _NAME.fullmatch(name) or name.startswith("."):
                raise UserError(f"{where} names a file '{name}'.", hint="A name has letters, digits, '-', '_' and '.'.")
        if not model.files or any(not _SHA256.fullmatch(file.sha256) or file.bytes < 1 for file in model.files):
            raise UserError(f"{where} has no size or checksum for '{model.name}'.", hint="Each file needs both.")
    return found


def default_folder() -> Path:
    """Name the folder of model files: the environment's, or where this system keeps programs' data."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    if "linux" in sys.platform:  # platformdirs says the same, 25 ms later
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share", "lowtide", "voices")
    import platformdirs

    return Path(platformdirs.user_data_dir("lowtide", appauthor=False), "voices")


def has_library(name: str) -> bool:
    """Say whether a library is installed, without importing it."""
    from importlib.util import find_spec

    return find_spec(name) is not None


def library_version(name: str) -> str:
    """Name the version of an installed distribution; empty where it is not installed."""
    start, end = f"{name.replace('-', '_')}-", ".dist-info"
    for place in filter(os.path.isdir, sys.path):  # as importlib.metadata does, which takes 20 ms to import
        for found in Path(place).glob(f"{start}*{end}"):
            return found.name.removeprefix(start).removesuffix(end)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
