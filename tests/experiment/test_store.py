"""A store that never loses a run: killed, interrupted, full or damaged, what was stored is there and is gone on with."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import OutputError
from sim.experiment.running import Outcome
from sim.experiment.running.outcome import failed
from sim.experiment.store import STORE, Key, RunStore, file, fill
from sim.experiment.store.filling import keys_of, table_path
from sim.experiment.store.lock import LOCK
from sim.measurement import INDICATORS
from sim.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
Tasks = list[tuple[Scenario, int]]


@pytest.fixture(scope="module")
def tasks(small: Scenario, without_threshold: Scenario) -> Tasks:
    """Two laws on the towns of five seeds, and a run that fails."""
    return [*((scenario, seed) for seed in range(1, 6) for scenario in (small, without_threshold)), (small, -3)]


@pytest.fixture(scope="module")
def whole(tasks: Tasks, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of an uninterrupted sweep in this process."""
    with RunStore(tmp_path_factory.mktemp("whole")) as store:
        assert fill(store, tasks, 1) == (11, 1, 11, 0)
        return table_of(store, tasks)


def table_of(store: RunStore, tasks: Tasks) -> bytes:
    """The runs of a store as bytes: every number to the last bit, but not what each run took."""
    found = store.table(keys_of(tasks)).drop(columns="seconds")
    numbers = found[list(INDICATORS)].to_numpy(np.float64)
    return found.drop(columns=list(INDICATORS)).to_csv().encode() + numbers.tobytes()


def outcome(value: float = 1.5, seconds: float = 0.25) -> Outcome:
    return Outcome(np.full(len(INDICATORS), value), "", "", seconds, {})


# -- what is stored ----------------------------------------------------------------------------------------------------------


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.floats(width=64), min_size=len(INDICATORS), max_size=len(INDICATORS)),
    st.integers(0, 2**53 - 1),
    st.text(max_size=20).filter(lambda text: text.encode("utf-8", "ignore").decode() == text),
)
def test_what_is_stored_comes_back_to_the_last_bit(tmp_path: Path, values: list[float], seed: int, words: str) -> None:
    good, bad = Key("a", seed), Key("b", seed)
    with RunStore(tmp_path) as store:
        store.add(good, Outcome(np.array(values), "", "", 0.1, {}))
        store.add(bad, failed(words, f"Traceback: {words}", 0.2))
    with RunStore(tmp_path) as store:
        found = store.outcome(good)
        assert found is not None
        assert found.values.tobytes() == np.array(values).tobytes()
        lost = store.outcome(bad)
        assert lost is not None
        assert (lost.error, lost.traceback, lost.seconds) == (words or "it failed without a word", f"Traceback: {words}", 0.2)
        assert np.isnan(lost.values).all()


def test_the_table_stands_in_the_order_of_its_keys_and_leaves_out_what_is_missing(tmp_path: Path) -> None:
    with RunStore(tmp_path) as store:
        for seed in (3, 1):
            store.add(Key("a", seed), outcome(seed))
        store.add(Key("a", 2), failed("ValueError: no", "Traceback", 0.5))
        found = store.table([Key("a", seed) for seed in (1, 2, 3, 4)])
    assert found["place"].tolist() == [0, 1, 2]
    assert found["status"].tolist() == ["done", "failed", "done"]
    assert found["error"].tolist() == ["", "ValueError: no", ""]
    first = next(iter(INDICATORS))
    pd.testing.assert_series_equal(found[first], pd.Series([1.0, np.nan, 3.0], name=first))


def test_a_run_is_on_disk_soon_after_it_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.store.store._WAIT", 0.05)
    with RunStore(tmp_path) as store:
        store.add(Key("a", 1), outcome())
        until = time.monotonic() + 5
        while not store.stored() and time.monotonic() < until:
            time.sleep(0.02)
        assert store.stored() == {Key("a", 1): "done"}


# -- going on ----------------------------------------------------------------------------------------------------------------


def test_only_what_is_missing_is_run(tasks: Tasks, whole: bytes, tmp_path: Path) -> None:
    told: list[tuple[int, ...]] = []
    with RunStore(tmp_path) as store:
        fill(store, tasks[:4], 1)
    with RunStore(tmp_path) as store:
        assert fill(store, tasks, 1, told.append) == (11, 1, 11, 4)
        assert table_of(store, tasks) == whole
        assert fill(store, tasks, 1, told.append) == (11, 1, 11, 11)
    assert [count[0] for count in told] == [*range(4, 12), 11]


def test_a_failed_run_is_tried_again_only_if_that_is_asked(small: Scenario, tmp_path: Path) -> None:
    (key,) = keys_of([(small, 1)])
    with RunStore(tmp_path) as store:
        store.add(key, failed("MemoryError: "))
        store.flush()
        assert fill(store, [(small, 1)], 1) == (1, 1, 1, 1)
        assert fill(store, [(small, 1)], 1, retry_failed=True) == (1, 0, 1, 0)
        assert store.stored() == {key: "done"}


def test_one_scenario_by_two_names_is_one_run(small: Scenario, tmp_path: Path) -> None:
    twin = small.model_copy(update={"name": "twin"})
    with RunStore(tmp_path) as store:
        assert fill(store, [(small, 1), (twin, 1)], 1) == (1, 0, 1, 0)
        assert store.table(keys_of([(small, 1), (twin, 1)]))["place"].tolist() == [0, 1]


def test_tables_of_runs_are_written_and_written_again_if_they_are_gone(small: Scenario, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed; it comes with the extras parquet and test")
    tasks = [(small, 1), (small, 2)]
    with RunStore(tmp_path) as store:
        fill(store, tasks, 1, tables=("assemblies",), points=[7, 7])
        paths = [table_path(tmp_path, "assemblies", 7, seed) for seed in (1, 2)]
        assert paths[0].relative_to(tmp_path).as_posix() == "tables/assemblies/point=7/seed-1.parquet"
        from sim.experiment import simulate

        pd.testing.assert_frame_equal(pd.read_parquet(paths[0]), simulate(small, 1).tables.assemblies)
        before = paths[1].read_bytes()
        paths[1].unlink()
        assert fill(store, tasks, 1, tables=("assemblies",), points=[7, 7]) == (2, 0, 2, 1)
        assert paths[1].read_bytes() == before
        assert not list(tmp_path.rglob("*.unfinished"))


# -- what ends a process -----------------------------------------------------------------------------------------------------

_KILLED = """
import os, signal, sys, time
from pathlib import Path
from sim.experiment.store import RunStore, fill
from tests.conftest import small_scenario
from tests.experiment.test_store import table_of

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
laws = (small_scenario(), small_scenario({"law.threshold": "none"}))
tasks = [*((law, seed) for seed in range(1, 6) for law in laws), (laws[0], -3)]
with RunStore(folder / "warm") as store:
    fill(store, tasks, 1)  # loads what all need
with RunStore(folder / "timed") as store:
    began = time.monotonic()
    fill(store, tasks, 1, lambda count: store.flush())
    took = time.monotonic() - began  # as long as it takes here and now, whatever else is being done
for kill in range(kills):
    child = os.fork()
    if not child:
        with RunStore(folder) as store:
            fill(store, tasks, 1, lambda count: store.flush())
        os._exit(0)
    time.sleep(took * (0.02 + 0.137 * kill % 0.35))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with RunStore(folder) as store:
        print(len(store.stored()), store.left_behind, flush=True)
with RunStore(folder) as store:
    fill(store, tasks, 1)
    sys.stdout.buffer.write(table_of(store, tasks))
"""

_INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests were started from
from pathlib import Path
from sim.experiment.store import RunStore, fill
from tests.conftest import small_scenario
import multiprocessing

def tell(count):
    children = [child.pid for child in multiprocessing.active_children()]
    if count.there == 3:
        print(*children, flush=True)

law = small_scenario()
with RunStore(Path(sys.argv[1])) as store:
    fill(store, [(law, seed) for seed in range(1, 5_000)], 2, tell)
"""


def run(script: str, *words: str | Path) -> list[str | Path]:
    return [sys.executable, "-c", script, *words]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that are killed are forked, so that there can be many")
def test_killed_at_many_moments_and_gone_on_with_it_holds_the_same_to_the_byte(whole: bytes, tmp_path: Path) -> None:
    done = subprocess.run(run(_KILLED, tmp_path, "8"), cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True)
    *told, rest = done.stdout.split(b"\n", 8)
    there = [int(line.split()[0]) for line in told]
    assert there == sorted(there)  # no run that was stored is ever lost
    assert there[-1] > 0
    assert any(line.endswith(b"True") for line in told)
    assert rest == whole


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_or_killed_it_leaves_no_process_and_goes_on(how: signal.Signals, small: Scenario, tmp_path: Path) -> None:
    with subprocess.Popen(
        run(_INTERRUPTED, tmp_path), cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        others = process.stdout.readline().split()
        time.sleep(1.2)  # a second until what ended is on disk
        process.send_signal(how)
        began = time.monotonic()
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
        assert time.monotonic() - began < 5
    assert process.returncode != 0
    until = time.monotonic() + 5
    assert others
    while any(map(_lives, others)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_lives, others))
    with RunStore(tmp_path) as store:
        assert store.left_behind is (how == signal.SIGKILL)
        there = len(store.stored())
        assert there >= 3
        assert fill(store, [(small, seed) for seed in range(1, 4)], 1).before >= 1


def _lives(process: bytes) -> bool:
    """Whether a process is there and is not merely waiting to be buried."""
    try:
        return Path(f"/proc/{int(process)}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# -- what cannot be written or read ------------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    def pages() -> int:
        return int(store._file.execute("PRAGMA page_count").fetchone()[0])

    with RunStore(tmp_path) as store:
        store.add(Key("a", 1), outcome())
        store.flush()
        store._file.execute(f"PRAGMA max_page_count = {pages() + 2}")
        for seed in range(2, 2_000):
            store._pending[Key("a", seed)] = outcome()
        with pytest.raises(OutputError, match=r"the disk is full\. What was stored is safe"):
            store.flush()
        store._pending.clear()
    with RunStore(tmp_path) as store:
        assert store.stored() == {Key("a", 1): "done"}
        store.add(Key("a", 2), outcome())
        store.flush()
        assert len(store.stored()) == 2


def test_what_could_not_be_written_in_time_is_told_with_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.store.store._WAIT", 0.0)
    with RunStore(tmp_path) as store:
        store._file.execute("PRAGMA query_only = ON")
        store.add(Key("a", 1), outcome())
        until = time.monotonic() + 5
        while store._error is None and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(OutputError, match="it cannot be written"):
            store.add(Key("a", 2), outcome())
        store._error = None
        store._file.execute("PRAGMA query_only = OFF")


def test_a_second_process_is_told_who_writes(tmp_path: Path) -> None:
    with RunStore(tmp_path):
        with pytest.raises(OutputError) as caught:
            RunStore(tmp_path)
        assert str(caught.value) == (
            f"Another process is writing to {tmp_path} (process {os.getpid()}). "
            "Wait until it has ended, or choose another folder."
        )
    assert not (tmp_path / LOCK).exists()
    with RunStore(tmp_path) as store:
        assert not store.left_behind


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"Runs cannot be stored in .*file: File exists\."):
        RunStore(tmp_path / "file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match=r"Runs cannot be stored in .*: Permission denied\."):
        RunStore(tmp_path)


def test_what_is_no_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / STORE
    path.write_text("seed,turnout\n1,250\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(OutputError, match=r"this is no sound store of runs \(file is not a database\)"):
        RunStore(tmp_path)
    assert path.read_bytes() == before
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    with pytest.raises(OutputError, match="a database, but no store of runs of protestlaw"):
        RunStore(tmp_path)


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    with RunStore(tmp_path) as store:
        for seed in range(200):
            store.add(Key("a", seed), outcome())
    content = bytearray((tmp_path / STORE).read_bytes())
    content[4096 * 3 : 4096 * 20] = bytes(4096 * 17)
    (tmp_path / STORE).write_bytes(content)
    with pytest.raises(OutputError, match="this is no sound store of runs"):
        RunStore(tmp_path)
    with RunStore(tmp_path, again=True) as store:
        assert store.stored() == {}


def test_another_schema_or_other_code_is_not_mixed_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RunStore(tmp_path) as store:
        store.add(Key("a", 1), outcome())
    here = json.loads(file.code_version())
    with monkeypatch.context() as patched:
        patched.setattr(file, "code_version", lambda: json.dumps({**here, "numpy": "9.9"}))
        words = rf"holds runs of other code \(numpy {here['numpy']}, here 9\.9\).*with --out, or start over with --again"
        with pytest.raises(OutputError, match=words):
            RunStore(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(file, "SCHEMA", 2)
        with pytest.raises(OutputError, match=r"was written in form 1, and this version of protestlaw reads form 2\. .*--again"):
            RunStore(tmp_path)
    with RunStore(tmp_path) as store:
        assert store.stored() == {Key("a", 1): "done"}
