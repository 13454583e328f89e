"""Two scenarios, pair by pair."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sim.experiment.attendance import crossings_averaged
from sim.experiment.effects import effects
from sim.experiment.gathering import gathered, indicators_of
from sim.experiment.pool import Progress, for_each_seed
from sim.experiment.runs import as_scenario, as_seeds
from sim.experiment.uncertainty import Drawn, Draws, draws_for
from sim.experiment.uncertainty.drawn_runs import with_draws, work_for
from sim.experiment.uncertainty.over_draws import averaged, effects_over_draws
from sim.experiment.units import Unit, prepare
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["DEFAULT_PAIRS", "Comparison", "compare"]

DEFAULT_PAIRS = 10
"""How many pairs a comparison runs if nothing is said: as many as two cores manage at 1:1 scale well within a minute."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What changes from scenario A to scenario B.

    Attributes:
        a, b: the scenarios.
        seeds: one for each pair of runs.
        effects: one row an indicator: means, the paired difference B - A with its 95 % interval, the unpaired interval beside it,
            what pairing gained, and on how many pairs it rests (:func:`~sim.experiment.effects.effects`).
        participants: adults who came under A only, under B only and under both, by income quintile
            (:func:`~sim.experiment.attendance.crossings_averaged`); no rows if A and B do not share a town.
        undefined: indicators that have no row in ``effects``, since no pair has a value of them under both.
        tables: ``indicators`` (one row a run), ``assemblies``, ``days``, ``filings``, ``citizens`` and ``observed`` of all
            runs, with ``scenario`` and ``seed`` as first columns.
        records: what happened, by the scenario's name in the tables and seed; empty if it was not asked for.
        draws: the draws from a posterior, if parameters were drawn. Intervals then rest on draws and hold noise between seeds and
            not knowing the parameters, both; ``effects`` says what they are made of
            (:func:`~sim.experiment.uncertainty.over_draws.effects_over_draws`), ``tables`` have a column ``draw`` and a table
            ``draws``. ``a`` and ``b`` are the scenarios as they were before.
    """

    a: Scenario
    b: Scenario
    seeds: tuple[int, ...]
    effects: pd.DataFrame
    participants: pd.DataFrame
    undefined: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    records: Mapping[tuple[str, int], Record] = field(default_factory=dict)
    draws: Draws | None = None

    @property
    def names(self) -> tuple[str, str]:
        """What A and B are called in the tables."""
        return told_apart(self.a.name, self.b.name)


def compare(
    a: Scenario | str,
    b: Scenario | str,
    seeds: Sequence[int] | int = DEFAULT_PAIRS,
    processes: int | None = None,
    progress: Progress | None = None,
    *,
    benchmark: bool = False,
    keep_records: bool = False,
    uncertainty: Drawn | None = None,
    draws: int | None = None,
    kept: Sequence[Collection[str]] = (),
) -> Comparison:
    """Run two scenarios in pairs that share seed, town, events and every coin toss, and say what B changes.

    The result does not depend on the number of processes. It may be called from a script, a notebook or a command alike.

    Args:
        a: the scenario to compare with; a scenario, or the name or file of one.
        b: the scenario whose effect is wanted.
        seeds: one for each pair, or how many pairs (then 1, 2, 3 ...).
        processes: how many processes share the work; by default one for each processor. One takes about 0.7 GB for a city of
            1.3 million adults.
        progress: called with the number of pairs done, and of all pairs.
        benchmark: whether to run A and B under their benchmark law too; that adds the chilled turnout
            (:data:`~sim.experiment.units.CHILLED`) to the indicators, and takes up to twice as long.
        keep_records: whether to keep what happened in each run. A record of a large city takes tens of megabytes.
        uncertainty: a posterior from which parameters are drawn (:func:`~sim.experiment.uncertainty.load_posterior`); A and B
            share each draw. None for the scenarios' own values.
        draws: how many draws share the seeds; half as many as seeds if nothing is said.
        kept: keys whose own value stays though the posterior knows one, of A and of B.

    Raises:
        UnknownNameError: if there is no such scenario.
        InputError: if a scenario's text cannot be accepted, or does not go with the posterior
            (:func:`~sim.experiment.uncertainty.draws_for`).
        ModelError: if a run fails; it names the seed.

    >>> compare("almaty-1995-law", "almaty-2020-bill", seeds=10).effects  # doctest: +SKIP
    """
    one, other = as_scenario(a), as_scenario(b)
    wanted = as_seeds(seeds)
    drawn = None if uncertainty is None else draws_for(uncertainty, (one, other), wanted, draws, kept)
    prepare((one, other), benchmark=benchmark, processes=processes)
    work = work_for((one, other), drawn, benchmark=benchmark, keep_records=keep_records)
    pairs = for_each_seed(work, wanted, processes, progress)
    names = told_apart(one.name, other.name)
    tables = gathered([pair.outcomes for pair in pairs], names, wanted)
    before, after = (indicators_of(tables, name) for name in names)
    found = effects(before, after) if drawn is None else effects_over_draws(before, after, drawn.numbers(wanted))
    return Comparison(
        one,
        other,
        tuple(wanted),
        found,
        _participants(pairs, wanted, drawn),
        tuple(name for name in before.columns if name not in set(found["indicator"])),
        tables if drawn is None else with_draws(tables, drawn, (one, other)),
        {
            (name, seed): outcome.record
            for pair, seed in zip(pairs, wanted, strict=True)
            for name, outcome in zip(names, pair.outcomes, strict=True)
            if outcome.record is not None
        },
        drawn,
    )


def _participants(pairs: Sequence[Unit], seeds: Sequence[int], draws: Draws | None) -> pd.DataFrame:
    """Who came under one and not under the other: over pairs, or over draws if parameters were drawn."""
    crossed = [pair.crossings for pair in pairs if pair.crossings is not None]
    if draws is None or not crossed:
        return crossings_averaged(crossed)
    return crossings_averaged(averaged(crossed, draws.numbers(seeds))).assign(pairs=len(pairs))


def told_apart(one: str, other: str) -> tuple[str, str]:
    """Two names that differ: the names themselves, or marked (A) and (B) if they are one."""
    return (one, other) if one != other else (f"{one} (A)", f"{other} (B)")
