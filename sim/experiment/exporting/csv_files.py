"""Tables as CSV that other programs read without guessing: one way to write each kind, and a list of what kind each column is."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Final

from sim.experiment.exporting.columns import Table, texts

__all__ = ["TYPES", "as_csv", "types_csv"]

TYPES: Final = "types.csv"
"""The file that says of what kind each column is."""

_TRUTHS: Final = ("0", "1")
"""R, Stata and Excel take these for numbers alike; True is a text for Stata."""


def as_csv(table: Table) -> bytes:
    """A table as RFC 4180 has it, in UTF-8 without a byte-order mark.

    Numbers have a point for decimals and as many digits as give the same number again; infinity is ``Inf``; dates are ISO 8601;
    truth values are 0 and 1; what is missing is an empty field.
    """
    cells = (texts(column, _number, truths=_TRUTHS) for column in table.columns)
    return _written([column.about.name for column in table.columns], zip(*cells, strict=True))


def types_csv(tables: Sequence[Table]) -> bytes:
    """The kind of every column of some tables, with its levels in order."""
    rows = (
        (table.source, column.about.name, column.about.kind.value, column.about.unit, "|".join(column.about.levels))
        for table in tables
        for column in table.columns
    )
    return _written(["file", "column", "kind", "unit", "levels"], rows)


def _written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _number(value: float) -> str:
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    return repr(value).removesuffix(".0")
