"""The table of every parameter, with unit, value, source and range; side by side for several scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.scenario import Scenario, parameters

__all__ = ["Row", "document", "groups", "on_screen", "table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter in several scenarios.

    Attributes:
        name, meaning, unit: as in :class:`sim.texts.Parameter`. values: one a scenario; none where it has no such parameter.
        source: of the values, each once. low, high: the range to sweep.
    """

    name: str
    meaning: str
    unit: str
    values: tuple[float | None, ...]
    source: str
    low: float
    high: float


def table(scenarios: Sequence[Scenario]) -> list[Row]:
    """Every parameter of some scenarios, in the order of the first that has it.

    A value that a scenario's text sets has that text as its source, unless the text gives a better one.
    """
    found = [{one.name: one for one in parameters(scenario)} for scenario in scenarios]
    names = list(dict.fromkeys(name for columns in found for name in columns))
    rows = []
    for name in names:
        here = [columns.get(name) for columns in found]
        first = next(one for one in here if one is not None)
        sources = dict.fromkeys(one.source for one in here if one is not None)
        values = tuple(None if one is None else one.value for one in here)
        rows.append(Row(name, first.meaning, first.unit, values, "; ".join(sources), *first.range))
    return rows


def groups(scenarios: Sequence[Scenario]) -> dict[str, list[Row]]:
    """The rows by the part of the scenario they belong to."""
    found: dict[str, list[Row]] = {}
    for row in table(scenarios):
        found.setdefault(row.name.partition(".")[0], []).append(row)
    return found


def on_screen(scenarios: Sequence[Scenario]) -> None:
    """Print the table, a part of the scenario at a time."""
    from rich.table import Table

    from sim.interface.screen import screen

    out = screen()
    for group, rows in groups(scenarios).items():
        shown = Table(title=group, title_justify="left", box=None, pad_edge=False)
        for head in ("", "meaning", *(scenario.name for scenario in scenarios), "unit", "range", "source"):
            shown.add_column(head, overflow="fold")
        for row in rows:
            values = ["" if value is None else f"{value:.10g}" for value in row.values]
            name = row.name.partition(".")[2]
            shown.add_row(name, row.meaning, *values, row.unit, f"{row.low:g} to {row.high:g}", row.source)
        out.print(shown)
        out.print()


_ABOUT: Final = """# Parameters

Every number a scenario rests on, except the law's, which stand with their sources in the law's own text (`protestlaw explain`).
*assumption* means that nobody has measured it; the range is what a sensitivity analysis should span. Made by
`protestlaw parameters {names} --out docs/parameters.md`.
"""


def document(scenarios: Sequence[Scenario]) -> str:
    """The table in Markdown, a section for each part of the scenario."""
    heads = " | ".join(scenario.name for scenario in scenarios)
    lines = [_ABOUT.format(names=" ".join(scenario.name for scenario in scenarios)).strip()]
    for group, rows in groups(scenarios).items():
        lines += ["", f"## {group}", "", f"| parameter | meaning | unit | {heads} | range | source |"]
        lines.append("|---" * (5 + len(scenarios)) + "|")
        for row in rows:
            values = " | ".join("" if value is None else f"{value:.10g}" for value in row.values)
            short = row.name.partition(".")[2]
            lines.append(f"| `{short}` | {row.meaning} | {row.unit} | {values} | {row.low:g} to {row.high:g} | {row.source} |")
    return "\n".join(lines).strip() + "\n"
