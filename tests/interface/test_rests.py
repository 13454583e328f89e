"""``rests``: what it says, what it keeps, and what it refuses."""

import hashlib
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from rich.console import Console
from typer.main import get_command
from typer.testing import CliRunner, Result

from sim.experiment.exporting import export
from sim.experiment.resting import Resting, RestingPlan, plan_resting
from sim.experiment.resting.resting import MAIN, NOISE, REST
from sim.experiment.resting.sign import REGIONS
from sim.experiment.store import STORE, Count
from sim.interface.cli import app
from sim.interface.resting.answer import of_resting
from sim.interface.resting.figure import what_it_rests_on
from sim.interface.resting.telling import budget_in_words, sentence
from sim.interface.style import A, paper, rendered
from sim.scenario import Scenario

Command = Callable[..., Result]
TOP = Path(__file__).resolve().parents[2]
DOCUMENT = (TOP / "docs" / "rests.md").read_text(encoding="utf-8")
TABLES = ("assumptions", "budget", "signs", "held", "points", "runs")
FILES = {
    *("rests-attendance.png", "rests-attendance.svg", "codebook.csv", "manifest.json", STORE),
    *(f"{name}.csv" for name in TABLES),
}
NAME = "rests-attendance.svg"
POINTS = 20
BELOW = {"above": 0.07, "above_low": 0.03, "above_high": 0.12}


def asked(*words: object) -> list[str]:
    small = ["town.people.adults=2000", "organisers.per_100k=500", "organisers.opportunities=20.0", "shocks=[]"]
    changes = [word for setting in small for word in ("--set", setting)]
    told = ["rests", "seminar", "seminar", *changes, "--set-b", "law.threshold=20", "--days", 30, "--jobs", 1]
    return [str(word) for word in (*told, "--points", POINTS, "--outcome", "attendance", *words)]


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two draws of two parameters, as a calibration writes them."""
    folder = tmp_path_factory.mktemp("posterior")
    draws = {"draw": [0, 1], "weight": [0.5, 0.5], "sigma": [0.1, 0.4], "style": [0.8, 0.2]}
    about = {"parameter": ["sigma", "style"], "key": ["behaviour.sigma", "police.style"], "place": ["", ""], "town": ["", ""]}
    pd.DataFrame(draws).to_csv(folder / "posterior.csv", index=False)
    pd.DataFrame(about).to_csv(folder / "parameters.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, posterior: Path) -> tuple[Path, Result]:
    """A small question, and what was said of it."""
    folder = tmp_path_factory.mktemp("rests") / "out"
    done = CliRunner().invoke(app, asked("--posterior", posterior, "--out", folder))
    assert done.exit_code == 0, done.output
    return folder, done


# -- what is said and kept ---------------------------------------------------------------------------------------------------


def test_sentences_first_then_the_numbers(kept: tuple[Path, Result]) -> None:
    folder, done = kept
    words = " ".join(done.stdout.split())
    assert words.startswith("Attendance: ")
    assert "over all that was varied it is" in words
    assert "Attendance, persons, B - A: what it rests on" in words
    assert "in assumptions.csv" in words
    assert "Of the variance of one pair of runs" in words
    assert "80 runs (20 points, each with 2 seeds of its own, A and B alike), 30 days" in words
    assert "no statement about how likely a value is" in words
    assert words.endswith(f"manifest: {folder}")
    assert re.search(
        r"\d+ assumptions are varied, 2 of them jointly, from the posterior; \d+ numbers are held fixed", done.stderr
    )
    assert "80 runs: 20 points x 2 seeds x A and B" in done.stderr


def test_the_folder_is_whole(kept: tuple[Path, Result]) -> None:
    folder, _ = kept
    assert {path.name for path in folder.iterdir()} - {"regions.csv"} == FILES
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, told in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"]
    assert manifest["scenarios"].keys() == {"A", "B"}
    assert manifest["seeds"] == list(range(1, 41))
    about = manifest["experiment"]
    assert about["finished"]
    assert about["from_posterior"] == ["behaviour.sigma", "police.style"]
    assert (about["points"], about["seeds_each"], about["spread"]) == (20, 2, 0.25)


def test_its_figures_are_drawn_again_from_its_tables(kept: tuple[Path, Result], command: Command, tmp_path: Path) -> None:
    folder, _ = kept
    done = command("figures", folder, "--format", "png", "--format", "svg", "--out", tmp_path / "again")
    assert done.exit_code == 0, done.output
    again, first = (place.read_text(encoding="utf-8") for place in (tmp_path / "again" / NAME, folder / NAME))
    assert again.partition("</metadata>")[2] == first.partition("</metadata>")[2]


def test_the_tables_hold_what_the_codebook_says(kept: tuple[Path, Result], tmp_path: Path) -> None:
    """The exporter reads strictly by it: a column without a row, or a word that is none, is an error there."""
    folder, _ = kept
    done = export(folder, "dta", tmp_path / "dta")
    assert set(done.tables) - {"regions"} == {*TABLES, "codebook"}
    codebook = pd.read_csv(folder / "codebook.csv", keep_default_na=False)
    assert (codebook["meaning"] != "").all()
    points = pd.read_csv(folder / "points.csv")
    assert len(points) == POINTS
    assert set(zip(points["behaviour.sigma"], points["police.style"], strict=True)) == {(0.1, 0.8), (0.4, 0.2)}
    held = pd.read_csv(folder / "held.csv")
    assert not set(held["assumption"]) & set(points.columns)


def test_the_same_again_runs_nothing(kept: tuple[Path, Result], posterior: Path, command: Command) -> None:
    done = command(*asked("--posterior", posterior, "--out", kept[0]))
    assert done.exit_code == 0
    assert "80 of 80 runs, 0 s" in done.stderr
    assert done.stdout == kept[1].stdout


def test_a_folder_of_something_else_is_refused(kept: tuple[Path, Result], command: Command) -> None:
    before = (kept[0] / "assumptions.csv").read_bytes()
    done = command(*asked("--out", kept[0]))  # without that posterior it is another question
    assert done.exit_code == 2
    assert "holds results, those of 'what seminar - seminar rests on" in done.stderr
    assert (kept[0] / "assumptions.csv").read_bytes() == before


def test_json_is_one_document(posterior: Path, command: Command, kept: tuple[Path, Result]) -> None:
    done = command(*asked("--posterior", posterior, "--out", kept[0], "--json"))
    said = json.loads(done.stdout)
    assert said["answer"].startswith("Attendance: ")
    assert said["runs"] == 80
    assert len(said["assumptions"]) == len(said["varied"])
    assert {row["part"] for row in said["budget"]} == {NOISE, MAIN, REST}
    assert said["held"][0].keys() == {"name", "value", "why", "source"}


# -- what is refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["seminar", "seminaar"], "Did you mean 'seminar'?"),
        (["seminar", "seminar"], "SCENARIO_B: found seminar, which says what A says; allowed: a scenario that differs from A"),
        (["seminar", "berlin"], "SCENARIO_B: found berlin, in Berlin, 2019; allowed: a scenario in the town of A, A"),
        (["seminar", "seminar-reform", "--outcome", "atendance"], "did you mean 'attendance'?"),
        (["seminar", "seminar-reform", "--spread", "0"], "spread: found 0; allowed: a share of each range, above 0"),
        (["seminar", "seminar-reform", "--posterior", "nowhere"], "posterior.csv: found no such file; allowed: what protestlaw"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_words(command: Command, words: list[str], told: str) -> None:
    done = command("rests", *words)
    assert done.exit_code == 2, done.output
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


# -- the sentence and the figure, of made-up numbers -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plan(small: Scenario, without_threshold: Scenario) -> RestingPlan:
    return plan_resting(small, without_threshold, ["attendance"], points=20)


def made(plan: RestingPlan, named: int = 2, regions: list[dict[str, Any]] | None = None, **sign: float) -> Resting:
    """Eighteen assumptions with falling shares, of which the first ones are named."""
    rows = []
    for place, one in enumerate(plan.assumptions[:18]):
        share = 0.4 / (1 + place)
        row = {"outcome": "attendance", "rank": place + 1, "assumption": one.name, "share": share}
        row |= {"share_low": share - 0.1, "share_high": share + (2.0 if place == 2 else 0.1), "rank_share": share + 0.05}
        row |= {"by_chance": 0.001 if place < named else 0.5, "named": place < named}
        row |= {"direction": ("rises", "falls", "unclear")[place % 3], "low_end": 0.1, "high_end": 0.9}
        rows.append(row | {"at_low": 100.0, "at_high": 800.0 - 20 * place})
    about = {"mean": 450.0, "low": 400.0, "high": 500.0, "noise_sd": 50.0, "expected_sd": 90.0, "above": 0.93}
    about |= {
        "above_low": 0.88,
        "above_high": 0.97,
        "raw_above": 0.9,
        "raw_below": 0.08,
        "points": 300,
        "pairs": 600,
        "left_out": 0,
    }
    parts = [(NOISE, 0.25, np.nan, np.nan), (MAIN, 0.6, 0.5, 0.7), (REST, 0.15, np.nan, np.nan)]
    budget = pd.DataFrame([("attendance", *part) for part in parts], columns=["outcome", "part", "share", "low", "high"])
    signs = pd.DataFrame([{"outcome": "attendance", **about, **sign}])
    where = pd.DataFrame(regions or [], columns=["outcome", *REGIONS])
    empty = pd.DataFrame()
    return Resting(plan, pd.DataFrame(rows), budget, signs, where, empty, empty, Count(0, 0, 0, 0))


def region(assumption: str, least: float, most: float, *, found: bool = True) -> dict[str, Any]:
    told = {"outcome": "attendance", "region": 1, "assumption": assumption, "least": least, "most": most, "quasi_p": 0.001}
    return told | {"density": 0.8, "coverage": 0.7, "points": 20, "by_chance": 0.01 if found else 0.4, "found": found}


def test_a_sentence_says_the_difference_its_sign_what_it_rests_on_and_where_it_flips(plan: RestingPlan) -> None:
    first, second = (one.name for one in plan.assumptions[:2])
    done = made(plan, regions=[region(first, 0.4, np.nan), region(second, np.nan, 0.12345)])
    assert sentence(done, "attendance") == (
        "Attendance: +450 [+400 to +500] from A to B on average; over all that was varied it is above 0 in 93 % of cases "
        "[88 to 97 %]; of the points as run 90 % lie above 0 and 8 % below. "
        f"It rests most on {first} (+100 at 0.1, +800 at 0.9) and {second} (+100 at 0.1, +780 at 0.9). "
        f"The sign flips mostly where {first} is 0.4 or more and {second} is 0.123 or less "
        "(at 80 % of the 20 points there, 8 % of all)."
    )


@pytest.mark.parametrize(
    ("named", "sign", "words"),
    [
        (0, {}, "No assumption by itself makes more of it than chance could."),
        (0, {"expected_sd": 0.0}, "Points differ no more than seeds make them, so no assumption can be named."),
        (7, {}, "and 2 more."),
        (2, {"mean": -450.0, "low": -500.0, "high": -400.0, **BELOW}, "it is below 0 in 93 % of cases [88 to 97 %]"),
        (2, {"low": -20.0}, "no clear change from A to B on average (+450 [-20 to +500]);"),
        (2, {"raw_below": 0.0}, "At no point does the sign flip."),
        (2, {"above": 0.9997}, "in over 99 % of cases"),
        (2, {"noise_sd": 0.0, "expected_sd": 0.0}, "Attendance: +450 from A to B at every point, whatever is assumed."),
        (2, {"noise_sd": 0.0, "expected_sd": 0.0, "mean": 0.0}, "Attendance: nothing changes from A to B at every point"),
    ],
)  # fmt: skip
def test_a_sentence_claims_no_more_than_there_is(plan: RestingPlan, named: int, sign: dict[str, Any], words: str) -> None:
    assert words in sentence(made(plan, named, **sign), "attendance")


def test_a_region_that_chance_finds_too_is_none(plan: RestingPlan) -> None:
    done = made(plan, regions=[region(plan.assumptions[0].name, 0.4, 0.6, found=False)])
    assert "at 8 % of points, but no region of the assumptions was found where it does." in sentence(done, "attendance")


def test_what_the_variance_is_made_of(plan: RestingPlan) -> None:
    assert budget_in_words(made(plan), "attendance") == (
        "Of the variance of one pair of runs 25 % is noise between seeds, 60 % [50 to 70] is assumptions each by itself, "
        "and 15 % assumptions together or what the curves miss"
    )


def test_pairs_without_a_value_are_told(plan: RestingPlan) -> None:
    out = io.StringIO()
    of_resting(made(plan, left_out=3, pairs=597), Console(file=out, width=118))
    assert "3 of 600 pairs have no value of attendance, and are left out." in out.getvalue()
    assert "and 3 more, in assumptions.csv" in out.getvalue()


def bars(figure: Figure) -> dict[str, Any]:
    return {str(patch.get_gid()): patch for axes in figure.axes for patch in axes.patches if patch.get_gid()}


def test_the_figure_shows_shares_chance_and_what_the_variance_is_made_of(plan: RestingPlan) -> None:
    done = made(plan)
    with paper():
        figure = what_it_rests_on(done, "attendance")
    drawn = bars(figure)
    names = [one.name for one in plan.assumptions[:15]]
    assert set(names) <= set(drawn)
    assert plan.assumptions[15].name not in drawn
    assert drawn[names[0]].get_width() == pytest.approx(0.4)
    assert matplotlib.colors.to_hex(drawn[names[0]].get_facecolor()).upper() == A.colour
    assert (drawn[names[0]].get_hatch(), drawn[names[2]].get_hatch()) == (None, "/////")
    assert [drawn[part].get_width() for part in (NOISE, MAIN, REST)] == pytest.approx([0.25, 0.6, 0.15])
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "+100 \N{RIGHTWARDS ARROW} +800" in words
    assert words.count("\N{NORTH EAST ARROW}") == 5
    (beyond,) = (line for line in figure.axes[0].lines if line.get_marker() == ">")
    assert np.asarray(beyond.get_xdata()).tolist() == [1.1]


def test_the_same_figure_is_the_same_bytes_and_not_empty(plan: RestingPlan) -> None:
    def make() -> dict[str, bytes]:
        with paper():
            return rendered(what_it_rests_on(made(plan), "attendance"), "rests", "What it rests on", "made-up numbers")

    first = make()
    assert first == make()
    pixels = matplotlib.image.imread(io.BytesIO(first["rests.png"]), format="png")[..., :3]
    assert np.ptp(pixels) > 0.9


# -- the page ----------------------------------------------------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_the_example_of_the_page_prints_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    (example,), (shown,) = blocks("python"), blocks("text")
    exec(compile(example, "docs/rests.md", "exec"), {})
    assert capsys.readouterr().out == shown


def test_the_command_of_the_page_is_one() -> None:
    (line,) = blocks("sh")
    program, *words = shlex.split(line)
    assert program == "protestlaw"
    command = get_command(app).commands[words.pop(0)]  # type: ignore[attr-defined]
    given = command.make_context("rests", list(words)).params  # options that do not exist are errors
    assert (given["a"], given["b"]) == (words[0], words[1])


def test_the_columns_and_files_of_the_page_are_there(kept: tuple[Path, Result]) -> None:
    columns = {name for table in TABLES for name in pd.read_csv(kept[0] / f"{table}.csv", nrows=1).columns}
    told = set(re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE))
    assert told
    assert told <= columns
    listed = set(re.findall(r"^\| `([\w-]+\.(?:csv|sqlite))`", DOCUMENT, re.MULTILINE))
    assert listed <= FILES | {"regions.csv"}
