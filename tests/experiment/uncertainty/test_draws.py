"""Which draw each seed has, what stays as it was set, and what does not go with a posterior."""

import pytest

from sim.errors import InputError
from sim.experiment.uncertainty import Drawn, default_draws, draws_for
from sim.scenario import Scenario


def test_draws_are_nested_and_come_in_turn(posterior: Drawn, small: Scenario) -> None:
    draws = draws_for(posterior, (small,), [3, 5, 7, 9, 11], 2)
    assert draws.of_seed == {3: 1, 5: 2, 7: 1, 9: 2, 11: 1}
    assert draws.rows == (posterior.number(3), posterior.number(5))
    assert draws.several_seeds


def test_more_seeds_leave_the_draws_as_they_were(posterior: Drawn, small: Scenario) -> None:
    few, many = (draws_for(posterior, (small,), range(1, last), 3) for last in (7, 13))
    assert few.rows == many.rows
    assert few.of_seed.items() <= many.of_seed.items()


def test_a_draw_for_each_seed_is_the_seeds_own(posterior: Drawn, small: Scenario) -> None:
    draws = draws_for(posterior, (small,), range(20, 30), 10)
    assert draws.rows == tuple(posterior.number(seed) for seed in range(20, 30))
    assert not draws.several_seeds


@pytest.mark.parametrize(("seeds", "draws"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (6, 3), (10, 5), (20, 10)])
def test_half_as_many_draws_as_seeds_if_nothing_is_said(seeds: int, draws: int) -> None:
    assert default_draws(seeds) == draws


@pytest.mark.parametrize("number", [0, 1, 5])
def test_too_few_and_too_many_draws(posterior: Drawn, small: Scenario, number: int) -> None:
    with pytest.raises(InputError, match=f"found {number}; allowed: from 2 to 4, one for each seed at most"):
        draws_for(posterior, (small,), range(4), number)


def test_what_is_kept_is_not_drawn(posterior: Drawn, small: Scenario) -> None:
    draws = draws_for(posterior, (small, small), range(4), kept=({"police.style"}, ()))
    assert draws.settings(small, 1, 0).keys() == {"choices.effort_cost", "press.outlets"}
    assert draws.settings(small, 1, 1).keys() == {"choices.effort_cost", "police.style", "press.outlets"}
    assert list(draws.table((small, small)).columns) == ["draw", "posterior_row", "seeds", "effort", "style", "outlets"]
    assert list(draws_for(posterior, (small,), range(4), kept=({"police.style"},)).table((small,)).columns)[3:] == [
        "effort",
        "outlets",
    ]


def test_the_table_says_what_was_drawn(posterior: Drawn, small: Scenario) -> None:
    draws = draws_for(posterior, (small,), range(5), 2)
    table = draws.table((small,))
    assert table["draw"].tolist() == [1, 2]
    assert table["seeds"].tolist() == [3, 2]
    assert table["effort"].tolist() == [posterior.values[row, 0] for row in draws.rows]


def test_a_draw_that_would_undo_what_is_compared_is_refused(posterior: Drawn, small: Scenario) -> None:
    other = small.model_copy(update={"police": small.police.model_copy(update={"style": 0.9})})
    with pytest.raises(InputError, match=r"police\.style: found 0\.64 and 0\.9 in what is compared; allowed: one value"):
        draws_for(posterior, (small, other), range(4))
    draws = draws_for(posterior, (small, other), range(4), kept=((), {"police.style"}))
    assert "police.style" in draws.settings(small, 1, 0)
    assert "police.style" not in draws.settings(other, 1, 1)


def test_a_value_out_of_range_is_told_before_anything_is_run(posterior: Drawn, small: Scenario) -> None:
    posterior.values[:, 1] = 1.5
    with pytest.raises(InputError, match=r"police\.style: found 1\.5; allowed: less than or equal to 1"):
        draws_for(posterior, (small,), range(4))
