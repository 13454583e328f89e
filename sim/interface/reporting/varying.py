"""The answer of an experiment in sentences, and what it varies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.interface.differing import leaves
from sim.interface.numbers import Scale
from sim.interface.reporting.grids import of_rows
from sim.interface.reporting.laws import SILENT, law_changes
from sim.interface.sweeping.answer import holds
from sim.interface.sweeping.drawings.words import level_words
from sim.measurement import INDICATORS

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.design import Design, Factor
    from sim.interface.reporting.parts import Grid
    from sim.scenario import Scenario

__all__ = ["baseline_in_words", "level_changes", "place_in_words", "sentences", "varied"]

type Row = Mapping[str, Any]


def sentences(design: Design, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """What came of each outcome, a sentence each: how far points differ from the baseline, or how far they lie apart.

    Args:
        design: the experiment. tables: what was worked out of it.
    """
    return [_sentence(design, tables, outcome) for outcome in design.outcomes]


def _sentence(design: Design, tables: Mapping[str, pd.DataFrame], outcome: str) -> str:
    points = tables["points"]
    scale, label = Scale.of(INDICATORS[outcome].unit, *points[outcome]), INDICATORS[outcome].label
    rows = _rows(tables.get("effects"), outcome)
    if design.baseline is None or not rows:
        return _apart(points, outcome, scale, label, _matters_most(tables, outcome, scale))
    base = _row_of(points, design.baseline)
    start = f"{label}: {scale.value(base[outcome])} at the baseline"
    known = [row for row in rows if math.isfinite(row["difference"])]
    if not any(row["difference"] for row in known):
        return f"{start}, and exactly the same at all other points."
    most = max(known, key=lambda row: abs(row["difference"]))
    amount = f"{scale.difference(most['difference'])}{scale.of_difference} {scale.interval(most['low'], most['high'])}".rstrip()
    clear = [row for row in known if holds(row)]
    if not clear:
        return f"{start}; no clear change at any of {len(known)} other points (the largest difference, {amount}, may be chance)."
    more = sum(row["difference"] > 0 for row in clear)
    most = max(clear, key=lambda row: abs(row["difference"]))
    amount = f"{scale.difference(most['difference'])}{scale.of_difference} {scale.interval(most['low'], most['high'])}".rstrip()
    return (
        f"{start}; clearly more at {more} of {len(known)} other points, clearly less at {len(clear) - more}, no clear change at "
        f"{len(known) - len(clear)}. The largest clear difference is {amount}, at {place_in_words(design, most)}."
    )


def _matters_most(tables: Mapping[str, pd.DataFrame], outcome: str, scale: Scale) -> str:
    """The factor that an outcome moves most with, where that was worked out."""
    sobol = [row for row in _rows(tables.get("sobol"), outcome) if row["order"] == "total" and row["index"] > 0]
    if sobol:
        most = max(sobol, key=lambda row: row["index"])
        return f"; most with {most['factor']}, total index {most['index']:.2f} [{most['low']:.2f} to {most['high']:.2f}]"
    morris = [row for row in _rows(tables.get("morris"), outcome) if row["mu_star"] > 0]
    if morris:
        most = max(morris, key=lambda row: row["mu_star"])
        ends = f"[{scale.value(most['mu_star_low'])} to {scale.value(most['mu_star_high'])}]"
        return f"; most with {most['factor']}, size of effects {scale.value(most['mu_star'])} {ends}"
    return ""


def _apart(points: pd.DataFrame, outcome: str, scale: Scale, label: str, most: str) -> str:
    known = points[outcome].dropna()
    if known.empty:
        return f"{label}: no point has a value."
    if known.min() == known.max():
        return f"{label}: {scale.value(known.min())} at all of {len(known):,} points."
    ends = f"{scale.value(known.min())} and {scale.value(known.max())}"
    return f"{label}: between {ends} over {len(known):,} points (means of seeds){most}."


def _rows(table: pd.DataFrame | None, outcome: str) -> list[Row]:
    if table is None:
        return []
    return [{str(key): value for key, value in row.items()} for row in table[table["outcome"] == outcome].to_dict("records")]


def place_in_words(design: Design, row: Row) -> str:
    """The levels of a point: ``permit threshold 250, fine for taking part 20``."""
    return ", ".join(f"{_small(factor.label)} {level_words(row[factor.name])}" for factor in design.factors)


def _small(label: str) -> str:
    """A label within a sentence; of an abbreviation as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def baseline_in_words(design: Design) -> str:
    """Which point is the baseline, in a sentence; empty if none is."""
    if design.baseline is None:
        return ""
    return f"The baseline: {place_in_words(design, _row_of(design.points, design.baseline))}."


def varied(design: Design) -> Grid:
    """What the experiment varies, from where to where."""
    rows = [
        (one.label, ", ".join(one.keys) or "several keys", one.meaning, _levels(design, one), one.unit) for one in design.factors
    ]
    return of_rows("What is varied", ("", "key", "meaning", "values", "unit"), rows, note=_combined(design))


def _levels(design: Design, factor: Factor) -> str:
    if factor.range is not None and not factor.levels:
        low, high = factor.range
        return f"{low:g} to {high:g}" + (", by ratio" if factor.scale == "log" else "")
    base = None if design.baseline is None else _row_of(design.points, design.baseline)[factor.name]
    return ", ".join(f"{level_words(level)}{' (baseline)' if level == base else ''}" for level in factor.levels)


def _combined(design: Design) -> str:
    how = {"grid": "every value with every other", "one-at-a-time": "one away from the baseline at a time"}
    chosen = how.get(design.kind, f"drawn ({design.kind})")
    return f"{len(design.points):,} points: {chosen}, each run with {len(design.seeds)} seeds."


def _row_of(points: pd.DataFrame, point: int | None) -> Row:
    found = points[points["point"] == point].to_dict("records")[0]
    return {str(key): value for key, value in found.items()}


def level_changes(design: Design) -> Iterator[Grid]:
    """What each level of each factor changes in the law of the baseline, the other factors being as they are there."""
    if design.baseline is None:
        return
    base, names = _row_of(design.points, design.baseline), [factor.name for factor in design.factors]
    at = {tuple(row[name] for name in names): row["point"] for row in design.points.to_dict("records")}
    for factor in design.factors:
        for level in factor.levels:
            place = at.get(tuple(level if name == factor.name else base[name] for name in names))
            if place is not None and place != design.baseline:
                title = f"{factor.label}: {level_words(level)} instead of {level_words(base[factor.name])}"
                yield _change(design.scenarios[design.baseline], design.scenarios[place], title)


def _change(base: Scenario, other: Scenario, title: str) -> Grid:
    heads = ("baseline", "here")
    beside = [(key, str(before), str(after)) for key, before, after in leaves(base, other) if key not in SILENT]
    if beside and base.law.fingerprint == other.law.fingerprint:
        return of_rows(title, ("key", *heads), beside, folded=True)
    grid = law_changes(base.law, other.law, title, heads, folded=True)
    return grid if not beside else _with(grid, beside)


def _with(grid: Grid, beside: list[tuple[str, str, str]]) -> Grid:
    from dataclasses import replace

    rows = of_rows("", (), [(f"{key} (beside the law)", before, "", after, "") for key, before, after in beside])
    return replace(grid, lines=(*grid.lines, *rows.lines))
