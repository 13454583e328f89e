"""The codebook: every column of every table, every indicator, and nothing else."""

import re

import numpy as np
import pandas as pd
import pytest

from sim.errors import ModelError
from sim.measurement import COLUMNS, INDICATORS, Tables, codebook, tables
from sim.measurement.frames import frame
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario


def described(table: str) -> list[str]:
    book = codebook()
    return book.loc[book["table"] == table, "name"].tolist()


def test_every_column_is_described_and_every_description_is_a_column(measured: Tables) -> None:
    assert {name: list(table.columns) for name, table in measured.by_name().items()} == {
        name: described(name) for name in COLUMNS
    }
    assert list(INDICATORS) == described("indicators")
    assert set(codebook()["table"]) == {*COLUMNS, "indicators"}


def test_columns_keep_their_types_whatever_they_hold(measured: Tables, scenario: Scenario, town: Town) -> None:
    empty = tables(Record(), scenario, town).by_name()
    for name, table in measured.by_name().items():
        assert table.dtypes.equals(empty[name].dtypes)
        said = {column.name: pd.Series([], dtype=column.type).dtype for column in COLUMNS[name]}
        assert table.dtypes.to_dict() == said


def test_words_are_those_of_the_codebook(measured: Tables) -> None:
    for name, table in measured.by_name().items():
        for column in COLUMNS[name]:
            if column.levels:
                found = {word for value in table[column.name] for word in value.split(";")}
                assert found <= set(column.levels), (name, column.name)


def test_the_book_is_complete() -> None:
    book = codebook()
    assert (book["meaning"].str.len() > 2).all()
    assert not book.duplicated(["table", "name"]).any()
    assert book["name"].map(lambda name: bool(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name))).all()
    numbers = book["type"].isin(["int32", "Int32", "float64"])
    plain = {"assembly", "organiser", "part", "filing", "step_number", "attempt", "weekday", "law", "year", "true_assembly"}
    assert set(book.loc[numbers & (book["unit"] == ""), "name"]) == plain


def test_an_indicator_explains_itself() -> None:
    for name, one in INDICATORS.items():
        assert one.name == name
        assert one.label
        assert one.unit
        assert one.group in {"volume", "legality", "procedure", "strategy", "repression", "observation"}
        assert one.description.endswith(".")


def test_a_table_has_its_columns_and_no_others() -> None:
    with pytest.raises(ModelError, match=r"table citizens lacks columns, or has too many: .*weight"):
        frame("citizens", {"weight": np.zeros(3)})
