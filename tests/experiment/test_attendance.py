"""Who came under one law and not under another."""

import numpy as np

from sim.experiment.attendance import crossings, crossings_averaged, participants
from sim.record import Held, Record

QUINTILE = np.array([0, 0, 1, 1, 2, 2, 3, 3, 4, 4])


def held(day: int, *goers: int) -> Held:
    return Held(day, 0, len(goers), len(goers), 0, 0, True, (), goers)


def test_participants_are_counted_once() -> None:
    record = Record()
    for happening in (held(0, 1, 5), held(1, 5, 7)):
        record.add(happening)
    assert participants(record).tolist() == [1, 5, 7]
    assert participants(Record()).size == 0


def test_everybody_who_came_is_in_one_place() -> None:
    found = crossings(np.array([0, 1, 4]), np.array([1, 8, 9]), QUINTILE)
    assert found.tolist() == [[1, 0, 1], [0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 2, 0]]


def test_the_mean_over_pairs_adds_up() -> None:
    pairs = [crossings(np.array([0, 1, 4]), np.array([1, 8, 9]), QUINTILE), crossings(np.array([0]), np.array([0]), QUINTILE)]
    table = crossings_averaged(pairs).set_index(["quintile", "outcome"])["mean"]
    assert table["all", "only_a"] == 1.0
    assert table["all", "only_b"] == 1.0
    assert table["all", "both"] == 1.0
    assert table["5", "net"] == 1.0
    for outcome in ("only_a", "only_b", "both", "net"):
        assert sum(table[str(quintile), outcome] for quintile in range(1, 6)) == table["all", outcome]


def test_towns_that_differ_have_no_table() -> None:
    assert len(crossings_averaged([])) == 0
