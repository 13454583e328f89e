"""From a name to a regime: laws, reforms, changes."""

from pathlib import Path

import pytest

from sim.errors import InputError, LawError, UnknownNameError
from sim.law import load_law
from sim.law.diff import diff, summary
from sim.law.provisions import provisions_of
from sim.texts import names, parse_assignment

REFORM = """
[reform]
title = "A reform for tests"
description = "It changes what its set says."
source = "The editor"
"""


@pytest.fixture
def reform(tmp_path):
    def write(said: str, name: str = "mine") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_text(f"{REFORM}\n{said}\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("name", names("law"))
def test_every_law_of_the_library_can_be_read(name):
    law = load_law(name)
    assert law.regime.title
    assert not law.regime.edits


def test_a_law_is_named_or_lies_in_a_file(bill, bill_path):
    assert load_law(bill_path) == load_law(Path(bill_path)) == bill
    assert load_law("kazakhstan/2020-bill").threshold_value == 250


@pytest.mark.parametrize("name", ["kazakhstan/2020-bil", "kazakhstan/2020-bill + treshold-50", "nowhere.toml"])
def test_a_name_that_nothing_has_is_told_with_those_there_are(name):
    with pytest.raises(UnknownNameError, match="Known: "):
        load_law(name)


@pytest.mark.parametrize("name", ["kazakhstan/2020-bill + threshold-50", "kazakhstan/2020-bill+threshold-50"])
def test_a_reform_is_added_to_a_name(name):
    law = load_law(name)
    assert law.threshold_value == 50
    assert law.regime.edits == ("threshold = 50 (reform threshold-50)",)
    assert law.row("rally", "informal", "square", 49).procedure == "notification"
    assert law.row("rally", "informal", "square", 50).procedure == "permit"


def test_reforms_follow_each_other():
    law = load_law("kazakhstan/2020-bill + threshold-50 + fines-50-mci + threshold-500")
    assert law.threshold_value == 500
    assert str(law.sanctions.participant.fine) == "50 MCI"
    assert len(law.regime.edits) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("threshold-50", "threshold: 250 persons -> 50 persons"),
        ("threshold-500", "threshold: 250 persons -> 500 persons"),
        ("no-threshold", "threshold: 250 persons -> none"),
        ("fines-50-mci", "participant's fine: 20 MCI -> 50 MCI"),
        ("no-designated-places", "places: rule: designated -> anywhere"),
        (
            "tolerate-overrun",
            "limits, declared: consequence: none -> tolerated; limits, threshold: consequence: terminated -> tolerated",
        ),
    ],
)
def test_a_reform_of_the_library_changes_what_it_says_and_nothing_else(bill, bill_path, name, said):
    assert summary(diff(bill, load_law(f"{bill_path} + {name}"))) == said


def test_a_reform_is_no_law(reform):
    with pytest.raises(LawError, match=r"LAW \+ REFORM"):
        load_law(reform("[set]\nthreshold = 50"))


def test_two_days_notice_shortens_every_term(bill_path):
    law = load_law(f"{bill_path} + notice-2-days")
    assert {(str(row.notice), str(row.decision)) for row in law.procedures} == {("2 working days", "1 working day")}


def test_silence_is_consent_for_every_filing(bill_path):
    law = load_law(f"{bill_path} + silence-is-consent")
    assert {row.silence for row in law.procedures} == {"allowed"}


def test_every_reform_of_the_library_has_a_law_it_fits():
    assert {"threshold-50", "threshold-500", "no-threshold", "fines-50-mci"} <= set(names("reform"))
    for name in names("reform"):
        assert load_law(f"kazakhstan/2020-bill + {name}").regime.edits


def test_a_reform_is_written_with_dotted_keys_or_tables(bill_path, reform):
    laws = [
        load_law(f"{bill_path} + {reform(said, name)}")
        for name, said in {
            "dotted": '[set]\n"threshold.value" = 50\n"appeal.decided_in" = "2 days"',
            "short": '[set]\nthreshold = 50\n"appeal.decided_in" = "2 days"',
            "tables": '[set.threshold]\nvalue = 50\n[set.appeal]\ndecided_in = "2 days"',
            "bare": '[set]\nthreshold.value = 50\nappeal.decided_in = "2 days"',
        }.items()
    ]
    assert len({law.fingerprint for law in laws}) == 1
    assert laws[0].threshold_value == 50


def test_a_reform_that_changes_nothing_leaves_the_fingerprint(bill, bill_path, reform):
    said = '[set]\nthreshold = 250\n"procedures.*.forms" = "any"\n"press.closure" = "none"\n"limits.threshold.margin" = 0.0'
    law = load_law(f"{bill_path} + {reform(said)}")
    assert law.fingerprint == bill.fingerprint
    assert diff(bill, law) == []
    assert len(law.regime.edits) == 4


def test_a_reform_may_be_meant_for_one_law(reform, bill_path):
    path = reform("[set]\nthreshold = 50")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"The editor"', '"The editor"\nbase = "kazakhstan/2020-bill"'), encoding="utf-8"
    )
    assert load_law(f"kazakhstan/2020-bill + {path}").threshold_value == 50
    with pytest.raises(LawError, match="the law it is meant for"):
        load_law(f"{bill_path} + {path}")


def test_what_an_edit_creates_has_the_edit_as_its_source(bill_path):
    law = load_law(f"{bill_path} + tolerate-overrun", {"emergency.effect": "barred", "threshold": 50})
    sources = {key: provision.source for key, provision in provisions_of(law)}
    assert sources["limits.declared"] == "reform tolerate-overrun"
    assert sources["limits.threshold"] == "F7; reform tolerate-overrun"
    assert sources["emergency"] == "set on the command line"
    assert sources["threshold"] == "F7; set on the command line"
    assert sources["appeal"] == "Civil Procedure Code"


def test_whole_rows_can_be_set_and_need_no_source(bill_path):
    law = load_law(bill_path, {"threshold": "none", "procedures": [{"procedure": "permit", "notice": "10 days"}]})
    assert law.procedures[0].source == "set on the command line"
    assert law.row("march", "party", "park", 1).procedure == "permit"


@pytest.mark.parametrize(
    ("assignment", "key", "said"),
    [
        ("law.threshold=50", "threshold", "value=50"),
        ("law.threshold.value = 50", "threshold", "value=50"),
        ("law.threshold=none", "threshold", "value='none'"),
        ("law.sanctions.participant.fine=50 MCI", "sanctions.participant", "fine=Money(amount=50.0, unit='MCI')"),
        ('law.sanctions.participant.fine="50 MCI"', "sanctions.participant", "fine=Money(amount=50.0, unit='MCI')"),
        ("law.persons.barred_organisers=['party']", "persons", "barred_organisers=('party',)"),
        ("law.places.central=true", "places", "central=True"),
        ("law.procedures.0.notice=4 working days", "procedures.0", "notice=Duration(amount=4, unit='working days')"),
        ("law.refusal.grounds.public_order.breadth=0.1", "refusal.grounds.public_order", "breadth=0.1"),
    ],
)
def test_a_change_is_written_as_on_the_command_line(bill_path, assignment, key, said):
    dotted, value = parse_assignment(assignment)
    law = load_law(bill_path, {dotted.removeprefix("law."): value})
    assert said in repr(dict(provisions_of(law))[key])


def test_all_wrong_changes_are_told_at_once(bill_path):
    with pytest.raises(LawError) as caught:
        load_law(bill_path, {"treshold": 50, "appeal.too": "court", "procedures.3.notice": "5 days"})
    assert caught.value.file == "--set"
    assert [problem.hint for problem in caught.value.problems] == ["threshold", "appeal.to", None]


def test_values_are_held_to_the_law(bill_path):
    with pytest.raises(InputError) as caught:
        load_law(bill_path, {"threshold": -1, "sanctions.participant.fine": "50 MCX", "appeal.to": "courts"})
    assert {problem.key for problem in caught.value.problems} == {"threshold.value", "sanctions.participant.fine", "appeal.to"}
