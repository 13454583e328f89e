"""How an organiser weighs its ways of acting and takes one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.behaviour.payoffs import worth
from sim.behaviour.plans import plans
from sim.behaviour.ways import PHANTOM
from sim.kernels import jit
from sim.streams import Int, uniform

__all__ = ["appraise", "choose", "weigh"]


@jit
def appraise(ways: Any, k: int, board: Any) -> None:
    """Write down what the plan in row ``k`` is worth."""
    worth(ways[k], board.facts[0], board)


@jit
def _coin(key: Int, organiser: int, day: int, slot: int) -> Any:
    """A standard Gumbel number: the largest payoff with such noise added is a logit choice (McFadden 1974)."""
    return -math.log(-math.log(uniform(key, organiser, np.uint64(day) << np.uint64(8), slot)))


@jit
def weigh(ways: Any, how: Int, board: Any) -> int:
    """Write every way of acting into ``ways``, with its worth and its coin. Returns how many there are.

    Which coin a plan keeps, whatever else there is: by strategy, form kept or changed, working day or off, and site. A
    phantom's worth is left at what holding the slot would be worth were it free.
    """
    m = board.facts[0]
    n = plans(ways, m, board)
    for k in range(n):
        way = ways[k]
        changed, working = way.form != m.form, board.days[way.date - m.date].working
        slot = ((way.strategy * 2 + changed) * 2 + working) * 256 + way.site
        way.noise = _coin(how, m.organiser, m.day, slot)
        worth(way, m, board)
    return n


@jit
def choose(ways: Any, waiting: float, whether: Int, board: Any) -> tuple[int, bool, float, float, float]:
    """The best way of acting, whether it is taken rather than waiting, what acting is worth, and the coins of both.

    Ways of acting are alike, so they share the coin of acting and have smaller ones of their own (an error-components logit:
    Train 2009, section 6.3): a law that offers one more poor way does not by that make more people act.
    """
    m = board.facts[0]
    taken, most = -1, -np.inf
    for k in range(ways.size):
        value = ways[k].worth + m.temperature_within * ways[k].noise
        if ways[k].strategy != PHANTOM and (taken < 0 or value > most):
            taken, most = k, value
    stay, act = _coin(whether, m.organiser, m.day, 0), _coin(whether, m.organiser, m.day, 1)
    acts = most + m.temperature * act > waiting + m.temperature * stay
    return taken, acts, most, stay, act
