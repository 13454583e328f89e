"""Small scenarios for tests: the seminar town, with fewer people and days."""

from collections.abc import Mapping
from typing import Any

import pytest

from sim.experiment import Comparison, compare
from sim.scenario import Scenario, load_scenario

SMALL = {"town.people.adults": 6000, "organisers.per_100k": 500, "organisers.opportunities": 20.0, "law": "kazakhstan/2020-bill"}
DAYS = 60


def small_scenario(changes: Mapping[str, Any] | None = None) -> Scenario:
    """The seminar scenario with 6,000 people, many organisers, two months and no shocks after them."""
    settings = {**SMALL, "scenario.days": DAYS, "scenario.start": "2019-06-01", "shocks": [], **(changes or {})}
    return load_scenario("seminar", settings)


@pytest.fixture(scope="session")
def small() -> Scenario:
    return small_scenario()


@pytest.fixture(scope="session")
def without_threshold() -> Scenario:
    return small_scenario({"law.threshold": "none"})


@pytest.fixture(scope="session")
def comparison(small: Scenario, without_threshold: Scenario) -> Comparison:
    """The small scenario against the same without a threshold, three pairs, with the benchmark."""
    return compare(small, without_threshold, 3, 1, benchmark=True)
