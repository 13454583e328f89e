"""Sobol indices: how much of an outcome's variance each factor makes alone, and with the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.design import Design
from sim.interface.style import GREY, WIDTH, A, enlarged, hatched, page
from sim.interface.sweeping.drawings.panels import panel_title, panels
from sim.interface.sweeping.drawings.words import foot, uncertainty, wrapped
from sim.measurement import INDICATORS

__all__ = ["sobol_bars"]

_WIDEST: Final = (-0.5, 1.5)
"""Intervals that reach further are cut there, with an arrow: indices beyond 0 and 1 say only that points were few."""

_BAR: Final = 0.36
"""Height of a bar, in rows."""


def sobol_bars(design: Design, indices: pd.DataFrame, notes: Sequence[str] = ()) -> Figure:
    """A panel an outcome, two bars a factor: first order solid, total hatched.

    The indices are those mended of noise; with one seed there are none, and the raw ones are drawn.

    Args:
        design: the experiment.
        indices: the table of Sobol indices (:func:`sim.experiment.sensitivity.sobol_indices`).
        notes: what else stands at the foot.
    """
    mended = bool((indices["seeds"] > 1).any())
    columns = ["index", "low", "high"] if mended else ["index_raw", "raw_low", "raw_high"]
    names = [wrapped(factor.label, 24) for factor in design.factors]
    across = 1 if len(design.outcomes) == 1 else 2
    down = -(-len(design.outcomes) // across)
    figure = page(down * (0.4 * len(names) + 0.85) + 0.9)
    made = panels(figure, len(design.outcomes), across, sharey=True)
    places = np.arange(len(names))[::-1].astype(np.float64)
    for place, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        own = indices[indices["outcome"] == outcome]
        for order, shift in (("first", _BAR / 2), ("total", -_BAR / 2)):
            rows = own[own["order"] == order].set_index("factor").reindex([factor.name for factor in design.factors])
            _bars(axes, rows[columns].to_numpy(np.float64), places + shift, order)
        axes.axvline(0, color="black", linewidth=enlarged(0.8))
        _limits(axes, own.loc[own["order"] != "second", columns].to_numpy(np.float64))
        axes.set(ylim=(-0.6, len(names) - 0.4), xlabel="Part of the variance between points")
        panel_title(axes, place, len(made), INDICATORS[outcome].label, (WIDTH - 1.2) / across, _beneath(own, columns))
        axes.set_yticks(places, names)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        if said := _why_empty(own, columns):
            axes.text(0.5, (len(names) - 1) / 2, said, ha="center", va="center", color=GREY, fontsize=enlarged(8))
    handles, _ = made[0].get_legend_handles_labels()
    labels = ["first order: the factor alone", "total: with all its interactions"]
    figure.legend(handles, labels, loc="outside upper left", ncols=2)
    blocks, seeds = indices["blocks"], indices["seeds"]
    said_of = f"{int(blocks.max()):,} blocks of points"
    told = "" if mended else "One seed: noise is not known, and the indices hold it"
    foot(figure, uncertainty((int(seeds.min()), int(seeds.max())), said_of), _key(mended=mended), told, *notes)
    return figure


def _key(*, mended: bool) -> str:
    return "Noise of replication is taken out; its share in the variance of single runs stands above" if mended else ""


def _bars(axes: Axes, rows: np.ndarray, places: np.ndarray, order: str) -> None:
    looks: dict[str, dict[str, Any]] = {
        "first": {"color": A.colour, "edgecolor": "black"},
        "total": {"color": "white", "edgecolor": "black", "hatch": hatched("/", 5)},
    }
    heights = np.nan_to_num(rows[:, 0])
    axes.barh(places, np.clip(heights, *_WIDEST), _BAR, linewidth=enlarged(0.6), label=order, gid=order, **looks[order])
    low, high = np.clip(rows[:, 1], *_WIDEST), np.clip(rows[:, 2], *_WIDEST)
    axes.hlines(places, low, high, color="black", linewidth=enlarged(1.2))
    for end, bound, marker in ((1, _WIDEST[0], "<"), (2, _WIDEST[1], ">")):
        beyond = rows[:, end] < bound if end == 1 else rows[:, end] > bound
        if not beyond.any():
            continue  # an empty line would have no place, and the layout of the figure with it
        axes.plot(
            np.full(int(beyond.sum()), bound),
            places[beyond],
            marker,
            color="black",
            markersize=enlarged(4),
            linestyle="none",
            clip_on=False,
        )


def _limits(axes: Axes, values: np.ndarray) -> None:
    some = values[np.isfinite(values)]
    least, most = (float(some.min()), float(some.max())) if some.size else (0.0, 1.0)
    axes.set(xlim=(max(min(-0.03, least - 0.05), _WIDEST[0]), min(max(1.03, most + 0.05), _WIDEST[1])))


def _why_empty(own: pd.DataFrame, columns: Sequence[str]) -> str:
    """Why an outcome has no bars, in words; empty if it has some."""
    if own[columns[0]].notna().any():
        return ""
    if not own["blocks"].max() > 0:
        return "no block of points has a value"
    return "no variance beyond noise" if own["index_raw"].notna().any() else "does not vary"


def _beneath(own: pd.DataFrame, columns: Sequence[str]) -> str:
    """What is told of an outcome beneath its title: its noise, and whether its bars lack intervals."""
    share = own["noise_share"].max()
    said = [] if pd.isna(share) else [f"noise: {100 * min(share, 1.0):.0f} % of a run's variance"]
    if own[columns[0]].notna().any() and own[columns[1]].isna().all():
        said.append("no intervals")
    return "; ".join(said)
