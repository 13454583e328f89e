"""``--uncertainty posterior`` of run and compare: what is told, what is written, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from sim.experiment.exporting import export

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A posterior of three parameters, one of Almaty's own."""
    folder = tmp_path_factory.mktemp("posterior")
    draws = {"draw": [0, 1], "weight": [0.5, 0.5], "effort": [0.8, 1.6], "style": [0.1, 0.3], "arrests": [2.0, 4.0]}
    pd.DataFrame(draws).to_csv(folder / "posterior.csv", index=False)
    about = {
        "parameter": ["effort", "style", "arrests"],
        "key": ["choices.effort_cost", "police.style", "police.arrests"],
        "place": ["", "", "kz"],
        "town": ["", "", "almaty"],
    }
    pd.DataFrame(about).to_csv(folder / "parameters.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, smaller: list[str], posterior: Path) -> tuple[Result, Path]:
    """A comparison of two styles of police, whose other parameters are drawn."""
    from typer.testing import CliRunner

    from sim.interface.cli import app

    folder = tmp_path_factory.mktemp("results") / "out"
    words = ["compare", "seminar", "seminar", *smaller, "--set-b", "police.style=0.9", "--reps", "5", "--jobs", "1"]
    drawn = ["--uncertainty", "posterior", "--posterior", str(posterior), "--draws", "2", "--out", str(folder)]
    done = CliRunner().invoke(app, [*words, *drawn])
    assert done.exit_code == 0, done.output
    return done, folder


def test_the_answer_tells_both_kinds_apart(kept: tuple[Result, Path]) -> None:
    said = " ".join(kept[0].stdout.split())
    assert "Of the variance of a pair's B - A" in said
    assert "is noise between seeds" in said
    assert "is not knowing the parameters." in said
    assert "B - A over the posterior" in said
    assert "over 2 draws from a posterior with 2 or 3 seeds each; not the real world. With so few draws they are wide." in said
    assert "simulation uncertainty over 5 pairs" not in said


def test_what_is_drawn_and_what_is_not_is_told_beside_the_answer(kept: tuple[Result, Path]) -> None:
    told = kept[0].stderr
    assert "only the 2 parameters that all places share; those of a place are of almaty, none of seminar." in told
    assert "As set, not drawn in B: police.style." in told
    assert "in A" not in told


def test_tables_codebook_and_manifest_know_the_draws(kept: tuple[Result, Path]) -> None:
    folder = kept[1]
    runs = pd.read_csv(folder / "indicators.csv")
    assert list(runs.columns[:3]) == ["scenario", "seed", "draw"]
    assert list(pd.read_csv(folder / "draws.csv").columns) == ["draw", "posterior_row", "seeds", "effort", "style"]
    codebook = pd.read_csv(folder / "codebook.csv")
    assert codebook["meaning"].notna().all()
    known = set(zip(codebook["table"], codebook["name"], strict=True))
    for path in folder.glob("*.csv"):
        if path.stem != "codebook":
            assert {(path.stem, column) for column in pd.read_csv(path, nrows=1).columns} <= known
    meaning = codebook.set_index(["table", "name"])["meaning"]
    assert "over draws" in meaning["effects", "low"]
    assert "(key choices.effort_cost)" in meaning["draws", "effort"]
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["uncertainty"]
    assert said["draw_of_seed"] == {"1": 1, "2": 2, "3": 1, "4": 2, "5": 1}
    assert said["kept"] == {"seminar (B)": ["police.style"]}
    assert len(said["posterior"]["sha256"]) == 64


def test_its_folder_is_exported(kept: tuple[Result, Path], tmp_path: Path) -> None:
    done = export(kept[1], "dta", tmp_path / "stata")
    assert "draws" in done.tables
    assert not done.left_out or all(not name.endswith(".csv") for name in done.left_out)


def test_the_document_tells_it_too(command: Command, smaller: list[str], posterior: Path) -> None:
    drawn = ["--uncertainty", "posterior", "--posterior", posterior]
    done = command("run", "seminar", *smaller, "--reps", 4, "--jobs", 1, *drawn, "--json")
    said = json.loads(done.stdout)
    assert said["uncertainty"]["draws"] == 2
    assert [row["draw"] for row in said["uncertainty"]["values"]] == [1, 2]
    assert said["uncertainty"]["intervals"].startswith(
        "Intervals: noise between seeds and not knowing the parameters, over 2 draws"
    )
    row = next(row for row in said["indicators"] if row["indicator"] == "attendance")
    assert {"noise", "parameters", "parameter_share", "share_low", "share_high", "effect_low", "effect_high"} <= row.keys()


def test_with_one_seed_a_draw_nothing_is_told_apart(command: Command, smaller: list[str], posterior: Path) -> None:
    drawn = ["--uncertainty", "posterior", "--posterior", posterior, "--draws", 2]
    done = command("run", "seminar", *smaller, "--reps", 2, "--jobs", 1, *drawn)
    said = " ".join(done.stdout.split())
    assert "With one seed a draw the two cannot be told apart." in said
    assert "Of the variance" not in said
    one = " ".join(command("run", "seminar", *smaller, "--reps", 1, "--jobs", 1, *drawn[:4]).stdout.split())
    assert "One draw tells nothing of what is not known of the parameters" in one


def test_without_it_nothing_is_said_of_draws(command: Command, smaller: list[str]) -> None:
    said = json.loads(command("run", "seminar", *smaller, "--reps", 1, "--json").stdout)
    assert "uncertainty" not in said
    assert not {"draws", "noise"} & said["indicators"][0].keys()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--draws", "3"], "--draws: found 3; allowed: nothing, or --uncertainty posterior"),
        (["--posterior", "somewhere"], "--posterior: found somewhere; allowed: nothing, or --uncertainty posterior"),
        (["--uncertainty", "posterior", "--posterior", "nowhere"], "posterior.csv: found no such file"),
    ],
)
def test_what_cannot_be_drawn_is_refused(command: Command, words: list[str], told: str) -> None:
    done = command("compare", "seminar", "seminar", *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_too_many_draws_and_what_a_draw_would_undo(command: Command, smaller: list[str], posterior: Path, tmp_path: Path) -> None:
    drawn = ["--uncertainty", "posterior", "--posterior", posterior]
    done = command("compare", "seminar", "seminar", *smaller, "--reps", 3, "--draws", 4, *drawn)
    assert done.exit_code == 2
    assert "found 4; allowed: from 2 to 3, one for each seed at most" in done.stderr
    other = tmp_path / "other.toml"
    other.write_text('like = "seminar"\n[police]\nstyle = 0.9\n', encoding="utf-8")
    done = command("compare", "seminar", other, *smaller, "--reps", 3, *drawn)
    assert done.exit_code == 2
    assert "police.style: found 0.64 and 0.9 in what is compared" in done.stderr
    assert "values of your own (--set and the like), which stay" in done.stderr
