"""Stata files are read back as they were written: values, missing values, labels, notes, names."""

import io
import math
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.io.stata import StataReader

from sim.experiment.exporting import export
from sim.experiment.exporting.columns import About, Column, Kind, Table
from sim.experiment.exporting.dta import MOST_VARIABLES, Storage, Variable, dta
from sim.experiment.exporting.stata import as_dta, problems_for_stata
from sim.experiment.exporting.stata_names import LONGEST, stata_names

Folder = Callable[..., Path]
LONG = "behaviour.deliberation.weights.of_expected_sanction"
SHORT = "behaviour_deliberation_weig_ff30"


@pytest.fixture
def written(folder: Folder) -> Path:
    return export(folder(), "dta").folder


def read(content: bytes, **options: bool) -> pd.DataFrame:
    return pd.read_stata(io.BytesIO(content), **options)


def text_table(values: list[str]) -> Table:
    held = np.empty(len(values), object)
    held[:] = values
    about = About("text", "text", "", "", Kind.text)
    return Table("t", "t.csv", (Column(about, held, np.array([not value for value in values], bool)),), len(values))


def test_values_come_back_exactly(written: Path) -> None:
    found = pd.read_stata(written / "runs.dta")
    assert [int(value) for value in found["seed"]] == [9007199254740991, 1, 123456789012345, 9007199254740992]
    assert found["law_threshold"].tolist()[:2] == [50.0, 250.5]
    assert math.isnan(found["law_threshold"][2])
    assert found["law_threshold"][3] == 1e-300
    assert found["held"].tolist()[2] == -2147483647
    assert found["largest_date"].isna().tolist() == [False, True, False, False]
    assert [str(day.date()) for day in found["largest_date"].dropna()] == ["2020-02-29", "1959-12-31", "2100-01-01"]
    assert found["scenario"].tolist() == ["Алматы – “1995”", "b, c", "NA", "none"]
    assert found[SHORT].tolist() == ["a", "=1+1", " kept ", "_x0041_"]
    assert found["breached"].tolist() == ["no_filing;over_size", "", "wrong_place", ""]
    assert found["lawful"].tolist()[:2] == ["yes", "no"]
    assert pd.isna(found["lawful"][2])


def test_the_last_whole_numbers_before_2_to_the_31_are_no_missing_values(folder: Folder) -> None:
    """Stata's long ends at 2,147,483,620; what lies beyond is missing to it."""
    rows = [["0", "", "a", "b", "1", "done", "", "", "", str(held), "", "", "", ""] for held in (2147483620, 2147483621)]
    found = pd.read_stata(export(folder(rows), "dta").folder / "runs.dta")
    assert found["held"].tolist() == [2147483620, 2147483621]
    assert found["held"].dtype == "float64"
    found = pd.read_stata(export(folder(rows[:1]), "dta", force=True).folder / "runs.dta", preserve_dtypes=True)
    assert found["held"].tolist() == [2147483620]
    assert found["held"].dtype == "int32"


def test_words_have_numbers_in_the_order_of_the_codebook(written: Path) -> None:
    found = pd.read_stata(written / "runs.dta", convert_categoricals=False)
    assert found["fate"].tolist()[::2] == [1, 3]
    assert math.isnan(found["fate"][1])
    assert found["status"].tolist() == [1, 2, 1, 1]
    assert found["lawful"].tolist()[:2] == [1, 0]
    with StataReader(written / "runs.dta") as reader:
        reader.read()
        labels = reader.value_labels()
    assert labels == {
        "fate": {1: "held", 2: "called_off", 3: "prevented", 4: "pending"},
        "status": {1: "done", 2: "failed"},
        "lawful": {0: "no", 1: "yes"},
    }


def test_infinity_is_an_extended_missing_value_and_a_note_says_so(written: Path) -> None:
    found = pd.read_stata(written / "runs.dta", columns=["ratio"], convert_missing=True)["ratio"]
    assert found[0] == 0.1
    assert [str(value) for value in found[1:]] == [".p", ".", ".m"]
    assert ".p stands for infinity" in notes(written / "runs.dta")["ratio"][-1]


def notes(path: Path) -> dict[str, list[str]]:
    """Notes by variable, read from the characteristics as the format has them."""
    content = path.read_bytes()
    found: dict[str, list[str]] = {}
    for one in re.finditer(rb"<ch>.{4}(.{129})(.{129})(.*?)\0</ch>", content, re.DOTALL):
        of, name, text = (part.partition(b"\0")[0].decode() for part in one.groups())
        assert (name == "note0") == (of not in found)
        found.setdefault(of, []).append(text)
    for texts in found.values():
        assert texts.pop(0) == str(len(texts))
    return found


def test_labels_and_notes_tell_what_a_column_is(written: Path) -> None:
    with StataReader(written / "runs.dta") as reader:
        reader.read()
        labels = reader.variable_labels()
        assert reader.data_label == "protestlaw 9.9: runs; Алматы"
        assert reader.time_stamp == "01 Jan 2000 00:00"
    assert labels["notice"] == "notice (calendar days)"
    assert labels["law_threshold"] == "law.threshold (persons)"
    assert labels["ratio"] == "Variance ratio (share of variance)"
    told = notes(written / "runs.dta")
    assert told["notice"] == ["Notice given by the first filing"]
    assert told["law_threshold"] == ["Size at which the procedure changes", "Its name in protestlaw: law.threshold"]
    assert told["_dta"][0].startswith("Results of protestlaw 9.9 (commit c0ffee): runs.csv, SHA-256 ")


def test_seeds_show_all_their_digits(written: Path) -> None:
    formats = (written / "runs.dta").read_bytes().split(b"<formats>")[1].split(b"</formats>")[0]
    shown = [formats[place : place + 57].rstrip(b"\0").decode() for place in range(0, len(formats), 57)]
    assert shown == [
        "%16.0f", "%10.0g", "%-9s", "%-27s", "%16.0f", "%8.0g", "%-80s", "%10.0g", "%-19s", "%16.0f", "%12.0g", "%td", "%8.0g",
        "%10.0g",
    ]  # fmt: skip


def test_a_long_text_is_kept_whole(written: Path) -> None:
    error = pd.read_stata(written / "runs.dta")["error"]
    assert error[0] == ""
    assert error[1].startswith('Traceback: "no slot" — Площадь\r\nat line 7, xxx')
    assert len(error[1]) > 3000


def test_the_codebook_names_what_was_renamed(folder: Folder) -> None:
    done = export(folder(), "dta", force=True)
    assert done.renamed == {"law.threshold": "law_threshold", LONG: SHORT}
    codebook = pd.read_stata(done.folder / "codebook.dta").set_index("name")
    assert codebook.loc[LONG, "stata_name"] == SHORT
    assert codebook.loc["seed", "stata_name"] == "seed"
    assert codebook.loc["fate", "levels"] == "|held|called_off|prevented|pending"


def test_what_stata_has_no_room_for_is_told() -> None:
    huge = Column(About("x", "x", "", "", Kind.number), np.array([1e308]), np.zeros(1, bool))
    (problem,) = problems_for_stata(Table("t", "t.csv", (huge,), 1))
    assert str(problem) == "t.csv, x: found a number beyond 8.98e307; allowed: what Stata holds; take csv or parquet"
    (problem,) = problems_for_stata(Table("t", "t.csv", (text_table([""]).columns[0],) * (MOST_VARIABLES + 1), 1))
    assert "32,768 columns" in str(problem)


def test_a_name_longer_than_its_field_is_a_fault() -> None:
    with pytest.raises(ValueError, match="is longer than the 128 bytes"):
        dta([Variable("x" * 129, "", "%8.0g", Storage.byte, np.array([1]), {})], 1, "")


@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_without_rows_or_with_one(rows: int) -> None:
    found = read(as_dta(text_table(["a"] * rows), {"text": "text"}, "", []))
    assert found["text"].tolist() == ["a"] * rows


AWKWARD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["–", "Қала", '"', "\r\n", "NA", " ", "ы" * 1022, "ы" * 1023, "x" * 2045, "x" * 2046, "</strls>"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(AWKWARD, max_size=12))
def test_every_text_comes_back(values: list[str]) -> None:
    assert read(as_dta(text_table(values), {"text": "text"}, "", []))["text"].tolist() == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.integers(-(2**53), 2**53), max_size=20))
def test_every_seed_comes_back(values: list[int | None]) -> None:
    held = np.array([value or 0 for value in values], np.int64)
    about = About("seed", "seed", "", "", Kind.large)
    column = Column(about, held, np.array([value is None for value in values], bool))
    found = read(as_dta(Table("t", "t.csv", (column,), len(values)), {"seed": "seed"}, "", []))["seed"]
    assert [None if math.isnan(value) else int(value) for value in found] == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1) | st.from_regex(r"[a-z]{1,4}\.[a-z_.]{28,45}", fullmatch=True), max_size=30))
def test_names_in_stata_are_right_and_differ_and_do_not_hang_on_the_order(names: list[str]) -> None:
    given_names = stata_names(names)
    assert set(given_names) == set(names)
    assert len(set(given_names.values())) == len(given_names)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and len(name) <= LONGEST for name in given_names.values())
    assert stata_names(reversed(names)) == given_names


def test_names_that_stata_takes_stay_and_its_own_words_do_not() -> None:
    fits = ["seed", "lawful_share_of_attendance_start", "_x", "strategy"]
    assert stata_names(fits) == {name: name for name in fits}
    assert stata_names(["if", "str12", "1st", "a.b", "a_b"]) == {
        "if": "_if",
        "str12": "_str12",
        "1st": "_1st",
        "a.b": "a_b_2e73",
        "a_b": "a_b",
    }
