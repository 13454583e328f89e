"""The readable answer: a sentence first, then the numbers, then what they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd
from rich.console import Console
from rich.table import Table

from sim.experiment import Comparison, Replications
from sim.experiment.units import CHILLED
from sim.interface.numbers import Scale
from sim.interface.sentences import clear, law_in_words, outcome, titles, warnings, what_changed
from sim.measurement.indicators import INDICATORS
from sim.scenario import Scenario

__all__ = ["SHOWN", "of_comparison", "of_run"]

SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "Turnout": ("events_held", "attendance", "unique_participants", "mean_turnout", "median_turnout", *CHILLED[:1]),
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

_QUINTILES: Final = {"1": "1 (poorest)", "5": "5 (richest)", "all": "all"}


def of_comparison(done: Comparison, out: Console, folder: Path | None = None) -> None:
    """Print what a comparison found.

    Args:
        done: the comparison.
        out: where to print.
        folder: where the files went, if they did.
    """
    called = titles(done.a, done.b)
    out.print(f"{what_changed(done.a, done.b)} {outcome(done)}")
    out.print()
    for letter, title, scenario in zip("AB", called, (done.a, done.b), strict=True):
        out.print(f"[bold]{letter}[/]  {title}: {law_in_words(scenario.law)}")
    out.print()
    out.print(_effects(done))
    if len(done.participants):
        out.print()
        out.print(_who_came(done.participants))
    out.print()
    _footer(out, _about_comparison(done), [("A", done.a), ("B", done.b)], folder)


def of_run(done: Replications, out: Console, folder: Path | None = None) -> None:
    """Print what came of a scenario; the arguments are those of :func:`of_comparison`."""
    found = done.summary.set_index("indicator")
    out.print(f"{done.scenario.scenario.title}: {law_in_words(done.scenario.law)}. {_in_a_sentence(found, done)}")
    out.print()
    table = _table("", ("Mean", "[95 %]", "between runs"))
    _fill(table, found, lambda row, scale: (scale.value(row["mean"]), _levels(scale, row), _spread(scale, row["sd"])))
    out.print(table)
    out.print()
    n = len(done.seeds)
    about = [_what_was_run(done.scenario, done.seeds, "run"), _simulation(n, "run"), _not_defined(found.index[found["mean"].isna()])]
    _footer(out, about, [("", done.scenario)], folder)


def _in_a_sentence(found: pd.DataFrame, done: Replications) -> str:
    values = {name: Scale.of(INDICATORS[name].unit, found.loc[name, "mean"]).value(found.loc[name, "mean"]) for name in found.index}  # type: ignore[arg-type]
    days = done.scenario.scenario.days
    return (
        f"In {days} days {values['events_held']} events are held and {values['attendance']} people come; "
        f"{values['lawful_share_start']} of events are lawful at start, {values['lawful_share_throughout']} throughout."
    )


def _effects(done: Comparison) -> Table:
    found = done.effects.set_index("indicator")
    table = _table("", ("A", "B", "B - A", "[95 %, paired]", "[95 %, unpaired]", "ratio"))

    def cells(row: pd.Series[float], scale: Scale) -> Sequence[str]:
        short = f" (n={row['pairs']:.0f})" if row["pairs"] < len(done.seeds) else ""
        return (
            scale.value(row["mean_a"]),
            scale.value(row["mean_b"]),
            scale.difference(row["difference"]) + ("*" if clear(row) else " "),
            scale.interval(row["low"], row["high"]) + short,
            scale.interval(row["unpaired_low"], row["unpaired_high"]),
            _ratio(row["variance_ratio"]),
        )

    _fill(table, found, cells)
    return table


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", min_width=26, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _fill(table: Table, found: pd.DataFrame, cells: object) -> None:
    """Rows by group, of the indicators that have a value."""
    assert callable(cells)
    for group, names in SHOWN.items():
        present = [name for name in names if name in found.index]
        if present:
            table.add_row(f"[bold]{group}[/]")
        for name in present:
            row = found.loc[name]
            means = [float(row[column]) for column in ("mean", "mean_a", "mean_b") if column in row.index]
            scale = Scale.of(_unit(name), *means)
            table.add_row(f"  {_label(name)}", *cells(row, scale))


def _label(name: str) -> str:
    if name in CHILLED:
        return "Chilled turnout, adults"
    indicator = INDICATORS[name]
    unit = "" if indicator.unit.startswith("share") else f", {indicator.unit}"
    return f"{indicator.label}{unit}"


def _unit(name: str) -> str:
    return "persons" if name in CHILLED else INDICATORS[name].unit


def _levels(scale: Scale, row: pd.Series[float]) -> str:
    ends = row["low"], row["high"]
    return f"[{scale.value(ends[0])} to {scale.value(ends[1])}]" if not any(math.isnan(end) for end in ends) else ""


def _spread(scale: Scale, sd: float) -> str:
    return f"sd {scale.value(sd)}" if not math.isnan(sd) else ""


def _ratio(ratio: float) -> str:
    return "" if math.isnan(ratio) else "exact" if math.isinf(ratio) else f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def _who_came(participants: pd.DataFrame) -> Table:
    """Who came under A and stayed at home under B, and the other way round, by income."""
    table = _table("", ("A only", "B only", "both", "B - A", "[95 %, paired]"))
    table.columns[0].header = "Adults who came, by income fifth"
    table.columns[0].header_style = "bold"
    for quintile, rows in participants.groupby("quintile", sort=False):
        by = rows.set_index("outcome")
        scale = Scale.of("persons", *by["mean"])
        net = by.loc["net"]
        table.add_row(
            f"  {_QUINTILES.get(str(quintile), quintile)}",
            *(scale.value(float(by.loc[outcome, "mean"])) for outcome in ("only_a", "only_b", "both")),  # type: ignore[arg-type]
            scale.difference(net["mean"]) + ("*" if clear(net) else " "),
            scale.interval(net["low"], net["high"]),
        )
    return table


def _about_comparison(done: Comparison) -> list[str]:
    pairs, rows = len(done.seeds), len(done.effects)
    return [
        _what_was_run(done.b, done.seeds, "pair"),
        _simulation(pairs, "pair"),
        f"* the paired interval leaves out 0; of the {rows} indicators about {max(1, round(0.05 * rows))} would by chance alone. "
        "Ratio: how many times as many unpaired runs the same certainty would take.",
        _not_defined(done.undefined),
    ]


def _what_was_run(scenario: Scenario, seeds: Sequence[int], what: str) -> str:
    about, town = scenario.scenario, scenario.town
    run = f"{what}s of runs" if what == "pair" else f"{what}s"
    listed = f"seeds {seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else f"seed {seeds[0]}"
    return (
        f"{len(seeds)} {run if len(seeds) > 1 else run.replace('pairs', 'pair').removesuffix('s') if what == 'run' else 'pair of runs'} "
        f"({listed}), {about.days} days from {about.start}, {town.town.title}: {town.people.adults:,} adults."
    )


def _simulation(n: int, what: str) -> str:
    of = "pairs of runs" if what == "pair" else "runs"
    return f"Intervals are simulation uncertainty over {n} {of}, not the real world: they shrink with more seeds, the model does not get truer."


def _not_defined(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"Without a value in any run: {listed}." if listed else ""


def _footer(out: Console, lines: Iterable[str], scenarios: Iterable[tuple[str, Scenario]], folder: Path | None) -> None:
    for line in filter(None, lines):
        out.print(line, style="dim")
    for warning in warnings(*scenarios):
        out.print(f"[bold]Mind:[/] {warning}")
    out.print(f"Tables, figures and manifest: {folder}" if folder else "Nothing was written; --out DIR keeps tables, figures and a manifest.")
