"""From runs to the page's file, and what is said of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from sim.experiment.exploring import Cell, Explorer, GistStore, pack, unit_of
from sim.experiment.keeping import claim, write_beside
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import to_csv
from sim.experiment.processes import usable_processors
from sim.experiment.store import Count, Key
from sim.experiment.sweeping import estimate
from sim.interface.explorer.page import MOST_BYTES, page
from sim.interface.page_files import write_page
from sim.interface.sweeping.forecast import duration

__all__ = ["begin", "failures", "finish", "forecast", "made", "told", "write"]

_SHELL: Final = 104_500
_CELL: Final = 85
_VALUE: Final = (0.6, 1.55)
_EVENT: Final = (0.16, 1.2)
"""Bytes of a page: without data; for a cell; for each value of an outcome; for each assembly of a timeline. The last two as
measured with the shipped page, whose 1,044 laws are much alike and pack well, and with a grid of a few laws."""

_EVENTS_A_DAY: Final = 0.87
"""Assemblies a day on a timeline of the seminar town, the mean over its grid."""


def begin(explorer: Explorer, folder: Path, *, again: bool) -> None:
    """Make a folder that of this page's runs.

    Raises:
        OutputError: if it holds something else, or cannot be written.
    """
    claim(folder, f"explorer-{explorer.design.name}", {"protestlaw": code()}, again=again)


def made(explorer: Explorer, cells: Sequence[Cell], command: str) -> bytes:
    """The page, as it is written."""
    units = [unit_of(name) for name in explorer.text.explorer.outcomes]
    return page(explorer, pack(cells, units), command).encode()


def write(file: Path, content: bytes) -> None:
    """Write the page, whole or not at all.

    Raises:
        OutputError: if the disk cannot be written.
    """
    write_page(file, content, "The runs are kept.")


def failures(explorer: Explorer, store: GistStore) -> pd.DataFrame:
    """The runs that failed: levels, ``seed``, ``error`` and ``traceback`` of each."""
    rows = []
    levers = list(explorer.text.levers)
    wrong = {key for key, error in store.status().items() if error}
    for point, scenario in enumerate(explorer.design.scenarios):
        for seed in explorer.design.seeds if point == explorer.cells[point] and wrong else ():
            key = Key(scenario.fingerprint, seed)
            if key in wrong and (run := store.run(key)) is not None:
                rows.append((*explorer.design.points.loc[point, levers], seed, run.error, run.traceback))
    return pd.DataFrame(rows, columns=[*levers, "seed", "error", "traceback"])


def finish(
    explorer: Explorer, folder: Path, reasons: pd.DataFrame, file: Path, written: bytes, *, command: Sequence[str], seconds: float
) -> None:
    """Write the text, the manifest, and what failed beside the runs.

    Args:
        explorer: the page. folder: of its runs. reasons: of those that failed. file, written: the page's.
        command: the words of the command. seconds: how long it took.
    """
    design = explorer.design
    files = {"explorer.toml": design.text.encode()}
    if len(reasons):
        files["failures.csv"] = to_csv(reasons)
    told = {
        "name": f"explorer-{design.name}",
        "title": design.title,
        "points": len(design.points),
        "cells": len(set(explorer.cells)),
        "runs": len(set(explorer.cells)) * len(design.seeds),
        "failed": len(reasons),
        "fingerprint": design.fingerprint,
        "page": {"file": file.name, "bytes": len(written)},
        "finished": True,
    }
    base = design.scenarios[0]
    whole = manifest({base.name: base}, design.seeds, command=command, seconds=seconds, experiment=told)
    write_beside(folder, files, whole)


def forecast(explorer: Explorer, processes: int | None) -> str:
    """How many runs, how long they take, and how large the page will be."""
    design, head = explorer.design, explorer.text.explorer
    found = estimate(design, processes)
    share = usable_processors() if processes is None else processes
    cells = len(set(explorer.cells))
    events = head.timelines * design.scenarios[0].scenario.days * _EVENTS_A_DAY
    values = len(head.outcomes) * len(design.seeds)
    fixed = _SHELL + cells * _CELL
    least, most = (fixed + cells * (value * values + event * events) for value, event in zip(_VALUE, _EVENT, strict=True))
    by = "one process" if share == 1 else f"{share} processes"
    same = f" ({len(design.points):,} combinations, some of which are the same law)" if cells < len(design.points) else ""
    return "\n".join(
        [
            design.title,
            f"{cells:,} laws{same} x {len(design.seeds)} seeds = {cells * len(design.seeds):,} runs of {design.base}",
            f"About {duration(found.seconds * cells / len(design.points))} with {by}: {found.run_seconds:.2f} s a run here",
            f"A page of {least / 1000:,.0f} to {most / 1000:,.0f} kB, the less the more laws are alike{_too_large(least)}",
        ]
    )


def told(explorer: Explorer, file: Path, written: bytes, count: Count) -> str:
    """What was made."""
    cells, seeds = len(set(explorer.cells)), len(explorer.design.seeds)
    before = f", {count.before:,} of them were there" if count.before else ""
    return (
        f"{explorer.design.title}: {cells:,} laws x {seeds} seeds, {count.total:,} runs{before}.\n"
        f"{file}: {len(written) / 1000:,.0f} kB{_too_large(len(written))}. It needs no server and no network."
    )


def _too_large(size: float) -> str:
    return "" if size <= MOST_BYTES else ", more than the 1,000 kB that go by e-mail: take fewer seeds, timelines or levels"
