"""The figures of a calibration: what each parameter may be, which parameters trade off, and what the posterior gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.experiment.calibration import Calibration, Plan, Prior
from sim.experiment.calibration.posterior import Posterior
from sim.interface.style import GREY, WIDTH, A, B, enlarged, page

__all__ = ["MOST_PAIRED", "Kept", "marginals", "pairs"]

MOST_PAIRED: Final = 8
"""Parameters in the figure of pairs: those of which most was learned."""

_ACROSS: Final = 4
_BINS: Final = 20
_PAIR_BINS: Final = 16
_SHADE: Final = LinearSegmentedColormap.from_list("posterior", ["white", A.colour])
_TICKS: Final = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What a folder keeps of a calibration.

    Attributes:
        plan: what was asked. posterior: draws with weights. tables: by name.
    """

    plan: Plan
    posterior: Posterior
    tables: Mapping[str, pd.DataFrame]


def marginals(done: Calibration | Kept, first: int = 0, end: int | None = None) -> Figure:
    """What each parameter may be: the posterior's density over the prior's, the 90 % interval, centre and shipped value.

    The axis runs along the prior, so that the prior is flat at 1 whatever its form; values stand at the ticks.

    Args:
        done: the calibration. first, end: which parameters, by their places; all if nothing is said.
    """
    priors, table = done.plan.priors[first:end], done.tables["parameters"].iloc[first:end]
    across = min(_ACROSS, len(priors))
    down = math.ceil(len(priors) / across)
    figure = page(0.75 + 1.35 * down)
    panels = figure.subplots(down, across, squeeze=False)
    for place, prior in enumerate(priors):
        axes = panels[place // across][place % across]
        along = done.posterior.x[:, first + place]
        density, edges = np.histogram(along, _BINS, (0.0, 1.0), weights=done.posterior.weights * _BINS)
        axes.stairs(density, edges, fill=True, color=A.colour, alpha=0.35, gid=f"posterior {prior.name}")
        axes.stairs(density, edges, color=A.colour, linewidth=enlarged(0.9))
        axes.axhline(1.0, color=GREY, linewidth=enlarged(0.9), linestyle=(0, (4, 1.5)))
        row = table.iloc[place]
        top = 1.12 * max(float(density.max()), 1.5)
        axes.hlines(0.96 * top, prior.part(row["low"]), prior.part(row["high"]), color="black", linewidth=enlarged(1.6))
        axes.plot(prior.part(row["centre"]), 0.96 * top, "o", color=A.colour, markeredgecolor="black", markersize=enlarged(4.5))
        _shipped(axes, prior, 0.0)
        axes.set(xlim=(0, 1), ylim=(0, top))
        axes.set_title("\n".join(wrap(prior.name.replace("_", " "), 20)), fontsize=enlarged(8))
        axes.set_yticks([])
        _along(axes, prior)
        axes.set_xlabel(prior.unit, fontsize=enlarged(7))
        axes.spines["left"].set_visible(False)
    for place in range(len(priors), down * across):
        panels[place // across][place % across].set_visible(False)
    handles = [
        Patch(facecolor=A.colour, alpha=0.35, edgecolor=A.colour, label="posterior"),
        Line2D([], [], color=GREY, linestyle=(0, (4, 1.5)), label="prior"),
        Line2D([], [], marker="o", color="black", markerfacecolor=A.colour, label="centre, 90 % interval"),
        Line2D([], [], marker=B.marker, color=B.colour, markeredgecolor="black", linestyle="", label="shipped value"),
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=4, fontsize=enlarged(8), handletextpad=0.4, columnspacing=1.4)
    return figure


def pairs(done: Calibration | Kept, most: int = MOST_PAIRED) -> Figure:
    """Which parameters trade off: the posterior's density over each pair of those of which most was learned.

    Both axes run along the priors. A square marks the shipped values.

    Args:
        done: the calibration. most: parameters, at most.
    """
    priors, posterior = done.plan.priors, done.posterior
    learned = np.argsort(-done.tables["parameters"]["shrinkage"].to_numpy(np.float64), kind="stable")[:most]
    chosen = sorted(learned.tolist())
    number = max(len(chosen) - 1, 1)
    figure = page(WIDTH, least=1.0 + 0.95 * number)
    panels = figure.subplots(number, number, squeeze=False)
    for down in range(number):
        for across in range(number):
            axes = panels[down][across]
            if across > down or len(chosen) < 2:
                axes.set_visible(False)
                continue
            x, y = chosen[across], chosen[down + 1]
            field, xs, ys = np.histogram2d(
                posterior.x[:, x], posterior.x[:, y], _PAIR_BINS, ((0, 1), (0, 1)), weights=posterior.weights
            )
            axes.pcolormesh(xs, ys, field.T, cmap=_SHADE, vmin=0, rasterized=True)
            _both(axes, priors[x], priors[y], outer=(down == number - 1, across == 0))
    told = "Darker: likelier. Axes run along the priors; square: shipped values"
    left = len(priors) - len(chosen)
    more = f"; {left} parameters of which less was learned are left out" if left else ""
    figure.supxlabel("\n".join(wrap(told + more, 100)), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _both(axes: Axes, x: Prior, y: Prior, outer: Sequence[bool]) -> None:
    """Ticks and labels of a pair's panel, at the rim of the figure only, and the shipped values."""
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    for spine in axes.spines.values():
        spine.set_visible(True)
    axes.set_xticks(
        _TICKS, [_short(float(x.at(np.array(part)))) for part in _TICKS] if outer[0] else [""] * 3, fontsize=enlarged(6)
    )
    axes.set_yticks(
        _TICKS, [_short(float(y.at(np.array(part)))) for part in _TICKS] if outer[1] else [""] * 3, fontsize=enlarged(6)
    )
    if outer[0]:
        axes.set_xlabel("\n".join(wrap(x.name.replace("_", " "), 13)), fontsize=enlarged(7))
    if outer[1]:
        axes.set_ylabel("\n".join(wrap(y.name.replace("_", " "), 13)), fontsize=enlarged(7))
    right, up = _inside(x), _inside(y)
    if right is not None and up is not None:
        axes.plot(
            right, up, B.marker, color=B.colour, markeredgecolor="black", markeredgewidth=enlarged(0.5), markersize=enlarged(3.5)
        )


def _shipped(axes: Axes, prior: Prior, height: float) -> None:
    if (part := _inside(prior)) is not None:
        style: dict[str, Any] = {
            "color": B.colour,
            "markeredgecolor": "black",
            "markersize": enlarged(4.5),
            "clip_on": False,
            "zorder": 4,
        }
        axes.plot(part, height, B.marker, **style)


def _inside(prior: Prior) -> float | None:
    """Where the shipped value lies along the prior; ``None`` if outside, or if places differ."""
    values = {value for _, value in prior.shipped}
    if len(values) != 1 or not prior.low <= min(values) <= prior.high:
        return None
    return prior.part(min(values))


def _along(axes: Axes, prior: Prior) -> None:
    axes.set_xticks(_TICKS, [_short(float(prior.at(np.array(part)))) for part in _TICKS], fontsize=enlarged(7))
    first, _, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")


def _short(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
