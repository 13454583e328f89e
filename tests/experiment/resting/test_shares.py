"""Shares of variance from given data: known indices, noise taken out, chance called chance."""

import math

import numpy as np
import pytest

from sim.experiment.resting.chance import by_chance
from sim.experiment.resting.curves import counts_of, curve_through, refitted
from sim.experiment.resting.shares import _share, _without_each, first_order, shares_together
from sim.experiment.sensitivity.bootstrap import resampled
from tests.experiment.resting.made import Floats, both_of, cube, named, normal, pairs_of

FEW = 49
"""Shuffles, where chance is not what is asked."""

ISHIGAMI = [0.3139, 0.4424, 0.0]
VARIANCE = 13.8446


def ishigami(x: Floats) -> Floats:
    """Ishigami and Homma (1990), with a = 7 and b = 0.1."""
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def explained_by(degree: int, function: object) -> float:
    """The variance of a function of an even number from -pi to pi that a polynomial explains, by quadrature."""
    at, weight = np.polynomial.legendre.leggauss(200)
    values = function(math.pi * at)  # type: ignore[operator]
    rows = [np.polynomial.legendre.Legendre.basis(n)(at) * math.sqrt(2 * n + 1) for n in range(1, degree + 1)]
    return sum(float((weight / 2 * row * values).sum()) ** 2 for row in rows)


def test_ishigamis_indices() -> None:
    x = math.pi * (2 * cube(800, 3) - 1)
    found = first_order(named(x), *both_of(pairs_of(ishigami(x))), degree=8, shuffles=FEW).table
    assert found["share"].tolist() == pytest.approx(ISHIGAMI, abs=0.06)
    assert ((found["share_low"] <= ISHIGAMI) & (found["share_high"] >= ISHIGAMI)).all()
    assert found["named"].tolist() == [True, True, False]


def test_three_degrees_see_what_they_can() -> None:
    """Of Ishigami's function all but a little of the first index, and of the second, with its four bends, little."""
    x = math.pi * (2 * cube(800, 3) - 1)
    found = first_order(named(x), *both_of(pairs_of(ishigami(x))), shuffles=FEW).table["share"]
    first = explained_by(3, lambda x: np.sin(x) * (1 + 0.1 * math.pi**4 / 5)) / VARIANCE
    second = explained_by(3, lambda x: 7 * np.sin(x) ** 2) / VARIANCE
    assert found.tolist() == pytest.approx([first, second, 0.0], abs=0.06)
    assert first > 0.98 * ISHIGAMI[0]
    assert second < 0.5 * ISHIGAMI[1]


def test_sobols_g_function() -> None:
    """A kink at the middle, of whose variance a polynomial of the third degree has 15 parts of 16."""
    weights = np.array([0.0, 1.0, 4.5, 9.0])
    x = cube(1000, 4)
    y = ((np.abs(4 * x - 2) + weights) / (1 + weights)).prod(axis=1)
    parts = 1 / (3 * (1 + weights) ** 2)
    truth = parts / ((1 + parts).prod() - 1)
    found = first_order(named(x), *both_of(pairs_of(y)), shuffles=FEW).table
    assert found["share"].tolist() == pytest.approx((15 / 16 * truth).tolist(), abs=0.05)


def test_noise_between_seeds_is_taken_out() -> None:
    """With noise of twice the variance of the function, the shares are those without it, on average over samples."""
    shares = []
    for sample in range(1, 7):
        x = cube(300, 3, sample)
        y = math.sqrt(12) * (math.sqrt(0.7) * x[:, 0] + math.sqrt(0.3) * x[:, 1])
        responses, ranks = both_of(pairs_of(y, math.sqrt(2), sample=sample))
        assert responses.noise == pytest.approx(2.0, rel=0.25)
        shares.append(first_order(named(x), responses, ranks, shuffles=FEW).table["share"].to_numpy())
    assert np.mean(shares, axis=0).tolist() == pytest.approx([0.7, 0.3, 0.0], abs=0.1)


def test_assumptions_drawn_together_have_shares_of_what_they_know() -> None:
    """The response is the first; the second, with a correlation of 0.6, knows 0.36 of it; together they know 1, not 1.36."""
    z = normal(1000, 3)
    x = np.column_stack([z[:, 0], 0.6 * z[:, 0] + 0.8 * z[:, 1], z[:, 2]])
    responses, ranks = both_of(pairs_of(x[:, 0], 0.3, sample=2))
    shares = first_order(named(x), responses, ranks, shuffles=FEW)
    assert shares.table["share"].tolist() == pytest.approx([1.0, 0.36, 0.0], abs=0.06)
    together, low, high = shares_together(named(x), responses, shares, ["x0", "x1"])
    assert together == pytest.approx(1.0, abs=0.03)
    assert low < 1 < high
    assert shares_together(named(x), responses, shares)[0] == pytest.approx(1.36, abs=0.08)


def test_shares_of_many_add_up_without_inventing_any() -> None:
    """Two of sixty assumptions make 0.3 and 0.2, acting together they make the rest; the others make nothing."""
    x = cube(300, 60)
    u = math.sqrt(12) * (x - 0.5)
    y = math.sqrt(0.3) * u[:, 0] - math.sqrt(0.2) * u[:, 1] + math.sqrt(0.5) * u[:, 0] * u[:, 1]
    responses, ranks = both_of(pairs_of(y, 0.5))
    shares = first_order(named(x), responses, ranks)
    together, low, high = shares_together(named(x), responses, shares)
    assert low < 0.5 < high < 1.2
    assert together == pytest.approx(0.5, abs=0.25)
    assert shares.table["named"].tolist() == [True, True] + [False] * 58


def test_too_few_points_for_those_drawn_jointly() -> None:
    x = cube(30, 12)
    responses, ranks = both_of(pairs_of(x[:, 0], 0.1))
    shares = first_order(named(x), responses, ranks, shuffles=FEW)
    assert all(math.isnan(one) for one in shares_together(named(x), responses, shares, [f"x{place}" for place in range(12)]))


def test_of_pure_noise_nothing_is_named_in_95_of_100() -> None:
    """However many assumptions there are; here 25, of responses with a heavy tail and in ranks."""
    wrong = 0
    for sample in range(1, 101):
        curves = [curve_through(column[:, None], 3) for column in cube(80, 25, sample).T]
        y = np.exp(2 * normal(80, 1, sample)[:, 0])
        wrong += bool(by_chance(curves, [y, np.argsort(np.argsort(y)).astype(float)], 99).min() <= 0.05)
    assert 1 <= wrong <= 10


def test_one_wild_point_does_not_hide_what_holds_at_all_others() -> None:
    x = cube(200, 20)
    y = x[:, 0].copy()
    y[7] = 1000.0
    found = first_order(named(x), *both_of(pairs_of(y, 0.1)), shuffles=199).table
    assert abs(found["share"].iloc[0]) < 0.1
    assert found["rank_share"].iloc[0] > 0.9
    assert found["named"].tolist() == [True] + [False] * 19


def test_directions_and_ends() -> None:
    """Over the middle 90 of 100 of what was drawn: a line up, a line down, a bow, and nothing."""
    x = cube(800, 4)
    y = 2 * x[:, 0] - x[:, 1] + 4 * (x[:, 2] - 0.5) ** 2
    found = first_order(named(x), *both_of(pairs_of(y, 0.2)), shuffles=199).table.set_index("assumption")
    assert found["direction"].tolist() == ["rises", "falls", "unclear", "unclear"]
    assert found["slope"].tolist() == pytest.approx([1.8, -0.9, 0.0, 0.0], abs=0.12)
    assert found["named"].tolist() == [True, True, True, False]
    bow = found.loc["x2"]
    assert (bow["at_low"], bow["at_high"]) == pytest.approx((0.5 + 4 * 0.45**2, 0.5 + 4 * 0.45**2), abs=0.15)
    line = found.loc["x0"]
    assert line["at_low_low"] < line["at_low"] < line["at_low_high"]
    assert (line["low_end"], line["high_end"]) == pytest.approx((0.05, 0.95), abs=0.02)
    assert line["at_high"] - line["at_low"] == pytest.approx(1.8, abs=0.2)


def test_where_points_differ_no_more_than_seeds_make_them_there_are_no_shares() -> None:
    x = cube(60, 3)
    responses, ranks = both_of(pairs_of(np.zeros(60), 1.0, seeds=4, sample=2))
    assert responses.expected < 0
    found = first_order(named(x), responses, ranks, shuffles=FEW).table
    assert found[["share", "share_low", "share_high"]].isna().all(axis=None)


def test_what_never_differs_is_no_error() -> None:
    found = first_order(named(cube(40, 2)), *both_of(pairs_of(np.zeros(40))), shuffles=FEW).table
    assert found["named"].tolist() == [False, False]
    assert found["by_chance"].tolist() == [1.0, 1.0]


# -- curves ------------------------------------------------------------------------------------------------------------------


def test_a_refit_is_least_squares_of_the_points_that_were_drawn() -> None:
    x, y = cube(50, 1), normal(50, 1)[:, 0]
    curve = curve_through(x, 3)
    found = refitted(curve, y)
    for number in (0, 17):
        chosen = resampled(50)[number]
        plain = np.polynomial.polynomial.polyfit(x[chosen, 0], y[chosen], 3)
        fitted = np.polynomial.polynomial.polyval(x[chosen, 0], plain)
        assert found.explained[number] == pytest.approx(fitted.var() / y[chosen].var(), abs=1e-6)
        at = np.concatenate([[1.0], curve.at(np.array([[0.3]]))[0]])
        assert found.coefficients[number] @ at == pytest.approx(np.polynomial.polynomial.polyval(0.3, plain), abs=1e-5)
        line = np.polyfit(x[chosen, 0], y[chosen], 1)[0]
        step = curve.at(np.array([[0.2], [0.7]]))[:, 0]
        assert found.slope[number] * (step[1] - step[0]) == pytest.approx(0.5 * line, abs=1e-6)
    assert counts_of(50)[17].sum() == 50


def test_leaving_out_a_point_is_what_the_other_points_say() -> None:
    x = cube(40, 1)
    pairs = pairs_of(x[:, 0], 0.2)
    responses, _ = both_of(pairs)
    found = _without_each(curve_through(x, 2), responses)
    for point in (0, 23):
        others, _ = both_of(pairs[pairs["draw"] != point])
        assert found[point] == pytest.approx(_share(curve_through(np.delete(x, point, axis=0), 2), others))


def test_a_column_of_few_levels_has_a_curve_of_fewer_degrees() -> None:
    whole = np.floor(3 * cube(60, 1))
    assert curve_through(whole, 3).freedom == 2
    assert curve_through(np.ones((60, 1)), 3).freedom == 0
    x = np.column_stack([whole, np.ones(60)])
    found = first_order(named(x), *both_of(pairs_of(whole[:, 0], 0.1)), shuffles=FEW).table
    assert found["share"].tolist() == pytest.approx([1.0, 0.0], abs=0.02)
    assert found["direction"].tolist() == ["rises", "unclear"]
