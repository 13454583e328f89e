"""The plan of what an answer rests on: two scenarios, the points at which their assumptions are set, and every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.design import Factor
from sim.experiment.design.points import Sample, drawn
from sim.experiment.resting.assumptions import IN_ORDER, Assumption, Held, assumptions_of, columns_of, unknown_keys
from sim.experiment.uncertainty import Drawn, changed
from sim.measurement import INDICATORS
from sim.scenario import Scenario
from sim.streams import MAX_SEED

__all__ = ["LEAST_POINTS", "SIDES", "RestingPlan", "plan_resting"]

LEAST_POINTS: Final = 20
"""Points without which a curve of three degrees says nothing."""

SIDES: Final = ("A", "B")

_DRAW: Final = Factor("posterior draw", (), "posterior draw", range=(0.0, 1.0))
"""Along which part of the posterior's weight a point's draw lies."""


@dataclass(frozen=True, slots=True, eq=False)
class RestingPlan:
    """What is to be run.

    Attributes:
        a, b: the scenarios as they are.
        outcomes: the indicators whose difference, B - A, is looked at.
        seeds: how many each point is run with. first: the first of all seeds.
        spread: how far assumptions are varied.
        assumptions: those that are varied. held: the numbers that are not.
        points: one row a point: ``point`` (from 0), ``draw`` (from the posterior; no such column without one), and each
            assumption by its key.
        pairs: A and B at each point.
    """

    a: Scenario
    b: Scenario
    outcomes: tuple[str, ...]
    seeds: int
    first: int
    spread: float
    assumptions: tuple[Assumption, ...]
    held: tuple[Held, ...]
    points: pd.DataFrame = field(repr=False)
    pairs: tuple[tuple[Scenario, Scenario], ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Which question it is. The digits at its end stand for all that the scenarios say, and for the points.

        Seeds and outcomes are no part of it: more of them need further runs, not others.
        """
        said = [self.a.fingerprint, self.b.fingerprint, list(self.points.columns), self.points.to_numpy().tolist()]
        digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
        return f"what {self.b.name} - {self.a.name} rests on ({digest[:8]})"

    @property
    def runs(self) -> int:
        """How many runs are needed."""
        return 2 * len(self.pairs) * self.seeds

    @property
    def settings(self) -> pd.DataFrame:
        """The values of the assumptions, one row a point, one column each."""
        return self.points[[one.name for one in self.assumptions]]

    def seeds_of(self, point: int) -> list[int]:
        """The seeds of a point: its own, so that chance at one point says nothing of another. More seeds leave the first ones."""
        return [self.first + point + number * len(self.pairs) for number in range(self.seeds)]

    def tasks(self) -> Iterator[tuple[int, str, Scenario, int]]:
        """Every run that is wanted: point, side, scenario, seed. Those with one seed, A and B, stand together."""
        for number in range(self.seeds):
            for point, pair in enumerate(self.pairs):
                for side, scenario in zip(SIDES, pair, strict=True):
                    yield point, side, scenario, self.seeds_of(point)[number]


def plan_resting(
    a: Scenario,
    b: Scenario,
    outcomes: Sequence[str],
    *,
    points: int = 300,
    seeds: int = 2,
    first: int = 1,
    spread: float = 0.25,
    posterior: Drawn | None = None,
    sample: int = 0,
) -> RestingPlan:
    """Plan what is to be run to say what the difference of two scenarios rests on.

    Args:
        a, b: the scenarios, of one town.
        outcomes: indicators (:data:`sim.measurement.INDICATORS`).
        points: how many settings of the assumptions are tried, drawn from a Latin hypercube.
        seeds: how many pairs of runs each is tried with. first: the first of all seeds.
        spread: how far they are varied, as for :func:`~sim.experiment.resting.assumptions.assumptions_of`.
        posterior: draws of calibrated parameters, which are set jointly.
        sample: which sample of points.

    Raises:
        InputError: if the scenarios have different towns or are one, an outcome does not exist, a number is out of range, or a
            setting is refused by the scenarios; with everything that is wrong.
    """
    counts = {"points": (points, LEAST_POINTS), "seeds": (seeds, 2)}
    problems = [*_of_scenarios(a, b), *_of_outcomes(outcomes), *_of_numbers(counts, spread, first)]
    problems += unknown_keys(posterior, a) if posterior else ()
    if problems:
        raise InputError("rests", problems)
    varied, held = assumptions_of(a, b, spread, posterior)
    if not varied:
        raise InputError("rests", [Problem("SCENARIO", "no number that is an assumption in A and B alike", "one at least")])
    evenly = [one for one in varied if one.drawn == "evenly"]
    factors = [_DRAW, *(one.factor for one in evenly)]
    table = _table(a, varied, evenly, drawn("latin-hypercube", factors, points, sample), posterior)
    fixed = {one.name: one.value for one in held}
    rows = [_in_order(row, varied, fixed) for row in table.to_dict("records")]
    table = pd.DataFrame(rows, columns=table.columns).astype(table.dtypes.to_dict())
    pairs = _pairs(a, b, varied, rows)
    return RestingPlan(a, b, tuple(outcomes), seeds, first, spread, tuple(varied), tuple(held), table, pairs)


def _of_scenarios(a: Scenario, b: Scenario) -> Iterator[Problem]:
    if a.town != b.town:
        told = f"{b.name}, in {b.town.town.title}" + (", changed" if a.town.town == b.town.town else "")
        yield Problem("SCENARIO_B", told, f"a scenario in the town of A, {a.town.town.title}, which is the same in every number")
    if a.fingerprint == b.fingerprint:
        yield Problem("SCENARIO_B", f"{b.name}, which says what A says", "a scenario that differs from A")


def _of_outcomes(outcomes: Sequence[str]) -> Iterator[Problem]:
    if not outcomes:
        yield Problem("outcome", "none", "at least one indicator")
    for place, name in enumerate(outcomes):
        if name not in INDICATORS:
            yield Problem("outcome", f"the unknown {name!r}", ", ".join(INDICATORS), did_you_mean(name, INDICATORS))
        elif name in outcomes[:place]:
            yield Problem("outcome", f"{name!r} a second time", "each once")


def _of_numbers(counts: Mapping[str, tuple[int, int]], spread: float, first: int) -> Iterator[Problem]:
    for name, (count, least) in counts.items():
        if count < least:
            why = ", or noise cannot be told from assumptions" if name == "seeds" else ""
            yield Problem(name, str(count), f"{least} or more{why}")
    if not 0 < spread <= 1:
        yield Problem("spread", f"{spread:g}", "a share of each range, above 0 and at most 1")
    if not 0 <= first <= MAX_SEED - counts["points"][0] * max(1, counts["seeds"][0]):
        yield Problem("seed", str(first), "a whole number from 0 that leaves room for all seeds below 2**53")


def _table(
    a: Scenario, varied: Sequence[Assumption], evenly: Sequence[Assumption], found: Sample, posterior: Drawn | None
) -> pd.DataFrame:
    """The points: what was drawn evenly, and of the posterior the draw that has each point's part of the weight."""
    parts = np.array([row[0] for row in found.rows], np.float64)
    columns: dict[str, Any] = {"point": np.arange(len(found.rows))}
    values = {one.name: [row[place] for row in found.rows] for place, one in enumerate(evenly, 1)}
    if posterior is not None:
        total = np.cumsum(posterior.weights)
        draws = np.minimum(np.searchsorted(total, parts * total[-1], side="right"), len(total) - 1)
        columns["draw"] = draws
        places = columns_of(posterior, a)
        values |= {one.name: posterior.values[draws, places[one.name]] for one in varied if one.drawn == "posterior"}
    return pd.DataFrame({**columns, **{one.name: values[one.name] for one in varied}})


def _in_order(row: Mapping[Any, Any], varied: Sequence[Assumption], fixed: Mapping[str, float]) -> dict[str, Any]:
    """A point at which no number is below the one it may not be below: it keeps its part of the way, on the way that is left."""
    found, about = {str(key): value for key, value in row.items()}, {one.name: one for one in varied}
    for upper, lower in IN_ORDER.items():
        value = {name: found[name] if name in found else fixed[name] for name in (upper, lower)}
        if value[upper] >= value[lower]:
            continue
        moved = next(name for name in (upper, lower) if name in found and (about[name].drawn == "evenly" or lower not in found))
        one = about[moved]
        ends = (max(one.least, value[lower]), max(one.most, value[lower])) if moved == upper else (one.least, value[upper])
        part = (value[moved] - one.least) / (one.most - one.least)
        found[moved] = replace(one.factor, range=ends).at(part)
    return found


def _pairs(
    a: Scenario, b: Scenario, varied: Sequence[Assumption], rows: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Scenario, Scenario], ...]:
    pairs = []
    for point, row in enumerate(rows):
        settings = {one.name: round(row[one.name]) if one.whole else row[one.name] for one in varied}
        try:
            pairs.append((changed(a, settings), changed(b, settings)))
        except InputError as error:
            where = f"point {point}"
            told = [Problem(f"{where}, {one.key}", one.found, one.allowed, one.hint) for one in error.problems]
            raise InputError("rests", told) from None
    return tuple(pairs)
