"""Designs and tables of runs made by formula, so that what must be drawn is known."""

from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.design import Design, Factor
from sim.experiment.design.design import table_of
from sim.experiment.design.points import drawn, grid, one_at_a_time

THRESHOLD = Factor("threshold", ("law.threshold",), "Permit threshold", "persons", levels=(20, 50, 100, "none"))
PRACTICE = Factor("practice", ("practice",), "Practice", levels=("own", "benign", "hostile"))
FINE = Factor("fine", ("law.fine",), "Fine", "MCI", levels=(0, 10, 20, 50, 100, 200))


def made(
    factors: Sequence[Factor],
    outcomes: Sequence[str] = ("attendance",),
    *,
    draw: Sequence[str] = ("curve",),
    kind: str = "grid",
    baseline: int | None = 0,
    seeds: int = 3,
    points: int = 4,
) -> Design:
    """A design of these factors, without scenarios."""
    match kind:
        case "grid":
            sample = grid(factors)
        case "one-at-a-time":
            sample = one_at_a_time(factors, [factor.levels[0] for factor in factors])
        case _:
            sample = drawn(kind, factors, points, 1)
    return Design(
        name="made",
        file="made.toml",
        text="",
        title="Made",
        question="What is drawn?",
        base="seminar",
        kind=kind,
        factors=tuple(factors),
        points=table_of(tuple(factors), sample.rows),
        coordinates=sample.coordinates,
        scenarios=(),
        seeds=tuple(range(1, seeds + 1)),
        outcomes=tuple(outcomes),
        baseline=baseline if kind in {"grid", "one-at-a-time"} else None,
        precision={},
        discover=None,
        second_order=False,
        draw=tuple(draw),
        notes=(),
    )


def runs_of(design: Design, value: Callable[[int, int], float], failed: Sequence[tuple[int, int]] = ()) -> pd.DataFrame:
    """Runs whose outcomes all have the same value by point and seed; NaN in those that failed."""
    rows = []
    for point in range(len(design.points)):
        settings = {name: design.points[name].tolist()[point] for name in design.points}
        for seed in design.seeds:
            done = (point, seed) not in failed
            told = {"scenario": "made", "seed": seed, "status": "done" if done else "failed", "error": "" if done else "too bad"}
            rows.append({**settings, **told, **dict.fromkeys(design.outcomes, value(point, seed) if done else float("nan"))})
    return pd.DataFrame(rows)


def texts(axes: Axes) -> list[str]:
    """The texts within a panel, in the order they were written."""
    return [text.get_text() for text in axes.texts]


def ticks(axes: Axes, along: str = "x") -> list[str]:
    """The labels of the ticks that can be seen."""
    labels = axes.get_xticklabels() if along == "x" else axes.get_yticklabels()
    return [label.get_text().replace("\n", " ") for label in labels if label.get_text()]


def named(axes: Axes, gid: str) -> list[tuple[list[float], list[float]]]:
    """The data of the lines that bear a name."""
    lines = [line for line in axes.lines if line.get_gid() == gid]
    return [([float(x) for x in line.get_xdata()], [float(y) for y in line.get_ydata()]) for line in lines]


def legend_of(figure: Figure) -> list[str]:
    """What stands in the legend above the panels."""
    (legend,) = figure.legends
    return [text.get_text() for text in legend.get_texts()]
