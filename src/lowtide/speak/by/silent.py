"""The reference engine: how long calm speech would be, without a sound. For tests, previews and `--voice silent`."""

from __future__ import annotations

from lowtide.speak.engine import Pace, Quality, Raw, Voice
from lowtide.speak.estimate import CALM, length_ms

_RATE_HZ = 48_000


class Silent:
    """Speaks nothing, for exactly the estimated time."""

    name = "silent"
    lexicon = ""

    def voices(self) -> tuple[Voice, ...]:
        """List the one voice that there is."""
        note = "no sound, only lengths: for trying things out"
        return (
            Voice(
                engine=self.name, short="calm", quality=Quality.REFERENCE, language="en", is_ready=True, note=note
            ),
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:  # noqa: ARG002 (there is only one)
        """Give the middle of EVIDENCE's range."""
        return CALM

    def fingerprint(self, voice: str) -> str:
        """Name the pace."""
        return f"{voice} {CALM}"

    def open(self, voice: str, jobs: int) -> SilentMouth:  # noqa: ARG002
        """Open a mouth that says nothing."""
        return SilentMouth()


class SilentMouth:
    """See `Silent`."""

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:  # noqa: ARG002
        """Give silence of the estimated length."""
        import numpy as np

        frames = length_ms(text, CALM, slow=slow) * _RATE_HZ // 1000
        return Raw(samples=np.zeros(frames, dtype=np.float32), rate_hz=_RATE_HZ)

    def close(self) -> None:
        """Do nothing: nothing runs."""
