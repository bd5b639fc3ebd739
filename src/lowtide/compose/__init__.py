"""Plan and script in, session out; session and spoken lengths in, timeline out."""

from lowtide.compose.choose import unreachable
from lowtide.compose.fit import choose, fit, reach
from lowtide.compose.resolve import resolve

__all__ = ["choose", "fit", "reach", "resolve", "unreachable"]
