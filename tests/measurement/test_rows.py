"""Tables are made when they are asked for, and are then what they always were."""

import gc
import json
import math
import pickle
import weakref
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.experiment.outputs import to_csv
from sim.measurement import COLUMNS, INDICATORS, Measured, Tables, indicators, measure, tables
from sim.measurement import rows as rows_module
from sim.measurement.citizens import _GROUPS, income_quintile, income_quintiles
from sim.measurement.frames import frame
from sim.measurement.rows import Rows, Table
from sim.population import Town
from sim.population.people import People
from sim.record import Record
from sim.scenario import Scenario

STORED = Path(__file__).parent / "stored"
"""The hamlet as it was measured when every table was made at once (version 0.1); indicators that are new since are added."""


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_are_what_they_were_to_the_last_byte(measured: Tables, name: str) -> None:
    assert to_csv(measured.by_name()[name]) == (STORED / f"{name}.csv").read_bytes()


def test_indicators_are_what_they_were_to_the_last_bit(record: Record, scenario: Scenario, town: Town) -> None:
    stored = json.loads((STORED / "indicators.json").read_text(encoding="utf-8"))
    found = measure(record, scenario, town).indicators
    assert list(found.index) == list(stored)
    assert {name: None if math.isnan(value) else value for name, value in found.items()} == stored


def test_no_table_is_made_for_indicators(record: Record, scenario: Scenario, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(name: str, *rest: object) -> pd.DataFrame:
        made.append(name)
        return frame(name, *rest)

    monkeypatch.setattr(rows_module, "frame", noted)
    found = measure(record, scenario, town)
    assert len(found.indicators) == len(INDICATORS)
    assert made == []
    assert found.citizens is found.citizens
    assert made == ["citizens"]
    assert len(found.held) == 7
    assert made == ["citizens", "assemblies"]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_alone_is_the_column_of_the_frame(record: Record, scenario: Scenario, town: Town, name: str) -> None:
    light = tables(record, scenario, town).to_be_made[name]
    whole = tables(record, scenario, town).by_name()[name]
    assert len(light) == len(whole)
    for column in COLUMNS[name]:
        missing = column.type == "Int32"
        expected = whole[column.name].to_numpy(np.float64, na_value=np.nan) if missing else whole[column.name].to_numpy()
        assert light[column.name].dtype == expected.dtype, column.name
        np.testing.assert_array_equal(light[column.name], expected, column.name)
    with pytest.raises(KeyError, match="turnouts"):
        light["turnouts"]


def test_tables_that_were_made_have_the_same_indicators(measured: Tables) -> None:
    again = Tables(**measured.by_name())
    pd.testing.assert_series_equal(indicators(again), indicators(measured), check_exact=True)
    for name, table in again.by_name().items():
        assert table is measured.by_name()[name]


def test_what_was_measured_goes_to_other_processes(record: Record, scenario: Scenario, town: Town) -> None:
    found = measure(record, scenario, town)
    other = pickle.loads(pickle.dumps(found))
    assert isinstance(other, Measured)
    assert other.indicators.equals(found.indicators)
    assert all(table.equals(found.by_name()[name]) for name, table in other.by_name().items())
    assert type(pickle.loads(pickle.dumps(tables(record, scenario, town)))) is Tables


def test_some_rows() -> None:
    asked: list[str] = []

    def make(column: str) -> np.ndarray:
        asked.append(column)
        return np.arange(4)

    some = Rows(4, make)
    odd = some.where(some["x"] % 2 == 1)
    assert (len(odd), odd["x"].tolist(), odd["x"].tolist()) == (2, [1, 3], [1, 3])
    assert asked == ["x"]
    assert len(some.where(np.zeros(4, bool))) == 0


def test_a_table_lets_go_of_what_it_was_made_from() -> None:
    class Values:
        def __call__(self, column: str) -> list[object]:
            return ["" if column in {"group", "level"} else 0]

    values = Values()
    gone, table = weakref.ref(values), Table("citizens", 1, values)
    del values
    assert table.frame["people"].tolist() == [0]
    assert gone() is None
    assert table["people"].tolist() == [0]


def living(town: Town) -> Town:
    """The same town, with people of its own."""
    return Town(town.spec, town.seed, People(town.people.rows.copy()), town.ties, town.distance)


def test_a_town_is_divided_once_and_forgotten_with_its_people(record: Record, scenario: Scenario, town: Town) -> None:
    gc.collect()  # towns of other tests that nobody holds any more
    known = dict(_GROUPS)
    own = living(town)
    found = income_quintiles(own)
    np.testing.assert_array_equal(found, income_quintile(own.people.income))
    assert income_quintiles(own) is found
    later = tables(record, scenario, own)
    del own
    gc.collect()
    assert _GROUPS.keys() == known.keys()
    assert later.citizens.equals(tables(record, scenario, town).citizens)
