"""The rules of Epstein's Model I, compiled: who rises, who is arrested, who moves where.

Citizens are numbered from 0 and cops after them. How many cops and actives can be seen from a cell is not counted anew for every
citizen: it is kept for each cell, and changed when a cop or an active moves, rises or is arrested. Few are active, so this is
faster than looking around (measured in ``docs/classics/epstein.md``), and the numbers are the same.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.classics.epstein_board import (
    ACTIVES,
    AFTER,
    BLOCKERS,
    CELL,
    COPS,
    GRIEVANCE,
    HEAD,
    RISK,
    SENTENCE,
    STATE,
    Board,
    Floats,
    Keys,
    Rules,
    Table,
    drawn,
    scaled,
    shuffled,
)
from sim.kernels import jit
from sim.streams import Int, words

__all__ = ["ACTIVE", "JAILED", "QUIET", "RATIOS", "advance", "seen"]

QUIET: Final = 0
ACTIVE: Final = 1
JAILED: Final = 2

RATIOS: Final = ("printed", "floor", "round")
"""What is done to cops per active: nothing, rounded down (NetLogo), rounded to the nearest, halves to even (Mesa)."""

_PRINTED, _FLOOR = 0, 1

_NOBODY: Final = -1

_TRIES: Final = 8
"""Draws of four cells each before empty cells are counted; either way each empty cell is equally likely."""


@jit
def _beside(cell: int, k: int, steps: Table, rules: Rules) -> int:
    """The k-th cell that is seen from a cell, around the torus."""
    width, height = rules.width, rules.height
    column, row = cell % width + steps[k, 0], cell // width + steps[k, 1]
    if column < 0:
        column += width
    elif column >= width:
        column -= width
    if row < 0:
        row += height
    elif row >= height:
        row -= height
    return int(row * width + column)


@jit
def seen(ground: Table, whom: int, cell: int, by: int, half: Table, rules: Rules) -> None:
    """Somebody (COPS or ACTIVES) at a cell is seen (1), or is seen no more (-1), from the cells around: seeing is mutual."""
    width, height, reach, counts = rules.width, rules.height, half.size // 2, ground[whom]
    x, y = cell % width, cell // width
    for k in range(half.size):
        row = y + k - reach
        if row < 0:
            row += height
        elif row >= height:
            row -= height
        start, left, right = row * width, x - half[k], x + half[k] + 1
        _add(counts, start + max(left, 0), start + min(right, width), by)
        if left < 0:
            _add(counts, start + width + left, start + width, by)
        elif right > width:
            _add(counts, start, start + right - width, by)


@jit
def _add(counts: Table, first: int, end: int, by: int) -> None:
    """Add to a run of cells. Unsigned, since numba would ask of every signed one whether it counts from the end."""
    for i in range(np.uint64(first), np.uint64(end)):
        counts[i] += by


@jit
def _link(i: int, people: Table, ground: Table) -> None:
    """Enter an active into the chain of those at its cell."""
    people[AFTER, i] = ground[HEAD, people[CELL, i]]
    ground[HEAD, people[CELL, i]] = i


@jit
def _unlink(i: int, people: Table, ground: Table) -> None:
    """Strike one out of the chain."""
    cell = people[CELL, i]
    if ground[HEAD, cell] == i:
        ground[HEAD, cell] = people[AFTER, i]
        return
    other = ground[HEAD, cell]
    while people[AFTER, other] != i:
        other = people[AFTER, other]
    people[AFTER, other] = people[AFTER, i]


@jit
def _empty_cell(key: Int, who: int, step: int, cell: int, ground: Table, steps: Table, rules: Rules) -> int:
    """An empty cell within vision, each exactly as likely; one's own if there is none."""
    n = steps.shape[0]
    for slot in range(_TRIES):
        a, b, c, d = words(key, who, step, slot)
        for word in (a, b, c, d):
            k, fair = scaled(word, n)
            if fair:
                target = _beside(cell, k, steps, rules)
                if ground[BLOCKERS, target] == 0:
                    return target
    empty = 0
    for k in range(n):
        empty += ground[BLOCKERS, _beside(cell, k, steps, rules)] == 0
    if empty == 0:
        return cell
    left = drawn(key, who, step, _TRIES, empty)
    for k in range(n):
        target = _beside(cell, k, steps, rules)
        if ground[BLOCKERS, target] == 0:
            if left == 0:
                return target
            left -= 1
    return cell


@jit
def _go(who: int, target: int, whom: int, people: Table, ground: Table, half: Table, rules: Rules) -> None:
    """Be somewhere else, and be seen there, if one is of those who count (COPS or ACTIVES)."""
    cell = people[CELL, who]
    if target == cell:
        return
    ground[BLOCKERS, cell] -= 1
    ground[BLOCKERS, target] += 1
    if whom == ACTIVES:
        _unlink(who, people, ground)
    people[CELL, who] = target
    if whom == ACTIVES:
        _link(who, people, ground)
    if whom != _NOBODY:
        seen(ground, whom, cell, -1, half, rules)
        seen(ground, whom, target, 1, half, rules)


@jit
def _rises(grievance: float, risk: float, cops: int, actives: int, rules: Rules) -> bool:
    """Rule A: whether grievance less net risk is above the threshold.

    A risk is never negative, so who has not the grievance need not look around.
    """
    if grievance <= rules.threshold:
        return False
    odds = cops / actives
    if rules.ratio == _FLOOR:
        odds = math.floor(odds)
    elif rules.ratio != _PRINTED:
        odds = np.rint(odds)
    return grievance - risk * (1.0 - math.exp(-rules.k * odds)) > rules.threshold


@jit
def _decide(who: int, people: Table, traits: Floats, ground: Table, half: Table, rules: Rules) -> None:
    """Rule A, and what others see of it."""
    cell, was = people[CELL, who], people[STATE, who] == ACTIVE
    actives = 1 + ground[ACTIVES, cell] - (was and not rules.own_twice)
    now = _rises(traits[GRIEVANCE, who], traits[RISK, who], ground[COPS, cell], actives, rules)
    if now and not was:
        people[STATE, who] = ACTIVE
        _link(who, people, ground)
        seen(ground, ACTIVES, cell, 1, half, rules)
    elif was and not now:
        people[STATE, who] = QUIET
        _unlink(who, people, ground)
        seen(ground, ACTIVES, cell, -1, half, rules)


@jit
def _suspect(key: Int, cop: int, step: int, people: Table, ground: Table, steps: Table, rules: Rules) -> int:
    """One of the actives whom a cop sees, each exactly as likely; -1 if it sees none."""
    cell = people[CELL, cop]
    if ground[ACTIVES, cell] == 0:
        return -1
    left = drawn(key, cop, step, 0, ground[ACTIVES, cell])
    for k in range(-1, steps.shape[0]):
        i = ground[HEAD, cell if k < 0 else _beside(cell, k, steps, rules)]
        while i >= 0:
            if left == 0:
                return int(i)
            left -= 1
            i = people[AFTER, i]
    return -1


@jit
def _arrest(cop: int, i: int, sentence: int, people: Table, ground: Table, half: Table, rules: Rules) -> None:
    """Rule C, for the cop and whom it arrests. With a sentence of 0 one is let go at once, or at one's next turn."""
    cell = people[CELL, i]
    _unlink(i, people, ground)
    seen(ground, ACTIVES, cell, -1, half, rules)
    people[SENTENCE, i] = sentence
    if sentence == 0 and not rules.at_own_turn:
        people[STATE, i] = QUIET
    else:
        people[STATE, i] = JAILED
        ground[BLOCKERS, cell] -= not rules.jailed_block
    if rules.cop_follows:
        _go(cop, cell, COPS, people, ground, half, rules)


@jit
def _sits(who: int, people: Table, ground: Table, rules: Rules) -> bool:
    """Whether a citizen sits in jail still, with a step less to go. Who does not is free where it was, as aggrieved as before."""
    if people[SENTENCE, who] > 0:
        people[SENTENCE, who] -= 1
        if rules.at_own_turn or people[SENTENCE, who] > 0:
            return True
    people[STATE, who] = QUIET
    ground[BLOCKERS, people[CELL, who]] += not rules.jailed_block
    return False


@jit
def advance(step: int, board: Board, rules: Rules, keys: Keys) -> None:
    """A step: everybody once, in random order, each seeing what those before have done; then sentences grow shorter."""
    people, traits, ground, order, half, steps = board
    citizens = traits.shape[1]
    shuffled(keys.order, step, order)
    for who in order:
        cop = who >= citizens
        if people[STATE, who] == JAILED and not (rules.at_own_turn and not _sits(who, people, ground, rules)):
            continue
        for part in range(2):
            if rules.decide_first == (part == 1):
                target = _empty_cell(keys.move, who, step, people[CELL, who], ground, steps, rules)
                whom = COPS if cop else ACTIVES if people[STATE, who] == ACTIVE else _NOBODY
                _go(who, target, whom, people, ground, half, rules)
            elif not cop:
                _decide(who, people, traits, ground, half, rules)
            else:
                suspect = _suspect(keys.arrest, who, step, people, ground, steps, rules)
                if suspect >= 0:
                    sentence = drawn(keys.jail, who, step, 0, rules.longest + 1)
                    _arrest(who, suspect, sentence, people, ground, half, rules)
    if not rules.at_own_turn:
        for who in range(citizens):
            if people[STATE, who] == JAILED:
                _sits(who, people, ground, rules)
