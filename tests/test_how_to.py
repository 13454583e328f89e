"""What the how-to guides show works: their texts are valid, their commands are commands, and what is quick is run."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.interface.cli import app

TOP = Path(__file__).parent.parent
GUIDES = ("reform-in-mid-run", "new-town", "cluster", "calibrate", "add-an-indicator", "add-a-rule")
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w-]+\.toml)`")
PATHS = re.compile(r"`((?:docs|experiments|scenarios|sim|tests)/[\w/.-]+)`")
RUN = {"diff", "validate"}
"""Commands that take no time; a dry run of a calibration is quick as well."""


def page(guide: str) -> str:
    return (TOP / "docs" / "how-to" / f"{guide}.md").read_text(encoding="utf-8")


def blocks(guide: str, language: str) -> list[str]:
    return [textwrap.dedent(body) for _, kind, body in BLOCK.findall(page(guide)) if kind == language]


def texts(guide: str) -> dict[str, str]:
    """The TOML texts of a guide by the name that was last told before each; the others are numbered."""
    found: dict[str, str] = {}
    text, end = page(guide), 0
    for block in BLOCK.finditer(text):
        if block[2] == "toml":
            names = NAMED.findall(text[end : block.start()])
            found[names[-1] if names else f"text-{len(found)}.toml"] = textwrap.dedent(block[3])
        end = block.end()
    return found


def commands(guide: str) -> list[list[str]]:
    """What is typed after ``protestlaw``, of blocks for a shell; what holds a variable or a pipe is left out."""
    lines = [line for kind in ("bash", "sh") for body in blocks(guide, kind) for line in body.replace("\\\n", " ").splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("protestlaw") and not {"$", "&"} & {*line}]


@pytest.fixture
def written(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The texts of a guide, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in texts(guide).items():
        Path(name).write_text(text, encoding="utf-8")
    return sorted(Path().glob("*.toml"))


def run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_there_is_something_to_test() -> None:
    assert set(texts("new-town")) == {"exampleville.toml", "exampleville-2021.toml"}
    assert sum(len(texts(guide)) for guide in GUIDES) == 5
    assert sum(len(commands(guide)) for guide in GUIDES) > 15


@pytest.mark.parametrize("guide", ["reform-in-mid-run", "new-town", "calibrate"])
def test_the_texts_are_valid(written: list[Path]) -> None:
    assert run("validate", *map(str, written)).count("a valid") == len(written) > 0


@pytest.mark.parametrize("guide", GUIDES)
def test_the_commands_are_commands_with_these_options(guide: str, written: list[Path]) -> None:
    group = typer.main.get_command(app)
    for name, *words in commands(guide):
        group.commands[name].make_context(name, list(words))  # fails at an option that is not there, or a value it does not take
        if name in RUN or (name == "calibrate" and "--dry-run" in words):
            assert run(name, *words).strip()
    for path in written:
        assert path.exists()


@pytest.mark.parametrize("guide", GUIDES)
def test_the_files_named_are_there(guide: str) -> None:
    assert [path for path in PATHS.findall(page(guide)) if not (TOP / path).exists()] == []


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("guide", ["cluster"])
def test_runs_of_a_job_array_are_put_together(capsys: pytest.CaptureFixture[str]) -> None:
    (script,) = [body for body in blocks("cluster", "sh") if "SBATCH" in body]
    (call,) = re.findall(
        r"^protestlaw (.*?) --seed \$first --reps \$reps --jobs 1 \\\n\s*--out results/part-\$SLURM", script, re.MULTILINE
    )
    for number, first in enumerate((1, 3)):
        where = f"results/part-{number}"
        run(*shlex.split(call), "--seed", str(first), "--reps", "2", "--jobs", "1", "--days", "40", "--out", where)
    (join,) = blocks("cluster", "python")
    exec(compile(join, "join.py", "exec"), {})
    assert capsys.readouterr().out.startswith("4 pairs: attendance ")


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("guide", ["reform-in-mid-run"])
def test_before_a_reform_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    import pandas as pd

    run("compare", "seminar", "reform.toml", "--reps", "2", "--jobs", "1", "--out", "results/reform")
    after, branching = blocks("reform-in-mid-run", "python")
    for code in (after, branching):
        exec(compile(code, "guide.py", "exec"), {})
    assert "count" in capsys.readouterr().out
    days = pd.read_csv("results/reform/days.csv", parse_dates=["date"])
    days["half"] = days["date"] >= "2019-07-01"
    a, b = (days[days["scenario"] == name].drop(columns="scenario").reset_index(drop=True) for name in ("seminar", "reform"))
    assert a[~a["half"]].equals(b[~b["half"]])
    assert not a[a["half"]].equals(b[b["half"]])


def test_what_the_guides_for_programmers_point_at_is_there() -> None:
    """Names of code that the steps tell to change."""
    for path, name in (
        ("sim/model/street.py", "def _call("),
        ("sim/reference/street.py", "def _call("),
        ("sim/model/street.py", "pull=shock + assembly.appeal - workday"),
        ("sim/behaviour/parameters.py", "class OrganiserBehaviour"),
        ("sim/behaviour/arrays.py", "class Moods"),
        ("sim/interface/answer.py", "SHOWN"),
        ("sim/interface/odd/streams.py", "turnout/noise"),
        ("tests/measurement/test_indicators.py", "counts"),
        ("tests/reference/conftest.py", "CASES"),
        ("tests/theorems/test_turnout_theorems.py", "STERNER"),
    ):
        assert name in (TOP / path).read_text(encoding="utf-8"), (path, name)
