"""The pages of findings say what the committed results say."""

import csv
import json
from pathlib import Path

import pytest

from experiments.pages import PAGES, current
from sim.experiment.design import load_design

ROOT = Path(__file__).resolve().parents[1]
SWEPT = sorted(path.parent for path in (ROOT / "results").glob("*/experiment.toml"))


@pytest.mark.parametrize("page", [*sorted(PAGES.glob("*.md")), *sorted(PAGES.parent.glob("*.md"))], ids=lambda page: page.stem)
def test_tables_are_made_of_the_results(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert current(text) == text, "python -m experiments.pages"


def test_the_index_names_every_page() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    assert all(f"]({page.name})" in index for page in PAGES.glob("*.md") if page.stem != "index")


@pytest.mark.parametrize("folder", SWEPT, ids=lambda folder: folder.name)
def test_results_are_of_the_text_that_stands(folder: Path) -> None:
    """The text beside the results is the one in experiments/, and the runs are those it asks for, none of them failed."""
    text = ROOT / "experiments" / f"{folder.name}.toml"
    assert (folder / "experiment.toml").read_text(encoding="utf-8") == text.read_text(encoding="utf-8")
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["experiment"]
    assert (said["finished"], said["failed"]) == (True, 0)
    with (folder / "runs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == said["runs"]
    assert {row["status"] for row in rows} == {"done"}


def test_there_are_results() -> None:
    assert {"threshold-by-fine", "the-254th", "notice-by-anger", "regimes", "known-truth"} <= {folder.name for folder in SWEPT}


@pytest.mark.parametrize("name", ["threshold-by-fine", "the-254th"])
def test_a_standing_experiment_has_pairs_enough(name: str) -> None:
    assert len(load_design(ROOT / "experiments" / f"{name}.toml").seeds) >= 20
