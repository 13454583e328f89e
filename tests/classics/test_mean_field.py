"""The mean field of our own turnout: the distribution, the map, and the engine that comes near to it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour.parameters import Behaviour
from sim.behaviour.turnout import perceived_risk
from sim.classics.mean_field import BELIEF, CLASSIC, MeanField, critical_fine, reluctance, town_turnout
from sim.classics.options import chosen
from sim.population.traits import Traits

SETTINGS = settings(max_examples=40, deadline=None, derandomize=True)


def options(**changes: float) -> dict[str, Any]:
    return {**chosen(CLASSIC, []), **changes}


def test_the_reluctance_of_people_is_theta_less_concern_less_noise() -> None:
    """Against draws of our own."""
    rng, n, traits, noise = np.random.default_rng(1), 400_000, Traits(), Behaviour().noise
    theta = rng.normal(traits.reluctance_mean, traits.reluctance_sd, n)
    drawn = theta - rng.uniform(0.0, traits.concern_max, n) - rng.logistic(0.0, noise, n)
    for least in (0.0, 0.3, 0.7, 1.2):
        share = float(reluctance(noise)(least))
        assert np.mean(drawn < least) == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / n))


def test_the_risk_is_the_engines() -> None:
    model, n = MeanField(options(officers=3.0)), 5000
    for share in (0.01, 0.2, 1.0):
        seen = perceived_risk(BELIEF, Behaviour().risk, 0.03 * n, share * n)
        assert model.risk(np.array([share]))[0] == pytest.approx(seen, rel=1e-12)


ANY = st.builds(
    options,
    pull=st.floats(-0.3, 0.6),
    fine=st.floats(0.0, 3.0),
    officers=st.floats(0.0, 10.0),
    degree=st.floats(1.0, 50.0),
    hears=st.floats(0.0, 1.0),
    sigma=st.floats(0.0, 1.0),
)


@SETTINGS
@given(ANY)
def test_the_map_rises_and_the_steps_end_at_its_least_fixed_point(some: dict[str, Any]) -> None:
    model = MeanField(some)
    grid = np.concatenate([np.geomspace(1e-6, 0.01, 100), np.linspace(0.01, 1.0, 300)])
    assert np.diff(model.next(grid)).min() > -1e-9
    end = model.solve()
    for _ in range(400):
        model.step()
    assert model.share <= end + 1e-9
    assert model.next(np.array([end]))[0] == pytest.approx(end, abs=1e-9)


WORSE = [("fine", 0.5), ("officers", 2.0), ("pull", -0.1), ("sigma", -0.2), ("hears", -0.1), ("degree", -1.0)]


@pytest.mark.parametrize(("name", "by"), WORSE)
@SETTINGS
@given(some=ANY)
def test_fewer_go_where_more_speaks_against_it(name: str, by: float, some: dict[str, Any]) -> None:
    less = {**some, name: max(some[name] + by, 0.0 if name != "pull" else -9.0)}
    if name in {"sigma", "hears", "degree"} and some[name] + by < 0.0:
        less = some
    assert MeanField(less).solve() <= MeanField(some).solve() + 1e-9


def test_a_fine_makes_the_crowd_collapse_only_by_its_own_safety() -> None:
    jump = critical_fine(options())
    before, after = (MeanField(options(fine=jump + by)).solve() for by in (-1e-3, 1e-3))
    assert before > 0.2
    assert after < 0.01
    steady = [MeanField(options(fine=jump + by), safety=False).solve() for by in (-1e-3, 1e-3)]
    assert steady[0] - steady[1] < 1e-3
    assert math.isnan(critical_fine(options(officers=0.0)))


@pytest.mark.parametrize("changes", [{}, {"fine": 0.0, "sigma": 0.5, "hears": 0.3}, {"fine": 2.5}], ids=["usual", "ties", "dear"])
def test_towns_of_the_engine_come_near_as_they_grow(changes: dict[str, float]) -> None:
    some = options(**changes)
    model = MeanField(some)
    theory = model.solve()
    for people, towns in ((1000, 24), (16_000, 4)):
        found = [town_turnout(some, people, seed) for seed in range(towns)]
        error = model.error(theory, people) / math.sqrt(towns)
        assert np.mean(found) == pytest.approx(theory, abs=4 * error + 2 / people)


def test_the_error_is_that_of_the_engines_towns() -> None:
    some = options()
    found = [town_turnout(some, 1000, seed) for seed in range(60)]
    model = MeanField(some)
    assert np.std(found) == pytest.approx(model.error(model.solve(), 1000), rel=0.3)
