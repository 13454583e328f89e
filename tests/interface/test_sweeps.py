"""``sweep`` and ``plan``: experiments from the command line, and the folder they leave."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.experiment.exporting import export
from sim.experiment.manifest import THIS_TIME
from sim.experiment.running import executors
from sim.interface.cli import app

Command = Callable[..., Result]

TEXT = """
[experiment]
title = "Threshold and style"
question = "What do threshold and police do together?"
base = "seminar"
design = "grid"
seeds = 3
outcomes = ["attendance", "lawful_share_start"]
baseline = { threshold = "none" }
precision = { attendance = 40 }

[set]
"town.people.adults" = 4000
"organisers.per_100k" = 500
"organisers.opportunities" = 12.0
"scenario.days" = 40
"shocks" = []

[factors.threshold]
key = "law.threshold"
levels = [30, 100, "none"]

[factors.style]
key = "police.style"
levels = [0.1, 0.9]
"""


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def swept(text: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("swept") / "mine"
    done = CliRunner().invoke(app, ["sweep", str(text), "--jobs", "1", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder, done


def manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_the_answer_begins_with_the_question(swept: tuple[Path, Result]) -> None:
    lines = swept[1].stdout.splitlines()
    assert lines[:2] == ["Threshold and style", "What do threshold and police do together?"]
    assert "6 points x 3 seeds: 18 different runs. Base: seminar." in lines
    assert "Intervals: simulation uncertainty over 3 seeds, not the real world." in lines
    assert lines[-1].startswith("Tables, figures and manifest: ")
    assert "18 of 18 runs" in swept[1].stderr


def test_the_folder_is_whole_and_explained(swept: tuple[Path, Result], text: Path) -> None:
    folder = swept[0]
    tables = {path.stem: pd.read_csv(path, dtype="str", keep_default_na=False) for path in folder.glob("*.csv")}
    assert {"runs", "points", "effects", "main_effects", "interactions", "variance_shares", "marginal_effects"} < tables.keys()
    book = tables.pop("codebook")
    for name, table in tables.items():
        assert book.loc[book["table"] == name, "name"].tolist() == list(table.columns)
    assert (book["meaning"].str.len() > 8).all()  # "Its level"
    assert (folder / "experiment.toml").read_text(encoding="utf-8") == text.read_text(encoding="utf-8")
    said = manifest(folder)
    files = said["files"]
    assert isinstance(files, dict)
    assert files.keys() == {path.name for path in folder.iterdir()} - {"manifest.json", "runs.sqlite"}
    for name, told in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"]
    about = said["experiment"]
    assert isinstance(about, dict)
    assert (about["name"], about["points"], about["runs"], about["failed"], about["finished"]) == ("mine", 6, 18, 0, True)


def test_it_is_made_again_to_the_byte_from_what_is_there(swept: tuple[Path, Result], text: Path) -> None:
    folder = swept[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = CliRunner().invoke(app, ["sweep", str(text), "--out", str(folder)])
    assert done.exit_code == 0
    assert "18 different runs, 18 of them were there" in done.stdout
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json", "runs.sqlite"}
    assert before.keys() == after.keys()


def test_interrupted_and_gone_on_with_it_is_the_same_table(swept: tuple[Path, Result], text: Path, tmp_path: Path) -> None:
    """Killed at any moment, then resumed by two processes: the table is that of an uninterrupted sweep."""
    folder = tmp_path / "mine"
    words = [
        sys.executable,
        "-c",
        "from sim.interface.cli import main; main()",
        "sweep",
        str(text),
        "--jobs",
        "1",
        "--out",
        str(folder),
    ]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (folder / "runs.sqlite").exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    process.communicate()
    done = CliRunner().invoke(app, ["sweep", str(text), "--jobs", "2", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    for name in ("runs.csv", "effects.csv", "points.csv", "codebook.csv", "curve.png"):
        assert (folder / name).read_bytes() == (swept[0] / name).read_bytes(), name


def test_a_dry_run_keeps_nothing(command: Command, text: Path, tmp_path: Path) -> None:
    done = command("sweep", text, "--dry-run", "--jobs", "1", "--out", tmp_path / "mine")
    assert done.exit_code == 0
    assert "grid: 6 points x 3 seeds = 18 runs of seminar" in done.stdout
    assert not (tmp_path / "mine").exists()


def test_runs_that_fail_are_told_last(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiment.running import worker

    real = worker.simulate

    def breaks(scenario, seed, town):  # type: ignore[no-untyped-def]
        if scenario.police.style > 0.5 and seed == 2:
            raise RuntimeError("the street fell in")
        return real(scenario, seed, town)

    monkeypatch.setattr(worker, "simulate", breaks)
    path = tmp_path / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    done = command("sweep", path, "--jobs", "1", "--out", tmp_path / "mine")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"3 of 18 runs failed; see {tmp_path / 'mine' / 'failures.csv'}"
    failures = pd.read_csv(tmp_path / "mine" / "failures.csv")
    assert failures["error"].tolist() == ["RuntimeError: the street fell in"] * 3
    assert failures["style"].tolist() == [0.9] * 3
    assert "breaks" in failures["traceback"].iloc[0]
    monkeypatch.undo()
    again = command("sweep", path, "--jobs", "1", "--out", tmp_path / "mine")
    assert again.exit_code == 1  # a failure stays a row
    mended = command("sweep", path, "--jobs", "1", "--out", tmp_path / "mine", "--retry-failed")
    assert mended.exit_code == 0
    assert not (tmp_path / "mine" / "failures.csv").exists()


def test_what_is_there_is_not_written_over(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious", encoding="utf-8")
    done = command("sweep", text, "--out", tmp_path, "--again")
    assert done.exit_code == 2
    assert "holds no results of protestlaw" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_another_experiment_is_refused(command: Command, swept: tuple[Path, Result], tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(TEXT, encoding="utf-8")
    done = command("sweep", path, "--out", swept[0])
    assert done.exit_code == 2
    assert "holds results, those of 'mine', not of 'other'" in done.stderr


def test_all_that_is_wrong_with_a_text_is_told_before_anything_runs(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.replace('"attendance",', '"attendence",').replace("law.threshold", "law.treshold"), encoding="utf-8")
    done = command("sweep", path, "--out", tmp_path / "mine")
    assert done.exit_code == 2
    assert "did you mean 'attendance'" in done.stderr
    assert "did you mean 'law.threshold'" in done.stderr
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("kind", ["dta", "parquet", "xlsx", "csv"])
def test_it_is_exported(swept: tuple[Path, Result], tmp_path: Path, kind: str) -> None:
    done = export(swept[0], kind, tmp_path / kind)
    assert not done.changed
    if kind == "dta":
        found = pd.read_stata(tmp_path / "dta" / "runs.dta")
        assert found["seed"].tolist() == [1, 2, 3] * 6
        assert found["threshold"].astype(str).tolist()[::6] == ["30", "100", "none"]
        assert found["status"].astype(str).unique().tolist() == ["done"]


def test_a_plan_says_how_many_seeds_and_keeps_its_pilot(command: Command, text: Path, tmp_path: Path) -> None:
    done = command("plan", text, "--jobs", "1", "--pilot", "3", "--out", tmp_path / "mine")
    assert done.exit_code == 0, done.output
    assert "seeds would do at every point; the text has 3" in done.stdout
    assert re.search(r"^Attendance +40\D.* \d+ \(up to [\d,]+\) ", done.stdout, re.MULTILINE)
    assert "in brackets, how many it may take" in done.stdout
    after = command("sweep", text, "--jobs", "1", "--out", tmp_path / "mine")
    assert "18 different runs, 18 of them were there" in after.stdout


def test_a_scheduler_that_does_not_answer_is_told_in_plain_words(
    command: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="dask is not installed; it comes with the extras cluster and test")
    monkeypatch.setattr(executors, "_PATIENCE", 0.2)
    done = command("plan", text, "--dask", "tcp://127.0.0.1:9", "--out", tmp_path / "mine")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: no dask scheduler answers at tcp://127.0.0.1:9: ")
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--precision", "attendence=3"], "did you mean 'attendance'"),
        (["--precision", "attendance=-3"], "a number above 0"),
        (["--precision", "attendance"], "KEY=VALUE"),
    ],
)
def test_a_plan_without_a_wish_is_refused(command: Command, text: Path, tmp_path: Path, words: list[str], said: str) -> None:
    done = command("plan", text, *words, "--out", tmp_path / "mine")
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_plan_needs_a_baseline_and_a_precision(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.replace("precision = { attendance = 40 }", ""), encoding="utf-8")
    done = command("plan", path)
    assert done.exit_code == 2
    assert "--precision OUTCOME=NUMBER" in done.stderr


def test_nothing_of_this_time_is_in_the_files(swept: tuple[Path, Result]) -> None:
    said = manifest(swept[0])
    assert said.keys() >= {"protestlaw", "seeds", "experiment", "warnings", "scenarios", "files", THIS_TIME}
