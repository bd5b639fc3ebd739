"""Fifty people start fifty different sessions of 20 minutes at once and listen: when do they hear it, does it go on.

python -m bench.listeners [LISTENERS] [SECONDS]     a real server on loopback, real HTTP, read at the speed of listening

All phrases are spoken beforehand; nothing is rendered. Twice: *as people do*, they open the player's page together and
tap play together some seconds later; *at once*, each asks for the sound without a page, so that even composing the
session lies between the tap and the first sound. Beside it, the same server gives a static file to as many.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.goals import Row
from bench.measure import machine

LISTENERS, SECONDS, ROW_SECONDS = 50, 60.0, 20.0
LENGTH_MS = 1_200_000
TECHNIQUES = ("body-scan", "belly-breathing", "pmr", "gentle-stretch")
SCAPES = ("waves", "rain", "stream", "wind", "fire", "brown", "bowl")
VOICE = "flite:slt"
BYTES_PER_S = 16_000
"""128 kb/s."""
FIRST_SOUND_BYTES = BYTES_PER_S // 2
"""Half a second of sound, after the file's head: what a player needs to begin."""
STORE_S = 15.0
"""A player reads no further ahead than this."""
FIRST_SOUND_GOAL_S = 2.0
STATIC = "/static/project/css/components.css"
ROWS = Path(__file__).parents[1] / "tests" / "made_sessions.py"
START_S = 60.0
TAP_S = 4.0
"""From the page's address to the tap: a page is read before it is touched."""
ASK_AGAIN_S = 0.05


@dataclass
class Heard:
    """What one listener got."""

    first_sound_s: float = 0.0
    """From asking to the first half second of sound."""
    least_ahead_s: float = STORE_S
    """How much sound was in store when there was least of it; below 0 the sound had stopped."""
    stalled_s: float = 0.0
    bytes: int = 0


@dataclass
class Figures:
    """What many got, in order."""

    values: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Give a quantile."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def words(self) -> str:
        """Say median, 95 of 100, and the worst."""
        return f"median {self.at(0.5):.3f} s, 95 % {self.at(0.95):.3f} s, worst {self.at(1.0):.3f} s"


@contextmanager
def server(data: Path, cache: Path) -> Iterator[tuple[str, int, int]]:
    """Start the app on a free port; give its host, port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [sys.executable, "-m", "lowtide.web", "serve", "--for-me", "--port", str(port), "--no-open"]
    env = os.environ | {"LOWTIDE_DATA": str(data), "LOWTIDE_CACHE": str(cache)}
    process = subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL)
    try:
        _until_up(port)
        yield "127.0.0.1", port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _until_up(port: int) -> None:
    ends = time.monotonic() + START_S
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The server did not come up.")


def made(data: Path, cache: Path, count: int) -> list[str]:
    """Make the rows of different sessions."""
    wanted = [
        {
            "length_ms": LENGTH_MS,
            "technique": TECHNIQUES[index % len(TECHNIQUES)],
            "seed": index,
            "voice": VOICE,
            "soundscape": SCAPES[index % len(SCAPES)],
        }
        for index in range(count)
    ]
    env = os.environ | {"LOWTIDE_DATA": str(data), "LOWTIDE_CACHE": str(cache), "PYTHONPATH": str(ROWS.parent)}
    out = subprocess.run([sys.executable, str(ROWS), json.dumps(wanted)], env=env, check=True, capture_output=True)
    return [str(name) for name in json.loads(out.stdout)]


async def asked(host: str, port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, int]:
    """Ask for a file; give what answers, and how long its body is."""
    reader, writer = await asyncio.open_connection(host, port, limit=1 << 16)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if " 200 " not in head.splitlines()[0]:
        raise RuntimeError(head.splitlines()[0])
    length = next(int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length"))
    return reader, writer, length


async def listened(host: str, port: int, name: str, seconds: float, on_first: Callable[[], None]) -> Heard:
    """Listen to a session for so long, as a player does: begin with the first half second, keep some in store."""
    heard, began = Heard(), time.perf_counter()
    reader, writer, length = await asked(host, port, f"/sessions/{name}/sound.mp3")
    head = length - (LENGTH_MS // 24 + 1) * 384
    playing = None
    while playing is None or time.perf_counter() - playing < seconds:
        block = await reader.read(4096)
        if not block:
            break
        heard.bytes += len(block)
        now, stored_s = time.perf_counter(), (heard.bytes - head) / BYTES_PER_S
        if playing is None:
            if heard.bytes - head >= FIRST_SOUND_BYTES:
                playing, heard.first_sound_s = now, now - began
                on_first()
            continue
        ahead_s = stored_s - (now - playing)
        # What this block ends is a wait: just before it there was its own length less in store.
        before_s = ahead_s - len(block) / BYTES_PER_S
        heard.least_ahead_s = min(heard.least_ahead_s, before_s)
        if before_s < 0:
            heard.stalled_s -= before_s
            playing -= before_s  # the player waits, and goes on later
        if ahead_s > STORE_S:
            await asyncio.sleep(ahead_s - STORE_S)
    writer.close()
    return heard


async def opened(host: str, port: int, name: str, tap_at: float) -> None:
    """Open a session's page, ask as it does whether the session is ready, and tap when everybody taps."""
    is_ready = False
    await read(host, port, f"/sessions/{name}/")
    while not is_ready or time.perf_counter() < tap_at:
        is_ready = is_ready or b'"ready": true' in await read(host, port, f"/sessions/{name}/ready.json")
        await asyncio.sleep(ASK_AGAIN_S if not is_ready else max(0.0, tap_at - time.perf_counter()))


async def read(host: str, port: int, path: str) -> bytes:
    """Read a whole page."""
    reader, writer, length = await asked(host, port, path)
    body = await reader.readexactly(length)
    writer.close()
    return body


async def static(host: str, port: int) -> float:
    """Read a static file; give the time to its end."""
    began = time.perf_counter()
    await read(host, port, STATIC)
    return time.perf_counter() - began


async def pages(host: str, port: int, seconds: float) -> Figures:
    """Read a page twice a second meanwhile: the others' pages do not wait for the sound."""
    found, ends = Figures(), time.perf_counter() + seconds
    while time.perf_counter() < ends:
        found.values.append(await static(host, port))
        await asyncio.sleep(0.5)
    return found


@dataclass
class Outcome:
    """What all of them got."""

    heard: Sequence[Heard]
    still: Figures
    """Reading a static file, all at once, before anybody listens."""
    others: Figures
    """Reading one while they listen."""
    load: float = 0.0
    """What else the machine had to do, before."""
    served_s: float = 0.0
    """Processor time of the server and its workers from the tap to the last first sound."""
    listeners_s: float = 0.0
    """Processor time that these listeners took themselves meanwhile: people's players run elsewhere."""

    @property
    def first(self) -> Figures:
        """The times to the first sound."""
        return Figures([one.first_sound_s for one in self.heard])

    @property
    def stalled(self) -> int:
        """How many had to wait in the middle."""
        return sum(one.stalled_s > 0 for one in self.heard)

    @property
    def beside_static(self) -> float:
        """The median first sound, as a multiple of a static file's time."""
        return self.first.at(0.5) / self.still.at(0.5)

    def lines(self) -> list[str]:
        """Say it."""
        count, ahead = len(self.heard), Figures([one.least_ahead_s for one in self.heard])
        ms, own_ms = 1000 * self.served_s / count, 1000 * self.listeners_s / count
        sound_s = sum(one.bytes for one in self.heard) / BYTES_PER_S / count
        return [
            f"first sound of {count}: {self.first.words()} (goal: {FIRST_SOUND_GOAL_S:g} s)",
            f"processor time until then, each: {ms:.0f} ms in the server, {own_ms:.0f} ms in the listener",
            f"a static file for {count}: {self.still.words()}; first sound is {self.beside_static:.1f} × that",
            f"stalled: {self.stalled} of {count}, {sum(one.stalled_s for one in self.heard):.2f} s in all",
            f"least in store: worst {ahead.at(0.0):.2f} s, median {ahead.at(0.5):.2f} s",
            f"a static file meanwhile: {self.others.words()}",
            f"read: {sound_s:.0f} s of sound each",
        ]


async def measured(
    host: str, port: int, pid: int, names: Sequence[str], seconds: float, *, with_pages: bool
) -> Outcome:
    """Let all of them listen."""
    load = os.getloadavg()[0]
    await asyncio.gather(*(static(host, port) for _ in names))
    if with_pages:
        tap_at = time.perf_counter() + TAP_S
        await asyncio.gather(*(opened(host, port, name, tap_at) for name in names))
    still = Figures(await asyncio.gather(*(static(host, port) for _ in names)))
    meanwhile = asyncio.create_task(pages(host, port, seconds))
    served_s, own_s, firsts = sum(map(_busy_s, family(pid))), time.process_time(), itertools.count(1)
    used: list[float] = []

    def on_first() -> None:
        if next(firsts) == len(names):
            used.extend((sum(map(_busy_s, family(pid))) - served_s, time.process_time() - own_s))

    heard = await asyncio.gather(*(listened(host, port, name, seconds, on_first) for name in names))
    return Outcome(heard, still, await meanwhile, load, *used)


def family(pid: int) -> list[int]:
    """Give the server's process and those of its workers."""
    workers = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    return [pid, *map(int, workers)]


def spent(pid: int) -> str:
    """Say what the server and its workers used of the processor and of memory."""
    server, *workers = family(pid)
    return "; ".join((f"server: {_spent(server)}", *(f"worker: {_spent(worker)}" for worker in workers)))


def _busy_s(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _spent(pid: int) -> str:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    return f"{_busy_s(pid):.1f} s of processor time, {int(peak.split()[1]) / 1024:.0f} MiB at most"


def speak_all(host: str, port: int, names: Sequence[str]) -> None:
    """Have every phrase spoken, in a server that is thrown away with all it has rendered."""
    import http.client

    for name in names:
        line = http.client.HTTPConnection(host, port, timeout=120)
        line.request("HEAD", f"/sessions/{name}/sound.mp3")
        line.getresponse().read()
        line.close()


def outcomes(listeners: int, seconds: float) -> Iterator[tuple[str, Outcome, str]]:
    """Measure both ways; give which it was, what came of it, and what the server used."""
    with tempfile.TemporaryDirectory() as folder:
        data, cache = Path(folder, "data"), Path(os.environ.get("LOWTIDE_CACHE") or Path(folder, "cache"))
        data.mkdir()
        with server(data, cache) as (host, port, _):
            names = made(data, cache, listeners)
            speak_all(host, port, names)
        for with_pages in (True, False):
            shutil.rmtree(cache / "chunks", ignore_errors=True)
            with server(data, cache) as (host, port, pid):
                speak_all(host, port, made(data, cache, 1))  # a warm process: someone was here before
                how = "as people do" if with_pages else "at once, without a page"
                found = asyncio.run(measured(host, port, pid, names, seconds, with_pages=with_pages))
                yield how, found, spent(pid)


def rows() -> Iterator[Row]:
    """Give the rows of the table."""
    for how, found, _ in outcomes(LISTENERS, ROW_SECONDS):
        about = f"{LISTENERS} listeners start, {how} (load {found.load:.1f} before)"
        first_s = found.first.at(1.0)
        figure = f"{first_s:.1f} s at worst; median {found.beside_static:.1f} × a static file"
        yield Row(
            what=f"{about}: first sound", figure=figure, goal=f"≤ {FIRST_SOUND_GOAL_S:g} s",
            is_reached=first_s <= FIRST_SOUND_GOAL_S,
        )  # fmt: skip
        stalled = f"{found.stalled} of {LISTENERS}"
        yield Row(what=f"{about}: stalled", figure=stalled, goal="0", is_reached=found.stalled == 0)


def main(listeners: int = LISTENERS, seconds: float = SECONDS) -> None:
    """Print the figures. With LOWTIDE_CACHE set, clips are taken from there and kept."""
    for how, found, used in outcomes(listeners, seconds):
        lines = (f"Measured on {machine()}, load {found.load:.1f} before; {how}.", *found.lines(), used)
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
