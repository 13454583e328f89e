"""Cost against size, on logarithmic axes: a line that rises as steeply as 1 doubles when the size does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from benchmarks.running import Outcome
from benchmarks.statistics import median, slope

__all__ = ["curves_of", "drawn", "slopes"]

type Series = Mapping[str, Sequence[tuple[float, float]]]

_LOOKS: Final = (("#0072B2", "o", "-"), ("#E69F00", "s", "--"), ("#009E73", "^", ":"), ("#555555", "D", "-."))
"""Colour, marker and line of each series: told apart in grey too."""

_DECADES: Final = 100.0
"""How far an axis may reach before only powers of ten are written on it."""


def curves_of(outcome: Outcome) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Curves by name and series, each point the median of the shots."""
    found: dict[str, dict[str, dict[float, list[float]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for shot in outcome.shots:
        for name, series in shot["curves"].items():
            for label, points in series.items():
                for x, y in points:
                    found[name][label][x].append(y)
    return {
        name: {label: [(x, median(ys)) for x, ys in sorted(points.items())] for label, points in series.items()}
        for name, series in found.items()
    }


def slopes(series: Series) -> dict[str, float]:
    """How steeply each series rises."""
    return {label: slope(points) for label, points in series.items()}


def drawn(name: str, series: Series, about: str) -> dict[str, bytes]:
    """A curve as PNG and SVG, by file name.

    Args:
        name: what stands on the x axis, in words. series: points by label. about: what it was made of, for the metadata.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter, LogLocator

    from sim.interface.style import WIDTH, paper, rendered

    with paper():
        figure = Figure(figsize=(WIDTH, 3.4), layout="constrained")
        axes = figure.add_subplot()
        for (label, points), (colour, marker, line) in zip(series.items(), _LOOKS, strict=False):
            xs, ys = zip(*points, strict=True)
            said = f"{label}: slope {slope(points):.2f}"
            axes.loglog(xs, ys, color=colour, marker=marker, linestyle=line, label=said)
        axes.set_xlabel(name)
        axes.set_ylabel("seconds")
        for axis, values in zip((axes.xaxis, axes.yaxis), _coordinates(series), strict=True):
            wide = max(values) / min(values) > _DECADES
            axis.set_major_locator(LogLocator(subs=(1.0,) if wide else (1.0, 2.0, 5.0)))
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
            axis.set_minor_formatter(FuncFormatter(lambda *_: ""))
        axes.grid(visible=True, which="major")
        figure.legend(loc="outside lower left", ncols=1)
        return rendered(figure, name.split(",", maxsplit=1)[0].replace(" ", "-"), f"Cost against {name}", about)


def _coordinates(series: Series) -> tuple[list[float], list[float]]:
    """All x, and all y."""
    xs, ys = zip(*(point for points in series.values() for point in points), strict=True)
    return list(xs), list(ys)
