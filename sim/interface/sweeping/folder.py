"""What goes into a sweep's folder beside its store: the tables, the codebook, the figures, the text and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.experiment.design import Design
from sim.experiment.keeping import claim, write_beside
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import to_csv
from sim.experiment.sweeping import Analyses, Sweep, replicates
from sim.interface.style import paper, rendered
from sim.interface.sweeping.codebook import codebook_of
from sim.interface.sweeping.figures import figures
from sim.interface.uncertain import on_record
from sim.version import __version__

__all__ = ["begin", "finish"]

TEXT: Final = "experiment.toml"


def begin(design: Design, folder: Path, *, again: bool = False) -> None:
    """Make a folder this experiment's.

    Raises:
        OutputError: if it holds something else, or cannot be written.
    """
    claim(folder, design.name, {"protestlaw": code()}, again=again)


def finish(done: Sweep, said: Analyses, folder: Path, *, command: Sequence[str], seconds: float) -> tuple[str, ...]:
    """Write everything that a sweep says into its folder.

    Args:
        done: the sweep. said: what was worked out of it. folder: where its runs are kept.
        command: the words of the command. seconds: how long it took.

    Returns:
        the names of the figures' files.

    Raises:
        OutputError: if the disk cannot be written.
    """
    design = done.design
    tables: dict[str, pd.DataFrame] = {"runs": done.runs, **said.tables}
    if len(done.failures):
        tables["failures"] = done.failures
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    files["codebook.csv"] = to_csv(codebook_of(design, tables))
    files[TEXT] = design.text.encode()
    drawn: list[str] = []
    about = f"protestlaw {__version__}: {design.name}; {len(design.points)} points, {len(design.seeds)} seeds"
    with paper():
        for name, figure in figures(design, replicates(design, done.runs), said.tables).items():
            made = rendered(figure, name, f"{design.title}: {name}", about)
            drawn += made
            files |= made
    told = {
        "name": design.name,
        "title": design.title,
        "question": design.question,
        "design": design.kind,
        "points": len(design.points),
        "runs": design.runs,
        "failed": done.count.failed,
        "fingerprint": design.fingerprint,
        "finished": True,
    }
    base = design.scenarios[design.baseline or 0]
    warnings = list(said.warnings)
    more: dict[str, Any] = {"experiment": told, "warnings": warnings}
    if design.draws is not None:
        more["uncertainty"] = on_record(design.draws, [f"point {point}" for point in range(len(design.points))])
    whole = manifest({base.name: base}, design.seeds, command=command, seconds=seconds, **more)
    write_beside(folder, files, whole)
    return tuple(drawn)
