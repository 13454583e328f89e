"""Response surfaces: found again where there is one, and called poor where there is none."""

import math
import sys

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.stats import qmc

from sim.errors import InputError, ModelError
from sim.experiment.sensitivity import response_surface
from sim.experiment.sensitivity.surface import trust
from tests.experiment.sensitivity.made import noise, table_of

NAMES = ["fine", "notice"]


def scattered(points: int) -> npt.NDArray[np.float64]:
    return np.asarray(qmc.scale(qmc.Sobol(2, scramble=False).random(points), [0, 0], [200, 20]))


def runs_of(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> pd.DataFrame:
    return table_of({"fine": x[:, 0].tolist(), "notice": x[:, 1].tolist()}, {"y": y})


def hill(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(50 + 20 * np.sin(x[:, 0] / 60) * np.exp(-x[:, 1] / 15))


def test_a_smooth_function_is_foretold_between_the_points() -> None:
    x = scattered(32)
    found = response_surface(runs_of(x, hill(x)[:, None] + 0.01 * noise(32, 4)), NAMES, "y")
    asked = pd.DataFrame({"fine": [37.0, 120.0, 90.0], "notice": [4.0, 11.0, 17.0]})
    told = found.predict(asked)
    np.testing.assert_allclose(told["mean"], hill(asked.to_numpy()), atol=0.6)
    assert found.q2 > 0.99
    assert found.words.startswith("good (Q2 = ")
    assert found.rmse < 0.6
    assert not told["outside"].any()


def test_bands_hold_the_truth_about_as_often_as_they_say() -> None:
    x, asked = scattered(32), pd.DataFrame(scattered(128)[32:], columns=NAMES)
    y = hill(x)[:, None] + 6 * noise(32, 10) + 5 * noise(1, 10, "seeds")
    told = response_surface(runs_of(x, y), NAMES, "y").predict(asked)
    truth = hill(asked.to_numpy())
    assert ((told["low"] <= truth) & (truth <= told["high"])).mean() >= 0.85
    assert (told["high"] - told["low"]).mean() < 20


def test_the_noise_of_means_and_of_their_level_are_known() -> None:
    """Variance 36, 10 seeds: 3.6 for each mean. Seeds that shift all points: nothing for each, but a band as wide."""
    x = scattered(64)
    noisy = response_surface(runs_of(x, hill(x)[:, None] + 6 * noise(64, 10)), NAMES, "y")
    assert noisy._process.alpha * noisy._scale[3] ** 2 == pytest.approx(3.6, rel=0.15)
    shift = 5 * noise(1, 10, "seeds")
    shifted = response_surface(runs_of(x, hill(x)[:, None] + shift), NAMES, "y")
    told = shifted.predict(pd.DataFrame({"fine": [100.0], "notice": [10.0]})).iloc[0]
    half = 1.959964 * float(shift.std(ddof=1)) / math.sqrt(10)
    assert (told["high"] - told["low"]) / 2 == pytest.approx(half, rel=0.1)


def test_pure_noise_is_called_poor() -> None:
    found = response_surface(runs_of(scattered(32), noise(32, 4)), NAMES, "y")
    assert found.q2 < 0.3
    assert found.words.startswith("poor (Q2 = ")
    assert "do not read this surface" in found.words


def test_leaving_a_point_out_is_leaving_it_out() -> None:
    """The closed form against the process made again without the point, with the same lengths."""
    from sklearn.base import clone

    x = scattered(16)
    found = response_surface(runs_of(x, hill(x)[:, None] + 3 * noise(16, 3)), NAMES, "y")
    least, width, mean, sd = found._scale
    unit, y = (x - least) / width, (found.observed - mean) / sd
    for left in (0, 7, 15):
        kept = np.arange(16) != left
        again = clone(found._process).set_params(kernel=found._process.kernel_, optimizer=None).fit(unit[kept], y[kept])
        assert found.predicted[left] == pytest.approx(mean + sd * again.predict(unit[left : left + 1])[0], rel=1e-6)


def test_the_error_is_of_the_points_left_out() -> None:
    x = scattered(16)
    found = response_surface(runs_of(x, hill(x)[:, None] + 3 * noise(16, 3)), NAMES, "y")
    missed = found.observed - found.predicted
    assert found.rmse == pytest.approx(math.sqrt((missed**2).mean()))
    others = np.array([np.delete(found.observed, place).mean() for place in range(16)])
    assert found.q2 == pytest.approx(1 - (missed**2).sum() / ((found.observed - others) ** 2).sum())


def test_a_factor_that_does_nothing_has_a_long_length() -> None:
    x = scattered(32)
    found = response_surface(runs_of(x, np.repeat(np.sin(x[:, :1] / 40), 3, axis=1) + 0.01 * noise(32, 3)), NAMES, "y")
    assert found.lengths["notice"] > 5 * found.lengths["fine"]


def test_the_grid_spans_the_points_and_holds_the_rest() -> None:
    x = scattered(16)
    found = response_surface(runs_of(x, hill(x)[:, None] + noise(16, 3)), NAMES, "y")
    both = found.grid(5)
    assert len(both) == 25
    assert both[["fine", "notice"]].agg(["min", "max"]).to_numpy().tolist() == [x.min(axis=0).tolist(), x.max(axis=0).tolist()]
    one = found.grid(7, {"notice": 5})
    assert (len(one), set(one["notice"])) == (7, {5})
    pd.testing.assert_frame_equal(one, found.predict(one[NAMES]))


def test_beyond_the_points_is_told() -> None:
    x = scattered(16)
    found = response_surface(runs_of(x, hill(x)[:, None] + noise(16, 3)), NAMES, "y")
    told = found.predict(pd.DataFrame({"fine": [100.0, 900.0], "notice": [5.0, 5.0]}))
    assert told["outside"].tolist() == [False, True]
    assert np.ptp(told.loc[1, ["low", "high"]].to_numpy(float)) > np.ptp(told.loc[0, ["low", "high"]].to_numpy(float))


def test_what_never_varies_is_flat() -> None:
    found = response_surface(runs_of(scattered(16), np.ones((16, 3))), NAMES, "y")
    assert math.isnan(found.q2)
    assert found.words.startswith("flat: all points have the same mean")


@pytest.mark.parametrize(
    ("q2", "word"), [(0.9, "good"), (0.8, "good"), (0.7, "rough"), (0.4, "poor"), (-3, "poor"), (math.nan, "poor")]
)
def test_what_is_said_of_a_q2(q2: float, word: str) -> None:
    assert trust(q2).startswith(word)


def test_what_no_surface_can_be_laid_over() -> None:
    x = scattered(16)
    runs = runs_of(x, noise(16, 3))
    with pytest.raises(InputError, match=r"(?s)2 problems.*points: found 8 points; allowed: at least 10.*0 of 3 seeds"):
        response_surface(runs.loc[runs["point"] < 8].assign(y=lambda table: table["y"].where(table["point"] > 0)), NAMES, "y")
    with pytest.raises(InputError, match=r"factors.fine: found the level 'none'; allowed: numbers, for a response surface"):
        response_surface(
            runs.astype({"fine": object}).assign(fine=lambda table: table["fine"].where(table["point"] > 0, "none")), NAMES, "y"
        )
    with pytest.raises(InputError, match=r"factors.notice: found one level"):
        response_surface(runs.assign(notice=5.0), NAMES, "y")
    found = response_surface(runs, NAMES, "y")
    with pytest.raises(InputError, match=r"(?s)at.fin: found '3'.*steps: found 1"):
        found.grid(1, {"fin": "3"})
    with pytest.raises(InputError, match="0 factors left to vary"):
        found.grid(5, {"fine": 1, "notice": 1})
    with pytest.raises(InputError, match="settings without notice"):
        found.predict(pd.DataFrame({"fine": [1.0]}))


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.gaussian_process", None)
    x = scattered(16)
    with pytest.raises(ModelError, match=r"a response surface needs scikit-learn, which is not installed: pip install"):
        response_surface(runs_of(x, noise(16, 3)), NAMES, "y")
