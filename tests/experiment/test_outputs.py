"""A results folder is written as a whole or not at all, and replaces nothing that it should not."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import OutputError
from sim.experiment.manifest import THIS_TIME, code, manifest
from sim.experiment.outputs import MANIFEST, check_free, to_csv, write_results
from sim.scenario import Scenario
from sim.version import __version__

FILES = {"a.csv": b"x\n1\n", "b.svg": b"<svg/>"}


def held(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_holds_its_files_and_what_they_are(tmp_path: Path) -> None:
    written = write_results(tmp_path / "deep" / "out", FILES, {"seeds": [1]})
    assert [path.name for path in written] == [MANIFEST, "a.csv", "b.svg"]
    said = json.loads(written[0].read_text(encoding="utf-8"))
    assert said["seeds"] == [1]
    assert said["files"]["a.csv"] == {"bytes": 4, "sha256": hashlib.sha256(FILES["a.csv"]).hexdigest()}
    assert held(tmp_path / "deep") == {"out"}


def test_what_is_there_is_refused_and_stays(tmp_path: Path) -> None:
    write_results(tmp_path / "out", FILES, {})
    with pytest.raises(OutputError, match="--force"):
        write_results(tmp_path / "out", {"c.csv": b""}, {})
    assert held(tmp_path / "out") == {MANIFEST, "a.csv", "b.svg"}


def test_force_replaces_results_as_a_whole(tmp_path: Path) -> None:
    write_results(tmp_path / "out", FILES, {})
    write_results(tmp_path / "out", {"c.csv": b""}, {}, force=True)
    assert held(tmp_path / "out") == {MANIFEST, "c.csv"}
    assert held(tmp_path) == {"out"}


def test_force_replaces_nothing_but_results(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(OutputError, match="no results of protestlaw"):
        check_free(tmp_path / "thesis", force=True)
    (tmp_path / "empty").mkdir()
    check_free(tmp_path / "empty", force=True)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        check_free(tmp_path / "file", force=True)


def test_a_place_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"):
        check_free(tmp_path / "file" / "out")


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    write_results(tmp_path / "out", FILES, {})
    with pytest.raises(OutputError, match="cannot be written"):
        write_results(tmp_path / "out", {"no/such/folder.csv": b""}, {}, force=True)
    assert held(tmp_path / "out") == {MANIFEST, "a.csv", "b.svg"}
    assert held(tmp_path) == {"out"}


def test_tables_are_written_plainly() -> None:
    table = pd.DataFrame({"name": ["Zhetysu", "a, b"], "share": [1 / 3, None], "n": [1, 2], "yes": [True, False]})
    assert to_csv(table) == b'name,share,n,yes\nZhetysu,0.3333333333,1,True\n"a, b",,2,False\n'


def test_the_manifest_tells_what_was_run(small: Scenario) -> None:
    said = manifest({small.name: small}, [1, 2], command=["protestlaw", "run"], seconds=1.26, undefined=["x"])
    assert said["protestlaw"]["version"] == __version__
    assert said["seeds"] == [1, 2]
    assert said["undefined"] == ["x"]
    told = said["scenarios"][small.name]
    assert told["fingerprint"] == small.fingerprint
    assert told["resolved"]["law"]["threshold"]["value"] == 250
    assert told["resolved"]["town"]["people"]["adults"] == 6000
    assert said[THIS_TIME]["command"] == ["protestlaw", "run"]
    assert said[THIS_TIME]["seconds"] == 1.3
    assert {"written", "platform", "python", "packages"} <= said[THIS_TIME].keys()
    json.dumps(said, allow_nan=False)


def test_the_manifest_tells_the_commit_of_a_checkout() -> None:
    found = code()
    in_a_checkout = (Path(__file__).resolve().parents[2] / ".git").exists()
    assert (found["commit"] is not None) == in_a_checkout
