"""Samples in, encoded packets out: one fresh PyAV codec for one chunk.

Called by `flac`, `opus` and `m4a`. PyAV is imported at the first packet: imports are latency. Law: a codec is used
once, in one thread, so its packets depend on the samples and the settings alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lowtide.model.time import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """A codec with its settings."""

    name: str
    """ffmpeg's name of the encoder."""
    layout: str
    """ffmpeg's name of the sample format: `flt`, `fltp` (one channel after the other) or `s16`."""
    frame_samples: int
    """How many samples one packet holds."""
    bit_rate: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def packets(self, sound: NDArray[np.float32] | NDArray[np.int16]) -> list[bytes]:
        """Encode samples (count, 2) from silence on, to the last packet."""
        import av
        import numpy as np

        context = self._open()
        planes = sound.T if self.layout.endswith("p") else sound.reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(planes), format=self.layout, layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, 0
        packets = [*context.encode(frame), *context.encode(None)]
        return [bytes(packet) for packet in packets if packet.size]

    def setup(self) -> bytes:
        """Give what a decoder must be told before the first packet (ffmpeg's "extradata")."""
        return bytes(self._open().extradata)

    def _open(self) -> Any:
        import av

        context: Any = av.CodecContext.create(self.name, "w")
        context.sample_rate, context.layout, context.format = SAMPLE_RATE_HZ, "stereo", self.layout
        if self.bit_rate:
            context.bit_rate = self.bit_rate
        context.options = dict(self.options)
        context.thread_count = 1
        context.open()
        assert context.frame_size == self.frame_samples, context.frame_size
        return context
