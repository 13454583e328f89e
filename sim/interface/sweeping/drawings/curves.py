"""Curves: each outcome against a factor that is a number, a line for each level of a second factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.design import Factor, Level
from sim.experiment.effects import Interval
from sim.interface.style import GREY, WIDTH, enlarged, page
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.panels import LINES, legend, of_outcome, panel_title, panels
from sim.interface.sweeping.drawings.scales import Places, places_of
from sim.interface.sweeping.drawings.words import (
    Quantity,
    factor_words,
    foot,
    level_words,
    own_intervals,
    settings_words,
    uncertainty,
    wrapped,
)

__all__ = ["curves"]

_PANEL: Final = 1.9
"""Height of a panel, inches."""

_DODGE: Final = 0.03
"""How far lines stand apart at a level that is no number, as a part of the numbers' axis."""


def curves(means: Means, x: Factor, by: Factor | None, held: Mapping[str, Level], notes: Sequence[str] = ()) -> Figure:
    """Small multiples: a panel an outcome, with a shared axis.

    Args:
        means: what is drawn.
        x: the factor along the axis. Levels that are no numbers stand apart at its right end, and no line leads to them.
        by: the factor whose levels are lines; None for one line.
        held: the level at which every other factor is held.
        notes: what else stands at the foot.
    """
    design = means.design
    columns = 1 if len(design.outcomes) == 1 else 2
    rows = -(-len(design.outcomes) // columns)
    height = (2.6 if columns == 1 else _PANEL * rows) + (0.9 if by else 0.6)
    figure = page(height)
    places = places_of(x, WIDTH / columns - 0.75)
    levels: tuple[Level | None, ...] = by.levels if by else (None,)
    made = panels(figure, len(design.outcomes), columns, sharex=True)
    for number, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        rest = [{**held, by.name: level} if by and level is not None else dict(held) for level in levels]
        found = [[means.at(outcome, {**one, x.name: level}) for level in places.levels] for one in rest]
        quantity = Quantity.of(outcome, [value for line in found for one in line for value in one])
        _panel(axes, places, found, quantity)
        panel_title(axes, number, len(made), quantity.label, WIDTH / columns - 0.6)
        axes.set_ylabel(wrapped(quantity.unit, 28))
        if number + columns >= len(made):
            axes.set_xlabel(wrapped(factor_words(x), 42 if columns > 1 else 90))
    if by:
        legend(figure, made[0], factor_words(by), [wrapped(level_words(level), 60) for level in by.levels])
    told = settings_words([factor for factor in design.factors if factor.name not in {x.name, by.name if by else ""}], held)
    foot(
        figure, uncertainty(means.seeds()), own_intervals(means.seeds()), f"Held at the baseline: {told}" if told else "", *notes
    )
    return figure


def _panel(axes: Axes, places: Places, found: Sequence[Sequence[Interval]], quantity: Quantity) -> None:
    """The lines of one outcome, with bands along the numbers and bars at levels that stand apart."""
    shade = 0.2 if len(found) == 1 else 0.1
    for order, line in enumerate(found):
        look = LINES[order]
        middle, low, high = (quantity.factor * np.array([one[part] for one in line], np.float64) for part in range(3))
        shift = _DODGE * (order - (len(found) - 1) / 2) * min(1.0, 4 / len(found))
        for place, joined in places.stretches():
            at = places.positions[place] + (0.0 if joined else shift)
            if joined:
                axes.fill_between(at, low[place], high[place], color=look.colour, alpha=shade, linewidth=0)
                for edge in (low, high):
                    axes.plot(at, edge[place], color=look.colour, linestyle=look.line, linewidth=enlarged(0.5), gid="band")
            else:
                axes.vlines(at, low[place], high[place], color=look.colour, linewidth=enlarged(1.1))
            axes.plot(
                at,
                middle[place],
                color=look.colour,
                marker=look.marker,
                linestyle=look.line if joined else "none",
                markevery=max(1, len(middle[place]) // 8),
                markeredgecolor="black",
                markeredgewidth=enlarged(0.4),
                label=f"line-{order}" if joined else "_",
                gid=f"line-{order}",
            )
    values = quantity.factor * np.array(found, np.float64)
    of_outcome(axes, quantity, values[..., 0], values[..., 1:])
    if np.isnan(values[..., 0]).all():
        axes.text(0.5, 0.5, "no run has a value", transform=axes.transAxes, ha="center", color=GREY, fontsize=enlarged(8))
    places.draw(axes)
