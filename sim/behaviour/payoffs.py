"""What a plan is worth to an organiser, in log-persons, and what that is made of (design, 4.3)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.behaviour.choice import normal_above
from sim.behaviour.plans import expect, owes, procedure_of
from sim.behaviour.ways import BANNED, EXEMPT, KINDS
from sim.kernels import jit

__all__ = ["worth"]


@jit
def _point(way: Any, persons: float, m: Any, board: Any) -> Any:
    """What being there is worth: the log of the crowd, by place, less as the occasion recedes."""
    late = max(0, way.date - m.date)
    visible = m.visible_exempt if way.outside else board.sites[way.site].visible
    return visible * math.log1p(persons) * math.pow(m.half, late / m.urgency_half_life)


@jit
def _over(limit: int, size: float, which: int, gain: float, m: Any) -> Any:
    """What passing one limit may cost: the chance that more come, times being ended or punished for it."""
    persons = int(limit * (1.0 + m.limits[which, 1]))
    over = normal_above(math.log(max(persons, 1)), math.log(size), m.forecast_error)
    ended = max(0.0, gain) if m.limits[which, 2] > 0.0 else 0.0
    punished = m.sanction_weight * m.punished * m.threats[2]
    return over * (0.5 * ended + punished)


@jit
def _overrun(way: Any, size: float, gain: float, m: Any, board: Any) -> float:
    """What passing a limit may cost: the worst of those there are."""
    loss = 0.0
    if m.limits[0, 0] > 0.0 and way.files and owes(way, board):
        loss = max(loss, _over(way.declared, size, 0, gain, m))
    if way.outside:
        return loss
    if m.limits[1, 0] > 0.0:
        cell = way.form * KINDS + board.sites[way.site].kind
        for k in range(board.steps_first[cell], board.steps_first[cell + 1]):
            if board.steps[k] > way.declared:
                loss = max(loss, _over(board.steps[k] - 1, size, 1, gain, m))
                break
    if m.limits[2, 0] > 0.0 and procedure_of(way, board) != EXEMPT:
        loss = max(loss, _over(board.sites[way.site].capacity, size, 2, gain, m))
    return loss


@jit
def leave_expected(row: int, m: Any, board: Any) -> Any:
    """The chance of leave it sees under a row: usual practice as a beta prior, and the answers it had and heard of."""
    p = board.duties[row].procedure
    yes = m.known[p, 0] + m.learning_others * m.heard[p, 0]
    seen = m.known[p, 1] + m.learning_others * m.heard[p, 1]
    return (board.duties[row].prior * m.prior_strength + yes) / (m.prior_strength + seen)


@jit
def worth(way: Any, m: Any, board: Any) -> None:
    """Write down what a plan is worth, in log-persons, and what that is made of; waiting is worth nothing.

    A phantom filing is worth keeping out who might want the slot, if the slot is free: that is seen to above.
    """
    procedure, owing, alone = procedure_of(way, board), owes(way, board), way.form == 0
    filing = m.filing_cost * m.items
    way.leave, way.overrun, way.filing, way.announced = np.nan, 0.0, 0.0, way.files
    effort = way.effort * (1.0 if way.public else m.quiet_share)
    way.persons = 1.0 if alone else way.parts * expect(way.date, True, effort, m, board)
    way.persons_unlawful = 1.0 if alone else way.parts * expect(way.date, False, effort, m, board)
    way.cost = m.effort_cost * (m.alone_effort if alone else 1.0) + m.splitting_cost * (way.parts - 1)
    way.lawful = _point(way, way.persons, m, board) - way.cost
    way.threat = m.threats[1] if way.files else m.threats[0]
    risk = m.sanction_weight * m.punished
    way.unlawful = _point(way, way.persons_unlawful, m, board) - way.cost - m.legality - risk * way.threat
    way.worth = way.unlawful
    if m.all_barred or procedure == BANNED or (owing and not way.files):
        return
    if not owing:
        if way.outside or board.sites[way.site].lawful[way.form, procedure]:
            way.overrun = _overrun(way, way.persons / way.parts, way.lawful, m, board)
            way.worth, way.leave = way.lawful - way.overrun, 1.0
        return
    way.leave = 0.0
    if way.row >= 0 and not m.barred:
        way.leave = leave_expected(way.row, m, board) * board.sites[way.site].waived[way.form, procedure]
    way.overrun = _overrun(way, way.persons / way.parts, way.lawful, m, board)
    way.filing = way.parts * filing
    gain, without = way.lawful - way.overrun, max(way.unlawful, -m.giving_up_cost)
    way.worth = way.leave * gain + (1.0 - way.leave) * without - way.filing
