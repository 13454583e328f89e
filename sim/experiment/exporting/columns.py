"""Tables as they are carried from one format to another: columns of one kind each, with what the codebook says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["JOINED", "About", "Column", "Kind", "Table", "is_several", "kind_of", "shortened", "texts"]

JOINED: Final = ";"
"""What joins the words of a cell that may hold several."""


class Kind(StrEnum):
    """What the cells of a column are."""

    whole = "whole"
    """Whole numbers: counts, and numbers that name things."""
    large = "large"
    """Whole numbers up to 2**53: seeds, and what the codebook calls ``int64``."""
    number = "number"
    truth = "truth"
    date = "date"
    category = "category"
    """Words of a closed list."""
    text = "text"


@dataclass(frozen=True, slots=True)
class About:
    """What the codebook says of a column.

    Attributes:
        name: of the column. label: the same for people. unit: of its values; empty if they have none.
        meaning: in a sentence. kind: of its cells.
        levels: the words it may hold if they are a closed list, in the codebook's order, without the empty word.
    """

    name: str
    label: str
    unit: str
    meaning: str
    kind: Kind
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with its values.

    Attributes:
        about: what the codebook says.
        values: one for each row: int64, float64, bool, ``datetime64[D]``, the place of a word among the levels (int64), or str
            (object), by kind. Where a value is missing it is of no meaning.
        missing: whether a value is missing. A text that is empty is missing.
    """

    about: About
    values: npt.NDArray[Any]
    missing: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table.

    Attributes:
        name: of the table, which is its file's without the ending. source: that file. columns: in order. rows: how many.
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    rows: int


def is_several(meaning: str) -> bool:
    """Whether a cell of a column may hold several words; the codebook says so where it tells what the column means."""
    return f"joined by {JOINED}" in meaning


def kind_of(name: str, kind: str, levels: tuple[str, ...], *, several: bool) -> Kind | None:
    """The kind of a column of the codebook, or ``None`` if there is no such type.

    Dates are text in the codebook; a column of ours that holds them is called ``date``, or ends in ``_date``. The name of a
    factor has dots in it: it is a date only if its type says so.
    """
    plain: dict[str, Kind] = {
        "int32": Kind.whole,
        "Int32": Kind.whole,
        "int64": Kind.large,
        "Int64": Kind.large,
        "float64": Kind.number,
        "bool": Kind.truth,
        "date": Kind.date,
    }
    if kind != "str":
        return plain.get(kind)
    if levels and not several:
        return Kind.category
    return Kind.date if not levels and re.fullmatch(r"(\w+_)?date", name) else Kind.text


def texts(column: Column, number: Callable[[float], str], *, truths: tuple[str, str]) -> list[str]:
    """The cells of a column as text; what is missing is empty.

    Args:
        column: the column.
        number: how a number with decimals is written.
        truths: how false and true are written.
    """
    values: list[Any] = column.values.tolist()
    write: Callable[[Any], str]
    match column.about.kind:
        case Kind.number:
            write = number
        case Kind.truth:
            write = truths.__getitem__
        case Kind.category:
            write = column.about.levels.__getitem__
        case _:
            write = str
    return ["" if gone else write(value) for value, gone in zip(values, column.missing.tolist(), strict=True)]


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters; what is longer is cut at a word and ends in three points."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 3]
    head = cut if text[most - 3].isspace() else cut.rpartition(" ")[0] or cut
    return head.rstrip(" ,;:(") + "..."
