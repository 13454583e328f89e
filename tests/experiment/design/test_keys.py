"""Dotted keys: what they mean, which of them meet, which were meant."""

import pytest

from sim.experiment.design.keys import explained, flat, meet, probably_meant


@pytest.mark.parametrize(
    ("key", "unit", "meaning"),
    [
        ("law.threshold", "persons", "The declared size at which the procedure changes"),
        ("law.threshold.value", "persons", "Persons; none if"),
        ("law.procedures.permit.notice", "", "How long before the assembly it must be filed"),
        ("town.people.adults", "persons", "persons of 18 and over"),
        ("town.districts.Centre.adults", "persons", "people living here"),
        ("police.style", "share", ""),
        ("behaviour.anger_half_life", "days", ""),
        ("shocks.*.size", "", "Rise of concern on that day"),
        ("police.styl", "", ""),
        ("police.style.more", "", ""),
    ],
)
def test_a_key_is_explained_by_what_it_belongs_to(key: str, unit: str, meaning: str) -> None:
    found = explained(key)
    assert found.unit == unit
    assert found.meaning.startswith(meaning)
    assert bool(found.meaning) is ("styl" not in key or key == "police.style")


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("law.threshold", "law.threshold", True),
        ("law.threshold", "law.threshold.value", True),
        ("law.threshold", "law.thresholds", False),
        ("law", "law.threshold", False),
        ("law", "law", True),
        ("town", "town.people.adults", False),
        ("shocks", "shocks.0.size", True),
        ("shocks.*.size", "shocks.0.size", True),
        ("shocks.*.size", "shocks.0.issue", False),
        ("law.procedures.permit|notification.notice", "law.procedures.permit.notice", True),
        ("law.procedures.permit.notice", "law.procedures.notification.notice", False),
        ("police.style", "police.knows", False),
    ],
)
def test_keys_that_set_one_value_meet(one: str, other: str, do: bool) -> None:
    assert meet(one, other) is meet(other, one) is do


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("threshold", "law.threshold"),
        ("law.treshold", "law.threshold"),
        ("days", "scenario.days"),
        ("sigma", "behaviour.sigma"),
        ("polize.style", "police.style"),
        ("xyzzy", None),
    ],
)
def test_the_key_that_was_probably_meant(key: str, meant: str | None) -> None:
    assert probably_meant(key) == meant


def test_tables_and_dots_say_the_same() -> None:
    assert dict(flat({"police": {"style": 0.1}, "law.threshold": 50, "shocks": [], "court": {}})) == {
        "police.style": 0.1,
        "law.threshold": 50,
        "shocks": [],
        "court": {},
    }
