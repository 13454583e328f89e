"""Tables of the readable answers, and of plain rows, as tables of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from sim.interface.reporting.parts import Cell, Grid, Line

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["exact", "of_rows", "of_table"]


def of_table(table: Table, title: str, *, note: str = "", folded: bool = False) -> Grid:
    """A table that a command prints. Rows in bold are headings, or totals if there is more in them.

    Args:
        table: the table. title: what stands above it. note: what stands below it. folded: whether it is folded away.
    """
    columns = [list(column.cells) for column in table.columns]
    lines = tuple(_line(row) for row in zip(*columns, strict=True) if any(map(str, row)))
    numbers = frozenset(place for place, column in enumerate(table.columns) if column.justify == "right")
    return Grid(title, tuple(str(column.header).strip() for column in table.columns), lines, numbers, note, folded)


def _line(row: Sequence[object]) -> Line:
    texts = [str(cell).strip() for cell in row]
    if not any(isinstance(cell, Text) and cell.style == "bold" for cell in row):
        return Line(tuple(map(Cell, texts)))
    said = [text for text in texts if text]
    return Line((Cell(said[0]),), "group") if len(said) == 1 else Line(tuple(map(Cell, texts)), "total")


def of_rows(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str | Cell]], *, note: str = "", folded: bool = False
) -> Grid:
    """A table of words.

    Args:
        title: what stands above it. heads: of its columns. rows: its cells. note: what stands below it.
        folded: whether it is folded away.
    """
    lines = (Line(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in row)) for row in rows)
    return Grid(title, tuple(heads), tuple(lines), note=note, folded=folded)


def exact(*values: float) -> str:
    """Numbers to the digits that tables are written with."""
    return " ".join(f"{value:.10g}" for value in values)
