"""What a results folder holds is read by its codebook: nothing is guessed, and everything wrong is told at once."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.experiment.exporting import tables
from sim.experiment.exporting.columns import About, Kind, kind_of, shortened
from sim.experiment.exporting.folder import read_folder
from sim.experiment.exporting.parsing import Cells

Folder = Callable[..., Path]

AWKWARD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    ["–", "Қала", '"', "\r\n", "\n", "a,b", "NA", "nan", "None", " ", "=1", "'"]
)


def told(folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_folder(folder)
    return str(refused.value)


def test_the_codebook_says_what_each_column_is(folder: Folder) -> None:
    read = read_folder(folder())
    runs, codebook = read.tables
    assert (runs.name, runs.rows, codebook.name) == ("runs", 4, "codebook")
    kinds = {column.about.name: column.about.kind.value for column in runs.columns}
    assert kinds["point"] == "large"
    assert kinds["ratio"] == "number"  # an indicator, explained under indicators
    assert kinds["notice"] == "whole"
    fate = next(column for column in runs.columns if column.about.name == "fate")
    assert fate.about.levels == ("held", "called_off", "prevented", "pending")
    assert fate.values.tolist() == [0, 0, 2, 3]
    assert fate.missing.tolist() == [False, True, False, False]


def test_dates_are_told_by_the_name_of_our_columns_and_by_the_type_of_factors() -> None:
    assert kind_of("date", "str", (), several=False) is Kind.date
    assert kind_of("answered_date", "str", (), several=False) is Kind.date
    assert kind_of("update", "str", (), several=False) is Kind.text
    assert kind_of("law.regime.in_force_date", "str", (), several=False) is Kind.text
    assert kind_of("law.regime.in_force_date", "date", (), several=False) is Kind.date


def test_all_cells_that_are_wrong_are_told_at_once_by_column_and_line(folder: Folder) -> None:
    rows = [
        [
            "0",
            "5x",
            "a",
            "b",
            "9007199254740993",
            "dnoe",
            "",
            "held",
            "no_filing;xx",
            "1.0",
            "",
            "2019-02-29",
            "yes",
            "1e999",
        ],
        ["0", "", "a", "b", "1", "done", "", "held", "", "2147483648", "", "2019-02-28", "True", "1_0"],
    ]
    book = " (codebook.csv); did you mean 'no_filing'?"
    number = "; allowed: a number with a point for decimals, inf, -inf, or nothing"
    assert told(folder(rows)).splitlines()[1:] == [
        "  runs.csv, law.threshold, line 2: found '5x'" + number,
        "  runs.csv, seed, line 2: found '9007199254740993'; allowed: a whole number from -(2**53) to 2**53, or nothing",
        "  runs.csv, status, line 2: found 'dnoe'; allowed: done, failed, or nothing (codebook.csv); did you mean 'done'?",
        "  runs.csv, breached, line 2: found 'no_filing;xx'; allowed: no_filing, wrong_place, over_size, or nothing" + book,
        "  runs.csv, held, line 2: found '1.0' (and 1 more); allowed: a whole number from -(2**31 - 1) to 2**31 - 1, or nothing",
        "  runs.csv, largest_date, line 2: found '2019-02-29'; allowed: a date as 2019-06-30, or nothing",
        "  runs.csv, lawful, line 2: found 'yes'; allowed: True, False, or nothing",
        "  runs.csv, ratio, line 2: found '1e999' (and 1 more)" + number,
    ]


def test_a_zero_byte_is_refused() -> None:
    cells = Cells(About("error", "error", "", "", Kind.text))
    cells.add(["a\0b"], [2])
    assert "without a zero byte" in str(cells.problems("runs.csv")[0])


def test_columns_the_codebook_does_not_explain_are_told_with_the_nearest(folder: Folder) -> None:
    header = ["point", "sede", "seed", "seed"]
    said = told(folder([["1", "2", "3", "4"]], header))
    assert "runs.csv, sede: found no row in codebook.csv; allowed: columns the codebook explains; did you mean 'seed'?" in said
    assert "runs.csv, seed: found a second column of that name; allowed: each name once" in said


def test_rows_of_another_length_and_files_that_are_no_csv_are_told(folder: Folder) -> None:
    book = [("runs", "point", "point", "int64", "", "Number", ""), ("other", "x", "x", "str", "", "A text", "")]
    files = {"other.csv": b'x\n"\xff\xfe"\n', "empty.csv": b""}
    said = told(folder([["1"], ["1", "2"], ["3", "4"]], ["point"], book, files))
    assert "runs.csv, line 3: found 2 cells (and 1 more such rows); allowed: 1 cells, as many as there are columns" in said
    assert "other.csv, after line" in said
    assert "CSV in UTF-8" in said
    assert "empty.csv: found nothing; allowed: a table with the names of its columns in the first line" in said


def test_a_codebook_that_is_none_or_contradicts_itself_is_told(folder: Folder) -> None:
    book = [
        ("runs", "point", "point", "int46", "", "Number", ""),
        ("runs", "seed", "seed", "int64", "", "Seed", ""),
        ("runs", "seed", "seed", "int64", "", "Seed", ""),
    ]
    said = told(folder([["1"]], ["seed"], book))
    assert "codebook.csv, line 2: found type 'int46'; allowed: int32, Int32, int64" in said
    assert "did you mean 'int64'?" in said
    assert "codebook.csv, line 4: found runs.seed a second time; allowed: each column once" in said
    said = told(folder(files={"codebook.csv": b"table,name\nruns,seed\n"}))
    assert "codebook.csv, levels: found no such column" in said


def test_folders_that_hold_no_results_are_told(folder: Folder, tmp_path: Path) -> None:
    assert "found no such folder; allowed: a folder that protestlaw run, compare or sweep writes" in told(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    said = told(tmp_path / "empty")
    assert "manifest.json: found no such file" in said
    assert "codebook.csv: found no such file" in said
    source = folder()
    (source / "runs.csv").unlink()
    assert "runs.csv: found no such file; allowed: the table that manifest.json lists" in told(source)
    (source / "manifest.json").write_text("{")
    assert "manifest.json: found no JSON" in told(source)
    (source / "manifest.json").write_text("[]")
    assert "manifest.json: found something else" in told(source)


def test_a_folder_whose_manifest_lists_no_files_is_taken_whole(folder: Folder) -> None:
    source = folder()
    (source / "manifest.json").write_text("{}")
    read = read_folder(source)
    assert [table.name for table in read.tables] == ["runs", "codebook"]
    assert read.changed == ()


def test_a_large_table_is_read_in_parts_to_the_same_values(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_folder(folder()).tables[0]
    monkeypatch.setattr(tables, "_AT_ONCE", 3)
    for one, other in zip(whole.columns, read_folder(folder()).tables[0].columns, strict=True):
        assert one.values.dtype == other.values.dtype
        np.testing.assert_array_equal(one.missing, other.missing)
        np.testing.assert_array_equal(one.values, other.values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(AWKWARD, AWKWARD), max_size=20))
def test_every_text_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: Sequence[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    path = tmp_path_factory.getbasetemp() / "awkward.csv"
    path.write_bytes(text.getvalue().encode())
    table, wrong = tables.read_table(path, lambda name: About(name, name, "", "", Kind.text), ["a", "b"])
    assert wrong == []
    assert table is not None
    assert [tuple(row) for row in zip(*(column.values.tolist() for column in table.columns), strict=True)] == list(rows)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False))
def test_every_number_is_read_to_its_last_bit(value: float) -> None:
    cells = Cells(About("x", "x", "", "", Kind.number))
    cells.add([repr(value)], [2])
    assert cells.problems("x.csv") == []
    assert cells.column().values.tobytes() == np.array([value]).tobytes()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(4, 90))
def test_what_is_shortened_fits_and_what_fits_stays(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    plain = " ".join(text.split())
    assert short == plain if len(plain) <= most else short.endswith("...")


def test_a_label_is_cut_at_a_word() -> None:
    assert shortened("Share of events that were lawful", 20) == "Share of events..."
    assert shortened("Share of events that were lawful", 18) == "Share of events..."
    assert shortened("Donaudampfschifffahrt", 10) == "Donauda..."
