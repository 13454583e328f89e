"""What the intervals of a sweep rest on: its runs or, if parameters are drawn from a posterior, its draws."""

from __future__ import annotations

import pandas as pd

from sim.experiment.design import Design
from sim.experiment.uncertainty.over_draws import SPLIT, effects_over_draws
from sim.measurement import INDICATORS

__all__ = ["replicates", "uncertainties"]


def replicates(design: Design, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs, or the mean of each draw at each point over those of its seeds that have a value.

    Seeds of one draw share its parameters, so they are not independent of each other, and every analysis is to take the draw for
    what it else takes a seed for.

    Args:
        design: the experiment. runs: its table of runs.

    Returns:
        the runs themselves if nothing is drawn. Else a table with the same columns, one row a point and draw, with the number of
        the draw for the seed; it is ``failed`` if all its runs are.
    """
    if design.draws is None:
        return runs
    grouped = runs.groupby(["point", "draw"], sort=True)
    means = grouped[list(INDICATORS)].mean().reset_index(drop=True)
    told = grouped[[name for name in runs.columns if name not in {*INDICATORS, "status", "error"}]].first().reset_index(drop=True)
    done = (runs["status"] == "done").groupby([runs["point"], runs["draw"]], sort=True).any().to_numpy()
    status = pd.DataFrame({"status": pd.Series(done).map({True: "done", False: "failed"}).astype("str"), "error": ""})
    return pd.concat([told.assign(seed=told["draw"]), status, means], axis=1)


def uncertainties(design: Design, runs: pd.DataFrame) -> pd.DataFrame:
    """What the uncertainty of each point's difference to the baseline is made of.

    Args:
        design: an experiment with a baseline, whose parameters are drawn. runs: its table of runs.

    Returns:
        one row a point (but the baseline) and outcome: ``point``, ``outcome``, ``difference`` with ``low`` and ``high``,
        ``pairs``, and the columns of :data:`~sim.experiment.uncertainty.over_draws.SPLIT`.
    """
    columns = ["difference", "low", "high", "pairs", *SPLIT]
    if design.draws is None or design.baseline is None:
        raise ValueError("nothing is drawn, or there is nothing to differ from")
    outcomes, seeds = list(design.outcomes), list(design.seeds)
    fields = {point: own.set_index("seed")[outcomes].reindex(seeds) for point, own in runs.groupby("point", sort=True)}
    numbers, tables = design.draws.numbers(design.seeds), []
    for point, own in fields.items():
        if point != design.baseline:
            found = effects_over_draws(fields[design.baseline], own, numbers).rename(columns={"indicator": "outcome"})
            tables.append(found[["outcome", *columns]].assign(point=point)[["point", "outcome", *columns]])
    return pd.concat(tables, ignore_index=True)
