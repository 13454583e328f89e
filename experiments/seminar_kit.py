"""The numbers in the teacher's notes, read off the page that students open; ``python -m experiments.seminar_kit`` renews them.

They stand between two comments; the first says of which two laws, by the end of the page's address, and which outcomes::

    <!-- pair: #a.practice=almaty&b.practice=almaty&b.fine=200 attendance,events_held -->
    <!-- sizes: #a.practice=almaty&b.practice=almaty&b.fine=200 1,10,50,200 -->
    <!-- end -->

``pair`` gives means under A and B and the paired difference with its interval; ``sizes`` how many assemblies a run has from each
turnout to the next, of all runs together.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from experiments.seminar_page import PAGE, Page, read_page
from sim.experiment.effects import effects
from sim.interface.numbers import Scale

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT / "docs" / "seminar"
MARKED = re.compile(r"(<!-- (pair|sizes): (\S+) ([\w,*]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pair_table(page: Page, fragment: str, outcomes: str) -> str:
    """What B does to some outcomes, in Markdown, in the page's own words.

    Args:
        page: the page. fragment: the end of its address. outcomes: those of its table, with commas between; ``a*b`` is the
            product of two, run by run, in the unit of the first.
    """
    import pandas as pd

    link, names = page.link(fragment), outcomes.split(",")
    a, b = (pd.DataFrame({name: page.runs_of(name, levels) for name in names}) for levels in (link.a, link.b))
    rows = [["", "A", "B", "B - A", "clear?"], ["---"] * 5]
    for row in effects(a, b).to_dict("records"):
        of, said = row["indicator"].split("*"), page.about["words"]["en"]
        scale = Scale.of(page.units[of[0]], row["mean_a"], row["mean_b"])
        moved = Scale.of(page.units[of[0]], row["difference"], row["low"], row["high"])
        low, high, mean_a, mean_b, difference = (
            _outwards(row[name]) for name in ("low", "high", "mean_a", "mean_b", "difference")
        )
        told = f"{moved.difference(difference)}{moved.of_difference} {moved.interval(low, high)}"
        label = " × ".join(said[f"outcome.{name}"] for name in of)
        rows.append([label, scale.value(mean_a), scale.value(mean_b), told, _clear(row)])
    return _lines(rows)


def _outwards(value: float) -> float:
    """A number a hair further from 0, so that a half is rounded as the page rounds it: away from 0."""
    return value * (1.0 + 1e-12)


def _clear(row: Any) -> str:
    """What the page says of a difference: more, less, not clear, or that no run differs."""
    if row["low"] > 1e-9:
        return "more"
    if row["high"] < -1e-9:
        return "less"
    return "the same in every pair" if row["low"] == row["high"] == 0 else "not clear"


def sizes_table(page: Page, fragment: str, edges: str) -> str:
    """How many assemblies a run has, by turnout, in Markdown.

    Args:
        page: the page. fragment: the end of its address. edges: where its bars are to be put together, with commas between.
    """
    link, begins = page.link(fragment), [int(edge) for edge in edges.split(",")]
    ends = [f" to {end - 1}" for end in begins[1:]] + [" and more"]
    rows = [["people who came", "A", "B"], ["---"] * 3, *([f"{begin}{end}"] for begin, end in zip(begins, ends, strict=True))]
    for levels in (link.a, link.b):
        cell = page.cell(levels)
        places = [page.about["edges"].index(begin) for begin in begins]
        held = np.add.reduceat(page.sizes[:, cell], places) / page.runs[cell]
        for row, count in zip(rows[2:], held, strict=True):
            row.append(f"{count:.1f}")
    return _lines(rows)


def _lines(rows: list[list[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def current(text: str, page: Page) -> str:
    """Notes with their numbers as the page has them."""
    made = {"pair": pair_table, "sizes": sizes_table}
    return MARKED.sub(lambda match: f"{match[1]}{made[match[2]](page, match[3], match[4])}{match[5]}", text)


def main() -> int:
    """Write the numbers anew."""
    page = read_page(PAGE)
    for notes in sorted(KIT.glob("*.md")):
        text = notes.read_text(encoding="utf-8")
        if (new := current(text, page)) != text:
            notes.write_text(new, encoding="utf-8")
            print(notes.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
