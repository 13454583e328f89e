"""The seminar page as anyone has it, read back out of its HTML: its levers, what a link to it asks for, and its numbers.

``python -m experiments.seminar_page`` writes the committed page anew around its own numbers, with the script, the words and the
text of today: what has changed in these costs no run.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt

from sim.experiment.exploring import LeverText, Packed, load_explorer
from sim.experiment.exploring.grid import combinations, settled
from sim.experiment.exploring.packing import NONE
from sim.interface.explorer.page import page

PAGE = Path(__file__).resolve().parents[1] / "results" / "seminar-page" / "seminar.html"


@dataclass(frozen=True)
class Link:
    """What a link asks of the page.

    Attributes:
        a: levels under A, by lever; those that the link does not name are the first. b: under B.
        asked: whatever else it says: ``ask``, ``lang``.
        unknown: parts that the page does not have.
    """

    a: dict[str, str]
    b: dict[str, str]
    asked: dict[str, str]
    unknown: list[str]


@dataclass(frozen=True)
class Page:
    """The page, unpacked.

    Attributes:
        about: what its script knows. levers: by name.
        values: by outcome, seed and cell; NaN where there is none.
        sizes: assemblies of all runs, by the bar of the distribution and cell.
        runs: how many runs each cell has.
    """

    about: dict[str, Any]
    levers: dict[str, LeverText]
    values: npt.NDArray[np.float64]
    sizes: npt.NDArray[np.int64]
    runs: npt.NDArray[np.int64]

    def link(self, fragment: str) -> Link:
        """What the end of an address asks for, as the page's own script reads it (``script/link.js``)."""
        found = Link({}, {}, {}, [])
        for part in fragment.removeprefix("#").split("&"):
            key, _, value = part.partition("=")
            regime, _, name = key.partition(".")
            levels = [level.name for level in self.levers[name].levels] if name in self.levers else []
            if regime in {"a", "b"} and unquote(value) in levels:
                (found.a if regime == "a" else found.b)[name] = unquote(value)
            elif (key == "ask" and value in self.outcomes) or (key == "lang" and value in self.about["words"]):
                found.asked[key] = value
            else:
                found.unknown.append(part)
        return found

    @property
    def outcomes(self) -> list[str]:
        """What its table shows, in order."""
        return [one["name"] for one in self.about["outcomes"]]

    @property
    def units(self) -> dict[str, str]:
        """What each outcome is counted in."""
        return {one["name"]: one["unit"] for one in self.about["outcomes"]}

    def runs_of(self, outcome: str, levels: Mapping[str, str]) -> npt.NDArray[np.float64]:
        """An outcome in every run of a law, or the product of several (``a*b``)."""
        rows = [self.outcomes.index(name) for name in outcome.split("*")]
        return np.asarray(self.values[rows, :, self.cell(levels)].prod(axis=0))

    def cell(self, levels: Mapping[str, str]) -> int:
        """The number of the cell of a law."""
        point = self._points[tuple(settled(self.levers, levels).values())]
        points = self.about["data"]["points"]
        return point if points is None else int(points[point])

    @cached_property
    def _points(self) -> dict[tuple[str, ...], int]:
        return {tuple(levels.values()): number for number, levels in enumerate(combinations(self.levers))}


@cache
def read_page(file: Path) -> Page:
    """Unpack a page. The order of its columns is told in :mod:`sim.experiment.exploring.packing`."""
    if not file.exists():
        raise SystemExit(f"{file} is missing: protestlaw explorer seminar -o {file.name}")
    text = file.read_text(encoding="utf-8")
    about = json.loads(_script(text, "about"))
    data = about["data"]
    columns = _Columns(zlib.decompress(base64.b64decode(_script(text, "cells")), -15), data["cells"])
    values = [columns.next(data["seeds"]) for _ in about["outcomes"]]
    steps = np.array(data["steps"])[:, None, None]
    sizes = columns.next(data["bars"])
    columns.next(3 * data["sites"] + 1)  # held, came and open at each site; the threshold
    runs = columns.next(1)[0]
    levers = {
        one["name"]: LeverText.model_validate({key: one[key] for key in ("label", "help", "moot", "levels")})
        for one in about["levers"]
    }
    known = np.stack(values)
    return Page(about, levers, np.where(known == NONE, np.nan, known * steps), sizes, runs)


def _script(text: str, name: str) -> str:
    (found,) = re.findall(rf'<script [^>]*id="{name}">(.*?)</script>', text, re.DOTALL)
    return str(found)


class _Columns:
    """Columns of numbers of two bytes, one after another: low bytes, then high ones, each the difference to the one before."""

    def __init__(self, content: bytes, cells: int) -> None:
        self._bytes = np.frombuffer(content, np.uint8)
        self._cells, self._at = cells, 0

    def next(self, count: int) -> npt.NDArray[np.int64]:
        """The next columns, a row each."""
        end = self._at + 2 * count * self._cells
        low, high = self._bytes[self._at : end].astype(np.int64).reshape(count, 2, self._cells).transpose(1, 0, 2)
        self._at = end
        return np.asarray(np.cumsum(low + 256 * high, axis=1) % (NONE + 1))


def renewed(text: str) -> str:
    """A page with its own numbers, and all else as the explorer's text and the program have it now."""
    about = json.loads(_script(text, "about"))
    explorer = load_explorer(about["name"], every=False)
    return page(explorer, Packed(about["data"], _script(text, "cells")), about["telling"]["command"])


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
