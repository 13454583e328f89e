"""Emulators: a smooth function found again, and doubt where it is due."""

import numpy as np
import pytest

from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.emulator import LEAST_MORE, Emulator, fit
from sim.experiment.calibration.threads import one_thread
from sim.experiment.sensitivity.table import Floats

X = Chance(1, "points").uniform(48, 3)
ASKED = Chance(2, "points").uniform(300, 3)


def bent(x: Floats) -> Floats:
    return np.asarray(10 + 4 * x[:, 0] + 2 * np.sin(4 * x[:, 1]), np.float64)


@pytest.fixture(scope="module")
def smooth() -> Emulator:
    found = fit(X, bent(X), 0.0)
    assert found is not None
    return found


def test_a_smooth_function_is_foretold(smooth: Emulator) -> None:
    found = smooth
    mean, variance = found.predict(ASKED)
    assert np.abs(mean - bent(ASKED)).max() < 0.15
    assert found.q2 > 0.99
    assert float(np.sqrt(variance).max()) < 0.3


def test_the_doubt_is_as_large_as_the_error() -> None:
    """Over eight data sets: new values lie as far from what is foretold as the variances say, and the noise is found."""
    noise, errors, noises = 0.5, [], []
    with one_thread():
        for number in range(8):
            x = Chance(100 + number, "points").uniform(40, 3)
            found = fit(x, bent(x) + noise * Chance(200 + number, "noise").normal(40), 0.0)
            assert found is not None
            mean, variance = found.predict(ASKED)
            new = bent(ASKED) + noise * Chance(300 + number, "noise").normal(300)
            errors.append(float(np.sqrt(((mean - new) ** 2 / variance).mean())))
            noises.append(found.noise / noise**2)
    assert 0.85 < float(np.mean(errors)) < 1.2
    assert 0.7 < float(np.mean(noises)) < 1.4


def test_far_from_all_points_there_is_more_doubt() -> None:
    near = X[X[:, 0] < 0.5]
    found = fit(near, bent(near), 0.0)
    assert found is not None
    _, variance = found.predict(np.array([[0.2, 0.5, 0.5], [1.0, 0.5, 0.5]]))
    assert variance[1] > variance[0]


def test_noise_is_never_below_what_seeds_say() -> None:
    found = fit(X, bent(X), 0.7)
    assert found is not None
    assert found.noise == 0.7
    assert (found.predict(ASKED)[1] >= 0.7).all()


def test_leaving_a_point_out_is_leaving_it_out() -> None:
    """The closed form of Q2 against processes made again without each point, with the same lengths."""
    from sklearn.base import clone

    x, y = X[:20], bent(X[:20]) + 0.3 * Chance(3, "noise").normal(20)
    found = fit(x, y, 0.0)
    assert found is not None
    process = found._process
    kernel, standard = process.kernel_, process.y_train_
    missed = []
    for left in range(20):
        rest = np.arange(20) != left
        again = clone(process).set_params(kernel=kernel, optimizer=None, n_restarts_optimizer=0)
        again.fit(process.X_train_[rest], standard[rest])
        missed.append(standard[left] - again.predict(process.X_train_[[left]])[0])
    others = (standard.sum() - standard) / 19
    assert found.q2 == pytest.approx(1 - (np.array(missed) ** 2).sum() / ((standard - others) ** 2).sum(), abs=1e-6)


def test_points_without_a_value_are_left_out() -> None:
    y = bent(X)
    y[::2] = np.nan
    found = fit(X, y, 0.0)
    assert found is not None
    assert found.points == 24
    few = np.where(np.arange(48) < 3 + LEAST_MORE, bent(X), np.nan)
    assert fit(X, few, 0.0) is None


def test_what_never_varies_can_be_emulated() -> None:
    found = fit(X, np.full(48, 3.0), 0.0)
    assert found is not None
    mean, variance = found.predict(ASKED)
    assert mean == pytest.approx(3.0, abs=1e-6)
    assert np.isfinite(variance).all()
