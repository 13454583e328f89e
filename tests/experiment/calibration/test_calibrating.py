"""A calibration from beginning to end, on towns of 3,000; what is kept, and what is gone on with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim.experiment.calibration.running
import sim.experiment.calibration.store
from sim.errors import ModelError, OutputError
from sim.experiment.calibration import Calibration, Plan, calibrate, load_calibration
from sim.experiment.calibration.store import STORE, Stored, ValueStore
from sim.experiment.calibration.summaries import TABLES, pattern_values, read_tables
from sim.experiment.running import Outcome, each_outcome
from sim.experiment.store import Count, Key
from sim.measurement.patterns import PATTERNS, simulated
from tests.experiment.calibration.conftest import TEXT


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("texts") / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    return load_calibration(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calibrated")


@pytest.fixture(scope="module")
def done(plan: Plan, folder: Path) -> Calibration:
    return calibrate(plan, folder, 1)


def never(*_: Any, **__: Any) -> Iterator[tuple[int, Outcome]]:
    raise AssertionError("a run that was stored is run again")


def test_every_run_is_there(done: Calibration, plan: Plan) -> None:
    runs = done.tables["runs"]
    assert done.runs == len(runs) == plan.runs == 24
    assert runs["wave"].value_counts().to_dict() == {"wave 1": 16, "check": 4, "pilot": 4}
    assert (runs["status"] == "done").all()
    assert done.failed == 0


def test_the_tables_say_what_was_found(done: Calibration, plan: Plan) -> None:
    draws, checks = done.tables["posterior"], done.tables["checks"]
    assert len(draws) == plan.head.particles
    assert draws["weight"].sum() == pytest.approx(1.0)
    assert draws["effort"].between(0, 5).all()
    assert draws["yield_notice"].between(0.01, 0.2).all()
    assert done.tables["parameters"]["town"].tolist() == ["", "seminar"]
    assert checks["use"].value_counts()["calibrated on"] == 3
    assert set(checks["place"]) == {"permit", "notice"}
    with_value = checks[checks["draws"] >= 2]
    assert (with_value["low"] <= with_value["value"]).all()
    assert (with_value["value"] <= with_value["high"]).all()
    assert {"P13b", "P4a"} <= set(done.tables["shipped"]["pattern"]) <= {"P1b", "P13b", "P4a"}
    assert len(done.tables["points"]) == 10


def test_a_pattern_of_a_run_is_that_of_its_tables(done: Calibration, plan: Plan) -> None:
    """The seam: what is stored is what the estimators say of the run."""
    place = plan.places[0]
    ((_, outcome),) = each_outcome([(place.base, 1)], 1, tables=TABLES)
    tables = read_tables(outcome.tables)
    found = pattern_values(tables, place.base, 1, place.inhabitants)
    events = simulated({name: table.assign(seed=1) for name, table in tables.items()}, place.base, [1])
    assert found["P1b"] == PATTERNS["P1b"](events)
    assert np.isnan(found["P9c"])  # asked of cities with 30 to 150 assemblies a week
    runs = done.tables["runs"]
    own = runs[(runs["wave"] == "pilot") & (runs["place"] == "permit") & (runs["seed"] == 1)].iloc[0]
    assert (own["P1b"], own["P13b"]) == (found["P1b"], found["P13b"])


def test_it_is_made_again_from_what_is_there(
    done: Calibration, plan: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sim.experiment.calibration.running, "each_outcome", never)
    counts: list[Count] = []
    again = calibrate(plan, folder, 1, counts.append)
    for name, table in done.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, check_exact=True)
    assert counts[-1] == Count(4, 0, 4, 4)


def test_interrupted_and_gone_on_with_it_is_the_same(
    done: Calibration, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after five runs of the wave; what ended is kept, and the answer is that of an uninterrupted calibration."""

    class EndedError(BaseException):
        pass

    def watch(count: Count) -> None:
        if count.total == 16 and count.there == 5:
            raise EndedError

    with pytest.raises(EndedError):
        calibrate(plan, tmp_path, 1, watch)
    with ValueStore(tmp_path) as store:
        assert len(store.runs()) == 4 + 5
    wanted: list[int] = []

    def counted(tasks: Any, *rest: Any, **more: Any) -> Iterator[tuple[int, Outcome]]:
        wanted.append(len(tasks))
        return each_outcome(tasks, *rest, **more)

    monkeypatch.setattr(sim.experiment.calibration.running, "each_outcome", counted)
    again = calibrate(plan, tmp_path, 1)
    assert wanted == [11, 4]
    pd.testing.assert_frame_equal(again.tables["posterior"], done.tables["posterior"], check_exact=True)
    pd.testing.assert_frame_equal(again.tables["runs"], done.tables["runs"], check_exact=True)


def test_a_run_that_fails_is_a_row_and_is_tried_again_if_asked(
    done: Calibration, plan: Plan, folder: Path, tmp_path: Path
) -> None:
    assert done.failed == 0
    with ValueStore(folder) as kept, ValueStore(tmp_path) as store:
        runs = kept.runs()
        first = next(iter(runs))
        for key, run in runs.items():
            store.add(key, Stored({}, "ValueError: no luck", "Traceback ...", 0.1) if key == first else run)
    found = calibrate(plan, tmp_path, 1)
    assert found.failed == 1
    assert found.tables["failures"]["error"].tolist() == ["ValueError: no luck"]
    assert (found.tables["runs"]["status"] == "failed").sum() == 1
    assert found.warnings[0] == f"1 of {found.runs} runs failed: failures.csv says why."
    assert calibrate(plan, tmp_path, 1, retry_failed=True).failed == 0


def test_if_every_run_fails_it_says_so(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(tasks: Any, *_: Any, **__: Any) -> Iterator[tuple[int, Outcome]]:
        for place in range(len(tasks)):
            yield place, Outcome(np.empty(0), "ModelError: no town", "Traceback", 0.0, {})

    monkeypatch.setattr(sim.experiment.calibration.running, "each_outcome", broken)
    with pytest.raises(ModelError, match="all 4 runs failed; the first: ModelError: no town"):
        calibrate(plan, tmp_path, 1)


def test_an_estimator_that_fails_is_a_row(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> dict[str, float]:
        raise ZeroDivisionError("nobody came")

    monkeypatch.setattr(sim.experiment.calibration.running, "pattern_values", broken)
    with pytest.raises(ModelError, match="the first: its patterns: ZeroDivisionError: nobody came"):
        calibrate(plan, tmp_path, 1)


def test_what_is_stored_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    run = Stored({"P1a": 1 / 3, "P1b": float("nan"), "P8": 1e-300}, "", "", 0.5)
    with ValueStore(tmp_path) as store:
        store.add(Key("a", 2**53 - 1), run)
    with ValueStore(tmp_path) as store:
        found = store.runs()[Key("a", 2**53 - 1)]
    assert (found.patterns["P1a"], found.patterns["P8"], found.seconds) == (1 / 3, 1e-300, 0.5)
    assert np.isnan(found.patterns["P1b"])
    with ValueStore(tmp_path, again=True) as store:
        assert store.runs() == {}


def test_two_cannot_write_one_folder(tmp_path: Path) -> None:
    with ValueStore(tmp_path), pytest.raises(OutputError, match="Another process is writing to"):
        ValueStore(tmp_path)


def test_runs_of_other_code_are_not_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ValueStore(tmp_path):
        pass
    monkeypatch.setattr(sim.experiment.calibration.store, "made_by", lambda: "other")
    with pytest.raises(OutputError, match=r"holds runs of other code, estimators or targets, .* start over with --again"):
        ValueStore(tmp_path)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / STORE).write_bytes(b"some words that are no database at all" * 40)
    with pytest.raises(OutputError, match="this is no sound store"):
        ValueStore(tmp_path)
