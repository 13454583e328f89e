"""All classics: each has what it is announced with, and options that say what is wrong with them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from sim.classics import NAMES, load
from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.options import chosen
from sim.errors import InputError

TOP = Path(__file__).resolve().parents[2]
PAGES = TOP / "docs" / "classics"
QUICK = {
    "granovetter": ["people=200", "draws=100"],
    "networks": ["people=1000"],
    "mean-field": ["people=1000", "towns=2"],
    "kuran": [],
}
"""Those that are run here, in small."""

SAMPLE = Classic(
    "sample",
    "Sample",
    ("Nobody 2000.",),
    "Nothing.",
    (
        Option("people", 10, "people", (1, 50)),
        Option("spread", 0.5, "share", (0.0, 1.0)),
        Option("rule", "waves", "order", ("waves", "visits")),
    ),
    lambda *_: Finding((), {}),
)


@pytest.mark.parametrize("name", NAMES)
def test_every_classic_is_complete(name: str) -> None:
    classic = load(name)
    assert classic.name == name
    assert classic.title
    assert classic.citation
    assert len(classic.teaches) > 100
    assert re.search(r"\b(19|20)\d\d\b", " ".join(classic.citation)), "a paper has a year"
    for option in classic.options:
        assert option.meaning, option.name
        assert chosen(classic, [f"{option.name}={option.default}"])[option.name] == option.default
    assert len({option.name for option in classic.options}) == len(classic.options)


@pytest.mark.parametrize("name", NAMES)
def test_every_classic_has_a_page_with_its_figure(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    figures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert f"../figures/classics/{name}.png" in figures
    assert all((PAGES / figure).is_file() for figure in figures)
    assert f"{name}.md" in (PAGES / "index.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", page) if "://" not in link]
    assert [link for link in links if not (PAGES / link).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_of_a_page_can_be_given(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    commands = re.findall(rf"protestlaw classics {name}[^`\n]*", page)
    assert len(commands) >= 3, "a page has questions with commands"
    for command in commands:
        words = shlex.split(command, comments=True)
        settings = [after for word, after in pairwise(words) if word == "--set"]
        chosen(load(name), settings)


@pytest.mark.parametrize("name", ["granovetter", "networks", "kuran"])
def test_a_page_tells_the_known_answers_that_are_checked(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    classic = load(name)
    small = chosen(classic, QUICK[name])
    published = [check for check in classic.run(small, 1).checks if check.known and not check.source.startswith("tangency")]
    assert published
    assert [check.what for check in published if f"{check.known:g}" not in page] == []


@pytest.mark.parametrize("name", QUICK)
def test_the_same_seed_gives_the_same_tables(name: str) -> None:
    classic = load(name)
    small = chosen(classic, QUICK[name])
    first, again = (classic.run(small, 11) for _ in range(2))
    assert first.checks == again.checks
    assert first.tables.keys() == again.tables.keys()
    for table in first.tables:
        pd.testing.assert_frame_equal(first.tables[table], again.tables[table], check_exact=True)


def test_an_unknown_classic_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"NAME: found 'granoveter'; allowed: granovetter, .*; did you mean 'granovetter'\?"):
        load("granoveter")


def test_options_are_read_as_what_they_are() -> None:
    assert chosen(SAMPLE, []) == {"people": 10, "spread": 0.5, "rule": "waves"}
    found = chosen(SAMPLE, ["people=20", "spread = 1", "rule=visits", "people=30"])
    assert found == {"people": 30, "spread": 1.0, "rule": "visits"}
    assert isinstance(found["people"], int)
    assert isinstance(found["spread"], float)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("people", "people: found no value; allowed: people=value"),
        ("", "(whole text): found no value; allowed: name=value"),
        ("poeple=3", "poeple: found an unknown option; allowed: people, spread, rule; did you mean 'people'?"),
        ("people=3.5", "people: found '3.5'; allowed: a whole number from 1 to 50"),
        ("people=51", "people: found '51'; allowed: a whole number from 1 to 50"),
        ("people=0", "people: found '0'; allowed: a whole number from 1 to 50"),
        ("spread=-0.1", "spread: found '-0.1'; allowed: a number from 0.0 to 1.0"),
        ("spread=nan", "spread: found 'nan'; allowed: a number from 0.0 to 1.0"),
        ("spread=wide", "spread: found 'wide'; allowed: a number from 0.0 to 1.0"),
        ("rule=visit", "rule: found 'visit'; allowed: waves, visits; did you mean 'visits'?"),
    ],
)
def test_a_wrong_option_is_told_in_plain_words(setting: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        chosen(SAMPLE, [setting])
    assert [str(problem) for problem in caught.value.problems] == [said]


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError, match="classics sample: 3 problems"):
        chosen(SAMPLE, ["people=0", "spread=2", "rlue=waves", "rule=visits"])


@pytest.mark.parametrize(
    ("known", "found", "within", "passed"),
    [(1.0, 1.0, 0.0, True), (1.0, 1.1, 0.2, True), (1.0, 1.3, 0.2, False), (1.0, float("nan"), 9.0, False)],
)
def test_a_check_passes_within_its_tolerance(known: float, found: float, within: float, passed: bool) -> None:
    assert Check("what", known, found, within, "source").passed is passed


def test_the_list_of_names_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; from sim.classics import NAMES; print({'numpy', 'numba', 'mesa', 'pandas', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert list(tmp_path.iterdir()) == []
