"""The parameters of behaviour: each has a meaning, a unit, a source, and a range that holds its value."""

import math
import re

import pytest
from pydantic import ValidationError

from sim.behaviour import Behaviour, OrganiserBehaviour
from sim.texts import rows

TABLES = {"behaviour": Behaviour, "choices": OrganiserBehaviour}
ROWS = [row for prefix, table in TABLES.items() for row in rows(prefix, table())]
FIELDS = [(table, name) for table in TABLES.values() for name in table.model_fields if name not in {"source", "sources"}]


def test_every_field_is_a_parameter() -> None:
    fields = {prefix: set(table.model_fields) - {"source", "sources"} for prefix, table in TABLES.items()}
    assert {row.name for row in ROWS} == {f"{prefix}.{name}" for prefix, names in fields.items() for name in names}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_parameter_explains_itself(row) -> None:
    low, high = row.range
    assert len(row.meaning) > 10
    assert row.unit
    assert len(row.source) > 3
    assert low < high
    assert low <= row.value <= high
    assert math.isfinite(low)
    assert math.isfinite(high)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_source_says_assumption_or_where_it_stands(row) -> None:
    """A work and its year or a count of something; or it is what others are measured by; else it is an assumption and says so."""
    assert row.source.startswith(("assumption", "reference: ")) or re.search(r"\d", row.source), row.source


@pytest.mark.parametrize(("table", "name"), FIELDS, ids=lambda part: part if isinstance(part, str) else part.__name__)
def test_values_outside_the_range_are_refused(table, name) -> None:
    low, high = table.model_fields[name].json_schema_extra["range"]
    for value in (low, high):
        assert getattr(table(**{name: value}), name) == value
    for value in (low - 1.0, high + 1.0, math.nan, math.inf):
        with pytest.raises(ValidationError):
            table(**{name: value})


def test_the_sign_of_what_ties_do_is_left_open() -> None:
    """Cantoni et al. 2019: the committed may stay at home when others go. The sweep reaches through zero."""
    low, high = Behaviour.model_fields["sigma"].json_schema_extra["range"]
    assert low < 0.0 < high


def test_parameters_do_not_change_under_ones_hands() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Behaviour().sigma = 1.0
