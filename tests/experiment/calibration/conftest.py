"""Small calibrations of the seminar town."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.calibration import Plan, load_calibration

HEAD = """
[calibration]
title = "A small calibration"
question = "Which values give what is observed in a small town?"
waves = 1
points = 8
pilot = 2
particles = 150
check = 2
"""

SMALL = """
"town.people.adults" = 3000
"organisers.per_100k" = 500
"organisers.opportunities" = 30.0
"scenario.days" = 60
shocks = []
"""

PLACES = f"""
[places.permit]
base = "seminar"
seeds = [1]
regime = "P"
patterns = ["P1b", "P13b"]
[places.permit.set]
{SMALL}
[places.notice]
base = "seminar"
seeds = [3]
regime = "N"
patterns = ["P4a"]
tolerance = {{ P4a = 2.0 }}
[places.notice.set]
law = "germany/federal"
practice = "germany"
{SMALL}
"""

PARAMETERS = """
[parameters.effort]
key = "choices.effort_cost"

[parameters.yield_notice]
key = "organisers.yield_lawful"
place = "notice"
range = [0.01, 0.2]
scale = "log"
"""

TEXT = HEAD + PLACES + PARAMETERS

type Written = Callable[[str], Path]
type Read = Callable[[str], Plan]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The plan of a calibration's text."""

    def load(text: str) -> Plan:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return load_calibration(path)

    return load
