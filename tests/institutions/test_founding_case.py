"""Every row of the founding case (Kazakhstan's bill of 2020) is a mechanism that the text of the law switches.

Each test changes one provision, keeps every seed, and looks for the switch in the record. Practice is set so that the mechanism
is met often, and is the same on both sides. Where one assembly says it most plainly, there is one assembly (``one``); where many
do, there is a busy town (``lab``).
"""

import datetime
from collections import Counter

import pytest

from sim.law import load_law
from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    Booked,
    CalledOff,
    Changed,
    Covered,
    Filed,
    Held,
    LawChanged,
    LimitPassed,
    PressClosed,
    Sanctioned,
    Terminated,
)
from sim.scenario.scenario import Reform

MCI = 2525.0  # tenge in 2019
RIVER_PARK, FIELD, TOWN_HALL = 3, 5, 0
EVERYBODY = {"loyal": 1.0, "social": 1.0, "opposition": 1.0}
NOBODY = dict.fromkeys(EVERYBODY, 0.0)
HONOURED = {"authority.wish_to_refuse": NOBODY, "authority.silence": NOBODY, "authority.formalism": 0.0}
UNWANTED = {
    "authority.wish_to_refuse": EVERYBODY,
    "authority.silence": NOBODY,
    "authority.discretion_notification": 1.0,
    "authority.lawless": 1.0,
}
FLAWLESS = {
    "law.places.rule": "anywhere",
    "law.filing.contents": [],
    "law.persons.barred_organisers": [],
    "law.exempt.kinds": [],
}
"""Nothing can be wrong with the facts of a filing, and there is no way round filing."""

STERN = {"police.style": 1.0, "police.prevents": 0.0, "court.punished": 1.0, "court.organisers_liable": 1.0}


def answers(seen):
    return Counter(answer.answer for answer in seen.of(Answered))


def grounds(seen):
    return Counter(answer.ground for answer in seen.of(Answered) if answer.answer == "refused")


def lawful(seen):
    return sum(held.lawful_at_start for held in seen.held.values())


# -- the shift from one order to another -----------------------------------------------------------------------------------


def test_a_reform_enters_into_force_on_its_day_and_changes_what_is_owed(lab):
    old = lab.scenario({"law": "kazakhstan/1995"})
    day = datetime.date(2019, 4, 1)
    reform = Reform(date=day, title="The bill", law=load_law("kazakhstan/2020-bill"))
    without, with_ = lab.finished(old), lab.finished(old.model_copy(update={"reforms": (reform,)}))
    (changed,) = with_.of(LawChanged)
    assert with_.model.calendar.date(changed.day) == day
    before = [happening for happening in without.record if happening.day < changed.day]
    assert [happening for happening in with_.record if happening.day < changed.day] == before
    owed = {
        when: {plan.procedure for plan in with_.planned.values() if (plan.day >= changed.day) == when} for when in (False, True)
    }
    assert "notification" not in owed[False]
    assert {"notification", "permit"} <= owed[True]
    assert without.model.places.designated == {FIELD}
    assert with_.model.places.designated == {RIVER_PARK, FIELD}


def test_the_procedure_owed_switches_at_the_declared_size(lab):
    def owed(threshold):
        plans = lab.run({"law.threshold": threshold}).planned.values()
        return [
            (plan.declared, plan.procedure)
            for plan in plans
            if plan.form in {"picket", "meeting", "rally"} and not plan.exempt_kind
        ]

    for threshold in (20, 50):
        assert {procedure for size, procedure in owed(threshold) if size < threshold} == {"notification"}
        assert {procedure for size, procedure in owed(threshold) if size >= threshold} == {"permit"}
    assert {procedure for _, procedure in owed("none")} == {"notification"}


def test_what_moves_owes_a_permit_at_any_size(lab):
    moving = [plan for plan in lab.run().planned.values() if plan.form in {"march", "demonstration"}]
    assert {plan.procedure for plan in moving} == {"permit"}
    assert any(plan.declared < 50 for plan in moving)


# -- places ----------------------------------------------------------------------------------------------------------------


def test_designated_places_draw_assemblies_and_make_the_others_unlawful(lab):
    bound, free = lab.run(), lab.run({"law.places.rule": "anywhere"})

    def share_there(seen):
        sites = [seen.last_plan[number].site in {RIVER_PARK, FIELD} for number in seen.held if number not in seen.exempt]
        return sum(sites) / len(sites)

    assert share_there(bound) > 2 * share_there(free)
    assert grounds(bound)["place_not_allowed"] > 0
    assert grounds(free)["place_not_allowed"] == 0
    assert any("wrong_place" in held.breaches for held in bound.held.values())
    assert not any("wrong_place" in held.breaches for held in free.held.values())


def test_no_lawful_assembly_takes_place_in_a_prohibited_zone(lab):
    town_hall = {
        zones: [
            seen.held[n]
            for n, plan in seen.last_plan.items()
            if n in seen.held and plan.site == TOWN_HALL and n not in seen.exempt
        ]
        for zones in ((), ("government",))
        if (seen := lab.run({"law.places.rule": "anywhere", "law.places.prohibited": zones, **HONOURED}))
    }
    assert sum(held.lawful_at_start for held in town_hall[()]) > 20
    assert not any(held.lawful_at_start for held in town_hall["government",])


def test_a_filing_for_a_prohibited_zone_is_refused_by_an_authority_that_refuses_nothing_else(one):
    for zones, answer in (((), "allowed"), (("government",), "refused")):
        seen = one({"law.places.rule": "anywhere", "law.places.prohibited": zones}).hold(site=TOWN_HALL)
        assert answers(seen) == {answer: 1}
        assert set(grounds(seen)) <= {"place_not_allowed"}


# -- clear procedure -------------------------------------------------------------------------------------------------------


def test_answers_come_within_the_term_for_considering(lab):
    def lags(term):
        changes = {"law.procedures.notification.decision": term, "law.procedures.permit.decision": term, **HONOURED}
        seen = lab.run(changes)
        filings = seen.filings()
        for answer in seen.of(Answered):
            due = filings[answer.filing].due
            assert answer.day <= due
        return [answer.day - filings[answer.filing].day for answer in seen.of(Answered)]

    short, long = lags("1 working days"), lags("5 working days")
    assert sum(short) / len(short) < 2 < sum(long) / len(long)


def test_required_contents_make_filings_incomplete_and_incomplete_ones_are_refused(lab):
    practice = {**HONOURED, "authority.defects": 0.05, "authority.formalism": 1.0}

    def incomplete(contents):
        seen = lab.run({"law.filing.contents": contents, **practice})
        return [filing.complete for filing in seen.of(Filed)].count(False), grounds(seen)["incomplete"]

    assert incomplete([]) == (0, 0)
    few, many = incomplete(["aim"]), incomplete(["aim", "form", "place", "route", "time", "number", "leader", "budget"])
    assert few[0] < many[0]
    assert 0 < few[1] < many[1]


def test_organisers_learn_of_an_answer_when_it_is_delivered(lab):
    def wait(delivery):
        """Days from a refusal to what its organiser did about it."""
        seen = lab.run({"law.filing.delivery": delivery, **UNWANTED})
        first = {}
        for done in seen.of(Changed, Appealed, CalledOff):
            first.setdefault(done.assembly, done.day)
        refusals = {}
        for answer in seen.of(Answered):
            refusals.setdefault(answer.assembly, answer.day)
        dates = {number: plan.date for number, plan in seen.planned.items()}
        return [first[n] - day for n, day in refusals.items() if n in first and day + 4 <= dates[n]]

    assert set(wait("0 days")) == {0}
    assert set(wait("4 days")) == {4}


# -- refusal and appeal ----------------------------------------------------------------------------------------------------


def test_the_breadth_of_the_grounds_makes_refusals(lab):
    def refused(breadth):
        grounds_ = {
            f"law.refusal.grounds.{name}.breadth": breadth for name in ("incitement", "violent_overthrow", "public_order")
        }
        seen = lab.run({**UNWANTED, **FLAWLESS, "authority.lawless": 0.0, **grounds_})
        return answers(seen)["refused"] / sum(answers(seen).values())

    assert refused(0.0) == 0.0
    assert refused(0.3) == pytest.approx(1 - 0.7**3, abs=0.1)
    assert refused(1.0) == 1.0


def test_a_closed_list_keeps_other_grounds_out(lab):
    narrow = {f"law.refusal.grounds.{name}.breadth": 0.0 for name in ("incitement", "violent_overthrow", "public_order")}
    practice = {**UNWANTED, **FLAWLESS, "authority.lawless": 0.0, **narrow}
    closed, open_ = (lab.run({**practice, "law.refusal.closed": closed}) for closed in (True, False))
    assert grounds(closed)["any_law"] == 0
    assert answers(closed)["refused"] == 0
    assert grounds(open_)["any_law"] > 20
    assert answers(open_)["allowed"] == 0


def test_detailed_grounds_leave_less_to_lawless_refusal(lab):
    """A closed list binds only an authority that heeds it: what no ground fits can be refused without one."""
    narrow = {f"law.refusal.grounds.{name}.breadth": 0.0 for name in ("incitement", "violent_overthrow", "public_order")}
    lawless = lab.run({**UNWANTED, **FLAWLESS, **narrow})
    assert answers(lawless)["refused"] == sum(answers(lawless).values()) > 20
    assert {(answer.ground, answer.pretext) for answer in lawless.of(Answered)} == {(None, True)}


@pytest.mark.parametrize("effect", ["none", "ground", "barred"])
def test_a_state_of_emergency_is_nothing_a_ground_or_a_bar_as_the_law_says(lab, effect):
    dates = {"since": datetime.date(2018, 12, 1), "until": datetime.date(2019, 12, 31), "source": "a test"}
    seen = lab.run({"law.emergency.effect": effect, "emergencies": [dates], **HONOURED})
    breaches = Counter(breach for held in seen.held.values() for breach in held.breaches)
    answered = answers(seen)
    if effect == "none":
        assert grounds(seen)["emergency"] == breaches["emergency"] == 0
        assert answered["allowed"] > 50
    else:
        assert grounds(seen)["emergency"] == answered["refused"] > 0
        assert answered["allowed"] == 0
    if effect == "ground":
        assert breaches["emergency"] == 0
    if effect == "barred":
        assert breaches["emergency"] == len(seen.held) > 0


def test_nor_do_gatherings_outside_the_law_escape_a_bar(one):
    dates = {"since": datetime.date(2018, 12, 1), "until": datetime.date(2019, 12, 31), "source": "a test"}
    for effect, breaches in (("ground", ()), ("barred", ("emergency",))):
        seen = one({"law.emergency.effect": effect, "emergencies": [dates]}).hold(exempt_kind="indoor", files=False)
        assert [held.breaches for held in seen.held.values()] == [breaches]


def test_an_emergency_that_is_a_bar_empties_the_streets(lab):
    dates = {"since": datetime.date(2018, 12, 1), "until": datetime.date(2019, 12, 31), "source": "a test"}
    held = [
        len(lab.run({"law.emergency.effect": effect, "emergencies": [dates], **HONOURED}).held)
        for effect in ("none", "ground", "barred")
    ]
    assert held[0] > held[1] > held[2]


def test_without_an_appeal_nobody_appeals(lab):
    practice = {**UNWANTED, "choices.appeal_cost": 0.0, "court.reversal": 1.0}
    assert lab.run({**practice, "law.appeal.to": "none"}).of(Appealed) == []
    assert len(lab.run(practice).of(Appealed)) > 20


def test_an_appeal_helps_if_it_is_decided_before_the_assembly(lab):
    practice = {**UNWANTED, "choices.appeal_cost": 0.0, "court.reversal": 1.0}
    late, in_time = (lab.run({**practice, "law.appeal.before_assembly": before}) for before in (False, True))

    def decided(seen):
        return Counter(decision.in_time for decision in seen.of(AppealDecided) if decision.reversed)

    def held_on_appeal(seen):
        won = {decision.assembly for decision in seen.of(AppealDecided) if decision.reversed and decision.in_time}
        return sum(seen.held[number].lawful_at_start for number in won if number in seen.held)

    assert decided(late)[False] > decided(late)[True]
    assert decided(in_time)[False] == 0
    assert held_on_appeal(in_time) > 2 * held_on_appeal(late)


def test_the_sooner_an_appeal_is_decided_the_more_come_in_time(lab):
    practice = {**UNWANTED, "choices.appeal_cost": 0.0, "court.reversal": 1.0}

    def share_in_time(term):
        decisions = [decision.in_time for decision in lab.run({**practice, "law.appeal.decided_in": term}).of(AppealDecided)]
        return sum(decisions) / len(decisions)

    assert share_in_time("2 days") > share_in_time("10 days") > share_in_time("30 days")


def test_while_a_suspensive_appeal_is_pending_the_refusal_does_not_bind(lab):
    practice = {**UNWANTED, "choices.appeal_cost": 0.0, "court.reversal": 0.0}

    def lawful_though_refused(suspensive):
        seen = lab.run({**practice, "law.appeal.suspensive": suspensive, "law.places.rule": "anywhere"})
        elsewhere = {change.assembly for change in seen.of(Changed) if change.choice == "accept_offer"}
        appealed = {appeal.assembly for appeal in seen.of(Appealed)} - seen.exempt - elsewhere
        return sum(seen.held[number].lawful_at_start for number in appealed if number in seen.held)

    assert lawful_though_refused(False) == 0
    assert lawful_though_refused(True) > 15


# -- outside the law -------------------------------------------------------------------------------------------------------


def test_kinds_of_gathering_outside_the_law_are_a_way_out_of_it(lab):
    def under(kinds):
        return [lab.run({"law.exempt.kinds": kinds}, seed) for seed in (1, 2, 3)]

    bill, without, residents = under(["indoor", "residents"]), under([]), under(["residents"])
    assert sum(len(seen.exempt) for seen in bill) > 15
    assert all(seen.exempt == set() for seen in without)
    assert sum(len(seen.exempt) for seen in residents) > 15
    assert {seen.last_plan[number].exempt_kind for seen in residents for number in seen.exempt} == {"residents"}
    assert not any(seen.held[number].breaches for seen in bill for number in seen.exempt if number in seen.held)


def test_nobody_moves_indoors_where_nothing_is_owed(lab):
    free = lab.run({"law": "no-law", "law.exempt": {"kinds": ["indoor", "residents"], "source": "a test"}})
    assert free.exempt == set()
    assert len(free.held) > 100


# -- who may come ----------------------------------------------------------------------------------------------------------


def test_children_stay_at_home_where_they_may_not_be_brought(lab):
    practice = {"town.people.minors_brought": 0.3, "court.organisers_liable": 1.0, **HONOURED}
    barred, allowed = (lab.run({**practice, "law.persons.minors": rule}) for rule in ("barred", "allowed"))

    def children(seen):
        open_ones = [held for number, held in seen.held.items() if number not in seen.exempt]
        return sum(held.minors for held in open_ones) / sum(held.adults for held in open_ones)

    assert 0 < children(barred) < children(allowed) / 2
    assert any(sanction.offence == "minors" for sanction in barred.of(Sanctioned))
    assert not any(sanction.offence == "minors" for sanction in allowed.of(Sanctioned))


FOREIGN = {"town.people.foreigners": 0.3, "behaviour.deference": 0.0, "police.misconduct": 1.0, **STERN}


def test_foreigners_pay_their_own_fine_and_are_expelled_for_good(lab):
    def sanctions(**law):
        seen = lab.run({**FOREIGN, **{f"law.sanctions.foreigner.{key}": value for key, value in law.items()}})
        return seen, [sanction for sanction in seen.of(Sanctioned) if sanction.role == "foreigner"]

    seen, expelled = sanctions(warning=False)
    assert len(expelled) > 20
    assert all(sanction.expelled and sanction.jail == 0 for sanction in expelled)
    assert max(sanction.fine for sanction in expelled) <= 50 * MCI
    gone = {}
    for happening in seen.record:
        if isinstance(happening, Held):
            assert not gone.keys() & set(happening.goers)
        elif isinstance(happening, Sanctioned) and happening.expelled:
            gone[happening.who] = happening.day
    _, staying = sanctions(warning=False, expulsion=False)
    assert staying
    assert not any(sanction.expelled for sanction in staying)


def test_foreigners_who_may_not_attend_stay_away(one):
    def foreigners(rule):
        world = one({"town.people.foreigners": 0.3, "law.persons.foreigners_attend": rule})
        (held,) = world.hold(200, form="march").held.values()
        return int(world.model.town.people.foreigner[list(held.goers)].sum()), held.lawful_at_start

    barred, allowed = foreigners("barred"), foreigners("allowed")
    assert barred[0] < allowed[0]
    assert barred[1]
    assert allowed[1]  # a foreigner in the crowd does not make the assembly unlawful


def test_suspended_parties_may_not_assemble(one):
    for barred, answer in ((["suspended_party"], "refused"), ([], "allowed")):
        world = one({"law.persons.barred_organisers": barred}, legal_form="suspended_party")
        seen = world.hold(30)
        assert answers(seen)[answer] > 0
        assert grounds(seen)["barred_organiser"] == answers(seen)["refused"]
        wild = one({"law.persons.barred_organisers": barred}, legal_form="suspended_party").hold(30, files=False)
        assert ("barred_person" in next(iter(wild.held.values())).breaches) == bool(barred)


def test_suspended_parties_know_it_and_file_no_more(lab):
    parties = {"organisers.legal_form": {"informal": 0, "association": 0, "party": 0, "suspended_party": 1, "foreign_funded": 0}}
    barred, free = (lab.run({**parties, **HONOURED, "law.persons.barred_organisers": who}) for who in (["suspended_party"], []))
    assert len(free.of(Filed)) > 3 * len(barred.of(Filed))
    assert lawful(free) > 3 * lawful(barred)


# -- sanctions -------------------------------------------------------------------------------------------------------------


OWN_PEOPLE = {"town.people.foreigners": 0.0}


def penal(lab, **law):
    """A stern town in which people go all the same, and the participants punished in it."""
    practice = {**STERN, **UNWANTED, "court.warnings": 0.0, "behaviour.deference": 0.0, "town.people.foreigners": 0.0}
    seen = lab.run({**practice, **{f"law.sanctions.participant.{key}": value for key, value in law.items()}})
    return [sanction for sanction in seen.of(Sanctioned) if sanction.role == "participant"]


def test_fines_for_individuals_run_from_20_to_50_mci(lab):
    lower = penal(lab, fine_least="20 MCI", fine="20 MCI", fine_repeat="20 MCI", jail="0 days", jail_repeat="0 days")
    upper = penal(lab, fine_least="20 MCI", fine="50 MCI", fine_repeat="50 MCI", jail="0 days", jail_repeat="0 days")
    assert len(lower) > 20
    assert {sanction.fine for sanction in lower} == {20 * MCI}
    fines = [sanction.fine for sanction in upper]
    assert all(20 * MCI <= fine <= 50 * MCI for fine in fines)
    assert 30 * MCI < sum(fines) / len(fines) < 50 * MCI


def test_a_higher_fine_keeps_people_from_an_unlawful_assembly_and_not_from_a_lawful_one(one):
    def turnout(fine, *, files):
        seen = one({"law.sanctions.participant.fine_least": "0 MCI", "law.sanctions.participant.fine": fine, **OWN_PEOPLE}).hold(
            200, files=files
        )
        (held,) = seen.held.values()
        assert held.lawful_at_start == files
        return held.turnout

    unlawful = [turnout(fine, files=False) for fine in ("0 MCI", "20 MCI", "50 MCI", "200 MCI")]
    assert unlawful == sorted(unlawful, reverse=True)
    assert unlawful[1] > unlawful[2] > unlawful[3]
    assert len({turnout(fine, files=True) for fine in ("20 MCI", "200 MCI")}) == 1


def test_arrest_runs_from_10_to_15_days(lab):
    ten = penal(lab, jail="10 days", jail_repeat="10 days")
    fifteen = penal(lab, jail="15 days", jail_repeat="15 days")
    for sanctions, most in ((ten, 10), (fifteen, 15)):
        days = [sanction.jail for sanction in sanctions if sanction.jail]
        assert len(days) > 10
        assert max(days) == most
        assert not any(sanction.fine and sanction.jail for sanction in sanctions)


def test_a_longer_arrest_keeps_people_from_an_unlawful_assembly(one):
    crowds = []
    for days in ("0 days", "10 days", "15 days", "60 days"):
        (held,) = one({"law.sanctions.participant.jail": days}).hold(200, files=False).held.values()
        crowds.append(held.turnout)
    assert crowds == sorted(crowds, reverse=True)
    assert crowds[0] > crowds[2] > crowds[3]


def test_who_was_punished_before_faces_the_upper_figures(lab):
    sanctions = penal(lab, jail="0 days", jail_repeat="0 days", fine_least="20 MCI", fine="20 MCI", fine_repeat="50 MCI")
    first = [sanction.fine for sanction in sanctions if not sanction.repeat]
    again = [sanction.fine for sanction in sanctions if sanction.repeat]
    assert set(first) == {20 * MCI}
    assert again
    assert max(again) > 20 * MCI


@pytest.mark.parametrize("legal_form", ["association", "party", "suspended_party", "foreign_funded"])
def test_legal_entities_pay_100_mci(one, legal_form):
    practice = {"court.organisers_liable": 1.0, "court.severity": 1.0}
    for fine in (100, 250):
        seen = one({**practice, "law.sanctions.legal_entity.fine": f"{fine} MCI"}, legal_form=legal_form).hold(files=False)
        paid = [sanction for sanction in seen.of(Sanctioned) if sanction.role == "legal_entity"]
        assert [(sanction.fine, sanction.jail) for sanction in paid] == [(fine * MCI, 0)]


def test_people_without_a_legal_person_answer_for_themselves(one):
    practice = {"court.organisers_liable": 1.0, "court.severity": 1.0, "court.jail_share": 0.0}
    seen = one({**practice, "law.sanctions.legal_entity.fine": "250 MCI"}).hold(files=False)
    assert [(s.role, s.fine) for s in seen.of(Sanctioned) if s.role in {"organiser", "legal_entity"}] == [("organiser", 50 * MCI)]


# -- the press -------------------------------------------------------------------------------------------------------------


def test_where_covering_can_close_a_medium_less_is_covered_and_media_are_closed(lab):
    practice = {"press.freedom": 1.0, "press.caution": 0.7, "press.closes": 0.2, "press.half_size": 10.0, **UNWANTED}
    free, closing = (lab.run({**practice, "law.press.closure": rule}) for rule in ("none", "covering_unlawful"))
    assert free.of(PressClosed) == []
    closed = closing.of(PressClosed)
    assert 0 < len(closed) <= len(closing.model.press)
    assert len({one.outlet for one in closed}) == len(closed)
    offences = closing.unlawful.keys() | {limit.assembly for limit in closing.of(LimitPassed)}
    offences |= {number for number, held in closing.held.items() if held.breaches}
    assert {one.assembly for one in closed} <= offences
    gone = {one.outlet: one.day for one in closed}
    assert not any(report.day > gone.get(outlet, 10**6) for report in closing.of(Covered) for outlet in report.outlets)


def test_caution_falls_on_unlawful_assemblies_only(lab):
    practice = {"press.freedom": 1.0, "press.caution": 0.9, "press.closes": 0.0, "press.half_size": 10.0}

    def reports(rule):
        """Media that cover an assembly, on average: of those held with an offence, and without."""
        seen = lab.run({**practice, "law.press.closure": rule, "town.people.minors_brought": 0.0})
        passed = {limit.assembly for limit in seen.of(LimitPassed)}
        covering = {report.assembly: len(report.outlets) for report in seen.of(Covered)}
        ill = [covering.get(number, 0) for number in seen.held if number in seen.unlawful or number in passed]
        well = [covering.get(number, 0) for number in seen.held if number not in seen.unlawful and number not in passed]
        return sum(ill) / len(ill), sum(well) / len(well)

    free, cautious = reports("none"), reports("covering_unlawful")
    assert cautious[0] < free[0] / 3
    assert cautious[1] == pytest.approx(free[1], rel=0.25)


# -- the 254th participant -------------------------------------------------------------------------------------------------


def crowd(one, **changes):
    seen = one({f"law.{key}": value for key, value in changes.items()}).hold(20)
    (held,) = seen.held.values()
    return held.turnout, seen


def test_one_too_many_makes_a_notified_rally_unlawful(one):
    """The critics' case: 249 may come, and the rally becomes unlawful with the next one."""
    came, _ = crowd(one, threshold="none")
    assert came > 30
    just_fits, calm = crowd(one, threshold=came + 1)
    one_too_many, ended = crowd(one, threshold=came)
    assert just_fits == one_too_many == came
    assert calm.of(LimitPassed, Terminated) == []
    assert [(limit.limit, limit.value, limit.consequence) for limit in ended.of(LimitPassed)] == [
        ("threshold", came - 1, "terminated")
    ]
    assert [end.reason for end in ended.of(Terminated)] == ["passed_limit"]
    assert all(held.lawful_at_start for seen in (calm, ended) for held in seen.held.values())


@pytest.mark.parametrize("consequence", ["terminated", "fined", "tolerated"])
def test_what_passing_the_threshold_leads_to_is_the_law_s_choice(one, consequence):
    practice = {"court.organisers_liable": 1.0, "police.style": 0.0}
    world = one({**practice, "law.threshold": 40, "law.limits.threshold.consequence": consequence})
    seen = world.hold(20)
    assert [limit.consequence for limit in seen.of(LimitPassed)] == [consequence]
    assert len(seen.of(Terminated)) == (consequence == "terminated")
    assert {sanction.offence for sanction in seen.of(Sanctioned)} == (set() if consequence == "tolerated" else {"passed_limit"})


def test_a_margin_lets_a_few_more_come(one):
    came, _ = crowd(one, threshold="none")
    limit = round(came / 1.1)  # a tenth more than this comes
    assert crowd(one, threshold=limit, **{"limits.threshold.margin": 0.0})[1].of(Terminated)
    assert not crowd(one, threshold=limit, **{"limits.threshold.margin": 0.2})[1].of(LimitPassed)


def test_a_place_s_capacity_is_a_limit_of_its_own(one):
    came, _ = crowd(one, threshold="none")
    small = {"town.sites.River Park.capacity": came - 1}
    world = one({**small, "law.threshold": "none"})
    assert [limit.limit for limit in world.hold(20).of(LimitPassed)] == ["capacity"]
    world = one({**small, "law.threshold": "none", "law.limits.capacity.consequence": "tolerated"})
    assert world.hold(20).of(Terminated) == []


# -- the desk --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("silence", ["allowed", "ambiguous", "refused"])
def test_what_silence_means_is_said_by_the_law(lab, silence):
    practice = {"authority.silence": EVERYBODY, "authority.honours_silence": 1.0, "choices.legality": 0.0, **FLAWLESS}
    rule = {"law.procedures.notification.silence": silence, "law.procedures.permit.silence": silence}
    seen = lab.run({**practice, **rule})
    assert set(answers(seen)) == {f"silence_{silence}"}
    filed = {filing.assembly for filing in seen.of(Filed)} - seen.exempt
    held = [
        seen.held[number].lawful_at_start
        for number in filed
        if number in seen.held and seen.last_plan[number].procedure == "permit"
    ]
    assert len(held) > 3
    assert set(held) == {silence != "refused"}


def test_those_who_relied_on_silence_may_be_let_down_though_the_text_is_with_them(one):
    def outcome(honours):
        practice = {"authority.silence": EVERYBODY, "authority.honours_silence": honours, "court.organisers_liable": 1.0}
        seen = one({**practice, "police.style": 0.0, "police.available": 1.0, "law.threshold": "none"}).hold(20)
        (held,) = seen.held.values()
        assert held.lawful_at_start
        return held.officers, [sanction.offence for sanction in seen.of(Sanctioned) if sanction.role == "organiser"]

    honoured, let_down = outcome(1.0), outcome(0.0)
    assert honoured[0] < let_down[0]
    assert honoured[1] == []
    assert let_down[1] == ["after_refusal"]


def test_the_authority_may_cut_the_size_where_the_law_lets_it(lab):
    practice = {**UNWANTED, **FLAWLESS, "authority.cuts": 1.0}
    limit = {"law.limits.declared": {"consequence": "terminated", "source": "a test"}}
    cutting, not_cutting = (lab.run({**practice, **limit, "law.refusal.may_cut_size": may}) for may in (True, False))
    assert answers(not_cutting)["size_cut"] == 0
    cuts = {answer.assembly: answer.allowed for answer in cutting.of(Answered) if answer.answer == "size_cut"}
    assert len(cuts) > 20
    assert all(
        allowed < cutting.planned[number].declared for number, allowed in cuts.items() if cutting.planned[number].declared > 1
    )
    over = [limit for limit in cutting.of(LimitPassed) if limit.limit == "declared" and limit.assembly in cuts]
    assert over
    assert all(limit.value == cuts[limit.assembly] for limit in over)


TAKEN = {"law.refusal.grounds": [{"name": "place_taken", "source": "a test"}, {"name": "place_not_allowed", "source": "a test"}]}


def test_an_exclusive_slot_keeps_others_out(lab):
    shared, exclusive = (lab.run({**HONOURED, **TAKEN, "law.places.exclusive": rule}) for rule in (False, True))
    assert grounds(shared)["place_taken"] == 0
    assert grounds(exclusive)["place_taken"] > 5

    def crowded(seen):
        slots = Counter(
            (seen.last_plan[n].site, held.day) for n, held in seen.held.items() if seen.last_plan[n].procedure != "exempt"
        )
        return sum(count > 1 for count in slots.values())

    assert crowded(exclusive) < crowded(shared)


def test_phantom_bookings_need_a_law_under_which_a_slot_is_exclusive(lab):
    practice = {**UNWANTED, **FLAWLESS, "authority.phantom": 1.0, "authority.lawless": 0.0}
    shared, exclusive = (lab.run({**practice, **TAKEN, "law.places.exclusive": rule}) for rule in (False, True))
    assert shared.of(Booked) == []
    assert grounds(shared)["place_taken"] == 0
    assert len(exclusive.of(Booked)) > 20
    phantoms = [answer for answer in exclusive.of(Answered) if answer.pretext]
    assert len(phantoms) == len(exclusive.of(Booked))
    assert {answer.ground for answer in phantoms} == {"place_taken"}


def test_organisers_hold_slots_against_their_rivals_only_where_slots_are_exclusive(lab):
    practice = {**HONOURED, "choices.rivalry": 5.0, "choices.filing_cost": 0.0, "organisers.opportunities": 20.0}
    shared, exclusive = (
        lab.run({**practice, **TAKEN, "law.places.exclusive": rule, "scenario.days": 100}) for rule in (False, True)
    )
    assert shared.strategies["phantom"] == 0
    assert exclusive.strategies["phantom"] > 5
    phantoms = {n: plan for n, plan in exclusive.planned.items() if plan.strategy == "phantom"}
    assert {plan.stance for plan in phantoms.values()} <= {"loyal", "opposition"}
    assert not phantoms.keys() & exclusive.held.keys()


# -- time ------------------------------------------------------------------------------------------------------------------


def test_spontaneous_assemblies_need_no_filing_where_the_law_knows_them(lab):
    without, with_ = (lab.run({"law.spontaneous.allowed": allowed, "law.places.rule": "anywhere"}) for allowed in (False, True))
    assert without.strategies["spontaneous"] == 0
    spontaneous = {n: plan for n, plan in with_.planned.items() if plan.strategy == "spontaneous"}
    assert len(spontaneous) > 5
    assert not any(plan.filed for plan in spontaneous.values())
    assert all(plan.date - plan.day <= 2 for plan in spontaneous.values())
    held = [with_.held[n] for n, plan in spontaneous.items() if n in with_.held and plan.legal_form != "suspended_party"]
    assert held
    assert all(one.lawful_at_start for one in held)


def test_a_spontaneous_assembly_comes_soon_after_its_cause(lab):
    def lead(within):
        seen = lab.run({"law.spontaneous.allowed": True, "law.spontaneous.within": within, "law.places.rule": "anywhere"})
        return {plan.date - plan.day for plan in seen.planned.values() if plan.strategy == "spontaneous"}

    assert lead("0 days") == {0}
    assert max(lead("2 days")) > 0


def test_late_notice_is_accepted_where_the_law_accepts_it(lab):
    practice = {**HONOURED, "authority.formalism": 1.0}
    strict, lenient = (lab.run({**practice, "law.spontaneous.short_notice": short}) for short in (False, True))
    least = {
        seen: min(filing.notice for filing in seen.of(Filed) if filing.procedure == "notification") for seen in (strict, lenient)
    }
    assert least[strict] >= 5
    assert least[lenient] <= 1
    assert grounds(lenient)["late_filing"] == 0
    urgent = {filing.assembly for filing in lenient.of(Filed) if filing.notice < 5} & lenient.held.keys()
    notified = {n for n in urgent if lenient.last_plan[n].procedure == "notification"}
    assert len(notified) > 3
    assert not any("no_filing" in lenient.held[n].breaches for n in notified)


def test_the_longer_the_notice_the_later_and_fewer_the_assemblies(lab):
    def under(notice):
        terms = {"law.threshold": "none", "law.procedures.0.notice": notice, "law.procedures.0.decision": "1 working days"}
        seen = lab.run({**terms, **HONOURED, "law.exempt.kinds": []})
        filed = [filing for filing in seen.of(Filed) if filing.procedure == "notification"]
        held = [seen.held[n] for n in {filing.assembly for filing in filed} if n in seen.held]
        waits = [one.day - seen.planned[one.assembly].opportunity for one in held]
        return min(filing.notice for filing in filed), sum(waits) / len(waits), sum(one.turnout for one in held)

    short, long = under("2 working days"), under("15 working days")
    assert short[0] >= 2
    assert long[0] >= 15
    assert long[1] > short[1] + 7
    assert long[2] < short[2]


def test_where_announcing_first_is_an_offence_the_law_abiding_call_later_and_reach_fewer(one):
    practice = {"choices.legality": 0.0, "police.prevents": 1.0, "choices.mobilising": 10.0, "authority.haste": 5.0}

    def called(rule):
        world = one({**practice, "law.filing.announce_before": rule, "law.threshold": 10})
        seen = world.hold(200)
        (held,) = seen.held.values()
        return held.reached, [sanction.offence for sanction in seen.of(Sanctioned) if sanction.role == "organiser"]

    free, waiting = called("free"), called("offence")
    assert waiting[0] < free[0]
    assert free[1] == waiting[1] == []


def test_who_waited_for_leave_that_never_came_calls_when_deciding_to_go_without(one):
    nothing_else = {"law.exempt.kinds": [], "law.appeal.to": "none", "law.procedures.permit.decision": "9 working days"}
    practice = {
        **UNWANTED,
        "authority.offers": 0.0,
        "choices.legality": 0.0,
        "choices.most_attempts": 1,
        "choices.mobilising": 10.0,
    }

    def reached(rule):
        world = one({**practice, **nothing_else, "law.filing.announce_before": rule, "authority.haste": 5.0})
        seen = world.hold(200, form="march")
        assert [change.choice for change in seen.of(Changed)] == ["hold_all_the_same"]
        return next(iter(seen.held.values())).reached

    assert reached("offence") < reached("free")


def test_who_announces_before_leave_is_watched_and_punished(lab):
    practice = {"police.prevents": 1.0, "choices.legality": 1.0}
    free, offence = (lab.run({**practice, "law.filing.announce_before": rule}) for rule in ("free", "offence"))
    law = {"law.sanctions.organiser.offences": ["announcing"], "law.sanctions.legal_entity.offences": ["announcing"]}
    punished = lab.run({**practice, **law, "law.filing.announce_before": "offence"})
    assert not any(sanction.offence == "announcing" for seen in (free, offence) for sanction in seen.of(Sanctioned))
    who = {sanction.who for sanction in punished.of(Sanctioned) if sanction.offence == "announcing"}
    assert who
    assert all(punished.model.organisers[number].legality < 1.0 for number in who)


# -- on the street ---------------------------------------------------------------------------------------------------------


def test_misconduct_of_a_few_ends_it_for_all_where_the_law_says_so(one):
    for rule in (True, False):
        seen = one({"police.misconduct": 1.0, "law.termination.misconduct_of_few": rule, "law.threshold": "none"}).hold(20)
        assert [end.reason for end in seen.of(Terminated)] == (["misconduct"] if rule else [])
        assert next(iter(seen.held.values())).lawful_at_start


def test_being_unlawful_is_enough_to_be_ended_where_the_law_says_so(one):
    for rule in (True, False):
        seen = one({"police.style": 1.0, "law.threshold": "none", "law.termination.unlawful": rule}).hold(20, files=False)
        assert [end.reason for end in seen.of(Terminated)] == (["unlawful"] if rule else [])
        assert bool(seen.of(Arrested)) == rule
