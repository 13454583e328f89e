"""Effects: the difference of each point to the baseline, with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.experiment.design import Design, Factor, Level
from sim.interface.style import GREY, WIDTH, enlarged, page
from sim.interface.sweeping.drawings.panels import panel_title, panels
from sim.interface.sweeping.drawings.words import Quantity, foot, level_words, number, settings_words, uncertainty, wrapped

__all__ = ["CLEAR", "MOST_ROWS", "differences"]

MOST_ROWS: Final = 30
"""Points that have a row; if there are more, only those that differ from the baseline in one factor."""

CLEAR: Final = 0.05
"""A Holm-adjusted p below this is drawn filled."""

_ACROSS: Final = 3
"""Panels beside each other, at most."""


def differences(design: Design, effects: pd.DataFrame, notes: Sequence[str] = ()) -> Figure:
    """A panel an outcome, a row a point: a dot at the difference, filled if it is clear, and its interval.

    Args:
        design: the experiment, which has a baseline.
        effects: the table of effects (:func:`sim.experiment.sweeping.analyses`).
        notes: what else stands at the foot.
    """
    if design.baseline is None:
        raise ValueError("without a baseline there are no differences to it")
    baseline = _settings(design, design.baseline)
    points = [int(point) for point in dict.fromkeys(effects["point"].tolist())]
    moved = {point: _moved(design.factors, baseline, _settings(design, point)) for point in points}
    shown, left_out = _rows(moved, [factor.name for factor in design.factors])
    alone = len(design.factors) == 1
    names = [
        _name(design, point, moved[point], alone=alone, single=all(len(moved[one]) == 1 for one in shown)) for point in shown
    ]
    across = 2 if len(design.outcomes) in {2, 4} else min(_ACROSS, len(design.outcomes))
    beside = 0.075 * max((len(line) for name in names for line in name.split("\n")), default=1) + 0.3
    each = 0.05 + 0.15 * max((name.count("\n") + 1 for name in names), default=1)
    down = -(-len(design.outcomes) // across)
    high = max(each, 0.22) * max(len(names), 2)
    figure = page(down * (high + 0.8) + 0.7, least=down * (0.75 * high + 0.8) + 0.7)
    made = panels(figure, len(design.outcomes), across, sharey=True)
    places = np.arange(len(names))[::-1]
    for place, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        own = effects[effects["outcome"] == outcome].set_index("point").reindex(shown)
        _panel(axes, own, places, Quantity.of(outcome, own["difference"]))
        panel_title(axes, place, len(made), Quantity.of(outcome).label, (WIDTH - beside) / across)
        axes.set(ylim=(-0.6, max(len(names), 1) - 0.4))
        axes.set_yticks(places, names)
        axes.tick_params(axis="y", length=0)
        if place % across == 0 and (alone or not all(len(moved[one]) == 1 for one in shown)):
            axes.set_ylabel(" \N{MIDDLE DOT} ".join(factor.label for factor in design.factors))
    tests = int(effects["p"].notna().sum())
    key = f"Filled: p < {CLEAR:g}, adjusted by Holm for {tests} tests" if tests else "There is no test: all are hollow"
    pairs = effects.loc[effects["pairs"] > 0, "pairs"]
    seeds = (int(pairs.min()), int(pairs.max())) if len(pairs) else (0, 0)
    said = f"Difference to the baseline ({settings_words(design.factors, baseline)}), in pairs with equal seeds"
    foot(figure, uncertainty(seeds), said, key, left_out, *notes)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, places: Any, quantity: Quantity) -> None:
    axes.axvline(0, color="black", linewidth=enlarged(0.8))
    scaled = quantity.factor * rows[["difference", "low", "high"]].to_numpy(np.float64)
    for place, (difference, low, high), p in zip(places, scaled, rows["p_holm"], strict=True):
        if math.isnan(difference):
            axes.text(0, place, " no pair", va="center", fontsize=enlarged(7), color=GREY)
            continue
        axes.hlines(place, low, high, color="black", linewidth=enlarged(1.2))
        clear = p < CLEAR
        axes.plot(
            difference,
            place,
            "o",
            color="black" if clear else "white",
            markeredgecolor="black",
            markersize=enlarged(4.5),
            gid="difference",
        )
    some = scaled[np.isfinite(scaled)]
    least, most = (min(0.0, float(some.min())), max(0.0, float(some.max()))) if some.size else (-1.0, 1.0)
    room = 0.08 * (most - least) or 1.0
    axes.set(xlim=(least - room, most + room), xlabel=wrapped(quantity.of_difference, 24))
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 5, 10)))
    axes.xaxis.set_major_formatter(FuncFormatter(number))
    axes.grid(axis="x")


def _settings(design: Design, point: int) -> dict[str, Level]:
    row = design.points[design.points["point"] == point]
    return {factor.name: row[factor.name].tolist()[0] for factor in design.factors}


def _moved(factors: Sequence[Factor], baseline: dict[str, Level], own: dict[str, Level]) -> dict[str, Level]:
    """In what a point differs from the baseline."""
    return {
        factor.name: own[factor.name]
        for factor in factors
        if own[factor.name] != baseline[factor.name]
        or isinstance(own[factor.name], bool) != isinstance(baseline[factor.name], bool)
    }


def _rows(moved: dict[int, dict[str, Level]], order: list[str]) -> tuple[list[int], str]:
    """The points that have a row, and in words which have none."""
    points = list(moved)
    if len(points) <= MOST_ROWS:
        return points, ""
    single = [point for point in points if len(moved[point]) == 1]
    single.sort(key=lambda point: (order.index(next(iter(moved[point]))), point))
    said = [f"{len(points) - len(single)} points that differ from the baseline in more than one factor"]
    if len(single) > MOST_ROWS:
        said.append(f"{len(single) - MOST_ROWS} points after the first {MOST_ROWS} of the others")
    said = [words for words in said if not words.startswith("0 ")]
    return single[:MOST_ROWS], f"Left out here, though told in effects.csv: {' and '.join(said)}"


def _name(design: Design, point: int, moved: dict[str, Level], *, alone: bool, single: bool) -> str:
    """What a row is called: its levels; if every row moves one factor only, that factor and its level."""
    if alone:
        return wrapped(level_words(next(iter(_settings(design, point).values()))), 30, 3)
    if single:
        return wrapped(settings_words(design.factors, moved), 32, 3)
    return wrapped(" \N{MIDDLE DOT} ".join(map(level_words, _settings(design, point).values())), 34, 3)
