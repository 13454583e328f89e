"""Provisions: each carries its source, is frozen, and knows what it cannot say."""

import pytest
from pydantic import ValidationError

from sim.law import CONFIDENCE, GROUNDS
from sim.law.provisions import Appeal, Places, ProcedureRow, Refusal, Sanction, Threshold, provisions_of
from sim.law.vocabulary import FACTS
from sim.texts import Text


def test_a_provision_names_its_source():
    with pytest.raises(ValidationError, match="source"):
        Threshold.model_validate({"value": 250})


def test_a_provision_is_found_in_its_source_unless_it_says_otherwise():
    assert Threshold(value=250, source="F7").confidence == "found"
    assert set(CONFIDENCE) == {"found", "computed", "background", "coded", "unverified"}


def test_a_provision_does_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        Threshold(value=250, source="F7").value = 50


def test_a_copy_with_changes_is_held_to_the_same_rules():
    threshold = Threshold(value=250, source="F7")
    assert threshold.model_copy() == threshold
    assert threshold.model_copy(update={"value": 50}).value == 50
    with pytest.raises(ValidationError, match="whole number"):
        threshold.model_copy(update={"value": -50})


def test_facts_are_grounds():
    assert set(FACTS) < set(GROUNDS)


@pytest.mark.parametrize("procedure", ["exempt", "banned"])
def test_nothing_is_filed_for_what_is_exempt_or_banned(procedure):
    assert not ProcedureRow(procedure=procedure, source="Art. 1").filed
    with pytest.raises(ValidationError, match="nothing is filed"):
        ProcedureRow.model_validate({"procedure": procedure, "notice": "5 days", "source": "Art. 1"})


def test_an_answer_comes_before_the_assembly():
    row = {"procedure": "permit", "notice": "48 hours", "decision": "24 hours", "source": "Art. 1"}
    assert ProcedureRow.model_validate(row).filed
    with pytest.raises(ValidationError, match="may not come after the assembly"):
        ProcedureRow.model_validate({**row, "decision": "3 days"})


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Appeal, {"to": "court"}),
        (Places, {"rule": "designated"}),
        (Refusal, {"grounds": [{"name": "nuisance", "source": "Art. 1"}] * 2}),
        (Sanction, {"jail": "3 working days"}),
        (Sanction, {"fine": "1 wages", "fine_least": "2 wages"}),
    ],
)
def test_a_provision_may_not_contradict_itself(kind: type[Text], said):
    with pytest.raises(ValidationError):
        kind.model_validate({**said, "source": "Art. 1"})


def test_every_provision_of_a_law_has_a_key(bill):
    keys = dict(provisions_of(bill))
    assert {
        "threshold",
        "procedures.1",
        "refusal.grounds.public_order",
        "limits.threshold",
        "sanctions.participant",
    } <= keys.keys()
    assert keys["threshold"].source == "F7"
