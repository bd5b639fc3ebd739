"""Clips on disk: whole or not there, however a process ends, and no more of them than there is room for."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lowtide.errors import UserError
from lowtide.speak.cache import Cache, samples_of
from lowtide.speak.shape import Shaped

DIGEST = "ab" * 32


def clip(ms: int = 500, *, seed: int = 0) -> Shaped:
    samples = np.random.default_rng(seed).integers(-9000, 9000, ms * 48).astype(np.int16)
    return Shaped(samples=samples, energies=(0.25, 1e-7, 0.0), peak=0.27)


def test_what_was_kept_is_found_with_everything_known_of_it(tmp_path: Path) -> None:
    kept = Cache(tmp_path).keep(DIGEST, clip())
    found = Cache(tmp_path).find(DIGEST)
    assert found == kept
    assert (kept.length_ms, kept.energies, kept.peak) == (500, (0.25, 1e-7, 0.0), 0.27)
    sound = samples_of(kept.path)
    assert sound is not None
    np.testing.assert_array_equal(np.round(sound * 32768).astype(np.int16), clip().samples)


def test_what_was_not_kept_is_not_found(tmp_path: Path) -> None:
    assert Cache(tmp_path).find(DIGEST) is None
    assert Cache(tmp_path / "no folder").find(DIGEST) is None
    assert Cache(tmp_path / "no folder").trim() == 0


@pytest.mark.parametrize("damage", ["cut", "empty", "a bit", "its head", "another file", "longer"])
def test_a_damaged_clip_is_not_used_and_goes(tmp_path: Path, damage: str) -> None:
    path = Path(Cache(tmp_path).keep(DIGEST, clip()).path)
    content = bytearray(path.read_bytes())
    if damage == "a bit":
        content[len(content) // 2] ^= 1
    elif damage == "its head":
        content[30] ^= 1
    whole = bytes(content)
    damaged = {"cut": whole[:-100], "empty": b"", "another file": b"fLaC" + whole, "longer": whole + b"x"}
    for use in (lambda: samples_of(str(path)), lambda: Cache(tmp_path).find(DIGEST)):
        path.write_bytes(damaged.get(damage, whole))
        assert use() is None
        assert not path.exists()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache, day = Cache(tmp_path, limit_bytes=10**9), 86_400
    paths = [Path(cache.keep(f"{n:02x}" * 32, clip(seed=n)).path) for n in range(8)]
    for n, path in enumerate(paths):
        os.utime(path, (time.time() - (8 - n) * day,) * 2)
    assert cache.find("00" * 32) is not None, "using the oldest one makes it the newest"
    size = paths[0].stat().st_size
    Cache(tmp_path, limit_bytes=int(4.5 * size)).trim()
    left = [n for n, path in enumerate(paths) if path.exists()]
    assert left == [0, 5, 6, 7], "four fit, and the four that were used last stay"


def test_what_was_just_used_never_goes(tmp_path: Path) -> None:
    """A mix that is about to begin does not lose its clips, however small the cache is."""
    cache = Cache(tmp_path, limit_bytes=1)
    paths = [Path(cache.keep(f"{n:02x}" * 32, clip(seed=n)).path) for n in range(4)]
    cache.trim()
    assert all(path.exists() for path in paths)


def test_leftovers_of_killed_processes_go(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    shelf = Path(cache.keep(DIGEST, clip()).path).parent
    old, new = shelf / "old.part", shelf / "new.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    cache.trim()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_full_disk_is_said_plainly_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="No space left"):
        Cache(tmp_path).keep(DIGEST, clip())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    blocked = tmp_path / "clips"
    blocked.write_text("not a folder")
    with pytest.raises(UserError, match="LOWTIDE_CACHE"):
        Cache(blocked).keep(DIGEST, clip())
    with pytest.raises(UserError, match="LOWTIDE_CACHE"):
        Cache(blocked).find(DIGEST)


def test_folder_and_size_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path))
    monkeypatch.setenv("LOWTIDE_CACHE_MB", "500")
    assert Cache().folder == tmp_path / "clips"
    assert Cache().limit_bytes == 500_000_000
    monkeypatch.setenv("LOWTIDE_CACHE_MB", "plenty")
    with pytest.raises(UserError, match="LOWTIDE_CACHE_MB"):
        Cache()


def test_others_can_not_look_in(tmp_path: Path) -> None:
    """Phrases may hold a listener's name."""
    cache = Cache(tmp_path / "clips")
    shelf = Path(cache.keep(DIGEST, clip()).path).parent
    assert shelf.stat().st_mode & 0o077 == 0
    assert cache.folder.stat().st_mode & 0o077 == 0


WRITER = """
import sys
import numpy as np
from lowtide.speak.cache import Cache
from lowtide.speak.shape import Shaped
cache = Cache(sys.argv[1])
print("begun", flush=True)
for n in range(int(sys.argv[2])):
    samples = np.random.default_rng(n % 16).integers(-9000, 9000, 24_000).astype(np.int16)
    cache.keep(f"{n % 16:02x}" * 32, Shaped(samples=samples, energies=(1.0,), peak=0.3))
    found = cache.find(f"{(n + 5) % 16:02x}" * 32)
    assert found is None or found.length_ms == 500
"""


def test_many_processes_at_once_and_killed_ones_leave_only_whole_clips(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    killed = [subprocess.Popen([*command, "1000000"], stdout=subprocess.PIPE) for _ in range(2)]
    ending = subprocess.Popen([*command, "60"], stdout=subprocess.PIPE)
    for process in killed:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
    assert ending.wait(60) == 0
    for process in (*killed, ending):
        process.kill()
        process.communicate()
    kept = list(tmp_path.rglob("*.clip"))
    assert len(kept) == 16
    for path in kept:
        sound = samples_of(str(path))
        assert sound is not None
        assert len(sound) == 24_000
