"""Check-ins in, a belief about what helps whom out, with how sure it is. Pure: no files, no clock, no dice.

    belief = begin(house_prior(), since_ms)
    belief, learned = update(belief, checkin)
    choice, info = choose(belief, ("body-scan", "pmr"), Context(at_ms=now), seed)

Chance is a seed that is handed in, and now is a time that is handed in.
"""

from lowtide.learn.choose import choose
from lowtide.learn.claims import effects
from lowtide.learn.explain import helps
from lowtide.learn.fitting import fit_prior
from lowtide.learn.prior import house_prior
from lowtide.learn.update import begin, correct, forget, replay, update

__all__ = ["begin", "choose", "correct", "effects", "fit_prior", "forget", "helps", "house_prior", "replay", "update"]
