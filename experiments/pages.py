"""The tables in the pages of findings, made of the committed results: ``python -m experiments.pages`` writes them anew.

A table stands between two comments; the first says of what it is: means by point of a sweep, what the step from the first to
the last level of a factor does at each combination of the others, effects of a comparison, or what a calibration found::

    <!-- table: results/threshold-by-fine attendance -->
    <!-- step: results/both-readings attendance law -->
    <!-- effects: results/almaty-1995-law-to-2020-bill events_held,attendance -->
    <!-- posterior: results/calibration parameters -->
    <!-- checks: results/calibration berlin -->
    <!-- end -->
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pandas as pd

from sim.experiment.design import Design, load_design
from sim.experiment.effects import paired
from sim.interface.numbers import Scale
from sim.measurement import INDICATORS

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "findings"
MARKED = re.compile(r"(<!-- (table|step|effects|posterior|checks): (\S+) ([\w,]+)(?: (\w+))? -->\n).*?(<!-- end -->)", re.DOTALL)


@cache
def _design(folder: Path) -> Design:
    """What a folder's experiment is, read once for all tables of a page."""
    return load_design(folder / "experiment.toml")


def table(folder: Path, outcome: str, kind: str = "") -> str:
    """A table of an outcome in Markdown: by the levels of two factors, or point by point.

    Args:
        folder: of a sweep. outcome: an indicator. kind: ``difference`` for the differences to the baseline, else means.
    """
    design = _design(folder)
    points = pd.read_csv(folder / "points.csv", dtype={factor.name: "str" for factor in design.factors})
    effects = pd.read_csv(folder / "effects.csv")
    effects = effects[effects["outcome"] == outcome].set_index("point")
    scale = Scale.of(INDICATORS[outcome].unit, *points[outcome])

    def cell(point: int) -> str:
        if point == design.baseline:
            return f"**{scale.value(points[outcome][point])}**"
        row = effects.loc[point]
        mark = "\\*" if row["p_holm"] < 0.05 else ""
        return (scale.difference(row["difference"]) if kind == "difference" else scale.value(points[outcome][point])) + mark

    return _lines(_rows(design, points, cell))


def _rows(design: Design, points: pd.DataFrame, cell) -> list[list[str]]:  # type: ignore[no-untyped-def]
    down, *rest = design.factors
    if len(rest) != 1:
        head = [*(factor.label for factor in design.factors), "mean"]
        body = [[*(str(row[factor.name]) for factor in design.factors), cell(row["point"])] for row in points.to_dict("records")]
    else:
        (across,) = rest
        head = [f"{down.label} \\ {across.label}", *map(str, across.levels)]
        at = {(row[down.name], row[across.name]): row["point"] for row in points.to_dict("records")}
        body = [[str(one), *(cell(at[str(one), str(other)]) for other in across.levels)] for one in down.levels]
    return [head, ["---"] * len(head), *body]


def step_table(folder: Path, outcome: str, factor: str) -> str:
    """What the step from the first to the last level of a factor does: the paired difference at each combination of the others.

    Args:
        folder: of a sweep. outcome: an indicator. factor: the factor that takes the step.
    """
    design = _design(folder)
    runs = pd.read_csv(folder / "runs.csv", dtype={one.name: "str" for one in design.factors})
    others = [one for one in design.factors if one.name != factor]
    (moved,) = (one for one in design.factors if one.name == factor)
    first, last = str(moved.levels[0]), str(moved.levels[-1])
    rows = [[*(one.label for one in others), first, last, "difference"], ["---"] * (len(others) + 3)]
    for levels, group in runs.groupby([one.name for one in others], sort=False):
        wide = group.pivot_table(index="seed", columns=factor, values=outcome)
        a, b = wide[first].to_numpy(), wide[last].to_numpy()
        found = paired(a, b)
        scale = Scale.of(INDICATORS[outcome].unit, a.mean(), b.mean())
        interval = f"{scale.difference(found.mean)} [{scale.difference(found.low)} to {scale.difference(found.high)}]"
        rows.append([*map(str, levels), scale.value(a.mean()), scale.value(b.mean()), interval])
    return _lines(rows)


def effects_table(folder: Path, outcomes: str) -> str:
    """Effects of a comparison in Markdown: A, B, and the paired difference with its interval.

    Args:
        folder: that ``protestlaw compare --out`` wrote. outcomes: indicators, with commas between.
    """
    effects = pd.read_csv(folder / "effects.csv").set_index("indicator")
    rows = [["", "A", "B", "B - A"], ["---"] * 4]
    for name in outcomes.split(","):
        row = effects.loc[name]
        scale = Scale.of(INDICATORS[name].unit, row["mean_a"], row["mean_b"])
        interval = f"{scale.difference(row['difference'])} [{scale.difference(row['low'])} to {scale.difference(row['high'])}]"
        rows.append([INDICATORS[name].label, scale.value(row["mean_a"]), scale.value(row["mean_b"]), interval])
    return _lines(rows)


def posterior_table(folder: Path, name: str) -> str:
    """What a calibration learned of its parameters, in Markdown.

    Args:
        folder: that ``protestlaw calibrate --out`` wrote. name: of the table, ``parameters``.
    """
    rows = [["parameter", "of", "range tried", "centre", "90 %", "learned"], ["---"] * 6]
    for row in pd.read_csv(folder / f"{name}.csv", keep_default_na=False).to_dict("records"):
        tried, held = f"{row['prior_low']:g} to {row['prior_high']:g}", f"{row['low']:.3g} to {row['high']:.3g}"
        rows.append(
            [f"`{row['key']}`", row["place"] or "all", tried, f"{row['centre']:.3g}", held, f"{100 * row['shrinkage']:.0f} %"]
        )
    return _lines(rows)


def checks_table(folder: Path, place: str) -> str:
    """How draws from a posterior meet the patterns of a place, in Markdown.

    Args:
        folder: that ``protestlaw calibrate --out`` wrote. place: the place.
    """
    checks = pd.read_csv(folder / "checks.csv")
    rows = [["pattern", "statistic", "use", "median of draws", "90 %", "band", "grade"], ["---"] * 7]
    for row in checks[(checks["place"] == place) & checks["value"].notna() & checks["band_low"].notna()].to_dict("records"):
        inside = row["band_low"] <= row["value"] <= row["band_high"]
        value, held = f"{row['value']:.3g}", f"{row['low']:.3g} to {row['high']:.3g}"
        band = f"{row['band_low']:g} to {row['band_high']:g}"
        rows.append([row["pattern"], row["statistic"], row["use"], value if inside else f"**{value}**", held, band, row["grade"]])
    return _lines(rows)


def _lines(rows: list[list[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def current(text: str) -> str:
    """A page with its tables as the results are."""

    def made(match: re.Match[str]) -> str:
        kind, folder, what, more = match[2], ROOT / match[3], match[4], match[5] or ""
        if kind in {"effects", "posterior", "checks"}:
            new = {"effects": effects_table, "posterior": posterior_table, "checks": checks_table}[kind](folder, what)
        else:
            new = step_table(folder, what, more) if kind == "step" else table(folder, what, more)
        return f"{match[1]}{new}{match[6]}"

    return MARKED.sub(made, text)


def main() -> int:
    for page in (*sorted(PAGES.glob("*.md")), *sorted(PAGES.parent.glob("*.md"))):
        text = page.read_text(encoding="utf-8")
        if (new := current(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
