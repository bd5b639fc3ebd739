"""A command in, its end out: runs a speech program without a shell, with a time limit, and able to be stopped at once.

Called by the engines that are programs. Law: nothing that a script says ever becomes an argument; text goes by file.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.errors import EngineError
from lowtide.speak.cache import default_folder
from lowtide.speak.engine import Raw

if TYPE_CHECKING:
    import subprocess

_STDERR_SHOWN = 200
"""Characters of a program's complaint that are worth showing."""
_LONGEST_COMPLAINT_BYTES = 1 << 16
_LONGEST_ANSWER_BYTES = 1 << 16
_LONGEST_FILE_BYTES = 1 << 28
"""A phrase is seconds long; more than two hours of sound can only be a runaway program."""


class Programs:
    """The running programs of one mouth, so that all of them can be ended at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def run(self, command: Sequence[str], *, timeout_s: float) -> None:
        """Run a program to its end. Raises `EngineError` when it can not start, fails, or takes longer."""
        import subprocess

        name = Path(command[0]).name
        process = self._start(command, name)
        told: list[bytes] = []
        reader = threading.Thread(target=lambda: told.append(_complaint(process)), daemon=True)
        began = time.monotonic()
        try:
            reader.start()
            reader.join(timeout_s)  # not `communicate`, which keeps all that a program says, however much that is
            if not reader.is_alive() and len(told[0]) < _LONGEST_COMPLAINT_BYTES:
                process.wait(timeout=max(0.0, began + timeout_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise EngineError(f"{name} was not done after {timeout_s:.0f} s.", permanent=True) from None
        finally:
            end(process)
            reader.join(1.0)
            if process.stderr is not None and not reader.is_alive():
                process.stderr.close()
            with self._lock:
                self._running.discard(process)
        _judge(name, process.returncode, b"".join(told), is_late=time.monotonic() - began >= timeout_s)

    def _start(self, command: Sequence[str], name: str) -> subprocess.Popen[bytes]:
        import subprocess

        with self._lock:
            if self._closed:
                raise EngineError(f"{name} was stopped.", permanent=False)
            try:
                process = subprocess.Popen(
                    list(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                    start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise EngineError(f"{name} does not start: {error.strerror}.", permanent=True) from error
            _limit(process)
            self._running.add(process)
            return process

    def close(self) -> None:
        """End every program that runs, and let none start again."""
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        for process in running:
            end(process)


def _limit(process: subprocess.Popen[bytes]) -> None:
    # A runaway program must not fill the disk before its time is up. Where this can not be set, only its time ends it.
    if sys.platform == "linux":
        import resource

        with suppress(OSError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_LONGEST_FILE_BYTES, _LONGEST_FILE_BYTES))


def _complaint(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stderr is not None
    return process.stderr.read(_LONGEST_COMPLAINT_BYTES)


def _judge(name: str, code: int, complaint: bytes, *, is_late: bool) -> None:
    if code and is_late:
        raise EngineError(f"{name} was not done in time.", permanent=True)
    if len(complaint) >= _LONGEST_COMPLAINT_BYTES:
        raise EngineError(f"{name} complains without end.", permanent=True)
    if code:
        told = complaint.decode("utf-8", "replace").strip()[:_STDERR_SHOWN]
        raise EngineError(f"{name} failed ({code}). {told}".rstrip(), permanent=False)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program with all that it has started, and reap it."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, 9) if hasattr(os, "killpg") else process.kill()
        except (ProcessLookupError, PermissionError):
            process.kill()
    import subprocess

    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return  # a process that outlives SIGKILL is stuck in the kernel; nothing more can be done here


def read_wav(path: Path) -> Raw:
    """Read the sound that a program has written, several channels as their mean. Raises `EngineError` for rubbish."""
    import soundfile

    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):  # reading a pipe would wait for ever
            raise EngineError("The voice wrote no ordinary file.", permanent=True)
        if known.st_size > _LONGEST_FILE_BYTES:
            raise EngineError(f"The voice wrote {known.st_size} bytes.", permanent=True)
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except FileNotFoundError:
        raise EngineError("The voice wrote no sound.", permanent=True) from None
    except soundfile.LibsndfileError as error:
        raise EngineError(f"The voice wrote something that is not sound: {error}.", permanent=True) from error
    return Raw(samples=samples.mean(axis=1), rate_hz=int(rate_hz))


def version_of(name: str) -> str:
    """Name the build of a program on the PATH by its file's size and time; empty where there is none."""
    found = shutil.which(name)
    if not found:
        return ""
    known = Path(found).resolve().stat()
    return f"{known.st_size}-{known.st_mtime_ns}"


def told_by(name: str, option: str, *, timeout_s: float, is_fresh: bool = False) -> str:
    """Ask a program on the PATH what it has, such as its voices; empty where it does not say.

    The answer is kept beside the clips until the program's file is another one: to start a program only to hear what
    it said last time would take a tenth of what a listener waits for. `is_fresh` asks all the same.
    """
    program = shutil.which(name)
    if not program:
        return ""
    asked = f"{program} {version_of(name)} {option}"
    kept = default_folder().with_name(f"{name}.told")
    question, _, answer = _kept(kept).partition("\n")
    if is_fresh or question != asked:
        answer = _ask([program, option], timeout_s)
        if answer:
            _keep(kept, f"{asked}\n{answer}")
    return answer


def _kept(place: Path) -> str:
    try:
        return place.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _ask(command: Sequence[str], timeout_s: float) -> str:
    import subprocess

    try:
        process = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return ""
    assert process.stdout is not None
    timer = threading.Timer(timeout_s, end, [process])
    timer.daemon = True
    timer.start()
    try:
        with process.stdout as answer:
            return answer.read(_LONGEST_ANSWER_BYTES).decode("utf-8", "replace")
    finally:
        timer.cancel()
        end(process)


def _keep(place: Path, text: str) -> None:
    partial = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.write_text(text, "utf-8")
        partial.replace(place)
    except OSError:
        return  # where nothing can be kept, it is asked again
