"""What two laws say differently."""

import itertools

import pytest

from sim.law import load_law
from sim.law.diff import diff, summary
from sim.texts import names

LAWS = {name: load_law(name) for name in names("law")}


def test_a_law_does_not_differ_from_itself(bill):
    assert diff(bill, bill) == []
    assert summary([]) == "no difference"


def test_a_difference_says_what_where_and_by_which_source(bill, bill_path):
    (one,) = diff(bill, load_law(bill_path, {"appeal.decided_in": "2 days"}))
    assert (one.key, one.before, one.after) == ("appeal.decided_in", "10 days", "2 days")
    assert one.meaning == "Term for the decision."
    assert one.source_before == "Civil Procedure Code"
    assert one.source_after == "Civil Procedure Code; set on the command line"


def test_the_summary_is_one_sentence(bill, bill_path):
    other = load_law(bill_path, {"threshold": "none", "sanctions.participant.fine": "50 MCI"})
    assert summary(diff(bill, other)) == "threshold: 250 persons -> none; participant's fine: 20 MCI -> 50 MCI"
    assert summary(diff(other, bill)) == "threshold: none -> 250 persons; participant's fine: 50 MCI -> 20 MCI"


def test_another_threshold_tells_who_owes_something_else(bill, bill_path):
    threshold, owed = diff(bill, load_law(bill_path, {"threshold": 50}))
    assert threshold.key == "threshold.value"
    assert owed.follows
    assert owed.meaning == "What an assembly of 50 to 249 people owes."
    assert owed.before.startswith("notification, filed 5 working days before")
    assert owed.after.startswith("permit, filed 10 working days before")


def test_rows_are_told_by_the_gatherings_they_speak_of(bill, bill_path):
    rows = [{"procedure": "exempt", "forms": ["single_picket"]}]
    rest = ["picket", "meeting", "rally", "demonstration", "march"]
    rows += [{**row.model_dump(mode="json"), "forms": rest} for row in bill.procedures]
    small, large = diff(bill, load_law(bill_path, {"procedures": rows}))
    assert small.key == "a single picket of up to 249 people"
    assert large.key == "a single picket of 250 people or more"
    assert {small.after, large.after} == {"nothing"}
    assert not small.follows


def test_the_order_of_rows_and_words_is_no_difference(bill, bill_path):
    rows = [row.model_dump(mode="json") for row in reversed(bill.procedures)]
    offences = list(reversed(bill.sanctions.participant.offences))
    assert diff(bill, load_law(bill_path, {"procedures": rows, "sanctions.participant.offences": offences})) == []


def test_a_list_of_words_tells_what_came_and_went(bill, bill_path):
    (one,) = diff(bill, load_law(bill_path, {"sanctions.participant.offences": ["no_filing", "minors"]}))
    assert str(one) == "participant's offences: with not_leaving, without minors -> with minors, without not_leaving"


def test_a_ground_that_comes_is_told(bill, bill_path):
    grounds = [{"name": "late_filing"}, {"name": "public_order", "breadth": 0.8}, {"name": "any_law"}]
    (one,) = diff(bill, load_law(bill_path, {"refusal.grounds": grounds}))
    assert (one.key, one.before, one.after) == ("refusal.grounds.any_law.breadth", "none", "1")


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(LAWS, 2)))
def test_laws_differ_as_their_fingerprints_do_and_both_ways(a, b):
    there, back = diff(LAWS[a], LAWS[b]), diff(LAWS[b], LAWS[a])
    assert bool(there) == (LAWS[a].fingerprint != LAWS[b].fingerprint)
    assert sorted((one.key, one.before, one.after) for one in there) == sorted((one.key, one.after, one.before) for one in back)
    assert all(one.before != one.after for one in there)
