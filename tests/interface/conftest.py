"""The command, as a test calls it; and a browser to open pages with."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

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


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Debian's Chromium, or another one that is on the path."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
