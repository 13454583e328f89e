"""The law in plain English."""

import datetime
import re

import pytest

from sim.law import load_law
from sim.law.explain import Earner, Explanation, explain, to_text
from sim.law.provisions import provisions_of
from sim.texts import names

LAWS = {name: load_law(name) for name in names("law")}


def flat(explanation: Explanation) -> str:
    return " ".join(to_text(explanation, width=10_000).split())


@pytest.mark.parametrize("name", LAWS)
def test_every_source_is_mentioned(name):
    law, said = LAWS[name], flat(explain(LAWS[name]))
    for mark, text in law.sources.items():
        assert f"{mark}: {' '.join(text.split())}" in said
    for _, provision in provisions_of(law):
        for part in provision.source.split("; "):
            assert part in said


@pytest.mark.parametrize("name", LAWS)
def test_every_note_is_told(name):
    said = flat(explain(LAWS[name]))
    for note in [*LAWS[name].regime.notes, *(provision.note for _, provision in provisions_of(LAWS[name]) if provision.note)]:
        assert " ".join(note.split()) in said


@pytest.mark.parametrize("name", LAWS)
def test_the_first_line_under_the_title_says_what_the_text_is(name):
    opening = {"act": "AN ACT", "bill": "A BILL that never came into force", "benchmark": "A BENCHMARK", "none": "NO LAW"}
    law = LAWS[name]
    assert str(explain(law).status).startswith(opening[law.regime.status])


@pytest.mark.parametrize("name", LAWS)
def test_sentences_are_whole(name):
    for section in explain(LAWS[name]).sections:
        assert section.sentences
        if section.title in {"Sources", "Notes"}:
            continue
        for sentence in section.sentences:
            assert sentence.text[0].isupper(), sentence
            assert not re.search(r"\b(None|nan|inf|True|False)\b|  |\{|\}| [.,;]|\b1 \w+s of arrest", sentence.text), sentence


@pytest.mark.parametrize("name", LAWS)
def test_doubts_are_shown(name):
    said = flat(explain(LAWS[name]))
    doubted = {provision.confidence for _, provision in provisions_of(LAWS[name])} - {"found"}
    assert ("How sure it is" in said) == bool(doubted)
    assert ("Unverified: reported without a source" in said) == ("unverified" in doubted)


def test_a_bill_says_who_owes_what(bill):
    said = flat(explain(bill))
    assert (
        "up to 249 people (such as 40 or 249) must be notified at least 5 working days (7 days in an ordinary week) before"
        in said
    )
    assert "250 people or more (such as 250 or 3,000) needs a permit, applied for at least 10 working days" in said
    assert "A notification must be answered within 3 working days" in said
    assert "if no answer comes, the assembly may be held" in said
    assert "if no answer comes, the assembly may not be held" in said


def test_the_critics_254_people_are_told(bill):
    said = flat(explain(bill))
    assert "A meeting of 249 owes a notification, one of 254 owes a permit: it may be ended on the spot." in said


def test_an_appeal_that_comes_too_late_is_told_as_such(bill, bill_path):
    assert flat(explain(bill)).count("comes too late") == 2
    assert "comes too late" not in flat(explain(load_law(bill_path, {"appeal.decided_in": "2 days"})))
    assert "comes too late" not in flat(explain(load_law(bill_path, {"appeal.before_assembly": True})))


def test_a_fine_is_told_in_money_and_wages(bill):
    said = flat(explain(bill, day=datetime.date(2019, 7, 1)))
    assert "a warning, a fine of up to 20 MCI (50,500 KZT, 27 % of an average monthly wage) or up to 10 days of arrest" in said
    assert (
        "For a repeat within 365 days it is a fine of up to 50 MCI (126,250 KZT, 68 % of an average monthly wage) or up to 15"
        in said
    )
    assert "1 MCI is 2,525 KZT" in said


def test_a_repeat_is_told_in_full_even_where_only_the_arrest_rises(bill_path):
    said = flat(explain(load_law(bill_path, {"sanctions.organiser.jail_repeat": "25 days"})))
    assert "For a repeat within 365 days it is a fine from 20 MCI up to 50 MCI" in said
    assert "or up to 25 days of arrest" in said


def test_a_fine_can_be_weighed_against_anyone(bill):
    earner = Earner(income=1_500, currency="EUR", wage=2_000, called="the median income of a town")
    said = flat(explain(bill, day=datetime.date(2019, 7, 1), earner=earner))
    assert "20 MCI (540 EUR, 36 % of the median income of a town)" in said


def test_a_law_that_was_changed_says_so_at_once(bill_path):
    explanation = explain(load_law(f"{bill_path} + threshold-50"))
    assert "as changed, not as it stood" in explanation.status.text
    assert "Changed: threshold = 50 (reform threshold-50)." in flat(explanation)
    assert "up to 49 people" in flat(explanation)


def test_no_law_asks_for_nothing():
    said = flat(explain(LAWS["no-law"]))
    assert "Nothing has to be filed" in said
    assert "Taking part is not punished." in said


def test_examples_follow_the_sizes_asked_for(bill):
    assert "(such as 7)" in flat(explain(bill, sizes=(7, 900)))


def test_lines_keep_to_the_width(bill):
    assert max(map(len, to_text(explain(bill), width=72).splitlines())) <= 72
