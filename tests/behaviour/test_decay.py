"""What fades: closed forms that agree with fading day by day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour.decay import left, shock_left

DAYS = st.floats(0.0, 1_000.0)
HALF_LIVES = st.floats(0.5, 1_000.0)


@pytest.mark.parametrize(("days", "share"), [(0.0, 1.0), (7.0, 0.5), (14.0, 0.25), (70.0, 2.0**-10), (1_000_000.0, 0.0)])
def test_half_is_left_after_a_half_life(days: float, share: float) -> None:
    assert left(days, 7.0) == pytest.approx(share, rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(DAYS, DAYS, HALF_LIVES)
def test_it_does_not_matter_how_often_one_looks(first: float, then: float, half_life: float) -> None:
    assert left(first, half_life) * left(then, half_life) == pytest.approx(left(first + then, half_life), rel=1e-9, abs=1e-300)


def test_before_a_shock_there_is_no_response() -> None:
    assert [shock_left(day, 10.0, 90.0, 0.25) for day in (-400.0, -1.0)] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("days", "slow_share", "share"),
    [(0.0, 0.25, 1.0), (10.0, 0.0, 0.5), (90.0, 1.0, 0.5), (10.0, 0.25, 0.375 + 0.25 * 2 ** (-1 / 9)), (900.0, 0.25, 2.0**-12)],
)
def test_the_response_to_a_shock_is_fast_and_slow(days: float, slow_share: float, share: float) -> None:
    assert shock_left(days, 10.0, 90.0, slow_share) == pytest.approx(share, rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(DAYS, DAYS, st.floats(2.0, 30.0), st.floats(30.0, 365.0), st.floats(0.0, 1.0))
def test_a_response_only_fades(first: float, then: float, fast: float, slow: float, share: float) -> None:
    earlier, later = shock_left(first, fast, slow, share), shock_left(first + then, fast, slow, share)
    assert 0.0 <= later <= earlier <= 1.0 + 1e-12
