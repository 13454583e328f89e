"""The court: sentences between the law's least and most, and appeals."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ModelError
from sim.law import Penalty
from sim.record import AppealDecided, Appealed, Held

COINS = np.random.Generator(np.random.Philox(7)).uniform(size=(4000, 3))
UNIT = st.floats(1e-9, 1.0, exclude_max=True)
ALL = {"loyal": 1.0, "social": 1.0, "opposition": 1.0}
UNWANTED = {
    "authority.wish_to_refuse": ALL,
    "authority.discretion_notification": 1.0,
    "authority.lawless": 1.0,
    "law.threshold": "none",
}
APPEALING = {
    **UNWANTED,
    "choices.appeal_cost": 0.0,
    "choices.filing_cost": 1.0,
    "choices.sanction_weight": 5.0,
    "court.organisers_liable": 1.0,
    "authority.offers": 0.0,
    "court.reversal": 1.0,
    "law.exempt.kinds": [],
}
"""Refused, with nothing better to do than to appeal."""


def penalty(**how):
    usual = {"fine": 500.0, "fine_least": 200.0, "jail": 10, "warning": False, "expulsion": False}
    return Penalty(**(usual | how))


@pytest.fixture(scope="module")
def court(lab):
    def make(**practice):
        return lab.model(lab.scenario({f"court.{key}": value for key, value in practice.items()})).court

    return make


def sentences(court, threat):
    return [court.sentence(threat, tuple(coins)) for coins in COINS]


# -- sentences -------------------------------------------------------------------------------------------------------------


@given(
    fine=st.floats(0, 1e6),
    least=st.floats(0, 1),
    jail=st.integers(0, 60),
    warning=st.booleans(),
    expulsion=st.booleans(),
    coins=st.tuples(UNIT, UNIT, UNIT),
)
def test_a_sentence_lies_between_the_law_s_least_and_most(court_of_today, fine, least, jail, warning, expulsion, coins):
    threat = Penalty(fine=fine, fine_least=fine * least, jail=jail, warning=warning, expulsion=expulsion)
    sentence = court_of_today.sentence(threat, coins)
    assert 0 <= sentence.jail <= jail
    assert sum([sentence.jail > 0, sentence.warning]) <= 1
    if sentence.jail or sentence.warning:
        assert sentence.fine == 0.0
    else:
        assert fine * least - 0.01 <= sentence.fine <= fine + 0.01
    assert sentence.warning <= warning
    assert sentence.expelled == (expulsion and not sentence.warning)


@pytest.fixture(scope="module")
def court_of_today(court):
    return court()


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_mix_of_arrest_and_fine_is_practice(court, share):
    given_ = sentences(court(jail_share=share), penalty())
    assert sum(one.jail > 0 for one in given_) / len(given_) == pytest.approx(share, abs=0.02)


def test_where_the_law_knows_no_arrest_there_is_none_and_where_it_knows_no_fine_there_is_arrest(court):
    assert not any(one.jail for one in sentences(court(jail_share=1.0), penalty(jail=0)))
    assert all(one.jail for one in sentences(court(jail_share=0.0), penalty(fine=0.0, fine_least=0.0)))


@pytest.mark.parametrize("severity", [0.2, 0.5, 0.7, 1.0])
def test_the_mean_fine_lies_at_the_severity_between_least_and_most(court, severity):
    fines = [one.fine for one in sentences(court(severity=severity, jail_share=0.0), penalty())]
    assert np.mean(fines) == pytest.approx(200 + severity * 300, rel=0.02)


def test_severity_at_its_ends(court):
    assert {one.fine for one in sentences(court(severity=0.0, jail_share=0.0), penalty())} == {200.0}
    assert {one.fine for one in sentences(court(severity=1.0, jail_share=0.0), penalty())} == {500.0}
    assert {one.jail for one in sentences(court(severity=0.0, jail_share=1.0), penalty())} == {1}
    assert {one.jail for one in sentences(court(severity=1.0, jail_share=1.0), penalty())} == {10}


def test_warnings_are_given_where_the_law_lets_them(court):
    lenient = court(warnings=0.4, jail_share=0.0)
    warned = [one.warning for one in sentences(lenient, penalty(warning=True))]
    assert np.mean(warned) == pytest.approx(0.4, abs=0.02)
    assert not any(one.warning for one in sentences(lenient, penalty()))


# -- appeals ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "before", "day"),
    [
        ("5 days", False, 5),
        ("2 working days", False, 2 + 1),  # from New Year's Day 2019: the 2nd is a holiday; the 3rd and the 4th
        ("30 days", False, 30),
        ("30 days", True, 20),
        ("5 days", True, 5),
        ("0 days", False, 1),
    ],
)
def test_an_appeal_is_decided_by_its_term_and_before_the_assembly_where_the_law_wants_it(one, term, before, day):
    world = one({"law.appeal.decided_in": term, "law.appeal.before_assembly": before})
    assert world.model.court.hear(world.filing()) == day


def test_where_the_law_knows_no_appeal_there_is_none(one):
    world = one({"law.appeal.to": "none", "law.appeal.decided_in": None})
    with pytest.raises(ModelError, match="knows none"):
        world.model.court.hear(world.filing())


@pytest.mark.parametrize("suspensive", [True, False])
def test_only_a_suspensive_appeal_keeps_a_refusal_from_binding(one, suspensive):
    world = one({"law.appeal.suspensive": suspensive, "court.reversal": 0.0})
    filing = world.filing()
    filing.assembly.refused = True
    world.model.court.hear(filing)
    assert filing.assembly.appealing == suspensive
    filing.assembly.fate = "held"
    world.model.court.decide(filing)
    assert not filing.assembly.appealing


@pytest.mark.parametrize("reversal", [0.0, 1.0])
@pytest.mark.parametrize("in_time", [True, False])
def test_a_reversal_is_leave_if_it_comes_in_time(one, reversal, in_time):
    world = one({"court.reversal": reversal})
    assembly = world.assembly()
    filing = world.filing(assembly)
    assembly.refused, assembly.appealed = True, True
    if not in_time:
        assembly.fate = "called_off"
    world.model.court.decide(filing)
    (decision,) = world.model.record.of(AppealDecided)
    assert (decision.reversed, decision.in_time) == (bool(reversal), in_time)
    assert (assembly.allowed == filing.declared) == (bool(reversal) and in_time)


def test_a_decision_after_the_day_comes_too_late_even_if_nothing_was_settled(one):
    world = one({"court.reversal": 1.0})
    filing = world.filing(date=-1)
    world.model.court.decide(filing)
    (decision,) = world.model.record.of(AppealDecided)
    assert (decision.reversed, decision.in_time) == (True, False)
    assert filing.assembly.allowed is None


def test_a_reversal_is_leave_only_for_what_was_filed(one):
    world = one({"court.reversal": 1.0})
    assembly = world.assembly()
    filing = world.filing(assembly, date=world.occasion.date + 1)
    assembly.refused = True
    world.model.court.decide(filing)
    assert assembly.allowed is None


@pytest.mark.parametrize(("term", "too_late"), [("5 days", False), ("30 days", True)])
def test_an_appeal_runs_its_course(one, term, too_late):
    """From the refusal to the street: who appeals in time and is heard may hold it; a late decision finds it settled."""
    world = one({**APPEALING, "law.appeal.decided_in": term})
    assembly = world.enter(world.plan())
    world.model.run_for(60)
    (appeal,), (decision,) = world.model.record.of(Appealed), world.model.record.of(AppealDecided)
    assert decision.day == appeal.due == appeal.day + int(term.split()[0])
    assert (decision.reversed, decision.in_time) == (True, not too_late)
    assert (assembly.allowed is None) == too_late
    assert [held.lawful_at_start for held in world.model.record.of(Held)] == ([] if too_late else [True])


# -- prohibiting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bans", [0.0, 0.3, 1.0])
def test_the_court_prohibits_as_often_as_its_practice_says(one, bans):
    world = one({"court.bans": bans})
    banned = [world.model.court.bans(filing) for filing in world.filings(400)]
    assert np.mean(banned) == pytest.approx(bans, abs=0.07)
    assert banned == [world.model.court.bans(filing) for filing in world.filings(400)]


def test_the_first_day_is_new_year_s_day(one):
    assert one().model.calendar.date(0) == datetime.date(2019, 1, 1)
