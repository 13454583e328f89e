"""The processes of a live page: the same numbers as any other run, and a server that outlives what happens to them."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.exploring import (
    Crew,
    Explorer,
    GistStore,
    Growth,
    Law,
    cells_of,
    fill,
    levels_asked,
    load_explorer,
    plain,
    scenario_under,
    unit_of,
)
from tests.interface.explorer.made import LIVE, written

QUICK = LIVE.replace('"scenario.days" = 40', '"scenario.days" = 15').replace("seeds = 4", "seeds = 2")


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    return load_explorer(written(tmp_path_factory.mktemp("text"), QUICK))


@pytest.fixture(scope="module")
def growth(explorer: Explorer) -> Growth:
    units = [unit_of(name) for name in explorer.text.explorer.outcomes]
    return Growth(explorer, lambda told: json.dumps([plain(told.cell, units, told.missing), *told[2:]]).encode())


@pytest.fixture(scope="module")
def crew(explorer: Explorer, growth: Growth) -> Iterator[Crew]:
    with Crew(explorer, growth, 1, 60.0) as crew:
        yield crew


def answer(growth: Growth, explorer: Explorer, **levels: object) -> list[Any]:
    """What the runs of a law came to."""
    scenario = scenario_under(explorer, levels_asked(explorer, levels))
    end = time.monotonic() + 60
    while time.monotonic() < end:
        (found,) = growth.ask("somebody", [Law(scenario.fingerprint, scenario)])
        if not found.more:
            said: list[Any] = json.loads(found.body)
            return said
        time.sleep(0.05)
    raise AssertionError("it did not come to an end")


@pytest.mark.usefixtures("crew")
def test_a_cell_is_the_same_live_as_in_a_page(explorer: Explorer, growth: Growth, tmp_path: Path) -> None:
    with GistStore(tmp_path) as store:
        fill(explorer, store, 1)
        cells = cells_of(explorer, store)
    units = [unit_of(name) for name in explorer.text.explorer.outcomes]
    points = explorer.design.points[list(explorer.text.levers)].to_dict("records")
    for point in (2, 7):
        told, done, *_ = answer(growth, explorer, **points[point])
        assert done == 2
        assert told == json.loads(json.dumps(plain(cells[point], units)))
    other, *_ = answer(growth, explorer, threshold=33)
    assert other["threshold"] == 33


def test_a_process_that_is_killed_is_replaced(explorer: Explorer, growth: Growth, crew: Crew) -> None:
    (lane,) = crew._lanes
    assert lane._processes is not None
    (process,) = lane._processes._started
    os.kill(process.pid, signal.SIGKILL)
    _, done, _, more, failed, *_ = answer(growth, explorer, threshold=34)
    assert (done, more, failed) == (2, False, 0)
    assert lane._processes is not None
    assert lane._processes._started != {process}


def test_a_run_that_takes_too_long_is_ended_and_the_others_go_on(
    explorer: Explorer, growth: Growth, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = scenario_under(explorer, levels_asked(explorer, {"threshold": 35}))
    law = Law(scenario.fingerprint, scenario)
    with monkeypatch.context() as limited:
        limited.setattr(crew, "_seconds", 1e-6)
        while not growth.ask("somebody", [law])[0].done:
            time.sleep(0.01)
    _, done, of, more, failed, why, said = answer(growth, explorer, threshold=35)
    assert (done, of, more, failed, why) == (2, 2, False, 1, "slow")
    assert said == "it took more than 1e-06 seconds"
