"""Kokoro: a natural voice by the `kokoro-onnx` library, with model files that `lowtide voices install kokoro` fetches.

One worker for all phrases: the model is large, and uses every core by itself. `child` is what runs there.
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

_SLOWEST, _FASTEST = 0.5, 2.0
"""The speeds that the library takes."""
_LIKE = {
    "af_heart": ("en-US", "an American woman, warm"),
    "bf_emma": ("en-GB", "a British woman, calm"),
    "af_nicole": ("en-US", "an American woman, whispering"),
    "bm_george": ("en-GB", "a British man, low"),
    "am_michael": ("en-US", "an American man, gentle"),
}
"""In order of preference; kokoro's own voice list grades `af_heart` best and `bf_emma` as the best British one."""
_SETS = ("kokoro", "kokoro-int8")
"""The model sets that it can speak from, the better first."""


class Kokoro:
    """Kokoro-82M v1.0."""

    name = "kokoro"
    lexicon = "espeak"

    def __init__(self, models: Models | None = None) -> None:
        """Use the model files of this system, or those in another folder."""
        self._models = models or Models()

    def voices(self) -> tuple[Voice, ...]:
        """List its calm English voices."""
        missing = self._missing()
        return tuple(
            Voice(
                engine=self.name, short=short, quality=Quality.NATURAL, language=language, is_ready=not missing,
                note=missing or like,
            )
            for short, (language, like) in _LIKE.items()
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:  # noqa: ARG002 (all are stretched to it)
        """Give the pace that every natural voice is brought to."""
        return CALM

    def fingerprint(self, voice: str) -> str:
        """Name the model's checksums, the library's version and the pace."""
        return f"{library_version('kokoro-onnx')} {self._models.fingerprint(*_SETS)} {voice} {CALM} {CALIBRATION}"

    def open(self, voice: str, jobs: int) -> Workers:
        """Prepare the worker. Raises `EngineError` where library or model are missing."""
        missing = self._missing()
        folder = self._models.ready(*_SETS)
        if missing or folder is None:
            raise EngineError(f"The voice kokoro is not installed. {missing}", permanent=True)
        model = next(path for path in sorted(folder.iterdir()) if path.suffix == ".onnx")
        styles = next(path for path in sorted(folder.iterdir()) if path.suffix in {".bin", ".npz"})
        return Workers(__name__, [str(model), str(styles), voice, str(jobs)], 1)

    def _missing(self) -> str:
        if not has_library("kokoro_onnx"):
            return "Install Lowtide with its extra 'natural', then run: lowtide voices install kokoro"
        return "" if self._models.ready(*_SETS) else "Run: lowtide voices install kokoro"


def child(model: str, styles: str, voice: str, threads: str) -> Speak:
    """Load the model and give what speaks; runs in a worker."""
    import numpy as np
    import onnxruntime
    from kokoro_onnx import Kokoro as Library

    from lowtide.speak.shape import speech_ms

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    library = Library.from_session(session, styles)
    language = "en-gb" if voice.startswith("b") else "en-us"
    if voice not in library.voices:
        raise EngineError(f"{Path(styles).name} has no voice {voice}.", permanent=True)

    def at(text: str, speed: float) -> tuple[int, NDArray[np.float32]]:
        try:
            samples, rate_hz = library.create(text, voice, min(_FASTEST, max(_SLOWEST, speed)), language)
        except ValueError as error:
            raise EngineError("kokoro found nothing to say in a phrase.", permanent=True) from error
        return int(rate_hz), np.asarray(samples, dtype="<f4")

    stretch = stretch_to_calm(sum(speech_ms(*at(text, 1.0)) for text in CALIBRATION))

    def speak(text: str, slow: bool) -> tuple[int, str, bytes]:
        rate_hz, samples = at(text, 1.0 / (stretch * (SLOW_FACTOR if slow else 1.0)))
        return rate_hz, "<f4", samples.tobytes()

    return speak
