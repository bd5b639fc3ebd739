"""Piper: natural voices by the `piper-tts` library, with model files that `lowtide voices install NAME` fetches.

Several workers with one thread each: its models are small. `child` is what runs there. The noise that varies how Piper
says a phrase each time is switched off, so that the same phrase always sounds the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.errors import EngineError
from lowtide.speak.by.child import Speak
from lowtide.speak.by.worker import Workers
from lowtide.speak.engine import SLOW_FACTOR, Pace, Quality, Voice
from lowtide.speak.estimate import CALIBRATION, CALM, stretch_to_calm
from lowtide.speak.models import Models, has_library, library_version

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LIKE = {
    "en_GB-cori-high": ("en-GB", "a British woman, clear and calm"),
    "en_GB-alba-medium": ("en-GB", "a Scottish woman"),
    "en_US-ljspeech-high": ("en-US", "an American woman, reading"),
}
"""In order of preference. Chosen among Piper's voices for calm, and for a licence that lets recordings be published."""
_MOST_WORKERS = 4
"""Each holds a model of 60–115 MB."""


class Piper:
    """The Piper voices that were installed."""

    name = "piper"
    lexicon = "espeak"

    def __init__(self, models: Models | None = None) -> None:
        """Use the model files of this system, or those in another folder."""
        self._models = models or Models()

    def voices(self) -> tuple[Voice, ...]:
        """List the voices that can be installed; each has a model of its own."""
        return tuple(
            Voice(
                engine=self.name, short=short, quality=Quality.NATURAL, language=language,
                is_ready=not self._missing(short), note=self._missing(short) or like,
            )
            for short, (language, like) in _LIKE.items()
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:  # noqa: ARG002 (all are stretched to it)
        """Give the pace that every natural voice is brought to."""
        return CALM

    def fingerprint(self, voice: str) -> str:
        """Name the model's checksums, the library's version and the pace."""
        return f"{library_version('piper-tts')} {self._models.fingerprint(voice)} {CALM} {CALIBRATION}"

    def open(self, voice: str, jobs: int) -> Workers:
        """Prepare the workers. Raises `EngineError` where library or model are missing."""
        missing = self._missing(voice)
        folder = self._models.ready(voice)
        if missing or folder is None:
            raise EngineError(f"The voice piper:{voice} is not installed. {missing}", permanent=True)
        model = next(path for path in sorted(folder.iterdir()) if path.suffix == ".onnx")
        return Workers(__name__, [str(model)], min(jobs, _MOST_WORKERS))

    def _missing(self, voice: str) -> str:
        if not has_library("piper"):
            return f"Install Lowtide with its extra 'natural', then run: lowtide voices install piper:{voice}"
        return "" if self._models.ready(voice) else f"Run: lowtide voices install piper:{voice}"


def child(model: str) -> Speak:
    """Load the model and give what speaks; runs in a worker."""
    import json

    import numpy as np
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig
    from piper.config import PiperConfig

    from lowtide.speak.shape import speech_ms

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(Path(f"{model}.json").read_text("utf-8")))
    voice = PiperVoice(session=session, config=config)

    def at(text: str, stretch: float) -> NDArray[np.float32]:
        how = SynthesisConfig(length_scale=config.length_scale * stretch, noise_scale=0.0, noise_w_scale=0.0)
        pieces = [chunk.audio_float_array for chunk in voice.synthesize(text, how)]
        return np.concatenate(pieces).astype("<f4") if pieces else np.zeros(0, dtype="<f4")

    rate_hz = int(config.sample_rate)
    stretch = stretch_to_calm(sum(speech_ms(rate_hz, at(text, 1.0)) for text in CALIBRATION))

    def speak(text: str, slow: bool) -> tuple[int, str, bytes]:
        return rate_hz, "<f4", at(text, stretch * (SLOW_FACTOR if slow else 1.0)).tobytes()

    return speak
