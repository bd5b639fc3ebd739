"""A phrase in, raw sound out, by a library in another process: a crash or a hang there is only an error here.

Called by the engines that are libraries (espeak-ng keeps one state for a whole process; neural models may crash, and
can not be interrupted). The other end is `child`. Law: a worker answers in time, or it is killed.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from lowtide.errors import EngineError
from lowtide.speak.by.program import end
from lowtide.speak.engine import Raw

if TYPE_CHECKING:
    import subprocess

    import numpy as np
    from numpy.typing import NDArray

_LONGEST_ANSWER_BYTES = 1 << 30
"""About an hour and a half of speech; more can only be a broken answer."""
_LONGEST_HEADER_BYTES = 4096
_STDERR_SHOWN = 200


class Worker:
    """One process that speaks, started when it is first asked. Asked by one thread at a time."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        self._command = [sys.executable, "-P", "-m", "lowtide.speak.by.child", module, *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._late = False
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """True while its process lives."""
        return self._process is not None and self._process.poll() is None

    def ask(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        """Have a phrase spoken. Raises `EngineError` when the process dies, is late, or answers nonsense."""
        if not self.is_running:
            self._start()
        assert self._process is not None
        self._late = False
        timer = threading.Timer(timeout_s, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(self._process, json.dumps({"text": text, "slow": slow}))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._why(timeout_s) from error
        finally:
            timer.cancel()

    def close(self) -> None:
        """End its process now, and let none start again."""
        with self._lock:
            self._is_closed = True
        self._end()

    def forget(self) -> None:
        """Close what connected it to a process that has ended."""
        process = self._process
        if process is None:
            return
        for stream in (process.stdin, process.stdout, self._stderr):
            try:
                if stream is not None:
                    stream.close()
            except BrokenPipeError:
                continue  # half a request was still waiting to be sent
        self._process = None

    def _start(self) -> None:
        import subprocess
        import tempfile

        self.forget()
        with self._lock:
            if self._is_closed:
                raise EngineError("The voice was stopped.", permanent=False)
            self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 (open while the process lives)
            try:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr,
                    start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise EngineError(f"The voice's process does not start: {error.strerror}.", permanent=True) from error

    def _end(self) -> None:
        if self._process is not None:
            end(self._process)

    def _give_up(self) -> None:
        self._late = True
        self._end()

    def _exchange(self, process: subprocess.Popen[bytes], request: str) -> Raw:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request.encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline(_LONGEST_HEADER_BYTES)
        if not line:
            raise BrokenPipeError
        header: dict[str, Any] = json.loads(line)
        if "error" in header:
            raise EngineError(str(header["error"]), permanent=bool(header["permanent"]))
        size, rate_hz, layout = int(header["bytes"]), int(header["rate_hz"]), str(header["layout"])
        if not 0 <= size <= _LONGEST_ANSWER_BYTES or layout not in {"<i2", "<f4"}:
            raise ValueError(line)
        sound = process.stdout.read(size)
        if len(sound) != size:
            raise BrokenPipeError
        return Raw(samples=_floats(sound, layout), rate_hz=rate_hz)

    def _why(self, timeout_s: float) -> EngineError:
        self._end()
        if self._late:
            return EngineError(f"The voice was not done after {timeout_s:.0f} s.", permanent=True)
        told = b""
        if self._stderr is not None and not self._stderr.closed:
            self._stderr.seek(0)
            told = self._stderr.read()[-_STDERR_SHOWN * 4 :]
        last = told.decode("utf-8", "replace").strip().rpartition("\n")[2][-_STDERR_SHOWN:]
        return EngineError(f"The voice's process ended. {last}".rstrip(), permanent=False)


class Workers:
    """A mouth made of several processes that each speak one phrase at a time."""

    def __init__(self, module: str, arguments: Sequence[str], count: int) -> None:
        import queue

        self._all = [Worker(module, arguments) for _ in range(count)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        """Have the next idle process speak; see `Mouth.speak`."""
        worker = self._idle.get()
        try:
            return worker.ask(text, slow=slow, timeout_s=timeout_s)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End every process; see `Mouth.close`."""
        for worker in self._all:
            worker.close()
        for _ in self._all:  # each comes back as soon as the phrase that it was speaking has failed
            self._idle.get().forget()


def _floats(sound: bytes, layout: str) -> NDArray[np.float32]:
    import numpy as np

    samples = np.frombuffer(sound, dtype=layout)
    if layout == "<i2":
        return samples.astype(np.float32) / np.float32(32768)
    return samples.astype(np.float32)
