"""What the uncertainty of an answer is made of, where parameters were drawn from a posterior: a table, and a sentence."""

from __future__ import annotations

import math

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.interface.numbers import Scale
from sim.interface.sentences import HEADLINES, rows_by
from sim.interface.tabling import label_of, new_table
from sim.interface.uncertain import made_of, over_posterior, share_interval

__all__ = ["print_made_of", "table_of"]


def print_made_of(found: pd.DataFrame, of: str, over: str, out: Console, *, levels: bool = False) -> None:
    """Print it; the arguments are those of :func:`table_of`, and where to print."""
    table, told = table_of(found, of, over, levels=levels)
    if table is None:
        return
    out.print(table)
    if told:
        out.print(told)
    out.print()


def table_of(found: pd.DataFrame, of: str, over: str, *, levels: bool = False) -> tuple[Table | None, str]:
    """It for the indicators of the first sentence, and a sentence on attendance; nothing of those of which it cannot be told.

    Args:
        found: effects or a summary, over draws. of: whose variance it is. over: what is told over the posterior.
        levels: whether that is levels, not differences.
    """
    headlines = {name: row for name, row in rows_by(found, "indicator").items() if name in HEADLINES}
    rows = {name: row for name, row in headlines.items() if not math.isnan(row["parameter_share"])}
    if not rows:
        return None, ""
    table = new_table("noise", "parameters", "[95 %]", over)
    table.add_row(Text(f"Of the variance of {of}", "bold"))
    for name, row in rows.items():
        label, unit = label_of(name)
        scale = Scale.of(unit, *(row[column] for column in ("mean", "mean_a", "mean_b") if column in row))
        share = row["parameter_share"]
        parts = f"{100 * (1 - share):.0f} %", f"{100 * share:.0f} %"
        table.add_row(f"  {label}", *parts, share_interval(row), over_posterior(row, scale, level=levels))
    return table, made_of(rows["attendance"], f"{of} in attendance") if "attendance" in rows else ""
