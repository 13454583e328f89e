"""The figures of a sweep: what its text asks to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from sim.experiment.design import Design, Factor, Level
from sim.interface.sweeping.drawings.clouds import cloud, point_map
from sim.interface.sweeping.drawings.curves import curves
from sim.interface.sweeping.drawings.differences import differences
from sim.interface.sweeping.drawings.dots import dots
from sim.interface.sweeping.drawings.heatmaps import Sheet, heatmap
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.morris_plane import morris_plane
from sim.interface.sweeping.drawings.panels import LINES
from sim.interface.sweeping.drawings.scales import numbers_in
from sim.interface.sweeping.drawings.sobol_bars import sobol_bars
from sim.interface.sweeping.drawings.words import Quantity, level_words
from sim.measurement import INDICATORS

__all__ = ["figures"]

_MOST_PANELS: Final = 6
"""Levels of a third factor that have a panel."""

_COMBINED: Final = ("grid", "one-at-a-time")


def figures(design: Design, runs: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> dict[str, Figure]:
    """The figures that an experiment asks for, by the name of their file without ending; to be made and saved within ``paper()``.

    =============== ==============================================================================================================
    ``curve``       each outcome against the first factor that has two numbers, a line for each level of the next; if no factor
                    has numbers, points with intervals; of points that were drawn, the means there with the response surface
    ``heatmap``     each outcome over the first two factors, and over the levels of a third: then a figure an outcome,
                    ``heatmap-OUTCOME``; of points that were drawn, the points themselves
    ``effects``     the difference of each point to the baseline, if there is a table of them
    ``sensitivity`` Sobol indices or elementary effects, whichever there is a table of
    =============== ==============================================================================================================

    With more than six lines in a curve there is a heatmap in its place, which says so. Factors that find no place in a figure are
    held at the baseline, and the figure says that too.

    Args:
        design: the experiment.
        runs: its table of runs, or of draws if parameters are drawn (:func:`sim.experiment.sweeping.replicates`).
        tables: what was worked out of it (:func:`sim.experiment.sweeping.analyses`). What needs a table that is missing is not
            drawn: the warnings there say why.
    """
    means = Means.of(design, runs)
    what = "runs" if design.draws is None else "draws at a point"
    failed = f"{means.failed:,} of {means.runs:,} {what} failed and are left out" if means.failed else ""
    drawn = (
        ""
        if design.draws is None
        else "Seeds stand for draws from a posterior: intervals hold not knowing the parameters as well"
    )
    notes = tuple(filter(None, (failed, drawn)))
    found: dict[str, Figure] = {}
    for kind in design.draw:
        match kind:
            case "curve":
                found |= _curve(means, tables, notes)
            case "heatmap" if design.kind in _COMBINED:
                found |= {name: figure for name, figure in _heatmaps(means, notes).items() if name not in found}
            case "heatmap":
                found["heatmap"] = point_map(means, notes)
            case "effects" if "effects" in tables:
                found["effects"] = differences(design, tables["effects"], notes)
            case "sensitivity" if "sobol" in tables:
                found["sensitivity"] = sobol_bars(design, tables["sobol"], notes)
            case "sensitivity" if "morris" in tables:
                found["sensitivity"] = morris_plane(design, tables["morris"], notes)
    return found


def _curve(means: Means, tables: Mapping[str, pd.DataFrame], notes: tuple[str, ...]) -> dict[str, Figure]:
    """The curve of a design; of one with too many lines the heatmap."""
    design = means.design
    if design.kind not in _COMBINED:
        return {"curve": cloud(means, tables.get("surface"), tables.get("surface_fit"), notes)}
    x = next((factor for factor in design.factors if len(numbers_in(factor)) > 1), None)
    others = [factor for factor in design.factors if factor is not x]
    if x is None:
        rows, by = _rows_and_looks(design)
        if by is None or len(by.levels) <= len(LINES):
            return {"curve": dots(means, rows, by, _held(means, rows, by), notes)}
    else:
        by = others[0] if others and design.kind == "grid" else None
        if by is None or len(by.levels) <= len(LINES):
            return {"curve": curves(means, x, by, _held(means, x, by), notes)}
    more = f"The {len(by.levels)} levels of {by.label} are too many lines for a curve (at most {len(LINES)}): hence a heatmap"
    return _heatmaps(means, (*notes, more))


def _rows_and_looks(design: Design) -> tuple[Factor, Factor | None]:
    """Of two factors without numbers: whose levels are rows, and whose are markers, of which there must be few."""
    if len(design.factors) == 1 or design.kind != "grid":
        return design.factors[0], None
    one, other = design.factors[:2]
    return (other, one) if len(other.levels) > len(LINES) >= len(one.levels) else (one, other)


def _heatmaps(means: Means, notes: tuple[str, ...]) -> dict[str, Figure]:
    """One figure with a panel an outcome; with a third factor a figure an outcome, with a panel for each of its levels."""
    design = means.design
    x, y = _across_and_down(design)
    held = _held(means, x, y)
    if len(design.factors) == 2:
        sheets = [Sheet(outcome, held, INDICATORS[outcome].label) for outcome in design.outcomes]
        return {"heatmap": heatmap(means, x, y, sheets, notes)}
    third = design.factors[2]
    chosen, left_out = _panels_of(third, held[third.name])
    more = (*notes, f"Left out here: {third.label} {', '.join(map(level_words, left_out))}") if left_out else notes
    found = {}
    for outcome in design.outcomes:
        sheets = [Sheet(outcome, {**held, third.name: level}, f"{third.label} {level_words(level)}") for level in chosen]
        found[f"heatmap-{outcome.replace('_', '-')}"] = heatmap(means, x, y, sheets, more, _title(outcome, means))
    return found


def _across_and_down(design: Design) -> tuple[Factor, Factor]:
    """Which of the first two factors stands across: the first with numbers, or else the one with the shorter names."""
    one, other = design.factors[:2]
    for factor, rest in ((one, other), (other, one)):
        if len(numbers_in(factor)) > 1:
            return factor, rest
    length = {factor.name: max(len(level_words(level)) for level in factor.levels) for factor in (one, other)}
    return (other, one) if length[other.name] < length[one.name] else (one, other)


def _panels_of(third: Factor, baseline: Level) -> tuple[list[Level], list[Level]]:
    """The levels of a third factor that have a panel, the baseline's among them, and those that have none; in their order."""
    kept = set(range(min(_MOST_PANELS, len(third.levels))))
    at = third.levels.index(baseline)
    if at not in kept:
        kept = {*range(_MOST_PANELS - 1), at}
    levels = list(enumerate(third.levels))
    return [level for place, level in levels if place in kept], [level for place, level in levels if place not in kept]


def _held(means: Means, *shown: Factor | None) -> dict[str, Level]:
    """The baseline's levels of the factors that are not along an axis."""
    names = {factor.name for factor in shown if factor}
    return {name: level for name, level in means.baseline().items() if name not in names}


def _title(outcome: str, means: Means) -> str:
    values = [means.at_point(outcome, int(point)).mean for point in means.design.points["point"]]
    quantity = Quantity.of(outcome, values)
    return f"{quantity.label}, {quantity.unit}"
