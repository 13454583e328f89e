"""Sweeps whose parameters are drawn from a posterior: each seed has its draw, and intervals rest on draws."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.experiment import simulate
from sim.experiment.design import Design, load_design
from sim.experiment.effects import mean_interval
from sim.experiment.sweeping import Sweep, analyses, replicates, sweep
from sim.experiment.uncertainty import drawn_scenario

TEXT = """
[experiment]
title = "A drawn grid"
question = "What does the threshold do, if effort is not known?"
base = "seminar"
design = "grid"
seeds = 4
outcomes = ["attendance", "events_held"]
baseline = { threshold = "none" }
uncertainty = "posterior"
posterior = "made"

[set]
"town.people.adults" = 4000
"organisers.per_100k" = 500
"organisers.opportunities" = 12.0
"scenario.days" = 40
"shocks" = []

[factors.threshold]
key = "law.threshold"
levels = [10, "none"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the text stands, with a posterior beside it."""
    place = tmp_path_factory.mktemp("texts")
    (place / "made").mkdir()
    draws = {"draw": [0, 1, 2], "weight": 1.0, "effort": [0.8, 1.2, 1.6], "style": [0.2, 0.4, 0.6]}
    pd.DataFrame(draws).to_csv(place / "made" / "posterior.csv", index=False)
    keys = ["choices.effort_cost", "police.style"]
    about = {"parameter": ["effort", "style"], "key": keys, "place": "", "town": ""}
    pd.DataFrame(about).to_csv(place / "made" / "parameters.csv", index=False)
    return place


def read(folder: Path, text: str) -> Design:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return load_design(folder / "mine.toml")


@pytest.fixture(scope="module")
def design(folder: Path) -> Design:
    return read(folder, TEXT)


@pytest.fixture(scope="module")
def done(design: Design, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(design, tmp_path_factory.mktemp("runs"), 1)


def test_a_row_is_a_run_of_the_drawn_scenario(design: Design, done: Sweep) -> None:
    assert list(done.runs.columns[:7]) == ["point", "threshold", "scenario", "seed", "draw", "status", "error"]
    assert done.runs["draw"].tolist() == [1, 2, 1, 2] * 2
    row = done.runs.iloc[2]
    assert design.draws is not None
    own = simulate(drawn_scenario(design.scenarios[0], design.draws.posterior, seed=1), 3).indicators
    np.testing.assert_array_equal(row[list(own.index)].to_numpy(float), own.to_numpy(float))


def test_it_is_gone_on_with_and_is_no_other_experiment(folder: Path, design: Design, tmp_path: Path) -> None:
    sweep(replace(design, seeds=(1, 2)), tmp_path, 1)
    assert sweep(design, tmp_path, 1).count == (8, 0, 8, 4)
    assert sweep(design, tmp_path, 1).count == (8, 0, 8, 8)
    plain = read(folder, TEXT.replace('uncertainty = "posterior"\nposterior = "made"\n', ""))
    assert sweep(plain, tmp_path, 1).count == (8, 0, 8, 0)
    assert plain.fingerprint != design.fingerprint
    assert read(folder, TEXT).fingerprint == design.fingerprint
    assert read(folder, TEXT + "\n").fingerprint == design.fingerprint


def test_intervals_rest_on_draws(design: Design, done: Sweep) -> None:
    said = analyses(design, done.runs)
    assert {"draws", "uncertainty", "effects"} <= said.tables.keys()
    one, other = (done.runs[done.runs["point"] == point].set_index("seed")["attendance"] for point in (1, 0))
    means = (other - one).groupby([1, 2, 1, 2]).mean().to_numpy()
    for name in ("effects", "uncertainty"):
        row = said.tables[name].set_index("outcome").loc["attendance"]
        assert (row["difference"], row["low"], row["high"]) == pytest.approx(mean_interval(means)), name
    assert row["draws"] == 2
    assert any("draws are meant" in warning for warning in said.warnings)


def test_a_run_that_fails_leaves_its_draw_to_the_others(design: Design, done: Sweep) -> None:
    runs = done.runs.copy()
    failed = (runs["seed"] == 3) | (runs["draw"] == 2) & (runs["point"] == 0)
    runs.loc[failed, "status"] = "failed"
    runs.loc[failed, runs.columns[7:]] = np.nan
    found = replicates(design, runs)
    assert found["status"].tolist() == ["done", "failed", "done", "done"]
    assert found["seed"].tolist() == [1, 2, 1, 2]
    assert found["attendance"].iloc[0] == runs["attendance"].iloc[0]


def test_what_is_varied_or_set_is_not_drawn(folder: Path) -> None:
    found = read(folder, TEXT + '[factors.practice]\nlevels = { own = {}, hard = { "police.style" = 0.9 } }\n')
    assert [[one.police.style for one in row] for row in found.drawn][1] == [0.9, 0.9]
    assert 0.9 not in [one.police.style for one in found.drawn[0]]
    assert found.drawn[0][0].choices == found.drawn[1][0].choices
    assert any("Not drawn where the text sets it: police.style" in note for note in found.notes)
    assert any("Drawn from the posterior: 2 parameters." in note for note in found.notes)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("seeds = 4", "seeds = 5", "experiment.draws: found nothing, and 5 seeds; allowed: a number of draws by which"),
        ("seeds = 4", "seeds = 6\ndraws = 4", "experiment.draws: found 4; allowed: a number by which 6 seeds .* 2, 3, 6"),
        ("seeds = 4", "seeds = 1", "experiment.seeds: found one seed; allowed: two or more"),
        ('uncertainty = "posterior"', "draws = 2", "experiment.posterior: found 'made'; allowed: nothing, or uncertainty = "),
        ('"posterior"\n', '"posteriour"\n', "experiment.uncertainty: found 'posteriour'.* did you mean 'posterior'"),
        ('"made"', '"nowhere"', "nowhere: 2 problems\n  posterior.csv: found no such file"),
    ],
)
def test_texts_that_cannot_be_drawn(folder: Path, before: str, after: str, words: str) -> None:
    assert before in TEXT
    with pytest.raises(InputError, match=words):
        read(folder, TEXT.replace(before, after, 1))


def test_a_practice_sets_all_that_officials_do(folder: Path) -> None:
    text = TEXT.replace("[factors.threshold]", '[factors.practice]\nlevels = ["germany", "belarus"]\n\n[factors.threshold]')
    found = read(folder, text)
    assert {one.police.style for one in found.drawn[0]} == {0.1}
    assert {one.police.style for one in found.drawn[2]} == {0.7}
    assert len({one.choices.effort_cost for row in found.drawn for one in row}) == 2
