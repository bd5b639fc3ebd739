"""A command in; its wall time, time to the first byte and peak memory out. The best of some runs: noise only adds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One whole process."""

    wall_s: float
    first_byte_s: float
    """Until the first byte on standard output; the wall time where it printed none."""
    peak_mib: float
    out_bytes: int


WEIGH = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Starts a command from a small process: a child's peak begins with what its parent held when it was started."""


def run(words: Sequence[str], *, is_weighed: bool = True, env: dict[str, str] | None = None) -> Run:
    """Run a command whose standard output is the product; raise where it fails.

    `is_weighed` costs some 15 ms before the first byte; without it the peak memory is not measured (0).
    """
    words = [sys.executable, "-S", "-c", WEIGH, *words] if is_weighed else words
    begin = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
    assert child.stdout is not None
    assert child.stderr is not None
    first = child.stdout.read(1)
    first_byte_s = time.perf_counter() - begin
    size = len(first)
    while block := child.stdout.read(1 << 16):
        size += len(block)
    complaint = child.stderr.read().decode(errors="replace")
    child.wait()
    wall_s = time.perf_counter() - begin
    if child.returncode:
        raise RuntimeError(f"{' '.join(words)[:200]} failed: {complaint[-400:]}")
    heaviest = int(complaint.split()[-1]) if is_weighed else 0
    peak = heaviest * (1 if sys.platform == "darwin" else KIB) / MIB
    return Run(wall_s=wall_s, first_byte_s=first_byte_s, peak_mib=peak, out_bytes=size)


def best(times: int, once: Callable[[], Run]) -> Run:
    """Repeat a run and keep the best of each figure."""
    runs = [once() for _ in range(times)]
    return Run(
        wall_s=min(r.wall_s for r in runs),
        first_byte_s=min(r.first_byte_s for r in runs),
        peak_mib=min(r.peak_mib for r in runs),
        out_bytes=runs[0].out_bytes,
    )


def timed(once: Callable[[], object], *, times: int) -> float:
    """Time a call in this process: the best of some, in seconds."""
    spans = []
    for _ in range(times):
        begin = time.perf_counter()
        once()
        spans.append(time.perf_counter() - begin)
    return min(spans)


def machine() -> str:
    """Describe the machine in a line: processor, cores, memory, Python."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MIB / KIB
    version = ".".join(str(part) for part in sys.version_info[:3])
    return f"{model}, {os.cpu_count()} cores, {memory_gib:.0f} GiB, Python {version}"
