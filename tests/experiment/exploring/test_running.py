"""Running a page's grid: what is kept of runs, and that nothing is run twice."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import ModelError, OutputError
from sim.experiment.exploring import EDGES, STATUSES, Explorer, GistStore, cells_of, fill, load_explorer
from sim.experiment.runs import Run, simulate
from sim.experiment.store import Count
from tests.interface.explorer.made import TEXT, written

FEW = TEXT.replace("seeds = 4", "seeds = 2")


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    return load_explorer(written(tmp_path_factory.mktemp("text"), FEW))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, explorer: Explorer) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    with GistStore(folder) as store:
        assert fill(explorer, store, 1) == Count(16, 0, 16, 0)
    return folder


@pytest.fixture(scope="module")
def run(explorer: Explorer) -> Run:
    return simulate(explorer.design.scenarios[1], 2)


def test_what_ended_is_not_run_again(explorer: Explorer, folder: Path) -> None:
    told: list[Count] = []
    with GistStore(folder) as store:
        assert fill(explorer, store, 1, told.append) == Count(16, 0, 16, 16)
    assert told == [Count(16, 0, 16, 16)]


def test_a_cell_holds_what_its_runs_said(explorer: Explorer, folder: Path, run: Run) -> None:
    with GistStore(folder) as store:
        cell = cells_of(explorer, store)[1]
    outcomes = explorer.text.explorer.outcomes
    for row, name in enumerate(outcomes):
        if name != "suppressed":
            np.testing.assert_equal(cell.values[row, 1], run.indicators[name])
    table = run.tables.assemblies
    held = table[table["fate"] == "held"]
    assert cell.values[outcomes.index("events_held"), 1] == len(held)
    events = cell.events[1]
    by_status = [int((events[:, 2] == number).sum()) for number in range(len(STATUSES))]
    kept_from = (table["fate"] == "prevented") | (
        (table["fate"] == "called_off") & table["fate_reason"].isin(["refused", "no_answer", "organiser_jailed"])
    )
    assert by_status == [
        held["lawful_throughout"].sum(),
        (held["lawful_at_start"] & ~held["lawful_throughout"]).sum(),
        (~held["lawful_at_start"]).sum(),
        (kept_from & (table["strategy"] != "phantom")).sum(),
    ]
    assert by_status[3] == cell.values[outcomes.index("suppressed"), 1] > 0
    assert sorted(events[events[:, 2] < 3, 1]) == sorted(held["turnout"])


def test_distribution_and_sites_count_every_assembly_held_once(explorer: Explorer, folder: Path) -> None:
    with GistStore(folder) as store:
        cells = cells_of(explorer, store)
    held, came = (explorer.text.explorer.outcomes.index(name) for name in ("events_held", "attendance"))
    for cell in cells:
        assert cell.sizes.sum() == cell.held.sum() == cell.values[held].sum()
        assert cell.came.sum() == cell.values[came].sum()
        assert len(cell.sizes) == len(EDGES)
    assert [cell.threshold for cell in cells] == [None, None, 20, 20, 100, 100, None, None]
    town = explorer.design.scenarios[0].town
    names = [site.name for site, open_ in zip(town.sites, cells[0].open, strict=True) if open_]
    assert names == ["River Park", "Field behind the depot"]  # the bill's designated places


def test_a_run_that_fails_is_told_and_leaves_its_seed_out(
    tmp_path: Path, explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.experiment.exploring import running

    real = running.gist

    def broken(*given: object) -> object:
        if not calls:
            calls.append(given)
            raise ValueError("a gist that breaks")
        return real(*given)  # type: ignore[arg-type]

    calls: list[object] = []
    monkeypatch.setattr(running, "gist", broken)
    with GistStore(tmp_path) as store:
        assert fill(explorer, store, 1).failed == 1
        (told,) = (error for error in store.status().values() if error)
        assert told == "its gist: ValueError: a gist that breaks"
        cells = cells_of(explorer, store)
        lost = [cell for cell in cells if cell.runs == 1]
        assert len(lost) == 1
        assert np.isnan(lost[0].values).sum(axis=1).min() >= 1
        assert fill(explorer, store, 1, retry_failed=True) == Count(16, 0, 16, 15)


def test_a_store_that_is_not_filled_is_told(tmp_path: Path, explorer: Explorer) -> None:
    with GistStore(tmp_path) as store, pytest.raises(ModelError, match="is missing"):
        cells_of(explorer, store)


def test_a_store_of_other_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiment.exploring import store as module

    with GistStore(tmp_path):
        pass
    monkeypatch.setattr(module, "made_by", lambda: "other code")
    with pytest.raises(OutputError, match="runs of other code, or with other outcomes"):
        GistStore(tmp_path)
