"""Between two laws: every mixture is a law, and none of the differences is lost or told twice."""

from itertools import combinations, pairwise

import pytest

from sim.errors import LawError, ModelError
from sim.experiment.sensitivity import laws_between
from sim.experiment.sensitivity.laws import LawsBetween, _mixed
from sim.law import load_law
from sim.law.diff import diff
from sim.scenario import Scenario, load_scenario
from sim.texts import names

STEPS = ["kazakhstan/1995", "kazakhstan/2020-bill", "kazakhstan/2020-mazhilis", "kazakhstan/2020-act"]


@pytest.fixture(scope="module")
def reform() -> LawsBetween:
    return laws_between(load_law(STEPS[0]), load_law(STEPS[1]))


def test_the_groups_are_those_a_reader_of_the_law_knows(reform: LawsBetween) -> None:
    assert reform.names[0] == "threshold + procedures"  # rows that name a threshold make no law without one
    assert {"refusal", "places", "persons", "sanctions"} <= set(reform.names)
    assert all(group.differences for group in reform.groups)


def test_the_ends_are_the_laws(reform: LawsBetween) -> None:
    assert reform.make(()) is reform.a
    assert reform.make(reform.names).fingerprint == reform.b.fingerprint
    assert reform.make(reform.names[::-1]) is reform.make(reform.names)


def test_a_group_changes_what_it_says_and_nothing_else(reform: LawsBetween) -> None:
    for group in reform.groups:
        assert tuple(diff(reform.a, reform.make({group.name}))) == group.differences
        tables = {part.partition(".")[0] for part in group.parts}
        for name in type(reform.a).model_fields:
            if name not in {"regime", "sources"}:
                assert getattr(reform.make({group.name}), name) == getattr(reform.b if name in tables else reform.a, name)


def test_the_groups_hold_all_differences_once(reform: LawsBetween) -> None:
    told = sorted(str(one) for group in reform.groups for one in group.differences)
    assert told == sorted(map(str, diff(reform.a, reform.b)))


def test_every_two_laws_of_the_library_have_mixtures() -> None:
    """Each group alone, and all but each, between laws far apart; nothing raises, and the whole is the other law."""
    laws = [load_law(name) for name in ("no-law", "germany/federal", "odihr/2019", "russia/2014", "united-kingdom/1986")]
    for one, other in combinations(laws, 2):
        found = laws_between(one, other)
        assert found.make(found.names).fingerprint == other.fingerprint
        for name in found.names:
            found.make({name})
            found.make(set(found.names) - {name})


@pytest.mark.parametrize(("one", "other"), list(pairwise(STEPS)))
def test_the_steps_of_the_kazakh_reform(one: str, other: str) -> None:
    found = laws_between(load_law(one), load_law(other))
    assert 1 <= len(found.names) <= 14
    assert found.make(found.names).fingerprint == load_law(other).fingerprint


def test_tables_that_are_split(reform: LawsBetween) -> None:
    found = laws_between(reform.a, reform.b, split=("sanctions", "limits"))
    assert {"sanctions.participant", "sanctions.organiser", "limits.threshold"} <= {
        part for group in found.groups for part in group.parts
    }
    mixed = found.make({next(group.name for group in found.groups if "sanctions.participant" in group.parts)})
    assert mixed.sanctions.participant == reform.b.sanctions.participant
    assert mixed.sanctions.organiser == reform.a.sanctions.organiser
    assert found.make(found.names).fingerprint == reform.b.fingerprint


def test_tables_that_are_to_move_together(reform: LawsBetween) -> None:
    found = laws_between(reform.a, reform.b, together=[("press", "emergency", "exempt"), ("places", "money")])
    assert "press + emergency + exempt" in found.names
    assert "places" in found.names  # money is the same in both
    assert len(found.names) == len(reform.names) - 2
    assert found.make(found.names).fingerprint == reform.b.fingerprint
    with pytest.raises(ModelError, match=r"together: found 'pres'; allowed, each once: .*; did you mean 'press'"):
        laws_between(reform.a, reform.b, together=[("pres", "places")])
    with pytest.raises(ModelError, match="together: found 'press'; allowed, each once"):
        laws_between(reform.a, reform.b, together=[("press", "places"), ("press", "exempt")])


def test_fines_that_need_the_other_laws_money_go_with_it() -> None:
    """Tenge fines in MCI under a law that counts in euros make no law."""
    found = laws_between(load_law("germany/federal"), load_law("kazakhstan/2020-bill"))
    assert any({"money", "sanctions"} <= set(group.parts) for group in found.groups)


def test_what_makes_no_law_is_told_with_its_name(reform: LawsBetween) -> None:
    with pytest.raises(LawError, match=r"with procedures of .*: \d problems?"):
        _mixed(reform.b, reform.a, [("procedures",)])


def test_a_mixture_says_what_it_is(reform: LawsBetween) -> None:
    head = reform.make({"places", "persons"}).regime
    assert head.title == f"{reform.a.regime.title}, with places and persons of {reform.b.regime.title}"
    assert head.status == "bill"
    assert [edit.partition(" ")[0] for edit in head.edits] == ["places", "persons"]


def test_a_mark_that_stands_for_two_things_tells_both(reform: LawsBetween) -> None:
    found = reform.make({"places"}).sources
    for law in (reform.a, reform.b):
        for mark, text in law.sources.items():
            assert text in found[mark]


def test_a_scenario_under_a_mixture(reform: LawsBetween, small: Scenario) -> None:
    found = reform.scenario(small, {"places"})
    assert found.law is reform.make({"places"})
    assert found.scenario.counterfactual
    assert found.town == small.town
    with pytest.raises(ModelError, match="has reforms, which would replace a mixture"):
        reform.scenario(load_scenario("seminar-reform"), {"places"})


def test_what_is_not_between(reform: LawsBetween) -> None:
    with pytest.raises(ModelError, match=r"no group of provisions is called 'place'; known: .*; did you mean 'places'"):
        reform.make({"place"})
    with pytest.raises(ModelError, match="do not differ: there is nothing between them"):
        laws_between(reform.a, reform.a)
    with pytest.raises(ModelError, match="'places' cannot be split; allowed: limits, sanctions"):
        laws_between(reform.a, reform.b, split=("places",))


def test_the_library_has_the_laws_named_here() -> None:
    assert set(STEPS) <= set(names("law"))
