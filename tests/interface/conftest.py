"""The command, as a test calls it."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from sim.interface.cli import app

SMALL = (
    "town.people.adults=6000",
    "organisers.per_100k=500",
    "organisers.opportunities=20.0",
    "shocks=[]",
)
"""The seminar scenario made small; the same as the fixture ``small``."""


@pytest.fixture
def command() -> Callable[..., Result]:
    """Calls ``protestlaw`` with some words."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="session")
def smaller() -> list[str]:
    """Words that make the seminar scenario small."""
    return [word for setting in SMALL for word in ("--set", setting)] + ["--days", "60"]
