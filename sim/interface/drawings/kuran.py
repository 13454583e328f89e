"""The figure of Kuran's surprises: two countries that look alike, and one person who changes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.interface.style import GREY, A, B, enlarged, hatched, page

__all__ = ["draw"]


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """The opposition day by day before and after the change, and what each single change would do.

    Args:
        tables: ``paths`` and ``singles`` of the finding.
    """
    figure = page(2.9)
    left, right = figure.subplots(1, 2)
    _paths(left, tables["paths"])
    _singles(right, tables["singles"])
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=4, columnspacing=1.2, fontsize=enlarged(8))
    return figure


def _paths(axes: Axes, paths: pd.DataFrame) -> None:
    last = paths["step"].max()
    for look, (country, of_country) in zip((A, B), paths.groupby("country"), strict=True):
        for when, rows in of_country.groupby("when", sort=False):
            before = when == "before"
            steps, seen = [*rows["step"], last], [*rows["opposition"], rows["opposition"].iloc[-1]]
            axes.plot(
                steps,
                seen,
                color=look.colour,
                marker=look.marker,
                linestyle=":" if before else look.line,
                markerfacecolor="white" if before else look.colour,
                markeredgecolor="black",
                markeredgewidth=enlarged(0.5),
                markersize=(7.5 if country == "A" else 4.5) if before else 4.5,
                label=f"{country} {when}",
                zorder=2.0 if before else 3.0,
            )
    axes.set(xlabel="Day", ylabel="Public opposition, %", ylim=(-3, 105), title="a  One person changes")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _singles(axes: Axes, singles: pd.DataFrame) -> None:
    width = 0.38
    for look, shift, hatch, (country, rows) in zip(
        (A, B), (-0.5, 0.5), ("", hatched("/", 3)), singles.groupby("country"), strict=True
    ):
        axes.bar(
            rows["person"] + shift * width,
            rows["opposition"],
            width,
            color=look.colour,
            edgecolor="black",
            linewidth=enlarged(0.5),
            hatch=hatch,
            label=country,
        )
    by = int((singles["threshold"] - singles["lowered"]).max())
    axes.axhline(10, color=GREY, linestyle=":", linewidth=enlarged(1.0))
    axes.set(
        xlabel=f"Whose threshold falls by {by} points",
        ylabel="Public opposition, %",
        ylim=(0, 105),
        title="b  Each single change",
    )
    axes.set_xticks(sorted(singles["person"].unique()))
    axes.legend(title="country", loc="upper right", fontsize=enlarged(8), title_fontsize=enlarged(8))
