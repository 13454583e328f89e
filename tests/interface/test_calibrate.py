"""``calibrate``: what it says, what it keeps, and what it refuses."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import sim.experiment.calibration
from sim.experiment.calibration import Calibration, Goal, calibrate, load_calibration, posterior_settings
from sim.experiment.exporting import export
from sim.interface.calibration.checks import checks, place_in_band
from sim.interface.calibration.figures import marginals, pairs
from sim.interface.cli import app
from sim.interface.style import paper
from tests.experiment.calibration.conftest import TEXT

Command = Callable[..., Result]
DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "calibration.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kept(text: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("calibrated") / "mine"
    done = CliRunner().invoke(app, ["calibrate", str(text), "--jobs", "1", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder, done


@pytest.fixture(scope="module")
def done(kept: tuple[Path, Result], text: Path) -> Calibration:
    return calibrate(load_calibration(text), kept[0], 1)


def test_the_answer_begins_with_the_question(kept: tuple[Path, Result]) -> None:
    out = kept[1].stdout
    assert out.splitlines()[:2] == ["A small calibration", "Which values give what is observed in a small town?"]
    assert re.search(r"\n\d[\d.]* % of the prior is left after 1 wave\. In the middle of the posterior \d of \d patterns", out)
    assert re.search(r"^effort +2\.1 +0 to 5 ", out, re.MULTILINE)
    assert "notice, held out" in out
    assert out.splitlines()[-1].startswith("Tables, figures and manifest: ")
    assert "Wave 1: " in kept[1].stderr
    assert "16 of 16 runs" in kept[1].stderr


def test_the_folder_is_whole_and_explained(kept: tuple[Path, Result], text: Path) -> None:
    folder = kept[0]
    tables = {path.stem: pd.read_csv(path, dtype="str", keep_default_na=False) for path in folder.glob("*.csv")}
    book = tables.pop("codebook")
    wanted = {"posterior", "parameters", "checks", "unmet", "waves", "emulators", "shipped", "points", "runs"}
    assert tables.keys() == wanted
    for name, table in tables.items():
        assert book.loc[book["table"] == name, "name"].tolist() == list(table.columns)
    assert (book["meaning"].str.len() > 8).all()
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert said["files"].keys() == {path.name for path in folder.iterdir()} - {"manifest.json", "patterns.sqlite"}
    for name, told in said["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"]
    assert said["experiment"]["calibrated_on"] == ["permit P1b", "permit P13b", "notice P4a"]
    assert said["scenarios"].keys() == {"permit", "notice"}
    assert (folder / "calibration.toml").read_text(encoding="utf-8") == text.read_text(encoding="utf-8")


def test_the_docs_name_every_table(kept: tuple[Path, Result]) -> None:
    for path in kept[0].glob("*.csv"):
        assert f"`{path.name}`" in DOCUMENT
    for path in kept[0].glob("*.png"):
        assert f"`{path.stem}`" in DOCUMENT


def test_what_is_kept_can_be_exported_and_drawn_from(kept: tuple[Path, Result], tmp_path: Path) -> None:
    export(kept[0], "parquet", tmp_path / "out")
    draws = pd.read_parquet(tmp_path / "out" / "posterior.parquet")
    assert draws["draw"].tolist() == list(range(150))
    settings = posterior_settings(kept[0], 5, "seminar")
    assert settings.keys() == {"choices.effort_cost", "organisers.yield_lawful"}
    assert settings["choices.effort_cost"] in set(draws["effort"])


def test_it_is_made_again_to_the_byte_from_what_is_there(kept: tuple[Path, Result], text: Path) -> None:
    folder = kept[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = CliRunner().invoke(app, ["calibrate", str(text), "--out", str(folder)])
    assert again.exit_code == 0
    assert again.stdout == kept[1].stdout
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json", "patterns.sqlite"}


def test_a_dry_run_runs_nothing(command: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("calibrate", text, "--dry-run")
    assert said.exit_code == 0
    assert "2 parameters: effort, yield_notice." in said.stdout
    assert "permit (seminar, 1 seed; on P1b, P13b)" in said.stdout
    assert "1 wave of 8 points, 2 draws to check: 24 runs at most." in said.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_done_is_told_in_plain_words(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(TEXT.replace("choices.effort_cost", "choices.effort_cots"), encoding="utf-8")
    said = command("calibrate", tmp_path / "wrong.toml")
    assert said.exit_code == 2
    assert "parameters.effort.key: found the unknown key 'choices.effort_cots'" in said.stderr
    assert "did you mean 'choices.effort_cost'?" in said.stderr
    assert command("calibrate", tmp_path / "none.toml").exit_code == 2


def test_another_folder_is_left_alone(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    said = command("calibrate", text, "--out", tmp_path)
    assert said.exit_code == 2
    assert "holds no results of protestlaw" in said.stderr


def test_an_interrupt_says_that_runs_are_kept(
    command: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sim.experiment.calibration, "calibrate", interrupted)
    said = command("calibrate", text, "--out", tmp_path / "out")
    assert said.exit_code == 130
    assert "The runs that ended are kept in" in said.stderr


def test_the_figures_show_what_the_tables_say(done: Calibration, kept: tuple[Path, Result]) -> None:
    with paper():
        one, other, third = marginals(done), pairs(done), checks(done)
    assert [axes.get_title(loc="left") for axes in one.axes if axes.get_visible()] == ["effort", "yield notice"]
    (density,) = [patch for patch in one.axes[0].patches if patch.get_gid() == "posterior effort"]
    expected, _ = np.histogram(done.posterior.x[:, 0], 20, (0, 1), weights=done.posterior.weights * 20)
    assert density.get_data().values == pytest.approx(expected)
    (panel,) = [axes for axes in other.axes if axes.get_visible()]
    assert (panel.get_xlabel(), panel.get_ylabel()) == ("effort", "yield notice")
    table = done.tables["checks"]
    drawn = {line.get_gid(): line for line in third.axes[0].lines if " P" in str(line.get_gid())}
    told = table[table["verdict"] != "no value"]
    assert set(drawn) == set(told["place"] + " " + told["pattern"])
    for name in ("marginals", "pairs", "checks"):
        image = matplotlib.image.imread(kept[0] / f"{name}.png")
        assert image.shape[1] == pytest.approx(1890, abs=2)


def test_a_place_on_the_scale_of_its_band() -> None:
    about = ("town", "P", "p", "", 1.0, 4.0)
    assert place_in_band(2.0, Goal(*about, log=True, fitted=True)) == pytest.approx(0.5)
    assert place_in_band(2.5, Goal(*about, log=False, fitted=True)) == 0.5
    assert place_in_band(0.0, Goal(*about, log=True, fitted=True)) == -np.inf
