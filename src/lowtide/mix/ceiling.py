"""Samples in, samples that can not pass −1 dBTP out: the safety curve.

Called by `mixer` last. Law: memoryless, so a sample depends on nothing but itself: the identity up to the knee, then a
bend that never reaches the limit. The balance is made so that it idles, but for single tips of a peaky voice.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.grain import Stereo

TRUE_PEAK_DBTP = -1.0
"""No peak passes this, between samples either (EVIDENCE.md, Sound; EBU R 128: a programme's highest true peak)."""
BETWEEN_SAMPLES_DB = 1.5
"""What a peak between two samples may rise above them. Measured: 0.1 dB for bent speech, 1.04 dB at the very worst."""
LIMIT = 10 ** ((TRUE_PEAK_DBTP - BETWEEN_SAMPLES_DB) / 20)
"""Never reached by a sample."""
KNEE_DB = -4.0
"""Below this nothing is changed."""
KNEE = 10 ** (KNEE_DB / 20)
_ROOM = LIMIT - KNEE


Samples = NDArray[np.floating[Any]]


def bend(amplitude: Samples) -> Samples:
    """Bend amplitudes that are at or above the knee."""
    bent: Samples = KNEE + _ROOM * np.tanh((amplitude - KNEE) / _ROOM)
    return bent


def hold_under(cell: Stereo) -> None:
    """Bend in place what lies above the knee; leave a cell alone where nothing does."""
    if cell.max() <= KNEE and cell.min() >= -KNEE:
        return
    over = np.flatnonzero(np.abs(cell) > KNEE)
    cell[over] = np.copysign(bend(np.abs(cell[over])), cell[over])
