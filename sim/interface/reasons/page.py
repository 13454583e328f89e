"""A page of text and tables: built once, printed on a terminal or into a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["Grid", "Page"]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Its first ``words`` columns are words, which may be broken; the others are numbers, which may not."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Lines:
    """A life, or several side by side: what is the same in all goes across, what is not stands beside each other, marked."""

    letters: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Page:
    """Headings (level 1 or 2), paragraphs (level 0), grids and lives, in order."""

    blocks: list[tuple[int, str] | Grid | Lines] = field(default_factory=list)

    def head(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.blocks.append((level, text))

    def say(self, *sentences: str) -> None:
        """A paragraph; nothing if nothing is said."""
        if text := " ".join(filter(None, sentences)):
            self.blocks.append((0, text))

    def grid(self, columns: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> None:
        """A table; nothing if it has no row."""
        if found := tuple(tuple(row) for row in rows):
            self.blocks.append(Grid(tuple(columns), found, words))

    def lines(self, letters: Sequence[str], rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """What happened by date; one text for each letter."""
        self.blocks.append(Lines(tuple(letters), tuple(rows)))

    def show(self, out: Console) -> None:
        """Print it."""
        for number, block in enumerate(self.blocks):
            if isinstance(block, Grid):
                out.print(Padding(_table(block), (0, 0, 0, 2)))
            elif isinstance(block, Lines):
                _show_lines(block, out)
            elif block[0]:
                out.print(Text(("\n" if number else "") + block[1], "bold" if block[0] == 1 else "underline"))
            else:
                out.print(Text(block[1]))


def _show_lines(lines: Lines, out: Console) -> None:
    width = max((len(date) for date, _ in lines.rows), default=0)
    if len(lines.letters) > 1:
        out.print(_beside(width, "", *(Text(letter, "bold") for letter in lines.letters)))
    for differs, rows in groupby(lines.rows, lambda row: len(set(row[1])) > 1):
        for date, texts in rows:
            if differs:
                out.print(_beside(width, date, *(Text(text or "-") for text in texts)))
            else:
                out.print(_beside(width, date, Text(texts[0]), mark=" "))


def _beside(width: int, date: str, *texts: Text, mark: str = "*") -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=width, no_wrap=True)
    table.add_column(width=1)
    for _ in texts:
        table.add_column(ratio=1)
    table.add_row(date, mark if date else " ", *texts)
    return table


def _table(grid: Grid) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, column in enumerate(grid.columns):
        wordy = number < grid.words
        table.add_column(Text(column), justify="left" if wordy else "right", no_wrap=not wordy, vertical="top")
    for row in grid.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
