"""What goes into a folder of the battery: the tables, the codebook, the figure and the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment.battery import Battery
from sim.experiment.manifest import manifest
from sim.experiment.outputs import to_csv, write_results
from sim.interface.patterns.codebook import codebook_of
from sim.interface.patterns.figure import battery_figure
from sim.interface.style import paper, rendered
from sim.scenario import Scenario
from sim.version import __version__

__all__ = ["write_batteries"]


def write_batteries(
    batteries: Sequence[Battery],
    folder: Path,
    *,
    scenario: Scenario | None,
    seeds: Sequence[int],
    force: bool,
    command: Sequence[str],
    seconds: float,
    warnings: Sequence[str] = (),
    record: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Write what the battery says of one city or two to a folder.

    Args:
        batteries: one or two. folder: a folder that is not there yet.
        scenario: of the runs, if there were any. seeds: of them.
        force: whether to replace results that are there.
        command: the words of the command, for the manifest. seconds: how long it took, for the same.
        warnings: what nobody may overlook. record: what is told of a user's own files.

    Returns:
        the files.

    Raises:
        OutputError: if the folder may not be written, or cannot be.
    """
    tables = {"patterns": pd.concat([done.table for done in batteries], ignore_index=True)}
    singles = [done.runs for done in batteries if len(done.runs)]
    if singles:
        tables["runs"] = pd.concat(singles, ignore_index=True)
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    files["codebook.csv"] = to_csv(codebook_of(tables))
    named = ", ".join(done.name for done in batteries)
    about = f"protestlaw {__version__}: {named}" + (f"; seeds {', '.join(map(str, seeds))}" if seeds else "")
    with paper():
        files |= rendered(battery_figure(batteries), "patterns", f"Patterns of protest: {named}", about)
    more: dict[str, Any] = {"warnings": list(warnings), **({"record": record} if record else {})}
    scenarios = {scenario.name: scenario} if scenario else {}
    said = manifest(scenarios, seeds, command=command, seconds=seconds, **more)
    return write_results(folder, files, said, force=force)
