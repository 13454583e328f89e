"""``figures``: what it draws of which folder, what it writes, and what it refuses."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.experiment import Comparison
from sim.interface import folders
from sim.interface.cli import app
from sim.interface.figuring.drawing import Asked, Catalogue
from sim.interface.figuring.of_runs import catalogue_runs
from sim.interface.figuring.opening import open_results
from sim.interface.style import PAPER

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, smaller: list[str]) -> Path:
    """Two runs of the seminar town under the bill, which has a threshold."""
    out = tmp_path_factory.mktemp("figures") / "small"
    done = CliRunner().invoke(app, ["run", "seminar", *smaller, "--reps", "2", "--jobs", "1", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return out


def test_a_run_is_drawn_with_the_same_seeds_without_its_threshold(command: Command, results: Path, tmp_path: Path) -> None:
    words = ["figures", results, "--style", "slides", "--format", "pdf", "--jobs", "1", "--out"]
    done = command(*words, tmp_path / "out")
    assert done.exit_code == 0, done.output
    names = ["turnout", "incomes", "timeline", "map", "filing", "bunching"]
    assert done.stdout == f"6 figures ({', '.join(names)}) are in {tmp_path / 'out'}\n"
    held = {path.name for path in (tmp_path / "out").iterdir()}
    assert held == {"manifest.json", *(f"{name}.pdf" for name in names)}
    said = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (said["drawn_of"], said["style"], said["seeds"]) == ("small", "slides", [1, 2])
    assert list(said["figures"]) == names
    written = (tmp_path / "out" / "turnout.pdf").read_bytes()
    assert b"protestlaw figures small --style slides" in written
    assert b"/MediaBox [ 0 0 921.6 518.4 ]" in written


def test_the_same_folder_gives_the_same_bytes(command: Command, results: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(results, tmp_path / "elsewhere" / "small")
    for folder, out in ((results, "one"), (moved, "other")):
        done = command("figures", folder, "--only", "timeline", "--seed", "2", "--out", tmp_path / out)
        assert done.exit_code == 0, done.output
    for kind in ("pdf", "svg", "png"):
        one, other = ((tmp_path / out / f"timeline.{kind}").read_bytes() for out in ("one", "other"))
        assert one == other, kind
    assert b"--seed 2" in (tmp_path / "one" / "timeline.svg").read_bytes()


def test_without_runs_there_is_no_bunching_and_it_says_why(command: Command, results: Path) -> None:
    out = results / "figures-paper"
    try:
        done = command("figures", results, "--no-runs", "--only", "bunching", "--only", "map", "--format", "svg")
        assert done.exit_code == 0, done.output
        assert done.stdout == f"1 figure (map) is in {out}\n"
        assert "Not drawn: bunching, for it takes runs without the threshold" in done.stderr
        again = command("figures", results, "--only", "map")
        assert again.exit_code == 2
        assert "replace it with --force" in again.stderr
    finally:
        shutil.rmtree(out, ignore_errors=True)


def test_tables_that_are_gone_are_named_with_the_command_that_makes_them(command: Command, results: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(results, tmp_path / "less")
    for name in ("assemblies", "filings"):
        (folder / f"{name}.csv").unlink()
    done = command("figures", folder, "--format", "svg")
    assert done.exit_code == 0, done.output
    assert "1 figure (incomes)" in done.stdout
    assert "Not drawn: filing, for assemblies.csv and filings.csv are not in the folder; protestlaw " in done.stderr
    only = command("figures", folder, "--only", "timeline", "--force")
    assert only.exit_code == 2
    assert "timeline: found assemblies.csv is not in the folder" in only.stderr


def test_runs_that_this_version_would_not_make_have_no_pairs(command: Command, results: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(results, tmp_path / "other")
    lines = (folder / "indicators.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("attendance")] = "123456"
    (folder / "indicators.csv").write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    done = command("figures", folder, "--only", "bunching", "--jobs", "1")
    assert done.exit_code == 2
    assert "gives other results now than are kept (attendance)" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--only", "timelin"], "--only: found 'timelin'; allowed: figures of such a folder: turnout, incomes,"),
        (["--only", "timelin"], "did you mean 'timeline'?"),
        (["--seed", "9"], "--seed: found 9; allowed: one of the folder's seeds: 1, 2"),
        (["--only", "filing", "--assembly", "99999"], "with seed 1 has no assembly 99999"),
    ],
)
def test_what_cannot_be_asked_for(command: Command, results: Path, tmp_path: Path, words: list[str], told: str) -> None:
    done = command("figures", results, *words, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_holds_no_results(command: Command, tmp_path: Path) -> None:
    for folder, told in ((tmp_path / "none", "no such folder"), (tmp_path, "manifest.json: found no such file")):
        done = command("figures", folder)
        assert done.exit_code == 2
        assert told in done.stderr
    (tmp_path / "manifest.json").write_text('{"files": {"a.csv": {}}}', encoding="utf-8")
    done = command("figures", tmp_path)
    assert done.exit_code == 2
    assert "results that there are no figures of" in done.stderr


def test_a_classic_is_drawn_from_its_folder(command: Command, tmp_path: Path) -> None:
    made = command("classics", "kuran", "--out", tmp_path / "kuran")
    assert made.exit_code == 0, made.output
    done = command("figures", tmp_path / "kuran", "--format", "svg")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "kuran" / "figures-paper" / "kuran.svg").is_file()


def test_the_docs_name_every_figure_and_their_python_runs(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comparison: Comparison
) -> None:
    document = (Path(__file__).resolve().parents[2] / "docs" / "how-figures-are-made.md").read_text(encoding="utf-8")
    found = Catalogue(open_results(results), Asked(PAPER, rerun=False))
    catalogue_runs(found)
    assert all(f"`{kind}`" in document for kind in (*found.kinds, "curve", "heatmap", "attribution", "patterns", "marginals"))
    monkeypatch.chdir(tmp_path)
    folders.of_comparison(comparison, Path("results/reform"), force=False, command=["protestlaw"], seconds=1.0)
    (code,) = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    exec(compile(code, "how-figures-are-made.md", "exec"), {})
    assert Path("levels.pdf").read_bytes().startswith(b"%PDF")
