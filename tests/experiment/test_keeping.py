"""A folder of results that is added to: whose it is, and what may be replaced."""

import hashlib
import json
from pathlib import Path

import pytest

from sim.errors import OutputError
from sim.experiment.keeping import claim, write_beside


def said(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_a_new_folder_is_marked_before_anything_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "mine"
    claim(folder, "mine", {"protestlaw": "1"})
    assert said(folder) == {"protestlaw": "1", "experiment": {"name": "mine", "finished": False}}


def test_the_same_experiment_goes_on(tmp_path: Path) -> None:
    claim(tmp_path, "mine", {})
    write_beside(tmp_path, {"a.csv": b"1\n"}, {"experiment": {"name": "mine", "finished": True}})
    before = said(tmp_path)
    claim(tmp_path, "mine", {})
    assert said(tmp_path) == before


def test_another_experiment_is_refused_unless_told(tmp_path: Path) -> None:
    claim(tmp_path, "mine", {})
    with pytest.raises(OutputError, match="holds results, those of 'mine', not of 'other'"):
        claim(tmp_path, "other", {})
    write_beside(tmp_path, {"a.csv": b"1\n"}, {"experiment": {"name": "mine"}})
    claim(tmp_path, "other", {}, again=True)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert said(tmp_path)["experiment"] == {"name": "other", "finished": False}


def test_nothing_but_results_gives_way(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious", encoding="utf-8")
    for again in (False, True):
        with pytest.raises(OutputError, match=r"holds no results of protestlaw \(it has no manifest.json\)"):
            claim(tmp_path, "mine", {}, again=again)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]
    with pytest.raises(OutputError, match="is no folder"):
        claim(tmp_path / "thesis.tex", "mine", {})


def test_results_of_a_comparison_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"seeds": [1]}', encoding="utf-8")
    with pytest.raises(OutputError, match="no experiment's"):
        claim(tmp_path, "mine", {})


def test_files_are_whole_known_and_replaced(tmp_path: Path) -> None:
    claim(tmp_path, "mine", {})
    (tmp_path / "runs.sqlite").write_bytes(b"store")
    write_beside(tmp_path, {"a.csv": b"1\n", "old.png": b"p"}, {"experiment": {"name": "mine"}})
    write_beside(tmp_path, {"a.csv": b"2\n"}, {"experiment": {"name": "mine"}})
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "manifest.json", "runs.sqlite"}
    assert said(tmp_path)["files"] == {"a.csv": {"bytes": 2, "sha256": hashlib.sha256(b"2\n").hexdigest()}}


def test_a_disk_that_fails_is_told_in_words(tmp_path: Path) -> None:
    claim(tmp_path, "mine", {})
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputError, match=r"Results cannot be written to .*The runs are kept"):
        write_beside(tmp_path, {"a.csv": b"1\n"}, {})
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".unfinished")]
