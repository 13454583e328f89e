"""What is unlawful about an assembly: situations, and what the law says of each."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.institutions.docket import Plan
from sim.institutions.status import breaches_at_start, limits, may_await_answer
from sim.law import load_law

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)


def breaches(world, assembly, *, emergency=False):
    return breaches_at_start(assembly, world.model.regime, world.model.places, emergency=emergency)


def situation(one, *, size=40, legal_form="informal", law=None, filed=None, plan=None, **state):
    """An assembly in a situation: how it was filed for (``filed`` is none if it was not), and what has become of it."""
    world = one({f"law.{key}": value for key, value in (law or {}).items()}, legal_form=legal_form)
    assembly = world.assembly(plan=world.plan(size, **{"files": filed is not None, **(plan or {})}))
    if filed is not None:
        filing = world.filing(assembly, in_time=filed.get("in_time", True))
        filing.open = filed.get("open", False)
    for name, value in state.items():
        setattr(assembly, name, value)
    return world, assembly


FILED = {"open": True}
ANSWERED = {"open": False}
LATE = {"open": True, "in_time": False}
TABLE = [
    # what it is, and what is held against it
    ("notified, allowed", {"filed": ANSWERED, "allowed": 40}, ()),
    ("notified, unanswered", {"filed": FILED}, ()),
    ("notified too late, unanswered", {"filed": LATE}, ("no_filing",)),
    ("notified too late, allowed", {"filed": {"in_time": False}, "allowed": 40}, ()),
    ("notified, refused", {"filed": ANSWERED, "refused": True}, ("after_refusal",)),
    ("notified, refused, suspensive appeal pending", {"filed": ANSWERED, "refused": True, "appealing": True}, ()),
    ("not notified", {}, ("no_filing",)),
    ("permit asked and had", {"size": 60, "filed": ANSWERED, "allowed": 60}, ()),
    ("permit asked and had for fewer", {"size": 60, "filed": ANSWERED, "allowed": 10}, ()),
    ("permit asked, unanswered", {"size": 60, "filed": FILED}, ("after_refusal",)),
    ("permit asked, refused", {"size": 60, "filed": ANSWERED, "refused": True}, ("after_refusal",)),
    ("permit not asked", {"size": 60}, ("no_filing",)),
    ("not designated, not notified", {"plan": {"site": MARKET}}, ("no_filing", "wrong_place")),
    ("not designated, notified, unanswered", {"plan": {"site": MARKET}, "filed": FILED}, ("wrong_place",)),
    ("not designated, but allowed", {"plan": {"site": MARKET}, "filed": ANSWERED, "allowed": 40}, ()),
    ("a suspended party, not notified", {"legal_form": "suspended_party"}, ("no_filing", "barred_person")),
    ("a suspended party, unanswered", {"legal_form": "suspended_party", "filed": FILED}, ("barred_person",)),
    ("indoors", {"plan": {"exempt_kind": "indoor", "site": MARKET}}, ()),
    ("indoors, a suspended party", {"plan": {"exempt_kind": "indoor"}, "legal_form": "suspended_party"}, ()),
    ("after all three", {"legal_form": "suspended_party", "plan": {"site": MARKET}, "filed": ANSWERED, "refused": True},
     ("after_refusal", "wrong_place", "barred_person")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), [case[1:] for case in TABLE], ids=[case[0] for case in TABLE])
def test_what_is_held_against_an_assembly_when_it_begins(one, case, expected):
    assert breaches(*situation(one, **case)) == expected


@pytest.mark.parametrize("case", [case[1] for case in TABLE], ids=[case[0] for case in TABLE])
def test_an_emergency_that_bars_assemblies_is_held_against_every_one_of_them(one, case):
    world, assembly = situation(one, **{**case, "law": {"emergency.effect": "barred"}})
    before = breaches(world, assembly)
    assert breaches(world, assembly, emergency=True) == ("emergency", *before)


@pytest.mark.parametrize("effect", ["none", "ground"])
def test_an_emergency_that_is_no_bar_is_held_against_none(one, effect):
    world, assembly = situation(one, filed=ANSWERED, allowed=40, law={"emergency.effect": effect})
    assert breaches(world, assembly, emergency=True) == ()


def test_spontaneous_assemblies_need_no_leave_only_a_lawful_place(one):
    free = {"spontaneous.allowed": True}
    assert breaches(*situation(one, law=free, plan={"strategy": "spontaneous"})) == ()
    assert breaches(*situation(one, law=free, plan={"strategy": "spontaneous", "site": MARKET})) == ("wrong_place",)


def test_what_is_banned_is_unlawful_whatever_was_filed(one):
    rows = [{"procedure": "banned", "forms": "any", "source": "a test"}]
    law = {"procedures": rows, "threshold": "none"}
    assert breaches(*situation(one, law=law)) == ("after_refusal",)


def test_what_the_law_exempts_may_be_anywhere_but_in_a_prohibited_zone(one):
    law = {"procedures": [{"procedure": "exempt", "source": "a test"}], "threshold": "none", "places.prohibited": ["transport"]}
    assert breaches(*situation(one, law=law, plan={"site": MARKET})) == ()
    assert breaches(*situation(one, law=law, plan={"site": SPEAKERS_CORNER})) == ("wrong_place",)
    assert breaches(*situation(one, law=law, legal_form="suspended_party")) == ()


def test_a_notification_may_await_its_answer_and_an_application_may_not():
    assert may_await_answer(True, "notification")
    assert not may_await_answer(False, "notification")
    assert not may_await_answer(True, "permit")


# -- limits ----------------------------------------------------------------------------------------------------------------

TERMINATED = {"consequence": "terminated", "source": "a test"}


def law_with(margins=(0.0, 0.0, 0.0), **changes):
    rules = {
        f"limits.{name}": {**TERMINATED, "margin": margin}
        for name, margin in zip(("declared", "threshold", "capacity"), margins, strict=True)
    }
    return load_law("kazakhstan/2020-bill", {**rules, **changes})


def plan(declared, **how):
    made = Plan("expected", "rally", 3, 10, declared, row=law_with().row("rally", "informal", "park", declared))
    return replace(made, files=True, **how)


def found(made, law=None, allowed=None, capacity=1000):
    return [(name, persons) for name, persons, _ in limits(made, allowed, law or law_with(), "informal", "park", capacity)]


def test_limits_are_told_lowest_first():
    assert found(plan(200)) == [("declared", 200), ("threshold", 249), ("capacity", 1000)]
    assert found(plan(200), capacity=100) == [("capacity", 100), ("declared", 200), ("threshold", 249)]


def test_who_declared_the_threshold_or_more_has_nothing_to_pass_but_what_was_declared():
    assert found(plan(250)) == [("declared", 250), ("capacity", 1000)]
    assert found(plan(249)) == [("declared", 249), ("threshold", 249), ("capacity", 1000)]


def test_a_cut_is_the_limit_of_what_was_declared():
    assert found(plan(200), allowed=50)[0] == ("declared", 50)
    assert found(plan(200), allowed=300)[0] == ("declared", 200)


def test_what_was_not_filed_has_declared_nothing_and_can_still_grow_into_owing_more():
    unfiled = replace(plan(200), files=False)
    assert found(unfiled) == [("threshold", 249), ("capacity", 1000)]


def test_outside_the_law_there_are_no_limits():
    assert found(plan(200, exempt_kind="indoor")) == []
    assert limits(replace(plan(200), row=None), None, load_law("no-law"), "informal", "park", 10) == []


def test_limits_that_the_law_does_not_name_do_not_bind():
    law = load_law("kazakhstan/2020-bill", {"limits": {}})
    assert found(plan(200), law) == []


@settings(max_examples=40)
@given(
    declared=st.integers(1, 400),
    allowed=st.none() | st.integers(1, 400),
    capacity=st.integers(1, 1000),
    margins=st.tuples(*[st.floats(0, 1)] * 3),
)
def test_a_margin_raises_each_limit_by_its_share_and_they_stay_in_order(declared, allowed, capacity, margins):
    bare = dict(found(plan(declared), allowed=allowed, capacity=capacity))
    wide = found(plan(declared), law_with(margins), allowed, capacity)
    assert [persons for _, persons in wide] == sorted(persons for _, persons in wide)
    assert {name for name, _ in wide} == bare.keys()
    share = dict(zip(("declared", "threshold", "capacity"), margins, strict=True))
    for name, persons in wide:
        assert bare[name] <= persons <= bare[name] * (1 + share[name])
        assert persons > bare[name] * (1 + share[name]) - 1
