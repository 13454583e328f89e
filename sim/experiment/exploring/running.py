"""Running a page's grid: what is stored is not run again, and what ends is stored at once."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable

from sim.experiment.exploring.gist import TABLES, gist
from sim.experiment.exploring.reading import Explorer
from sim.experiment.exploring.store import GistStore, Stored
from sim.experiment.running import Outcome, Workers, each_outcome
from sim.experiment.store import Count
from sim.experiment.store.filling import keys_of
from sim.scenario import Scenario

__all__ = ["fill", "told_of"]


def fill(
    explorer: Explorer,
    store: GistStore,
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    *,
    retry_failed: bool = False,
) -> Count:
    """Run what a store lacks of a page. It may be ended in any way and called again.

    Args:
        explorer: the page. store: of its runs. workers: who does the work, as in
            :func:`~sim.experiment.running.each_outcome`.
        progress: told at the beginning and after every run.
        retry_failed: whether runs that failed are tried again.

    Raises:
        ModelError: if the work cannot be done at all, as without the package pyarrow. A run that fails is stored as one.
        OutputError: if the disk is full or cannot be written. What was stored before is safe.
    """
    tasks = [(task.scenario, task.seed) for task in explorer.design.tasks()]
    wanted = dict(zip(keys_of(tasks), tasks, strict=True))
    stored = {key: error for key, error in store.status().items() if key in wanted and not (retry_failed and error)}
    missing = [key for key in wanted if key not in stored]
    before, failed = len(stored), sum(map(bool, stored.values()))
    tell = progress or _silence
    count = Count(before, failed, len(wanted), before)
    tell(count)
    if not missing:
        return count
    here = not store.left_behind
    with contextlib.closing(each_outcome([wanted[key] for key in missing], workers, tables=TABLES, here=here)) as outcomes:
        for done, (number, outcome) in enumerate(outcomes, 1):
            key = missing[number]
            run = told_of(wanted[key][0], outcome)
            store.add(key, run)
            failed += bool(run.error)
            count = Count(before + done, failed, len(wanted), before)
            tell(count)
    return count


def told_of(scenario: Scenario, outcome: Outcome) -> Stored:
    """What is stored of a run: its gist, or what went wrong with it."""
    if outcome.error:
        return Stored(None, outcome.error, outcome.traceback, outcome.seconds)
    try:
        return Stored(gist(outcome.values, outcome.tables, scenario.town), "", "", outcome.seconds)
    except Exception as error:  # whatever goes wrong is a row, as with runs: the others go on
        return Stored(None, f"its gist: {type(error).__name__}: {error}", traceback.format_exc(), outcome.seconds)


def _silence(_count: Count) -> None:
    pass
