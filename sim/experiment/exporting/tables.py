"""A table of a results folder, read from its CSV file by what the codebook says of its columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import Final

from sim.errors import Problem, did_you_mean
from sim.experiment.exporting.columns import About, Table
from sim.experiment.exporting.parsing import Cells

__all__ = ["Row", "read_table", "rows_of", "table_of"]

_AT_ONCE: Final = 20_000
"""Rows that are held as text at once: a large table's texts take many times the room of its values."""

_LONGEST: Final = 2**31 - 1
"""Characters a cell may have; Python's own limit is 131,072, which a text in a results folder may pass."""

type Row = tuple[int, list[str]]
"""The line of the file in which a row ends, and its cells."""


def read_table(path: Path, explained: Callable[[str], About | None], known: Sequence[str]) -> tuple[Table | None, list[Problem]]:
    """Read a table.

    Args:
        path: its file.
        explained: what the codebook says of a column.
        known: the columns the codebook has for this table.

    Returns:
        the table, or ``None`` if its columns are not to be understood, and what is wrong with it.
    """
    problems: list[Problem] = []
    with _long_cells():
        rows = rows_of(path, problems)
        _, header = next(rows, (1, []))
        problems += _header_problems(path.name, header, problems)
        about = [(name, explained(name)) for name in header]
        problems += [
            Problem(f"{path.name}, {name}", "no row in codebook.csv", "columns the codebook explains", did_you_mean(name, known))
            for name, found in about
            if found is None
        ]
        columns = [found for _, found in about if found is not None]
        if problems:
            return None, problems
        table, wrong = table_of(path, columns, rows)
    return table, [*problems, *wrong]


def table_of(path: Path, columns: Sequence[About], rows: Iterable[Row]) -> tuple[Table, list[Problem]]:
    """The table of some rows, each with a cell for every column, and what is wrong with them."""
    cells = [Cells(about) for about in columns]
    count = 0
    for some in batched(rows, _AT_ONCE):
        lines = [line for line, _ in some]
        count += len(some)
        for own, texts in zip(cells, zip(*(row for _, row in some), strict=True), strict=True):
            own.add(texts, lines)
    table = Table(path.stem, path.name, tuple(own.column() for own in cells), count)
    return table, [problem for own in cells for problem in own.problems(path.name)]


def rows_of(path: Path, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a CSV file, the names of its columns first. What is wrong with it is added to ``problems`` on the way."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        width = None
        ragged: list[tuple[int, int]] = []
        try:
            for row in reader:
                if width is None:
                    width = len(row)
                if len(row) == width:
                    yield reader.line_num, row
                else:
                    ragged.append((reader.line_num, len(row)))
        except (csv.Error, UnicodeDecodeError) as error:
            where = f"{path.name}, after line {reader.line_num}"
            problems.append(Problem(where, str(error), "CSV in UTF-8, as RFC 4180 has it"))
        if ragged:
            (line, found), more = ragged[0], len(ragged) - 1
            shown = f"{found} cells" + (f" (and {more:,} more such rows)" if more else "")
            problems.append(Problem(f"{path.name}, line {line}", shown, f"{width} cells, as many as there are columns"))


def _header_problems(file: str, header: Sequence[str], before: Sequence[Problem]) -> list[Problem]:
    if not header:
        return [] if before else [Problem(file, "nothing", "a table with the names of its columns in the first line")]
    twice = sorted({name for name in header if header.count(name) > 1})
    return [Problem(f"{file}, {name}", "a second column of that name", "each name once") for name in twice]


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
