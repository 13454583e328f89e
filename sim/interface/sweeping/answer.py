"""The readable answer of a sweep: the question, what came of it, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.design import Design
from sim.experiment.sweeping import Analyses, Sweep
from sim.interface.numbers import Scale
from sim.interface.uncertain import intervals_rest_on
from sim.measurement import INDICATORS

__all__ = ["effects_of", "footer", "holds", "of_sweep", "tables_of"]

_MOST_ROWS: Final = 30
"""Points that are printed one by one."""

_MOST_COLUMNS: Final = 8
"""Levels of the second factor that fit beside each other."""

_HOLM: Final = 0.05


def of_sweep(done: Sweep, said: Analyses, folder: Path, out: Console) -> None:
    """Print what a sweep found.

    Args:
        done: the sweep. said: what was worked out of it. folder: where its runs and tables are. out: where to print.
    """
    design = done.design
    out.print(design.title, style="bold")
    out.print(design.question, end="\n\n")
    for title, table in tables_of(design, said.tables):
        out.print(title, style="bold")
        if table is not None:
            out.print(table)
        out.print()
    for line in footer(done):
        out.print(line)
    for warning in said.warnings:
        out.print(f"Mind: {warning}", style="bold")
    out.print(f"Tables, figures and manifest: {folder}")


def tables_of(design: Design, tables: Mapping[str, pd.DataFrame]) -> Iterator[Titled]:
    """What is printed of a sweep: tables with the line above each, or lines alone."""
    for outcome in design.outcomes:
        if "effects" in tables and len(design.factors) == 2 and design.kind == "grid":
            yield _matrix(design, tables, outcome)
        elif "effects" in tables and len(design.points) <= _MOST_ROWS:
            yield effects_of(design, tables, outcome)
        elif "main_effects" in tables:
            yield _plain(tables["main_effects"], outcome, ("factor", "level"), ("mean", "effect"), ("low", "high"))
        if "sobol" in tables:
            yield _shares(tables["sobol"], outcome)
        if "morris" in tables:
            yield _plain(tables["morris"], outcome, ("factor",), ("mu_star", "sigma"), ("mu_star_low", "mu_star_high"))
        if "variance_shares" in tables and len(design.factors) > 1:
            yield _variance(tables["variance_shares"], outcome)
    if "surface_fit" in tables:
        yield _fit(tables["surface_fit"])
    if "discovery" in tables:
        yield _boxes(design, tables["discovery"])


type Titled = tuple[str, Table | None]
"""A table, with the line above it."""


def _start(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", min_width=14)
    for column in columns:
        table.add_column(Text(column), justify="right", no_wrap=True)
    return table


def _called(outcome: str) -> str:
    one = INDICATORS[outcome]
    return one.label if one.unit.startswith("share") else f"{one.label}, {one.unit}"


def effects_of(design: Design, tables: Mapping[str, pd.DataFrame], outcome: str) -> Titled:
    """Every point with its mean, and its difference to the baseline."""
    names = [factor.name for factor in design.factors]
    table = _start("mean", "difference ", "[95 %, paired]")
    effects = {row["point"]: row for row in _rows(tables["effects"], outcome)}
    scale = Scale.of(INDICATORS[outcome].unit, *tables["points"][outcome])
    for row in tables["points"].to_dict("records"):
        where = ", ".join(f"{row[name]}" for name in names)
        effect = effects.get(row["point"])
        if effect is None:
            table.add_row(where, scale.value(row[outcome]), "baseline ", "")
        else:
            difference = scale.difference(effect["difference"]) + ("*" if holds(effect) else " ")
            table.add_row(where, scale.value(row[outcome]), difference, scale.interval(effect["low"], effect["high"]))
    return _called(outcome), table


def _matrix(design: Design, tables: Mapping[str, pd.DataFrame], outcome: str) -> Titled:
    """Means over a grid of two factors; those that differ from the baseline are marked."""
    down, across = design.factors
    if len(across.levels) > _MOST_COLUMNS >= len(down.levels):
        down, across = across, down
    points = tables["points"]
    differs = {row["point"] for row in _rows(tables["effects"], outcome) if holds(row)}
    table = _start(*map(str, across.levels))
    scale = Scale.of(INDICATORS[outcome].unit, *points[outcome])
    for level in down.levels:
        row = points[points[down.name] == level]
        found = {one[across.name]: one for one in row.to_dict("records")}
        cells = []
        for other in across.levels:
            one = found[other]
            mark = "=" if one["point"] == design.baseline else "*" if one["point"] in differs else " "
            cells.append(scale.value(one[outcome]) + mark)
        table.add_row(str(level), *cells)
    return f"{_called(outcome)}: {down.label} down, {across.label} across", table


def _plain(
    found: pd.DataFrame, outcome: str, names: tuple[str, ...], columns: tuple[str, ...], interval: tuple[str, str]
) -> Titled:
    table = _start(*(column.replace("_", " ") for column in columns), "[95 %]")
    rows = _rows(found, outcome)
    scale = Scale.of(INDICATORS[outcome].unit, *(row[columns[0]] for row in rows))
    for row in rows:
        values = [scale.value(row[column]) for column in columns]
        ends = [row[name] for name in interval]
        between = f"[{scale.value(ends[0])} to {scale.value(ends[1])}]" if all(map(math.isfinite, ends)) else ""
        table.add_row(" = ".join(str(row[name]) for name in names), *values, between)
    return _called(outcome), table


def _shares(found: pd.DataFrame, outcome: str) -> Titled:
    rows = [row for row in _rows(found, outcome) if row["order"] != "second"]
    noise = rows[0]["noise_share"] if rows else math.nan
    told = f"; replication noise is {noise:.0%} of the variance of single runs" if math.isfinite(noise) else ""
    table = _start("first", "[95 %]", "total", "[95 %]")
    for factor in dict.fromkeys(row["factor"] for row in rows):
        cells = []
        for order in ("first", "total"):
            row = next(row for row in rows if row["factor"] == factor and row["order"] == order)
            known = math.isfinite(row["index"])
            cells += [f"{row['index']:.2f}", f"[{row['low']:.2f} to {row['high']:.2f}]"] if known else ["-", ""]
        table.add_row(factor, *cells)
    return f"{_called(outcome)}: Sobol' indices{told}", table


def _variance(found: pd.DataFrame, outcome: str) -> Titled:
    rows = _rows(found, outcome)
    shares = [f"{row['term']} {row['share']:.1%}" for row in rows if math.isfinite(row["share"])]
    seeds = any(row["seeds"] for row in rows)
    none = "nothing; it does not vary" if seeds else "not known, for no seed has a value of it at every point"
    return f"{_called(outcome)}: what its variance over the points is due to: {', '.join(shares) or none}", None


def _fit(found: pd.DataFrame) -> Titled:
    table = _start("Q2", "error", "")
    for row in found.to_dict("records"):
        unit = INDICATORS[row["outcome"]].unit
        table.add_row(_called(row["outcome"]), f"{row['q2']:.2f}", Scale.of(unit, row["rmse"]).value(row["rmse"]), row["note"])
    return "Response surfaces, tested on points left out", table


def _boxes(design: Design, found: pd.DataFrame) -> Titled:
    wish = design.discover
    asked = "" if wish is None else f"Where {wish.factor} = {wish.level} does better than {wish.than} in {wish.outcome}"
    table = _start("coverage", "density", "by chance")
    for _, rows in found.groupby("box", sort=True):
        limits = [
            f"{row['factor']} in {row['levels']}" if row["levels"] else f"{row['least']:g} <= {row['factor']} <= {row['most']:g}"
            for row in rows.to_dict("records")
        ]
        one = rows.iloc[0]
        table.add_row("; ".join(limits), f"{one['coverage']:.0%}", f"{one['density']:.0%}", f"{one['by_chance']:.2f}")
    if not len(found):
        table.add_row("no such region was found", "", "", "")
    return asked, table


def footer(done: Sweep) -> Iterator[str]:
    """What was run, and what marks and intervals mean."""
    design, count = done.design, done.count
    seeds = len(design.seeds)
    before = f", {count.before:,} of them were there" if count.before else ""
    yield f"{len(design.points):,} points x {seeds} seeds: {count.total:,} different runs{before}. Base: {design.base}."
    if design.baseline is not None:
        yield "*: differs from the baseline (=), Holm-adjusted for all tests of effects.csv."
    if design.draws is None:
        yield f"Intervals: simulation uncertainty over {seeds} seeds, not the real world."
    else:
        yield intervals_rest_on(design.draws)


def _rows(table: pd.DataFrame, outcome: str) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table[table["outcome"] == outcome].to_dict("records")]


def holds(effect: Mapping[str, Any]) -> bool:
    """Whether a difference to the baseline is more than chance, Holm-adjusted."""
    return bool(effect["p_holm"] < _HOLM)
