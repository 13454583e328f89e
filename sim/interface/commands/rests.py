"""``rests``: which assumptions the difference between two scenarios rests on, and where its sign flips."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from sim.interface.asked import Asked, put
from sim.interface.options import Again, Changes, ChangesA, ChangesB, Dask, Days, Jobs, Json, RetryFailed, Seed

__all__ = ["rests"]

OUTCOMES = ("attendance", "lawful_share_start")
"""What is looked at if nothing is said."""

Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="INDICATOR",
        help=f"What is looked at. May be given again; {', '.join(OUTCOMES)} if not given.",
        show_default=False,
    ),
]
Points = Annotated[int, typer.Option(help="How many settings of the assumptions are tried.", min=20, max=100_000)]
Seeds = Annotated[int, typer.Option(help="Pairs of runs at each of them, each with a seed of its own.", min=2, max=1000)]
Spread = Annotated[
    float,
    typer.Option(
        help="How far each assumption is varied: this part of its range, to twice its value at most with 0.25.", max=1.0
    ),
]
Posterior = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Draw calibrated assumptions jointly from this calibration, instead of the one that is shipped.",
        show_default=False,
    ),
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


def rests(
    a: Annotated[
        str, typer.Argument(help="The scenario to compare with: a name, or a path ending in .toml.", show_default=False)
    ],
    b: Annotated[str, typer.Argument(help="The scenario whose effect is wanted, in the same town.", show_default=False)],
    outcomes: Outcomes = None,
    points: Points = 300,
    seeds: Seeds = 2,
    spread: Spread = 0.25,
    posterior: Posterior = None,
    seed: Seed = 1,
    days: Days = None,
    changes: Changes = None,
    changes_a: ChangesA = None,
    changes_b: ChangesB = None,
    jobs: Jobs = None,
    dask: Dask = None,
    out: Kept = None,
    retry_failed: RetryFailed = False,
    again: Again = False,
    as_json: Json = False,
) -> None:
    """Say which assumptions the difference between two scenarios rests on, and where its sign flips.

    Every number that nobody has measured is varied, in both alike; what is measured, and the law, stays.
    """
    from sim.experiment.resting import rest_on
    from sim.interface.resting import answer, document
    from sim.interface.resting.asking import plan_of
    from sim.interface.resting.telling import needs

    plan, late = plan_of(
        a,
        b,
        outcomes or OUTCOMES,
        points=points,
        seeds=seeds,
        first=seed,
        spread=spread,
        posterior=posterior,
        days=days,
        changes=changes or (),
        changes_a=changes_a or (),
        changes_b=changes_b or (),
    )
    asked = Asked(rest_on, _folder, needs, answer.of_resting, document.of_resting)
    put(asked, plan, late, out, jobs, dask, again=again, retry_failed=retry_failed, as_json=as_json)


def _folder() -> ModuleType:
    """The folder of answers, which loads figures."""
    from sim.interface.resting import folder

    return folder
