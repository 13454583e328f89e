"""Stata's file format 118 (Stata 14 and later), byte for byte as StataCorp describes it (``help dta`` in Stata).

pandas writes this format too, but neither display formats nor notes nor Stata's extended missing values, all of which we need: a
seed of sixteen digits would show as 9.01e+15, a renamed column lose its name, and an infinite ratio be refused.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["FIXED_LONGEST", "MISSING", "MOST_VARIABLES", "Storage", "Variable", "dta"]

FIXED_LONGEST: Final = 2045
"""Bytes of text that stand in the row itself; what is longer is a strL."""

MOST_VARIABLES: Final = 32_767
"""Variables the format has room for."""

TIME_STAMP: Final = "01 Jan 2000 00:00"
"""When the file was made, it says. Always the same, so that the same table gives the same bytes."""

_NAME, _FORMAT, _LABEL = 129, 57, 321
"""Bytes of the fields for names, display formats and labels, the zero at their end included."""


class Storage(IntEnum):
    """How values are stored, by the numbers of the format; fixed text has its width for a number."""

    byte = 65530
    int = 65529
    long = 65528
    double = 65526
    strl = 32768


MISSING: Final[Mapping[int, int]] = {Storage.byte: 101, Storage.int: 32_741, Storage.long: 2_147_483_621}
"""Stata's missing value ``.`` in whole numbers; larger ones are ``.a`` to ``.z``."""

_DTYPES: Final[Mapping[int, str]] = {
    Storage.byte: "<i1",
    Storage.int: "<i2",
    Storage.long: "<i4",
    Storage.double: "<f8",
    Storage.strl: "<u8",
}


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A variable of a data set.

    Attributes:
        name: at most 32 characters. label: at most 80. format: how it is displayed (``%td``).
        storage: one of :class:`Storage`, or the number of bytes (1 to 2045) for fixed text.
        values: one for each row, with Stata's own missing values in them; UTF-8 bytes for text.
        levels: the label of each value that has one. notes: on it.
    """

    name: str
    label: str
    format: str
    storage: int
    values: npt.NDArray[Any]
    levels: Mapping[int, str]
    notes: tuple[str, ...] = ()


def dta(variables: Sequence[Variable], rows: int, label: str, notes: Sequence[str] = ()) -> bytes:
    """A data set as the content of a ``.dta`` file.

    Args:
        variables: in order.
        rows: how many.
        label: of the data set, at most 80 characters.
        notes: on the data set.
    """
    data, strls = _data(variables, rows)
    named = label.encode()
    header = b"".join(
        (
            b"<header><release>118</release><byteorder>LSF</byteorder>",
            _within("K", struct.pack("<H", len(variables))),
            _within("N", struct.pack("<Q", rows)),
            _within("label", struct.pack("<H", len(named)) + named),
            _within("timestamp", struct.pack("<B", len(TIME_STAMP)) + TIME_STAMP.encode()),
            b"</header>",
        )
    )
    parts = [
        _within("variable_types", struct.pack(f"<{len(variables)}H", *(one.storage for one in variables))),
        _within("varnames", _fields(variables, _NAME, lambda one: one.name)),
        _within("sortlist", bytes(2 * (len(variables) + 1))),
        _within("formats", _fields(variables, _FORMAT, lambda one: one.format)),
        _within("value_label_names", _fields(variables, _NAME, lambda one: one.name if one.levels else "")),
        _within("variable_labels", _fields(variables, _LABEL, lambda one: one.label)),
        _within("characteristics", _notes("_dta", notes) + b"".join(_notes(one.name, one.notes) for one in variables)),
        _within("data", data),
        _within("strls", strls),
        _within("value_labels", b"".join(_levels(one) for one in variables if one.levels)),
    ]
    return _with_map(b"<stata_dta>" + header, parts, b"</stata_dta>")


def _within(tag: str, content: bytes) -> bytes:
    return f"<{tag}>".encode() + content + f"</{tag}>".encode()


def _with_map(head: bytes, parts: Sequence[bytes], end: bytes) -> bytes:
    """The file, with the map of where its parts begin: the file's start, the map, each part, the end tag, the end of the file."""
    places = [0, len(head)]
    place = len(head) + len(_within("map", bytes(8 * (len(parts) + 4))))
    for part in parts:
        places.append(place)
        place += len(part)
    places += [place, place + len(end)]
    return b"".join((head, _within("map", struct.pack(f"<{len(places)}Q", *places)), *parts, end))


def _fields(variables: Sequence[Variable], width: int, of: Callable[[Variable], str]) -> bytes:
    return b"".join(_padded(of(one), width) for one in variables)


def _padded(text: str, width: int) -> bytes:
    encoded = text.encode()
    if len(encoded) >= width:
        raise ValueError(f"{text!r} is longer than the {width - 1} bytes that the format has for it")
    return encoded.ljust(width, b"\0")


def _notes(of: str, notes: Sequence[str]) -> bytes:
    """Notes as the characteristics ``note1``, ``note2`` ..., with their number in ``note0``."""
    named = [("note0", str(len(notes))), *((f"note{number}", note) for number, note in enumerate(notes, 1))] if notes else []
    contents = (_padded(of, _NAME) + _padded(name, _NAME) + text.encode() + b"\0" for name, text in named)
    return b"".join(_within("ch", struct.pack("<I", len(content)) + content) for content in contents)


def _levels(variable: Variable) -> bytes:
    """A set of value labels, which is called as its variable."""
    values = sorted(variable.levels)
    encoded = [variable.levels[value].encode() + b"\0" for value in values]
    starts = [sum(map(len, encoded[:place])) for place in range(len(encoded))]
    text, n = b"".join(encoded), len(values)
    table = struct.pack(f"<II{n}I{n}i", n, len(text), *starts, *values) + text
    return _within("lbl", struct.pack("<I", len(table)) + _padded(variable.name, _NAME) + bytes(3) + table)


def _data(variables: Sequence[Variable], rows: int) -> tuple[bytes, bytes]:
    """The rows, and the long texts they refer to."""
    dtype = [(f"v{place}", _DTYPES.get(one.storage, f"S{one.storage}")) for place, one in enumerate(variables)]
    table = np.zeros(rows, dtype=np.dtype(dtype))
    long = []
    for place, one in enumerate(variables):
        if one.storage == Storage.strl:
            long.append(place)
        else:
            table[f"v{place}"] = one.values
    strls: list[bytes] = []
    kept: dict[bytes, int] = {}
    for row in range(rows if long else 0):
        for place in long:
            text = variables[place].values[row]
            if text and text not in kept:
                kept[text] = (place + 1) | (row + 1) << 16
                # 130 is text, which ends in a zero byte
                strls.append(b"GSO" + struct.pack("<IQBI", place + 1, row + 1, 130, len(text) + 1) + text + b"\0")
            table[f"v{place}"][row] = kept[text] if text else 0
    return table.tobytes(), b"".join(strls)
