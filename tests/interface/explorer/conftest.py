"""A page made from real runs, and a browser to open it with."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.exploring import Cell, Explorer, GistStore, cells_of, fill, load_explorer
from sim.interface.explorer import making
from tests.interface.explorer.made import written

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Debian's Chromium, or another one that is on the path."""


@dataclass(frozen=True)
class Made:
    """A page with what it was made of."""

    explorer: Explorer
    cells: list[Cell]
    file: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small page, from runs of its own."""
    folder = tmp_path_factory.mktemp("page")
    explorer = load_explorer(written(folder))
    with GistStore(folder / "runs") as store:
        fill(explorer, store, 1)
        cells = cells_of(explorer, store)
    file = folder / "small.html"
    making.write(file, making.made(explorer, cells, "protestlaw explorer small"))
    return Made(explorer, cells, file)


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
