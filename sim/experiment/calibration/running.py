"""Running a calibration's points: what is stored is not run again, and what ends is stored at once."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.errors import ModelError
from sim.experiment.calibration.matching import Values
from sim.experiment.calibration.plan import Place, Plan
from sim.experiment.calibration.store import Stored, ValueStore
from sim.experiment.calibration.summaries import TABLES, pattern_values, read_tables
from sim.experiment.running import Outcome, Workers, each_outcome
from sim.experiment.sensitivity.table import Floats
from sim.experiment.store import Count, Key
from sim.experiment.store.filling import keys_of
from sim.scenario import Scenario

__all__ = ["PILOT", "Runner"]

PILOT = "pilot"
"""What the runs at the shipped values are called among waves."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A run that is wanted: which wave and point it belongs to, the place, its scenario, the seed and the key."""

    wave: str
    point: int
    place: Place
    scenario: Scenario
    seed: int
    key: Key


class Runner:
    """Runs points of a calibration in all its places.

    Attributes:
        count: how far the last call came.
    """

    def __init__(
        self,
        plan: Plan,
        store: ValueStore,
        workers: Workers = None,
        progress: Callable[[Count], None] | None = None,
        *,
        retry_failed: bool = False,
    ) -> None:
        """See :func:`sim.experiment.calibration.calibrating.calibrate` for what is given."""
        self._plan, self._store, self._workers = plan, store, workers
        self._tell = progress or _silence
        self._known = {key: run for key, run in store.runs().items() if not (retry_failed and run.error)}
        self._rows: list[_Wanted] = []
        self.count = Count(0, 0, 0, 0)

    def pilot(self) -> Values:
        """The patterns of all places at the shipped values, with the pilot's seeds and the places' own."""
        first = range(1, self._plan.head.pilot + 1)
        seeds = {}
        for place in self._plan.places:
            seeds[place.name] = tuple(dict.fromkeys([*place.seeds, *first]))[: max(len(first), len(place.seeds))]
        return self._ran(PILOT, [{}], seeds)

    def wave(self, x: Floats, name: str) -> Values:
        """The patterns of all places at some points.

        Args:
            x: points of the unit cube. name: of the wave.
        """
        seeds = {place.name: place.seeds for place in self._plan.places}
        return self._ran(name, self._plan.values(x), seeds)

    def table(self) -> pd.DataFrame:
        """Every run so far: ``wave``, ``point``, ``place``, ``seed``, ``status``, ``error``, ``seconds`` and every pattern."""
        rows = []
        for one in self._rows:
            run = self._known[one.key]
            keys = {"wave": one.wave, "point": one.point, "place": one.place.name, "seed": one.seed}
            told = {"status": "failed" if run.error else "done", "error": run.error}
            rows.append(keys | told | {goal.pattern: run.patterns.get(goal.pattern, np.nan) for goal in self._plan.goals})
        return pd.DataFrame(rows)

    def failures(self) -> pd.DataFrame:
        """The runs that failed, with their tracebacks."""
        rows = [(one, self._known[one.key]) for one in self._rows if self._known[one.key].error]
        told = [(one.wave, one.point, one.place.name, one.seed, run.error, run.traceback) for one, run in rows]
        return pd.DataFrame(told, columns=["wave", "point", "place", "seed", "error", "traceback"])

    def _ran(self, wave: str, points: Sequence[Mapping[str, float]], seeds: Mapping[str, Sequence[int]]) -> Values:
        wanted = []
        for place in self._plan.places:
            for number, values in enumerate(points):
                scenario = self._plan.scenario(place, values) if values else place.base
                tasks = [(scenario, seed) for seed in seeds[place.name]]
                wanted += [
                    _Wanted(wave, number, place, scenario, seed, key)
                    for (_, seed), key in zip(tasks, keys_of(tasks), strict=True)
                ]
        self._rows += wanted
        self._fill({one.key: one for one in wanted})
        found = self._gathered(wanted, len(points), seeds)
        if all(self._known[one.key].error for one in wanted):
            raise ModelError(f"all {len(wanted)} runs failed; the first: {self._known[wanted[0].key].error}")
        return found

    def _gathered(self, wanted: Sequence[_Wanted], points: int, seeds: Mapping[str, Sequence[int]]) -> Values:
        found = {goal.name: np.full((points, len(seeds[goal.place])), np.nan) for goal in self._plan.goals}
        column = {(place, seed): at for place, own in seeds.items() for at, seed in enumerate(own)}
        for one in wanted:
            patterns = self._known[one.key].patterns
            for goal in one.place.goals:
                at = one.point, column[one.place.name, one.seed]
                found[goal.name][at] = patterns.get(goal.pattern, np.nan)
        return found

    def _fill(self, wanted: Mapping[Key, _Wanted]) -> None:
        """Run what is missing."""
        missing = [one for key, one in wanted.items() if key not in self._known]
        before = len(wanted) - len(missing)
        self._count(wanted, before)
        if not missing:
            return
        tasks = [(one.scenario, one.seed) for one in missing]
        here = not self._store.left_behind
        with contextlib.closing(each_outcome(tasks, self._workers, tables=TABLES, here=here)) as outcomes:
            for number, outcome in outcomes:
                one = missing[number]
                run = _told(one, outcome)
                self._store.add(one.key, run)
                self._known[one.key] = run
                self._count(wanted, before)

    def _count(self, wanted: Mapping[Key, _Wanted], before: int) -> None:
        done = [self._known[key] for key in wanted if key in self._known]
        self.count = Count(len(done), sum(bool(run.error) for run in done), len(wanted), before)
        self._tell(self.count)


def _told(one: _Wanted, outcome: Outcome) -> Stored:
    """What is stored of a run: its patterns, or what went wrong with it or with them."""
    if outcome.error:
        return Stored({}, outcome.error, outcome.traceback, outcome.seconds)
    try:
        values = pattern_values(read_tables(outcome.tables), one.scenario, one.seed, one.place.inhabitants)
    except Exception as error:  # whatever an estimator raises is a row, as with runs: the others go on
        return Stored({}, f"its patterns: {type(error).__name__}: {error}", traceback.format_exc(), outcome.seconds)
    return Stored(values, "", "", outcome.seconds)


def _silence(_count: Count) -> None:
    pass
