"""``attribute``: what it says, what it keeps, and what it refuses."""

import hashlib
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from typer.main import get_command
from typer.testing import CliRunner, Result

from sim.experiment import Run, simulate
from sim.experiment.attributing import Attribution, plan_attribution
from sim.experiment.exporting import export
from sim.experiment.manifest import THIS_TIME
from sim.experiment.store import STORE, Count
from sim.interface.attribution.answer import of_attribution
from sim.interface.attribution.figure import parts_of_change
from sim.interface.attribution.telling import changes_in_words, letters, sentence
from sim.interface.cli import app
from sim.interface.screen import screen
from sim.interface.style import paper, rendered
from sim.law import load_law
from sim.law.diff import Difference
from sim.population import Town
from sim.scenario import Scenario

Command = Callable[..., Result]
TOP = Path(__file__).resolve().parents[2]
DOCUMENT = (TOP / "docs" / "attribution.md").read_text(encoding="utf-8")
BILL = "kazakhstan/2020-bill"
REFORMED = f"{BILL} + threshold-50 + no-designated-places"
TABLES = ("attribution", "provisions", "runs")
FILES = {"attribution.png", "attribution.svg", "codebook.csv", "manifest.json", STORE, *(f"{name}.csv" for name in TABLES)}


def asked(smaller: list[str], *words: object) -> list[str]:
    return ["attribute", "seminar", BILL, REFORMED, *smaller, "--jobs", "1", *map(str, words)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, smaller: list[str]) -> tuple[Path, Result]:
    """An attribution of two provisions by two seeds, and what was said of it."""
    folder = tmp_path_factory.mktemp("attribute") / "out"
    done = CliRunner().invoke(app, asked(smaller, "--reps", 2, "--out", folder))
    assert done.exit_code == 0, done.output
    return folder, done


# -- what is said and kept ---------------------------------------------------------------------------------------------------


def test_sentences_first_then_the_numbers(kept: tuple[Path, Result]) -> None:
    folder, done = kept
    words = " ".join(done.stdout.split())
    assert words.startswith("Events held: ")
    assert f"A: {BILL}. Bill on peaceful assemblies" in words
    assert "places places: rule: designated -> anywhere" in words
    assert "threshold threshold: 250 persons -> 50 persons" in words
    for title in ("Events held, assemblies, A to B", "Attendance, persons, A to B", "Lawful events, at start, A to B"):
        assert title in words
    assert "Intervals: simulation uncertainty over 2 seeds, not the real world." in words
    assert "Mixtures of laws were never in force anywhere" in words
    assert words.endswith(f"manifest: {folder}")
    assert "2 groups of provisions differ -> all 4 mixtures" in done.stderr
    assert "8 runs: 4 laws x 2 seeds" in done.stderr


def test_the_folder_is_whole(kept: tuple[Path, Result]) -> None:
    folder, _ = kept
    assert {path.name for path in folder.iterdir()} == FILES
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"].keys() == FILES - {"manifest.json", STORE}
    for name, told in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"]
    assert manifest["experiment"]["finished"]
    assert manifest["scenarios"].keys() == {f"seminar, {BILL}", f"seminar, {REFORMED}"}
    (step,) = manifest["experiment"]["steps"]
    assert list(step["provisions"]) == ["threshold", "places"]
    assert (step["mixtures"], step["sampled_orders"]) == (4, None)


def test_the_tables_hold_what_the_codebook_says(kept: tuple[Path, Result], tmp_path: Path) -> None:
    """The exporter reads strictly by it: a column without a row, or a word that is none, is an error there."""
    folder, _ = kept
    done = export(folder, "dta", tmp_path / "dta")
    assert done.tables == (*TABLES, "codebook")
    codebook = pd.read_csv(folder / "codebook.csv", keep_default_na=False)
    assert (codebook["meaning"] != "").all()
    runs = pd.read_csv(folder / "runs.csv", keep_default_na=False)
    assert list(dict.fromkeys(runs["adopted"])) == ["", "threshold", "places", "threshold; places"]
    said = pd.read_csv(folder / "provisions.csv", keep_default_na=False).set_index("key")
    assert tuple(said.loc["places.rule", ["provision", "before", "after"]]) == ("places", "designated", "anywhere")
    assert said.loc["threshold.value", "source_after"].endswith("reform threshold-50")


def test_the_parts_add_up_in_the_file(kept: tuple[Path, Result]) -> None:
    table = pd.read_csv(kept[0] / "attribution.csv")
    for _, rows in table.groupby("outcome"):
        total = rows["provision"] == "total"
        assert rows.loc[~total, "shapley"].sum() == pytest.approx(rows.loc[total, "shapley"].item())


def test_json_is_one_document(command: Command, smaller: list[str]) -> None:
    done = command(*asked(smaller, "--reps", 1, "--outcome", "attendance", "--json"))
    said = json.loads(done.stdout)
    assert [row["provision"] for row in said["attribution"]] == ["threshold", "places", "total"]
    assert said["attribution"][0]["low"] is None
    assert said["steps"][0]["provisions"]["places"][0] == {
        "key": "places.rule",
        "before": "designated",
        "after": "anywhere",
        "follows": False,
    }
    assert "with one seed, which tells nothing of chance" in said["answer"]
    assert any("bills that never were in force" in one for one in said["warnings"])


# -- going on ----------------------------------------------------------------------------------------------------------------


def test_a_killed_attribution_goes_on_to_the_same_files(kept: tuple[Path, Result], smaller: list[str], tmp_path: Path) -> None:
    """Interrupted from the keyboard as soon as it has begun, then asked again."""
    out = tmp_path / "out"
    words = asked(smaller, "--reps", 2, "--out", out)
    code = "from sim.interface.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stderr
    assert any(line.startswith("0 of 8 runs") for line in child.stderr)
    os.killpg(child.pid, signal.SIGINT)
    answer, told = child.communicate(timeout=120)
    assert (child.returncode, answer) == (130, ""), told
    assert f"Interrupted. The runs that ended are kept in {out}; the same command goes on from there." in told
    assert CliRunner().invoke(app, words).exit_code == 0
    for name in FILES - {"manifest.json", STORE}:
        assert (out / name).read_bytes() == (kept[0] / name).read_bytes(), name
    said = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in (out, kept[0])]
    for manifest in said:
        del manifest[THIS_TIME]
    assert said[0] == said[1]


def test_the_same_again_runs_nothing(kept: tuple[Path, Result], command: Command, smaller: list[str]) -> None:
    done = command(*asked(smaller, "--reps", 2, "--out", kept[0]))
    assert done.exit_code == 0
    assert "8 of 8 runs" in done.stderr
    assert done.stdout == kept[1].stdout


def test_a_folder_of_something_else_is_refused(kept: tuple[Path, Result], command: Command, smaller: list[str]) -> None:
    before = (kept[0] / "attribution.csv").read_bytes()
    other = [BILL if word == REFORMED else word for word in asked(smaller, "--reps", 2, "--out", kept[0])]
    done = command(*other[:3], f"{BILL} + no-threshold", *other[4:])
    assert done.exit_code == 2
    assert "holds results, those of 'attribution in seminar:" in done.stderr
    assert "replace them with --again" in done.stderr
    assert (kept[0] / "attribution.csv").read_bytes() == before


def test_a_folder_that_is_no_results_folder_is_left_alone(command: Command, smaller: list[str], tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = command(*asked(smaller, "--reps", 1, "--out", tmp_path, "--again"))
    assert done.exit_code == 2
    assert "holds no results of protestlaw" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_run_that_fails_is_told_kept_and_tried_again(
    command: Command, smaller: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    words = asked(smaller, "--reps", 3, "--outcome", "attendance", "--out", out)

    def failing(scenario: Scenario, seed: int, town: Town | None = None) -> Run:
        if seed == 2 and scenario.law.threshold_value == 50 and scenario.law.places.rule == "anywhere":
            raise ArithmeticError("made to fail")
        return simulate(scenario, seed, town)

    with monkeypatch.context() as patched:
        patched.setattr("sim.experiment.running.worker.simulate", failing)
        done = command(*words)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"1 of 12 runs failed; see {out / 'failures.csv'}"
    assert f"1 of 3 seeds left out of attendance, {BILL} -> {REFORMED}" in " ".join(done.stdout.split())
    failures = pd.read_csv(out / "failures.csv")
    assert failures["error"].item().endswith("made to fail")
    assert (failures["seed"].item(), failures["adopted"].item()) == (2, "threshold; places")
    assert export(out, "dta", tmp_path / "dta").tables == (*TABLES, "failures", "codebook")
    assert command(*words).exit_code == 1
    again = command(*words, "--retry-failed")
    assert again.exit_code == 0, again.output
    assert "11 of 12 runs" in again.stderr
    assert not (out / "failures.csv").exists()


# -- what is refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["seminar", BILL, "kazakhstan/2020-bil"], "No law is called 'kazakhstan/2020-bil'. Did you mean 'kazakhstan/2020"),
        (["seminaar", BILL, REFORMED], "Did you mean 'seminar'?"),
        (["seminar", BILL], "LAW: found 1 law; allowed: two laws or more"),
        (["seminar", BILL, REFORMED, BILL], f"LAW: found '{BILL}' a second time; allowed: two laws or more, each once"),
        (["seminar", BILL, f"{BILL} + threshold-50", "--outcome", "atendance"], "did you mean 'attendance'?"),
        (["seminar-reform", BILL, REFORMED], "found seminar-reform, with reforms on 2019-07-01; allowed: a scenario without"),
        (["seminar", BILL, REFORMED, "--set", "law.threshold=20"], "--set: found 'law.threshold'; allowed: keys of the"),
        (["seminar", BILL, REFORMED, "--split", "places"], "'places' cannot be split; allowed: limits, sanctions"),
        (["seminar", BILL, REFORMED, "--together", "placs,threshold"], "did you mean 'places'?"),
        (["seminar", BILL, REFORMED, "--orders", "5"], "orders: found 5; allowed: an even number from 4"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_words(command: Command, words: list[str], told: str) -> None:
    done = command("attribute", *words, "--reps", 1)
    assert done.exit_code == 2, done.output
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


def test_laws_that_do_not_differ(command: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes((TOP / "scenarios" / "laws" / f"{BILL}.toml").read_bytes())
    done = command("attribute", "seminar", BILL, copy, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "do not differ: there is nothing between them" in done.stderr
    assert not (tmp_path / "out").exists()


# -- the sentence and the figure, of made-up numbers -------------------------------------------------------------------------


def made(small: Scenario, rows: dict[str, tuple[float, float]], outcome: str = "attendance", seeds: int = 20) -> Attribution:
    """An attribution of two provisions: each number with half of its interval."""
    plan = plan_attribution(small, {name: load_law(name) for name in (BILL, REFORMED)}, [outcome], seeds)
    (step,) = plan.steps
    told = []
    for name, (value, half) in rows.items():
        low, high = value - half, value + half
        told.append(
            {"step": step.name, "outcome": outcome, "provision": name, "shapley": value, "low": low, "high": high}
            | {"whole_low": low, "whole_high": high, "clear": bool(low > 0 or high < 0), "seeds": seeds, "left_out": 0}
            | {"revert": value + 1, "revert_low": low, "revert_high": high, "add": value - 1, "add_low": low, "add_high": high}
            | {"interaction": 2.0, "interaction_low": 1.0, "interaction_high": 3.0, "order_error": 0.0}
        )
    return Attribution(plan, pd.DataFrame(told), pd.DataFrame(), pd.DataFrame(), Count(0, 0, 0, 0))


def told(done: Attribution) -> str:
    (step,) = done.plan.steps
    return sentence(done, step, done.plan.outcomes[0])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            {"threshold": (18.0, 2.0), "places": (8.6, 9.0), "total": (26.6, 3.0)},
            (
                "of the +26.6 [+23.6 to +29.6] from A to B, +18.0 [+16.0 to +20.0] is due to threshold; the part of the other is "
                "not clear of 0 (+8.6)."
            ),
        ),
        (
            {"threshold": (18.0, 2.0), "places": (-20.0, 1.0), "total": (-2.0, 3.0)},
            (
                "no clear change from A to B (-2.0 [-5.0 to +1.0]), yet -20.0 [-21.0 to -19.0] is due to places and "
                "+18.0 [+16.0 to +20.0] to threshold."
            ),
        ),
        (
            {"threshold": (18.0, 20.0), "places": (8.6, 9.0), "total": (26.6, 3.0)},
            "+26.6 [+23.6 to +29.6] from A to B; no provision's part is clear of 0.",
        ),
        ({"threshold": (0.0, 0.0), "places": (0.0, 0.0), "total": (0.0, 0.0)}, "nothing changes from A to B."),
    ],
)
def test_a_sentence_names_what_is_clear_of_0_and_nothing_else(
    small: Scenario, rows: dict[str, tuple[float, float]], words: str
) -> None:
    assert told(made(small, rows)) == f"Attendance: {words}"


def test_shares_are_told_in_points(small: Scenario) -> None:
    rows = {"threshold": (0.1, 0.02), "places": (0.05, 0.01), "total": (0.15, 0.02)}
    assert "+10.0 points [+8.0 to +12.0] is due to threshold" in told(made(small, rows, "lawful_share_start"))


def test_without_a_sound_seed_nothing_is_claimed(small: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = dict.fromkeys(("threshold", "places", "total"), (np.nan, np.nan))
    done = made(small, nothing)
    done.table["seeds"], done.table["left_out"] = 0, 20
    assert told(done) == "Attendance: no seed has a value under every mixture from A to B."
    of_attribution(done, screen())
    assert "20 of 20 seeds left out of attendance" in " ".join(capsys.readouterr().out.split())
    with paper():
        rendered(parts_of_change(done, done.plan.steps[0]), "none", "None", "nothing")


def test_what_acts_with_others_is_marked(small: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    of_attribution(made(small, {"threshold": (18.0, 2.0), "places": (8.6, 9.0), "total": (26.6, 3.0)}), screen())
    out = capsys.readouterr().out
    assert re.search(r"threshold +\+18\.0\* +\[\+16\.0 to \+20\.0\] +\+19\.0~", out)
    assert re.search(r"places +\+8\.6 ", out)


def test_much_that_changes_is_told_in_short() -> None:
    many = [Difference(f"refusal.grounds.{number}", "", "a" * 40, "b" * 40) for number in range(9)]
    assert changes_in_words(many).endswith("; and 7 more")
    assert changes_in_words([*many[:1], Difference("x", "", "1", "2", follows=True)]) == str(many[0])


def drawn(figure: Figure) -> dict[str, tuple[float, float, str]]:
    """Every mark of the first panel: where it is, and what fills it."""
    (axes, *_) = figure.axes
    marks = [line for line in axes.lines if line.get_gid()]
    return {
        str(line.get_gid()): (
            float(np.asarray(line.get_xdata())[0]),
            float(np.asarray(line.get_ydata())[0]),
            str(line.get_markerfacecolor()),
        )
        for line in marks
    }


def test_the_figure_sorts_the_parts_and_sets_the_total_apart(small: Scenario) -> None:
    done = made(small, {"threshold": (8.0, 9.0), "places": (-18.0, 2.0), "total": (-10.0, 3.0)})
    with paper():
        figure = parts_of_change(done, done.plan.steps[0])
        marks = drawn(figure)
    assert [marks[name][0] for name in ("places", "threshold", "total")] == [-18.0, 8.0, -10.0]
    places, threshold, total = (marks[name][1] for name in ("places", "threshold", "total"))
    assert places > threshold > total
    assert threshold - total > places - threshold  # a gap before the total
    assert marks["threshold"][2] == "white"  # its interval covers 0
    assert marks["places"][2] != "white"
    assert (marks["add places"][0], marks["revert places"][0]) == (-19.0, -17.0)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["places", "threshold", "total"]
    assert "simulation uncertainty over 20 seeds" in figure.get_supxlabel()


def test_the_same_figure_is_the_same_bytes_and_not_empty(small: Scenario) -> None:
    def make() -> dict[str, bytes]:
        done = made(small, {"threshold": (18.0, 2.0), "places": (8.6, 9.0), "total": (26.6, 3.0)})
        with paper():
            return rendered(parts_of_change(done, done.plan.steps[0]), "attribution", "Parts", "made-up numbers")

    first = make()
    assert first == make()
    pixels = matplotlib.image.imread(io.BytesIO(first["attribution.png"]), format="png")[..., :3]
    assert np.ptp(pixels) > 0.9


def test_every_law_has_a_letter(small: Scenario) -> None:
    done = made(small, {"threshold": (18.0, 2.0), "places": (8.6, 9.0), "total": (26.6, 3.0)})
    assert letters(done.plan) == {BILL: "A", REFORMED: "B"}


# -- the page ----------------------------------------------------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_the_example_of_the_page_prints_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    (example,), (shown,) = blocks("python"), blocks("text")
    exec(compile(example, "docs/attribution.md", "exec"), {})
    assert capsys.readouterr().out == shown


def test_the_command_of_the_page_is_one(small: Scenario) -> None:
    (line,) = blocks("sh")
    program, *words = shlex.split(line)
    assert program == "protestlaw"
    attribute = get_command(app).commands[words.pop(0)]  # type: ignore[attr-defined]
    given = attribute.make_context(
        "attribute", list(words)
    ).params  # options that do not exist, or values out of range, are errors
    assert (given["scenario"], given["reps"], given["outcomes"]) == (words[0], 20, ["attendance", "lawful_share_start"])
    assert len(plan_attribution(small, {name: load_law(name) for name in given["laws"]}, given["outcomes"], 1).steps) == 1


def test_the_columns_of_the_page_are_there(kept: tuple[Path, Result]) -> None:
    columns = set(pd.read_csv(kept[0] / "attribution.csv", nrows=1).columns)
    assert set(re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE)) <= columns
    listed = re.findall(r"^\| `(\w+\.(?:csv|png|sqlite))`", DOCUMENT, re.MULTILINE)
    assert set(listed) <= FILES
