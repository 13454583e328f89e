"""Drawn designs: what the points say along each factor, with the response surface through them where there is one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from sim.experiment.design import Factor
from sim.interface.style import GREY, WIDTH, A, enlarged, page
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.panels import of_outcome, panel_title, panels
from sim.interface.sweeping.drawings.words import Quantity, factor_words, foot, level_words, number, uncertainty, undrawn, wrapped

__all__ = ["MOST_FACTORS", "cloud", "point_map"]

MOST_FACTORS: Final = 4
"""Factors that have a column of panels."""


def cloud(means: Means, surface: pd.DataFrame | None, fits: pd.DataFrame | None, notes: Sequence[str] = ()) -> Figure:
    """A row of panels an outcome, a column a factor: the means at the points, and the surface with its band.

    Args:
        means: the means at the points.
        surface: the table of curves through the surface, the other factors in the middle of their ranges; None if there is none.
        fits: the table that says how well each surface fits; None likewise.
        notes: what else stands at the foot.
    """
    design = means.design
    factors = design.factors[:MOST_FACTORS]
    height = 1.75 * len(design.outcomes) + 0.95
    figure = page(height)
    made = panels(figure, len(design.outcomes) * len(factors), len(factors), sharey=False)
    letters = 58 // len(factors)
    for row, outcome in enumerate(design.outcomes):
        values = np.array([means.at_point(outcome, int(point)).mean for point in design.points["point"]], np.float64)
        own = _of_outcome(surface, outcome)
        ends = own[["low", "high"]].to_numpy(np.float64)
        quantity = Quantity.of(outcome, [*values, *ends.ravel()])
        for column, factor in enumerate(factors):
            axes = made[row * len(factors) + column]
            _points(axes, factor, design.points[factor.name].tolist(), quantity.factor * values)
            _curve(axes, own[own["factor"] == factor.name], quantity)
            of_outcome(axes, quantity, quantity.factor * values, quantity.factor * ends)
            along(axes, factor, "x", short=len(factors) > 2)
            if column:
                axes.tick_params(labelleft=False)
            else:
                panel_title(axes, row, len(design.outcomes), quantity.label + _fit(fits, outcome), WIDTH - 1)
                axes.set_ylabel(wrapped(quantity.unit, 24))
            if row == len(design.outcomes) - 1:
                axes.set_xlabel(wrapped(factor_words(factor), letters, 3))
            else:
                axes.tick_params(labelbottom=False)
    left = len(design.factors) - len(factors)
    said = ["Dots: means at the points"]
    if surface is not None:
        said.append("line: response surface, the other factors at mid-range; Q\u00b2: how well left-out points are foretold")
    else:
        said.append("no response surface was laid through them")
    more = f"{left} more factors are not drawn" if left else ""
    foot(figure, undrawn(means.seeds()) if surface is None else uncertainty(means.seeds()), "; ".join(said), more, *notes)
    return figure


def point_map(means: Means, notes: Sequence[str] = ()) -> Figure:
    """A panel an outcome: each point where the first two factors put it, the darker the more of the outcome there is."""
    design = means.design
    x, y = design.factors[:2]
    across = 1 if len(design.outcomes) == 1 else 2
    figure = page(2.6 * -(-len(design.outcomes) // across) + 0.6)
    made = panels(figure, len(design.outcomes), across, sharey=True)
    for place, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        values = np.array([means.at_point(outcome, int(point)).mean for point in design.points["point"]], np.float64)
        quantity = Quantity.of(outcome, values)
        scaled = quantity.factor * values
        some = scaled[np.isfinite(scaled)]
        least, most = (float(some.min()), float(some.max())) if some.size else (0.0, 1.0)
        widest = max(-least, most) or 1.0
        name, norm = ("PuOr_r", Normalize(-widest, widest)) if least < 0 else ("Blues", Normalize(0, widest))
        at = [_positions(factor, design.points[factor.name].tolist()) for factor in (x, y)]
        dots = axes.scatter(
            at[0],
            at[1],
            c=scaled,
            cmap=name,
            norm=norm,
            s=enlarged(enlarged(22)),
            edgecolors="black",
            linewidths=enlarged(0.4),
            plotnonfinite=False,
        )
        figure.colorbar(dots, ax=axes, format=FuncFormatter(number))
        along(axes, x, "x")
        along(axes, y, "y")
        axes.set_xlabel(wrapped(factor_words(x), 34 if across > 1 else 80))
        axes.set_ylabel("" if place % across else wrapped(factor_words(y), 30))
        panel_title(axes, place, len(made), quantity.label, WIDTH / across - 1.0, quantity.unit)
    foot(
        figure,
        undrawn(means.seeds()),
        "Points were drawn: each dot is the mean at one, whatever its other factors are",
        *notes,
    )
    return figure


def along(axes: Axes, factor: Factor, which: str, *, short: bool = False) -> None:
    """The axis of a factor whose values were drawn."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    if not factor.numeric:
        names = [wrapped(level_words(level), 10 if which == "x" else 16, 3) for level in factor.levels]
        axis.set_ticks(range(len(names)), names)
        (axes.set_xlim if which == "x" else axes.set_ylim)(-0.5, len(names) - 0.5)
        return
    if factor.scale == "log":
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        axis.set_major_locator(FixedLocator(_ratio_ticks(*(factor.range or (1.0, 10.0)))))
        axis.set_minor_locator(NullLocator())
    else:
        axis.set_major_locator(MaxNLocator(3 if short else 5, steps=(1, 2, 2.5, 5, 10)))
    axis.set_major_formatter(FuncFormatter(number))


def _ratio_ticks(least: float, most: float) -> list[float]:
    """Powers of ten in a range; if there are fewer than three, their doubles and fives as well."""
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    for steps in ((1,), (1, 2, 5), range(1, 10)):
        ticks = [step * 10.0**power for power in powers for step in steps]
        found = [tick for tick in ticks if least * (1 - 1e-9) <= tick <= most * (1 + 1e-9)]
        if len(found) > 2:
            return found
    return [least, most]


def _positions(factor: Factor, levels: Sequence[Any]) -> list[float]:
    """Where levels stand: numbers by value, others by their place in the text."""
    return [float(level) for level in levels] if factor.numeric else [float(factor.levels.index(level)) for level in levels]


def _points(axes: Axes, factor: Factor, levels: Sequence[Any], values: np.ndarray) -> None:
    axes.plot(
        _positions(factor, levels),
        values,
        "o",
        color="white",
        markeredgecolor=GREY,
        markeredgewidth=enlarged(0.7),
        markersize=enlarged(3),
        gid="points",
    )


def _curve(axes: Axes, rows: pd.DataFrame, quantity: Quantity) -> None:
    if rows.empty:
        return
    low, mean, high = (quantity.factor * rows[name].to_numpy(np.float64) for name in ("low", "mean", "high"))
    axes.fill_between(rows["value"], low, high, color=A.colour, alpha=0.2, linewidth=0)
    axes.plot(rows["value"], mean, color=A.colour, gid="surface")


def _of_outcome(surface: pd.DataFrame | None, outcome: str) -> pd.DataFrame:
    if surface is None:
        return pd.DataFrame({name: [] for name in ("outcome", "factor", "value", "mean", "low", "high")})
    return surface[surface["outcome"] == outcome]


def _fit(fits: pd.DataFrame | None, outcome: str) -> str:
    """How far to trust a surface, for a title."""
    own = [] if fits is None else fits.loc[fits["outcome"] == outcome, "q2"].tolist()
    if not own:
        return ""
    q2 = own[0]
    return " (flat)" if pd.isna(q2) else f" (Q\u00b2 = {q2:.2f}{'' if q2 >= 0.5 else ', do not read the line'})"
