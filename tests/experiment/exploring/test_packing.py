"""Packing: what is written is what is read, by a reader that knows nothing but the order that is documented."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sim.experiment.exploring import pack
from sim.experiment.exploring.packing import NONE, Packed, rounded
from tests.interface.explorer.made import UNITS, many_cells


class Reader:
    """The bytes of a page, one after another."""

    def __init__(self, packed: Packed) -> None:
        self.head: dict[str, Any] = packed.head
        self.bytes = iter(zlib.decompress(base64.b64decode(packed.body), -15))

    def column(self) -> list[int]:
        cells = self.head["cells"]
        low, high = ([next(self.bytes) for _ in range(cells)] for _ in range(2))
        return (np.cumsum(np.array(low) + 256 * np.array(high)) % (NONE + 1)).tolist()

    def columns(self, count: int) -> list[list[int]]:
        return [self.column() for _ in range(count)]

    def number(self) -> int:
        found = shift = 0
        while True:
            byte = next(self.bytes)
            found |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return found

    def timelines(self) -> Iterator[list[tuple[int, int, int]]]:
        counts = [self.number() for _ in range(self.head["cells"])]
        days, sizes, statuses = ([[self.number() for _ in range(count)] for count in counts] for _ in range(3))
        for steps, size, status in zip(days, sizes, statuses, strict=True):
            yield list(zip(np.cumsum(steps).tolist(), size, status, strict=True))


def test_what_is_written_is_what_is_read() -> None:
    cells = many_cells(7, 3, events=20, timelines=2)
    cells[2].values[:, 1] = np.nan
    packed = pack(cells, UNITS)
    reader = Reader(packed)
    values = np.array([reader.columns(3) for _ in UNITS], np.float64)  # outcome, seed, cell
    wanted = np.stack([rounded(np.stack([cell.values[row] for cell in cells]), unit).T for row, unit in enumerate(UNITS)])
    steps = np.array(packed.head["steps"])[:, None, None]
    np.testing.assert_allclose(np.where(values == NONE, np.nan, values * steps), wanted, rtol=1e-12)
    assert np.array(reader.columns(packed.head["bars"])).T.tolist() == [cell.sizes.tolist() for cell in cells]
    assert np.array(reader.columns(6)).T.tolist() == [cell.held.tolist() for cell in cells]
    assert (np.array(reader.columns(6)).T * packed.head["came"]).tolist() == [cell.came.tolist() for cell in cells]
    assert np.array(reader.columns(6)).T.astype(bool).tolist() == [cell.open.tolist() for cell in cells]
    assert reader.column() == [NONE if cell.threshold is None else cell.threshold for cell in cells]
    assert reader.column() == [3] * 7
    for run in range(2):
        assert list(reader.timelines()) == [list(map(tuple, cell.events[run].tolist())) for cell in cells]
    assert next(reader.bytes, None) is None


def test_what_is_rounded_is_no_further_off_than_half_a_step() -> None:
    shares, counts = np.array([0.12345, np.nan, 1.0]), np.array([3.0, 17.0, 65_001.0])
    np.testing.assert_allclose(rounded(shares, "share"), [0.123, np.nan, 1.0])
    np.testing.assert_allclose(rounded(counts, "count"), [4.0, 16.0, 65_000.0])  # above 65,000 every second number


def test_cells_that_are_one_are_packed_once() -> None:
    one, other = many_cells(2, 3)
    packed = pack([one, other, one], UNITS)
    assert packed.head["cells"] == 2
    assert packed.head["points"] == [0, 1, 0]
    assert pack([one, other], UNITS).head["points"] is None


@pytest.mark.parametrize("seeds", [10, 20])
def test_a_thousand_cells_take_less_than_their_numbers(seeds: int) -> None:
    cells = many_cells(200, seeds, events=40)
    assert len(pack(cells, UNITS).body) / 200 < 1.34 * (2 * len(UNITS) * seeds + 4 * 40 + 90)
