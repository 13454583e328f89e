"""Parquet files have proper types, and what the codebook says of each column beside them."""

import datetime
import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiment.exporting import export
from sim.experiment.exporting.columns import About, Column, Kind, Table
from sim.experiment.exporting.parquet import as_parquet

Folder = Callable[..., Path]
WORDS = pa.dictionary(pa.int32(), pa.string())


@pytest.fixture
def runs(folder: Folder) -> pa.Table:
    return pq.read_table(export(folder(), "parquet").folder / "runs.parquet")


def test_types(runs: pa.Table) -> None:
    assert {field.name: field.type for field in runs.schema} == {
        "point": pa.int32(),
        "law.threshold": pa.float64(),
        "behaviour.deliberation.weights.of_expected_sanction": pa.string(),
        "scenario": pa.string(),
        "seed": pa.int64(),
        "status": WORDS,
        "error": pa.string(),
        "fate": WORDS,
        "breached": pa.string(),
        "held": pa.int32(),
        "notice": pa.int32(),
        "largest_date": pa.date32(),
        "lawful": pa.bool_(),
        "ratio": pa.float64(),
    }


def test_values_come_back_exactly(runs: pa.Table) -> None:
    assert runs["seed"].to_pylist() == [9007199254740991, 1, 123456789012345, 9007199254740992]
    assert runs["law.threshold"].to_pylist() == [50.0, 250.5, None, 1e-300]
    assert runs["held"].to_pylist() == [3, None, -2147483647, 2147483647]
    assert runs["ratio"].to_pylist() == [0.1, math.inf, None, -math.inf]
    assert runs["lawful"].to_pylist() == [True, False, None, True]
    assert runs["fate"].to_pylist() == ["held", None, "prevented", "pending"]
    days = [datetime.date(2020, 2, 29), None, datetime.date(1959, 12, 31), datetime.date(2100, 1, 1)]
    assert runs["largest_date"].to_pylist() == days
    assert runs["scenario"].to_pylist() == ["Алматы – “1995”", "b, c", "NA", "none"]
    assert runs["error"].to_pylist()[0] is None
    assert runs["error"].to_pylist()[1].startswith('Traceback: "no slot" — Площадь\r\nat')


def test_the_levels_of_a_category_stand_in_the_order_of_the_codebook(runs: pa.Table, folder: Folder) -> None:
    assert runs["fate"].combine_chunks().dictionary.to_pylist() == ["held", "called_off", "prevented", "pending"]
    found = pd.read_parquet(export(folder(), "parquet", force=True).folder / "runs.parquet")
    assert list(found["fate"].cat.categories) == ["held", "called_off", "prevented", "pending"]
    assert list(found["status"].cat.categories) == ["done", "failed"]


def test_metadata_says_what_a_column_is_and_where_the_table_is_from(runs: pa.Table) -> None:
    notice = {key.decode(): text.decode() for key, text in runs.schema.field("notice").metadata.items()}
    assert notice["description"] == "Notice given by the first filing"
    assert (notice["label"], notice["unit"]) == ("notice", "calendar days")
    assert runs.schema.field("fate").metadata[b"levels"] == b"held|called_off|prevented|pending"
    told = json.loads(runs.schema.metadata[b"protestlaw"])
    assert (told["table"], told["protestlaw"], told["source"], len(told["sha256"])) == ("runs", "9.9", "runs.csv", 64)


@pytest.mark.parametrize(
    ("name", "value", "type_"), [("pairs", 2**31 - 1, "int32"), ("pairs", 2**31, "int64"), ("seed", 1, "int64")]
)
def test_whole_numbers_are_small_where_r_would_make_another_type_of_them(name: str, value: int, type_: str) -> None:
    column = Column(About(name, name, "", "", Kind.large), np.array([value]), np.zeros(1, bool))
    found = pq.read_table(io.BytesIO(as_parquet(Table("t", "t.csv", (column,), 1), {})))
    assert str(found.schema.field(name).type) == type_
    assert found[name].to_pylist() == [value]


def test_a_table_without_rows_keeps_its_columns(folder: Folder) -> None:
    found = pq.read_table(export(folder(rows=[]), "parquet").folder / "runs.parquet")
    assert found.num_rows == 0
    assert found.schema.field("largest_date").type == pa.date32()
    assert found.schema.field("fate").metadata[b"levels"] == b"held|called_off|prevented|pending"
