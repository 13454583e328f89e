"""Excitation: what a made-up process was made with is found again."""

import datetime
import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm
from scipy.optimize import check_grad, minimize
from scipy.special import gammaln

from sim.measurement.patterns import PATTERNS, Stretch
from sim.measurement.patterns.excitation import _least, _Likelihood, baseline_of, excitation
from tests.measurement.patterns.made import MONDAY, events

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


def process(branching: float, slowness: float, baseline: Floats, seed: int) -> Ints:
    """Daily counts of a process whose baseline is given."""
    drawn = np.random.default_rng(seed)
    counts, past = np.zeros(baseline.size, np.int64), 0.0
    for day, usual in enumerate(baseline):
        counts[day] = drawn.poisson(usual + branching * past)
        past = slowness * past + (1.0 - slowness) * counts[day]
    return counts


def weekly(stretch: Stretch, mean: float = 1.2) -> Floats:
    """A baseline with weekdays and a season."""
    days = np.arange(stretch.counted)
    weekday = np.array([0.7, 0.7, 0.8, 0.8, 1.2, 1.8, 1.0])[days % 7]
    return np.asarray(mean * weekday * np.exp(0.4 * np.sin(2 * np.pi * days / 365.25)))


FOUR_YEARS = Stretch(MONDAY, 4 * 365)


@pytest.mark.parametrize(("branching", "slowness"), [(0.6, 0.7), (0.33, 0.5)])
def test_branching_is_found_again(branching: float, slowness: float) -> None:
    counts = [process(branching, slowness, weekly(FOUR_YEARS), seed) for seed in (1, 2, 3)]
    found = excitation(counts, [baseline_of(FOUR_YEARS)] * 3)
    assert found is not None
    assert found.branching == pytest.approx(branching, abs=0.08)
    assert found.slowness == pytest.approx(slowness, abs=0.15)
    assert found.gain > 50


def test_weekdays_and_season_are_no_excitation() -> None:
    counts = [process(0.0, 0.5, weekly(FOUR_YEARS, 3.0), seed) for seed in (10, 11, 12)]
    found = excitation(counts, [baseline_of(FOUR_YEARS)] * 3)
    assert found is not None
    assert found.branching < 0.08
    assert 0 <= found.gain < 4


def test_the_baseline_alone_is_a_poisson_regression() -> None:
    year = Stretch(datetime.date(2019, 3, 1), 365)
    counts, design = process(0.0, 0.5, weekly(year, 4.0), 5), baseline_of(year)
    theirs = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    likelihood = _Likelihood([counts.astype(float)], design)
    bound = np.full(design.shape[1], 20.0)
    ours, value = _least(likelihood.of_baseline, likelihood.start(), -bound, bound)
    assert ours == pytest.approx(theirs.params, abs=1e-6)
    assert value == pytest.approx(-(theirs.llf + gammaln(counts + 1.0).sum()), abs=1e-6)


def test_the_gradient_is_right() -> None:
    year = Stretch(MONDAY, 200)
    likelihood = _Likelihood([process(0.4, 0.6, weekly(year), 6).astype(float)] * 2, np.tile(baseline_of(year), (2, 1)))
    for branching, slowness in ((0.3, 0.4), (0.7, 0.9), (0.0, 0.2)):
        theta = np.append(likelihood.start(), [branching, slowness])
        error = check_grad(lambda at: likelihood(at)[0], lambda at: likelihood(at)[1], theta)
        assert error < 1e-3 * np.abs(likelihood(theta)[1]).max()


def test_a_long_record_has_a_level_for_each_year() -> None:
    more = weekly(FOUR_YEARS, 2.0) * np.repeat([1.0, 1.8, 0.6, 1.4], 365)
    found = excitation([process(0.0, 0.5, more, 7)], [baseline_of(FOUR_YEARS)])
    assert found is not None
    assert found.branching < 0.15


def test_nothing_is_said_of_too_few_events() -> None:
    counts = np.zeros(365, np.int64)
    counts[:29] = 1
    assert excitation([counts], [baseline_of(Stretch(MONDAY, 365))]) is None
    assert math.isnan(PATTERNS["P9b"](events(range(29))))


def test_the_baseline_knows_its_weekdays() -> None:
    design = baseline_of(Stretch(datetime.date(2019, 6, 1), 9, 1))  # counted from a Sunday on
    assert design[:, :7].argmax(axis=1).tolist() == [6, 0, 1, 2, 3, 4, 5, 6]


def test_runs_do_not_share_their_past() -> None:
    """Pooled runs say what they say one by one, whatever their order."""
    year = Stretch(MONDAY, 365)
    counts = [process(0.5, 0.6, weekly(year), seed) for seed in (8, 9)]
    one = excitation(counts, [baseline_of(year)] * 2)
    other = excitation(counts[::-1], [baseline_of(year)] * 2)
    assert one is not None
    assert other is not None
    assert one.branching == pytest.approx(other.branching, abs=1e-3)


def _two(likelihood: _Likelihood) -> Callable[[Floats], tuple[float, Floats]]:
    return lambda at: likelihood(at)[:2]


def test_the_search_ends_where_another_one_does() -> None:
    year = Stretch(MONDAY, 365)
    for seed in range(2):
        counts = process(0.45, 0.5, weekly(year, 2.0), 20 + seed)
        ours = excitation([counts], [baseline_of(year)])
        assert ours is not None
        likelihood = _Likelihood([counts.astype(float)], baseline_of(year))
        bounds = [(-20.0, 20.0)] * 11 + [(0.0, 0.99), (0.0, 0.9)]
        starts = [np.append(likelihood.start(), some) for some in ((0.3, 0.4), (0.3, 0.85), (0.6, 0.2))]
        theirs = min(
            (minimize(_two(likelihood), start, jac=True, method="L-BFGS-B", bounds=bounds) for start in starts),
            key=lambda found: float(found.fun),
        )
        own = likelihood(np.append(ours.baseline, [ours.branching, ours.slowness]))[0]
        assert own <= theirs.fun + 1e-3
