"""What is left on disk: whole files, nothing replaced, nothing of the machine that names it."""

import json
import platform
from pathlib import Path

import pytest

from benchmarks import machine
from benchmarks.figures import curves_of, drawn, slopes
from benchmarks.running import Place, measure
from benchmarks.writing import free_name, write_all
from tests.benchmarks.fake import WORK, shooting

HERE = Place(Path("here"), Path("here"), "here")
CURVE = {"town size": {"year": [[10.0, 1.0], [1000.0, 1.0]], "town": [[10.0, 1.0], [1000.0, 100.0]]}}


def test_the_document_names_its_figures_and_knows_no_nan(tmp_path: Path) -> None:
    written = write_all(tmp_path / "new", "one", {"a": [float("nan"), 1.5], "b": {"c": float("inf")}}, {"x.svg": b"<svg/>"})
    assert [path.name for path in written] == ["one-x.svg", "one.json"]
    assert json.loads(written[1].read_text()) == {"a": [None, 1.5], "b": {"c": None}, "figures": ["one-x.svg"]}
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["one-x.svg", "one.json"]


def test_nothing_is_replaced(tmp_path: Path) -> None:
    write_all(tmp_path, free_name(tmp_path, "one"), {"run": 1}, {})
    assert free_name(tmp_path, "one") == "one-2"
    with pytest.raises(FileExistsError):
        write_all(tmp_path, "one", {"run": 2}, {})
    assert json.loads((tmp_path / "one.json").read_text())["run"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"], "nothing unfinished is left behind"


def test_a_curve_is_the_median_of_the_shots_and_states_its_slope() -> None:
    (outcome,) = measure(WORK, [HERE], shoot=shooting({"here": [1.0, 2.0, 3.0]}, curves=CURVE))
    series = curves_of(outcome)["town size"]
    assert series["town"] == [(10.0, 1.0), (1000.0, 100.0)]
    assert slopes(series) == pytest.approx({"year": 0.0, "town": 1.0})


def test_a_figure_is_the_same_bytes_each_time() -> None:
    series = {label: [(x, y) for x, y in points] for label, points in CURVE["town size"].items()}
    once, again = (drawn("town size, adults", series, "a test") for _ in range(2))
    assert set(once) == {"town-size.png", "town-size.svg"}
    assert once == again


def test_the_machine_is_told_without_its_name() -> None:
    told = json.dumps(machine.about())
    assert json.loads(told)["processors"] >= 1
    assert not platform.node() or platform.node() not in told
    assert str(Path.home()) not in told


def test_what_others_use_is_what_is_left_of_all_work() -> None:
    before, after = machine.Moment(0.0, 0.0, 100.0), machine.Moment(10.0, 8.0, 113.0)
    assert before.others(after) == pytest.approx(0.5)
    assert machine.Moment(0.0, 0.0, None).others(after) is None
    assert before.others(machine.Moment(10.0, 30.0, 113.0)) == 0.0, "never less than nothing"
