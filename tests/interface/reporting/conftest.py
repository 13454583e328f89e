"""Folders of results of a small town, one of each kind that a report is made of."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.interface.cli import app
from sim.interface.figuring.opening import open_results
from sim.interface.reporting.building import build
from sim.interface.reporting.page import page
from tests.interface.reporting.made import Read

KINDS = ("compare", "run", "sweep", "attribute", "patterns")
TEXT = """
[experiment]
title = "Threshold and style"
question = "What do threshold and police do together?"
base = "seminar"
design = "grid"
seeds = 2
outcomes = ["attendance", "lawful_share_start"]
baseline = { threshold = "none" }
[set]
"town.people.adults" = 4000
"organisers.per_100k" = 500
"organisers.opportunities" = 12.0
"scenario.days" = 40
"shocks" = []
[factors.threshold]
key = "law.threshold"
label = "Permit threshold"
levels = [30, "none"]
[factors.style]
key = "police.style"
levels = [0.1, 0.9]
"""


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, smaller: list[str]) -> Callable[[str], Path]:
    """Gives the folder of a kind, made when it is first asked for."""
    top = tmp_path_factory.mktemp("reports")
    text = top / "small.toml"
    text.write_text(TEXT, encoding="utf-8")
    asked = {
        "compare": ["compare", "seminar", "seminar", *smaller, "--set-b", "law.threshold=20", "--reps", "4"],
        "run": ["run", "seminar", *smaller, "--reps", "4", "--uncertainty", "posterior", "--draws", "2"],
        "sweep": ["sweep", str(text)],
        "attribute": [
            "attribute",
            "seminar",
            "kazakhstan/2020-bill",
            "kazakhstan/2020-bill + threshold-50",
            *smaller,
            "--reps",
            "2",
        ],
        "patterns": ["patterns", "seminar", *smaller[:-2], "--set", "scenario.days=60", "--reps", "2"],
    }

    @cache
    def folder(kind: str) -> Path:
        path = top / kind
        done = CliRunner().invoke(app, [*asked[kind], "--jobs", "1", "--out", str(path)])
        assert done.exit_code == 0, done.output
        return path

    return folder


@pytest.fixture(scope="session")
def read(kept: Callable[[str], Path]) -> Callable[[str], Read]:
    """Gives the report of a kind, read."""

    @cache
    def report(kind: str) -> Read:
        results = open_results(kept(kind))
        return Read(page(build(results), results))

    return report
