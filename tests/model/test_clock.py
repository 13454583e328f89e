"""Things to be done at a time: in order, once, unless cancelled; with their arguments, whoever else has forgotten them."""

import gc
import weakref

import mesa
import pytest

from sim.model.clock import Clock


class Diary(mesa.Model):
    """A model that writes down what is done, and its steps."""

    def __init__(self) -> None:
        super().__init__(rng=1)
        self.done: list[object] = []
        self.clock = Clock(self)

    def step(self) -> None:
        self.done.append(f"step {self.time:g}")

    def note(self, *what: object) -> None:
        self.done.append(*what)


@pytest.fixture
def diary() -> Diary:
    return Diary()


def test_tasks_are_done_by_time_and_then_in_the_order_of_their_coming(diary: Diary) -> None:
    for time, what in [(2.5, "late"), (0.5, "desk"), (0.25, "dawn"), (0.5, "desk again"), (1.0, "after the step")]:
        diary.clock.at(time, diary.note, what)
    diary.run_for(3)
    assert diary.done == ["dawn", "desk", "desk again", "step 1", "after the step", "step 2", "late", "step 3"]


def test_what_is_cancelled_is_not_done(diary: Diary) -> None:
    kept, gone = (diary.clock.at(0.5, diary.note, what) for what in ("kept", "gone"))
    gone.cancel()
    gone.cancel()
    diary.run_for(1)
    assert diary.done == ["kept", "step 1"]
    kept.cancel()
    diary.run_for(1)
    assert diary.done == ["kept", "step 1", "step 2"]


def test_a_task_may_cancel_another_of_the_same_time(diary: Diary) -> None:
    def cancel() -> None:
        gone.cancel()

    diary.clock.at(0.5, cancel)
    gone = diary.clock.at(0.5, diary.note, "too late")
    diary.run_for(1)
    assert diary.done == ["step 1"]


def test_a_task_may_put_another_on_the_clock(diary: Diary) -> None:
    diary.clock.at(0.5, diary.clock.at, 0.75, diary.note, "follows")
    diary.run_for(1)
    assert diary.done == ["follows", "step 1"]


def test_a_task_is_done_once(diary: Diary) -> None:
    diary.clock.at(0.5, diary.note, "once")
    diary.run_for(5)
    assert diary.done.count("once") == 1


class Filing:
    """Something that only the clock still knows."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary

    def answer(self, other: "Filing") -> None:
        self.diary.done.append(("answered", other.diary is self.diary))


def test_what_is_to_be_done_is_kept_alive_until_it_is_done(diary: Diary) -> None:
    """Mesa by itself holds callbacks weakly and skips dead ones in silence: no filing would ever be answered."""
    filing, other = Filing(diary), Filing(diary)
    known = [weakref.ref(filing), weakref.ref(other)]
    diary.clock.at(0.5, filing.answer, other)
    del filing, other
    gc.collect()
    assert all(ref() for ref in known)
    diary.run_for(1)
    assert diary.done == [("answered", True), "step 1"]
    gc.collect()
    assert not any(ref() for ref in known), "and let go of when it is done"


def test_what_is_cancelled_is_let_go_of(diary: Diary) -> None:
    filing = Filing(diary)
    known = weakref.ref(filing)
    diary.clock.at(0.5, filing.answer, filing).cancel()
    del filing
    gc.collect()
    assert known() is None


def test_an_error_in_a_task_is_not_swallowed(diary: Diary) -> None:
    diary.clock.at(0.5, int, "none")
    with pytest.raises(ValueError, match="none"):
        diary.run_for(1)


def test_nothing_can_be_put_into_the_past(diary: Diary) -> None:
    diary.run_for(2)
    with pytest.raises(ValueError, match="past"):
        diary.clock.at(1.5, diary.note, "yesterday")
