"""Draws from a posterior for single runs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.experiment.calibration import drawn_scenario, load_posterior, posterior_settings
from sim.scenario import Scenario, load_scenario
from sim.streams import Streams


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three draws, the last with half of the weight."""
    draws = {
        "draw": [0, 1, 2],
        "weight": [0.3, 0.2, 0.5],
        "effort": [1.0, 2.0, 3.5],
        "style": [0.1, 0.2, 0.3],
        "outlets": [1.0, 2.0, 3.0],
    }
    about = {
        "parameter": ["effort", "style", "outlets"],
        "key": ["choices.effort_cost", "police.style", "press.outlets"],
        "place": ["", "here", ""],
        "town": ["", "seminar", ""],
    }
    pd.DataFrame(draws).to_csv(tmp_path / "posterior.csv", index=False)
    pd.DataFrame(about).to_csv(tmp_path / "parameters.csv", index=False)
    return tmp_path


def test_draws_come_as_often_as_their_weight(folder: Path) -> None:
    posterior = load_posterior(folder)
    numbers = np.bincount([posterior.number(seed) for seed in range(4000)], minlength=3) / 4000
    assert numbers == pytest.approx([0.3, 0.2, 0.5], abs=0.025)


def test_a_seed_always_has_its_draw_and_disturbs_no_other_stream(folder: Path) -> None:
    posterior = load_posterior(folder)
    assert [posterior.number(seed) for seed in range(50)] == [load_posterior(folder).number(seed) for seed in range(50)]
    others = {posterior.number(3, place) for place in range(40)}
    assert others == {0, 1, 2}
    part = Streams(5).uniform("posterior", 0)
    assert posterior.number(5) == (0 if part < 0.3 else 1 if part < 0.5 else 2)


def test_settings_are_those_of_the_town(folder: Path) -> None:
    posterior = load_posterior(folder)
    seed = next(seed for seed in range(99) if posterior.number(seed) == 2)
    here = posterior_settings(folder, seed, "seminar")
    assert here == {"choices.effort_cost": 3.5, "police.style": 0.3, "press.outlets": 3}
    assert isinstance(here["press.outlets"], int)
    assert posterior_settings(posterior, seed, "berlin") == {"choices.effort_cost": 3.5, "press.outlets": 3}


def test_a_drawn_scenario_is_what_its_settings_make(folder: Path, small: Scenario) -> None:
    posterior = load_posterior(folder)
    seed = next(seed for seed in range(99) if posterior.number(seed) == 1)
    drawn = drawn_scenario(load_scenario("seminar"), posterior, seed)
    assert drawn.fingerprint == load_scenario("seminar", posterior_settings(posterior, seed, "seminar")).fingerprint
    assert drawn_scenario(small, posterior, seed).choices.effort_cost == 2.0


def test_two_laws_with_one_seed_share_their_parameters(folder: Path) -> None:
    posterior = load_posterior(folder)
    one, other = (drawn_scenario(load_scenario("seminar", {"law.threshold": size}), posterior, 7) for size in (50, 100))
    assert one.choices == other.choices
    assert one.police == other.police


def test_what_is_no_posterior_is_told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(
        InputError, match=r"posterior\.csv: found no such file; allowed: what protestlaw calibrate writes"
    ) as caught:
        load_posterior(empty)
    assert "parameters.csv" in str(caught.value)
    table = pd.read_csv(folder / "posterior.csv")
    table.drop(columns="style").to_csv(folder / "posterior.csv", index=False)
    with pytest.raises(InputError, match=r"posterior\.csv, style: found no such column"):
        load_posterior(folder)
    table.assign(style=["a", "b", "c"], effort=[1.0, np.nan, 2.0]).to_csv(folder / "posterior.csv", index=False)
    with pytest.raises(InputError, match="2 problems") as caught:
        load_posterior(folder)
    assert "posterior.csv, style: found what is no number" in str(caught.value)
    table.assign(weight=0.0).to_csv(folder / "posterior.csv", index=False)
    with pytest.raises(InputError, match=r"posterior\.csv, weight: found no weight"):
        load_posterior(folder)
