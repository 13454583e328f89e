"""Tables: the budgets with what was measured, and two commits side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.running import Outcome
from benchmarks.statistics import median, ratio_of_pairs
from benchmarks.work import Budget

__all__ = ["budget_rows", "comparison_rows", "number", "rendered"]

_HEAD = ("work", "budget", "median", "lowest to highest", "cpu", "target", "ratio", "")


def number(value: float) -> str:
    """Three significant digits, no exponent."""
    if value == 0.0:
        return "0"
    shown = f"{value:.3g}"
    return f"{value:,.0f}" if "e+" in shown or abs(value) >= 1000.0 else shown


def budget_rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """A row for each budget: what was measured, and whether it was kept.

    The verdict is ``pass``, ``miss``, ``smaller`` where less was done than the budget asks (then nothing is said), or why there
    is no value.
    """
    return [_row(outcome, budget) for outcome in outcomes for budget in outcome.work.budgets]


def _row(outcome: Outcome, budget: Budget) -> dict[str, Any]:
    values, cpu = outcome.values(budget.key), outcome.cpu(budget.key)
    row: dict[str, Any] = {"work": outcome.work.name, "budget": budget.name, "unit": budget.unit, "target": budget.target}
    row |= {"least": budget.least, "values": values, "median": None, "cpu": None, "ratio": None}
    if not values or outcome.failed:
        return {**row, "verdict": outcome.why_not(budget.key)}
    middle = median(values)
    verdict = "smaller" if outcome.reduced else ("pass" if budget.kept(middle) else "miss")
    row |= {"median": middle, "lowest": min(values), "highest": max(values), "cpu": median(cpu) if cpu else None}
    return {**row, "ratio": middle / budget.target, "verdict": verdict}


def comparison_rows(other: Outcome, here: Outcome) -> list[dict[str, Any]]:
    """A row for each measure of a work: medians at both, and the ratio here / other with its 95 % interval."""
    names = list(dict.fromkeys(name for shot in here.shots for name in shot["values"]))
    rows = []
    for name in names:
        pairs = [
            (one["values"][name]["value"], two["values"][name]["value"])
            for one, two in zip(other.shots, here.shots, strict=False)
            if name in one["values"] and name in two["values"]
        ]
        row: dict[str, Any] = {"work": here.work.name, "measure": name, "pairs": len(pairs)}
        if pairs and min(min(pair) for pair in pairs) > 0.0:
            before, after = (list(column) for column in zip(*pairs, strict=True))
            ratio = ratio_of_pairs(before, after)
            row |= {"other": median(before), "here": median(after), "ratio": ratio.value}
            row |= {"low": None, "high": None} if len(pairs) == 1 else {"low": ratio.low, "high": ratio.high}
        rows.append(row)
    return rows


def rendered(rows: Sequence[dict[str, Any]]) -> str:
    """Rows of budgets, or of a comparison, as text."""
    if rows and "budget" in rows[0]:
        return _columns([_HEAD, *(_told(row) for row in rows)])
    head = ("work", "measure", "other", "here", "here / other", "95 % interval", "pairs")
    return _columns([head, *(_compared(row) for row in rows)])


def _told(row: dict[str, Any]) -> tuple[str, ...]:
    target = f"{'>=' if row['least'] else '<='} {number(row['target'])} {row['unit']}"
    if row["median"] is None:
        return row["work"], row["budget"], "-", "-", "-", target, "-", row["verdict"]
    spread = f"{number(row['lowest'])} to {number(row['highest'])}"
    cpu = "-" if row["cpu"] is None else f"{number(row['cpu'])} s"
    middle = f"{number(row['median'])} {row['unit']}"
    return row["work"], row["budget"], middle, spread, cpu, target, number(row["ratio"]), row["verdict"]


def _compared(row: dict[str, Any]) -> tuple[str, ...]:
    if "ratio" not in row:
        return row["work"], row["measure"], "-", "-", "-", "-", str(row["pairs"])
    interval = "-" if row["low"] is None else f"{number(row['low'])} to {number(row['high'])}"
    return (
        row["work"],
        row["measure"],
        number(row["other"]),
        number(row["here"]),
        number(row["ratio"]),
        interval,
        str(row["pairs"]),
    )


def _columns(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines)
