"""A results folder is converted as a whole or not at all, and everything that is wrong with it is told at once."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import InputError, OutputError
from sim.experiment.exporting import FORMATS, export
from sim.experiment.manifest import THIS_TIME

Folder = Callable[..., Path]


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_results_give_the_same_bytes_and_stay_as_they_were(folder: Folder, tmp_path: Path, to: str) -> None:
    source = folder()
    before = held(source)
    done = [export(source, to, tmp_path / place, command=["protestlaw", "export"]) for place in ("one", "two")]
    one, two = (held(one.folder) for one in done)
    said = [json.loads(files.pop("manifest.json")) for files in (one, two)]
    assert one == two
    assert held(source) == before
    assert said[0].pop(THIS_TIME)["command"] == ["protestlaw", "export"]
    assert said[1].pop(THIS_TIME)["written"]
    assert said[0] == said[1]
    assert said[0]["source"] == json.loads(before["manifest.json"])
    assert said[0]["converted"]["tables"]["runs.csv"] == said[0]["source"]["files"]["runs.csv"]["sha256"]
    assert done[0].tables == ("runs", "codebook")
    assert {path.name for path in done[0].files} == {*one, "manifest.json"}


def test_without_a_place_it_goes_beside_the_results_and_replaces_nothing_unasked(folder: Folder) -> None:
    source = folder()
    done = export(source, "dta")
    assert done.folder == source.with_name("results-dta")
    with pytest.raises(OutputError, match=r"results-dta is there already\. Choose another folder, or replace it with --force"):
        export(source, "dta")
    assert export(source, "dta", force=True).folder == done.folder


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_what_is_read_is_never_replaced(folder: Folder, place: str) -> None:
    source = folder()
    before = held(source)
    with pytest.raises(OutputError, match="is, holds or lies in the folder that is to be converted"):
        export(source, "csv", source / place, force=True)
    assert held(source) == before


def test_a_format_nobody_knows_is_told_with_the_nearest(folder: Folder) -> None:
    with pytest.raises(OutputError, match=r"cannot be converted to 'xls'\. Did you mean 'xlsx'\? Known: csv, dta, parquet, xlsx"):
        export(folder(), "xls")


@pytest.mark.parametrize(("to", "package", "extra"), [("parquet", "pyarrow", "parquet"), ("xlsx", "openpyxl", "excel")])
def test_a_package_that_is_not_there_is_told_with_the_command_that_brings_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, to: str, package: str, extra: str
) -> None:
    source = folder()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OutputError, match=rf"needs? the package {package}.*pip install -c constraints.txt -e '.\[{extra}\]'"):
        export(source, to)
    assert not source.with_name(f"results-{to}").exists()


def test_files_the_manifest_does_not_know_are_left_out_and_changed_ones_told(folder: Folder) -> None:
    source = folder()
    (source / "mine.csv").write_text("my own notes\n")
    (source / "tables").mkdir()
    (source / "runs.csv").write_bytes((source / "runs.csv").read_bytes().replace(b"0.1", b"0.2"))
    done = export(source, "csv")
    assert done.left_out == ("mine.csv", "tables/")
    assert done.changed == ("runs.csv",)
    said = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))["converted"]
    assert said["changed_since_written"] == ["runs.csv"]
    assert said["left_out"] == ["mine.csv", "tables/"]


def test_a_conversion_is_not_converted_again(folder: Folder) -> None:
    done = export(folder(), "csv")
    with pytest.raises(InputError, match="found a conversion of results; allowed: the folder it was made from"):
        export(done.folder, "dta")


def test_csv_has_one_way_to_write_each_kind(folder: Folder) -> None:
    done = export(folder(), "csv")
    content = (done.folder / "runs.csv").read_bytes()
    assert content.startswith(b"point,law.threshold,")
    header, *rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["law.threshold"] for row in found] == ["50", "250.5", "", "1e-300"]
    assert [row["seed"] for row in found] == ["9007199254740991", "1", "123456789012345", "9007199254740992"]
    assert [row["lawful"] for row in found] == ["1", "0", "", "1"]
    assert [row["ratio"] for row in found] == ["0.1", "Inf", "", "-Inf"]
    assert [row["largest_date"] for row in found] == ["2020-02-29", "", "1959-12-31", "2100-01-01"]
    assert found[0]["scenario"] == "Алматы – “1995”"
    assert found[1]["error"].startswith('Traceback: "no slot" — Площадь\r\nat line 7')
    assert content.count(b"\r\n") == 5 + 1  # of which one within a cell
    types = {row["column"]: row for row in csv.DictReader(io.StringIO((done.folder / "types.csv").read_text(encoding="utf-8")))}
    assert {name: types[name]["kind"] for name in ("seed", "held", "ratio", "lawful", "largest_date", "fate", "breached")} == {
        "seed": "large",
        "held": "whole",
        "ratio": "number",
        "lawful": "truth",
        "largest_date": "date",
        "fate": "category",
        "breached": "text",
    }
    assert types["fate"]["levels"] == "held|called_off|prevented|pending"
