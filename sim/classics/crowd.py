"""The engine's own turnout, in a town where nothing is left of it but what a classic speaks of.

The crowd is gathered by :func:`sim.behaviour.turnout.gather`, the kernel that gathers every assembly of the main model. One
citizen goes if ::

    concern + asked + sigma * g / (g + kappa) + noise > theta + risk_aversion * p(crowd) * sanction

(the other terms are 0 here). A threshold model is the case without law and noise in which every tie hears of it: with sigma = 1
one goes as soon as g ties go if theta lies between the pull of g - 1 and that of g.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from sim.behaviour.arrays import Call, Columns, Keys, Moods, Rates, Workspace
from sim.behaviour.turnout import gather
from sim.population.people import People
from sim.population.ties import Ties
from sim.streams import Streams, event_code

__all__ = ["Threat", "needed_of_ties", "those_who_go", "turnout"]

_DAY: Final = 100

_EVENT: Final = event_code(1, _DAY)


class Threat:
    """The law's part: what coming may cost.

    Attributes:
        fine: months of income. officers: police. belief, announced: as in :class:`sim.behaviour.arrays.Call`.
    """

    __slots__ = ("announced", "belief", "fine", "officers")

    def __init__(self, fine: float = 0.0, officers: float = 0.0, belief: float = 1.0, announced: float = 0.0) -> None:
        self.fine, self.officers, self.belief, self.announced = fine, officers, belief, announced


def _shared[A: npt.NDArray[np.generic]](array: A) -> A:
    """As a town keeps its arrays, read-only, so that no kernel is compiled twice."""
    view = array.view()
    view.flags.writeable = False
    return view


def turnout(
    ties: Ties, theta: npt.NDArray[np.float32], concern: npt.NDArray[np.float32], rates: Rates, threat: Threat, seed: int
) -> npt.NDArray[np.int32]:
    """Who goes, of people who are all asked: an income of 1, risk aversion 1, and no debts, moods, ways or children.

    Args:
        ties: who knows whom (N people).
        theta, concern: reluctance and concern, utility (N).
        rates: the parameters of behaviour. threat: the law's part. seed: of the noise and of who hears of it.

    Returns:
        the numbers of those who go, rising.
    """
    n = theta.size
    ones, zeros = np.ones(n, np.float32), np.zeros(n, np.float32)
    people = People.of(
        district=np.zeros(n, np.uint8),
        income=ones,
        theta=theta,
        risk_aversion=ones,
        deference=zeros,
        media=zeros,
        foreigner=np.zeros(n, np.bool_),
        concern=concern[None, :],
    )
    columns = Columns.of(people, Ties(_shared(ties.indptr), _shared(ties.neighbours)))
    moods = Moods.of(n)
    nothing = np.zeros(4)
    call = Call(
        event=np.uint64(_EVENT),
        day=_DAY,
        issue=0,
        reach=1.0,
        audience=0,
        pull=0.0,
        news=0.0,
        travel=np.zeros((1, 2))[:, 0],  # a column, as the model hands it over, so that no kernel is compiled twice
        deference_weight=0.0,
        unlawful=np.zeros(2),
        fine=np.full(4, threat.fine),
        jail=nothing,
        stigma=nothing,
        officers=float(threat.officers),
        announced=float(threat.announced),
        belief=threat.belief,
        repeat_since=_DAY,
        brings=0.0,
        minors_barred=False,
        leader=-1,
    )
    streams = Streams(seed)
    keys = Keys(*(streams.key(f"turnout/{name}") for name in ("noise", "told", "call", "audience")))
    goers, _, _ = gather(np.arange(n, dtype=np.int32), columns, moods, call, rates, keys, Workspace.of(n))
    return goers


def those_who_go(ties: Ties, needed: npt.NDArray[np.int64], seed: int = 1) -> npt.NDArray[np.int32]:
    """Who goes, when everyone goes as soon as so many of their ties go; chance has no part in it.

    Args:
        ties: who knows whom (N people).
        needed: how many ties must go (N); 0 for one who goes alone. More than one has is never.
        seed: of streams that this does not draw anything from that matters.
    """
    kappa = max(1.0, float(np.max(np.diff(ties.indptr), initial=1)))
    step = needed - 0.5  # between the pull of one tie fewer and that of enough, with room for single precision
    theta = np.where(needed <= 0, -1.0, step / (step + kappa)).astype(np.float32)
    rates = Rates(1.0, kappa, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0)
    return turnout(ties, theta, np.zeros(theta.size, np.float32), rates, Threat(), seed)


def needed_of_ties(fractions: npt.NDArray[np.float64], ties: Ties) -> npt.NDArray[np.int64]:
    """How many ties a fraction of one's ties is, rounded up; none if the fraction is 0 or less.

    One who has no ties never sees a fraction of them go: they go only if they need none.
    """
    degrees = np.diff(ties.indptr)
    counted = np.ceil(np.clip(fractions, 0.0, 2.0) * degrees - 1e-12).astype(np.int64)
    return np.where(fractions <= 0.0, 0, np.maximum(counted, 1))
