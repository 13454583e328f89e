"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Again",
    "Changes",
    "ChangesA",
    "ChangesB",
    "Dask",
    "Days",
    "Draws",
    "Force",
    "Jobs",
    "Json",
    "Out",
    "Posterior",
    "RetryFailed",
    "RunsKept",
    "Seed",
    "Uncertainty",
    "UncertaintyKind",
]


class UncertaintyKind(StrEnum):
    """What intervals hold: noise between seeds only, or not knowing the parameters too."""

    none = "none"
    posterior = "posterior"


_KEYS = "law.threshold=50, law='russia/2014', police.style=0.1, town.people.adults=20000"

Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help=f"Change a value, as {_KEYS}. May be given again.", show_default=False),
]
ChangesA = Annotated[
    list[str] | None, typer.Option("--set-a", metavar="KEY=VALUE", help="Change a value in A only.", show_default=False)
]
ChangesB = Annotated[
    list[str] | None, typer.Option("--set-b", metavar="KEY=VALUE", help="Change a value in B only.", show_default=False)
]
Seed = Annotated[int, typer.Option(help="The first seed; the others follow it.", min=0)]
Days = Annotated[
    int | None, typer.Option(help="Length of each run in days, instead of the scenario's.", min=1, max=3660, show_default=False)
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Write tables, figures and a manifest to this new folder.", show_default=False),
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask", metavar="ADDRESS", help="Let a dask cluster do the work: tcp://HOST:PORT, or local:2.", show_default=False
    ),
]
RunsKept = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Where runs and results are kept; results/NAME if not given.", show_default=False),
]
Again = Annotated[bool, typer.Option("--again", help="Drop what is in DIR and start over.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Try runs that failed again.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the results that are in DIR.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="Processes to share the work; one for each processor if not given.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Uncertainty = Annotated[
    UncertaintyKind,
    typer.Option("--uncertainty", help="Draw parameters from a posterior, so that intervals hold not knowing them as well."),
]
Posterior = Annotated[
    Path | None,
    typer.Option(
        "--posterior", metavar="DIR", help="A folder that calibrate wrote, instead of the shipped posterior.", show_default=False
    ),
]
Draws = Annotated[
    int | None,
    typer.Option("--draws", min=1, help="Draws that share the seeds; half as many as seeds if not given.", show_default=False),
]
