"""``classics``: the list, the answer, the document, the folder, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

import sim.classics
from sim.classics import NAMES, load
from sim.classics.classic import Check, Finding
from sim.classics.options import chosen
from sim.interface.teaching import Taught, figure

Command = Callable[..., Result]


def test_the_list_names_every_classic_with_its_paper(command: Command) -> None:
    done = command("classics")
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    for name in NAMES:
        assert name in words
        assert load(name).title in words
        assert load(name).citation[0].split(".")[0] in words


def test_the_list_as_a_document(command: Command) -> None:
    said = json.loads(command("classics", "--json").stdout)
    assert [row["name"] for row in said] == list(NAMES)
    assert all({"title", "citation", "teaches", "options"} <= row.keys() for row in said)


def test_an_answer_has_paper_lesson_checks_and_options(command: Command) -> None:
    done = command("classics", "kuran", "--set", "shift=20")
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    for part in ("Now Out of Never", "preferences", "All 5 pass.", "shift 20", "(usually 10)", "Kuran 1991", "--out DIR"):
        assert part in words, part


def test_the_document_is_without_rounding(command: Command) -> None:
    said = json.loads(command("classics", "kuran", "--json", "--seed", 5).stdout)
    assert said["seed"] == 5
    assert said["passed"] is True
    assert said["options"] == {"person": 2, "to": 10, "shift": 10}
    assert said["checks"][0] == {
        "question": "public opposition in country A before, %",
        "known": 10.0,
        "found": 10.0,
        "within": 0.0,
        "passed": True,
        "source": "Kuran 1991",
    }


def test_a_check_that_fails_is_exit_code_1(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    kuran = load("kuran")

    def wrong(options: object, seed: int) -> Finding:
        found = kuran.run(options, seed)  # type: ignore[arg-type]
        return Finding((*found.checks, Check("what is not", 1.0, float("nan"), 0.1, "nobody")), found.tables)

    monkeypatch.setattr(sim.classics, "load", lambda _: replace(kuran, run=wrong))
    done = command("classics", "kuran")
    assert done.exit_code == 1
    assert "1 of 6 fail." in done.stdout
    assert "FAIL" in done.stdout
    done = command("classics", "kuran", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["checks"][-1]["found"] is None


def test_a_folder_holds_tables_checks_figure_and_manifest(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("classics", "kuran", "--out", out, "--seed", 3).exit_code == 0
    tables = {"outcomes.csv", "paths.csv", "singles.csv", "checks.csv"}
    assert {path.name for path in out.iterdir()} == {*tables, "kuran.png", "kuran.svg", "manifest.json"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seeds"] == [3]
    assert manifest["classic"]["name"] == "kuran"
    assert manifest["files"].keys() == {*tables, "kuran.png", "kuran.svg"}
    assert pd.read_csv(out / "checks.csv")["passed"].all()
    before = (out / "kuran.png").read_bytes()
    again = command("classics", "kuran", "--out", out)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert command("classics", "kuran", "--out", out, "--force", "--seed", 3).exit_code == 0
    assert (out / "kuran.png").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["granoveter"], "did you mean 'granovetter'?"),
        (["kuran", "--set", "preson=3", "--set", "to=101"], "did you mean 'person'?"),
        (["kuran", "--set", "preson=3", "--set", "to=101"], "a whole number from 0 to 100"),
        (["--set", "to=3"], "--set: found it without a NAME"),
        (["--out", "somewhere"], "--out: found it without a NAME"),
    ],
)
def test_what_cannot_be_done_is_told(command: Command, words: list[str], said: str) -> None:
    done = command("classics", *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("granovetter", ["people=200", "draws=100", "mean=40"]),
        ("networks", ["people=1000", "threshold=30"]),
        ("kuran", ["person=5", "to=0"]),
        ("mean-field", ["people=1000", "towns=2", "officers=0"]),
    ],
)
def test_figures_are_drawn_of_unusual_options_too_and_do_not_change(name: str, words: list[str]) -> None:
    """No window of cascades, no jump, no known answers."""
    classic = load(name)
    options = chosen(classic, words)
    done = Taught(classic, options, 1, classic.run(options, 1))
    files = figure(done)
    assert set(files) == {f"{name}.png", f"{name}.svg"}
    assert files == figure(done)
