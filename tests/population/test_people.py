"""People: the distributions asked for, and citizens who do not depend on how many others there are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.population import People, Traits, apportion
from sim.population.people import build_people
from sim.streams import Streams

N = 100_000


def people(sizes: list[int], seed: int = 1, traits: Traits | None = None, **changes: float) -> People:
    values = {"median_wage": 112_195.0, "log_sd": 0.68, "foreigners": 0.02, **changes}
    return build_people(Streams(seed), traits or Traits(), sizes, 3, **values)


@pytest.fixture(scope="module")
def crowd() -> People:
    return people([N // 4, N // 2, N // 4])


def gini(x: np.ndarray) -> float:
    ranked = np.sort(x.astype(float))
    return float(2.0 * (np.arange(1, x.size + 1) * ranked).sum() / (x.size * ranked.sum()) - (x.size + 1) / x.size)


def test_incomes_have_the_median_and_spread_asked_for(crowd: People) -> None:
    assert np.median(crowd.income) == pytest.approx(112_195, rel=0.01)
    assert np.log(crowd.income).std() == pytest.approx(0.68, rel=0.01)


def test_the_wage_gini_is_kazakhstans(crowd: People) -> None:
    """Of a lognormal it is erf(sigma / 2): 0.37 for sigma 0.68, as in the spread of April 2023."""
    assert gini(crowd.income) == pytest.approx(math.erf(0.68 / 2.0), abs=0.005)
    assert gini(crowd.income) == pytest.approx(0.37, abs=0.01)


def test_reluctance_is_normal(crowd: People) -> None:
    assert crowd.theta.mean() == pytest.approx(Traits().reluctance_mean, abs=0.005)
    assert crowd.theta.std() == pytest.approx(0.25, rel=0.02)


def test_risk_aversion_has_mean_1(crowd: People) -> None:
    assert crowd.risk_aversion.mean() == pytest.approx(1.0, rel=0.01)
    assert crowd.risk_aversion.min() > 0.0


def test_deference_is_that_of_the_poll(crowd: People) -> None:
    assert (crowd.deference == 1.0).mean() == pytest.approx(0.73, abs=0.005)
    assert (crowd.deference == 0.0).mean() == pytest.approx(0.17, abs=0.005)
    torn = crowd.deference[(crowd.deference > 0.0) & (crowd.deference < 1.0)]
    assert torn.mean() == pytest.approx(0.5, abs=0.02)


def test_media_use_is_even_among_those_reached(crowd: People) -> None:
    assert (crowd.media > 0.0).mean() == pytest.approx(0.75, abs=0.005)
    assert crowd.media[crowd.media > 0.0].mean() == pytest.approx(0.5, abs=0.005)
    assert crowd.media.max() <= 1.0


def test_concern_is_even_and_differs_by_issue(crowd: People) -> None:
    assert crowd.concern.shape == (3, N)
    assert crowd.concern.mean(axis=1) == pytest.approx([0.25] * 3, abs=0.005)
    assert crowd.concern.max() < 0.5
    assert np.abs(np.corrcoef(crowd.concern) - np.eye(3)).max() < 0.01


def test_traits_are_independent(crowd: People) -> None:
    columns = [crowd.income, crowd.theta, crowd.risk_aversion, crowd.deference, crowd.media, crowd.foreigner, *crowd.concern]
    assert np.abs(np.corrcoef(np.array(columns, dtype=float)) - np.eye(len(columns))).max() < 0.012


def test_foreigners_are_the_share_asked_for(crowd: People) -> None:
    assert crowd.foreigner.mean() == pytest.approx(0.02, abs=0.002)


def test_districts_are_blocks(crowd: People) -> None:
    assert crowd.district.tolist() == [0] * (N // 4) + [1] * (N // 2) + [2] * (N // 4)


def test_columns_are_small(crowd: People) -> None:
    types = {name: getattr(crowd, name).dtype for name in crowd.rows.dtype.names}
    assert types == dict.fromkeys(types, np.dtype(np.float32)) | {"district": np.uint8, "foreigner": np.bool_}
    assert crowd.rows.nbytes / crowd.n <= 45


@pytest.mark.parametrize("column", ["income", "theta", "risk_aversion", "deference", "media", "foreigner", "concern"])
def test_a_larger_town_is_an_extension(column: str) -> None:
    small, large = people([40, 60]), people([500])
    assert np.array_equal(getattr(large, column)[..., :100], getattr(small, column))


def test_one_trait_leaves_another_alone() -> None:
    before, after = people([1000]), people([1000], traits=Traits(reluctance_mean=2.0, deference_full=0.1, online=0.1))
    assert np.array_equal(before.income, after.income)
    assert np.array_equal(before.concern, after.concern)
    assert not np.array_equal(before.theta, after.theta)


@pytest.mark.parametrize(
    ("traits", "column", "values"),
    [
        pytest.param(Traits(deference_full=1, deference_none=0), "deference", {1.0}, id="all-defer"),
        pytest.param(Traits(deference_full=0, deference_none=1), "deference", {0.0}, id="none-defers"),
        pytest.param(Traits(online=0), "media", {0.0}, id="nobody-online"),
        pytest.param(Traits(concern_max=0), "concern", {0.0}, id="nobody-concerned"),
        pytest.param(Traits(reluctance_sd=0), "theta", {float(np.float32(Traits().reluctance_mean))}, id="all-alike"),
        pytest.param(Traits(risk_log_sd=0), "risk_aversion", {1.0}, id="all-as-careful"),
    ],
)
def test_the_ends_of_the_ranges(traits: Traits, column: str, values: set[float]) -> None:
    assert set(getattr(people([500], traits=traits), column).ravel().tolist()) == values


@pytest.mark.parametrize(("share", "all_of_them"), [(0.0, False), (1.0, True)])
def test_no_foreigners_and_only_foreigners(share: float, all_of_them: bool) -> None:
    assert set(people([500], foreigners=share).foreigner.tolist()) == {all_of_them}


@given(st.integers(0, 10**8), st.lists(st.integers(1, 10**7), min_size=1, max_size=256))
def test_apportionment_is_exact_and_fair(total: int, weights: list[int]) -> None:
    seats = apportion(total, weights)
    assert sum(seats) == total
    for seat, weight in zip(seats, weights, strict=True):
        assert total * weight // sum(weights) <= seat <= -(-total * weight // sum(weights))


def test_apportionment_by_largest_remainder() -> None:
    """Hamilton's classic: quotas 43.2, 31.7, 25.1 of 100."""
    assert apportion(100, [432, 317, 251]) == [43, 32, 25]
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
