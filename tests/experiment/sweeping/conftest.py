"""Small experiments on the seminar town."""

from collections.abc import Callable

import pytest

from sim.experiment.design import Design, load_design
from sim.experiment.sweeping import Sweep, sweep

SMALL = """
[set]
"town.people.adults" = 4000
"organisers.per_100k" = 500
"organisers.opportunities" = 12.0
"scenario.days" = 40
"shocks" = []
"""

GRID = """
[experiment]
title = "A grid"
question = "What do threshold and fine do?"
base = "seminar"
design = "grid"
seeds = 3
outcomes = ["attendance", "lawful_share_start"]
baseline = { threshold = "none" }
precision = { attendance = 0.5 }
SMALL
"law.sanctions.participant.fine_least" = "0 MCI"

[factors.threshold]
key = "law.threshold"
levels = [30, 100, "none"]

[factors.fine]
key = ["law.sanctions.participant.fine", "law.sanctions.participant.fine_repeat"]
levels = [0, 50]
written = "{} MCI"
unit = "MCI"
"""


type Written = Callable[[str], Design]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The design of an experiment's text, with ``SMALL`` for the settings that make it small."""

    def read(text: str) -> Design:
        path = tmp_path_factory.mktemp("texts") / "mine.toml"
        path.write_text(text.replace("SMALL", SMALL), encoding="utf-8")
        return load_design(path)

    return read


@pytest.fixture(scope="module")
def grid(written: Written) -> Design:
    return written(GRID)


@pytest.fixture(scope="module")
def done(grid: Design, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(grid, tmp_path_factory.mktemp("runs"), 1)
