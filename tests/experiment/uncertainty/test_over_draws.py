"""Runs with drawn parameters: pairs stay pairs, intervals rest on draws, and tables say which draw a run had."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.experiment import Comparison, compare, repeat, simulate
from sim.experiment.effects import effects, mean_interval
from sim.experiment.uncertainty import Drawn, drawn_scenario, load_posterior, split_uncertainty
from sim.experiment.uncertainty.over_draws import SPLIT, averaged, effects_over_draws
from sim.experiment.units import TABLES
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Two parameters of people and organisers, one of them a trait: each draw has a town of its own."""
    folder = tmp_path_factory.mktemp("posterior")
    pd.DataFrame({"draw": [0, 1], "weight": [0.5, 0.5], "effort": [0.8, 1.6], "theta": [1.0, 1.1]}).to_csv(
        folder / "posterior.csv", index=False
    )
    keys = ["choices.effort_cost", "traits.reluctance_mean"]
    about = {"parameter": ["effort", "theta"], "key": keys, "place": "", "town": ""}
    pd.DataFrame(about).to_csv(folder / "parameters.csv", index=False)
    return load_posterior(folder)


@pytest.fixture(scope="module")
def drawn(posterior: Drawn, small: Scenario, without_threshold: Scenario) -> Comparison:
    return compare(small, without_threshold, 5, 1, uncertainty=posterior, draws=2)


def test_a_run_is_that_of_the_drawn_scenario(drawn: Comparison, posterior: Drawn, small: Scenario) -> None:
    """Seed 3 has the draw of seed 1; nothing else about it is new."""
    rows = drawn.tables["indicators"].set_index(["scenario", "seed"]).loc[drawn.names[0]]
    own = simulate(drawn_scenario(small, posterior, seed=1), 3).indicators
    np.testing.assert_array_equal(rows.loc[3, list(own.index)].to_numpy(float), own.to_numpy(float))
    assert rows["draw"].tolist() == [1, 2, 1, 2, 1]


def test_tables_have_the_draw_beside_the_seed(drawn: Comparison) -> None:
    assert set(drawn.tables) == {"indicators", *TABLES, "draws"}
    for name in ("indicators", *TABLES):
        assert list(drawn.tables[name].columns[:3]) == ["scenario", "seed", "draw"], name
    assert drawn.draws is not None
    assert drawn.tables["draws"]["seeds"].tolist() == [3, 2]
    assert drawn.tables["draws"]["posterior_row"].tolist() == list(drawn.draws.rows)


def test_intervals_rest_on_draws(drawn: Comparison) -> None:
    rows = drawn.tables["indicators"]
    a, b = (rows[rows["scenario"] == name].set_index("seed")["attendance"] for name in drawn.names)
    means = (b - a).groupby([1, 2, 1, 2, 1]).mean().to_numpy()
    row = drawn.effects.set_index("indicator").loc["attendance"]
    assert (row["difference"], row["low"], row["high"]) == pytest.approx(mean_interval(means))
    assert row["mean_b"] - row["mean_a"] == pytest.approx(row["difference"])
    assert (row["pairs"], row["draws"]) == (5, 2)
    split = split_uncertainty(pd.DataFrame({"draw": [1, 2, 1, 2, 1], "seed": range(5), "difference": (b - a).to_numpy()}))
    assert [row[name] for name in SPLIT] == pytest.approx([getattr(split, name) for name in SPLIT], nan_ok=True)


def test_who_came_rests_on_draws_too(drawn: Comparison) -> None:
    assert (drawn.participants["pairs"] == 5).all()
    rows = drawn.participants.set_index(["quintile", "outcome"])["mean"]
    people = drawn.tables["indicators"].groupby(["scenario", "draw"])["unique_participants"].mean().groupby("scenario").mean()
    assert rows["all", "only_a"] + rows["all", "both"] == pytest.approx(people[drawn.names[0]])


def test_nothing_differs_from_itself_in_any_draw(posterior: Drawn, small: Scenario) -> None:
    done = compare(small, small, 2, 1, uncertainty=posterior)
    assert (done.effects[["difference", "low", "high"]] == 0).all(axis=None)
    assert done.effects["noise"].isna().all()  # one seed a draw


def test_the_number_of_processes_changes_nothing(posterior: Drawn, small: Scenario, without_threshold: Scenario) -> None:
    found = [compare(small, without_threshold, 4, jobs, uncertainty=posterior) for jobs in (1, 2)]
    pd.testing.assert_frame_equal(found[0].effects, found[1].effects, check_exact=True)
    pd.testing.assert_frame_equal(found[0].tables["assemblies"], found[1].tables["assemblies"], check_exact=True)


def test_replications_over_draws(posterior: Drawn, small: Scenario) -> None:
    done = repeat(small, 4, 1, uncertainty=posterior, draws=2, kept={"choices.effort_cost"})
    values = done.tables["indicators"].set_index("draw")["events_held"]
    means = values.groupby(level=0).mean().to_numpy()
    row = done.summary.set_index("indicator").loc["events_held"]
    assert (row["mean"], row["low"], row["high"]) == pytest.approx(mean_interval(means))
    assert row["sd"] == pytest.approx(values.std())
    assert (row["runs"], row["draws"]) == (4, 2)
    assert list(done.tables["draws"].columns) == ["draw", "posterior_row", "seeds", "theta"]


def test_without_values_pairs_and_draws_are_left_out() -> None:
    """The second draw has no pair with a value, the first one only one under both."""
    a = pd.DataFrame({"x": [1.0, np.nan, 3.0, 2.0], "y": [1.0, 2.0, 3.0, 4.0]})
    b = pd.DataFrame({"x": [2.0, 3.0, np.nan, 5.0], "y": [2.0, 4.0, 6.0, 8.0]})
    found = effects_over_draws(a, b, [1, 2, 1, 3]).set_index("indicator")
    assert (found.loc["x", "pairs"], found.loc["x", "draws"], found.loc["x", "difference"]) == (2, 2, 2.0)
    assert np.isnan(found.loc["x", "noise"])
    assert found.loc["y", "difference"] == pytest.approx(np.mean([2.0, 2.0, 4.0]))


def test_one_pair_for_each_draw_is_what_pairs_are() -> None:
    a, b = pd.DataFrame({"x": [1.0, 2.0, 4.0]}), pd.DataFrame({"x": [2.0, 1.0, 7.0]})
    pd.testing.assert_frame_equal(effects_over_draws(a, b, [1, 2, 3]).drop(columns=list(SPLIT)), effects(a, b))


def test_averaged_is_by_draw() -> None:
    found = averaged([np.array([1, 2]), np.array([10, 20]), np.array([3, 4])], [1, 2, 1])
    assert [list(one) for one in found] == [[2.0, 3.0], [10.0, 20.0]]


def test_the_folder_of_a_calibration_is_asked_for_where_none_is_shipped(tmp_path: Path) -> None:
    from sim.errors import InputError

    with pytest.raises(InputError, match="what protestlaw calibrate writes"):
        load_posterior(tmp_path)
