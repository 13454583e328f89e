"""``run`` and ``compare``: answers, documents and results folders."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from sim.experiment.manifest import THIS_TIME

Command = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
TABLES = {"assemblies", "citizens", "codebook", "days", "filings", "indicators", "observed"}
FIGURES = {"turnout.png", "turnout.svg", "lawful-shares.png", "lawful-shares.svg"}
COMPARED = {"manifest.json", *FIGURES, *(f"{name}.csv" for name in {*TABLES, "effects", "participants"})}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, smaller: list[str]) -> list[Path]:
    """One comparison by one process and by two."""
    from typer.testing import CliRunner

    from sim.interface.cli import app

    place = tmp_path_factory.mktemp("results")
    found = []
    for jobs in (1, 2):
        words = ["compare", "seminar", "seminar", *smaller, "--set-b", "law.threshold=none", "--reps", "2", "--jobs", str(jobs)]
        done = CliRunner().invoke(app, [*words, "--out", str(place / str(jobs))])
        assert done.exit_code == 0, done.output
        found.append(place / str(jobs))
    return found


def test_a_comparison_is_kept_whole(folders: list[Path]) -> None:
    assert {path.name for path in folders[0].iterdir()} == COMPARED


def test_the_number_of_processes_changes_no_byte(folders: list[Path]) -> None:
    for name in sorted(COMPARED - {"manifest.json"}):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    said = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in folders]
    for manifest in said:
        assert manifest.pop(THIS_TIME)["written"]
    assert said[0] == said[1]


def test_the_manifest_knows_every_file(folders: list[Path]) -> None:
    manifest = json.loads((folders[0] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"].keys() == COMPARED - {"manifest.json"}
    for name, told in manifest["files"].items():
        assert hashlib.sha256((folders[0] / name).read_bytes()).hexdigest() == told["sha256"]
    assert manifest["scenarios"].keys() == {"seminar (A)", "seminar (B)"}
    assert any("bills that never were in force" in warning for warning in manifest["warnings"])


def test_the_codebook_knows_every_column(folders: list[Path]) -> None:
    codebook = pd.read_csv(folders[0] / "codebook.csv")
    assert codebook["meaning"].notna().all()
    known = set(zip(codebook["table"], codebook["name"], strict=True))
    for table in {*TABLES, "effects", "participants"} - {"codebook"}:
        columns = pd.read_csv(folders[0] / f"{table}.csv", nrows=1).columns
        assert {(table, column) for column in columns} - known == set()


def test_a_folder_that_is_there_is_refused_before_anything_is_run(command: Command, folders: list[Path]) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in folders[0].iterdir()}
    done = command("compare", "seminar", "seminar", "--reps", 1000, "--out", folders[0])
    assert done.exit_code == 2
    assert "--force" in done.stderr
    assert {path.name: path.stat().st_mtime_ns for path in folders[0].iterdir()} == before


def test_a_run_is_kept_and_replaced_by_force(command: Command, smaller: list[str], tmp_path: Path) -> None:
    for reps in (1, 2):
        done = command("run", "seminar", *smaller, "--reps", reps, "--jobs", 1, "--out", tmp_path / "out", "--force")
        assert done.exit_code == 0, done.output
        assert "events are held" in done.stdout
        assert str(tmp_path / "out") in done.stdout
    wanted = {"manifest.json", "turnout.png", "turnout.svg", *(f"{name}.csv" for name in {*TABLES, "summary"})}
    assert {path.name for path in (tmp_path / "out").iterdir()} == wanted
    assert len(pd.read_csv(tmp_path / "out" / "indicators.csv")) == 2


def test_json_is_one_document(command: Command, smaller: list[str]) -> None:
    done = command("compare", "seminar", "seminar", *smaller, "--set-b", "law.threshold=50", "--reps", 2, "--jobs", 1, "--json")
    said = json.loads(done.stdout)
    assert said["seeds"] == [1, 2]
    assert [change["key"] for change in said["law_changes"] if not change["follows"]] == ["threshold.value"]
    assert said["answer"].startswith("The law changes from A to B in threshold: 250 persons -> 50 persons.")
    assert {"indicator", "difference", "low", "unpaired_low", "variance_ratio", "pairs"} <= said["effects"][0].keys()
    assert said["b"]["law"]["edits"] == ["threshold = 50 (set on the command line)"]
    assert "2 of 2" in done.stderr


def test_json_of_runs(command: Command, smaller: list[str]) -> None:
    said = json.loads(command("run", "seminar", *smaller, "--reps", 1, "--seed", 7, "--json").stdout)
    assert said["seeds"] == [7]
    assert said["indicators"][0]["indicator"] == "events_held"
    assert said["indicators"][0]["low"] is None


def test_what_lies_after_the_last_day_is_left_out_and_told(command: Command) -> None:
    small = ["--set", "town.people.adults=6000", "--set", "organisers.per_100k=100", "--reps", 1, "--json"]
    done = command("run", "seminar", *small, "--days", 40)
    assert done.exit_code == 0, done.output
    assert "2019-06-09" in done.stderr


def test_an_interrupt_from_the_keyboard_stops_all_processes(tmp_path: Path) -> None:
    """A comparison that would take long is interrupted once its first pair is done."""
    settings = [word for setting in ("town.people.adults=6000", "shocks=[]") for word in ("--set", setting)]
    words = ["compare", "seminar", "seminar", *settings, "--reps", "4000", "--jobs", "2", "--out", str(tmp_path / "out")]
    code = "from sim.interface.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stderr
    assert any(line.startswith("1 of 4000 pairs of runs") for line in child.stderr)
    os.killpg(child.pid, signal.SIGINT)
    out, told = child.communicate(timeout=120)
    assert child.returncode == 130, told
    assert "Traceback" not in told
    assert out == ""
    assert list(tmp_path.iterdir()) == []
