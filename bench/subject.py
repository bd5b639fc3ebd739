"""Lowtide itself, as a process of its own: what `bench` starts to see one render's time and memory by themselves.

python -m bench.subject FORMAT MINUTES [SCRIPT]     the recording on standard output, from phrases that are in the cache
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.material import prepared
from lowtide import pipeline, speak
from lowtide.model.audio import Format, Sound


def main(file_format: str, minutes: str, script: str = "") -> None:
    """Render the measured session to standard output."""
    made = prepared(speak.Cache(), float(minutes), Path(script) if script else None)
    label = pipeline.label(made)
    for piece in pipeline.deliver(made, Sound(), label, Format(file_format)):
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    main(*sys.argv[1:])
