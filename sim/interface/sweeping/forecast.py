"""What an experiment will take, in words: time and room, and how many seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.design import Design
from sim.experiment.processes import usable_processors
from sim.experiment.sweeping import Estimate
from sim.interface.numbers import Scale
from sim.measurement import INDICATORS
from sim.texts import parse_assignment

__all__ = ["in_words", "of_plan", "wishes"]


def in_words(design: Design, found: Estimate, processes: int | None) -> str:
    """Points, runs, and what they will take."""
    share = usable_processors() if processes is None else processes
    by = "one process" if share == 1 else f"{share} processes"
    lines = [
        f"{design.title}",
        f"{design.kind}: {found.points:,} points x {len(design.seeds)} seeds = {found.runs:,} runs of {design.base}",
        f"About {duration(found.seconds)} with {by}: {found.run_seconds:.2f} s a run and {found.town_seconds:.2f} s a town here",
        f"About {max(found.bytes / 1e6, 0.1):,.1f} MB on disk, without --tables",
        *design.notes,
    ]
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """A time as people say it: ``40 s``, ``12 min``, ``3.5 h``."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"


def wishes(design: Design, written: Sequence[str]) -> dict[str, float]:
    """The difference that is to be told from none, by outcome.

    Args:
        design: the experiment, whose text may say it.
        written: ``OUTCOME=NUMBER``, which come first.

    Raises:
        InputError: if nothing is wished, of an outcome that does not exist, or no number above 0; or if there is no baseline.
    """
    if design.baseline is None:
        found = f"{design.kind}, which has no baseline to differ from"
        raise InputError(design.file, [Problem("experiment.design", found, "grid or one-at-a-time, to plan pairs for")])
    said = [parse_assignment(text) for text in written]
    problems = []
    for name, value in said:
        if name not in INDICATORS:
            problems.append(Problem(name, "the unknown outcome", ", ".join(design.outcomes), did_you_mean(name, INDICATORS)))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            problems.append(Problem(name, repr(value), "a number above 0, in the outcome's unit"))
    if problems:
        raise InputError("--precision", problems)
    wished = dict(said) or dict(design.precision)
    if not wished:
        allowed = "precision = { OUTCOME = NUMBER } in the text, or --precision OUTCOME=NUMBER"
        raise InputError(design.file, [Problem("experiment.precision", "nothing", allowed)])
    return wished


def of_plan(design: Design, found: pd.DataFrame, power: float, out: Console) -> None:
    """Print how many pairs each outcome needs: at the point that needs most.

    Args:
        design: the experiment. found: the table of :func:`~sim.experiment.replications.plan_pairs`. power: wished.
        out: where to print.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("")
    for column in ("to tell from none", "sd of pairs", "for the interval", "for the power", "unpaired runs", "at point"):
        table.add_column(Text(column), justify="right")
    for name, rows in found.groupby("outcome", sort=False):
        needed = rows["pairs_for_width"].to_numpy(np.float64)
        if np.isnan(needed).all():
            table.add_row(INDICATORS[str(name)].label, *["-"] * 6)
            continue
        worst = rows.iloc[int(np.nanargmax(np.fmax(needed, rows["pairs_for_power"].to_numpy(np.float64))))]
        scale = Scale.of(INDICATORS[str(name)].unit, worst["half_width"], worst["sd"])
        table.add_row(
            INDICATORS[str(name)].label,
            scale.value(worst["half_width"]),
            scale.value(worst["sd"]),
            _told(worst["pairs_for_width"], worst["pairs_for_width_high"]),
            _told(worst["pairs_for_power"], worst["pairs_for_power_high"]),
            _count(worst["unpaired_for_width"]),
            str(worst["point"]),
        )
    most = found[["pairs_for_width", "pairs_for_power"]].to_numpy(np.float64)
    out.print(f"{design.title}: how many seeds", style="bold")
    out.print(table)
    out.print()
    if np.isfinite(most).any():
        wanted = np.nanmax(most)
        enough = "enough" if wanted <= len(design.seeds) else "too few"
        out.print(f"{_count(wanted)} seeds would do at every point; the text has {len(design.seeds)}, which is {enough}.")
    pilot = int(found["pilot_pairs"].max()) if len(found) else 0
    out.print(f"For the interval: half its width is at most the difference. For the power: found {power:.0%} of times, at 5 %.")
    out.print("Both say how many seeds do if runs differ as in the pilot; in brackets, how many it may take if they differ as")
    out.print(f"much as they well may, for {pilot} pairs tell their sd badly (upper 95 % bound).")


def _told(pairs: float, high: float) -> str:
    """So many pairs, and how many if the pilot's sd is too small: ``16 (up to 249)``."""
    return f"{_count(pairs)} (up to {_count(high)})"


def _count(pairs: float) -> str:
    return "-" if math.isnan(pairs) else "more than 1,000,000" if math.isinf(pairs) else f"{pairs:,.0f}"
