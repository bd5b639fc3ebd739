"""Plan and script in, session out; session and spoken lengths in, timeline out; and a timeline that turns."""

from lowtide.compose.choose import unreachable
from lowtide.compose.fit import choose, fit, reach
from lowtide.compose.resolve import passage, resolve
from lowtide.compose.switch import Turn, needs, switch, turn

__all__ = ["Turn", "choose", "fit", "needs", "passage", "reach", "resolve", "switch", "turn", "unreachable"]
