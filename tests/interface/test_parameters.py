"""The table of every parameter: complete, current, and with a source for each value."""

from __future__ import annotations

from pathlib import Path

from sim.interface.parameter_table import document, table
from sim.scenario import load_scenario

NAMES = ("almaty-1995-law", "berlin", "seminar")
DOCUMENT = Path(__file__).parents[2] / "docs" / "parameters.md"


def test_the_table_in_the_docs_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document([load_scenario(name) for name in NAMES])


def test_every_parameter_has_a_meaning_a_unit_a_source_and_a_range_that_holds_its_values() -> None:
    rows = table([load_scenario(name) for name in NAMES])
    assert len({row.name for row in rows}) == len(rows) > 150
    for row in rows:
        assert row.meaning, row.name
        assert row.unit, row.name
        assert row.source, row.name
        assert row.low < row.high, row.name
        assert all(row.low <= value <= row.high for value in row.values if value is not None), row.name


def test_how_people_decide_is_the_same_in_both_cities() -> None:
    """The cities differ in law, practice, police, press, incomes and opportunity."""
    almaty, berlin = load_scenario("almaty-1995-law"), load_scenario("berlin")
    assert (almaty.traits, almaty.behaviour, almaty.choices) == (berlin.traits, berlin.behaviour, berlin.choices)


def test_a_value_that_a_scenario_sets_has_the_scenarios_source() -> None:
    (row,) = (row for row in table([load_scenario("almaty-1995-law")]) if row.name == "police.arrests")
    assert row.values == (4.2,)
    assert "Almaty 2019" in row.source
