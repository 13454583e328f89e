"""From words on the command line to the plan of an attribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.errors import InputError, Problem
from sim.interface.reading import scenario_of
from sim.law import load_law
from sim.texts import parse_assignment

if TYPE_CHECKING:
    from sim.experiment.attributing import AttributionPlan

__all__ = ["plan_of"]


def plan_of(
    scenario: str,
    laws: Sequence[str],
    outcomes: Sequence[str],
    seeds: Sequence[int],
    *,
    days: int | None = None,
    changes: Sequence[str] = (),
    split: Sequence[str] = (),
    together: Sequence[str] = (),
    orders: int | None = None,
) -> tuple[AttributionPlan, tuple[str, ...]]:
    """The plan that some words ask for.

    Args:
        scenario: a name, or a path. laws: names, with reforms after ``+``, or paths. outcomes: indicators. seeds: the seeds.
        days: another length of the scenario. changes: ``KEY=VALUE``, to anything but its law.
        split: tables of provisions to tell apart. together: tables with commas between them, to move as one.
        orders: how many orders of adoption are sampled.

    Returns:
        the plan, and what was left out of the scenario because it lies after its new last day.

    Raises:
        InputError: if a change is made to the law, or a law is named twice; and as of
            :func:`~sim.experiment.attributing.plan_attribution`.
        UnknownNameError: if there is no such scenario or law.
    """
    from sim.experiment.attributing import plan_attribution

    keys = [parse_assignment(text)[0] for text in changes]
    allowed = "keys of the scenario beside its law; a changed law is named as LAW + REFORM, or is a file of your own"
    problems = [Problem("--set", repr(key), allowed) for key in keys if key == "law" or key.startswith("law.")]
    twice = [law for place, law in enumerate(laws) if law in laws[:place]]
    problems += [Problem("LAW", f"{law!r} a second time", "two laws or more, each once") for law in twice]
    if problems:
        raise InputError("attribute", problems)
    base, late = scenario_of(scenario, changes, days)
    tables = [tuple(name.strip() for name in own.split(",")) for own in together]
    found = {law: load_law(law) for law in laws}
    return plan_attribution(base, found, outcomes, seeds, split=split, together=tables, orders=orders), late
