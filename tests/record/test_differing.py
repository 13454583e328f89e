"""The first difference of two records is really the first, to the last byte."""

from hypothesis import given
from hypothesis import strategies as st

from sim.record import Difference, Happening, Record, Shocked, Waited, first_difference

HAPPENINGS = st.one_of(
    st.builds(Waited, st.just(0), st.integers(0, 2)), st.builds(Shocked, st.just(0), st.integers(0, 1), st.just(0.5))
)


def told(*happenings: Happening) -> Record:
    log = Record()
    for happening in happenings:
        log.add(happening)
    return log


@given(st.lists(HAPPENINGS, max_size=6), st.lists(HAPPENINGS, max_size=6))
def test_all_before_it_is_the_same_and_it_is_not(one: list[Happening], other: list[Happening]) -> None:
    found = first_difference(told(*one), told(*other))
    if found is None:
        assert one == other
        return
    assert one[: found.index] == other[: found.index]
    assert found.one == (one[found.index] if found.index < len(one) else None)
    assert found.other == (other[found.index] if found.index < len(other) else None)
    assert found.one != found.other


def test_where_one_log_ends_there_is_nothing() -> None:
    found = first_difference(told(Waited(0, 3)), told(Waited(0, 3), Waited(4, 1)))
    assert found == Difference(1, 4, None, Waited(4, 1))


def test_the_day_is_the_earlier_one() -> None:
    found = first_difference(told(Waited(7, 3)), told(Waited(5, 3)))
    assert found == Difference(0, 5, Waited(7, 3), Waited(5, 3))


def test_one_and_one_point_nought_are_not_the_same_bytes() -> None:
    assert Shocked(0, 0, 1) == Shocked(0, 0, 1.0)
    found = first_difference(told(Shocked(0, 0, 1)), told(Shocked(0, 0, 1.0)))
    assert found is not None
    assert found.index == 0
