"""What goes into the folder beside its store: the tables, the codebook, the figures and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Final

import pandas as pd

from sim.experiment.keeping import claim, write_beside
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import to_csv
from sim.experiment.resting import Resting, RestingPlan
from sim.interface.resting.codebook import codebook_of
from sim.interface.resting.document import told
from sim.interface.resting.figure import what_it_rests_on
from sim.interface.resting.telling import minds
from sim.interface.style import paper, rendered
from sim.measurement import INDICATORS
from sim.version import __version__

__all__ = ["begin", "finish"]

_HELD: Final = ["assumption", "value", "why", "source"]


def begin(plan: RestingPlan, folder: Path, *, again: bool = False) -> None:
    """Make a folder this question's, or see that it is.

    Args:
        plan: what is asked. folder: the folder.
        again: whether the results of something else may give way.

    Raises:
        OutputError: if it holds something else, or cannot be written.
    """
    claim(folder, plan.name, {"protestlaw": code()}, again=again)


def finish(done: Resting, folder: Path, *, command: Sequence[str], seconds: float) -> None:
    """Write everything that was found into its folder.

    Args:
        done: what was found. folder: where its runs are kept.
        command: the words of the command. seconds: how long it took.

    Raises:
        OutputError: if the disk cannot be written.
    """
    plan = done.plan
    tables = _tables(done)
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    files["codebook.csv"] = to_csv(codebook_of(plan, tables))
    about = f"protestlaw {__version__}: {plan.name}; seeds {plan.first} to {plan.first + plan.runs // 2 - 1}"
    for outcome in plan.outcomes:
        title = f"What the difference in {INDICATORS[outcome].label} rests on"
        with paper():
            files |= rendered(what_it_rests_on(done, outcome), f"rests-{outcome}", title, about)
    said = {"name": plan.name, **told(plan), "failed": done.count.failed, "finished": True}
    scenarios = {"A": plan.a, "B": plan.b}
    seeds = range(plan.first, plan.first + plan.runs // 2)
    whole = manifest(scenarios, seeds, command=command, seconds=seconds, experiment=said, warnings=minds(plan))
    write_beside(folder, files, whole)


def _tables(done: Resting) -> dict[str, pd.DataFrame]:
    plan = done.plan
    held = pd.DataFrame([astuple(one) for one in plan.held], columns=_HELD)
    tables = {"assumptions": done.assumptions, "budget": done.budget, "signs": done.signs}
    if len(done.regions):
        tables["regions"] = done.regions
    if len(held):
        tables["held"] = held
    tables |= {"points": plan.points, "runs": done.runs}
    return tables | ({"failures": done.failures} if len(done.failures) else {})
