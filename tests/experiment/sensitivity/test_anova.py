"""Shares of variance: known functions on a grid, and noise that must not pass for an effect."""

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.errors import InputError
from sim.experiment.sensitivity import interactions, main_effects, variance_shares
from sim.experiment.sensitivity.anova import HIGHER, NOISE
from tests.experiment.sensitivity.made import grid, noise, outcome, table_of

THREE = grid(a=[-1, 1], b=[-1, 1], c=["low", "high"])


def test_a_known_function_is_split_as_on_paper() -> None:
    """y = 3 a + 2 b + a b with a, b = -1, 1: variances 9, 4 and 1."""
    y = outcome(THREE, lambda a, b, _: 3 * a + 2 * b + a * b, 3)
    found = variance_shares(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"]).set_index("term")
    assert found["variance"].to_dict() == pytest.approx(
        {"a": 9, "b": 4, "c": 0, "a x b": 1, "a x c": 0, "b x c": 0, HIGHER: 0, NOISE: 0}, abs=1e-12
    )
    assert found["share"].to_dict()["a"] == pytest.approx(9 / 14)


@settings(max_examples=25)
@given(arrays(np.float64, (12, 4), elements=st.floats(-100, 100)))
def test_the_shares_add_up_to_one(y: npt.NDArray[np.float64]) -> None:
    design = grid(a=[1, 2, 3], b=[1, 2], c=[1, 2])
    found = variance_shares(table_of(design, {"y": y}), ["a", "b", "c"], ["y"])
    total = float(y.mean(axis=1).var())
    if total > 1e-6:
        assert found["share"].sum() == pytest.approx(1)
        assert found["variance"].sum() == pytest.approx(total)
        assert found["share_raw"].sum() == pytest.approx(1)


def test_noise_is_told_as_noise() -> None:
    """a has a variance of 1; the means of 5 seeds with variance 4 have noise of (8 - 1) / 8 * 4 / 5 = 0.7. Over 100 sweeps."""
    design, found = outcome(THREE, lambda a, _b, _c: a, 5), []
    for repeat in range(100):
        y = design + 2 * noise(8, 5, f"sweep {repeat}") + 10 * noise(1, 5, f"seeds {repeat}")
        found.append(variance_shares(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"]).set_index("term")["variance"])
    mean = {term: float(np.mean([one[term] for one in found])) for term in found[0].index}
    assert mean["a"] == pytest.approx(1, abs=0.25)
    assert mean[NOISE] == pytest.approx(0.7, abs=0.07)
    for term in ("b", "c", "a x b", "b x c", HIGHER):
        assert mean[term] == pytest.approx(0, abs=0.05), term


def test_noise_that_neighbouring_points_share_is_taken_out_too() -> None:
    """A seed's own liking for b, and nothing else: the mean of b's variance over 120 sweeps is 0, though b's raw one is not."""
    found = []
    for repeat in range(120):
        y = outcome(THREE, lambda _a, b, _c: b, 4) * noise(1, 4, f"liking {repeat}")
        found.append(variance_shares(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"]).set_index("term").loc["b", "variance"])
    assert np.mean(found) == pytest.approx(0, abs=4 * np.std(found) / math.sqrt(120))


def test_one_seed_cannot_tell_noise() -> None:
    found = variance_shares(table_of(THREE, {"y": noise(8, 1)}), ["a", "b", "c"], ["y"])
    assert found["share"].isna().all()
    assert found["share_raw"].sum() == pytest.approx(1)


def test_seeds_without_every_point_are_left_out() -> None:
    y = noise(8, 4)
    y[3, 1] = math.nan
    found = variance_shares(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"])
    assert set(found["seeds"]) == {3}
    assert set(found["left_out"]) == {1}


def test_an_outcome_without_a_complete_seed_has_rows_without_numbers() -> None:
    y = noise(8, 2)
    y[0] = math.nan
    runs = table_of(THREE, {"y": y})
    assert main_effects(runs, ["a", "b", "c"], ["y"])["effect"].isna().all()
    assert variance_shares(runs, ["a", "b", "c"], ["y"])["share"].isna().all()


def test_main_effects_are_means_less_the_grand_mean() -> None:
    """y = 3 a + ..., seeds that shift all alike: effects -3 and 3, exactly."""
    y = outcome(THREE, lambda a, b, _: 50 + 3 * a + a * b, 4) + noise(1, 4)
    found = main_effects(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"]).set_index(["factor", "level"])
    assert found.loc[("a", -1), ["effect", "low", "high"]].tolist() == pytest.approx([-3, -3, -3])
    assert found.loc[("a", 1), "mean"] == pytest.approx(53 + noise(1, 4).mean())
    assert found.loc[("c", "high"), "effect"] == pytest.approx(0)


def test_interactions_are_what_is_left() -> None:
    y = outcome(THREE, lambda a, b, _: 3 * a + 2 * b + a * b, 3) + noise(1, 3)
    found = interactions(table_of(THREE, {"y": y}), ["a", "b", "c"], ["y"])
    assert len(found) == 3 * 4
    own = found[(found["factor"] == "a") & (found["other"] == "b")]
    np.testing.assert_allclose(own["interaction"], own["level"].astype(float) * own["other_level"].astype(float))
    np.testing.assert_allclose(own["low"], own["interaction"])
    np.testing.assert_allclose(found[found["other"] == "c"]["interaction"], 0, atol=1e-12)


def test_points_that_are_no_full_grid() -> None:
    runs = table_of(THREE, {"y": noise(8, 2)})
    with pytest.raises(InputError, match=r"7 points at 7 of 8 combinations of a, b, c; allowed: a full grid"):
        variance_shares(runs[runs["point"] != 3], ["a", "b", "c"], ["y"])
    with pytest.raises(InputError, match=r"8 points at 4 of 4 combinations of a, b; allowed: a full grid"):
        main_effects(runs, ["a", "b"], ["y"])
    with pytest.raises(InputError, match=r"factors.b: found one level; allowed: at least two levels"):
        variance_shares(table_of(grid(a=[1, 2], b=[1]), {"y": noise(2, 2)}), ["a", "b"], ["y"])
    with pytest.raises(InputError, match="factors: found 'd'"):
        variance_shares(runs, ["a", "d"], ["y"])
    with pytest.raises(InputError, match="a alone; allowed: at least two factors"):
        interactions(table_of(grid(a=[1, 2]), {"y": noise(2, 2)}), ["a"], ["y"])
