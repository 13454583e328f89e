"""A sweep's table is what its runs are, however they were come by."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.experiment import simulate
from sim.experiment.design import Design
from sim.experiment.store import Count
from sim.experiment.sweeping import Sweep, sweep
from sim.measurement import INDICATORS


def test_a_row_is_a_run(grid: Design, done: Sweep) -> None:
    assert list(done.runs.columns) == ["point", "threshold", "fine", "scenario", "seed", "status", "error", *INDICATORS]
    assert [*zip(done.runs["point"], done.runs["seed"], strict=True)] == [(p, s) for p in range(6) for s in (1, 2, 3)]
    assert list(done.runs["threshold"])[::6] == [30, 100, "none"]
    assert done.count == (18, 0, 18, 0)
    assert not len(done.failures)
    row = done.runs.iloc[13]
    found = simulate(grid.scenarios[row["point"]], int(row["seed"])).indicators
    assert row[list(INDICATORS)].to_numpy(np.float64).tobytes() == found.to_numpy(np.float64).tobytes()


def test_it_is_the_same_table_in_parts_by_more_seeds_and_by_others(grid: Design, done: Sweep, tmp_path: Path) -> None:
    counts: list[Count] = []
    sweep(replace(grid, seeds=(2,)), tmp_path, 1)
    again = sweep(grid, tmp_path, 2, counts.append)
    assert counts[0] == (6, 0, 18, 6)
    assert counts[-1] == (18, 0, 18, 6)
    pd.testing.assert_frame_equal(again.runs, done.runs, check_exact=True)
    few = sweep(replace(grid, seeds=(3, 1)), tmp_path, 1)
    assert few.count == (12, 0, 12, 12)
    assert set(few.runs["seed"]) == {1, 3}


def test_a_run_that_fails_is_a_row_and_the_others_go_on(grid: Design, done: Sweep, tmp_path: Path) -> None:
    found = sweep(replace(grid, seeds=(1, -7)), tmp_path, 1)
    assert found.count == (12, 6, 12, 0)
    bad = found.runs[found.runs["seed"] == -7]
    assert set(bad["status"]) == {"failed"}
    assert bad["error"].str.contains("a seed is a whole number").all()
    assert bad[list(INDICATORS)].isna().all(axis=None)
    assert list(found.failures.columns) == ["point", "threshold", "fine", "seed", "error", "traceback"]
    assert len(found.failures) == 6
    assert found.failures["traceback"].str.contains("Traceback").all()
    good = found.runs[found.runs["seed"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(good, done.runs[done.runs["seed"] == 1].reset_index(drop=True), check_exact=True)


def test_tables_of_single_runs_are_kept_by_point(grid: Design, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    sweep(replace(grid, seeds=(1,)), tmp_path, 1, tables=["assemblies"])
    paths = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet"))
    assert paths == [f"tables/assemblies/point={point}/seed-1.parquet" for point in range(6)]
    own = simulate(grid.scenarios[4], 1).tables.assemblies
    kept = pd.read_parquet(tmp_path / paths[4], partitioning=None)
    assert kept["turnout"].sum() == own["turnout"].sum()
    assert len(kept) == len(own)
