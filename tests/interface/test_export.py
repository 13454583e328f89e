"""``export``: what ``run`` wrote, in the formats of other programs."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.interface.cli import app

Command = Callable[..., Result]
TABLES = ("summary", "indicators", "assemblies", "days", "filings", "citizens", "observed")
LARGEST = 2**53 - 1


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, smaller: list[str]) -> Path:
    """One run, with the largest seed there is."""
    out = tmp_path_factory.mktemp("export") / "small"
    words = ["run", "seminar", *smaller, "--reps", "1", "--seed", str(LARGEST), "--jobs", "1", "--out", str(out)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return out


def exported(command: Command, results: Path, to: str, tmp_path: Path) -> Path:
    done = command("export", results, "--to", to, "--out", tmp_path / to)
    assert done.exit_code == 0, done.output
    assert f"8 tables ({', '.join(TABLES)}, codebook) are in {tmp_path / to}" in done.stdout
    assert done.stderr == ""
    return tmp_path / to


def test_a_folder_is_told_as_it_was_given(command: Command, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(results.parent)
    assert command("export", "small", "--to", "csv").stdout.endswith("are in small-csv\n")
    monkeypatch.chdir(results)
    assert command("export", ".", "--to", "csv", "--force").stdout.endswith(f"are in {results}-csv\n")


def read(out: Path, to: str, name: str) -> pd.DataFrame:
    """A converted table, as pandas or openpyxl read it."""
    match to:
        case "csv":
            return pd.read_csv(out / f"{name}.csv", dtype="str", keep_default_na=False)
        case "dta":
            return pd.read_stata(out / f"{name}.dta")
        case "parquet":
            return pd.read_parquet(out / f"{name}.parquet")
        case _:
            names, *rows = openpyxl.load_workbook(out / "small.xlsx")[name].iter_rows(values_only=True)
            return pd.DataFrame(rows, columns=[str(name) for name in names])


@pytest.mark.parametrize("to", ["csv", "dta", "parquet", "xlsx"])
def test_every_table_has_the_values_it_had(command: Command, results: Path, tmp_path: Path, to: str) -> None:
    out = exported(command, results, to, tmp_path)
    book = pd.read_csv(results / "codebook.csv", dtype="str", keep_default_na=False).set_index(["table", "name"])["type"]
    for name in TABLES:
        own = pd.read_csv(results / f"{name}.csv", dtype="str", keep_default_na=False)
        found = read(out, to, name)
        assert list(found.columns) == list(own.columns), name
        for column in own:
            values, wanted, where = found[column].tolist(), own[column].tolist(), f"{name}.{column}"
            if column == "seed":
                assert {int(value) for value in values} == {LARGEST}, where
            elif book[name, column] == "bool":
                truths = {"yes": "True", "no": "False", "0": "False", "1": "True", True: "True", False: "False"}
                assert [truths[value] for value in values] == wanted, where
            elif book[name, column] == "str":
                plain = ["" if pd.isna(value) else str(value) for value in values]
                assert [value.removesuffix(" 00:00:00") for value in plain] == wanted, where
            else:
                numbers = [np.nan if value == "" or pd.isna(value) else float(value) for value in values]
                np.testing.assert_array_equal(numbers, [float(value or "nan") for value in wanted], where)


def test_results_are_replaced_by_force_only(command: Command, results: Path, tmp_path: Path) -> None:
    out = exported(command, results, "csv", tmp_path)
    refused = command("export", results, "--to", "csv", "--out", out)
    assert refused.exit_code == 2
    assert "replace it with --force" in refused.stderr
    assert command("export", results, "--to", "dta", "--out", out, "--force").exit_code == 0
    assert (out / "assemblies.dta").is_file()
    assert not (out / "assemblies.csv").exists()


def test_a_table_that_was_changed_is_told(command: Command, results: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in results.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert command("export", copy, "--to", "csv").stderr == ""
    lines = (copy / "days.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "days.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    (copy / "mine.csv").write_text("x\n")
    done = command("export", copy, "--to", "csv", "--force")
    assert done.exit_code == 0
    assert "Mind: days.csv is not as it was when the results were written." in done.stderr
    assert "Not converted: mine.csv" in done.stderr


def test_a_folder_without_results_and_a_format_nobody_knows(command: Command, tmp_path: Path) -> None:
    done = command("export", tmp_path, "--to", "dta")
    assert done.exit_code == 2
    assert "codebook.csv: found no such file; allowed: the file that protestlaw run, compare or sweep writes" in done.stderr
    assert command("export", tmp_path, "--to", "sav").exit_code == 2
    assert command("export", tmp_path).exit_code == 2
