"""``report``: what a page holds, that its numbers are the folder's, that it needs nothing else, and what is refused."""

import csv
import html
import itertools
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import pytest
from typer.testing import Result

from sim.errors import InputError
from sim.experiment import manifest
from sim.interface.attribution.telling import sentence_on
from sim.interface.figuring.of_sweeps import design_in
from sim.interface.figuring.opening import Results, open_results
from sim.interface.numbers import Scale
from sim.interface.reporting.assumptions import PARTS, ground
from sim.interface.reporting.building import build
from sim.interface.reporting.held import held_against
from sim.interface.reporting.laws import chapters
from sim.interface.reporting.of_runs import of_comparison
from sim.interface.reporting.origin import seeds_in_words
from sim.interface.reporting.page import MAY_NOT, page
from sim.interface.reporting.pictures import inline, pictures
from sim.interface.reporting.varying import sentences
from sim.interface.sentences import clauses
from sim.interface.tabling import label_of
from sim.law.diff import diff
from sim.scenario import load_scenario, parameters
from sim.texts import names
from tests.conftest import small_scenario
from tests.interface.reporting.conftest import KINDS
from tests.interface.reporting.made import Read

if TYPE_CHECKING:
    from sim.experiment.design import Design

Command = Callable[..., Result]
Kept = Callable[[str], Path]
Reading = Callable[[str], Read]
DOCS = Path(__file__).resolve().parents[3] / "docs"
SECTIONS = [
    "The answer",
    "What came of it",
    "The law",
    "Figures",
    "Assumptions",
    "Patterns of real protest",
    "How to make it again",
]


def rows_in(path: Path) -> list[dict[str, str]]:
    """The rows of a table as they are written, digit by digit."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# -- every report ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_well_formed_and_needs_nothing_else(kind: str, read: Reading) -> None:
    found = read(kind)
    assert found.wrong == []
    assert len(found.ids) == len(set(found.ids))
    assert found.asked == []
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    assert all(link.startswith(("#", "https://", "http://")) for link in found.links)
    assert not re.search(r"<(script|iframe|object|embed|form)\b|@import|url\((?!#)", found.text)
    assert "default-src 'none'" in found.text
    assert '<html lang="en">' in found.text
    assert len(found.text) < 2_000_000
    assert not re.search(r"\bnan\b|\bNone\b|\{\{|\{%|Undefined", found.words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_its_parts_in_order(kind: str, read: Reading) -> None:
    found = read(kind)
    levels = [level for level, _ in found.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    told = [text.replace("The laws", "The law") for level, text in found.headings if level == 2]
    if kind == "patterns":
        assert sorted(told) == sorted(set(SECTIONS) - {"What came of it"})
    else:
        assert told == SECTIONS
    for one in found.pictures:
        assert one["role"] == "img"
        assert one["aria-label"]
    assert len(found.pictures) >= 1
    assert "not the real world" in found.words or kind == "patterns"
    assert "What may not be concluded" in found.words


def test_what_may_not_be_concluded_is_what_the_docs_say() -> None:
    told = " ".join(re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", (DOCS / "conclude.md").read_text(encoding="utf-8")).split())
    for head, text in MAY_NOT:
        assert f"**{head}** {text}" in told


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_behind_the_runs_is_there_with_its_source(kind: str, read: Reading, kept: Kept) -> None:
    found, results = read(kind), open_results(kept(kind))
    scenario = design_in(results).scenarios[1] if kind == "sweep" else results.scenario(results.names[0])
    cells = {tuple(row[-4:]) for title, rows in found.tables.items() if "assumption" in title for row in rows}
    wanted = parameters(scenario)
    for row in wanted:
        low, high = row.range
        assert (row.unit, f"{low:g} to {high:g}", ground(row.source), row.source) in cells, row.name
    assert f"{len(wanted)} numbers stand behind the runs" in found.words
    assert {row.name.partition(".")[0] for row in wanted} <= set(PARTS)
    assert "centre of the posterior" in found.text


@pytest.mark.parametrize("name", names("scenario"))
def test_a_scenario_of_a_manifest_has_the_sources_of_its_text(name: str) -> None:
    scenario = load_scenario(name)
    said = {"scenarios": {name: json.loads(json.dumps(manifest.told(scenario)))}}
    again = Results(Path(), said).scenario(name)
    assert again == scenario
    assert parameters(again) == parameters(scenario)


@pytest.mark.parametrize("kind", KINDS)
def test_how_to_make_it_again(kind: str, read: Reading, kept: Kept) -> None:
    found, said = read(kind), json.loads((kept(kind) / "manifest.json").read_text(encoding="utf-8"))
    assert "protestlaw " + " ".join(said["this_time"]["command"][1:]) in found.words
    for told in said["scenarios"].values():
        assert told["fingerprint"] in found.text
        assert json.dumps(told["resolved"], indent=1, ensure_ascii=False) in html.unescape(found.text)
    for name, told in said["files"].items():
        assert name in found.words
        assert told["sha256"] in found.text
    assert f"Seeds{seeds_in_words(said['seeds'])} ({len(said['seeds'])})".replace(" ", "") in found.words.replace(" ", "")


# -- one kind of folder ------------------------------------------------------------------------------------------------------


def test_a_comparison_has_the_numbers_of_its_table(read: Reading, kept: Kept) -> None:
    lines = {label: values for label, values in read("compare").exact if values}
    rows = rows_in(kept("compare") / "effects.csv")
    assert len(rows) > 40
    for row in rows:
        wanted = [row[name] for name in ("mean_a", "mean_b", "difference")]
        assert lines[label_of(row["indicator"])[0]] == [*wanted, f"{row['low']} {row['high']}"], row["indicator"]


def test_a_comparison_answers_in_the_words_of_the_command(read: Reading, kept: Kept) -> None:
    found, results = read("compare"), open_results(kept("compare"))
    said = of_comparison(results).answer.told
    assert said[:4] == tuple(f"{one[:1].upper()}{one[1:]}." for one in clauses(results.table("effects")))
    assert said[4].startswith("Of ")
    assert said[4].endswith("others come.")
    assert len(said) == 5
    assert all(one in found.words for one in said)
    (table,) = (rows for title, rows in found.tables.items() if title.startswith("Means under A"))
    groups = [row[0] for row in table if len(row) == 1]
    assert groups[:2] == ["What took place", "What did not take place"]
    assert {row[-1] for row in table if len(row) == 6} - {""} <= {"clear", "no clear change", "exactly 0"}
    assert "a fall in unlawful events may be protest that became lawful, or protest that did not take place" in found.words


def test_a_comparison_marks_what_is_clear(read: Reading, kept: Kept) -> None:
    rows = {label_of(row["indicator"])[0]: row for row in rows_in(kept("compare") / "effects.csv")}
    told = {
        row[0].strip(): row[-1]
        for table in read("compare").tables.values()
        for row in table
        if row[-1] in {"clear", "no clear change"}
    }
    assert told
    for label, verdict in told.items():
        low, high = float(rows[label]["low"]), float(rows[label]["high"])
        assert (verdict == "clear") == (low > 0 or high < 0), label


def test_laws_that_are_compared_stand_beside_each_other_and_differ_with_sources(read: Reading, kept: Kept) -> None:
    found, results = read("compare"), open_results(kept("compare"))
    a, b = map(results.scenario, results.names)
    rows = found.tables["The laws, provision by provision"]
    for one in diff(a.law, b.law):
        assert any([one.before, one.source_before, one.after, one.source_after] == row[1:] for row in rows), one.key
    told = chapters({"A": a, "B": b})
    places = next(chapter for chapter in told if chapter.title == "Places")
    assert [version.letters for version in places.versions] == [("A", "B")]
    duties = next(chapter for chapter in told if chapter.title == "What must be done beforehand")
    assert [version.letters for version in duties.versions] == [("A",), ("B",)]
    assert all(" ".join(sentence.split()) in found.words for version in duties.versions for sentence in version.sentences)


def test_a_law_that_is_reformed_on_the_way_is_told_twice() -> None:
    told = chapters({"": load_scenario("seminar-reform")})
    kind = told[0]
    assert [version.letters for version in kind.versions] == [("from 2019-01-01",), ("from 2019-07-01",)]


def test_runs_with_drawn_parameters(read: Reading, kept: Kept) -> None:
    found = read("run")
    lines = {label: values for label, values in found.exact if values}
    for row in rows_in(kept("run") / "summary.csv"):
        if int(row["runs"]):
            told = lines[label_of(row["indicator"])[0]]
            assert told[0] == row["mean"], row["indicator"]
            assert told[1:2] == ([f"{row['low']} {row['high']}"] if row["low"] else []), row["indicator"]
    assert "over 2 draws from a posterior with 2 seeds each" in found.words
    drawn = list(pd.read_csv(kept("run") / "draws.csv").columns[3:])
    assert f"{len(drawn)} of them were drawn from a posterior" in found.words
    assert "What the uncertainty is made of" in found.tables
    assert "bunching, which takes runs of its own" in found.words


def test_an_experiment_has_the_numbers_of_its_tables(read: Reading, kept: Kept) -> None:
    found = read("sweep")
    assert "What do threshold and police do together?" in found.words
    assert "The baseline: permit threshold none, style" in found.words
    points, effects = (pd.read_csv(kept("sweep") / f"{name}.csv") for name in ("points", "effects"))
    matrix = found.tables["Attendance, persons: Permit threshold down, Style across"]
    scale = Scale.of("persons", *points["attendance"])
    shown = [cell.rstrip("*=") for row in matrix[1:] for cell in row[1:]]
    assert shown == [scale.value(value) for value in points.sort_values("point")["attendance"]]
    every = found.tables["Attendance, persons: every point (Permit threshold, Style) with its interval (not printed)"]
    own = effects[effects["outcome"] == "attendance"]
    for row in own.to_dict("records"):
        (line,) = (
            one
            for one in every
            if one[1] == scale.value(row["mean_b"]) and one[2].startswith(scale.difference(row["difference"]))
        )
        assert line[3] == scale.interval(row["low"], row["high"])
    changed = found.tables["Permit threshold: 30 instead of none"]
    assert [changed[1][1], changed[1][3]] == ["none", "30 persons"]
    assert found.words.count("clear") > 0
    assert len([one for one in found.pictures if one["aria-label"].startswith("Attendance. ")]) >= 1


def test_an_attribution_says_what_its_command_said(read: Reading, kept: Kept) -> None:
    found, results = read("attribute"), open_results(kept("attribute"))
    said, table = results.manifest["experiment"], results.table("attribution")
    (step,) = said["steps"]
    for outcome in said["outcomes"]:
        own = table[(table["step"] == step["name"]) & (table["outcome"] == outcome)].to_dict("records")
        parts, total = [row for row in own if row["provision"] != "total"], own[-1]
        told = sentence_on(
            [{str(k): v for k, v in row.items()} for row in parts], {str(k): v for k, v in total.items()}, outcome, "from A to B"
        )
        assert told in found.words
    (changes,) = (rows for title, rows in found.tables.items() if title.startswith("A to B: what each group"))
    for row in rows_in(kept("attribute") / "provisions.csv"):
        assert [row["before"], row["source_before"], row["after"], row["source_after"]] in [line[1:] for line in changes]


def test_patterns_that_passed_and_failed(read: Reading, kept: Kept, read_with_patterns: Read) -> None:
    rows = rows_in(kept("patterns") / "patterns.csv")
    for found in (read("patterns"), read_with_patterns):
        told = {row[0]: row for row in found.tables["Patterns, and the bands of real protest"] if len(row) > 4}
        for row in rows:
            assert told[row["pattern"]][4].lower() == row["verdict"], row["pattern"]
        assert "Where the bands come from" in found.words
    assert "which is a scenario of this report" in read_with_patterns.words
    assert "were not held against patterns of real protest here" in read("run").words
    assert "protestlaw patterns seminar --reps 20" in read("run").words


@pytest.fixture(scope="module")
def read_with_patterns(kept: Kept) -> Read:
    results = open_results(kept("run"))
    return Read(page(build(results, kept("patterns")), results))


def test_patterns_of_other_people_are_refused(kept: Kept) -> None:
    folder = kept("patterns")
    with pytest.raises(InputError, match=r"other values of behaviour\.sigma in seminar") as error:
        held_against(folder, [small_scenario({"behaviour.sigma": 0.3})])
    assert "protestlaw patterns seminar holds these against patterns" in str(error.value)
    elsewhere = held_against(folder, [load_scenario("almaty-1995-law")])
    assert "by the same numbers, in another town, A seminar town" in elsewhere.said[0]
    assert "another practice" in elsewhere.said[0]
    assert elsewhere.said[0].endswith("What passes there need not pass here.")
    with pytest.raises(InputError, match="results of something else"):
        held_against(kept("compare"), [load_scenario("seminar")])


# -- the command -----------------------------------------------------------------------------------------------------------


def test_the_command_writes_once_and_the_same_again(command: Command, kept: Kept, tmp_path: Path) -> None:
    folder = shutil.copytree(kept("attribute"), tmp_path / "small")
    done = command("report", folder)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{folder / 'report.html'}\n"
    first = (folder / "report.html").read_bytes()
    again = command("report", folder)
    assert again.exit_code == 2
    assert "is there already. Choose another name with -o, or replace it with --force" in again.stderr
    moved = shutil.copytree(kept("attribute"), tmp_path / "elsewhere" / "small")
    done = command("report", moved, "-o", folder / "report.html", "--force")
    assert done.exit_code == 0, done.output
    assert (folder / "report.html").read_bytes() == first
    assert [path.name for path in folder.iterdir() if "unfinished" in path.name] == []
    for name, told in (("report.pdf", "Let it end in .html"), ("", "is a folder")):
        wrong = command("report", folder, "-o", tmp_path / name)
        assert wrong.exit_code == 2
        assert told in wrong.stderr


def test_what_no_report_is_made_of(command: Command, kept: Kept, tmp_path: Path) -> None:
    def told(folder: Path) -> str:
        done = command("report", folder)
        assert done.exit_code == 2, done.output
        assert not (folder / "report.html").exists()
        return " ".join(done.stderr.split())

    assert "no such folder" in told(tmp_path / "none")
    assert "manifest.json: found no such file" in told(tmp_path)
    (tmp_path / "manifest.json").write_text('{"experiment": {"name": "x", "finished": false}}', encoding="utf-8")
    assert "results that are not finished, or something else" in told(tmp_path)
    (tmp_path / "manifest.json").write_text('{"classic": {"name": "kuran"}, "files": {"a.csv": {}}}', encoding="utf-8")
    assert (
        "results that no report is made of; allowed: a folder that protestlaw run, compare, sweep, attribute or patterns"
        in told(tmp_path)
    )
    changed = shutil.copytree(kept("compare"), tmp_path / "changed")
    with (changed / "effects.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert "effects.csv: found another content than manifest.json tells (SHA-256)" in told(changed)
    less = shutil.copytree(kept("compare"), tmp_path / "less")
    (less / "effects.csv").unlink()
    assert "effects.csv: found no such file" in told(less)
    older = shutil.copytree(kept("compare"), tmp_path / "older")
    said = (older / "manifest.json").read_text(encoding="utf-8")
    print_ = json.loads(said)["scenarios"]
    first = next(iter(print_.values()))["fingerprint"]
    (older / "manifest.json").write_text(said.replace(first, "0" * 64), encoding="utf-8")
    assert "a scenario that means something else in this version" in told(older)
    other = shutil.copytree(kept("sweep"), tmp_path / "other")
    text = (other / "experiment.toml").read_text(encoding="utf-8")
    (other / "experiment.toml").write_text(text.replace("levels = [30", "levels = [40"), encoding="utf-8")
    assert "an experiment that means something else in this version" in told(other)


def test_a_figure_whose_table_is_gone_is_taken_from_the_folder(kept: Kept, tmp_path: Path) -> None:
    folder = shutil.copytree(kept("compare"), tmp_path / "less")
    (folder / "assemblies.csv").unlink()
    drawn, wanting = pictures(open_results(folder))
    assert drawn[-1].title == "Turnout and declared sizes"
    assert 'aria-label="Turnout and declared sizes"' in drawn[-1].drawing
    assert "timeline, for assemblies.csv is not in the folder" in wanting
    (folder / "turnout.svg").write_text("<svg/>", encoding="utf-8")
    drawn, wanting = pictures(open_results(folder))
    assert "Turnout and declared sizes" not in [one.title for one in drawn]
    assert "turnout, for assemblies.csv is not in the folder" in wanting


# -- small parts -----------------------------------------------------------------------------------------------------------


def test_a_figure_within_a_page_keeps_what_it_draws_and_no_more() -> None:
    drawn = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
    width="72pt" viewBox="0 0 72 36"><title>Old</title><metadata><x/></metadata><script>alert(1)</script>
    <defs><path id="m1" d="M 0.123456 1"/></defs><g id="figure_1" onclick="x()"><use xlink:href="#m1" x="1.98765"/>
    <path clip-path="url(#p2)" style="fill: red" d="M 1\n2"/><image xlink:href="https://example.org/a.png"/></g>
    <clipPath id="p2"/></svg>"""
    told = inline(drawn, 'A "B" <C>', "figure-3")
    assert told == (
        '<svg viewBox="0 0 72 36" role="img" aria-label="A &quot;B&quot; &lt;C&gt;" style="width: 96px"><defs>'
        '<path id="figure-3-1" d="M 0.12 1" /></defs><g><use href="#figure-3-1" x="1.99" />'
        '<path clip-path="url(#figure-3-2)" style="fill: red" d="M 1 2" /><image /></g><clipPath id="figure-3-2" /></svg>'
    )


@pytest.mark.parametrize(
    ("values", "table", "rows", "told"),
    [
        ([3.0, 3.0], "sobol", {}, "Attendance: 3.00 at all of 2 points."),
        ([100.0, 400.0], "points", {}, "Attendance: between 100 and 400 over 2 points (means of seeds)."),
        (
            [100.0, 400.0],
            "sobol",
            {"factor": ["fine", "style"], "order": "total", "index": [0.2, 0.75], "low": [0.1, 0.5], "high": [0.3, 0.9]},
            "Attendance: between 100 and 400 over 2 points (means of seeds); most with style, total index 0.75 [0.50 to 0.90].",
        ),
        (
            [100.0, 400.0],
            "morris",
            {"factor": ["fine", "style"], "mu_star": [90.0, 20.0], "mu_star_low": [60.0, 1.0], "mu_star_high": [120.0, 40.0]},
            "Attendance: between 100 and 400 over 2 points (means of seeds); most with fine, size of effects 90 [60 to 120].",
        ),
    ],
)
def test_points_without_a_baseline(values: list[float], table: str, rows: dict[str, Any], told: str) -> None:
    design = cast("Design", SimpleNamespace(baseline=None, outcomes=("attendance",), factors=()))
    own = pd.DataFrame({"outcome": ["attendance"] * len(rows.get("factor", ())), **rows, "order": rows.get("order", "")})
    points = pd.DataFrame({"point": [0, 1], "attendance": values})
    assert sentences(design, {table: own, "points": points}) == [told]


@pytest.mark.parametrize(
    ("seeds", "told"), [((), "none"), ((4,), "4"), ((1, 2, 3), "1 to 3"), ((1, 2, 5, 7, 8), "1 to 2, 5, 7 to 8")]
)
def test_seeds_in_words(seeds: tuple[int, ...], told: str) -> None:
    assert seeds_in_words(seeds) == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("assumption", "assumption"),
        ("assumption; centre of the posterior (results/calibration)", "assumption, calibrated"),
        ("position: background, verify; capacity: assumption", "to be verified"),
        ("stat.gov.kz: national mean, 2019", "sourced"),
    ],
)
def test_what_a_number_rests_on(source: str, told: str) -> None:
    assert ground(source) == told


def test_the_page_in_the_docs_names_what_the_command_does(
    command: Command, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / "report.md").read_text(encoding="utf-8")
    lines = re.findall(r"^protestlaw (report .+?)\s*(?:#.*)?$", text, re.MULTILINE)
    assert lines
    monkeypatch.chdir(tmp_path)
    shutil.copytree(kept("patterns"), "results/town")
    shutil.copytree(kept("patterns"), "results/town-patterns")
    for line in lines:
        done = command(*line.split())
        assert done.exit_code == 0, (line, done.output)
    assert all(f"`{name}`" in text for name in ("run", "compare", "sweep", "attribute", "patterns"))
