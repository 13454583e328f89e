"""Shots: in which order, in which process, on which sources."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.running import Place, measure
from benchmarks.work import PROCESS, Work, known
from benchmarks.works.doubling import doubled
from benchmarks.works.institutions import Meter
from benchmarks.works.many import laws
from sim.experiment.runs import shares_town
from sim.scenario import Scenario
from tests.benchmarks.fake import WORK, shooting

HERE, OTHER = (Place(Path(label), Path(label), label) for label in ("here", "other"))

FAKE = """
import os, sys
from benchmarks.work import Found, Skipped, Timing
import sim

def told(shot):
    keep = {"first": sim.NUMBER} if not shot.number else {}
    return Found({"number": sim.NUMBER, "took": Timing(2.0, 1.0)}, facts={"kept": shot.kept, "quick": shot.quick}, keep=keep)

def absent(shot):
    raise Skipped("not in this tree")

def broken(shot):
    raise RuntimeError("it does not work")
"""


@pytest.fixture
def tree(tmp_path: Path) -> Place:
    """Sources of another commit, and a work that stands with them."""
    (tmp_path / "tree" / "sim").mkdir(parents=True)
    (tmp_path / "tree" / "sim" / "__init__.py").write_text("NUMBER = 42\n")
    (tmp_path / "tree" / "fakework.py").write_text(FAKE)
    return Place(tmp_path / "tree", tmp_path / "caches", "tree")


def fake(function: str, **settings: Any) -> Work:
    return Work("fake", "from a file", (), "fakework", function, **{"repeats": 2, "warm": False, **settings})


def test_two_places_are_measured_in_turn_after_a_warm_shot_that_counts_for_nothing() -> None:
    act = shooting({"here": [1.0, 2.0, 3.0], "other": [4.0, 5.0, 6.0]})
    other, here = measure(WORK, [OTHER, HERE], shoot=act)
    assert [(label, number, quick) for label, number, quick, _ in act.calls] == [
        *[("other", 0, True), ("here", 0, True)],
        *[(label, number, False) for number in range(3) for label in ("other", "here")],
    ]
    assert here.values("took") == [1.0, 2.0, 3.0]
    assert other.values("took") == [4.0, 5.0, 6.0]
    assert here.cpu("took") == [0.5, 1.0, 1.5]
    assert here.cpu("times as fast") == []


def test_repeats_can_be_chosen_and_quick_means_fewer() -> None:
    for settings, shots in (({"quick": True}, 1), ({"repeats": 2}, 2), ({"quick": True, "repeats": 3}, 3)):
        (outcome,) = measure(WORK, [HERE], shoot=shooting({"here": [1.0, 2.0, 3.0]}), **settings)
        assert len(outcome.shots) == shots


def test_what_the_first_shot_keeps_the_others_get() -> None:
    act = shooting({"here": [1.0, 2.0, 3.0]}, keep={"digest": "abc"})
    measure(WORK, [HERE], shoot=act)
    assert [kept for *_, kept in act.calls] == [{}, {}, {"digest": "abc"}, {"digest": "abc"}]


def test_a_shot_runs_in_another_process_on_the_sources_of_its_place(tree: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (outcome,) = measure(fake("told"), [tree])
    assert outcome.values("number") == [42.0, 42.0]
    assert outcome.cpu("took") == [1.0, 1.0]
    assert [shot["facts"]["kept"] for shot in outcome.shots] == [{}, {"first": 42}]
    assert all(seconds > 0.0 for seconds in outcome.values(PROCESS))
    assert "2 of 2" in capsys.readouterr().err


def test_a_work_that_cannot_be_done_here_says_why_and_is_not_tried_again(tree: Place) -> None:
    (outcome,) = measure(fake("absent"), [tree])
    assert len(outcome.shots) == 1
    assert outcome.why_not("number") == outcome.why_not(PROCESS) == "skipped: not in this tree"
    assert outcome.values(PROCESS) == [], "a process that did nothing keeps no budget"


def test_a_shot_that_fails_ends_its_work_with_its_own_words(tree: Place) -> None:
    (outcome,) = measure(fake("broken"), [tree])
    assert outcome.shots == []
    assert outcome.why_not("number") == "failed: RuntimeError: it does not work"


def test_sources_from_elsewhere_are_found_out(tree: Place) -> None:
    (tree.tree / "sim" / "__init__.py").write_text(f"NUMBER, __file__ = 42, {str(tree.tree.parent / 'sim.py')!r}\n")
    (outcome,) = measure(fake("told"), [tree])
    assert "not those of the tree" in outcome.failed


def test_every_work_of_ours_has_a_function_and_says_what_it_does() -> None:
    works = known()
    assert set(works) >= {"reference", "epstein", "almaty", "doubling", "ten-million", "many-seminar", "many-almaty", "machine"}
    for work in works.values():
        module = __import__(work.module, fromlist=["it"])
        assert callable(getattr(module, work.function))
        assert work.about
        assert len({budget.name for budget in work.budgets}) == len(work.budgets)


def test_a_town_that_doubles_keeps_its_protest() -> None:
    once, twice = doubled(60_000)
    assert [one.town.people.adults for one in (once, twice)] == [60_000, 120_000]

    def of(scenario: Scenario) -> list[float]:
        """All that the model takes in proportion to the number of adults."""
        adults, who = scenario.town.people.adults, scenario.organisers
        return [
            round(who.per_100k * adults / 1e5),
            who.following_most * adults,
            scenario.behaviour.call_reach * adults,
            scenario.police.per_100k * adults,
        ]

    assert of(once) == pytest.approx(of(twice))
    assert of(once)[0] == 20


def test_the_laws_of_many_runs_differ_and_share_their_town() -> None:
    found = laws("seminar", None, (50, 250))
    assert len({scenario.fingerprint for scenario in found}) == len(found) == 10
    assert {scenario.law.threshold_value for scenario in found} == {50, 250}
    assert all(shares_town(scenario, found[0]) for scenario in found)


def test_a_meter_counts_calls_and_changes_no_answer() -> None:
    meter = Meter()
    double = meter.over("double", lambda x: 2 * x)
    assert [double(1), double(4)] == [2, 8]
    assert meter.calls == {"double": 2}
    assert meter.seconds["double"] >= 0.0
