"""A regime answers the model's questions."""

import copy
import datetime
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.law import OFFENCES, ROLES, Money, Regime, load_law
from sim.law.coverage import CELLS
from sim.texts import names

SUMMER_2019 = datetime.date(2019, 7, 1)
WAGE_2019 = 187_000
BILL = load_law(Path(__file__).parent / "right" / "bill.toml")
LAWS = {name: load_law(name) for name in names("law")}


def test_249_people_owe_a_notification_and_250_a_permit(bill):
    for form in ("meeting", "march"):
        assert bill.row(form, "informal", "square", 249).procedure == "notification"
        assert bill.row(form, "informal", "square", 250).procedure == "permit"
        assert bill.steps(form, "informal", "square") == (250,)


def test_without_a_threshold_all_owe_what_is_owed_below_it(bill_path):
    law = load_law(bill_path, {"threshold": "none"})
    assert law.threshold_value is None
    assert law.row("rally", "informal", "square", 10**6).procedure == "notification"
    assert law.steps("rally", "informal", "square") == ()


def test_a_step_is_where_what_is_owed_changes_and_not_where_a_row_ends(bill_path, bill):
    one, other = (row.model_dump(mode="json") for row in bill.procedures)
    cut = [{**one, "size": "below 100"}, {**one, "size": "from 100 below threshold"}, other]
    law = load_law(bill_path, {"procedures": cut})
    assert law.steps("rally", "informal", "square") == (250,)
    assert law.fingerprint == bill.fingerprint


@pytest.mark.parametrize("name", LAWS)
@given(cell=st.sampled_from(CELLS), size=st.integers(1, 100_000))
def test_every_gathering_meets_exactly_one_row(name, cell, size):
    law = LAWS[name]
    meeting = [stretch for stretch in law.coverage[cell] if stretch.least <= size < stretch.below]
    assert len(meeting) == bool(law.procedures)
    assert law.row(*cell, size) == (law.procedures[meeting[0].row] if meeting else None)


def test_20_mci_in_2019_are_27_per_cent_of_an_average_wage(bill):
    fine = bill.money_of(Money(20, "MCI"), SUMMER_2019, "KZT", WAGE_2019)
    assert fine == 50_500
    assert fine / WAGE_2019 == pytest.approx(0.27, abs=0.005)


def test_money_follows_the_day(bill):
    days = [datetime.date(2018, 1, 1), datetime.date(2020, 3, 31), datetime.date(2020, 4, 1), datetime.date(2030, 1, 1)]
    assert [bill.money_of(Money(1, "MCI"), day, "KZT", WAGE_2019) for day in days] == [2525, 2525, 2778, 2778]


@given(st.sampled_from(["20 MCI", "1,000 KZT", "0.5 wages"]), st.sampled_from(["EUR", "USD"]), st.floats(100, 10_000))
def test_a_law_carried_to_another_town_weighs_the_same_in_wages(amount, currency, wage):
    money = Money.parse(amount)
    at_home = BILL.money_of(money, SUMMER_2019, "KZT", WAGE_2019) / WAGE_2019
    assert BILL.money_of(money, SUMMER_2019, currency, wage) / wage == pytest.approx(at_home)


def penalty(law: Regime, role: str, offence: str = "no_filing", *, repeat: bool = False):
    return law.penalty(role, offence, repeat=repeat, day=SUMMER_2019, currency="KZT", wage=WAGE_2019)


def test_a_penalty_is_what_the_law_threatens(bill):
    first, again = penalty(bill, "participant"), penalty(bill, "participant", repeat=True)
    assert (first.fine, first.jail, first.warning) == (50_500, 10, True)
    assert (again.fine, again.jail, again.warning) == (126_250, 15, False)
    assert penalty(bill, "organiser").fine_least == 50_500


def test_what_is_not_named_is_not_punished(bill):
    assert penalty(bill, "participant", "minors") is None
    assert penalty(LAWS["no-law"], "participant") is None


def test_foreigners_and_legal_entities_fall_back_and_a_legal_entity_is_not_jailed(bill):
    assert penalty(bill, "foreigner") == penalty(bill, "participant")
    entity, organiser = penalty(bill, "legal_entity"), penalty(bill, "organiser")
    assert (entity.fine, entity.jail, organiser.jail) == (organiser.fine, 0, 15)


@pytest.mark.parametrize("name", LAWS)
def test_no_law_of_the_library_threatens_less_for_more(name):
    law = LAWS[name]
    for role in ROLES:
        for offence in OFFENCES:
            found = law.penalty(role, offence, repeat=False, day=SUMMER_2019, currency="XXX", wage=1.0)
            assert found is None or 0 <= found.fine_least <= found.fine < 50


def test_two_texts_of_one_law_have_one_fingerprint(bill, bill_tables):
    bill_tables["regime"] |= {"title": "Another name", "description": "Another description."}
    bill_tables["procedures"].reverse()
    bill_tables["threshold"] |= {"source": "Article 12", "note": "Another note.", "confidence": "coded"}
    bill_tables["procedures"][0] |= {"silence": "refused", "forms": "any"}
    bill_tables["sanctions"]["participant"]["offences"].reverse()
    bill_tables["refusal"]["grounds"].reverse()
    bill_tables["press"] = {"closure": "none", "source": "Article 13"}
    bill_tables["sources"] = dict.fromkeys(bill_tables["sources"], "")
    other = Regime.model_validate(bill_tables)
    assert other != bill
    assert other.fingerprint == bill.fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 249},
        {"procedures.permit.silence": "allowed"},
        {"sanctions.participant.fine": "21 MCI"},
        {"refusal.grounds.public_order.breadth": 0.7},
        {"places.rule": "anywhere"},
        {"termination.unlawful": True},
        {"sanctions.foreigner.offences": []},
    ],
)
def test_a_law_that_says_something_else_has_another_fingerprint(bill, bill_path, changes):
    assert load_law(bill_path, changes).fingerprint != bill.fingerprint


def test_the_laws_of_the_library_differ():
    assert len({law.fingerprint for law in LAWS.values()}) == len(LAWS)


def test_a_regime_can_be_copied_pickled_and_kept_in_a_set(bill):
    bill.row("march", "informal", "square", 250)
    copies = [copy.deepcopy(bill), pickle.loads(pickle.dumps(bill)), bill.model_copy()]
    assert all(other == bill and hash(other) == hash(bill) and other.fingerprint == bill.fingerprint for other in copies)
    assert len({bill, *copies}) == 1
    assert all(other.row("march", "informal", "square", 250) == bill.row("march", "informal", "square", 250) for other in copies)


def test_a_changed_copy_answers_for_itself(bill):
    bill.row("march", "informal", "square", 250)
    changed = bill.model_copy(update={"threshold": bill.threshold.model_copy(update={"value": 300})})
    assert changed.row("march", "informal", "square", 250).procedure == "notification"
    assert changed.fingerprint != bill.fingerprint


def test_what_is_written_out_reads_the_same(bill):
    assert Regime.model_validate(bill.model_dump(mode="json")) == bill
