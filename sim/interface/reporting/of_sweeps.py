"""What ``sweep`` wrote, as parts of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.errors import InputError, Problem
from sim.interface.reporting.assumptions import assumed
from sim.interface.reporting.grids import of_rows, of_table
from sim.interface.reporting.laws import chapters, reforms
from sim.interface.reporting.of_runs import drawn_names, events_in
from sim.interface.reporting.parts import Answer, Found, Grid, Laws, Side
from sim.interface.reporting.varying import baseline_in_words, level_changes, sentences, varied
from sim.interface.sentences import law_in_words

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.design import Design
    from sim.interface.figuring.opening import Results

__all__ = ["of_sweep"]

_MOST_TOLD: Final = 5
"""Sentences of the answer; more of them stand below it."""

_TABLES: Final = (*("points", "effects", "main_effects", "variance_shares", "sobol", "morris", "surface_fit", "discovery"),)
"""Tables that a report shows."""


def of_sweep(results: Results) -> Found:
    """An experiment: what came of each outcome over its points.

    Raises:
        InputError: if a table is not here, or the text of the experiment means something else in this version.
    """
    from sim.experiment.store import Count
    from sim.experiment.sweeping import Sweep
    from sim.interface.sweeping.answer import footer

    design = _design(results)
    tables = {name: _with_levels(design, results.table(name)) for name in _TABLES if results.wrote(name)}
    failed = int(results.manifest["experiment"]["failed"])
    total = len({(task.scenario.fingerprint, task.seed) for task in design.tasks()})
    runs = results.table("runs") if results.holds("runs") else design.points.iloc[:0]
    done = Sweep(design, runs, design.points.iloc[:0], Count(total, failed, total, 0))
    told, foot = sentences(design, tables), tuple(footer(done))
    base = design.scenarios[design.baseline or 0]
    title = f"{base.scenario.title} (the baseline)" if design.baseline is not None else base.scenario.title
    return Found(
        (base,),
        design.title,
        tuple(filter(None, (design.question, baseline_in_words(design)))),
        (Side("", title, f"{law_in_words(base.law)}.", base.scenario.description),),
        Answer(
            tuple(told[:_MOST_TOLD]), tuple(told[_MOST_TOLD:]), tuple(results.manifest.get("warnings", ())), (foot[0], foot[-1])
        ),
        (*_grids(design, tables), *_every_point(design, tables)),
        foot[1:-1],
        Laws(
            chapters({"": base}),
            (*reforms({"": base}), *level_changes(design)),
            (varied(design),),
            (*events_in({"": base}),),
        ),
        assumed((base,), drawn_names(results)),
    )


def _design(results: Results) -> Design:
    """The experiment, which must mean what was run.

    Raises:
        InputError: if it does not.
    """
    from sim.interface.figuring.of_sweeps import design_in

    design = design_in(results)
    if design.fingerprint != results.manifest["experiment"]["fingerprint"]:
        wanted = f"results of this version: make them again with {results.command or 'protestlaw sweep'}"
        problem = Problem("experiment.toml", "an experiment that means something else in this version", wanted)
        raise InputError(str(results.path), [problem])
    return design


def _with_levels(design: Design, table: pd.DataFrame) -> pd.DataFrame:
    """A table whose levels are those of the design: numbers beside words, which a file holds as words all."""
    if "point" not in table:
        return table
    settings = design.points.set_index("point").loc[table["point"]]
    return table.assign(**{factor.name: settings[factor.name].to_numpy() for factor in design.factors})


def _grids(design: Design, tables: dict[str, pd.DataFrame]) -> list[Grid]:
    """What the command prints: tables, and lines without one."""
    from sim.interface.sweeping.answer import tables_of

    grids: list[Grid] = []
    for title, table in tables_of(design, tables):
        if table is None:
            grids.append(of_rows(title, (), ()))
        else:
            grids.append(of_table(table, title))
    return grids


def _every_point(design: Design, tables: dict[str, pd.DataFrame]) -> list[Grid]:
    """The difference of every point to the baseline with its interval, folded away."""
    from sim.interface.sweeping.answer import effects_of

    if "effects" not in tables or len(design.factors) != 2 or design.kind != "grid":
        return []
    grids = []
    for outcome in design.outcomes:
        title, table = effects_of(design, tables, outcome)
        if table is not None:
            names = ", ".join(factor.label for factor in design.factors)
            grid = of_table(table, f"{title}: every point ({names}) with its interval (not printed)", folded=True)
            grids.append(replace(grid, printed=False))
    return grids
