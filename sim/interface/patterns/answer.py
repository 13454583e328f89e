"""The readable answer of the battery: sentences first, then the numbers, then where the bands come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.battery import Battery
from sim.experiment.battery.battery import FAIL, NO_VALUE
from sim.interface.patterns.telling import (
    Row,
    band,
    interval,
    number,
    rows_of,
    rules,
    sentence,
    targets_of,
    uncertainty,
    whose,
)
from sim.measurement.patterns import Target

__all__ = ["GROUP_TITLES", "bands_come_from", "of_batteries", "table_of", "without_value"]

GROUP_TITLES: Final[Mapping[str, str]] = {
    "size": "Sizes",
    "filing": "Filings, and what comes of them",
    "legality": "Legality",
    "time": "How many, and when",
    "police": "Police and courts",
}


def of_batteries(batteries: Sequence[Battery], out: Console, warnings: Sequence[str] = (), folder: Path | None = None) -> None:
    """Print what the battery says of one city or of two side by side.

    Args:
        batteries: one or two. out: where to print. warnings: what nobody may overlook.
        folder: where the files went, if they did.
    """
    for letter, done in zip(_letters(batteries), batteries, strict=True):
        out.print(f"{letter}{': ' if letter else ''}{whose(done)} {sentence(done)}")
    out.print()
    out.print(table_of(batteries))
    out.print()
    for line in without_value(batteries):
        out.print(line)
    out.print("Where the bands come from, and which parameters were set by them:", style="bold")
    for pattern, told in bands_come_from(batteries):
        out.print(f"  {pattern:5}{told}")
    out.print()
    for line in (*map(uncertainty, batteries), *rules(batteries)):
        out.print(line)
    for warning in warnings:
        out.print(f"Mind: {warning}", style="bold")
    out.print(
        f"Tables, figure and manifest: {folder}"
        if folder
        else "Nothing was written; --out DIR keeps tables, a figure and a manifest."
    )


def bands_come_from(batteries: Sequence[Battery]) -> Iterator[tuple[str, str]]:
    """Each pattern with a band, with the band's source, and which parameters were set by it."""
    for target in targets_of(batteries):
        if target.band:
            set_by = [reason for done in batteries if done.town for reason in [target.reason(done.town)] if reason]
            told = f" Set by it: {set_by[0]}." if set_by else ""
            yield target.id, f"{target.source}.{told}"


def table_of(batteries: Sequence[Battery]) -> Table:
    """A row a pattern; of two cities the numbers stand side by side."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True)
    several = len(batteries) > 1
    for letter in _letters(batteries):
        table.add_column(Text(letter or "value"), justify="right", no_wrap=True)
        table.add_column(Text("[95 %]"), justify="right", no_wrap=True)
        table.add_column("verdict", no_wrap=True)
    for name in ("band", "grade") if several else ("band", "grade", "use"):
        table.add_column(name, no_wrap=True)
    found = [rows_of(done) for done in batteries]
    group = ""
    for target in targets_of(batteries):
        if target.group != group:
            group = target.group
            table.add_row(Text(""), Text(GROUP_TITLES[group], "bold"))
        cells: list[str | Text] = [target.id, target.short]
        for rows in found:
            cells += _cells(rows.get(target.id), short=several)
        table.add_row(*cells, band(target), target.grade, *([] if several else [_use(found[0][target.id], target)]))
    return table


def _letters(batteries: Sequence[Battery]) -> tuple[str, ...]:
    """What the cities are called in the table: A and B; nothing if there is one."""
    return ("A", "B")[: len(batteries)] if len(batteries) > 1 else ("",)


def _use(row: Row, target: Target) -> str:
    """What a pattern was used for; nothing of one without a band."""
    return str(row["use"]) if target.band else ""


def _cells(row: Row | None, *, short: bool) -> tuple[str, str, str | Text]:
    """Value, interval and verdict of a pattern; nothing if it does not concern the city."""
    if row is None:
        return "", "", ""
    said = "" if short and row["verdict"] == NO_VALUE else str(row["verdict"])
    return number(row["value"], row["unit"]), interval(row), Text(said.upper() if said == FAIL else said)


def without_value(batteries: Sequence[Battery]) -> list[str]:
    """Which patterns have no value or no interval, by reason; and of two cities, which were calibrated on."""
    lines = []
    for letter, done in zip(_letters(batteries), batteries, strict=True):
        reasons: dict[str, list[str]] = {}
        for row in rows_of(done).values():
            if row["why"]:
                reasons.setdefault(str(row["why"]), []).append(str(row["pattern"]))
        of = f" ({letter})" if letter else ""
        lines += [f"{', '.join(names)}{of}: {reason}." for reason, names in reasons.items()]
        if letter and done.town:
            set_by = [str(row["pattern"]) for row in rows_of(done).values() if row["set_by"]]
            lines.append(f"Calibrated on ({letter}): {', '.join(set_by) or 'none'}; all others are held out.")
    return lines
