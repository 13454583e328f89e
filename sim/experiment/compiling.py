"""Compiling everything before it is needed, on two processors, once on a machine: half the wait before the first run of all.

Machine code is kept on disk (:mod:`sim.kernels`). A mark beside it says that all of it is there; were the mark wrong, what is
missing would be compiled when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from sim.behaviour.arrays import Call, Columns, Keys, Moods, Rates, Workspace
from sim.behaviour.decay import left
from sim.behaviour.deliberation import appraise, choose, weigh
from sim.behaviour.following import follow
from sim.behaviour.mood import pick, stir, stir_ties
from sim.behaviour.opportunity import arising
from sim.behaviour.turnout import gather
from sim.behaviour.ways import DAYS, DUTY, FACTS, SITE, WAY, Board
from sim.experiment.processes import Processes, usable_processors
from sim.kernels import cache_folder, compile_for, machine
from sim.population import People, Ties, Traits, apportion, build_ties
from sim.population.people import build_people, row_type
from sim.population.spec import TieSpec
from sim.population.store import checksum
from sim.rows import columns_of, zero_rows
from sim.streams import Streams

__all__ = ["compile_all", "is_compiled"]

_STREAMS: Final = Streams(0)
_KEY: Final = _STREAMS.key("compiling")
_CITIZENS: Final = 3


def is_compiled() -> bool:
    """Whether everything was compiled on this machine, from the sources as they stand."""
    return _mark().exists()


def compile_all(processes: int | None = None) -> None:
    """Compile whatever a run calls, unless that was done before.

    Args:
        processes: how many may share the work, this one among them; by default one for each processor.
    """
    if is_compiled():
        return
    if (usable_processors() if processes is None else processes) > 1:
        with Processes(1) as other:
            half = other.submit(_compile, _THERE)
            _compile(_HERE)
            half.result()
    else:
        _compile((*_HERE, *_THERE))
    _mark().touch()


def _mark() -> Path:
    return cache_folder() / f"all-for-{machine()}"


def _compile(parts: Sequence[str]) -> None:
    for part in parts:
        _PARTS[part]()


def _town() -> tuple[Columns, Moods]:
    rows = columns_of(zero_rows(_CITIZENS, row_type(2)))
    indptr, neighbours = np.zeros(_CITIZENS + 1, np.int64), np.zeros(0, np.int32)
    indptr.flags.writeable = neighbours.flags.writeable = False  # as those of a town are
    return Columns.of(People.of(**rows), Ties(indptr, neighbours)), Moods.of(_CITIZENS)


def _turnout() -> None:
    columns, moods = _town()
    of_status, travel = np.zeros(4), np.zeros((_CITIZENS, 2))
    call = Call(
        event=np.uint64(0), day=0, issue=0, reach=0.0, audience=0, pull=0.0, news=0.0, travel=travel[:, 0], deference_weight=0.0,
        unlawful=np.zeros(2), fine=of_status, jail=of_status, stigma=of_status, officers=0.0, announced=0.0, belief=0.0,
        repeat_since=0, brings=0.0, minors_barred=False, leader=-1,
    )  # fmt: skip
    followers = np.zeros(0, np.int32)
    followers.flags.writeable = False
    gather(followers, columns, moods, call, Rates(*(1.0,) * 9), Keys(*(_KEY,) * 4), Workspace.of(_CITIZENS))


def _moods() -> None:
    columns, moods = _town()
    nobody = np.zeros(0, np.int32)
    stir(nobody, 0, 0.0, 0.0, 1.0, 1.0, moods)
    stir_ties(nobody, 0, 0.0, 0.0, 1.0, 1.0, moods, columns)
    pick(nobody, 0, _KEY, np.uint64(0))
    follow(_KEY, 0, 1, 1, 0.0, 0, 1, columns.concern[0])
    left(0, 1.0)
    arising(_KEY, 0, np.zeros(1), np.ones(1), np.zeros(1, np.int64))
    _STREAMS.uniform("compiling", 0)
    _STREAMS.uniforms("compiling", 1)
    _STREAMS.normal("compiling", 0)


def _plans() -> None:
    none = np.zeros(1, np.int64)
    board = Board(np.zeros(1, FACTS), np.zeros(1, SITE), np.zeros(1, DUTY), np.zeros(1, DAYS), none, none, none, none, none)
    ways = np.zeros(1, WAY)
    compile_for(weigh, ways, _KEY, board)
    compile_for(choose, ways, 0.0, _KEY, board)
    compile_for(appraise, ways, 0, board)


def _population() -> None:
    sizes = apportion(60, [1, 1])
    build_people(_STREAMS, Traits(), sizes, 2, median_wage=1.0, log_sd=1.0, foreigners=0.0)
    build_ties(_STREAMS, TieSpec(), sizes)
    kept = np.zeros(8, np.uint8)
    kept.flags.writeable = False
    checksum(kept)


_PARTS: Final[dict[str, Callable[[], None]]] = {
    "turnout": _turnout,
    "moods": _moods,
    "plans": _plans,
    "population": _population,
}
_HERE: Final = ("turnout", "moods")
_THERE: Final = ("plans", "population")
"""The parts in two halves that take about as long."""
