"""Work in, what it gave out: done in a process of its own where there can be one, and in this one where not.

Called by `studio`, from the thread that owns the hand. Laws: the thread that waits holds nobody up; a worker that was
killed is replaced and its work done anew, with the same bytes; without processes everything works, only slower.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lowtide.errors import EngineError
from lowtide.web.practice.sound.desk import NotAtHandError, Stretch
from lowtide.web.practice.sound.wire import Failure, receive, send
from lowtide.web.practice.sound.worker import READY

if TYPE_CHECKING:
    from lowtide.web.practice.sound.desk import Desk, Places
    from lowtide.web.practice.sound.order import Order

ATTEMPTS = 3
"""Work whose worker dies each time is given up on: then it is the work that kills."""
MODULE = "lowtide.web.practice.sound.worker"


class NoWorkerError(Exception):
    """There can be no process here."""


class Hand:
    """What one of the pool's threads works with."""

    def __init__(self, here: Desk, places: Places | None) -> None:
        """Work at the desk `here`, or in a process with a desk like it where `places` tell how to build it."""
        self._here, self._places = here, places
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def worker(self) -> int | None:
        """The process that works, by its number; None where there is none just now."""
        return self._process.pid if self._process else None

    def get_ready(self) -> None:
        """Start the process before there is work for it, where there can be one."""
        if self._places is None or self._process:
            return
        try:
            self._started()
        except NoWorkerError:
            self._places = None

    def do(self, work: Order | Stretch) -> Any:
        """Do work, and raise what it raises; `EngineError` where it ends one worker after the other."""
        if self._places is None:
            return self._here.do(work)
        try:
            return self._do_lightly(work)
        except NoWorkerError:
            self._places = None
            return self._here.do(work)

    def _do_lightly(self, work: Order | Stretch) -> Any:
        try:
            return self._do_apart(replace(work, made=b"") if isinstance(work, Stretch) else work)
        except NotAtHandError:
            return self._do_apart(work)

    def _do_apart(self, work: Order | Stretch) -> Any:
        for _ in range(ATTEMPTS):
            if self._places is None:
                raise NoWorkerError
            process = self._process or self._started()
            assert process.stdin
            assert process.stdout
            try:
                send(process.stdin, work)
                answer = receive(process.stdout)
            except (OSError, EOFError):
                self.end()  # killed, perhaps for want of memory: another one begins where it was
                continue
            if isinstance(answer, Failure):
                raise answer.again()
            return answer
        raise EngineError("Rendering this session ended unexpectedly.", permanent=False)

    def _started(self) -> subprocess.Popen[bytes]:
        # -P: the folder that the server was started from is nowhere to find modules in.
        words = [sys.executable, "-P", "-m", MODULE]
        try:
            process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise NoWorkerError from error
        self._process = process
        assert process.stdin
        assert process.stdout
        try:
            send(process.stdin, self._places)
            is_ready = receive(process.stdout) == READY
        except (OSError, EOFError):
            is_ready = False
        if not is_ready:
            self.end()
            raise NoWorkerError
        return process

    def retire(self) -> None:
        """End the process for good: what is still waiting, such as pieces rendered ahead, is done in this process."""
        self._places = None
        self.end()

    def end(self) -> None:
        """End the process, if there is one; nothing is lost that can not be made again."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was on its way to it
                if pipe:
                    pipe.close()
        process.wait()
