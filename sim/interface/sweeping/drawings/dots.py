"""Points with intervals: each outcome at the levels of a factor that has no numbers, and of a second factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from sim.experiment.design import Factor, Level
from sim.interface.style import WIDTH, enlarged, page
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.panels import LINES, legend, of_outcome, panel_title, panels
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

__all__ = ["dots"]

_MOST_ROWS: Final = 60
"""Levels that have a row."""

_ACROSS: Final = 3
"""Panels beside each other, at most."""


def dots(means: Means, rows: Factor, by: Factor | None, held: Mapping[str, Level], notes: Sequence[str] = ()) -> Figure:
    """A panel an outcome, a row a level, a marker a level of the second factor.

    Args:
        means: what is drawn.
        rows: the factor whose levels are rows, from above in the order of the text.
        by: the factor whose levels have a marker of their own; None for one marker.
        held: the level at which every other factor is held.
        notes: what else stands at the foot.
    """
    design = means.design
    across = min(_ACROSS, len(design.outcomes))
    looks: tuple[Level | None, ...] = by.levels if by else (None,)
    levels = rows.levels[:_MOST_ROWS]
    if len(rows.levels) > len(levels):
        notes = (*notes, f"Shown: the first {len(levels)} of the {len(rows.levels)} levels of {rows.label}")
    names = [wrapped(level_words(level), 26, 3) for level in levels]
    each = max(0.32, 0.13 * len(looks) + 0.12, 0.17 * max(name.count("\n") + 1 for name in names) + 0.08)
    high = each * len(names) + 0.75
    beside = 0.075 * max(len(line) for name in names for line in name.split("\n")) + 0.4
    figure = page(high * -(-len(design.outcomes) // across) + (0.9 if by else 0.5))
    made = panels(figure, len(design.outcomes), across, sharey=True)
    places = np.arange(len(names))[::-1].astype(np.float64)
    for number, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        rest = [{**held, by.name: level} if by and level is not None else dict(held) for level in looks]
        found = [[means.at(outcome, {**one, rows.name: level}) for level in levels] for one in rest]
        values = np.array(found, np.float64)
        quantity = Quantity.of(outcome, values.ravel())
        for order, line in enumerate(quantity.factor * values):
            look = LINES[order]
            at = places - (order - (len(found) - 1) / 2) * 0.7 / max(len(found), 2)
            axes.hlines(at, line[:, 1], line[:, 2], color=look.colour, linewidth=enlarged(1.3))
            axes.plot(
                line[:, 0],
                at,
                look.marker,
                color=look.colour,
                markersize=enlarged(5),
                markeredgecolor="black",
                markeredgewidth=enlarged(0.4),
                label=f"line-{order}",
                gid=f"line-{order}",
            )
        scaled = quantity.factor * values
        of_outcome(axes, quantity, scaled[..., 0], scaled[..., 1:], along="x", ticks=3 if across > 2 else 5)
        axes.set(ylim=(-0.6, len(names) - 0.4), xlabel=wrapped(quantity.unit, 26))
        panel_title(axes, number, len(made), quantity.label, (WIDTH - beside) / across)
        axes.set_yticks(places, names)
        axes.tick_params(axis="y", length=0)
        axes.hlines(
            places[:-1] - 0.5, 0, 1, transform=axes.get_yaxis_transform(), color="#DDDDDD", linewidth=enlarged(0.6), zorder=0
        )
        if number % across == 0:
            axes.set_ylabel(factor_words(rows))
    if by:
        legend(figure, made[0], factor_words(by), [wrapped(level_words(level), 60) for level in by.levels])
    told = settings_words([factor for factor in design.factors if factor.name not in {rows.name, by.name if by else ""}], held)
    foot(
        figure, uncertainty(means.seeds()), own_intervals(means.seeds()), f"Held at the baseline: {told}" if told else "", *notes
    )
    return figure
