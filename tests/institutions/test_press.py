"""The press: what is covered, and what covering may cost."""

import numpy as np
import pytest

from sim.institutions.press import Press


def medium(world, *, independent=True):
    found = next(one for one in world.model.press if one.independent == independent)
    assert isinstance(found, Press)
    return found


def covered(world, turnout=60, *, unlawful=False, arrests=0, independent=True):
    """Which of many assemblies, told apart by their coins, a medium covers."""
    press = medium(world, independent=independent)
    assemblies = [world.assembly(opportunity) for opportunity in range(400)]
    return {a.opportunity for a in assemblies if press.covers(a, turnout, unlawful=unlawful, arrests=arrests)}


FREE = {"press.freedom": 1.0, "press.half_size": 60.0, "press.arrests_news": 3.0, "press.outlets": 20, "press.independent": 0.5}


def test_half_of_those_of_the_half_size_are_covered(one):
    assert len(covered(one(FREE))) / 400 == pytest.approx(0.5, abs=0.07)


def test_size_and_arrests_are_news(one):
    world = one(FREE)
    assert covered(world, 1) < covered(world, 60) < covered(world, 600)
    assert covered(world) < covered(world, arrests=1) == covered(world, 180)


def test_what_is_critical_passes_as_far_as_the_press_is_free(one):
    half = {**FREE, "press.freedom": 0.5}
    everything = 10**9
    assert len(covered(one(half), everything)) / 400 == pytest.approx(0.5, abs=0.07)
    assert len(covered(one(half), everything, independent=False)) / 400 == pytest.approx(0.25, abs=0.07)
    assert len(covered(one(half, stance="loyal"), everything, independent=False)) == 400
    assert covered(one({**FREE, "press.freedom": 0.0}), everything) == set()


def test_caution_falls_on_what_is_unlawful_where_it_can_close_a_medium(one):
    for closure, caution in (("covering_unlawful", 0.6), ("none", 0.0)):
        world = one({**FREE, "press.caution": 0.6, "law.press.closure": closure})
        everything = 10**9
        assert len(covered(world, everything)) == 400
        assert len(covered(world, everything, unlawful=True)) / 400 == pytest.approx(1 - caution, abs=0.06)
        assert medium(world).may_be_closed == (closure == "covering_unlawful")


@pytest.mark.parametrize(
    ("closes", "closure", "share"), [(1.0, "covering_unlawful", 1.0), (1.0, "none", 0.0), (0.3, "covering_unlawful", 0.3)]
)
def test_covering_closes_a_medium_as_often_as_practice_says_where_the_law_lets_it(one, closes, closure, share):
    world = one({**FREE, "press.closes": closes, "law.press.closure": closure})
    closed = [medium(world).is_closed_for(world.assembly(opportunity)) for opportunity in range(400)]
    assert np.mean(closed) == pytest.approx(share, abs=0.06)


def test_a_closed_medium_covers_nothing(one):
    world = one(FREE)
    medium(world).open = False
    assert covered(world, 10**9) == set()


def test_reported_sizes_err_around_the_truth(one):
    world = one({**FREE, "press.report_error": 0.4})
    sizes = [medium(world).reported_size(world.assembly(opportunity), 1000) for opportunity in range(400)]
    assert np.mean(np.log(sizes)) == pytest.approx(np.log(1000), abs=0.06)
    assert np.std(np.log(sizes)) == pytest.approx(0.4, abs=0.05)
    exact = one({**FREE, "press.report_error": 0.0})
    assert medium(exact).reported_size(exact.assembly(), 1000) == 1000
    assert medium(world).reported_size(world.assembly(), 0) == 1


def test_media_are_independent_of_the_government_as_often_as_practice_says(one):
    for share in (0.0, 0.5, 1.0):
        world = one({"press.outlets": 200, "press.independent": share})
        assert np.mean([one_.independent for one_ in world.model.press]) == pytest.approx(share, abs=0.1)
