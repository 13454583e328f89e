"""Verdicts, and how they are told."""

from pathlib import Path

import pytest

from benchmarks.running import Place, measure
from benchmarks.table import budget_rows, comparison_rows, number, rendered
from tests.benchmarks.fake import WORK, shooting

HERE, OTHER = (Place(Path(label), Path(label), label) for label in ("here", "other"))


def rows(**more: object) -> dict[str, dict[str, object]]:
    return {row["budget"]: row for row in budget_rows(measure(WORK, [HERE], shoot=shooting({"here": [1.0, 9.0, 1.5]}, **more)))}


def test_the_median_is_held_against_the_target() -> None:
    found = rows()
    assert (found["took"]["median"], found["took"]["ratio"], found["took"]["verdict"]) == (1.5, 0.75, "pass")
    assert (found["took"]["lowest"], found["took"]["highest"], found["took"]["cpu"]) == (1.0, 9.0, 0.75)
    assert (found["times as fast"]["ratio"], found["times as fast"]["verdict"]) == (0.5, "miss")
    assert found["all of it"]["median"] == 4.5


def test_what_is_exactly_on_target_is_kept() -> None:
    (outcome,) = measure(WORK, [HERE], shoot=shooting({"here": [2.0, 2.0, 2.0]}))
    assert {row["budget"]: row["verdict"] for row in budget_rows([outcome])}["took"] == "pass"


def test_less_work_gets_no_verdict_and_missing_measures_say_why() -> None:
    found = rows(reduced="7 people")
    assert found["took"]["verdict"] == "smaller"
    assert found["took"]["ratio"] == 0.75
    assert found["memory"]["verdict"] == "skipped: no scale"
    assert found["memory"]["median"] is None


def test_the_table_has_a_line_for_each_budget() -> None:
    lines = rendered(list(rows().values())).splitlines()
    assert len(lines) == 5
    assert " ".join(lines[1].split()) == "fake took 1.5 s 1 to 9 0.75 s <= 2 s 0.75 pass"
    assert " ".join(lines[2].split()) == "fake times as fast 5 times 5 to 5 - >= 10 times 0.5 miss"


def test_a_comparison_takes_the_ratio_pair_by_pair() -> None:
    act = shooting({"other": [1.0, 10.0, 100.0], "here": [2.0, 20.0, 200.0]})
    other, here = measure(WORK, [OTHER, HERE], shoot=act)
    found = {row["measure"]: row for row in comparison_rows(other, here)}
    took = found["took"]
    assert (took["other"], took["here"], took["pairs"]) == (10.0, 20.0, 3)
    assert (took["ratio"], took["low"], took["high"]) == pytest.approx((2.0, 2.0, 2.0))
    assert " ".join(rendered([took]).splitlines()[1].split()) == "fake took 10 20 2 2 to 2 3"


def test_one_pair_has_no_interval() -> None:
    other, here = measure(WORK, [OTHER, HERE], repeats=1, shoot=shooting({"other": [1.0], "here": [2.0]}))
    row = next(row for row in comparison_rows(other, here) if row["measure"] == "took")
    assert row["low"] is None
    assert rendered([row]).splitlines()[1].split()[-2:] == ["-", "1"]


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0"), (0.01234, "0.0123"), (1.5, "1.5"), (999.4, "999"), (123456.7, "123,457")]
)
def test_numbers_are_short(value: float, told: str) -> None:
    assert number(value) == told
