"""The command: help at once, answers on standard output, errors in plain words."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import Result

import sim.experiment
from sim.errors import ModelError
from sim.interface.cli import app
from sim.version import __version__

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"holidays", "jinja2", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pydantic", "scipy"}
COMMANDS = sorted(get_command(app).commands)

Command = Callable[..., Result]


def test_importing_the_command_is_light(tmp_path: Path) -> None:
    code = "import json, sys, sim.interface.cli; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) & HEAVY == set()


@pytest.mark.parametrize("words", [["list", "laws"], ["list", "scenarios"], ["validate", "scenarios/laws/belarus.toml"]])
def test_looking_at_texts_loads_no_model(words: list[str]) -> None:
    code = "import sys\nfrom sim.interface.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = [sys.executable, "-c", code, *words]
    done = subprocess.run(ran, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & {"matplotlib", "mesa", "numba", "pandas", "scipy", "sim.experiment"} == set()


def test_there_are_the_commands() -> None:
    assert COMMANDS == [
        "app",
        "attribute",
        "cache",
        "calibrate",
        "classics",
        "compare",
        "diff",
        "diverge",
        "explain",
        "explorer",
        "export",
        "figures",
        "list",
        "parameters",
        "patterns",
        "plan",
        "report",
        "rests",
        "run",
        "schema",
        "story",
        "sweep",
        "validate",
        "version",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(command: Command, name: str) -> None:
    done = command(name, "--help")
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"protestlaw {name}" in " ".join(done.output.split())


def test_help_names_every_command(command: Command) -> None:
    done = command("--help")
    assert done.exit_code == 0
    assert all(name in done.output for name in COMMANDS)


def test_version(command: Command) -> None:
    assert command("version").stdout == f"protestlaw {__version__}\n"


def test_an_unknown_command_is_told_with_the_nearest(command: Command) -> None:
    done = command("comprae")
    assert done.exit_code == 2
    assert "compare" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "semnar"], "Did you mean 'seminar'?"),
        (["compare", "seminar", "seminarr"], "Did you mean 'seminar'?"),
        (["explain", "kazakhstan/2020-bil"], "Did you mean 'kazakhstan/2020-bill'?"),
        (["diff", "kazakhstan/1995", "russia/2041"], "Did you mean 'russia/2014'?"),
        (["run", "seminar", "--set", "law.treshold=50"], "did you mean 'threshold'?"),
        (["run", "seminar", "--set", "polce.style=1"], "did you mean 'police'?"),
        (["run", "seminar", "--set", "police.style=2"], "police.style: found 2"),
        (["run", "seminar", "--set", "law.threshold"], "KEY=VALUE"),
        (["compare", "seminar", "seminar", "--set-b", "law.threshold=-1"], "threshold"),
        (["run", "seminar", "--set", "town=almatty"], "Did you mean 'almaty'?"),
        (["explain", "kazakhstan/1995", "--sizes", "40,many"], "whole numbers"),
        (["diff", "kazakhstan/1995", "seminar"], "two laws or two scenarios"),
    ],
)
def test_what_cannot_be_done_is_told_in_plain_words(command: Command, words: list[str], said: str) -> None:
    done = command(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_an_interrupt_ends_with_130_and_no_traceback(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sim.experiment, "repeat", interrupted)
    done = command("run", "seminar", "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_told_with_its_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ModelError("seed 3: ZeroDivisionError: division by zero") from ZeroDivisionError("division by zero")

    monkeypatch.setattr(sim.experiment, "repeat", faulty)
    done = command("run", "seminar")
    assert isinstance(done.exception, ModelError)
    assert isinstance(done.exception.__cause__, ZeroDivisionError)


@pytest.mark.parametrize(("name", "default"), [("run", sim.experiment.DEFAULT_RUNS), ("compare", sim.experiment.DEFAULT_PAIRS)])
def test_the_command_runs_as_often_as_the_function(name: str, default: int) -> None:
    (reps,) = (parameter for parameter in get_command(app).commands[name].params if parameter.name == "reps")
    assert reps.default == default
