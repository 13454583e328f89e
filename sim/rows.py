"""Rows: what is known of one citizen stands together, so that looking at someone at random costs one or two lines of memory."""

from __future__ import annotations

import contextlib
import mmap
import sys
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

__all__ = ["columns_of", "row_of", "untouched", "zero_rows"]

_MANY: Final = 4_000_000
"""Rows from which on memory is spared rather than time."""

_LINE: Final = 64
"""Bytes that the machine fetches at a time."""


def row_of(fields: list[Any]) -> np.dtype[np.void]:
    """The type of a row. One of nearly a line, or nearly half of one, is filled up to it, so that none lies across two.

    Args:
        fields: as of a numpy record: ``(name, type)`` or ``(name, type, shape)``.
    """
    plain = np.dtype(fields, align=True)
    size = next((size for size in (_LINE // 2, _LINE) if 0.75 * size < plain.itemsize <= size), plain.itemsize)
    at: dict[str, Any] = dict(plain.fields or {})  # by name: type and place
    kinds, places = [field[0] for field in at.values()], [field[1] for field in at.values()]
    whole: dict[str, Any] = {"names": list(at), "formats": kinds, "offsets": places, "itemsize": size}
    kind: Any = np.dtype
    return cast("np.dtype[np.void]", kind(whole, align=True))  # numpy's types know no dictionary here


def zero_rows(n: int, kind: np.dtype[np.void]) -> npt.NDArray[np.void]:
    """``n`` rows of zeros, the first at the beginning of a line."""
    room = np.zeros(n * kind.itemsize + _LINE, np.uint8)
    first = -room.ctypes.data % _LINE
    return room[first : first + n * kind.itemsize].view(kind)


def untouched(n: int, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """``n`` zeros (numbers, or rows) of which few will ever be written: what is only read takes no memory.

    The system hands out a page when it is written to. Large pages spare it work; small ones spare memory, which counts in the
    largest towns.
    """
    size = max(1, n * np.dtype(kind).itemsize)
    if sys.platform == "win32":
        room = mmap.mmap(-1, size)
    else:
        room = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):  # a kernel without large pages
            room.madvise(mmap.MADV_HUGEPAGE if n <= _MANY else mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(room, kind, n)


def columns_of(rows: npt.NDArray[np.void]) -> dict[str, npt.NDArray[Any]]:
    """The columns of rows by name: views, in which a field of several numbers is several columns ([number, row])."""
    return {name: rows[name].T for name in rows.dtype.names or ()}
