"""A workbook keeps every value, and what Excel cannot keep stands as text."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from sim.errors import InputError
from sim.experiment.exporting import export
from sim.experiment.exporting.columns import About, Column, Kind, Table
from sim.experiment.exporting.workbook import as_workbook, problems_for_excel

Folder = Callable[..., Path]
AWKWARD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["–", "Қала", "=1+1", "#N/A", "\r\n", " a ", "_x000D_", "_x005F_", "TRUE", "1e5", "\ufffe", "'"]
)


def table(name: str, kind: Kind, values: list[Any]) -> Table:
    """A table of one column; ``None`` is missing."""
    empty = "" if kind is Kind.text else "1970-01-01" if kind is Kind.date else 0
    held = np.array([empty if value is None else value for value in values], object)
    held = (
        held
        if kind is Kind.text
        else held.astype("datetime64[D]" if kind is Kind.date else None if not values else type(values[0]))
    )
    missing = np.array([value is None or value == "" for value in values], bool)
    return Table("t", "t.csv", (Column(About(name, name, "", "", kind), held, missing),), len(values))


def day(year: int, month: int, number: int) -> datetime.datetime:
    """A day as openpyxl reads it."""
    return datetime.datetime.combine(datetime.date(year, month, number), datetime.time())


def back(content: bytes, sheet: str = "t") -> list[list[Any]]:
    """The rows of a sheet, without that of the names; texts as Excel shows them."""
    rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [[unescape(value) if isinstance(value, str) else value for value in row] for row in rows][1:]


def test_values_come_back_exactly(folder: Folder) -> None:
    content = (export(folder(), "xlsx").folder / "results.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["runs", "codebook", "about"]
    names = [cell.value for cell in book["runs"][1]]
    found = {name: [row[place] for row in back(content, "runs")] for place, name in enumerate(names)}
    assert found["seed"] == ["9007199254740991", "1", "123456789012345", "9007199254740992"]  # text, since Excel keeps 15 digits
    assert found["held"] == [3, None, -2147483647, 2147483647]
    assert found["law.threshold"] == [50, 250.5, None, 1e-300]
    assert found["ratio"] == [0.1, "inf", None, "-inf"]
    assert found["lawful"] == [True, False, None, True]
    assert found["fate"] == ["held", None, "prevented", "pending"]
    assert found["largest_date"][0] == day(2020, 2, 29)
    assert found["largest_date"][2] == day(1959, 12, 31)
    assert found["behaviour.deliberation.weights.of_expected_sanction"] == ["a", "=1+1", " kept ", "_x0041_"]
    assert found["error"][1].startswith('Traceback: "no slot" — Площадь\r\nat')
    assert [cell.number_format for cell in book["runs"]["L"]][1] == "yyyy-mm-dd"


def test_a_sheet_says_where_it_comes_from(folder: Folder) -> None:
    content = (export(folder(), "xlsx").folder / "results.xlsx").read_bytes()
    rows = openpyxl.load_workbook(io.BytesIO(content))["about"].iter_rows(values_only=True)
    told = {str(key): value for key, value in rows}
    assert told["converted from"] == "results"
    assert told["protestlaw.version"] == "9.9"
    assert str(told["seeds"]).startswith("0, 1, 2")
    assert str(told["seeds"]).endswith("18, 19 ... and 10 more (manifest.json)")
    assert not any("sha256" in key for key in told)


def test_what_excel_cannot_hold_exactly_stands_as_text() -> None:
    assert back(as_workbook([table("seed", Kind.large, [10**15 - 1, 5])], [])) == [[10**15 - 1], [5]]
    assert back(as_workbook([table("seed", Kind.large, [10**15, 5])], [])) == [[str(10**15)], ["5"]]
    assert back(as_workbook([table("date", Kind.date, ["1900-03-01"])], [])) == [[day(1900, 3, 1)]]
    assert back(as_workbook([table("date", Kind.date, ["1871-03-18", None, "2019-06-09"])], [])) == [
        ["1871-03-18"],
        [None],
        ["2019-06-09"],
    ]


def test_what_a_sheet_has_no_room_for_is_told_with_what_has(folder: Folder) -> None:
    (problem,) = problems_for_excel(Table("runs", "runs.csv", (), 1_048_576))
    assert str(problem) == (
        "runs.csv: found 1,048,576 rows; allowed: 1,048,575 at most, since a sheet has 1,048,576 with that of the names; "
        "take csv, parquet or dta"
    )
    assert problems_for_excel(Table("runs", "runs.csv", (), 1_048_575)) == []
    wide = table("x", Kind.large, [1]).columns * 16_385
    assert "16,385 columns; allowed: 16,384 at most" in str(problems_for_excel(Table("runs", "runs.csv", wide, 1))[0])
    for name in ("x" * 32, "a[1]", "About"):
        assert "a name of a sheet" in str(problems_for_excel(Table(name, f"{name}.csv", (), 1))[0])
    assert problems_for_excel(table("x", Kind.text, ["ы" * 32_767])) == []
    rows = [["0", "", "a", "b", "1", "done", "🪧" * 16_384, "", "", "", "", "", "", ""]]
    source = folder(rows)
    with pytest.raises(InputError, match=r"runs\.csv, error: found 32,768 characters; allowed: 32,767 at most in a cell"):
        export(source, "xlsx")
    assert not source.with_name("results-xlsx").exists()


@settings(max_examples=40, deadline=None)
@given(st.lists(AWKWARD, min_size=1, max_size=12))
def test_every_text_comes_back(values: list[str]) -> None:
    assert back(as_workbook([table("x", Kind.text, [*values, "last"])], [])) == [[value or None] for value in [*values, "last"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=12))
def test_every_number_comes_back(values: list[float]) -> None:
    assert back(as_workbook([table("x", Kind.number, values)], [])) == [[value] for value in values]
