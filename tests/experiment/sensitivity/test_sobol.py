"""Sobol indices: Ishigami's function, whose indices are known, without and with noise of replication."""

import math
import sys

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

from sim.errors import InputError, ModelError
from sim.experiment.sensitivity import sobol_indices
from sim.experiment.sensitivity.saltelli import Blocks
from sim.experiment.sensitivity.sobol import _index, _with_noise
from tests.experiment.sensitivity.made import noise, table_of

NAMES = ["x1", "x2", "x3"]
PROBLEM = {"num_vars": 3, "names": NAMES, "bounds": [[-math.pi, math.pi]] * 3}
FIRST = [0.3139, 0.4424, 0.0]
TOTAL = [0.5576, 0.4424, 0.2437]
VARIANCE = 13.8446


def ishigami(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ishigami and Homma (1990), with a = 7 and b = 0.1."""
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def sample(size: int, *, second_order: bool = True) -> npt.NDArray[np.float64]:
    return np.asarray(sampling.sample(PROBLEM, size, calc_second_order=second_order, seed=1))


def runs_of(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> pd.DataFrame:
    return table_of({name: x[:, place].tolist() for place, name in enumerate(NAMES)}, {"y": y})


def indices(found: pd.DataFrame, order: str, column: str = "index") -> list[float]:
    return list(found.loc[found["order"] == order, column])


@pytest.fixture(scope="module")
def noisy() -> pd.DataFrame:
    """1,024 blocks, 3 seeds; the noise of a run has half the variance of the function, and a seed shifts all points alike."""
    x = sample(1024)
    y = ishigami(x)[:, None] + math.sqrt(VARIANCE / 2) * noise(len(x), 3) + 10 * noise(1, 3, "seeds")
    return sobol_indices(runs_of(x, y), NAMES, ["y"])


def test_ishigamis_indices_without_noise() -> None:
    x = sample(1024)
    found = sobol_indices(runs_of(x, np.repeat(ishigami(x)[:, None], 2, axis=1)), NAMES, ["y"])
    for column in ("index", "index_raw"):
        assert indices(found, "first", column) == pytest.approx(FIRST, abs=0.03)
        assert indices(found, "total", column) == pytest.approx(TOTAL, abs=0.03)
        assert indices(found, "second", column) == pytest.approx([0, 0.2437, 0], abs=0.05)
    assert found["noise_share"].tolist() == pytest.approx([0] * 9, abs=1e-12)
    assert found["variance"].iloc[0] == pytest.approx(VARIANCE, rel=0.02)
    assert set(found["blocks"]) == {1024}


def test_noise_is_taken_out_of_the_indices(noisy: pd.DataFrame) -> None:
    assert indices(noisy, "first") == pytest.approx(FIRST, abs=0.06)
    assert indices(noisy, "total") == pytest.approx(TOTAL, abs=0.05)


def test_raw_indices_hold_the_noise(noisy: pd.DataFrame) -> None:
    """The means of 3 seeds have noise of 1/6 of the function's variance: totals become (T + 1/6) / (7/6)."""
    assert indices(noisy, "total", "index_raw") == pytest.approx([(one + 1 / 6) / (7 / 6) for one in TOTAL], abs=0.05)
    assert indices(noisy, "first", "index_raw") == pytest.approx([one / (7 / 6) for one in FIRST], abs=0.06)


def test_the_share_of_noise_is_told(noisy: pd.DataFrame) -> None:
    """Of a single run 0.5 / 1.5; of the mean of three (0.5 / 3) / (1 + 0.5 / 3) = 1/7; seeds that shift all are not in it."""
    assert noisy["noise_share"].iloc[0] == pytest.approx(1 / 3, abs=0.02)
    assert noisy["mean_noise_share"].iloc[0] == pytest.approx(1 / 7, abs=0.02)


def test_intervals_hold_the_truth(noisy: pd.DataFrame) -> None:
    truth = [*FIRST, *TOTAL]
    low, high = (noisy[column][:6].to_numpy() for column in ("low", "high"))
    assert ((low <= truth) & (truth <= high)).sum() >= 5


def test_noise_that_points_share_is_taken_out_too() -> None:
    """With each seed another strength of x2, 0 on average: x2 does nothing to the mean, whatever 4 seeds look like.

    Its part of the variance is 0 on average over 60 designs.
    """
    found = []
    for repeat in range(60):
        x = sampling.sample(PROBLEM, 64, calc_second_order=False, seed=repeat + 1)
        y = x[:, :1] + x[:, 1:2] * noise(1, 4, f"strength {repeat}")
        table = sobol_indices(runs_of(x, y), NAMES, ["y"], second_order=False)
        own = table[(table["order"] == "total") & (table["factor"] == "x2")].iloc[0]
        found.append((own["index"] * own["variance"], own["index_raw"]))
    mended, raw = np.transpose(found)
    assert raw.mean() > 0.1
    assert mended.mean() == pytest.approx(0, abs=4 * mended.std() / math.sqrt(60))


def test_our_formulas_are_salibs() -> None:
    x = sample(64)
    y = ishigami(x)[:, None] + noise(len(x), 2)
    blocks = Blocks.of(y, 3, 8)
    known = analysis.analyze(PROBLEM, y.mean(axis=1), calc_second_order=True, seed=1)
    everything = np.arange(64)[None, :]
    for place in range(3):
        # SALib centres with all points of the design and then measures the variance at A and B; so do we
        assert _index(blocks, "first", place, None, everything, _with_noise)[0] == pytest.approx(known["S1"][place])
        assert _index(blocks, "total", place, None, everything, _with_noise)[0] == pytest.approx(known["ST"][place])
    assert _index(blocks, "second", 0, 2, everything, _with_noise)[0] == pytest.approx(known["S2"][0, 2])


def test_one_seed_cannot_tell_noise_and_says_so() -> None:
    x = sample(64)
    found = sobol_indices(runs_of(x, ishigami(x)[:, None]), NAMES, ["y"])
    assert found[["index", "low", "high", "noise_share", "mean_noise_share"]].isna().all(axis=None)
    assert found["index_raw"].notna().all()


def test_a_block_with_a_failed_run_is_left_out() -> None:
    x = sample(32)
    runs = runs_of(x, ishigami(x)[:, None] + noise(len(x), 2))
    runs.loc[(runs["point"] == 11) & (runs["seed"] == 2), "status"] = "failed"
    found = sobol_indices(runs, NAMES, ["y"])
    assert set(zip(found["blocks"], found["left_out"], strict=True)) == {(31, 1)}
    whole = runs[~runs["point"].between(8, 15)].assign(point=lambda table: table["point"] - 8 * (table["point"] > 8))
    np.testing.assert_allclose(found["index"], sobol_indices(whole, NAMES, ["y"])["index"])


def test_an_outcome_that_never_varies_has_no_indices() -> None:
    x = sample(8)
    found = sobol_indices(runs_of(x, np.ones((len(x), 2))), NAMES, ["y"])
    assert found[["index", "index_raw", "low"]].isna().all(axis=None)


def test_the_same_table_gives_the_same_numbers() -> None:
    x = sample(16)
    runs = runs_of(x, ishigami(x)[:, None] + noise(len(x), 2))
    pd.testing.assert_frame_equal(
        sobol_indices(runs, NAMES, ["y"]), sobol_indices(runs.sample(frac=1, random_state=1), NAMES, ["y"])
    )


def test_rows_that_are_mislabelled_are_found() -> None:
    x = sample(8)
    runs = runs_of(x, noise(len(x), 2))
    swapped = runs.assign(point=runs["point"].replace({1: 2, 2: 1}))
    with pytest.raises(InputError, match=r"points: found x1 = .* at point 1, where the design has .*blocks of 8 for 3 factors"):
        sobol_indices(swapped, NAMES, ["y"])
    with pytest.raises(InputError, match="63 points; allowed: the points of a Saltelli design"):
        sobol_indices(runs[runs["point"] != 9], NAMES, ["y"])
    with pytest.raises(InputError, match="points: found"):
        sobol_indices(runs, NAMES[::-1], ["y"])
    with pytest.raises(InputError, match="at least two factors"):
        sobol_indices(runs, NAMES[:1], ["y"])


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    x = sample(8)
    with pytest.raises(ModelError, match=r"needs SALib, which is not installed: pip install 'protestlaw\[sensitivity\]'"):
        sobol_indices(runs_of(x, noise(len(x), 2)), NAMES, ["y"])
