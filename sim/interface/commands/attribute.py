"""``attribute``: what each provision contributes to the difference between two laws."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from sim.interface.asked import Asked, put
from sim.interface.options import Again, Dask, Days, Jobs, Json, RetryFailed, Seed

__all__ = ["attribute"]

OUTCOMES = ("events_held", "attendance", "lawful_share_start")
"""What is attributed if nothing is said."""

Where = Annotated[
    str, typer.Argument(help="The scenario whose town and practice it is: a name, or a path ending in .toml.", show_default=False)
]
Laws = Annotated[
    list[str],
    typer.Argument(metavar="LAW_A LAW_B [LAW_C]...", help="Laws, with reforms after + if wanted.", show_default=False),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="INDICATOR",
        help=f"What is attributed. May be given again; {', '.join(OUTCOMES)} if not given.",
        show_default=False,
    ),
]
Reps = Annotated[int, typer.Option(help="How many seeds each mixture of the laws is run with.", min=1, max=100_000)]
Beside = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change a value beside the law, as practice=hostile, police.style=0.1, town.people.adults=20000. Repeatable.",
        show_default=False,
    ),
]
Split = Annotated[
    list[str] | None,
    typer.Option("--split", metavar="TABLE", help="Tell the parts of limits or sanctions apart.", show_default=False),
]
Together = Annotated[
    list[str] | None,
    typer.Option(
        "--together",
        metavar="TABLE,TABLE",
        help="Let these move as one, for fewer mixtures. May be given again.",
        show_default=False,
    ),
]
Orders = Annotated[
    int | None,
    typer.Option(help="Sample so many orders of adoption instead of running all mixtures.", min=4, max=1000, show_default=False),
]
Kept = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Keep runs, tables, figures and a manifest here; go on if some are there.",
        show_default=False,
    ),
]


def attribute(
    scenario: Where,
    laws: Laws,
    outcomes: Outcomes = None,
    seed: Seed = 1,
    reps: Reps = 20,
    days: Days = None,
    changes: Beside = None,
    split: Split = None,
    together: Together = None,
    orders: Orders = None,
    jobs: Jobs = None,
    dask: Dask = None,
    out: Kept = None,
    retry_failed: RetryFailed = False,
    again: Again = False,
    as_json: Json = False,
) -> None:
    """Say which provisions the difference between two laws is due to, in one town under one practice.

    With more than two laws, the difference of each to the next.
    """
    from sim.experiment.attributing import attribute_laws
    from sim.interface.attribution import answer, document
    from sim.interface.attribution.asking import plan_of
    from sim.interface.attribution.telling import needs

    seeds, wished = range(seed, seed + reps), outcomes or OUTCOMES
    lists = {"changes": changes or (), "split": split or (), "together": together or ()}
    plan, late = plan_of(scenario, laws, wished, seeds, days=days, orders=orders, **lists)
    asked = Asked(attribute_laws, _folder, needs, answer.of_attribution, document.of_attribution)
    put(asked, plan, late, out, jobs, dask, again=again, retry_failed=retry_failed, as_json=as_json)


def _folder() -> ModuleType:
    """The folder of answers, which loads figures."""
    from sim.interface.attribution import folder

    return folder
