"""Draws from a posterior for single runs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError, ScenarioError
from sim.experiment.uncertainty import changed, drawn_scenario, load_posterior, posterior_settings
from sim.experiment.uncertainty.posterior import SAID
from sim.scenario import Scenario, load_scenario
from sim.streams import Streams


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


def test_what_is_drawn_is_told_by_town(folder: Path) -> None:
    posterior = load_posterior(folder)
    assert posterior.in_words("seminar") == "Drawn from the posterior: 3 parameters, 1 of them of seminar."
    assert posterior.in_words("berlin") == (
        "Drawn from the posterior: only the 2 parameters that all places share; those of a place are of seminar, none of berlin."
    )


def test_the_digest_is_that_of_all_that_moves_a_draw(folder: Path) -> None:
    before = load_posterior(folder).digest
    assert load_posterior(folder).digest == before
    table = pd.read_csv(folder / "posterior.csv")
    table.assign(weight=[0.3, 0.3, 0.4]).to_csv(folder / "posterior.csv", index=False)
    assert load_posterior(folder).digest != before


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("choices.effort_cots", 1.0, "choices.effort_cots: found the unknown key 'effort_cots'.* did you mean 'effort_cost'"),
        ("police.style", 1.5, "police.style: found 1.5; allowed: less than or equal to 1"),
        ("press.outlets", 1.5, "press.outlets: found 1.5; allowed: a whole number"),
        ("polize.style", 0.5, "polize: found the unknown key 'polize'.* did you mean 'police'"),
    ],
)
def test_a_posterior_that_a_scenario_cannot_have_is_refused(key: str, value: float, words: str) -> None:
    """As that of other code, in which a parameter had another name or range."""
    with pytest.raises(ScenarioError, match=f"the posterior: 1 problem\n  {words}"):
        changed(load_scenario("seminar"), {key: value}, SAID)
