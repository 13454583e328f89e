"""``patterns``: what it says, draws and keeps, of simulated cities and of real ones, and what it refuses."""

import functools
import json
import math
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from typer.testing import CliRunner, Result

from sim.experiment.battery import Battery, battery
from sim.experiment.exporting import export
from sim.experiment.manifest import THIS_TIME
from sim.interface.cli import app
from sim.interface.patterns.figure import battery_figure, place
from sim.interface.patterns.telling import number, sentence
from sim.interface.style import paper, rendered
from sim.measurement.patterns import PATTERNS, Events, Stretch, load_targets
from tests.measurement.patterns.made import MONDAY

Command = Callable[..., Result]
TOP = Path(__file__).resolve().parents[2]
DOCUMENT = (TOP / "docs" / "patterns.md").read_text(encoding="utf-8")
FILES = {"codebook.csv", "manifest.json", "patterns.csv", "patterns.png", "patterns.svg"}
MAP = """
[city]
title = "Exampletown 2022"
regime = "N"
inhabitants = 400_000
[columns]
date = "day"
attended = "came"
declared = "declared"
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file of 300 events of one year, and what its columns mean."""
    folder = tmp_path_factory.mktemp("real")
    drawn = np.random.default_rng(1)
    dates = pd.Timestamp("2022-01-01") + pd.to_timedelta(np.sort(drawn.integers(0, 365, 300)), unit="D")
    declared = np.ceil(np.exp(drawn.normal(3.5, 1.3, 300)))
    came = np.ceil(declared * np.exp(drawn.normal(-0.35, 0.9, 300)))
    table = pd.DataFrame({"day": dates.strftime("%Y-%m-%d"), "came": came, "declared": declared})
    table.to_csv(folder / "town.csv", index=False)
    (folder / "town.toml").write_text(MAP, encoding="utf-8")
    return folder / "town.csv", folder / "town.toml"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, smaller: list[str], real: tuple[Path, Path]) -> tuple[Path, Result]:
    """A small town with two seeds beside a real city, and what was said of both."""
    folder = tmp_path_factory.mktemp("patterns") / "out"
    changes = [word for word in smaller if word not in {"--days", "60"}]
    words = ["patterns", "seminar", *changes, "--set", "scenario.days=120", "--reps", "2", "--jobs", "1", "--regime", "N"]
    words += ["--events", str(real[0]), "--columns", str(real[1]), "--out", str(folder)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return folder, done


# -- what is said and kept -----------------------------------------------------------------------------------------------------


def test_both_cities_are_told_side_by_side(kept: tuple[Path, Result]) -> None:
    folder, done = kept
    words = " ".join(done.stdout.split())
    assert "events held in 2 runs" in words
    assert "Exampletown 2022: 300 events held" in words
    assert "regime N (notification that is honoured)" in words
    assert re.search(r"Held out: \d+ pass, \d+ fail, \d+ (is|are) unclear; calibrated on: \d+ pass", words)
    assert re.search(r"P4a attended / declared, median [\d.]+ \[[\d. to]+\] \w+ [\d.]+ \[[\d. to]+\] \w+ 0.55 to 0.8 A", words)
    assert re.search(r"Calibrated on \(A\): P1a, P4a, .*P10d; all others are held out", words)
    assert "Exampletown 2022: intervals: 95 %, grouped jackknife over 10 blocks of time." in words
    assert "P5 (B): the file does not tell: notified or filed." in words
    assert "P15a (A): the city's inhabitants are not known." in words
    assert "held out is no blind test" in words
    assert "Set by it: the calibration of" in words
    assert words.endswith(f"manifest: {folder}")


def test_the_folder_is_whole(kept: tuple[Path, Result]) -> None:
    folder, _ = kept
    assert {path.name for path in folder.iterdir()} == {*FILES, "runs.csv"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seeds"] == [1, 2]
    assert set(manifest["record"]["files"]) == {"town.csv", "town.toml"}
    assert manifest["record"]["mapping"]["city"]["title"] == "Exampletown 2022"
    assert manifest[THIS_TIME]["command"][0] == "protestlaw"
    table = pd.read_csv(folder / "patterns.csv")
    assert set(table["city"]) == {"seminar", "town"}
    assert set(table.loc[table["city"] == "town", "use"]) == {"observed"}


@pytest.mark.parametrize("to", ["dta", "csv"])
def test_other_programs_can_read_it(kept: tuple[Path, Result], tmp_path: Path, to: str) -> None:
    done = export(kept[0], to, tmp_path / to)
    assert done.tables == ("patterns", "runs", "codebook")
    assert done.left_out == ()
    if to == "dta":
        found = pd.read_stata(tmp_path / "dta" / "patterns.dta")
        own = pd.read_csv(kept[0] / "patterns.csv")
        assert found["value"].tolist() == pytest.approx(own["value"].tolist(), nan_ok=True)


def test_the_document_says_the_same(command: Command, real: tuple[Path, Path]) -> None:
    done = command("patterns", "--events", real[0], "--columns", real[1], "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    (city,) = said["cities"]
    assert (city["name"], city["events_held"], city["town"], city["runs"]) == ("town", 300, None, [])
    rows = {row["pattern"]: row for row in city["patterns"]}
    assert rows["P5"]["value"] is None
    assert rows["P15a"]["value"] == pytest.approx(300 / 400_000 * 1e5, rel=0.05)
    assert rows["P4a"]["low"] < rows["P4a"]["value"] < rows["P4a"]["high"]
    assert "Of " in said["answer"]


def test_one_city_alone_goes_to_a_folder_too(command: Command, real: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "alone"
    done = command("patterns", "--events", real[0], "--columns", real[1], "--regime", "P", "--out", out)
    assert done.exit_code == 0, done.output
    assert {path.name for path in out.iterdir()} == FILES
    assert "P12: the file does not tell: critical, refused." in " ".join(done.stdout.split())
    assert command("patterns", "--events", real[0], "--columns", real[1], "--out", out).exit_code == 2


# -- what is refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no scenario and no file of events"),
        (["--events", "a.csv"], "--columns: found nothing"),
        (["--columns", "a.toml"], "--events: found nothing"),
        (["semnar"], "Did you mean 'seminar'?"),
        (["seminar", "--events", "a.csv", "--columns", "none.toml"], "none.toml: 1 problem"),
    ],
)
def test_what_cannot_be_done_is_told(command: Command, words: list[str], said: str) -> None:
    done = command("patterns", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_a_wrong_file_is_told_before_anything_is_run(command: Command, real: tuple[Path, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("day,came,declared\n2022-01-01,-1,5\nyesterday,3,many\n", encoding="utf-8")
    done = command("patterns", "berlin", "--events", wrong, "--columns", real[1])
    assert done.exit_code == 2
    assert "line 2, came: found '-1'" in done.stderr
    assert "line 3, day: found 'yesterday'" in done.stderr
    assert "line 3, declared: found 'many'" in done.stderr
    assert "runs" not in done.stderr


# -- the figure ----------------------------------------------------------------------------------------------------------------


@functools.cache
def made(name: str, exponent: float, *, seeds: bool = True) -> Battery:
    """A city with three runs, whose sizes fall with an exponent."""
    drawn = np.random.default_rng(round(100 * exponent))
    parts = [
        pd.DataFrame(
            {
                "stretch": run,
                "day": np.sort(drawn.integers(0, 364, 700)),
                "held": 1.0,
                "attended": np.ceil(20 * (1 - drawn.random(700)) ** (-1 / (exponent - 1))),
                "unnotified": 0.0,
            }
        )
        for run in range(3)
    ]
    events = Events.of(pd.concat(parts), [Stretch(MONDAY, 364)] * 3, 1e6)
    return battery(events, name, f"The city of {name}", ["N"], seeds=[1, 2, 3] if seeds else [])


def texts_of(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [text.get_text() for text in figure.texts]


def test_every_pattern_has_its_row_its_numbers_and_a_marker_of_its_verdict() -> None:
    done = made("Here", 2.05)
    with paper():
        figure = battery_figure([done])
        words = texts_of(figure)
        markers = [line.get_marker() for line in figure.axes[0].lines if line.get_marker() in {"o", "D", "X"}]
    rows = done.table
    judged = rows[rows["verdict"].isin(["pass", "fail", "unclear"])]
    for target in load_targets().patterns:
        assert (f"{target.id}  {target.short}" in words) == (target.id in set(rows["pattern"]))
    counted = {mark: markers.count(mark) for mark in ("o", "D", "X")}
    assert counted == {"o": done.count("pass"), "D": done.count("unclear"), "X": done.count("fail")}
    assert sum(counted.values()) == len(judged)
    assert counted["X"] > 0
    value = rows.set_index("pattern").loc["P1a", "value"]
    assert number(float(value), "") in words


def test_two_cities_are_told_apart_by_letters_too() -> None:
    with paper():
        words = texts_of(battery_figure([made("Here", 2.05), made("There", 2.6, seeds=False)]))
    assert any(word.startswith("A: The city of Here") for word in words)
    assert any(word.startswith("B: The city of There") for word in words)
    assert any(re.match(r"A\s+[\d.]+", word) for word in words)
    assert any(re.match(r"B\s+[\d.]+", word) for word in words)


def test_no_words_leave_the_page_or_cover_each_other() -> None:
    with paper():
        figure = battery_figure([made("Here", 2.05), made("There", 2.6)])
        figure.canvas.draw()
        page = figure.bbox
        shown = [text for axes in figure.axes for text in axes.texts if text.get_text()]
        boxes = [(text.get_text(), *text.get_window_extent().extents.tolist()) for text in shown]
    for words, left, _, right, _ in boxes:
        assert page.x0 <= left < right <= page.x1, words
    for at, (words, left, low, right, high) in enumerate(boxes):
        for others, left_2, low_2, right_2, high_2 in boxes[at + 1 :]:
            beside = right <= left_2 + 1 or right_2 <= left + 1
            assert beside or high <= low_2 + 3 or high_2 <= low + 3, (words, others)


def test_the_same_figure_gives_the_same_bytes() -> None:
    with paper(), mpl.rc_context({"savefig.dpi": 50}):
        one, other = (rendered(battery_figure([made("Here", 2.05)]), "patterns", "t", "a") for _ in range(2))
    assert one == other


def test_a_band_spans_its_scale() -> None:
    by = {target.id: target for target in load_targets().patterns}
    assert (place(1.8, by["P1a"]), place(2.45, by["P1a"])) == (0.0, pytest.approx(1.0))
    assert place(math.sqrt(58 * 241), by["P15a"]) == pytest.approx(0.5)  # the scale of a rate is logarithmic
    assert place(0.0, by["P15a"]) == -math.inf
    assert math.isnan(place(2.0, by["P1c"]))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.196, "share", "19.6 %"),
        (2.0534, "", "2.05"),
        (113.243, "x", "113"),
        (12015.0, "", "12,015"),
        (math.nan, "", "-"),
        (-0.034, "", "-0.034"),
    ],
)
def test_numbers(value: float, unit: str, said: str) -> None:
    assert number(value, unit) == said


def test_the_sentence_counts_what_the_table_has() -> None:
    done = made("Here", 2.05)
    told = sentence(done)
    assert f"{done.count('pass')} pass, {done.count('fail')} fail" in told
    missing = done.count("no value")
    assert f"{missing} {'have' if missing > 1 else 'has'} no value" in told


# -- the page of documentation -------------------------------------------------------------------------------------------------


def test_the_page_names_every_pattern_and_its_commands_exist() -> None:
    for name in PATTERNS:
        assert f"| {name} |" in DOCUMENT, name
    for target in load_targets().patterns:
        if target.band:
            low, high = target.band
            assert re.search(rf"\| {target.id} \|.*\| {low:g} to {high:g} \| {target.grade} \|", DOCUMENT), target.id
    for line in re.findall(r"^protestlaw .+$", DOCUMENT, re.MULTILINE):
        words = shlex.split(line, comments=True)
        assert words[1] in {one.name for one in app.registered_commands}


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    from sim.experiment.battery import read_mapping

    (example,) = re.findall(r"^```toml\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    path = tmp_path / "city.toml"
    path.write_text(example, encoding="utf-8")
    assert read_mapping(path).city.regime == "N"
