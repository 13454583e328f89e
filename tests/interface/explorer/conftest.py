"""A page made from real runs."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.experiment.exploring import Cell, Explorer, GistStore, cells_of, fill, load_explorer
from sim.interface.explorer import making
from tests.interface.explorer.made import written


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
