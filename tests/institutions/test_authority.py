"""The authority: what it finds against a filing, what it wishes, when it answers."""

import datetime
from collections import Counter

import pytest

from sim.record import Answered, Booked, CalledOff, Changed

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)
ALL, NONE = ({"loyal": share, "social": share, "opposition": share} for share in (1.0, 0.0))
YEAR = {"since": datetime.date(2018, 12, 1), "until": datetime.date(2019, 12, 31), "source": "a test"}


def ground(name, breadth=1.0):
    return {"name": name, "breadth": breadth, "source": "a test"}


def unwanted(breadth=0.0, **practice):
    """Everything is unwanted, and one ground of substance can be made to fit so often."""
    law = {"law.refusal.grounds": [ground("public_order", breadth)], "law.places.rule": "anywhere"}
    always = {"authority.wish_to_refuse": ALL, "authority.discretion_notification": 1.0, "authority.discretion_permit": 1.0}
    return {**law, **always, **{f"authority.{key}": value for key, value in practice.items()}}


def answered(world, filings):
    """Have filings answered; whoever made them does nothing about it."""
    for filing in filings:
        world.model.authority.answer(filing)
    return list(world.model.record.of(Answered))


def answers(world, number=200, plan=None, **how):
    return Counter(answer.answer for answer in answered(world, world.filings(number, plan, **how)))


# -- grounds that are facts ------------------------------------------------------------------------------------------------

FACTS = {
    "emergency": ({"law.emergency.effect": "ground", "emergencies": [YEAR]}, {}, {}),
    "place_not_allowed": ({}, {"site": MARKET}, {}),
    "place_taken": ({"law.places.exclusive": True}, {}, {}),
    "over_capacity": ({"law.places.capacity_binds": True}, {"size": 1500}, {}),
    "late_filing": ({}, {}, {"in_time": False}),
    "incomplete": ({}, {}, {"complete": False}),
    "barred_organiser": ({}, {}, {}),
}
"""For each ground: what the law and the events say, what is planned, how it was filed."""


def in_point(one, name, grounds, *, closed=True, formalism=1.0):
    """The answer to a filing against which one fact can be held, under a law with some grounds."""
    law, plan, filing = FACTS[name]
    rules = {"law.refusal.grounds": [ground(other) for other in grounds], "law.refusal.closed": closed}
    legal_form = "suspended_party" if name == "barred_organiser" else "informal"
    world = one({**law, **rules, "authority.formalism": formalism}, legal_form=legal_form)
    world.model.run_for(1)  # events begin at dawn
    if name == "place_taken":
        world.model.places.book(RIVER_PARK, world.occasion.date, 999)
    (answer,) = answered(world, world.filings(1, world.plan(**plan), **filing))
    return answer.answer, answer.ground, answer.pretext


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_a_ground_where_the_law_names_it(one, name):
    assert in_point(one, name, [name]) == ("refused", name, False)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_a_closed_list_does_not_name_is_no_ground(one, name):
    others = [other for other in FACTS if other != name]
    assert in_point(one, name, others) == ("allowed", None, False)


@pytest.mark.parametrize("name", FACTS)
def test_an_open_list_takes_every_fact(one, name):
    assert in_point(one, name, [], closed=False) == ("refused", name, False)


@pytest.mark.parametrize("name", ["late_filing", "incomplete", "place_not_allowed"])
def test_formal_defects_of_what_is_wanted_are_overlooked_as_far_as_practice_overlooks_them(one, name):
    assert in_point(one, name, [name], formalism=0.0) == ("allowed", None, False)


@pytest.mark.parametrize("name", ["emergency", "place_taken", "over_capacity", "barred_organiser"])
def test_what_is_no_mere_form_is_not_overlooked(one, name):
    assert in_point(one, name, [name], formalism=0.0) == ("refused", name, False)


def test_a_prohibited_zone_is_never_overlooked(one):
    law = {"law.places.rule": "anywhere", "law.places.prohibited": ["government"], "authority.formalism": 0.0}
    world = one(law)
    assert answers(world, 20, world.plan(site=TOWN_HALL)) == {"refused": 20}


def test_formal_defects_are_held_against_what_is_unwanted(one):
    world = one({**unwanted(), "law.refusal.grounds": [ground("late_filing")]})
    assert answers(world, 20, in_time=False) == {"refused": 20}
    assert answers(one({**unwanted(), "law.refusal.grounds": [ground("late_filing")]}), 20) == {"allowed": 20}


# -- discretion ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("breadth", "share"), [(0.0, 0.0), (0.4, 0.4), (1.0, 1.0)])
def test_a_ground_fits_as_often_as_it_is_broad(one, breadth, share):
    assert answers(one(unwanted(breadth)))["refused"] / 200 == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize(("procedure", "size"), [("notification", 40), ("permit", 60)])
@pytest.mark.parametrize(("discretion", "share"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_a_wish_is_acted_on_as_far_as_discretion_goes(one, procedure, size, discretion, share):
    world = one({**unwanted(1.0), f"authority.discretion_{procedure}": discretion})
    assert answers(world, plan=world.plan(size))["refused"] / 200 == pytest.approx(share, abs=0.11)


def test_the_first_ground_that_fits_is_given(one):
    both = [ground("incitement", 1.0), ground("public_order", 0.4)]
    world = one({**unwanted(), "law.refusal.grounds": both})
    given = Counter(answer.ground for answer in answered(world, world.filings(200)))
    assert given["public_order"] / 200 == pytest.approx(0.4, abs=0.1)
    assert given["incitement"] == 200 - given["public_order"]


def test_without_a_ground_only_a_lawless_authority_refuses(one):
    assert answers(one(unwanted(lawless=0.0))) == {"allowed": 200}
    world = one(unwanted(lawless=0.3))
    refusals = [answer for answer in answered(world, world.filings(200)) if answer.answer == "refused"]
    assert len(refusals) / 200 == pytest.approx(0.3, abs=0.1)
    assert {(refusal.ground, refusal.pretext) for refusal in refusals} == {(None, True)}


def refused_of(world, number=200, plan=None):
    """Which of many filings, told apart by their coins, are refused."""
    return {answer.assembly for answer in answered(world, world.filings(number, plan)) if answer.answer == "refused"}


def test_the_wish_to_refuse_rises_with_stance_size_and_place(one):
    wishes = {"loyal": 0.1, "social": 0.4, "opposition": 0.7}
    practice = {
        **unwanted(1.0),
        "authority.wish_to_refuse": wishes,
        "authority.size_weight": 0.5,
        "authority.symbolic_weight": 1.0,
    }

    def refused(stance="social", **plan):
        world = one({**practice, "law.threshold": "none"}, stance=stance)
        return refused_of(world, plan=world.plan(**plan))

    stances = [refused(stance) for stance in wishes]
    assert stances[0] < stances[1] < stances[2]  # sets: the same coins, so whoever is refused stays refused
    sizes = [refused(size=size) for size in (10, 300, 5000)]
    assert sizes[0] < sizes[1] < sizes[2]
    assert refused(site=MARKET) < refused(site=TOWN_HALL)
    assert refused(site=MARKET) == refused(site=RIVER_PARK)


def test_without_weights_neither_size_nor_place_matters(one):
    flat = {**unwanted(1.0), "authority.wish_to_refuse": dict.fromkeys(ALL, 0.4)}
    flat |= {"authority.size_weight": 0.0, "authority.symbolic_weight": 0.0, "law.threshold": "none"}
    sets = []
    for plan in ({"size": 10}, {"size": 5000}, {"size": 10, "site": TOWN_HALL}):
        world = one(flat)
        sets.append(refused_of(world, plan=world.plan(**plan)))
    assert sets[0] == sets[1] == sets[2] != set()


def test_where_only_a_court_may_prohibit_the_authority_s_wish_goes_through_it(one):
    law = {**unwanted(1.0), "law.refusal.by_court_only": True}
    for bans, share in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0)):
        assert answers(one({**law, "court.bans": bans}))["refused"] / 200 == pytest.approx(share, abs=0.1)


def test_a_cut_leaves_a_tenth_to_a_half(one):
    world = one({**unwanted(1.0, cuts=1.0), "law.refusal.may_cut_size": True, "law.threshold": "none"})
    cut = answered(world, world.filings(200, world.plan(1000)))
    assert {answer.answer for answer in cut} == {"size_cut"}
    sizes = [answer.allowed for answer in cut]
    assert min(sizes) >= 100
    assert max(sizes) < 500
    assert sum(sizes) / 200 == pytest.approx(300, rel=0.1)


def test_a_cut_never_leaves_nobody(one):
    world = one({**unwanted(1.0, cuts=1.0), "law.refusal.may_cut_size": True})
    assert {answer.allowed for answer in answered(world, world.filings(20, world.plan(1)))} == {1}


# -- when ------------------------------------------------------------------------------------------------------------------


def days_of(world, number=200, days=40, **how):
    """Days on which filings of the first day are answered, by the clock."""
    for filing in world.filings(number, **how):
        world.model.authority.receive(filing)
    world.model.run_for(days)
    return [answer.day for answer in world.model.record.of(Answered)]


@pytest.mark.parametrize("haste", [0.1, 0.5, 5.0])
def test_every_answer_keeps_the_term(one, haste):
    days = days_of(one({"authority.haste": haste}), due=9)
    assert len(days) == 200
    assert min(days) >= 1
    assert max(days) <= 9


def test_answers_come_at_once_or_at_the_last_moment_if_haste_is_low_and_in_between_if_it_is_high(one):
    def at_the_ends(haste):
        days = days_of(one({"authority.haste": haste}), due=15)
        return sum(day <= 3 or day >= 13 for day in days) / len(days)

    assert at_the_ends(0.2) > 0.6
    assert at_the_ends(5.0) < 0.3


def test_without_a_term_answers_come_before_the_day(one):
    days = days_of(one(lead=12), due=None)
    assert len(days) == 200
    assert max(days) <= 11
    assert len(set(days)) > 5


def test_a_term_that_outlasts_the_assembly_ends_with_it(one):
    assert max(days_of(one(lead=5), due=30)) <= 5


def test_silence_is_told_on_the_day_after_the_term_by_working_days_with_holidays(one):
    """Filed on Monday, 18 March 2019; three working days are the 19th, the 20th and, after Nauryz (21-25 March), the 26th."""
    world = one({"authority.silence": ALL, "scenario.start": datetime.date(2019, 3, 18), "shocks": []}, lead=30)
    world.enter(world.plan())
    world.model.run_for(15)
    (filing,) = world.model.record.of(Answered)
    assert filing.answer == "silence_allowed"
    assert world.model.calendar.date(filing.day) == datetime.date(2019, 3, 27)


@pytest.mark.parametrize(("share", "silent"), [(0.0, 0), (1.0, 200)])
def test_silence_is_a_habit_of_practice(one, share, silent):
    world = one({"authority.silence": dict.fromkeys(ALL, share)})
    days_of(world, due=5)
    assert sum(answer.answer.startswith("silence") for answer in world.model.record.of(Answered)) == silent


def test_without_a_term_silence_lasts_until_the_day(one):
    days = days_of(one({"authority.silence": ALL}, lead=12), 5, due=None)
    assert set(days) == {12}


@pytest.mark.parametrize(
    ("silence", "allowed", "relied"), [("allowed", 40, True), ("ambiguous", 40, True), ("refused", None, False)]
)
def test_what_silence_leaves_behind(one, silence, allowed, relied):
    world = one({"authority.silence": ALL, "law.procedures.notification.silence": silence})
    assembly = world.assembly()
    assembly.fate = "pending"
    world.model.authority.stay_silent(world.filing(assembly))
    assert (assembly.allowed, assembly.relied, assembly.refused) == (allowed, relied, allowed is None)
    assert not assembly.filing.open


def test_an_answer_is_heard_of_when_it_is_delivered(one):
    """Four working days from Wednesday, 2 January 2019: Orthodox Christmas (the 7th) and a weekend lie between."""
    world = one({**unwanted(1.0), "law.filing.delivery": "4 working days", "choices.legality": 3.0})
    world.enter(world.plan())
    world.model.run_for(19)
    (refusal,) = (answer for answer in world.model.record.of(Answered) if answer.answer == "refused")
    first = next(happening for happening in world.model.record.of(Changed, CalledOff))
    assert first.day == world.model.calendar.forward(refusal.day, 4, "working days") > refusal.day


# -- offers and slots ------------------------------------------------------------------------------------------------------


def offer(world, plan=None):
    (answer,) = answered(world, world.filings(1, plan))
    assert answer.answer == "refused"
    return answer.offered_site, answer.offered_date


def test_an_offer_is_out_of_sight_lawful_and_free(one):
    world = one({**unwanted(1.0), "law.refusal.must_offer": True})
    assert offer(world) == (FIELD, world.occasion.date)
    assert offer(one({**unwanted(1.0), "law.refusal.must_offer": True}), world.plan(site=FIELD))[0] == MARKET


def test_an_offer_keeps_to_the_designated_places(one):
    world = one({**unwanted(1.0), "law.places.rule": "designated", "law.refusal.must_offer": True})
    assert offer(world, world.plan(site=FIELD))[0] == RIVER_PARK


def test_no_offer_is_made_of_a_slot_that_is_taken(one):
    world = one({**unwanted(1.0), "law.places.exclusive": True, "law.refusal.must_offer": True})
    world.model.places.book(FIELD, world.occasion.date, 999)
    assert offer(world)[0] == MARKET


@pytest.mark.parametrize(("offers", "made"), [(0.0, None), (1.0, FIELD)])
def test_offers_that_the_law_does_not_ask_for_are_a_habit(one, offers, made):
    assert offer(one(unwanted(1.0, offers=offers)))[0] == made


def test_where_nothing_else_is_lawful_there_is_nothing_to_offer(one):
    law = {"law.places.rule": "designated", "law.places.plan": None, "law.places.designated": 1, "law.places.central": True}
    world = one({**unwanted(1.0), **law, "law.refusal.must_offer": True})
    (only,) = world.model.places.designated
    assert offer(world, world.plan(site=only)) == (None, None)


def test_a_filing_books_its_slot_and_a_refusal_gives_it_back(one):
    world = one({**unwanted(1.0), "law.places.exclusive": True})
    assembly = world.assembly()
    assembly.fate = "pending"
    filing = world.filing(assembly)
    world.model.authority.receive(filing)
    assert world.model.places.taken(RIVER_PARK, filing.date, assembly=123)
    world.model.authority.answer(filing)
    assert not world.model.places.taken(RIVER_PARK, filing.date)


def test_a_phantom_booking_takes_the_slot_and_gives_a_made_up_ground(one):
    law = {"law.refusal.grounds": [ground("place_taken")], "law.places.exclusive": True}
    world = one({**unwanted(phantom=1.0), **law})
    (answer,) = answered(world, world.filings(1))
    assert (answer.answer, answer.ground, answer.pretext) == ("refused", "place_taken", True)
    assert [(booked.site, booked.date) for booked in world.model.record.of(Booked)] == [(RIVER_PARK, world.occasion.date)]
    assert world.model.places.taken(RIVER_PARK, world.occasion.date)


# -- what people know of it ------------------------------------------------------------------------------------------------


def usual(world, size=40):
    return world.model.authority.usual_approval(world.organiser.stance, world.plan(size).row)


def test_what_is_usual_at_the_extremes(one):
    assert usual(one()) == 1.0
    assert usual(one(unwanted(1.0))) == 0.0
    assert usual(one(unwanted(lawless=1.0))) == 0.0
    assert usual(one(unwanted(lawless=0.0))) == 1.0
    assert usual(one({**unwanted(1.0), "law.refusal.by_court_only": True, "court.bans": 0.0})) == 1.0


@pytest.mark.parametrize(("silence", "leave"), [("allowed", 1.0), ("ambiguous", 0.3), ("refused", 0.0)])
def test_what_is_usual_where_nobody_answers(one, silence, leave):
    practice = {"authority.silence": ALL, "authority.honours_silence": 0.3, "law.procedures.*.silence": silence}
    assert usual(one(practice)) == pytest.approx(leave)


def test_what_is_usual_is_what_happens(one):
    """Organisers who know the town expect of average filings what becomes of them."""
    grounds = [ground("incitement", 0.2), ground("public_order", 0.3)]
    practice = unwanted(lawless=0.4, size_weight=0.0, symbolic_weight=0.0, discretion_notification=0.8)
    practice |= {"law.refusal.grounds": grounds, "authority.wish_to_refuse": dict.fromkeys(ALL, 0.7)}
    world = one(practice)
    expected = usual(world)
    assert 0.3 < expected < 0.7
    assert answers(world, 1000)["allowed"] / 1000 == pytest.approx(expected, abs=0.04)


def test_what_is_usual_knows_of_phantom_bookings_where_they_can_be_made(one):
    practice = {**unwanted(phantom=1.0, lawless=0.0), "law.places.exclusive": True}
    for grounds, leave in (([ground("place_taken")], 0.0), ([ground("public_order", 0.0)], 1.0)):
        world = one({**practice, "law.refusal.grounds": grounds})
        assert usual(world) == leave
        assert answers(world, 20)["allowed"] == 20 * leave


def test_a_place_is_waived_as_often_as_formal_defects_are(one):
    waived = one({"law.places.prohibited": ["transport"], "authority.formalism": 0.3}).model.authority.place_waived
    assert waived(RIVER_PARK, "rally", "permit") == 1.0
    assert waived(MARKET, "rally", "permit") == pytest.approx(0.7)
    assert waived(MARKET, "rally", "exempt") == 1.0
    assert waived(SPEAKERS_CORNER, "rally", "permit") == 0.0
