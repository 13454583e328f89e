"""The readable answer of an attribution: sentences first, then the numbers, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.attributing import Attribution, Step
from sim.experiment.sensitivity.attribution import TOTAL
from sim.interface.attribution.telling import (
    Row,
    called,
    changes_in_words,
    letters,
    minds,
    rows_of,
    scale_of,
    sentence,
)
from sim.interface.numbers import Scale
from sim.interface.sentences import law_in_words
from sim.scenario import Scenario

__all__ = ["footer", "numbers", "of_attribution"]

_NOTES: Final = (
    "Shapley: the mean of what it does over the orders in which provisions may be adopted; these add up to the total.",
    "Revert: what is lost when it alone is taken back from the second law. Add: what it does when it alone joins the first.",
    "~: revert and add clearly differ, so it acts together with others.",
)


def of_attribution(done: Attribution, out: Console, folder: Path | None = None) -> None:
    """Print what each provision contributes.

    Args:
        done: the attribution.
        out: where to print.
        folder: where the files went, if they did.
    """
    plan = done.plan
    for step in plan.steps:
        for outcome in plan.outcomes:
            out.print(sentence(done, step, outcome))
    out.print()
    for law, letter in letters(plan).items():
        out.print(f"{letter}: {law}. {law_in_words(plan.laws[law])}.")
    for step in plan.steps:
        out.print()
        out.print(_changes(step, _way(done, step)))
        for outcome in plan.outcomes:
            out.print()
            out.print(f"{called(outcome)}, {_way(done, step)}", style="bold")
            out.print(numbers(*rows_of(done, step, outcome), outcome))
    out.print()
    for line in footer(done.table, plan.base, plan.seeds, plan.runs, sampled=any(step.orders for step in plan.steps)):
        out.print(line)
    for warning in minds(plan):
        out.print(f"Mind: {warning}", style="bold")
    out.print(
        f"Tables, figures and manifest: {folder}"
        if folder
        else "Nothing was written; --out DIR keeps the runs, tables, figures and a manifest."
    )


def _way(done: Attribution, step: Step) -> str:
    by = letters(done.plan)
    return f"{by[step.a]} to {by[step.b]}"


def _changes(step: Step, way: str) -> Table:
    """What each group of provisions says in the one law and in the other."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column(f"From {way}", min_width=26)
    table.add_column("what changes")
    for group in step.between.groups:
        table.add_row(f"  {group.name}", changes_in_words(group.differences))
    return table


def numbers(parts: Sequence[Row], total: Row, outcome: str) -> Table:
    """What each provision contributes to an outcome, in its three answers.

    Args:
        parts, total: the rows of a step. outcome: which.
    """
    scale = scale_of(outcome, parts, total)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("  in points" if scale.of_difference else "", min_width=26)
    for column in ("Shapley ", "[95 %]", "revert ", "[95 %]", "add", "[95 %]"):
        table.add_column(Text(column), justify="right", no_wrap=True)
    for row in parts:
        table.add_row(f"  {row['provision']}", *_shapley(row, scale), *_simple(row, scale))
    table.add_row(Text("  total", "bold"), *_shapley(total, scale), "", "", "", "")
    return table


def _shapley(row: Row, scale: Scale) -> tuple[str, str]:
    number = scale.difference(row["shapley"]) + ("*" if row["clear"] else " ")
    return number, scale.interval(row["whole_low"], row["whole_high"])


def _simple(row: Row, scale: Scale) -> tuple[str, str, str, str]:
    """What it does when it alone is taken back, and when it alone is adopted; marked where these clearly differ."""
    differ = row["interaction_low"] > 0 or row["interaction_high"] < 0
    return (
        scale.difference(row["revert"]) + ("~" if differ else " "),
        scale.interval(row["revert_low"], row["revert_high"]),
        scale.difference(row["add"]),
        scale.interval(row["add_low"], row["add_high"]),
    )


def footer(table: pd.DataFrame, base: Scenario, seeds: Sequence[int], runs: int, *, sampled: bool) -> Iterator[str]:
    """What was run, and what marks and intervals mean.

    Args:
        table: of contributions. base: the scenario. seeds: of the runs. runs: how many there are.
        sampled: whether orders of adoption were sampled.
    """
    about, town = base.scenario, base.town
    listed = f"seeds {seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else f"seed {seeds[0]}"
    where = f"{about.days} days from {about.start}, {town.town.title}: {town.people.adults:,} adults"
    yield f"{runs:,} runs ({listed}) of {base.name}, {where}; always its practice."
    if len(seeds) < 2:
        yield "One seed tells nothing of chance: take several (--reps) for intervals."
    else:
        yield f"Intervals: simulation uncertainty over {len(seeds)} seeds, not the real world."
        if sampled:
            yield "Those of Shapley values hold the error from sampling orders of adoption too; more --orders make it smaller."
        rows = int((table["provision"] != TOTAL).sum())
        yield f"*: the interval leaves out 0; of {rows} parts about {max(1, round(0.05 * rows))} would by chance alone."
    yield from _NOTES
    for (step, outcome), found in table.groupby(["step", "outcome"], sort=False):
        if left := int(found["left_out"].iloc[0]):
            yield f"{left} of {len(seeds)} seeds left out of {outcome}, {step}: with them a mixture has no value."
