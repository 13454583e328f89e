"""The police: a finite force, tolerance, termination, arrests."""

import numpy as np
import pytest

from sim.record import Arrested, Dispersed, Terminated


def crowd(world, number, form="rally", **plan):
    """So many assemblies that differ by nothing but their coins."""
    return [world.assembly(opportunity, world.plan(form=form, **plan)) for opportunity in range(number)]


def share(world, ask, number=400, **how):
    return float(np.mean([ask(assembly) for assembly in crowd(world, number, **how)]))


# -- how many are sent -----------------------------------------------------------------------------------------------------


def test_the_force_is_what_the_town_has_and_can_spare(one):
    assert one({"police.per_100k": 500, "police.available": 0.4}).model.police.force == 500 * 0.4 / 5  # 20,000 adults


@pytest.mark.parametrize("available", [0.05, 0.2, 1.0])
def test_a_day_never_takes_more_officers_than_there_are(one, available):
    world = one({"police.per_100k": 2000, "police.available": available, "police.knows": 1.0})
    sent = world.model.police.deploy([(assembly, 400.0, False) for assembly in crowd(world, 10)])
    assert 0 < sum(sent) <= world.model.police.force


def test_scarce_police_are_shared_out_in_proportion(one):
    rich, poor = (one({"police.available": available, "police.knows": 1.0}) for available in (1.0, 0.02))
    wanted, had = (
        world.model.police.deploy([(a, size, False) for a, size in zip(crowd(world, 3), (20.0, 200.0, 2000.0), strict=True)])
        for world in (rich, poor)
    )
    assert wanted[0] < wanted[1] < wanted[2]
    shares = [a / b for a, b in zip(had, wanted, strict=True)]
    assert shares == pytest.approx([sum(had) / sum(wanted)] * 3, abs=0.06)
    assert sum(had) < sum(wanted)


def test_a_day_with_plenty_sends_each_what_it_would_be_sent_alone(one):
    world = one({"police.available": 1.0, "police.per_100k": 2000})
    assemblies = crowd(world, 2)
    together = world.model.police.deploy([(assembly, 30.0, True) for assembly in assemblies])
    assert together == [world.model.police.deploy([(assembly, 30.0, True)])[0] for assembly in assemblies]
    assert world.model.police.deploy([]) == []


def test_more_are_sent_to_what_is_unlawful_large_threatening_or_foreseen(one):
    world = one({"police.available": 1.0, "police.per_100k": 2000, "police.knows": 1.0})
    (rally,), (march,) = crowd(world, 1), crowd(world, 1, form="march")

    def sent(assembly, expected=100.0, lawful=False):
        return world.model.police.deploy([(assembly, expected, lawful)])[0]

    assert sent(rally) > sent(rally, lawful=True)
    assert sent(rally, 400.0) > sent(rally)
    assert sent(rally, 400.0) < 4 * sent(rally)  # fewer a head
    assert sent(march) > sent(rally)
    unforeseen = one({"police.available": 1.0, "police.per_100k": 2000, "police.knows": 0.0, "police.patrol": 0.25})
    (unknown,) = crowd(unforeseen, 1)
    assert unforeseen.model.police.deploy([(unknown, 100.0, False)])[0] == pytest.approx(sent(rally) / 4, abs=1)


def test_what_was_filed_is_known(one):
    world = one({"police.knows": 0.0})
    assembly = world.assembly()
    assert not world.model.police.knows(assembly)
    world.filing(assembly)
    assert world.model.police.knows(assembly)


# -- what they do ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["single_picket", "rally", "march"])
def test_style_at_its_ends(one, form):
    mild, stern = (one({"police.style": style, "police.staying": 1.0}) for style in (0.0, 1.0))
    ways = ("steps_in", "people_leave", "arrests_those_who_left")
    assert [share(mild, getattr(mild.model.police, way), 50, form=form) for way in ways] == [0, 1, 0]
    assert [share(stern, getattr(stern.model.police, way), 50, form=form) for way in ways] == [1, 0, 1]


def test_in_between_a_sterner_style_steps_in_more_often_and_against_marches_most(one):
    def steps_in(style, form):
        world = one({"police.style": style})
        return share(world, world.model.police.steps_in, form=form)

    assert steps_in(0.2, "rally") == pytest.approx(0.2, abs=0.05)
    assert steps_in(0.2, "rally") < steps_in(0.5, "rally") < steps_in(0.8, "rally")
    assert steps_in(0.5, "single_picket") < steps_in(0.5, "rally") < steps_in(0.5, "march")


def test_half_of_crowds_stay_when_zero_tolerance_bids_them_leave_and_practice_says_half(one):
    world = one({"police.style": 1.0, "police.staying": 0.5})
    assert share(world, world.model.police.people_leave) == pytest.approx(0.5, abs=0.07)


def test_misconduct_grows_with_the_crowd_and_the_form(one):
    world = one({"police.misconduct": 0.2, "police.misconduct_growth": 0.5})

    def misconduct(turnout, form="rally"):
        return {a.opportunity for a in crowd(world, 400, form=form) if world.model.police.misconduct(a, turnout)}

    assert len(misconduct(50)) / 400 == pytest.approx(0.2, abs=0.06)
    assert misconduct(5) < misconduct(50) < misconduct(500)  # sets: the same coins
    assert misconduct(50, "picket") < misconduct(50) < misconduct(50, "march")
    for chance in (0.0, 1.0):
        police = one({"police.misconduct": chance}).model.police
        assert [police.misconduct(a, 50) for a in crowd(world, 50)] == [bool(chance)] * 50


def test_only_what_is_known_can_be_prevented(one):
    knowing, blind = (one({"police.prevents": 1.0, "police.knows": knows}) for knows in (1.0, 0.0))
    assert share(knowing, knowing.model.police.prevents, 50) == 1
    assert share(blind, blind.model.police.prevents, 50) == 0
    assert share(one(), one().model.police.prevents, 50) == 0


# -- arrests ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("turnout", "officers"), [(1, 50), (3, 50), (500, 0), (500, 1), (500, 200)])
def test_arrests_are_bounded_by_the_crowd_and_by_what_officers_can_do(one, turnout, officers):
    world = one({"police.arrests": 50.0, "police.arrests_log_sd": 3.0, "police.one_arrests": 2.0})
    arrested = [world.model.police.arrests(a, turnout, officers, force=True) for a in crowd(world, 100)]
    assert min(arrested) >= 0
    assert max(arrested) <= min(turnout, 2 * officers)


def test_arrests_depend_on_form_more_than_on_size(one):
    world = one({"police.arrests_log_sd": 1.0})

    def median(turnout=100, form="rally"):
        return np.median([world.model.police.arrests(a, turnout, 10_000, force=False) for a in crowd(world, 400, form=form)])

    assert median(form="picket") <= median() <= median(form="march")
    assert median(form="single_picket") < median(form="march")
    assert median(50) <= median(100) <= median(1000)
    assert median(10_000) / median(100) < 10  # a hundred times the crowd


def test_force_arrests_more(one):
    world = one({"police.style": 1.0, "police.force_arrests": 2.0, "police.arrests_log_sd": 0.5})
    gentle, forced = (
        sum(world.model.police.arrests(a, 1000, 1000, force=force) for a in crowd(world, 200)) for force in (False, True)
    )
    assert forced == pytest.approx(3 * gentle, rel=0.15)


@pytest.mark.parametrize(("style", "ended"), [(0.0, False), (1.0, True)])
def test_from_facilitation_to_zero_tolerance_on_the_street(one, style, ended):
    seen = one({"police.style": style, "police.staying": 1.0, "law.threshold": "none"}).hold(files=False)
    (held,) = seen.held.values()
    assert held.breaches
    assert bool(seen.of(Terminated)) == bool(seen.of(Dispersed)) == bool(seen.of(Arrested)) == ended
    for arrest in seen.of(Arrested):
        assert set(arrest.citizens) <= set(held.goers)
        assert len(arrest.citizens) <= 2 * held.officers
