"""What goes into a calibration's folder beside its store: the tables, the codebook, the figures, the text and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sim.experiment.calibration import Calibration, Plan
from sim.experiment.keeping import claim, write_beside
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import to_csv
from sim.interface.calibration.checks import checks
from sim.interface.calibration.codebook import codebook_of
from sim.interface.calibration.figures import marginals, pairs
from sim.interface.style import paper, rendered
from sim.version import __version__

__all__ = ["begin", "finish"]

TEXT: Final = "calibration.toml"


def begin(plan: Plan, folder: Path, *, again: bool = False) -> None:
    """Make a folder this calibration's, or see that it is.

    Raises:
        OutputError: if it holds something else, or cannot be written.
    """
    claim(folder, plan.name, {"protestlaw": code()}, again=again)


def finish(done: Calibration, folder: Path, *, command: Sequence[str], seconds: float) -> None:
    """Write everything that a calibration says into its folder.

    Args:
        done: the calibration. folder: where its runs are kept. command: the words of the command. seconds: how long it took.

    Raises:
        OutputError: if the disk cannot be written.
    """
    plan = done.plan
    files = {f"{name}.csv": to_csv(table) for name, table in done.tables.items()}
    files["codebook.csv"] = to_csv(codebook_of(done))
    files[TEXT] = plan.text.encode()
    about = f"protestlaw {__version__}: {plan.name}; {done.runs} runs"
    with paper():
        drawn = {"marginals": marginals(done), "pairs": pairs(done), "checks": checks(done)}
        for name, figure in drawn.items():
            files |= rendered(figure, name, f"{plan.head.title}: {name}", about)
    last = done.matched.last
    said = {
        "name": plan.name,
        "title": plan.head.title,
        "question": plan.head.question,
        "sha256_of_text": plan.digest,
        "calibrated_on": [goal.name for goal in plan.fitted],
        "left_of_prior": last.left.share,
        "may_miss": last.judge.forgiven,
        "unmet": [miss.goal for miss in last.misses],
        "effective_draws": done.posterior.effective,
        "runs": done.runs,
        "failed": done.failed,
        "finished": True,
    }
    scenarios = {place.name: place.base for place in plan.places}
    seeds = sorted({seed for place in plan.places for seed in place.seeds})
    whole = manifest(scenarios, seeds, command=command, seconds=seconds, experiment=said, warnings=list(done.warnings))
    write_beside(folder, files, whole)
