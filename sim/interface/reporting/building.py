"""The report of a folder, by the command that wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.interface.reporting.held import held_against, not_held
from sim.interface.reporting.of_attributions import of_attribution
from sim.interface.reporting.of_patterns import of_patterns
from sim.interface.reporting.of_runs import of_comparison, of_run
from sim.interface.reporting.of_sweeps import of_sweep
from sim.interface.reporting.origin import check_tables, origin
from sim.interface.reporting.parts import Found, Report
from sim.interface.reporting.pictures import pictures

if TYPE_CHECKING:
    from sim.interface.figuring.opening import Results

__all__ = ["build"]

_OF: Final = "a folder that protestlaw run, compare, sweep, attribute or patterns wrote"


def build(results: Results, patterns: Path | None = None) -> Report:
    """The report of a folder. Nothing is run.

    Args:
        results: the folder. patterns: a folder that ``protestlaw patterns`` wrote, of people who decide alike.

    Raises:
        InputError: if no report is made of such results, a table is missing or was changed, the scenarios mean something else in
            this version, or the patterns are of other people.
    """
    make = _kind(results)
    check_tables(results)
    found = make(results)
    held = found.held
    if patterns is not None:
        held = held_against(patterns, found.scenarios)
    drawn, wanting = pictures(results)
    return Report(found, held or not_held(found.scenarios[0]), origin(results), drawn, wanting)


def _kind(results: Results) -> Callable[[Results], Found]:
    """What makes the report of such a folder.

    Raises:
        InputError: if nothing does.
    """
    experiment: dict[str, Any] = results.manifest.get("experiment", {})
    if "steps" in experiment:
        return of_attribution
    if "design" in experiment:
        return of_sweep
    if not experiment and results.names:
        for table, make in {"patterns": of_patterns, "effects": of_comparison, "summary": of_run}.items():
            if results.wrote(table):
                return make
    raise InputError(str(results.path), [Problem("", "results that no report is made of", _OF)])
