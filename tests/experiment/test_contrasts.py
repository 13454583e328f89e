"""Contrasts: numbers computed by hand, Holm's own rule, and what is said where there is nothing to test."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap

from sim.errors import InputError
from sim.experiment.contrasts import contrasts, holm, paired_p
from sim.experiment.effects import effects
from sim.experiment.sensitivity.bootstrap import accelerated_interval, resampled
from tests.experiment.sensitivity.made import noise, table_of

NAN = math.nan


@pytest.fixture
def runs() -> pd.DataFrame:
    """Three points, twelve seeds: the second adds 1 and noise, the third adds 2 to all seeds alike."""
    common, own = noise(1, 12), noise(1, 12, "own")
    y = np.vstack([common, common + 1 + own / 2, common + 2])
    return table_of({"fine": [0, 10, "none"]}, {"turnout": y, "share": np.vstack([y[:2], y[:1]])})


def row(table: pd.DataFrame, point: int, outcome: str) -> pd.Series:
    return table.set_index(["point", "outcome"]).loc[(point, outcome)]


def test_differences_and_intervals_are_those_of_a_comparison(runs: pd.DataFrame) -> None:
    found = contrasts(runs, 0, ["turnout", "share"])
    assert found[["point", "outcome"]].to_numpy().tolist() == [[1, "turnout"], [1, "share"], [2, "turnout"], [2, "share"]]
    one, other = (runs[runs["point"] == point][["turnout"]].reset_index(drop=True) for point in (0, 1))
    expected = effects(one, other).iloc[0]
    for column in expected.index.drop("indicator"):
        assert row(found, 1, "turnout")[column] == expected[column], column


def test_the_p_value_as_computed_by_hand() -> None:
    """Differences 1, 2, 0: t = 1 / (1 / sqrt 3) = 1.732051 with 2 degrees of freedom; p = 1 - t / sqrt(t^2 + 2) = 0.225403."""
    assert paired_p(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 3.0])) == pytest.approx(0.2254033, abs=1e-7)


def test_holm_as_in_his_procedure() -> None:
    """0.01, 0.04, 0.03, 0.005 of four tests: 0.03, 0.06 (not 0.04), 0.06, 0.02."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_what_is_no_test_is_not_counted() -> None:
    found = holm(np.array([0.01, NAN, 0.02]))
    assert found[[0, 2]].tolist() == pytest.approx([0.02, 0.02])
    assert math.isnan(found[1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_makes_a_p_smaller_or_changes_their_order(p: list[float]) -> None:
    before, after = np.array(p), holm(np.array(p))
    assert (after >= before).all()
    assert (after <= np.minimum(1, before * len(p))).all()
    assert (np.diff(after[np.argsort(before, kind="stable")]) >= 0).all()


def test_adjusted_over_all_that_was_asked(runs: pd.DataFrame) -> None:
    found = contrasts(runs, 0, ["turnout", "share"])
    tests = found["p"].notna()
    assert tests.tolist() == [True, True, False, True]
    np.testing.assert_allclose(found["p_holm"][tests], holm(found["p"][tests].to_numpy()))


def test_differences_that_are_all_equal_are_no_test(runs: pd.DataFrame) -> None:
    told = row(contrasts(runs, 0, ["turnout", "share"]), 2, "turnout")
    assert math.isnan(told["p"])
    assert (told["bootstrap_low"], told["bootstrap_high"]) == (told["difference"],) * 2
    assert (
        told["note"]
        == "all 12 differences are equal: without any spread the interval is a point, and there is nothing to test against"
    )


def test_no_difference_at_all_is_no_effect(runs: pd.DataFrame) -> None:
    told = row(contrasts(runs, 0, ["turnout", "share"]), 2, "share")
    assert (told["difference"], told["low"], told["high"], told["p"], told["p_holm"]) == (0, 0, 0, 1, 1)
    assert told["note"] == "no pair differs at all"


def test_failed_runs_and_missing_values_are_left_out_in_pairs_and_counted(runs: pd.DataFrame) -> None:
    runs.loc[(runs["point"] == 0) & (runs["seed"] == 3), ["status", "turnout"]] = ["failed", NAN]
    runs.loc[(runs["point"] == 1) & (runs["seed"] == 5), "turnout"] = NAN
    runs = runs[~((runs["point"] == 1) & (runs["seed"] == 7))]
    told = row(contrasts(runs, 0, ["turnout"]), 1, "turnout")
    assert (told["pairs"], told["left_out"]) == (9, 3)


def test_a_failed_run_does_not_count_even_with_values(runs: pd.DataFrame) -> None:
    runs.loc[(runs["point"] == 0) & (runs["seed"] == 3), "status"] = "failed"
    assert row(contrasts(runs, 0, ["turnout"]), 1, "turnout")["pairs"] == 11


@pytest.mark.parametrize(("seeds", "words"), [(1, "one pair: no interval and no test"), (5, "5 pairs: too few for a bootstrap")])
def test_few_pairs_are_told(runs: pd.DataFrame, seeds: int, words: str) -> None:
    told = row(contrasts(runs[runs["seed"] <= seeds], 0, ["turnout"]), 1, "turnout")
    assert words in told["note"]
    assert math.isnan(told["bootstrap_low"])


def test_no_pair_at_all(runs: pd.DataFrame) -> None:
    runs.loc[runs["point"] == 1, "turnout"] = NAN
    told = row(contrasts(runs, 0, ["turnout"]), 1, "turnout")
    assert (told["pairs"], told["left_out"], told["note"]) == (0, 12, "no pair has a value at both points")


def test_the_bootstrap_interval_is_scipys_from_the_same_resamples() -> None:
    values = np.exp(noise(1, 25)[0])
    means = values[resampled(25, 999)].mean(axis=1)
    before = SimpleNamespace(bootstrap_distribution=means)
    known = bootstrap((values,), np.mean, n_resamples=0, method="BCa", bootstrap_result=before).confidence_interval  # type: ignore[call-overload]
    assert accelerated_interval(values, 999) == pytest.approx((known.low, known.high), rel=1e-9)


def test_resamples_are_drawn_evenly_and_the_same_each_time() -> None:
    drawn = resampled(10, 5000)
    resampled.cache_clear()
    np.testing.assert_array_equal(drawn, resampled(10, 5000))
    assert np.bincount(drawn.ravel(), minlength=10) == pytest.approx(np.full(10, 5000), abs=5 * math.sqrt(5000))
    with pytest.raises(ValueError, match="no bootstrap of 0 cases"):
        resampled(0)


def test_intervals_hold_the_mean_about_as_often_as_they_say() -> None:
    """Differences that are lognormal, mean sqrt(e): BCa with 40 pairs holds it nearly as often as it says."""
    held = []
    for repeat in range(300):
        low, high = accelerated_interval(np.exp(noise(1, 40, f"cover {repeat}")[0]), 400)
        held.append(low <= math.sqrt(math.e) <= high)
    assert 0.86 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda runs: (runs, 9, ["turnout"]), "baseline: found point 9, of which there is no run"),
        (lambda runs: (runs, 0, ["turnot"]), "outcomes: found 'turnot'.*did you mean 'turnout'"),
        (lambda runs: (runs, 0, []), "at least one outcome"),
        (lambda runs: (runs, 0, ["scenario"]), "outcomes.scenario: found a column of .*; allowed: numbers"),
        (lambda runs: (runs.drop(columns="seed"), 0, ["turnout"]), "columns: found 'seed'"),
        (lambda runs: (runs.assign(status="fine"), 0, ["turnout"]), "status: found 'fine'; allowed: done, failed"),
        (lambda runs: (runs.assign(status="failed"), 0, ["turnout"]), "no run that is done, of 36"),
        (lambda runs: (pd.concat([runs, runs[:2]]), 0, ["turnout"]), "point 0 with seed 1 in two rows .2 rows too many"),
    ],
)
def test_tables_that_are_none(runs: pd.DataFrame, change, words: str) -> None:
    with pytest.raises(InputError, match=words):
        contrasts(*change(runs))


def test_everything_wrong_is_told_at_once(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="runs table: 2 problems") as caught:
        contrasts(runs.drop(columns="status"), 0, ["turnot"])
    assert {problem.key for problem in caught.value.problems} == {"columns", "outcomes"}
