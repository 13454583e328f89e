"""Kuran's two countries: alike to the eye, and worlds apart."""

from __future__ import annotations

import pytest

from sim.classics import load
from sim.classics.kuran import COUNTRIES, Country, changed
from sim.classics.options import chosen


@pytest.mark.parametrize(("country", "before", "after"), [("A", 10.0, 90.0), ("B", 10.0, 20.0)])
def test_one_person_changes(country: str, before: float, after: float) -> None:
    thresholds = COUNTRIES[country]
    assert Country(thresholds).run() == before
    revolution = Country(changed(thresholds, 2, 10))
    assert revolution.run() == after
    assert revolution.history == sorted(revolution.history)


def test_only_the_next_in_line_can_set_it_off() -> None:
    classic = load("kuran")
    singles = classic.run(chosen(classic, []), 1).tables["singles"].set_index(["country", "person"])["opposition"]
    moved = {place for place, opposition in singles.items() if opposition > 10.0}
    assert moved == {("A", 2), ("A", 3), ("B", 2)}


def test_the_engine_finds_the_same_whoever_changes() -> None:
    classic = load("kuran")
    for person in range(1, 11):
        for to in (0, 5, 15, 55, 100):
            finding = classic.run(chosen(classic, [f"person={person}", f"to={to}"]), 1)
            assert all(check.passed for check in finding.checks), (person, to)


def test_known_answers_are_asked_for_only_where_they_hold() -> None:
    classic = load("kuran")
    asked = [{check.what for check in classic.run(chosen(classic, words), 1).checks} for words in ([], ["to=0"])]
    assert asked[0] - asked[1] == {f"public opposition in country {c} after, %" for c in "AB"}
