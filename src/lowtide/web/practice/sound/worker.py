"""Work through a pipe in, what it gave through another out: a process of its own that composes, mixes and encodes.

Started by `hands`, one for each core. Laws: it ends as soon as nobody is at the other end, however that came about; a
Ctrl-C is its parent's to hear; it keeps nothing that can not be made again.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from typing import IO

from lowtide.errors import LowtideError
from lowtide.web.practice.sound.wire import failure_of, receive, send

READY = "ready"


def main() -> None:
    """Work until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What anything prints must not tear the answers: they have a way of their own.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(EOFError, OSError):
        work(sys.stdin.buffer, answers)
    os._exit(0)


def work(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Answer whatever is asked, one after the other, until the pipe ends."""
    desk = receive(asked).desk()
    send(answers, READY)
    with suppress(LowtideError):  # whoever asks for a session is told
        desk.get_ready()
    while True:
        wanted = receive(asked)
        try:
            answer = desk.do(wanted)
        except Exception as error:  # noqa: BLE001 -- the worker loop: whoever waits for the answer is told
            error.add_note(traceback.format_exc())
            answer = failure_of(error)
        send(answers, answer)


if __name__ == "__main__":
    main()
