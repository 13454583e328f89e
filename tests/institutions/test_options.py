"""Options: which plans there are under which law, and when they can be held."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour.plans import round_size
from sim.institutions.options import earliest_date
from sim.law import load_law
from sim.law.amounts import Duration
from sim.model.planning import file
from sim.record import Filed

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)


def offered(world, **occasion):
    world.occasion = replace(world.occasion, **occasion)
    return world.organiser.plans(world.occasion)


def strategies(world, **occasion):
    return {plan.strategy for plan in offered(world, **occasion)}


def expecting(one, persons, law=None, **how):
    """A world whose organiser expects so many on the day."""
    world = one({"choices.optimism": 0.0, "choices.forecast_gain": 0.0, "choices.mobilising": 0.1, **(law or {})}, **how)
    share = persons / world.organiser.followers.size
    world = one({**world_changes(law), "organisers.yield_lawful": share}, **how)
    assert world.organiser.forecast(world.occasion, world.occasion.date, lawful=True) == pytest.approx(persons, rel=1e-6)
    return world


def world_changes(law):
    return {"choices.optimism": 0.0, "choices.forecast_gain": 0.0, "choices.mobilising": 0.1, **(law or {})}


# -- which plans there are -------------------------------------------------------------------------------------------------

FREELY = {"wait", "single_picket", "expected", "small"}
"""What one can do where the law asks nothing."""


def test_waiting_comes_first(one):
    assert [plan.strategy for plan in offered(one())].index("wait") == 0
    assert [plan.strategy for plan in offered(one())].count("wait") == 1


@pytest.mark.parametrize("form", ["picket", "meeting", "rally", "demonstration", "march"])
def test_without_law_one_holds_what_one_likes_and_owes_nothing(one, form):
    found = offered(one({"law": "no-law"}), form=form)
    assert {plan.strategy for plan in found} == FREELY
    assert not any(plan.files or plan.owes_filing or plan.exempt_kind for plan in found)
    assert {plan.date for plan in found if plan.strategy == "small"} == {20}


@pytest.mark.parametrize(("persons", "step"), [(35, False), (47, False), (48, True), (60, True), (150, True)])
def test_ways_round_the_threshold_appear_when_as_many_are_expected(one, persons, step):
    """48 are said to be 50: a size is declared as people say it."""
    found = strategies(expecting(one, persons))
    assert ("under_threshold" in found) == step
    assert ("split" in found) == step


def test_without_a_threshold_there_is_no_way_round_it(one):
    for law in ({"law.threshold": "none"}, {"law": "germany/federal"}, {"law": "no-law"}):
        assert not {"under_threshold", "split"} & strategies(expecting(one, 150, law))


def test_who_goes_under_declares_the_most_that_is_under_and_owes_what_is_owed_there(one):
    found = offered(expecting(one, 150))
    under = [plan for plan in found if plan.strategy == "under_threshold"]
    assert {(plan.declared, plan.procedure, plan.effort, plan.public) for plan in under} == {(49, "notification", 1.0, True)}
    assert {plan.procedure for plan in found if plan.strategy == "expected"} == {"permit"}
    small = [plan for plan in found if plan.strategy == "small"]
    assert all(plan.declared == 49 and plan.effort < 1 for plan in small)


@pytest.mark.parametrize(("persons", "parts"), [(60, 2), (98, 3), (150, 4), (190, 4), (250, None)])
def test_a_split_has_as_many_parts_as_fit_under_the_threshold(one, persons, parts):
    found = [plan for plan in offered(expecting(one, persons)) if plan.strategy == "split"]
    assert {plan.parts for plan in found} == ({parts} if parts else set())
    assert all(plan.declared <= 49 and plan.procedure == "notification" for plan in found)
    assert all(plan.effort * plan.parts == pytest.approx(1) for plan in found)


def test_what_owes_a_filing_can_go_unannounced(one):
    bill, free = strategies(one()), strategies(one({"law": "no-law"}))
    assert "unannounced" in bill
    assert "unannounced" not in free
    assert not any(plan.files for plan in offered(one()) if plan.strategy == "unannounced")
    assert all(
        plan.files == plan.owes_filing for plan in offered(one()) if plan.strategy in {"expected", "small", "single_picket"}
    )


def test_spontaneous_is_what_answers_something_that_just_happened(one):
    law = {"law.spontaneous.allowed": True}
    assert "spontaneous" in strategies(one(law, lead=1))
    assert "spontaneous" not in strategies(one(law, lead=20))
    assert "spontaneous" not in strategies(one(lead=1))
    within = {**law, "law.spontaneous.within": "1 days"}
    assert "spontaneous" in strategies(one(within, lead=1))
    assert "spontaneous" not in strategies(one(within, lead=2))
    hours = {**law, "law.spontaneous.within": "48 hours"}
    assert "spontaneous" in strategies(one(hours, lead=2))


def test_phantoms_need_exclusive_slots_and_a_rival(one):
    exclusive = {"law.places.exclusive": True, "organisers.opportunities": 5.0}
    assert "phantom" not in strategies(one(exclusive))  # everybody is of the opposition
    vying = lab_with_rivals(one, exclusive)
    assert "phantom" in strategies(vying)
    assert "phantom" not in strategies(lab_with_rivals(one, {"organisers.opportunities": 5.0}))


def lab_with_rivals(one, changes):
    world = one({**changes, "organisers.stance": {"loyal": 0.5, "social": 0.0, "opposition": 0.5}})
    assert world.model.rivals(world.organiser) > 0
    return world


def test_gatherings_outside_the_law_are_a_way_where_the_law_binds(one):
    kinds = {plan.exempt_kind for plan in offered(one()) if plan.strategy == "exempt_kind"}
    assert kinds == {"indoor"}
    residents = one({"law.exempt.kinds": ["residents", "official"]})
    assert {plan.exempt_kind for plan in offered(residents) if plan.strategy == "exempt_kind"} == {"residents"}
    assert "exempt_kind" not in strategies(one({"law.exempt.kinds": ["official", "religious"]}))
    unbound = {"law": "no-law", "law.exempt": {"kinds": ["indoor"], "source": "a test"}}
    assert "exempt_kind" not in strategies(one(unbound))


def test_indoors_holds_so_many(one):
    (large,) = (plan for plan in offered(expecting(one, 600)) if plan.exempt_kind)
    assert (large.declared, large.effort, large.public) == (150, pytest.approx(0.25), False)
    (small,) = (plan for plan in offered(expecting(one, 30)) if plan.exempt_kind)
    assert (small.declared, small.effort) == (30, 1.0)


def test_who_would_move_can_stand_still_instead(one):
    assert {plan.form for plan in offered(one(), form="march")} >= {"march", "rally"}
    assert "march" not in {plan.form for plan in offered(one(), form="rally")}


def test_the_symbolic_place_the_one_in_mind_and_the_best_designated_one_are_weighed(one):
    found = {plan.site for plan in offered(one(), site=MARKET) if plan.strategy == "expected"}
    assert found == {TOWN_HALL, MARKET, RIVER_PARK}  # of the designated ones not the field, which is remote
    free = {plan.site for plan in offered(one({"law.places.rule": "anywhere"}), site=MARKET) if plan.strategy == "expected"}
    assert free == {TOWN_HALL, MARKET}


def test_a_lone_picket_stands_where_it_is_seen_and_is_filed_for_in_time(one):
    for law, notice in (({}, 5), ({"law.procedures.0.notice": "10 working days"}, 10)):
        world = one(law, lead=1)
        (picket,) = (plan for plan in offered(world) if plan.strategy == "single_picket")
        assert (picket.site, picket.declared, picket.files) == (TOWN_HALL, 1, True)
        assert world.model.calendar.back(picket.date, notice, "working days") >= 0
        assert picket.date > 5


# -- when ------------------------------------------------------------------------------------------------------------------


def row(one, notice, notice_from="assembly"):
    amount, _, unit = notice.partition(" ")
    world = one({"scenario.start": datetime.date(2019, 3, 1), "shocks": []})
    found = world.model.regime.row("rally", "informal", "park", 40)
    owed = {"notice": Duration(int(amount), unit), "notice_from": notice_from, "decision": None}
    return world, found.model_copy(update=owed)


@pytest.mark.parametrize(
    ("filed", "notice", "notice_from", "earliest"),
    [
        # worked by hand on the calendar of Kazakhstan, March 2019: 8 March is a holiday (a Friday), so are the 21st to the 25th
        ("2019-03-04", "3 working days", "assembly", "2019-03-07"),  # Monday: Tuesday, Wednesday, Thursday
        ("2019-03-04", "5 working days", "assembly", "2019-03-12"),  # and, after the holiday and a weekend, Monday and Tuesday
        ("2019-03-18", "5 working days", "assembly", "2019-03-28"),  # 19, 20; Nauryz; 26, 27, 28
        ("2019-03-15", "1 working days", "assembly", "2019-03-18"),  # a Friday: on Monday
        ("2019-03-16", "1 working days", "assembly", "2019-03-19"),  # a Saturday counts as its Friday, but is not before it
        ("2019-03-04", "0 working days", "assembly", "2019-03-04"),
        ("2019-03-04", "10 days", "assembly", "2019-03-14"),
        ("2019-03-04", "10 clear days", "assembly", "2019-03-15"),
        ("2019-03-04", "48 hours", "assembly", "2019-03-06"),
        ("2019-03-04", "49 hours", "assembly", "2019-03-07"),
        ("2019-03-04", "48 hours", "announcement", "2019-03-07"),  # two days to the announcement, and it is held the day after
        ("2019-03-04", "0 days", "announcement", "2019-03-05"),
    ],
)
def test_the_earliest_date_worked_by_hand(one, filed, notice, notice_from, earliest):
    world, owed = row(one, notice, notice_from)
    calendar = world.model.calendar
    found = earliest_date(world.model, owed, calendar.day(datetime.date.fromisoformat(filed)))
    assert calendar.date(found) == datetime.date.fromisoformat(earliest)


def test_what_owes_nothing_can_be_held_at_once(one):
    world = one()
    assert earliest_date(world.model, None, 7) == 7
    exempt = load_law("germany/federal").row("single_picket", "informal", "park", 1)
    assert earliest_date(world.model, exempt, 7) == 7


@pytest.mark.parametrize("notice", ["5 working days", "10 days", "48 hours"])
@pytest.mark.parametrize("notice_from", ["assembly", "announcement"])
@pytest.mark.parametrize("today", range(0, 30, 3))
def test_the_earliest_date_is_the_first_for_which_a_filing_is_in_time(one, notice, notice_from, today):
    """Held against what the desk says of a filing made that day: in time for this date, too late for the one before."""
    law = {"law.procedures.notification.notice": notice, "law.procedures.notification.decision": None}
    world = one({**law, "law.procedures.notification.notice_from": notice_from, "law.threshold": 1000})
    world.model.run_for(today + 1)
    owed = world.model.regime.row("rally", "informal", "park", 40)
    first = earliest_date(world.model, owed, world.model.today)
    for opportunity, date in enumerate((first, first - 1)):
        assembly = world.assembly(opportunity, world.plan(date=date))
        assembly.plan = replace(assembly.plan, date=date)
        file(world.model, assembly, 1)
    assert [filing.in_time for filing in world.model.record.of(Filed)] == [True, False]


def test_plans_wait_for_their_term_and_no_longer(one):
    world = one(lead=3)
    by = {(plan.strategy, plan.site, plan.date) for plan in offered(world)}
    dates = {strategy: {date for other, _, date in by if other == strategy} for strategy, _, _ in by}
    first = earliest_date(world.model, world.model.regime.row("rally", "informal", "park", 40), 0)
    assert min(dates["unannounced"]) == 3 < first == min(dates["small"])
    relaxed = one(lead=60)
    assert min(plan.date for plan in offered(relaxed) if plan.strategy == "small") == 60


def test_late_notice_that_the_law_accepts_need_not_wait(one):
    lenient = {"law.spontaneous.short_notice": True}
    assert min(plan.date for plan in offered(one(lenient, lead=3)) if plan.strategy == "small") == 3
    permits = [plan for plan in offered(one({**lenient, "law.threshold": 2}, lead=0)) if plan.files]
    assert permits
    assert all(plan.date >= 1 for plan in permits if plan.procedure == "permit")  # leave takes a day at least


def test_a_free_day_is_offered_beside_a_working_day(one):
    world = one(lead=20)  # Monday, 21 January 2019
    dates = {plan.date for plan in offered(world) if plan.strategy == "expected" and plan.site == RIVER_PARK}
    assert {world.model.calendar.date(date) for date in dates} == {datetime.date(2019, 1, 21), datetime.date(2019, 1, 26)}
    saturday = one(lead=25)
    assert {plan.date for plan in offered(saturday) if plan.strategy == "expected"} == {25}


# -- sizes as people say them ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        (0.0, 1), (0.4, 1), (1.0, 1), (7.3, 7), (9.6, 10), (12, 10), (13, 15), (47, 45), (48, 50), (54, 50), (56, 60),
        (194, 190), (212, 200), (240, 250), (249, 250), (960, 950), (980, 1000), (1049, 1000), (12_345, 12_300),
    ],
)  # fmt: skip
def test_sizes_are_said_in_round_numbers(persons, said):
    assert round_size(persons) == said


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_round_sizes_keep_the_order_and_stay_near(one_size, other):
    low, high = sorted((one_size, other))
    assert 1 <= round_size(low) <= round_size(high)
    assert round_size(round_size(high)) == round_size(high)
    assert abs(round_size(high) - max(1.0, high)) <= max(0.5, 0.2 * high)
