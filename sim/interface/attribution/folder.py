"""What goes into an attribution's folder beside its store: the tables, the codebook, the figures and the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from sim.experiment.attributing import Attribution, AttributionPlan
from sim.experiment.keeping import claim, write_beside
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import to_csv
from sim.interface.attribution.codebook import codebook_of
from sim.interface.attribution.document import told
from sim.interface.attribution.figure import parts_of_change
from sim.interface.attribution.telling import minds
from sim.interface.style import paper, rendered
from sim.version import __version__

__all__ = ["begin", "finish", "provisions_of"]

_PROVISIONS: Final = ["step", "provision", "key", "meaning", "before", "after", "source_before", "source_after", "follows"]


def begin(plan: AttributionPlan, folder: Path, *, again: bool = False) -> None:
    """Make a folder this attribution's, or see that it is.

    Args:
        plan: the attribution. folder: the folder.
        again: whether the results of something else may give way.

    Raises:
        OutputError: if it holds something else, or cannot be written.
    """
    claim(folder, plan.name, {"protestlaw": code()}, again=again)


def finish(done: Attribution, folder: Path, *, command: Sequence[str], seconds: float) -> None:
    """Write everything that an attribution says into its folder.

    Args:
        done: the attribution. folder: where its runs are kept.
        command: the words of the command. seconds: how long it took.

    Raises:
        OutputError: if the disk cannot be written.
    """
    plan = done.plan
    tables = {"attribution": done.table, "provisions": provisions_of(plan), "runs": done.runs}
    if len(done.failures):
        tables["failures"] = done.failures
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    files["codebook.csv"] = to_csv(codebook_of(tables))
    about = f"protestlaw {__version__}: {plan.name}; seeds {', '.join(map(str, plan.seeds))}"
    with paper():
        for number, step in enumerate(plan.steps, 1):
            name = "attribution" if len(plan.steps) == 1 else f"attribution-{number}"
            files |= rendered(parts_of_change(done, step), name, f"What each provision contributes: {step.name}", about)
    said = {
        "name": plan.name,
        "outcomes": list(plan.outcomes),
        "points": len(plan.points),
        "runs": plan.runs,
        "failed": done.count.failed,
        "steps": [told(step) for step in plan.steps],
        "finished": True,
    }
    scenarios = {f"{plan.base.name}, {law}": plan.under(law) for law in plan.laws}
    whole = manifest(scenarios, plan.seeds, command=command, seconds=seconds, experiment=said, warnings=minds(plan))
    write_beside(folder, files, whole)


def provisions_of(plan: AttributionPlan) -> pd.DataFrame:
    """One row for each difference of the laws: the group it is in, and what both say."""
    return pd.DataFrame(list(_differences(plan)), columns=_PROVISIONS).astype(dict.fromkeys(_PROVISIONS[:-1], "str"))


def _differences(plan: AttributionPlan) -> Iterator[tuple[str | bool, ...]]:
    for step in plan.steps:
        for group in step.between.groups:
            for one in group.differences:
                words = (one.key, one.meaning, one.before, one.after, one.source_before, one.source_after)
                yield step.name, group.name, *words, one.follows
