"""Cells that grow: a fair queue, of what somebody looks at, with bounds; without a process and without a second's wait."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.errors import OutputError
from sim.experiment.exploring import EarlierRuns, Explorer, GistStore, Growing, Growth, Law, load_explorer
from sim.experiment.exploring.gist import Gist
from sim.experiment.exploring.kept_answers import KeptAnswers
from sim.experiment.exploring.outcomes import OUTCOMES
from sim.experiment.exploring.store import Stored
from sim.experiment.exploring.told import SLOW, WRONG, CrowdedError, Work
from sim.experiment.store import Key
from tests.interface.explorer.made import LIVE, written

RUN = Stored(Gist(np.zeros(len(OUTCOMES)), np.zeros((1, 4), np.int32)), "", "", 0.1)
FAILED = Stored(None, "it broke", "", 0.1)


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    return load_explorer(written(tmp_path_factory.mktemp("text"), LIVE), every=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def growth(explorer: Explorer, clock: Clock) -> Growth:
    return Growth(explorer, told, clock=clock)


def told(found: Growing) -> bytes:
    return json.dumps([found.done, found.failed, found.why, list(found.missing)]).encode()


def law(explorer: Explorer, name: str) -> Law:
    """A law of its own name; what its scenario says does not matter to a queue."""
    return Law(name, explorer.design.scenarios[0])


def take(growth: Growth) -> Work:
    found = growth.take(0.0)
    assert found is not None
    return found


def test_an_answer_is_there_at_once_and_grows(explorer: Explorer, growth: Growth) -> None:
    a = law(explorer, "a")
    assert growth.ask("somebody", [a])[0][:2] == (0, True)
    for done in range(1, 5):
        growth.bring(take(growth), RUN)
        (answer,) = growth.ask("somebody", [a])
        assert answer[:2] == (done, done < 4)
        assert json.loads(answer.body) == [done, 0, "", list(range(done, 2))]
    assert growth.take(0.0) is None


def test_the_law_with_the_fewest_runs_is_next(explorer: Explorer, growth: Growth) -> None:
    for n in range(5):
        growth.ask(f"visitor {n}", [law(explorer, "the same"), law(explorer, f"law {n}")])
    first = [take(growth) for _ in range(12)]
    counts = {name: sum(work.name == name for work in first) for name in {work.name for work in first}}
    assert counts == dict.fromkeys(["the same", *(f"law {n}" for n in range(5))], 2)
    assert [work.seed for work in first] == [1] * 6 + [2] * 6  # pairs: the same seeds under every law
    growth.ask("latecomer", [law(explorer, "late")])
    assert [take(growth).name for _ in range(2)] == ["late", "late"]


def test_no_run_is_in_two_hands(explorer: Explorer, growth: Growth) -> None:
    growth.ask("somebody", [law(explorer, "a"), law(explorer, "a")])
    growth.ask("somebody else", [law(explorer, "a")])
    assert [take(growth).seed for _ in range(4)] == [1, 2, 3, 4]
    assert growth.take(0.0) is None


def test_what_nobody_asked_for_again_is_not_run(explorer: Explorer, growth: Growth, clock: Clock) -> None:
    growth.ask("gone", [law(explorer, "left")])
    growth.ask("here", [law(explorer, "looked at")])
    growth.bring(take(growth), RUN)
    clock.now = 15.0
    growth.ask("here", [law(explorer, "looked at")])
    clock.now = 21.0
    assert {take(growth).name for _ in range(growth.waiting)} == {"looked at"}
    (answer,) = growth.ask("back", [law(explorer, "left")])
    assert answer.done == 1  # what was done is not done again


def test_a_visitor_waits_for_what_was_asked_last(explorer: Explorer, growth: Growth) -> None:
    for n in range(10):
        growth.ask("somebody", [law(explorer, f"law {n}")])
    assert growth.waiting == 4
    assert take(growth).name == "law 9"


def test_a_law_that_always_fails_is_given_up_and_tried_again_later(explorer: Explorer, growth: Growth, clock: Clock) -> None:
    growth.ask("somebody", [law(explorer, "a")])
    for why in (SLOW, WRONG, SLOW):
        growth.bring(take(growth), FAILED, why)
    assert growth.take(0.0) is None
    (answer,) = growth.ask("somebody", [law(explorer, "a")])
    assert not answer.more
    assert json.loads(answer.body)[:3] == [3, 3, SLOW]
    clock.now = 30.0
    (answer,) = growth.ask("somebody", [law(explorer, "a")])
    assert answer[:2] == (0, True)


def test_one_run_that_fails_leaves_the_others(explorer: Explorer, growth: Growth) -> None:
    growth.ask("somebody", [law(explorer, "a")])
    growth.bring(take(growth), FAILED, WRONG)
    for _ in range(3):
        growth.bring(take(growth), RUN)
    (answer,) = growth.ask("somebody", [law(explorer, "a")])
    assert not answer.more
    assert json.loads(answer.body) == [4, 1, WRONG, [0]]


def test_complete_answers_are_kept_and_the_oldest_goes_first(explorer: Explorer, clock: Clock) -> None:
    growth = Growth(explorer, told, keep=2, clock=clock)
    for name in ("a", "b", "c"):
        growth.ask("somebody", [law(explorer, name)])
        for _ in range(4):
            growth.bring(take(growth), RUN)
        assert not growth.ask("somebody", [law(explorer, name)])[0].more
    assert [growth.ask("somebody", [law(explorer, name)])[0].done for name in ("c", "b", "a")] == [4, 4, 0]


def test_kept_answers_are_bounded_in_number_and_in_bytes() -> None:
    kept = KeptAnswers(3, most_bytes=10)
    for name, size in (("a", 2), ("b", 3), ("c", 3)):
        kept.put(name, b"x" * size)
    assert kept.get("a") == b"xx"  # asked for now: b is the oldest
    kept.put("d", b"xx")
    assert [kept.get(name) is None for name in "abcd"] == [False, True, False, False]
    kept.put("e", b"x" * 11)
    assert len(kept) == kept.size == 0  # larger than all there is room for
    kept.put("f", b"xxx")
    kept.put("f", b"x")
    assert (len(kept), kept.size) == (1, 1)


def test_there_are_not_more_visitors_than_can_be_served(explorer: Explorer, growth: Growth, clock: Clock) -> None:
    for n in range(80):
        growth.ask(f"visitor {n}", [law(explorer, "a")])
    with pytest.raises(CrowdedError, match="80 visitors at a time are served, and there are as many"):
        growth.ask("one more", [law(explorer, "a")])
    growth.ask("visitor 3", [law(explorer, "a")])
    clock.now = 21.0
    growth.ask("one more", [law(explorer, "a")])


def test_laws_that_nobody_looks_at_are_forgotten_if_there_are_many(explorer: Explorer, growth: Growth) -> None:
    growth.ask("somebody", [law(explorer, "first")])
    growth.bring(take(growth), RUN)
    for n in range(300):
        growth.ask("somebody", [law(explorer, f"law {n}")])
    assert growth.ask("somebody", [law(explorer, "first")])[0].done == 0


def test_a_run_that_comes_too_late_is_dropped(growth: Growth, explorer: Explorer) -> None:
    growth.bring(Work("nobody's", explorer.design.scenarios[0], 1), RUN)
    assert growth.waiting == 0


def test_earlier_runs_are_used_and_never_written(tmp_path: Path, explorer: Explorer, clock: Clock) -> None:
    with GistStore(tmp_path) as store:
        for seed in (1, 2, 3):
            store.add(Key("a", seed), RUN if seed < 3 else FAILED)
        store.add(Key("b", 1), RUN)
        before = (tmp_path / "page.sqlite").read_bytes()
        earlier = EarlierRuns(tmp_path)  # while another process fills it
        growth = Growth(explorer, told, clock=clock, earlier=earlier)
        assert growth.ask("somebody", [law(explorer, "a")])[0].done == 2
        assert [take(growth).seed, take(growth).seed] == [3, 4]  # what failed is tried again
        assert growth.ask("somebody", [law(explorer, "c")])[0].done == 0
        assert (tmp_path / "page.sqlite").read_bytes() == before
    assert earlier.usable
    earlier.close()
    assert earlier.runs("a", [1]) == {}


def test_runs_of_other_code_or_of_no_folder_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiment.exploring import earlier, store

    assert not EarlierRuns(tmp_path / "nowhere").usable
    assert list(tmp_path.iterdir()) == []
    with GistStore(tmp_path):
        pass
    monkeypatch.setattr(earlier, "made_by", lambda: "other code")
    assert not EarlierRuns(tmp_path).usable
    monkeypatch.setattr(store, "made_by", lambda: "other code")
    with pytest.raises(OutputError, match="runs of other code"):
        GistStore(tmp_path)
