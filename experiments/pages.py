"""The tables in the pages of findings, made of the committed results: ``python -m experiments.pages`` writes them anew.

A table stands between two comments; the first says of what it is::

    <!-- table: results/threshold-by-fine attendance -->
    <!-- end -->
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from sim.experiment.design import Design, load_design
from sim.interface.numbers import Scale
from sim.measurement import INDICATORS

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "findings"
MARKED = re.compile(r"(<!-- table: (\S+) (\w+)(?: (\w+))? -->\n).*?(<!-- end -->)", re.DOTALL)


def table(folder: Path, outcome: str, kind: str = "") -> str:
    """A table of an outcome in Markdown: by the levels of two factors, or point by point.

    Args:
        folder: of a sweep. outcome: an indicator. kind: ``difference`` for the differences to the baseline, else means.
    """
    design = load_design(folder / "experiment.toml")
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

    return "\n".join(_rows(design, points, cell)) + "\n"


def _rows(design: Design, points: pd.DataFrame, cell) -> list[str]:  # type: ignore[no-untyped-def]
    down, *rest = design.factors
    if len(rest) != 1:
        head = [*(factor.label for factor in design.factors), "mean"]
        body = [[*(str(row[factor.name]) for factor in design.factors), cell(row["point"])] for row in points.to_dict("records")]
    else:
        (across,) = rest
        head = [f"{down.label} \\ {across.label}", *map(str, across.levels)]
        at = {(row[down.name], row[across.name]): row["point"] for row in points.to_dict("records")}
        body = [[str(one), *(cell(at[str(one), str(other)]) for other in across.levels)] for one in down.levels]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body)]


def current(text: str) -> str:
    """A page with its tables as the results are."""

    def made(match: re.Match[str]) -> str:
        return f"{match[1]}{table(ROOT / match[2], match[3], match[4] or '')}{match[5]}"

    return MARKED.sub(made, text)


def main() -> int:
    for page in sorted(PAGES.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (new := current(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
