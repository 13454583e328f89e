"""Practice: tables that are refused when they make no sense."""

import pytest

from sim.errors import ScenarioError
from sim.institutions.practice import (
    AuthorityPractice,
    ByStance,
    CourtPractice,
    OrganiserPopulation,
    PolicePractice,
    PressPractice,
)
from sim.scenario import load_scenario


def refusal(changes):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("seminar", changes)
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"organisers.stance": {"loyal": 0.5, "social": 0.5, "opposition": 0.5}},
            ["organisers.stance", "sum to 1.5", "sum to 1"],
        ),
        (
            {"organisers.legal_form": {"informal": 0.5, "association": 0, "party": 0, "suspended_party": 0, "foreign_funded": 0}},
            ["organisers.legal_form", "sum to 0.5"],
        ),
        ({"authority.wish_to_refuse": {"loyal": 1.5, "social": 0, "opposition": 0}}, ["authority.wish_to_refuse.loyal"]),
        ({"authority.silence": {"loyal": 0, "social": 0, "opposition": -0.1}}, ["authority.silence.opposition"]),
        ({"police.style": 2.0}, ["police.style"]),
        ({"police.stile": 0.5}, ["police", "stile", "style"]),
        ({"court.jail_share": "often"}, ["court.jail_share"]),
        ({"press.outlets": 0}, ["press.outlets", "at least 1 outlet"]),
        ({"press.outlets": -1}, ["press.outlets"]),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_in_words(changes, words):
    said = refusal(changes)
    assert all(word in said for word in words), said


def test_without_media_there_can_be_no_free_press_but_an_unfree_one():
    assert load_scenario("seminar", {"press.outlets": 0, "press.freedom": 0.0}).press.outlets == 0


def test_shares_are_read_by_stance():
    table = ByStance(loyal=0.1, social=0.2, opposition=0.7)
    assert [table[stance] for stance in ("loyal", "social", "opposition")] == [0.1, 0.2, 0.7]


@pytest.mark.parametrize("kind", [OrganiserPopulation, AuthorityPractice, CourtPractice, PolicePractice, PressPractice])
def test_every_number_of_practice_has_a_unit_a_source_and_a_range_that_holds_its_default(kind):
    numbers = {name: field for name, field in kind.model_fields.items() if isinstance(field.default, int | float)}
    assert numbers
    for name, field in numbers.items():
        told = field.json_schema_extra
        low, high = told["range"]
        assert low <= field.default <= high, name
        assert told["unit"], name
        assert told["source"], name
