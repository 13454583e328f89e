"""From words on the command line to the plan of what an answer rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.interface.reading import scenario_of
from sim.texts import library

if TYPE_CHECKING:
    from sim.experiment.resting import RestingPlan
    from sim.experiment.uncertainty import Drawn

__all__ = ["plan_of", "posterior_of"]


def plan_of(
    a: str,
    b: str,
    outcomes: Sequence[str],
    *,
    points: int,
    seeds: int,
    first: int,
    spread: float,
    posterior: Path | None = None,
    days: int | None = None,
    changes: Sequence[str] = (),
    changes_a: Sequence[str] = (),
    changes_b: Sequence[str] = (),
) -> tuple[RestingPlan, tuple[str, ...]]:
    """The plan that some words ask for.

    Args:
        a, b: scenarios: names, or paths. outcomes: indicators. points, seeds, first, spread: as of
            :func:`~sim.experiment.resting.plan_resting`.
        posterior: the folder of a calibration; ``None`` for the posterior that is shipped, if one is.
        days: another length of both. changes: ``KEY=VALUE`` in both. changes_a, changes_b: in one of them.

    Returns:
        the plan, and what was left out of the scenarios because it lies after their new last day.

    Raises:
        InputError: as of :func:`~sim.experiment.resting.plan_resting`, or if the posterior or a change cannot be read.
        UnknownNameError: if there is no such scenario.
    """
    from sim.experiment.resting import plan_resting

    one, late = scenario_of(a, [*changes, *changes_a], days)
    other, later = scenario_of(b, [*changes, *changes_b], days)
    draws = posterior_of(posterior)
    plan = plan_resting(one, other, outcomes, points=points, seeds=seeds, first=first, spread=spread, posterior=draws)
    return plan, tuple(dict.fromkeys((*late, *later)))


def posterior_of(folder: Path | None) -> Drawn | None:
    """The posterior of a folder, or the one that is shipped; none if none is.

    Raises:
        InputError: if it cannot be read.
    """
    from sim.experiment.uncertainty import load_posterior
    from sim.experiment.uncertainty.posterior import SHIPPED

    if folder is None and not (library() / SHIPPED).is_dir():
        return None
    return load_posterior(folder)
