"""The file of a built town: what is in it, how it is written whole, and how it is read without being trusted.

A head of fixed length (JSON: the key of the town, and the type, length and checksum of each part) is followed by the parts:
the rows of its people, and its ties as two arrays. They are mapped into memory, not read: processes share them.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.kernels import jit
from sim.population.people import People, row_type
from sim.population.spec import TownSpec
from sim.population.ties import Ties
from sim.population.town import Town, distances
from sim.population.traits import Traits

__all__ = ["FORMAT", "UNFINISHED", "checksum", "read_town", "write_town"]

FORMAT: Final = 1
"""Number of the form of the file."""

UNFINISHED: Final = ".unfinished"
"""How the names of files end that are still being written."""

_HEAD: Final = 4096  # bytes: a page, so that the rows begin on one
_LINE: Final = 64  # bytes: each part begins on a multiple

type Bytes = npt.NDArray[np.uint8]


@jit
def _folded(numbers: Any) -> Any:
    """Four chains of xor and multiplication by an odd number, so that the processor works on all at once.

    Each step is one-to-one in what it takes in: a change of any single number changes the result for certain.
    """
    factor = np.uint64(0x9E3779B97F4A7C15)
    a, b, c, d = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
    whole = numbers.size - numbers.size % 4
    for k in range(0, whole, 4):
        a = (a ^ numbers[k]) * factor
        b = (b ^ numbers[k + 1]) * factor
        c = (c ^ numbers[k + 2]) * factor
        d = (d ^ numbers[k + 3]) * factor
    for k in range(whole, numbers.size):
        a = (a ^ numbers[k]) * factor
    turn, back = np.uint64(29), np.uint64(35)  # high bits are mixed best: they are turned down before the next takes part
    for other in (b, c, d):
        a = (((a << turn) | (a >> back)) ^ other) * factor
    return a


def checksum(part: Bytes) -> str:
    """A 64-bit checksum of bytes, and the last few of them. It guards against damage, not against malice."""
    whole = part.size - part.size % 8
    return f"{int(_folded(part[:whole].view(np.uint64))):016x}-{part[whole:].tobytes().hex()}"


def write_town(path: Path, key: str, town: Town) -> int:
    """Write a town to a file that is there whole or not at all, whoever else writes it. Returns its size in bytes.

    Raises:
        OSError: if it cannot be written.
    """
    parts = {"rows": town.people.rows, "indptr": town.ties.indptr, "neighbours": town.ties.neighbours}
    plain = {name: part.view(np.uint8).reshape(-1) for name, part in parts.items()}
    head = _head(key, {name: (part.size, checksum(part)) for name, part in plain.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(UNFINISHED, path.stem, path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(head)
            for part in plain.values():
                file.write(part.data)
                file.write(bytes(-part.size % _LINE))
            size = file.tell()
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return size


def read_town(path: Path, key: str, spec: TownSpec, traits: Traits, issues: int, seed: int) -> Town | None:
    """The town in a file, mapped into memory; ``None`` if it is not there, is another's, or is not as it was written."""
    try:
        with path.open("rb") as file:
            whole = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    except (OSError, ValueError):  # not there, not to be read, empty
        return None
    parts = _parts(whole, key)
    if parts is None:
        return None
    rows, indptr, neighbours = (parts[name] for name in ("rows", "indptr", "neighbours"))
    kind = row_type(issues)
    if rows.size != spec.people.adults * kind.itemsize or indptr.size != 8 * (spec.people.adults + 1):
        return None
    ties = Ties(indptr.view(np.int64), neighbours.view(np.int32))
    return Town(spec, seed, People(rows.view(kind)), ties, distances(spec), traits)


def _head(key: str, parts: dict[str, tuple[int, str]]) -> bytes:
    told = {"protestlaw town": FORMAT, "key": key, **{name: list(part) for name, part in parts.items()}}
    return json.dumps(told).encode().ljust(_HEAD)


def _parts(whole: Bytes, key: str) -> dict[str, Bytes] | None:
    """The parts of a file, if every byte of it is as it was written."""
    head = whole[:_HEAD].tobytes()
    try:
        told = json.loads(head)
        listed = {name: (int(told[name][0]), str(told[name][1])) for name in ("rows", "indptr", "neighbours")}
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    if head != _head(key, listed) or whole.size != _HEAD + sum(size + -size % _LINE for size, _ in listed.values()):
        return None
    parts = dict(_cut(whole, {name: size for name, (size, _) in listed.items()}))
    sound = all(checksum(parts[name]) == told_sum for name, (_, told_sum) in listed.items())
    return parts if sound and not any(parts.pop(name).any() for name in [name for name in parts if name not in listed]) else None


def _cut(whole: Bytes, sizes: dict[str, int]) -> Iterator[tuple[str, Bytes]]:
    """Each part, and what fills up the last line after it."""
    begin = _HEAD
    for name, size in sizes.items():
        end = begin + size
        yield name, whole[begin:end]
        begin = end + -end % _LINE
        yield f"after {name}", whole[end:begin]
