"""What goes into a results folder: the tables, the codebook, the figures and the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.experiment import Comparison, Replications
from sim.experiment.manifest import manifest
from sim.experiment.outputs import MANIFEST, to_csv, write_results
from sim.experiment.uncertainty import Draws
from sim.interface.codebooks import codebook_of
from sim.interface.figures import Shown, lawful_shares, turnouts
from sim.interface.sentences import titles, warnings
from sim.interface.style import paper, rendered
from sim.interface.uncertain import on_record
from sim.scenario import Scenario
from sim.version import __version__

__all__ = ["MANIFEST", "of_comparison", "of_run"]

_YEAR: Final = 365.0


def of_comparison(done: Comparison, folder: Path, *, force: bool, command: Sequence[str], seconds: float) -> list[Path]:
    """Write a comparison to a folder.

    Args:
        done: the comparison.
        folder: a folder that is not there yet.
        force: whether to replace results that are there.
        command: the words of the command, for the manifest.
        seconds: how long the runs took, for the same.

    Returns:
        the files.

    Raises:
        OutputError: if the folder may not be written, or cannot be.
    """
    own = {"effects": done.effects, "participants": done.participants}
    files = _tables({**own, **done.tables}, done.draws)
    called, names = titles(done.a, done.b), done.names
    about = _made_of(names, done.seeds, done.draws)
    with paper():
        both = [_shown(*of, done.tables, len(done.seeds)) for of in zip(called, names, (done.a, done.b), strict=True)]
        files |= rendered(turnouts(both), "turnout", "Turnout and declared sizes", about)
        files |= rendered(lawful_shares(done.effects, called), "lawful-shares", "Lawful shares", about)
    scenarios = dict(zip(names, (done.a, done.b), strict=True))
    told = warnings(("A", done.a), ("B", done.b))
    more = {"warnings": told, "undefined": list(done.undefined), **_drawn(done.draws, names)}
    said = manifest(scenarios, done.seeds, command=command, seconds=seconds, **more)
    return write_results(folder, files, said, force=force)


def of_run(done: Replications, folder: Path, *, force: bool, command: Sequence[str], seconds: float) -> list[Path]:
    """Write replications of a scenario to a folder; the arguments are those of :func:`of_comparison`."""
    name = done.scenario.name
    files = _tables({"summary": done.summary, **done.tables}, done.draws)
    with paper():
        shown = _shown(done.scenario.scenario.title, name, done.scenario, done.tables, len(done.seeds))
        files |= rendered(turnouts([shown]), "turnout", "Turnout and declared sizes", _made_of((name,), done.seeds, done.draws))
    told = warnings(("", done.scenario))
    more = {"warnings": told, **_drawn(done.draws, (name,))}
    said = manifest({name: done.scenario}, done.seeds, command=command, seconds=seconds, **more)
    return write_results(folder, files, said, force=force)


def _drawn(draws: Draws | None, names: Sequence[str]) -> dict[str, Any]:
    """What the manifest says of draws from a posterior; nothing if there are none."""
    return {} if draws is None else {"uncertainty": on_record(draws, names)}


def _tables(tables: Mapping[str, pd.DataFrame], draws: Draws | None) -> dict[str, bytes]:
    """The tables as CSV files, with the codebook of their columns."""
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()}
    return {**files, "codebook.csv": to_csv(codebook_of(tables, draws))}


def _shown(title: str, name: str, scenario: Scenario, tables: Mapping[str, pd.DataFrame], runs: int) -> Shown:
    rows = tables["assemblies"]
    years = runs * scenario.scenario.days / _YEAR
    return Shown(title, rows[rows["scenario"] == name], years, scenario.law.threshold_value)


def _made_of(names: Sequence[str], seeds: Sequence[int], draws: Draws | None) -> str:
    """What a figure was made of, in its metadata: what is the same on every day, on any number of processes."""
    drawn = "" if draws is None else f"; {len(draws.rows)} draws from a posterior"
    return f"protestlaw {__version__}: {', '.join(names)}; seeds {', '.join(map(str, seeds))}{drawn}"
