"""Discovery: a box that was planted is found, and where there is none, none is told."""

import math
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.stats import binom, qmc

from sim.errors import InputError
from sim.experiment.sensitivity import better_points
from sim.experiment.sensitivity import discover as discover_and_shuffle
from sim.streams import Streams
from tests.experiment.sensitivity.made import grid, table_of

discover = partial(discover_and_shuffle, shuffles=0)


def scattered(points: int = 512) -> pd.DataFrame:
    x = qmc.Sobol(3, scramble=False).random(points)
    return pd.DataFrame({"fine": 200 * x[:, 0], "notice": 20 * x[:, 1], "anger": x[:, 2]})


def chance(points: int) -> npt.NDArray[np.float64]:
    return np.array(Streams(3).uniforms("a planted box", points))


def planted(settings: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return ((settings["fine"] > 120) & (settings["notice"] < 8)).to_numpy()


def test_a_planted_box_is_found() -> None:
    settings = scattered()
    (box, *_) = discover(settings, planted(settings), wished_density=1.0, peel=0.05)
    assert set(box.limits["factor"]) == {"fine", "notice"}
    limits = box.limits.set_index("factor")
    assert limits.loc["fine", "least"] == pytest.approx(120, abs=4)
    assert limits.loc["fine", "most"] == math.inf
    assert limits.loc["notice", "most"] == pytest.approx(8, abs=0.5)
    assert limits.loc["notice", "least"] == -math.inf
    assert box.density == 1
    assert box.coverage > 0.97
    assert (limits["quasi_p"] < 1e-10).all()


def test_a_planted_box_is_found_through_noise() -> None:
    """Nine in ten hold inside, one in ten outside."""
    settings = scattered()
    holds = chance(512) < np.where(planted(settings), 0.9, 0.1)
    (box, *_) = discover(settings, holds, wished_density=0.85)
    limits = box.limits.set_index("factor")
    assert limits.loc["fine", "least"] == pytest.approx(120, abs=20)
    assert limits.loc["notice", "most"] == pytest.approx(8, abs=2)
    assert box.density >= 0.85
    assert limits.loc[["fine", "notice"], "quasi_p"].max() < 1e-6


def test_coverage_density_and_support_are_what_they_say() -> None:
    settings = scattered(256)
    holds = chance(256) < np.where(planted(settings), 0.9, 0.2)
    for box in discover(settings, holds):
        assert box.points == box.inside.sum()
        assert box.density == pytest.approx(holds[box.inside].mean())
        assert box.coverage == pytest.approx(holds[box.inside].sum() / holds.sum())
        assert box.support == pytest.approx(box.inside.mean())
        assert box.support >= 0.05
        assert (np.diff(box.peeling["points"]) < 0).all()


def test_the_quasi_p_value_is_the_binomial_tail() -> None:
    settings = scattered(128)
    holds = chance(128) < np.where(settings["fine"] > 100, 0.7, 0.4)
    (box, *_) = discover(settings, holds, wished_density=0.7)
    limits = box.limits.set_index("factor")
    for factor, row in limits.iterrows():
        lifted = np.ones(128, bool)
        for name, limit in limits.drop(factor).iterrows():
            lifted &= settings[str(name)].between(limit["least"], limit["most"]).to_numpy()
        tail = binom.sf(int(holds[box.inside].sum()) - 1, box.points, holds[lifted].mean())
        assert row["quasi_p"] == pytest.approx(tail, rel=1e-6, abs=0)
        assert tail > 1e-9


def test_words_are_levels() -> None:
    settings = scattered(256).assign(style=np.repeat(["mild", "firm", "harsh", "none"], 64).tolist())
    holds = settings["style"].isin(["mild", "firm"]).to_numpy() & (settings["fine"] < 100).to_numpy()
    (box, *_) = discover(settings, holds, wished_density=1.0)
    limits = box.limits.set_index("factor")
    assert limits.loc["style", "levels"] == "mild|firm"
    assert box.coverage == 1


def test_a_grid_is_peeled_level_by_level() -> None:
    design = pd.DataFrame(grid(threshold=[10, 25, 50, 100, 250, 500], fine=[0, 10, 20, 50, 100, 200]))
    holds = ((design["threshold"] >= 100) & (design["fine"] <= 20)).to_numpy()
    (box,) = discover(design, holds, wished_density=1.0)
    limits = box.limits.set_index("factor")
    assert (limits.loc["threshold", "least"], limits.loc["fine", "most"]) == (100, 20)
    np.testing.assert_array_equal(box.inside, holds)


def test_two_places_are_two_boxes() -> None:
    settings = scattered()
    other = ((settings["fine"] < 50) & (settings["anger"] > 0.6)).to_numpy()
    boxes = discover(settings, planted(settings) | other, wished_density=1.0)
    assert len(boxes) == 2
    assert not (boxes[0].inside & boxes[1].inside).any()
    assert (boxes[0].inside | boxes[1].inside)[planted(settings) | other].mean() > 0.97


def test_where_there_is_nothing_the_box_says_so() -> None:
    """Pure chance: what is found, if anything, is far from what was wished and covers little."""
    settings = scattered(256)
    for share in (0.2, 0.3, 0.5):
        for box in discover(settings, chance(256) < share, wished_density=1.0):
            assert box.coverage < 0.5
            assert box.limits["quasi_p"].max() <= 0.05


def test_what_the_search_finds_by_chance_is_told() -> None:
    """A planted box is found in no shuffle; of pure chance, one search in ten is as surprising as one shuffle in ten."""
    settings = scattered(64)
    (box, *_) = discover_and_shuffle(settings, planted(settings), most_boxes=1, shuffles=19)
    assert box.by_chance == 1 / 20
    low = 0
    for number in range(30):
        holds = np.array(Streams(number).uniforms("nothing", 64)) < 0.3
        found = discover_and_shuffle(settings, holds, most_boxes=1, shuffles=9)
        low += bool(found) and found[0].by_chance <= 0.1
    assert low <= 30 * 0.1 + 3 * math.sqrt(30 * 0.1 * 0.9)


def test_the_largest_box_of_the_wished_density_is_told() -> None:
    settings = scattered()
    holds = chance(512) < np.where(planted(settings), 1.0, 0.2)
    (loose, *_), (strict, *_) = (discover(settings, holds, wished_density=wish) for wish in (0.6, 0.95))
    assert loose.density >= 0.6
    assert strict.density >= 0.95
    assert loose.coverage > strict.coverage


def test_where_one_law_does_better_than_another() -> None:
    settings = grid(law=["permit", "notice"], fine=[0, 100], style=["mild", "harsh"])
    y = np.array([[5.0, 5], [1, 1], [5, 7], [9, 9], [4, 4], [4, 4], [6, 6], [math.nan, 8]])
    runs = table_of(settings, {"turnout": y})
    found = better_points(runs, "turnout", "law", "permit", "notice", ["fine", "style"]).set_index(["fine", "style"])
    assert found["difference"].to_dict() == {(0, "mild"): 1, (0, "harsh"): -3, (100, "mild"): 0, (100, "harsh"): 1}
    assert found["pairs"].tolist() == [2, 2, 2, 1]
    assert found["better"].tolist() == [True, False, False, True]
    less = better_points(runs, "turnout", "law", "permit", "notice", ["fine", "style"], more_is_better=False)
    assert less["better"].tolist() == [False, True, False, False]
    with pytest.raises(InputError, match="law: found no two points that differ only in 'permit' and 'ban'"):
        better_points(runs, "turnout", "law", "permit", "ban", ["fine", "style"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"holds": np.zeros(64, bool)}, "holds: found 0 of 64 points where it holds; allowed: some points where it holds"),
        ({"holds": np.ones(64, bool)}, "holds: found 64 of 64"),
        ({"holds": np.ones(5, bool)}, r"settings: found \(64, 3\) for 5 points"),
        ({"peel": 0.0}, "peel: found 0; allowed: a share above 0"),
        ({"peel": 0.9}, "half the points at once is not patient"),
        ({"wished_density": 2.0}, "wished_density: found 2"),
    ],
)
def test_what_cannot_be_discovered(change: dict[str, object], words: str) -> None:
    settings = scattered(64)
    asked: dict[str, object] = {"holds": planted(settings), **change}
    with pytest.raises(InputError, match=words):
        discover(settings, **asked)  # type: ignore[arg-type]
