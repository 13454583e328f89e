"""What is worked out of a sweep, by its design: tables of effects, and words of warning."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from sim.errors import InputError
from sim.experiment.contrasts import contrasts
from sim.experiment.design import Design, Factor
from sim.experiment.replications import too_few
from sim.experiment.sensitivity import (
    better_points,
    discover,
    interactions,
    main_effects,
    marginal_effects,
    morris_effects,
    response_surface,
    sobol_indices,
    variance_shares,
)
from sim.experiment.sweeping.replicates import replicates, uncertainties

__all__ = ["Analyses", "analyses"]

_EXTRA: Final = "python -m pip install 'protestlaw[sensitivity]'"


@dataclass(frozen=True, slots=True, eq=False)
class Analyses:
    """What a sweep says.

    Attributes:
        tables: by name: ``points`` and, as the design allows, ``effects``, ``main_effects``, ``interactions``,
            ``variance_shares``, ``marginal_effects``, ``sobol``, ``morris``, ``surface``, ``surface_fit``, ``discovery``; and
            ``uncertainty`` and ``draws`` if parameters are drawn from a posterior.
        warnings: what whoever reads them must know.
    """

    tables: dict[str, pd.DataFrame]
    warnings: tuple[str, ...]


def analyses(design: Design, runs: pd.DataFrame) -> Analyses:
    """Everything that the design of an experiment allows to say of its runs, of the outcomes that are looked at.

    Args:
        design: the experiment.
        runs: its table of runs (:func:`~sim.experiment.sweeping.sweep`).
    """
    tables: dict[str, pd.DataFrame] = {"points": _means(design, runs)}
    warnings = list(design.notes)
    failed = int((runs["status"] == "failed").sum())
    if failed:
        warnings.append(f"{failed} of {len(runs)} runs failed: the rows with status failed, and failures.csv, say why.")
    if design.draws is not None:
        tables["draws"] = design.draws.table(design.scenarios)
        if design.baseline is not None and len(design.points) > 1:
            tables["uncertainty"] = _with_factors(design, uncertainties(design, runs))
    runs = replicates(design, runs)
    for name, make in _wanted(design, runs):
        try:
            found = make()
        except InputError as error:
            warnings.append(
                f"No table {name}: {'; '.join(f'{one.key}: {one.found}; allowed: {one.allowed}' for one in error.problems)}."
            )
        else:
            tables |= found if isinstance(found, dict) else {name: found}
    if design.precision and design.baseline is not None:
        warnings += [f"Too few seeds? {said}" for said in too_few(runs, design.baseline, design.precision)]
    if needs := _missing_library(design):
        warnings.append(needs)
    return Analyses(tables, tuple(warnings))


type Made = pd.DataFrame | dict[str, pd.DataFrame]


def _wanted(design: Design, runs: pd.DataFrame) -> Iterator[tuple[str, Callable[[], Made]]]:
    factors, outcomes = [factor.name for factor in design.factors], list(design.outcomes)
    baseline = design.baseline
    if baseline is not None and len(design.points) > 1:
        yield "effects", lambda: _with_factors(design, contrasts(runs, baseline, outcomes))
    if design.kind == "grid":
        if len(factors) > 1 and all(_varies(design, name) for name in factors):
            yield "main_effects", lambda: main_effects(runs, factors, outcomes)
            yield "interactions", lambda: interactions(runs, factors, outcomes)
        if all(_varies(design, name) for name in factors):
            yield "variance_shares", lambda: variance_shares(runs, factors, outcomes)
        numeric = [name for name in factors if _numbers(design, name) > 1]
        if numeric:
            yield "marginal_effects", lambda: _marginal(design, runs, numeric)
    if design.kind == "sobol" and not _missing_library(design):
        yield "sobol", lambda: sobol_indices(runs, factors, outcomes, second_order=design.second_order)
    if design.kind == "morris":
        yield "morris", lambda: morris_effects(runs, factors, outcomes, order=_orders(design))
    if design.kind in {"latin-hypercube", "sobol-sequence"} and not _missing_library(design):
        yield "surface", lambda: _surfaces(design, runs)
    if design.discover is not None:
        yield "discovery", lambda: _discovered(design, runs)


def _missing_library(design: Design) -> str:
    """What to install for an analysis that is left out; empty if nothing is."""
    needed = {"sobol": "SALib", "latin-hypercube": "sklearn", "sobol-sequence": "sklearn"}.get(design.kind)
    if needed is None or importlib.util.find_spec(needed) is not None:
        return ""
    package = {"sklearn": "scikit-learn"}.get(needed, needed)
    return f"Its analysis needs the package {package}: {_EXTRA}; then run the same command again."


def _varies(design: Design, name: str) -> bool:
    return design.points[name].nunique() > 1


def _numbers(design: Design, name: str) -> int:
    """How many levels of a factor are numbers."""
    levels = design.points[name].drop_duplicates()
    return sum(isinstance(level, int | float | np.number) and not isinstance(level, bool | np.bool_) for level in levels)


def _orders(design: Design) -> dict[str, tuple[object, ...]]:
    return {factor.name: factor.levels for factor in design.factors if factor.levels and not factor.numeric}


def _means(design: Design, runs: pd.DataFrame) -> pd.DataFrame:
    """The points with the mean and standard deviation of each outcome over seeds, and how many runs have a value."""
    grouped = runs.groupby("point", sort=True)
    columns: dict[str, pd.Series] = {}
    for name in design.outcomes:
        columns |= {name: grouped[name].mean(), f"{name}_sd": grouped[name].std(ddof=1), f"{name}_runs": grouped[name].count()}
    means = pd.DataFrame(columns).reindex(design.points["point"])
    for name in design.outcomes:
        means[f"{name}_runs"] = means[f"{name}_runs"].fillna(0).astype("int64")
    return pd.concat([design.points, means.reset_index(drop=True)], axis=1)


def _with_factors(design: Design, effects: pd.DataFrame) -> pd.DataFrame:
    """Effects with the levels of their point."""
    settings = design.points.set_index("point").loc[effects["point"]].reset_index(drop=True)
    return pd.concat([effects[["point"]], settings, effects.drop(columns="point")], axis=1)


def _marginal(design: Design, runs: pd.DataFrame, numeric: list[str]) -> pd.DataFrame:
    """Marginal effects of each factor that is a number, alone and at each level of the others."""
    outcomes, tables = list(design.outcomes), []
    for name in numeric:
        others = [factor.name for factor in design.factors if factor.name != name]
        for by in [None, *others] if len(others) == 1 else [None]:
            found = marginal_effects(runs, name, outcomes, others, by)
            found.insert(1, "factor", name)
            found.insert(2, "by", by or "")
            levels = found.pop("level")
            found.insert(3, "by_level", levels.astype("str") if by else "")
            tables.append(found)
    return pd.concat(tables, ignore_index=True)


def _surfaces(design: Design, runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """For each outcome how well a surface fits, and what it says along each factor with the others in the middle."""
    factors = [factor for factor in design.factors if factor.numeric]
    names = [factor.name for factor in factors]
    fits, curves = [], []
    for outcome in design.outcomes:
        surface = response_surface(runs, names, outcome)
        fits.append(
            {"outcome": outcome, "q2": surface.q2, "rmse": surface.rmse, "seeds": surface.seeds, "left_out": surface.left_out}
            | {f"length_{name}": surface.lengths[name] for name in names}
            | {"note": surface.words}
        )
        for factor in factors:
            along = _along(factor, factors)
            found = surface.predict(along)
            told = pd.DataFrame({"outcome": outcome, "factor": factor.name, "value": found[factor.name]})
            curves.append(pd.concat([told, found[["mean", "low", "high"]]], axis=1))
    return {"surface": pd.concat(curves, ignore_index=True), "surface_fit": pd.DataFrame(fits)}


_STEPS: Final = 41
"""Points at which a curve through a surface is told."""


def _along(factor: Factor, factors: list[Factor]) -> pd.DataFrame:
    """Settings along one factor, the others at the middle of their ranges."""
    parts = np.linspace(0.0, 1.0, _STEPS)
    columns = {one.name: [float(one.at(0.5))] * _STEPS for one in factors}
    return pd.DataFrame(columns | {factor.name: [float(factor.at(float(part))) for part in parts]})


def _discovered(design: Design, runs: pd.DataFrame) -> pd.DataFrame:
    """The boxes in which one level does better: one row a box and limit."""
    wish = design.discover
    if wish is None:
        raise ValueError("nothing is to be discovered")
    others = [factor.name for factor in design.factors if factor.name != wish.factor]
    points = better_points(runs, wish.outcome, wish.factor, wish.level, wish.than, others, more_is_better=wish.more_is_better)
    rows = []
    for number, box in enumerate(discover(points[others], points["better"].to_numpy(bool)), 1):
        shares = {name: getattr(box, name) for name in ("coverage", "density", "support", "points", "by_chance")}
        rows += [{"box": number, **limit, **shares} for limit in box.limits.to_dict("records")]
    columns = ["box", "factor", "least", "most", "levels", "quasi_p", "coverage", "density", "support", "points", "by_chance"]
    return pd.DataFrame(rows, columns=columns)
