"""What is believed of a person, as nouns: the prior it begins with, the belief, an effect, and a choice from it."""

from lowtide.model.belief.belief import Belief, Group, Learned, Tally
from lowtide.model.belief.choice import Choice, ChoiceInfo, Context, Effect, History
from lowtide.model.belief.prior import FEATURES, MeasurePrior, Prior, PriorInfo

__all__ = [
    "FEATURES", "Belief", "Choice", "ChoiceInfo", "Context", "Effect", "Group", "History", "Learned", "MeasurePrior",
    "Prior", "PriorInfo", "Tally",
]  # fmt: skip
