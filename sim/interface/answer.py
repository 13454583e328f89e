"""The readable answer: a sentence first, then the numbers, then what they rest on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment import Comparison, Replications
from sim.experiment.units import CHILLED
from sim.interface.numbers import Scale
from sim.interface.sentences import (
    clear,
    law_in_words,
    of_runs,
    outcome,
    rows_by,
    titles,
    warnings,
    what_changed,
    who_changed,
)
from sim.interface.tabling import label_of, new_table
from sim.interface.uncertain import DrawsTold, intervals_rest_on
from sim.interface.uncertainty_made_of import print_made_of
from sim.scenario import Scenario

__all__ = ["SHOWN", "notes_of_comparison", "notes_of_runs", "of_comparison", "of_run", "who_came"]

SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "Turnout": ("events_held", "attendance", "unique_participants", "mean_turnout", "median_turnout", *CHILLED[:2]),
    "Legality": (
        "lawful_share_start",
        "lawful_share_throughout",
        "lawful_share_attendance",
        "unauthorised_share",
        "compliance",
        "overrun_rate",
        "terminated_share",
        "text_practice_gap",
    ),
    "Filings and what organisers do": (
        "refusal_rate",
        "silence_rate",
        "appeal_rate",
        "not_held_rate",
        "self_limiting_share",
        "bunching_mass",
        "displacement_share",
        "substitution_share",
    ),
    "Police and sanctions": (
        "arrests_per_1000",
        "punished_given_detained",
        "sanctioned_per_1000",
        "fines_wages",
        "jail_days",
        "officer_days",
    ),
}
"""What is printed, by group; everything else is in the tables and in the JSON document."""

_QUINTILES: Final = {"1": "1 (poorest)", "5": "5 (richest)"}

type Row = Mapping[str, Any]


def of_comparison(done: Comparison, out: Console, folder: Path | None = None) -> None:
    """Print what a comparison found.

    Args:
        done: the comparison.
        out: where to print.
        folder: where the files went, if they did.
    """
    out.print(" ".join(filter(None, (what_changed(done.a, done.b), outcome(done), who_changed(done)))), end="\n\n")
    for letter, title, scenario in zip("AB", titles(done.a, done.b), (done.a, done.b), strict=True):
        out.print(f"{letter}: {title}. {law_in_words(scenario.law)}.")
    out.print()
    out.print(_effects(done))
    out.print()
    if len(done.participants):
        out.print(who_came(done.participants))
        out.print()
    if done.draws is not None:
        print_made_of(done.effects, "a pair's B - A", "B - A over the posterior", out)
    rows = len(done.effects)
    lines = [
        *notes_of_comparison(done, done.draws),
        f"*: the paired interval leaves out 0; of {rows} indicators about {max(1, round(0.05 * rows))} would by chance alone.",
        "Ratio: how many times as many unpaired runs it would take to be as certain.",
        _without_value(done.undefined),
    ]
    _footer(out, lines, [("A", done.a), ("B", done.b)], folder)


def of_run(done: Replications, out: Console, folder: Path | None = None) -> None:
    """Print what came of a scenario; the arguments are those of :func:`of_comparison`."""
    found = rows_by(done.summary, "indicator")
    out.print(of_runs(done), end="\n\n")
    out.print(f"{done.scenario.scenario.title}. {law_in_words(done.scenario.law)}.", end="\n\n")
    table = new_table("mean", "[95 %]", "sd of runs")
    _fill(table, {name: row for name, row in found.items() if row["runs"]}, _levels)
    out.print(table)
    out.print()
    if done.draws is not None:
        print_made_of(done.summary, "a run", "mean over the posterior", out, levels=True)
    missing = [name for name, row in found.items() if not row["runs"]]
    lines = [*notes_of_runs(done, done.draws), _without_value(missing)]
    _footer(out, lines, [("", done.scenario)], folder)


def notes_of_comparison(done: Comparison, draws: DrawsTold | None) -> list[str]:
    """What was run, and what the intervals are.

    Args:
        done: the comparison. draws: from a posterior, if parameters were drawn.
    """
    rest = _uncertainty(len(done.seeds), "pairs of runs") if draws is None else intervals_rest_on(draws)
    return [_what_was_run(done.b, done.seeds, "pairs of runs"), rest]


def notes_of_runs(done: Replications, draws: DrawsTold | None) -> list[str]:
    """The same of runs of one scenario."""
    rest = _uncertainty(len(done.seeds), "runs") if draws is None else intervals_rest_on(draws)
    return [_what_was_run(done.scenario, done.seeds, "runs"), rest]


def _effects(done: Comparison) -> Table:
    def cells(row: Row, scale: Scale) -> Sequence[str]:
        fewer = f" n={row['pairs']}" if row["pairs"] < len(done.seeds) else ""
        return (
            scale.value(row["mean_a"]),
            scale.value(row["mean_b"]),
            _starred(row, scale),
            scale.interval(row["low"], row["high"]) + fewer,
            scale.interval(row["unpaired_low"], row["unpaired_high"]),
            _ratio(row["variance_ratio"]),
        )

    table = new_table("A", "B", "B - A ", "[95 %, paired]", "[95 %, unpaired]", "ratio")
    _fill(table, rows_by(done.effects, "indicator"), cells)
    return table


def _levels(row: Row, scale: Scale) -> Sequence[str]:
    low, high = row["low"], row["high"]
    interval = "" if math.isnan(low) else f"[{scale.value(low)} to {scale.value(high)}]"
    return scale.value(row["mean"]), interval, scale.value(row["sd"])


def who_came(participants: pd.DataFrame) -> Table:
    """Who came under A and stayed at home under B, and the other way round, by income."""
    table = new_table("A only", "B only", "both", "B - A ", "[95 %, paired]")
    table.add_row(Text("Adults who came, by fifth of income", "bold"))
    for quintile, rows in participants.groupby("quintile", sort=False):
        by = rows_by(rows, "outcome")
        net, scale = by["net"], Scale.of("persons", *rows["mean"])
        came = [scale.value(by[outcome]["mean"]) for outcome in ("only_a", "only_b", "both")]
        name = _QUINTILES.get(str(quintile), str(quintile))
        table.add_row(f"  {name}", *came, _starred(net, scale, "mean"), scale.interval(net["low"], net["high"]))
    return table


def _fill(table: Table, found: Mapping[str, Row], cells: Callable[[Row, Scale], Sequence[str]]) -> None:
    """Rows by group, of the indicators that have a value."""
    for group, names in SHOWN.items():
        present = [name for name in names if name in found]
        if present:
            table.add_row(Text(group, "bold"))
        for name in present:
            row = found[name]
            label, unit = label_of(name)
            means = [row[column] for column in ("mean", "mean_a", "mean_b") if column in row]
            table.add_row(f"  {label}", *cells(row, Scale.of(unit, *means)))


def _starred(row: Row, scale: Scale, column: str = "difference") -> str:
    return scale.difference(row[column]) + ("*" if clear(row) else " ")


def _ratio(ratio: float) -> str:
    return "" if math.isnan(ratio) else "exact" if math.isinf(ratio) else f"{ratio:,.1f}" if ratio < 100 else f"{ratio:,.0f}"


def _what_was_run(scenario: Scenario, seeds: Sequence[int], what: str) -> str:
    about, town, n = scenario.scenario, scenario.town, len(seeds)
    listed = f"seeds {seeds[0]} to {seeds[-1]}" if n > 1 else f"seed {seeds[0]}"
    counted = f"{n} {what}" if n > 1 else {"runs": "1 run"}.get(what, "1 pair of runs")
    return f"{counted} ({listed}), {about.days} days from {about.start}, {town.town.title}: {town.people.adults:,} adults."


def _uncertainty(n: int, what: str) -> str:
    if n < 2:
        return "One seed tells nothing of chance: take several (--reps) for intervals."
    return f"Intervals: simulation uncertainty over {n} {what}, not the real world."


def _without_value(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"Without a value: {listed}." if listed else ""


def _footer(out: Console, lines: Iterable[str], scenarios: Iterable[tuple[str, Scenario]], folder: Path | None) -> None:
    for line in filter(None, lines):
        out.print(line)
    for warning in warnings(*scenarios):
        out.print(f"Mind: {warning}", style="bold")
    kept = (
        f"Tables, figures and manifest: {folder}"
        if folder
        else "Nothing was written; --out DIR keeps tables, figures and a manifest."
    )
    out.print(kept)
