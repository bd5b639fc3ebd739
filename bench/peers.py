"""The same session by other means: clips with their times and a soundscape in, an MP3 on standard output out.

Each peer is a whole process, started as a person would start it. `available` tells which ones this machine has.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

KBPS = "128k"
DUCK_DB = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What every peer is given."""

    folder: Path
    """Holds the clips as 48 kHz mono WAV files, and `bed.wav`, a minute of soundscape."""
    clips: tuple[tuple[Path, int], ...]
    """Each clip's file and the millisecond at which it begins."""
    length_ms: int


def ffmpeg_concat(material: Material) -> list[str]:
    """Clips and silences joined by the concat demuxer, the bed looped and ducked by a sidechain compressor."""
    listing = material.folder / "concat.txt"
    lines, at_ms = ["ffconcat version 1.0"], 0
    for index, (path, begin_ms) in enumerate(material.clips):
        if begin_ms > at_ms:
            silence = _silence(material.folder / f"silence-{index}.wav", begin_ms - at_ms)
            lines.append(f"file '{silence}'")
        lines.append(f"file '{path}'")
        at_ms = begin_ms + _length_ms(path)
    listing.write_text("\n".join(lines))
    graph = (
        "[0:a]apad,asplit=2[voice][key];[1:a][key]sidechaincompress=threshold=0.02:ratio=4:attack=500:release=2000[bed];"
        "[voice]aformat=channel_layouts=stereo[wide];[wide][bed]amix=inputs=2:duration=shortest:normalize=0[out]"
    )
    return [
        "ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", str(listing), "-stream_loop", "-1",
        "-i", str(material.folder / "bed.wav"), "-filter_complex", graph, "-map", "[out]",
        "-t", f"{material.length_ms / 1000:.3f}", "-b:a", KBPS, "-compression_level", "5", "-f", "mp3", "-",
    ]  # fmt: skip


def sox(material: Material) -> list[str]:
    """Join the clips and mix them over the repeated bed; sox has no ducking, and few builds of it write MP3."""
    script = material.folder / "sox.sh"
    # Joined in one pass, as a person who knows sox would: padding each clip alone takes minutes.
    joined, at_ms = [], 0
    for index, (path, begin_ms) in enumerate(material.clips):
        if begin_ms > at_ms:
            joined.append(str(_silence(material.folder / f"silence-{index}.wav", begin_ms - at_ms)))
        joined.append(str(path))
        at_ms = begin_ms + _length_ms(path)
    seconds = material.length_ms / 1000
    script.write_text(
        f"sox {' '.join(joined)} -c 2 -p > {material.folder}/voice.sox\n"
        f"sox -m -t sox {material.folder}/voice.sox '|sox {material.folder}/bed.wav -p repeat -' "
        f"-t wav - trim 0 {seconds:.3f} | ffmpeg -v error -i - -b:a {KBPS} -compression_level 5 -f mp3 -\n"
    )
    return ["sh", str(script)]


PYDUB = """
import sys
from pathlib import Path
from pydub import AudioSegment
folder, length, *rest = sys.argv[1:]
bed = AudioSegment.from_wav(Path(folder) / "bed.wav")
out = (bed * (int(length) // len(bed) + 1))[: int(length)] - {duck}
for path, at in zip(rest[::2], rest[1::2]):
    out = out.overlay(AudioSegment.from_wav(path), position=int(at))
sys.stdout.buffer.write(out.export(format="mp3", bitrate="128k").read())
"""

MOVIEPY = """
import sys
from pathlib import Path
from moviepy import AudioFileClip, CompositeAudioClip, afx
folder, length, *rest = sys.argv[1:]
bed = AudioFileClip(str(Path(folder) / "bed.wav")).with_effects([afx.AudioLoop(duration=int(length) / 1000)])
clips = [AudioFileClip(path).with_start(int(at) / 1000) for path, at in zip(rest[::2], rest[1::2])]
out = CompositeAudioClip([bed, *clips]).with_duration(int(length) / 1000)
target = Path(folder) / "moviepy.mp3"
out.write_audiofile(str(target), fps=48000, bitrate="128k", logger=None)
sys.stdout.buffer.write(target.read_bytes())
"""


def pydub(material: Material) -> list[str]:
    """Overlay clip after clip, the usual way."""
    return [sys.executable, "-W", "ignore", "-c", PYDUB.format(duck=DUCK_DB), *_arguments(material)]


def moviepy(material: Material) -> list[str]:
    """Compose one clip of all clips, as most video scripts do."""
    return [sys.executable, "-W", "ignore", "-c", MOVIEPY, *_arguments(material)]


def _arguments(material: Material) -> list[str]:
    pairs = [word for path, at_ms in material.clips for word in (str(path), str(at_ms))]
    return [str(material.folder), str(material.length_ms), *pairs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One other way of making the session."""

    name: str
    needs: tuple[str, ...]
    """Programs, or Python packages marked `py:`."""
    command: Callable[[Material], list[str]]
    times: int = 1

    def is_available(self) -> bool:
        """Say whether all that it needs is installed."""
        return all(
            find_spec(need.removeprefix("py:")) is not None
            if need.startswith("py:")
            else shutil.which(need) is not None
            for need in self.needs
        )


PEERS = (
    Peer(name="ffmpeg concat + sidechain", needs=("ffmpeg",), command=ffmpeg_concat, times=2),
    Peer(name="sox (no ducking)", needs=("sox", "ffmpeg"), command=sox, times=2),
    Peer(name="pydub, as usual", needs=("py:pydub", "ffmpeg"), command=pydub),
    Peer(name="moviepy", needs=("py:moviepy",), command=moviepy),
)


def _silence(path: Path, length_ms: int) -> Path:
    import numpy as np
    import soundfile

    soundfile.write(path, np.zeros(length_ms * 48, dtype=np.int16), 48_000, subtype="PCM_16")
    return path


def _length_ms(path: Path) -> int:
    import soundfile

    return int(soundfile.info(str(path)).frames // 48)
