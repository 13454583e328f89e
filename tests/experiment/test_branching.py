"""A common past is run once, and nobody can tell."""

from typing import Any

import pandas as pd
import pytest

from sim.experiment import compare, simulate
from sim.experiment.branching import simulate_all
from sim.experiment.runs import town_for
from sim.experiment.units import CHILLED, benchmark_of
from sim.model import ProtestModel
from sim.scenario import Scenario, load_scenario

REFORM = {"date": "2019-06-21", "title": "Another law", "law": "germany/federal"}
LATER = {"date": "2019-07-11", "title": "A third law", "law": "kazakhstan/1995"}


SMALL = {
    "town.people.adults": 3000,
    "organisers.per_100k": 500,
    "organisers.opportunities": 20.0,
    "scenario.days": 60,
    "scenario.start": "2019-06-01",
    "scenario.counterfactual": True,
    "shocks": [],
}


def scenario(**changes: Any) -> Scenario:
    return load_scenario("seminar", {**SMALL, **{key.replace("__", "."): value for key, value in changes.items()}})


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the days that models live, one entry a day."""
    days, step = [], ProtestModel.step

    def counted(model: ProtestModel) -> None:
        step(model)
        days.append(model.today)

    monkeypatch.setattr(ProtestModel, "step", counted)
    return days


def test_each_run_is_the_one_from_the_start(lived: list[int]) -> None:
    """A family: one with a reform, one with two, one without, one that ends early, the first again, and one of its own."""
    family = [
        scenario(reforms=[REFORM]),
        scenario(reforms=[REFORM, LATER]),
        scenario(),
        scenario(reforms=[REFORM], scenario__days=30),
        scenario(reforms=[REFORM], scenario__title="By another name"),
        scenario(law="no-law"),
        scenario(law="no-law", scenario__days=70),
    ]
    town = town_for(family[0], 1)
    together = simulate_all(family, 1, town)
    assert len(lived) == 60 + 20 + 40 + 0 + 0 + 60 + 10
    for one, run in zip(family, together, strict=True):
        alone = simulate(one, 1, town)
        assert run.record.to_bytes() == alone.record.to_bytes()
        assert run.scenario is one
        pd.testing.assert_series_equal(run.indicators, alone.indicators, check_exact=True)
        pd.testing.assert_frame_equal(run.tables.assemblies, alone.tables.assemblies, check_exact=True)


def test_a_comparison_is_that_of_two_runs_from_the_start(lived: list[int]) -> None:
    a, b = scenario(), scenario(reforms=[REFORM])
    done = compare(a, b, [1, 2], 1, benchmark=True, keep_records=True)
    assert len(lived) == 2 * (60 + 40 + 60), "and the benchmark of both is one run"
    rows = done.tables["indicators"].set_index(["scenario", "seed"])
    for name, one in zip(done.names, (a, b), strict=True):
        for seed in (1, 2):
            alone, hoped = simulate(one, seed), simulate(benchmark_of(one), seed)
            assert done.records[name, seed] == alone.record
            own = rows.loc[(name, seed), list(alone.indicators.index)].astype(float)
            pd.testing.assert_series_equal(own, alone.indicators, check_names=False, check_exact=True)
            chilled = hoped.tables.everyone["attendances"] - alone.tables.everyone["attendances"]
            assert rows.loc[(name, seed), CHILLED[0]] == chilled


def test_scenarios_that_never_differ_are_run_once(lived: list[int]) -> None:
    one = scenario()
    done = compare(one, one.model_copy(update={"name": "the same"}), [1], 1)
    assert len(lived) == 60
    assert (done.effects["difference"] == 0).all()
