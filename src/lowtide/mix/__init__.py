"""Timeline → audio: a pure function of its place, so that any stretch can be rendered at any time."""

from __future__ import annotations

from lowtide.mix.balance import Balance
from lowtide.mix.mixer import Mixer

__all__ = ["Balance", "Mixer"]
