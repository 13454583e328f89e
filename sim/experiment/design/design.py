"""A design: an experiment whose text has been read, and the scenario of each of its points with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.design.factors import Factor, Level
from sim.experiment.design.text import Discovery
from sim.experiment.uncertainty import Draws
from sim.scenario import Scenario

__all__ = ["Design", "PointTask", "table_of"]


class PointTask(NamedTuple):
    """A run that an experiment wants."""

    point: int
    scenario: Scenario
    seed: int


@dataclass(frozen=True, eq=False)
class Design:
    """An experiment, ready to be run: every point's scenario has been read and found right.

    Attributes:
        name: of the experiment: its file's, without ending.
        file: its file.
        text: what stands in it.
        title, question: what it is called, and what it is to find out.
        base: the scenario that is varied.
        kind: how the points were chosen (``grid``, ``sobol`` ...: :mod:`sim.experiment.design.points`).
        factors: what is varied, in the order of the text.
        points: one row a point: ``point`` (its number, from 0) and one column a factor with its level there. Read it only.
        coordinates: where the points lie, as parts of the way from 0 to 1 along each factor: one row a point, one column a
            factor. An analysis of Sobol' indices or elementary effects takes it as its sample. None for ``grid`` and
            ``one-at-a-time``.
        scenarios: one for each point; points with the same settings have the same object.
        seeds: of the runs at each point.
        outcomes: the indicators that are looked at.
        baseline: the point to which effects are differences; none if points were drawn.
        precision: by outcome, the difference that is to be told from none.
        discover: where in the space of the other factors one level does better, if that is asked.
        second_order: of ``sobol``, whether the sample serves interactions of two factors.
        draw: what to draw: what the text says, or else what fits.
        notes: what whoever reads the results should know of the design.
        draws: the draws of parameters from a posterior; none if the scenarios' own values are run.
        drawn: by point, the scenario under each draw; empty without draws.
    """

    name: str
    file: str
    text: str
    title: str
    question: str
    base: str
    kind: str
    factors: tuple[Factor, ...]
    points: pd.DataFrame
    coordinates: npt.NDArray[np.float64] | None
    scenarios: tuple[Scenario, ...]
    seeds: tuple[int, ...]
    outcomes: tuple[str, ...]
    baseline: int | None
    precision: Mapping[str, float]
    discover: Discovery | None
    second_order: bool
    draw: tuple[str, ...]
    notes: tuple[str, ...]
    draws: Draws | None = None
    drawn: tuple[tuple[Scenario, ...], ...] = ()

    def tasks(self) -> Iterator[PointTask]:
        """Every run that is wanted, by point and then by seed; if parameters are drawn, each seed with its draw."""
        for point, scenario in enumerate(self.scenarios):
            for seed in self.seeds:
                here = scenario if self.draws is None else self.drawn[point][self.draws.of_seed[seed] - 1]
                yield PointTask(point, here, seed)

    @property
    def runs(self) -> int:
        """How many runs it wants."""
        return len(self.scenarios) * len(self.seeds)

    @property
    def digest(self) -> str:
        """SHA-256 of the text, to the letter."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what moves a result: factors and levels at each point, the scenario there, seeds, the baseline, and draws.

        Titles, labels and comments are left out, so that they can be mended without a result becoming another.
        """
        known = {id(scenario): scenario for scenario in self.scenarios}
        prints = {number: scenario.fingerprint for number, scenario in known.items()}
        said: list[object] = [
            self.kind,
            [factor.name for factor in self.factors],
            self.points.to_dict("split")["data"],
            [prints[id(scenario)] for scenario in self.scenarios],
            self.seeds,
            self.baseline,
        ]
        if self.draws is not None:
            kept = [sorted(keys) for keys in self.draws.kept]
            said.append([self.draws.posterior.digest, self.draws.rows, self.draws.numbers(self.seeds), kept])
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def problem(self) -> dict[str, object]:
        """The problem in SALib's words, whose sample is :attr:`coordinates`: every factor from 0 to 1."""
        names = [factor.name for factor in self.factors]
        return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0] for _ in names]}


def table_of(factors: tuple[Factor, ...], rows: list[tuple[Level, ...]]) -> pd.DataFrame:
    """The table of points: whole numbers as int64, other numbers as float64, truth values as bool, texts as texts.

    A column in which numbers stand beside texts (50 and ``none``) holds both, each as what it is.
    """
    columns: dict[str, object] = {"point": np.arange(len(rows), dtype=np.int64)}
    for place, factor in enumerate(factors):
        values = [row[place] for row in rows]
        kinds = {type(value) for value in (*values, *factor.levels)}
        if kinds <= {int, float}:
            columns[factor.name] = np.array(values, np.int64 if kinds == {int} else np.float64)
        elif kinds == {bool}:
            columns[factor.name] = np.array(values, np.bool_)
        else:
            columns[factor.name] = pd.Series(values, dtype="str" if kinds == {str} else "object")
    return pd.DataFrame(columns)
