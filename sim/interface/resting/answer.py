"""The readable answer: sentences first, then the ranking, then what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.resting import Resting
from sim.interface.numbers import Scale
from sim.interface.resting.telling import Row, budget_in_words, called, minds, rows_of, scale_of, sentence
from sim.interface.sentences import law_in_words

__all__ = ["of_resting"]

_SHOWN: Final = 15
"""Assumptions of the ranking that are printed."""

_NOTES: Final = """\
Share: of the variance between points, noise taken out, what knowing this assumption alone would take away.
It is 0 on average where there is nothing, so a little below 0 means none (first-order Sobol' index).
Of ranks: the same of the ranks of the differences, which a few wild points do not rule.
*: more than chance could do, in variance or ranks; chance names anything at all in 5 of 100 such rankings.
Low and high end: the 5 % and 95 % quantiles of what was drawn, and the difference there by a curve of the third degree."""


def of_resting(done: Resting, out: Console, folder: Path | None = None) -> None:
    """Print what the difference rests on.

    Args:
        done: what was found.
        out: where to print.
        folder: where the files went, if they did.
    """
    plan = done.plan
    for outcome in plan.outcomes:
        out.print(sentence(done, outcome))
    out.print()
    for letter, scenario in (("A", plan.a), ("B", plan.b)):
        out.print(f"{letter}: {scenario.name}. {law_in_words(scenario.law)}.")
    for outcome in plan.outcomes:
        out.print()
        out.print(f"{called(outcome)}, B - A: what it rests on", style="bold")
        out.print(_ranking(done, outcome))
        out.print(f"{budget_in_words(done, outcome)}.")
    out.print()
    for line in _footer(done):
        out.print(line)
    for warning in minds(plan):
        out.print(f"Mind: {warning}", style="bold")
    out.print(
        f"Tables, figures and manifest: {folder}"
        if folder
        else "Nothing was written; --out DIR keeps the runs, tables, figures and a manifest."
    )


def _ranking(done: Resting, outcome: str) -> Table:
    scale = scale_of(done, outcome)
    rows = rows_of(done, "assumptions", outcome)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("  assumption", min_width=34)
    for column in ("share ", "[95 %]", "of ranks", "by chance", "low end", "B - A", "high end", "B - A"):
        table.add_column(Text(column), justify="right", no_wrap=True)
    table.add_column("")
    for row in rows[:_SHOWN]:
        table.add_row(f"  {row['assumption']}", *_shares(row), *_ends(row, scale), _way(row))
    if len(rows) > _SHOWN:
        table.add_row(f"  and {len(rows) - _SHOWN} more, in assumptions.csv")
    return table


def _shares(row: Row) -> tuple[str, str, str, str]:
    percent = Scale(100.0, 0, " %", "")
    mark = "*" if row["named"] else " "
    interval = percent.interval(row["share_low"], row["share_high"]).replace("+", "")
    return f"{percent.value(row['share'])}{mark}", interval, percent.value(row["rank_share"]), f"{row['by_chance']:.3f}"


def _ends(row: Row, scale: Scale) -> tuple[str, str, str, str]:
    low, high = (f"{row[end]:.3g}" for end in ("low_end", "high_end"))
    return low, scale.difference(row["at_low"]), high, scale.difference(row["at_high"])


def _way(row: Row) -> str:
    return "" if row["direction"] == "unclear" else str(row["direction"])


def _footer(done: Resting) -> Iterator[str]:
    plan = done.plan
    about, town = plan.a.scenario, plan.a.town
    where = f"{about.days} days from {about.start}, {town.town.title}: {town.people.adults:,} adults"
    count = f"{len(plan.pairs):,} points, each with {plan.seeds} seeds of its own, A and B alike"
    yield f"{plan.runs:,} runs ({count}), {where}."
    yield f"{len(plan.assumptions)} assumptions were varied together, spread {plan.spread:g}; {len(plan.held)} numbers were not."
    yield _NOTES
    for row in done.signs.to_dict("records"):
        if row["left_out"]:
            pairs = row["pairs"] + row["left_out"]
            yield f"{row['left_out']} of {pairs} pairs have no value of {row['outcome']}, and are left out."
