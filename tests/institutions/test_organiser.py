"""Organisers: what they expect, what a plan is worth to them, what they do after a refusal, what they learn."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sim.institutions.docket import Plan
from sim.institutions.organiser import WAYS
from sim.institutions.status import limits

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)
LEGAL_FORMS = ("informal", "association", "party", "suspended_party", "foreign_funded")
UNWANTED = {
    "authority.wish_to_refuse": {"loyal": 1.0, "social": 1.0, "opposition": 1.0},
    "authority.discretion_notification": 1.0,
    "authority.discretion_permit": 1.0,
    "authority.lawless": 1.0,
}
FREE_PLACES = {"law.places.rule": "anywhere", "law.threshold": "none", "law.limits": {}}
"""Anywhere, however many: nothing to weigh but leave."""

NO_LIMITS = {"law.threshold": "none", "law.limits": {}}


def payoff(world, size=40, **how):
    return world.organiser.payoff(world.plan(size, **how), world.occasion)


# -- forecasts -------------------------------------------------------------------------------------------------------------


def forecast(world, date=20, *, lawful=True, effort=1.0, **occasion):
    return world.organiser.forecast(replace(world.occasion, **occasion), date, lawful=lawful, effort=effort)


def test_a_forecast_rises_with_what_is_foreseen_with_effort_with_time_and_with_what_came_before(one):
    world = one({"organisers.yield_unlawful": 0.02, "organisers.yield_lawful": 0.055})
    assert forecast(world, foreseen=-0.1) < forecast(world, foreseen=0.0) < forecast(world, foreseen=0.1)
    assert forecast(world, effort=0.5) == pytest.approx(forecast(world) / 2)
    assert forecast(world, 1) < forecast(world, 3) < forecast(world, 10)
    assert forecast(world, lawful=False) == pytest.approx(forecast(world) * 0.02 / 0.055)
    assert forecast(world, error=-1.0) < forecast(world, error=0.0) < forecast(world, error=1.0)


def test_a_forecast_rises_with_concern_and_falls_as_it_fades(one):
    def after(size):
        issues = [{"name": "power", "loyal": 1, "social": 1, "opposition": 1}]
        shock = {"date": "2019-01-01", "issue": "power", "size": size, "title": "A shock", "source": "a test"}
        world = one({"issues": issues, "shocks": [shock], "choices.mobilising": 0.1})
        world.model.run_for(1)
        return [forecast(world, date, day=0) for date in (2, 20, 60)]

    calm, shocked = after(0.0), after(0.2)
    assert all(much > little for much, little in zip(shocked, calm, strict=True))
    assert shocked[0] > shocked[1] > shocked[2]


def test_nobody_expects_more_than_the_following_or_fewer_than_one(one):
    world = one()
    assert forecast(world, 1000, foreseen=10.0) == pytest.approx(world.organiser.followers.size)
    assert forecast(world, foreseen=-10.0) == 1.0


# -- what a plan is worth --------------------------------------------------------------------------------------------------


def test_waiting_is_worth_nothing(one):
    world = one()
    assert world.organiser.payoff(Plan("wait", "rally", RIVER_PARK, 20, 0), world.occasion) == 0.0


def test_what_is_unlawful_is_worth_less_the_more_the_law_threatens(one):
    def worth(fine="0 MCI", jail="0 days"):
        law = {
            "law.sanctions.organiser.fine_least": "0 MCI",
            "law.sanctions.organiser.fine": fine,
            "law.sanctions.organiser.jail": jail,
        }
        return payoff(one({**law, "court.organisers_liable": 0.5}), files=False)

    assert worth() > worth("20 MCI") > worth("50 MCI") > worth("200 MCI")
    assert worth() > worth(jail="10 days") > worth(jail="30 days")
    assert worth() - worth("40 MCI") == pytest.approx(2 * (worth() - worth("20 MCI")))


def test_what_is_unlawful_is_worth_less_the_surer_the_punishment(one):
    worth = [payoff(one({"court.organisers_liable": liable}), files=False) for liable in (0.0, 0.5, 1.0)]
    assert worth[0] > worth[1] > worth[2]


def test_threats_do_not_touch_what_has_leave_for_certain(one):
    law = FREE_PLACES
    mild, harsh = (
        payoff(one({**law, "law.sanctions.organiser.fine": fine, "court.organisers_liable": 1.0}))
        for fine in ("50 MCI", "500 MCI")
    )
    assert mild == harsh


def test_a_legal_entity_weighs_its_fine_against_its_budget(one):
    poor, rich = (
        one({"organisers.means": means, "organisers.means_log_sd": 0.0}, legal_form="association") for means in (1.0, 50.0)
    )
    assert poor.organiser.threat("no_filing") == pytest.approx(50 * rich.organiser.threat("no_filing"))
    assert poor.organiser.role == "legal_entity"
    assert one().organiser.role == "organiser"


def test_an_offence_the_law_does_not_punish_threatens_nobody(one):
    assert one().organiser.threat("announcing") == 0.0
    assert one({"law": "no-law"}).organiser.threat("no_filing") == 0.0


def test_filing_is_worth_more_the_likelier_the_leave(one):
    def worth(wish):
        return payoff(
            one({**UNWANTED, "authority.wish_to_refuse": dict.fromkeys(("loyal", "social", "opposition"), wish), **FREE_PLACES})
        )

    assert worth(0.0) > worth(0.3) > worth(0.9)


def test_a_place_that_is_seen_is_worth_more(one):
    world = one(FREE_PLACES)
    assert payoff(world, site=TOWN_HALL) > payoff(world, site=MARKET) > payoff(world, site=FIELD)
    assert payoff(world, site=MARKET) == payoff(world, site=RIVER_PARK)
    bound = one()
    assert payoff(bound, site=RIVER_PARK) > payoff(bound, site=FIELD)


def test_where_formalism_is_strict_a_place_that_is_not_designated_is_worth_little(one):
    strict, lax = (one({**NO_LIMITS, "authority.formalism": formalism}) for formalism in (1.0, 0.0))
    assert payoff(lax, site=TOWN_HALL) > payoff(lax, site=RIVER_PARK)
    assert payoff(strict, site=TOWN_HALL) < payoff(strict, site=RIVER_PARK)


def test_each_item_of_a_filing_costs(one):
    none, some, many = (payoff(one({"law.filing.contents": ["x"] * number})) for number in (0, 3, 12))
    assert none > some > many
    assert none - many == pytest.approx(4 * (none - some))


def test_later_is_worth_less_and_halved_in_the_half_life_of_urgency(one):
    world = one(
        {"choices.effort_cost": 0.0, "choices.mobilising": 0.1, "choices.urgency_half_life": 10.0, "law.filing.contents": []}
    )
    cost = 0.1
    at_once, later = (payoff(world, date=date, site=RIVER_PARK) + cost for date in (20, 30))
    assert later == pytest.approx(at_once / 2, rel=0.02)


def test_risking_an_overrun_costs_where_it_is_not_tolerated(one):
    def worth(consequence):
        law = {
            "law.threshold": 50,
            "law.limits.threshold.consequence": consequence,
            "law.limits.capacity.consequence": "tolerated",
        }
        return payoff(one({**law, "court.organisers_liable": 1.0}), size=49)

    assert worth("tolerated") > worth("fined") > worth("terminated")


def test_the_closer_the_limit_the_more_an_overrun_costs(one):
    def worth(threshold):
        law = {"law.threshold": threshold, "law.limits.capacity.consequence": "tolerated"}
        return payoff(one(law), size=20)

    world = one()
    expected = round(forecast(world))
    assert worth(expected // 2) < worth(expected) < worth(expected * 4)
    (name, persons, _), *_ = limits(world.plan(20), None, world.model.regime, "informal", "park", 10_000)
    assert (name, persons) == ("threshold", 49)


def test_a_party_that_is_barred_expects_no_leave(one):
    barred, free = (
        one({**NO_LIMITS, "law.persons.barred_organisers": who, "court.organisers_liable": 1.0}, legal_form="suspended_party")
        for who in (["suspended_party"], [])
    )
    assert barred.organiser.barred
    assert not free.organiser.barred
    assert payoff(barred) < payoff(free)


def test_an_emergency_that_bars_everything_makes_everything_defiance(one):
    dates = {"since": "2018-12-01", "until": "2019-12-31", "source": "a test"}
    law = {**NO_LIMITS, "emergencies": [dates], "court.organisers_liable": 1.0}
    barred, free = (one({**law, "law.emergency.effect": effect}) for effect in ("barred", "none"))
    for world in (barred, free):
        world.model.run_for(1)
    assert payoff(barred) < payoff(free)
    assert payoff(barred, exempt_kind="indoor") < payoff(free, exempt_kind="indoor")


def test_a_phantom_is_worth_keeping_a_rival_out(one):
    law = {"law.places.exclusive": True, "organisers.opportunities": 5.0, "choices.filing_cost": 0.0}
    stances = {"organisers.stance": {"loyal": 0.5, "social": 0.0, "opposition": 0.5}}
    worth = [payoff(one({**law, **stances, "choices.rivalry": rivalry}), strategy="phantom") for rivalry in (0.0, 1.0, 5.0)]
    assert worth[0] == 0.0 < worth[1] < worth[2]
    taken = one({**law, **stances})
    taken.model.places.book(RIVER_PARK, 20, 999)
    assert payoff(taken, strategy="phantom") == -math.inf


# -- choosing --------------------------------------------------------------------------------------------------------------


def choices(world, number=200):
    """What is chosen on so many occasions that differ by their coins only."""
    return [world.organiser.choose(replace(world.occasion, day=day, date=day + 20)) for day in range(number)]


def test_with_no_noise_the_best_plan_is_taken(one):
    world = one({"choices.temperature": 0.05, "choices.temperature_within": 0.01, **FREE_PLACES})
    assert {(plan.strategy, plan.site) for plan in choices(world, 30)} == {("expected", TOWN_HALL)}


def test_what_is_not_worth_its_effort_is_left(one):
    assert {plan.strategy for plan in choices(one({"choices.effort_cost": 5.0, "organisers.yield_lawful": 0.001}), 30)} == {
        "wait"
    }


def test_one_organiser_on_one_occasion_chooses_the_same_every_time(one):
    noisy = {"choices.temperature": 2.0, "choices.temperature_within": 2.0}
    assert choices(one(noisy), 50) == choices(one(noisy), 50)
    assert len({plan.strategy for plan in choices(one(noisy), 50)}) > 2


def test_another_way_of_acting_does_not_move_the_others_coins(one):
    """An option that is never worth taking changes no choice: every kind of plan keeps its own coin."""
    noisy = {
        "choices.temperature": 1.0,
        "choices.temperature_within": 1.0,
        "choices.visible_exempt": 0.0,
        "choices.effort_cost": 5.0,
    }
    with_, without = (choices(one({**noisy, "law.exempt.kinds": kinds})) for kinds in (["indoor"], []))
    assert [plan for plan, other in zip(with_, without, strict=True) if plan.strategy != "exempt_kind" and plan != other] == []


# -- after a refusal -------------------------------------------------------------------------------------------------------


def ways(one, changes=None, *, offer=None, refused=True, attempt=1, number=200, **world_how):
    """The ways taken by many who were refused, and differ by nothing but their coins."""
    noisy = {"choices.temperature": 1.0, "choices.giving_up_cost": 0.5, "choices.effort_cost": 1.0}
    world = one({**noisy, **(changes or {})}, **world_how)
    found = []
    for part in range(number):
        assembly = world.assembly(part=part)
        world.filing(assembly, attempt=attempt)
        assembly.refused, assembly.offer = refused, offer
        found.append(world.organiser.reconsider(assembly, world.occasion)[0])
    assert set(found) <= set(WAYS)
    return found


def test_all_ways_out_are_taken_by_someone(one):
    found = ways(one, {"choices.temperature": 3.0, "law.procedures": PICKETS_FREE}, offer=(FIELD, 20))
    assert set(found) == set(WAYS)


PICKETS_FREE = [
    {"procedure": "exempt", "forms": ["single_picket"], "source": "a test"},
    {
        "procedure": "notification",
        "forms": ["picket", "meeting", "rally", "demonstration", "march"],
        "size": "below threshold",
        "notice": "5 working days",
        "source": "a test",
    },
    {
        "procedure": "permit",
        "forms": ["picket", "meeting", "rally", "demonstration", "march"],
        "size": "from threshold",
        "notice": "10 working days",
        "source": "a test",
    },
]


def test_ways_that_are_not_open_are_not_taken(one):
    wild = {"choices.temperature": 5.0}
    assert "accept_offer" not in ways(one, wild)
    assert "appeal" not in ways(one, {**wild, "law.appeal.to": "none"})
    assert "appeal" not in ways(one, wild, refused=False)
    assert "exempt_kind" not in ways(one, {**wild, "law.exempt.kinds": []})
    assert "single_picket" not in ways(one, wild)  # it owes a notification too
    assert "file_again" not in ways(one, {**wild, "choices.most_attempts": 2}, attempt=2)
    assert "file_again" in ways(one, {**wild, "choices.most_attempts": 3}, attempt=2)


def test_the_sterner_the_law_the_fewer_hold_it_all_the_same(one):
    def defiant(liable, fine):
        return ways(one, {"court.organisers_liable": liable, "law.sanctions.organiser.fine": fine}).count("hold_all_the_same")

    assert defiant(0.0, "50 MCI") > defiant(1.0, "50 MCI") > defiant(1.0, "400 MCI")


def test_the_likelier_a_reversal_the_more_appeal(one):
    def appeals(reversal, **law):
        return ways(one, {"court.reversal": reversal, **law}).count("appeal")

    assert appeals(0.0) < appeals(0.5) < appeals(1.0)
    assert appeals(0.5) < appeals(0.5, **{"law.appeal.before_assembly": True})
    assert appeals(0.0) < appeals(0.0, **{"law.appeal.suspensive": True})
    early = {"law.appeal.suspensive": True, "law.appeal.decided_in": "5 days"}
    assert appeals(0.0, **early) == appeals(0.0)  # it would be decided before the day, and not reversed


def test_an_offer_is_taken_if_the_place_is_worth_it(one):
    central, remote = (ways(one, offer=(site, 20)).count("accept_offer") for site in (MARKET, FIELD))
    assert central > remote > 0


def test_filing_again_is_for_those_who_expect_leave(one):
    hopeful, hopeless = (ways(one, {**NO_LIMITS, **practice}).count("file_again") for practice in ({}, UNWANTED))
    assert hopeful > 2 * hopeless > 0


def test_a_filing_again_is_later_and_in_time(one):
    world = one()
    assembly = world.assembly()
    world.filing(assembly)
    assembly.refused = True
    later = {way: plan for way, plan, _ in world.organiser._ways_out(assembly, world.occasion)}["file_again"]
    assert later.date > world.occasion.date
    assert world.model.calendar.back(later.date, 5, "working days") >= world.model.today


# -- on the day ------------------------------------------------------------------------------------------------------------


def kept(one, number=200, **occasion):
    world = one({"choices.effort_cost": 3.0, "choices.giving_up_cost": 0.0, "choices.temperature": 0.5})
    reason = replace(world.occasion, **occasion)
    return sum(world.organiser.keeps_to_it(world.assembly(part=part), reason) for part in range(number))


def test_who_now_expects_fewer_calls_it_off_more_often(one):
    assert kept(one, appeal=-0.4) < kept(one) < kept(one, appeal=0.4)
    assert kept(one, luck=0.02) < kept(one, luck=1.0)


def test_a_lone_picket_needs_no_crowd(one):
    world = one({"choices.effort_cost": 5.0, "choices.giving_up_cost": 0.0})
    assembly = world.assembly(plan=world.plan(1, form="single_picket"))
    assert world.organiser.keeps_to_it(assembly, world.occasion)


# -- learning --------------------------------------------------------------------------------------------------------------


def test_answers_move_what_leave_is_expected(one):
    world = one({**UNWANTED, "authority.wish_to_refuse": dict.fromkeys(("loyal", "social", "opposition"), 0.5)})
    row = world.plan().row
    before = world.organiser.leave_expected(row)
    assert 0 < before < 1
    world.organiser.learn_leave("notification", allowed=False)
    refused = world.organiser.leave_expected(row)
    world.organiser.learn_leave("notification", allowed=True)
    world.organiser.learn_leave("notification", allowed=True)
    assert refused < before < world.organiser.leave_expected(row)
    for _ in range(200):
        world.organiser.learn_leave("notification", allowed=False)
    assert world.organiser.leave_expected(row) < 0.03


def test_what_one_learns_of_notifications_says_nothing_of_permits(one):
    world = one(UNWANTED)
    permit = world.plan(60).row
    before = world.organiser.leave_expected(permit)
    world.organiser.learn_leave("notification", allowed=True)
    assert world.organiser.leave_expected(permit) == before


def test_others_answers_count_for_less_than_one_s_own(one):
    world, row = (made := one(UNWANTED)), made.plan().row
    before = world.organiser.leave_expected(row)
    world.model.news.leave[world.organiser.stance, "notification"] = [1.0, 1.0]
    from_others = world.organiser.leave_expected(row)
    world.model.news.leave[world.organiser.stance, "notification"] = [0.0, 0.0]
    world.organiser.learn_leave("notification", allowed=True)
    assert before < from_others < world.organiser.leave_expected(row)


def test_punishment_and_impunity_move_what_punishment_is_expected(one):
    world = one({"court.organisers_liable": 0.5})
    before = world.organiser.punishment_expected
    assert before == 0.5
    world.organiser.learn_punishment(punished=True)
    feared = world.organiser.punishment_expected
    world.organiser.learn_punishment(punished=False)
    world.organiser.learn_punishment(punished=False)
    assert world.organiser.punishment_expected < before < feared
    world.model.news.punished = [5.0, 5.0]
    assert world.organiser.punishment_expected > 0.4


@pytest.mark.parametrize("lawful", [True, False])
def test_turnout_moves_forecasts_towards_what_came_and_of_its_own_kind_only(one, lawful):
    for turnout, more in ((10_000, True), (1, False)):
        world = one()
        before = {kind: forecast(world, lawful=kind) for kind in (True, False)}
        world.organiser.learn_turnout(world.occasion, world.assembly(), turnout, lawful=lawful)
        assert (forecast(world, lawful=lawful) > before[lawful]) == more
        assert forecast(world, lawful=not lawful) == before[not lawful]


def test_what_is_learned_settles_at_what_comes_and_hope_stays(one):
    """The belief is of what comes; the forecast adds the organiser's optimism to it, however often it was wrong."""
    world = one({"choices.optimism": 0.5, "choices.learning_turnout": 0.3})
    assert forecast(world) > 1.5 * 80
    for _ in range(60):
        world.organiser.learn_turnout(world.occasion, world.assembly(), 80, lawful=True)
    assert forecast(world) == pytest.approx(80 * math.exp(0.5), rel=0.01)


def test_a_repeat_is_one_within_the_law_s_time(one):
    world = one({"scenario.days": 60, "law.sanctions.repeat_within": "10 days"})
    assert not world.organiser.is_repeat
    world.organiser.punished = world.model.today
    assert world.organiser.is_repeat
    world.model.run_for(11)
    assert world.organiser.is_repeat
    world.model.run_for(1)
    assert not world.organiser.is_repeat


@pytest.mark.parametrize("changes", [{}, {"law": "kazakhstan/1995"}, {"law": "germany/federal"}])
def test_what_a_plan_is_worth_rests_on_the_organisers_own_forecast_and_hope(
    one: Callable[..., Any], changes: dict[str, Any]
) -> None:
    """The kernel that weighs plans, and what the organiser goes by later, say the same to the last bit."""
    world = one(changes)
    organiser, choices, authority = world.organiser, world.model.conduct.choices, world.model.authority
    compared = 0
    for plan in organiser.plans(world.occasion)[1:]:
        if plan.form == "single_picket" or plan.strategy == "phantom":
            continue
        account = organiser.account(plan, world.occasion)
        effort = plan.effort * (1.0 if plan.public else choices.quiet_share)
        for lawful, persons in ((True, account.persons), (False, account.persons_unlawful)):
            assert persons == plan.parts * organiser.forecast(world.occasion, plan.date, lawful=lawful, effort=effort)
        if plan.files and plan.row is not None and not organiser.barred:
            waived = authority.place_waived(plan.site, plan.form, plan.procedure)
            assert account.leave == organiser.leave_expected(plan.row) * waived
            compared += 1
    assert compared > 0
