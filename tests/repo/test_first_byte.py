"""What stands between a listener and the first byte: nothing that is slow to import.

A time would be another on each machine; what was imported is the same on all.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SLOW = frozenset({"asyncio", "av", "email", "importlib.metadata", "logging", "mutagen", "numpy", "onnxruntime",
                  "platformdirs", "rich", "soundfile", "soxr", "ssl"})  # fmt: skip
"""Each takes between a tenth of the whole way and all of it."""
STREAM = """
import os, sys
from lowtide.cli.main import run

class Listener:
    def write(self, chunk):
        sys.stderr.write("\\nfirst: " + chunk[:3].decode() + " " + " ".join(sys.modules) + "\\n")
        sys.stderr.flush()
        os._exit(0)

class Output:
    buffer = Listener()
    def isatty(self):
        return False

sys.stdout = Output()
run(["session", "--minutes", "3", "--technique", "body-scan", "--voice", "espeak", "-o", "-"])
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What a stream has imported when its first bytes leave; its phrases were spoken by an earlier one."""
    environment = os.environ | {"LOWTIDE_CACHE": str(tmp_path_factory.mktemp("cache"))}
    for _ in ("to speak", "to listen"):
        done = subprocess.run(
            [sys.executable, "-c", STREAM], env=environment, capture_output=True, text=True, check=True, timeout=120
        )
    head, *names = done.stderr.rpartition("\nfirst: ")[2].split()
    assert head == "ID3"
    return frozenset(names)


def test_the_first_byte_of_a_known_session_waits_for_nothing_slow(imported: frozenset[str]) -> None:
    assert "lowtide.deliver.cover" in imported, "the list is of the whole way"
    assert not SLOW & imported


def test_the_librarys_scripts_are_not_checked_again_on_the_way(imported: frozenset[str]) -> None:
    assert "lowtide.script.parsing.blocks" in imported
    assert not {"lowtide.script.checker", "lowtide.script.movements", "lowtide.script.importing"} & imported


def test_no_program_is_started_for_phrases_that_are_kept(imported: frozenset[str]) -> None:
    assert "subprocess" not in imported


def test_a_mistake_and_a_page_alone_load_what_they_need(imported: frozenset[str]) -> None:
    assert not {"difflib", "textwrap", "html"} & imported
