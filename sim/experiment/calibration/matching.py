"""History matching: what cannot be is ruled out, wave by wave, until little is left (Craig, Goldstein, Seheult and Smith 1997).

A wave runs the model at points that are not ruled out yet, learns emulators of all goals from everything that was run, and rules
out by them anew (Vernon, Goldstein and Bower 2010, Bayesian Analysis 5(4); for stochastic models of people, Andrianakis et al.
2015, PLoS Computational Biology 11(1)). Two things can stand in the way, and both are told instead of hidden:

- a goal that no point comes near: it *cannot be met*; its discrepancy is granted to be as large as it turns out to be, so that
  the others can be calibrated;
- goals of which each can be met, but not all together: then as many as needs be may be missed by each point, the fewest possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.errors import ModelError
from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.emulator import fit
from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.implausibility import Judge
from sim.experiment.calibration.seeds import mean_over_seeds, seed_variance, seeds_with_value
from sim.experiment.calibration.space import Found, region, spread_out
from sim.experiment.calibration.threads import one_thread
from sim.experiment.design.factors import Factor
from sim.experiment.design.points import drawn
from sim.experiment.sensitivity.table import Floats

__all__ = ["Matched", "Miss", "Rules", "Values", "Wave", "match"]

type Values = Mapping[str, Floats]
"""By goal, what came of points: points by seeds, NaN where there is no value."""

type Simulate = Callable[[Floats, int], Values]
"""Runs the model: points of the unit cube and the number of the wave, from 1, to the values of every goal."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How it is done.

    Attributes:
        waves: how many. points: of each. cutoff: implausibility above which a point is ruled out.
        particles: points by which the region that is left is known. sample: which sample of chance.
    """

    waves: int
    points: int
    cutoff: float = 3.0
    particles: int = 1000
    sample: int = 1


@dataclass(frozen=True, slots=True)
class Miss:
    """A goal that cannot be met.

    Attributes:
        goal: its name. nearest: the value of its pattern nearest to the band, by the emulator. simulated: the nearest that a
            run gave. apart: how far the first lies from the middle of the band, in half widths. implausibility: there.
    """

    goal: str
    nearest: float
    simulated: float
    apart: float
    implausibility: float


@dataclass(frozen=True, eq=False)
class Wave:
    """What a wave found.

    Attributes:
        number: from 1. x: its points. values: what came of them, by goal.
        judge: what is known after it. misses: goals that cannot be met. silent: goals that too few points have a value of.
        left: the region that is not ruled out.
    """

    number: int
    x: Floats
    values: Values
    judge: Judge
    misses: tuple[Miss, ...]
    silent: tuple[str, ...]
    left: Found


@dataclass(frozen=True, eq=False)
class Matched:
    """All waves.

    Attributes:
        goals: those that were to be met. waves: in their order. seed_variance: by goal, of one run's value on its scale.
    """

    goals: tuple[Goal, ...]
    waves: tuple[Wave, ...]
    seed_variance: Mapping[str, float]

    @property
    def last(self) -> Wave:
        """The last wave, which knows what all before it know."""
        return self.waves[-1]


def match(
    goals: Sequence[Goal],
    parameters: int,
    simulate: Simulate,
    rules: Rules,
    pilot: Values | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Matched:
    """Match the history of some goals.

    Args:
        goals: what is to be met. parameters: how many there are. simulate: the model. rules: how it is done.
        pilot: values at one point with more seeds, by which the noise between seeds is known where points have one seed only.
        tell: told in a line what a wave found.

    Raises:
        ModelError: if no goal has enough values to be emulated, or scikit-learn is not installed.
    """
    with one_thread():
        return _matched(tuple(goals), parameters, simulate, rules, pilot, tell)


def _matched(
    goals: tuple[Goal, ...],
    parameters: int,
    simulate: Simulate,
    rules: Rules,
    pilot: Values | None,
    tell: Callable[[str], None],
) -> Matched:
    waves: list[Wave] = []
    unit = [Factor(str(number), (str(number),), "", range=(0.0, 1.0)) for number in range(parameters)]
    x = np.asarray(drawn("latin-hypercube", unit, rules.points, rules.sample).coordinates, np.float64)
    noise: dict[str, float] = {}
    for number in range(1, rules.waves + 1):
        values = simulate(x, number)
        everywhere = np.concatenate([*(wave.x for wave in waves), x])
        known = {
            goal.name: goal.on_scale(np.concatenate([*(wave.values[goal.name] for wave in waves), values[goal.name]]))
            for goal in goals
        }
        noise = {goal.name: _between_seeds(known[goal.name], goal, pilot) for goal in goals}
        told = [
            (goal, fit(everywhere, mean_over_seeds(known[goal.name]), _of_mean(known[goal.name], noise[goal.name])))
            for goal in goals
        ]
        judge = Judge(tuple((goal, emulator) for goal, emulator in told if emulator is not None))
        silent = tuple(goal.name for goal, emulator in told if emulator is None)
        if not judge.goals:
            raise ModelError(f"no pattern has a value at enough points to learn from; {rules.points} points were run in a wave")
        chance = Chance(rules.sample, f"calibration/wave {number}")
        judge, misses = _granted(judge, everywhere, known, rules, chance)
        judge, left = _left(judge, parameters, rules, chance)
        waves.append(Wave(number, x, values, judge, misses, silent, left))
        tell(_in_words(waves[-1]))
        x = spread_out(left.points, rules.points, chance)
    return Matched(goals, tuple(waves), noise)


def _granted(
    judge: Judge, x: Floats, known: Mapping[str, Floats], rules: Rules, chance: Chance
) -> tuple[Judge, tuple[Miss, ...]]:
    """The judge with the discrepancy granted of goals that no point comes near, each looked at alone; and these goals."""
    everywhere = np.concatenate([x, chance.uniform(rules.particles, x.shape[1])])
    least = judge.each(everywhere).min(axis=0)
    misses, widened = [], {}
    for place, (goal, emulator) in enumerate(judge.goals):
        if least[place] <= rules.cutoff:
            continue
        alone = Judge(((goal, emulator),))
        found = region(alone.worst, x.shape[1], _ENOUGH, rules.cutoff, chance)
        if found.reached:
            continue
        points = np.concatenate([found.points, everywhere])
        worst = alone.worst(points)
        mean, _ = emulator.predict(points[worst.argmin()][None])
        away = abs(float(mean[0]) - goal.middle)
        widened[goal.name] = away
        simulated = known[goal.name][~np.isnan(known[goal.name])]
        nearest = simulated[np.abs(simulated - goal.middle).argmin()]
        half = goal.sd / goal.tolerance * _HALF
        told = goal.off_scale(np.array([mean[0], nearest]))
        misses.append(Miss(goal.name, float(told[0]), float(told[1]), away / half, float(worst.min())))
    return replace(judge, widened=widened), tuple(misses)


_ENOUGH: Final = 200
"""Points by which it is looked for where one goal alone can be met."""

_HALF: Final = 1.959964
"""Standard deviations in half a band (:attr:`~sim.experiment.calibration.goals.Goal.sd`)."""


def _left(judge: Judge, parameters: int, rules: Rules, chance: Chance) -> tuple[Judge, Found]:
    """The region that is left, with as few goals missed together as possible."""
    for forgiven in range(len(judge.goals)):
        lenient = replace(judge, forgiven=forgiven)
        found = region(lenient.worst, parameters, rules.particles, rules.cutoff, chance)
        if found.reached:
            return lenient, found
    raise ModelError("no point meets any pattern, though each can be met: a fault of the search")


def _of_mean(values: Floats, variance: float) -> float:
    """The variance of the mean over seeds; if some points have more seeds with a value than others, the mean of theirs."""
    counted = seeds_with_value(values)
    return variance * float((1.0 / counted[counted > 0]).mean()) if (counted > 0).any() else variance


def _between_seeds(values: Floats, goal: Goal, pilot: Values | None) -> float:
    """The variance of one run's value, from all points and the pilot; 0 if no point has two seeds."""
    found = seed_variance(values, *(() if pilot is None else (goal.on_scale(pilot[goal.name]),)))
    return 0.0 if np.isnan(found) else found


def _in_words(wave: Wave) -> str:
    told = f"Wave {wave.number}: {100 * wave.left.share:.3g} % of the prior is left"
    if wave.judge.forgiven:
        told += f", where {wave.judge.forgiven} of {len(wave.judge.goals)} patterns may be missed"
    if wave.misses:
        told += f"; cannot be met: {', '.join(miss.goal for miss in wave.misses)}"
    if wave.silent:
        told += f"; without enough values: {', '.join(wave.silent)}"
    return f"{told}."
