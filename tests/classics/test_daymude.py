"""Self-censorship under a fine: what is best by trying and by the formula, and the estimator held against the known excess."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.classics.daymude import CLASSIC, DESIRES, Fine, Society, desired, estimable, excess, indifferent, run
from sim.classics.daymude_recovery import persons, recovered, threshold_of
from sim.classics.options import chosen
from sim.errors import InputError
from sim.measurement import bunching

NOTCH = Fine(2.0, 0.5, 0.25, 0.5)

FINES = st.builds(
    Fine,
    boldness=st.floats(0.1, 5.0),
    surveillance=st.floats(0.0, 1.0),
    tolerance=st.floats(0.05, 0.6),
    severity=st.floats(0.0, 5.0),
    kind=st.sampled_from(["uniform", "proportional"]),
)


@pytest.mark.parametrize(
    ("fine", "bound"),
    [
        (NOTCH, 0.42857),
        (Fine(1.0, 0.2, 0.4, 0.5), 0.83333),
        (Fine(1.0, 0.5, 0.25, 1.5, "proportional"), 0.29167),
        (Fine(1.0, 0.0, 0.25, 1.0, "proportional"), 0.625),
        (Fine(0.2, 0.5, 0.25, 0.5), math.inf),  # too timid ever to defy it
        (Fine(1.0, 1.0, 0.25, 0.9, "proportional"), math.inf),  # seen for sure, but bold enough
        (Fine(1.0, 1.0, 0.25, 1.1, "proportional"), 0.25),
    ],
)
def test_where_one_is_indifferent_or_stops(fine: Fine, bound: float) -> None:
    assert indifferent(fine) == pytest.approx(bound, abs=5e-6)


@settings(max_examples=150, deadline=None)
@given(FINES, st.floats(0.0, 1.0))
def test_nothing_that_is_tried_is_better_than_the_formula(fine: Fine, desire: float) -> None:
    formula, tried = fine.act(np.array([desire])), fine.tried(desire)
    assert fine.utility(formula)[0] >= fine.utility(np.array([tried]))[0] - 1e-9
    worth = fine.utility(np.array([desire, min(desire, fine.tolerance)]))
    if fine.kind == "uniform" and abs(worth[0] - worth[1]) > 1e-9:
        assert formula[0] == pytest.approx(tried, abs=1e-12)  # acts within 1e-12 of each other are worth the same to `tried`
    if fine.kind == "proportional" and fine.severity * (1 - fine.surveillance) > 0.1:  # else all acts are worth nearly the same
        assert formula[0] == pytest.approx(tried, abs=desire / 1000 + 1e-9)


def test_everybody_in_the_hole_does_what_is_tolerated() -> None:
    desires = desired("uniform", 400, 1)
    society = Society(NOTCH, desires)
    society.step()
    acts = society.acts()
    hole = (desires > 0.25) & (desires < 3 / 7)
    assert (acts[hole] == 0.25).all()
    assert (acts[~hole] == desires[~hole]).all()
    assert (acts == NOTCH.act(desires)).all()
    assert len(society.agents) == 400
    assert excess(NOTCH, DESIRES["uniform"]) == pytest.approx(0.1786, abs=5e-5)


def test_under_a_proportional_fine_one_stops_above_what_is_tolerated() -> None:
    fine = Fine(1.0, 0.5, 0.25, 1.5, "proportional")
    acts = fine.act(desired("uniform", 1000, 1))
    assert acts.max() == pytest.approx(0.29167, abs=5e-6)
    assert ((acts > 0.25) & (acts < acts.max())).any(), "no hole: a kink, not a notch"
    assert not estimable(fine)


@pytest.mark.parametrize("kind", DESIRES)
def test_desires_are_spread_as_they_are_said_to_be(kind: str) -> None:
    desires = desired(kind, 4000, 3)
    assert 0.0 < desires.min() <= desires.max() <= 1.0
    for value in (0.1, 0.3, 0.6, 0.9):
        assert (desires <= value).mean() == pytest.approx(DESIRES[kind].cdf(value), abs=4 * 0.5 / math.sqrt(4000))
    assert (desired(kind, 50, 3) == desires[:50]).all()
    assert (desired(kind, 50, 3, 1) != desires[:50]).all()


@settings(max_examples=100, deadline=None)
@given(st.floats(0.05, 0.6), st.floats(0.0, 1.0))
def test_what_is_tolerated_is_below_the_threshold_in_persons(tolerance: float, act: float) -> None:
    size, threshold = persons(np.array([act]))[0], threshold_of(tolerance)
    assert persons(np.array([tolerance]))[0] == threshold - 1
    if act <= tolerance:
        assert size < threshold
    elif act > tolerance + 1.1e-3:
        assert size >= threshold


@pytest.mark.parametrize(
    ("kind", "fine", "people"),
    [
        ("uniform", NOTCH, 2000),
        ("uniform", Fine(3.0, 0.3, 0.25, 0.5), 5000),
        ("uniform", Fine(2.0, 0.5, 0.5, 0.25), 3000),
        ("beta", NOTCH, 3000),
        ("lognormal", NOTCH, 3000),
        ("lognormal", Fine(3.0, 0.3, 0.4, 0.5), 3000),
    ],
)
def test_the_estimator_finds_what_is_there(kind: str, fine: Fine, people: int) -> None:
    """In 40 samples each; with intervals of 95 % there are fewer than 33 that hold the truth once in ten thousand times."""
    truth = excess(fine, DESIRES[kind])
    found = recovered(40, lambda sample: fine.act(desired(kind, people, 11, sample)), (threshold_of(fine.tolerance),), truth)
    assert found["holds"].sum() >= 33
    assert found["mass"].mean() == pytest.approx(truth, abs=0.01)
    assert (found["low"] > 0.0).all(), "and it never takes it for nothing"


def test_the_classic_holds_with_two_hundred_samples() -> None:
    finding = run(chosen(CLASSIC, []), 1)
    assert [check.what for check in finding.checks if not check.passed] == []
    assert finding.tables["intervals"]["holds"].mean() >= 0.93
    placebo = finding.tables["placebo"]
    assert (placebo.groupby("threshold")["holds"].mean() >= 0.93).all()
    assert sorted(set(placebo["threshold"])) == [126, 251, 376]


def test_what_cannot_be_estimated_is_not() -> None:
    for changes in (["fine=proportional"], ["severity=5"], ["boldness=1", "surveillance=0.2", "tolerance=0.4"]):
        finding = run(chosen(CLASSIC, [*changes, "people=300"]), 1)
        assert set(finding.tables) == {"acts", "law"}
        assert all(check.passed for check in finding.checks)


def test_the_interval_is_as_wide_as_the_estimates_scatter() -> None:
    """Over samples, the standard error that each reports is near the spread of the estimates; the bootstrap agrees."""
    sizes = [persons(NOTCH.act(desired("uniform", 2000, 5, sample))) for sample in range(80)]
    found = [bunching(sample, 251) for sample in sizes]
    error = np.mean([one.error for one in found])
    assert error == pytest.approx(np.std([one.mass for one in found]), rel=0.3)
    assert all(one.high - one.mass == pytest.approx(one.mass - one.low) for one in found)
    drawn = [bunching(sample, 251, draws=100, seed=1) for sample in sizes[:3]]
    assert np.mean([one.high - one.low for one in drawn]) == pytest.approx(2 * 1.96 * error, rel=0.3)


def test_options_are_checked() -> None:
    with pytest.raises(InputError, match="did you mean 'uniform'"):
        chosen(CLASSIC, ["desires=unifrom"])
    with pytest.raises(InputError, match="a number from"):
        chosen(CLASSIC, ["tolerance=0.9"])
