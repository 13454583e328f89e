"""What is worked out of a sweep: what its design allows, and words where something is missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.experiment.contrasts import contrasts
from sim.experiment.design import Design
from sim.experiment.sweeping import Sweep, analyses, sweep

type Written = Callable[[str], Design]

HEAD = """
[experiment]
title = "Drawn"
question = "What does it rest on?"
base = "seminar"
outcomes = ["attendance"]
"""

RANGES = """
[factors.style]
key = "police.style"
range = [0.0, 1.0]
[factors.noise]
key = "behaviour.noise"
range = [0.05, 0.3]
"""


def made_up(design: Design, **columns: Any) -> pd.DataFrame:
    """A table of runs with outcomes of our own: a function of the settings and the seed."""
    rows = [(point, seed) for point in design.points["point"] for seed in design.seeds]
    settings = design.points.iloc[[point for point, _ in rows]].reset_index(drop=True)
    runs = settings.assign(scenario="seminar", seed=[seed for _, seed in rows], status="done", error="")
    return runs.assign(**{name: function(runs) for name, function in columns.items()})


def test_a_grid_with_a_baseline(grid: Design, done: Sweep) -> None:
    found = analyses(grid, done.runs)
    assert list(found.tables) == ["points", "effects", "main_effects", "interactions", "variance_shares", "marginal_effects"]
    points = found.tables["points"]
    for point in range(6):
        own = done.runs.loc[done.runs["point"] == point, "attendance"]
        assert points["attendance"][point] == pytest.approx(own.mean())
        assert points["attendance_sd"][point] == pytest.approx(own.std(ddof=1))
        assert points["attendance_runs"][point] == 3
    effects = found.tables["effects"]
    pd.testing.assert_frame_equal(
        effects.drop(columns=["threshold", "fine"]), contrasts(done.runs, grid.baseline or 0, list(grid.outcomes))
    )
    assert list(effects["threshold"])[:4] == [30, 30, 30, 30]
    marginal = found.tables["marginal_effects"]
    assert set(marginal["by"]) == {"", "fine", "threshold"}
    assert set(marginal.loc[marginal["by"] == "fine", "by_level"]) == {"0", "50"}
    (warning,) = found.warnings
    assert warning.startswith("Too few seeds? attendance: intervals are wider than the difference asked (+- 0.5)")


def test_failed_runs_are_told_and_left_out(grid: Design, done: Sweep) -> None:
    lost = (done.runs["point"] == 2) & (done.runs["seed"] == 1)
    runs = done.runs.assign(status=np.where(lost, "failed", "done"), error=np.where(lost, "it broke", ""))
    runs.loc[lost, "attendance"] = np.nan
    found = analyses(grid, runs)
    assert "1 of 18 runs failed: the rows with status failed, and failures.csv, say why." in found.warnings
    assert found.tables["points"]["attendance_runs"].tolist() == [3, 3, 2, 3, 3, 3]
    effects = found.tables["effects"]
    at = effects[(effects["point"] == 2) & (effects["outcome"] == "attendance")].iloc[0]
    assert (at["pairs"], at["left_out"]) == (2, 1)


def test_sobol_indices_of_a_known_function(written: Written) -> None:
    pytest.importorskip("SALib")
    text = f'{HEAD}design = "sobol"\npoints = 64\nseeds = 2\nSMALL{RANGES}'
    design = written(text)
    runs = made_up(design, attendance=lambda runs: 4 * runs["style"] + (runs["noise"] - 0.05) / 0.25 + runs["seed"])
    found = analyses(design, runs).tables["sobol"]
    first = found[found["order"] == "first"].set_index("factor")["index"]
    assert first["style"] == pytest.approx(16 / 17, abs=0.05)
    assert first["noise"] == pytest.approx(1 / 17, abs=0.05)


def test_morris_effects_of_a_known_function(written: Written) -> None:
    pytest.importorskip("SALib")
    design = written(f'{HEAD}design = "morris"\npoints = 5\nseeds = 2\nSMALL{RANGES}')
    runs = made_up(design, attendance=lambda runs: 3 * runs["style"] + 0 * runs["seed"])
    found = analyses(design, runs).tables["morris"].set_index("factor")
    assert found["mu_star"].tolist() == pytest.approx([3, 0], abs=1e-9)


def test_a_response_surface_along_each_factor(written: Written) -> None:
    pytest.importorskip("sklearn")
    design = written(f'{HEAD}design = "sobol-sequence"\npoints = 32\nseeds = 2\nSMALL{RANGES}')
    runs = made_up(design, attendance=lambda runs: 100 * runs["style"] ** 2 + runs["seed"])
    found = analyses(design, runs).tables
    assert found["surface_fit"]["q2"].iloc[0] > 0.99
    along = found["surface"].query("factor == 'style'")
    assert along["mean"].to_numpy() == pytest.approx(100 * along["value"].to_numpy() ** 2 + 1.5, abs=1.5)


def test_where_one_level_does_better(written: Written) -> None:
    text = f"""{HEAD}design = "grid"
seeds = 2
discover = {{ factor = "threshold", level = 50, than = "none", outcome = "attendance" }}
SMALL
[factors.threshold]
key = "law.threshold"
levels = [50, "none"]
[factors.style]
key = "police.style"
range = [0.0, 1.0]
steps = 21
"""
    design = written(text)

    def attendance(runs: pd.DataFrame) -> Any:
        better = (runs["threshold"] == 50) & (runs["style"] > 0.55)
        return np.where(better, 10.0, 5.0) - (runs["threshold"] == 50)

    found = analyses(design, made_up(design, attendance=attendance)).tables["discovery"]
    assert found["factor"].tolist() == ["style"]
    assert 0.45 <= found["least"].iloc[0] <= 0.6  # the largest box in which it holds at four points of five
    assert found["density"].iloc[0] >= 0.8
    assert found["coverage"].iloc[0] == 1.0


def test_what_cannot_be_worked_out_is_said(written: Written) -> None:
    pytest.importorskip("sklearn")
    design = written(f'{HEAD}design = "latin-hypercube"\npoints = 5\nseeds = 2\nSMALL{RANGES}')
    found = analyses(design, made_up(design, attendance=lambda runs: runs["style"] + runs["seed"]))
    assert list(found.tables) == ["points"]
    assert found.warnings[0].startswith("No table surface: points: 5 points; allowed: at least")


def test_a_missing_library_is_named(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    design = written(f'{HEAD}design = "latin-hypercube"\npoints = 5\nseeds = 2\nSMALL{RANGES}')
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    found = analyses(design, made_up(design, attendance=lambda runs: runs["style"] + runs["seed"]))
    (warning,) = found.warnings
    assert warning.startswith("Its analysis needs the package scikit-learn: python -m pip install 'protestlaw[sensitivity]'")


def test_the_estimate_counts_points_runs_and_towns(grid: Design) -> None:
    from sim.experiment.sweeping import estimate

    found = estimate(replace(grid, seeds=(1, 2)), 1)
    assert (found.points, found.runs, found.towns) == (6, 12, 2)
    assert found.seconds == pytest.approx(12 * found.run_seconds + 2 * found.town_seconds)
    assert estimate(replace(grid, seeds=(1, 2)), 2).seconds < 12 * 60


def test_one_seed_has_no_interval_but_a_table(grid: Design, tmp_path: Path) -> None:
    one = replace(grid, seeds=(1,))
    found = analyses(one, sweep(one, tmp_path, 1).runs)
    assert found.tables["effects"]["low"].isna().all()
    assert found.tables["points"]["attendance_sd"].isna().all()
