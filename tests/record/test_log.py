"""The record: what is written stays, in order, and says the same in the same words."""

import dataclasses
import hashlib
import json
import pickle

import numpy as np
import pytest

from sim import record
from sim.record import Arrested, Held, LawChanged, Record, Shocked, Waited

KINDS = [getattr(record, name) for name in record.__all__ if isinstance(getattr(record, name), type)]
HAPPENINGS = [kind for kind in KINDS if issubclass(kind, record.Happening) and kind is not record.Happening]
STORY = (Waited(0, 3), Shocked(1, 0, 0.25), Waited(1, 4), LawChanged(5, 0), Waited(5, 3))


def told(*happenings: record.Happening) -> Record:
    log = Record()
    for happening in happenings:
        log.add(happening)
    return log


def test_it_is_read_in_the_order_in_which_it_was_written() -> None:
    log = told(*STORY)
    assert tuple(log) == STORY
    assert len(log) == 5
    assert list(log.of(Waited)) == [STORY[0], STORY[2], STORY[4]]
    assert list(log.of(Shocked, LawChanged)) == [STORY[1], STORY[3]]
    assert list(log.of(Held)) == []


def test_days_never_run_backwards() -> None:
    log = told(*STORY)
    with pytest.raises(ValueError, match="day 4 after day 5"):
        log.add(Waited(4, 1))
    assert tuple(log) == STORY, "what is refused leaves nothing behind"
    log.add(Waited(5, 1))


def test_what_is_written_cannot_be_changed() -> None:
    log = told(*STORY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        STORY[0].day = 7  # type: ignore[misc]
    public = {name for name in dir(Record) if not name.startswith("_")}
    assert public == {"add", "digest", "lines", "of", "to_bytes"}, "nothing removes, sorts or replaces"
    copy = list(log)
    copy.clear()
    assert len(log) == 5
    with pytest.raises(TypeError, match="hash"):
        hash(log)


def test_a_happening_holds_nothing_but_what_it_says() -> None:
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(STORY[0], "mood", 1)


def test_equal_records_are_equal() -> None:
    assert told(*STORY) == told(*STORY)
    assert told(*STORY) != told(*STORY[:-1])
    assert told(*STORY) != list(STORY)
    assert told(*STORY).digest == told(*STORY).digest
    assert told(*STORY).digest != told(*STORY[:-1]).digest
    swapped = (STORY[0], STORY[2], STORY[1], *STORY[3:])
    assert told(*swapped) != told(*STORY)
    assert told(*swapped).digest != told(*STORY).digest


def test_a_line_is_the_kind_and_every_field() -> None:
    log = told(Held(3, 1, 9, 2, 1, 0, True, (), (2,)), Shocked(3, 0, 0.1))
    assert list(log.lines()) == [
        '{"kind":"held","day":3,"assembly":1,"reached":9,"adults":2,"minors":1,"officers":0,"lawful_at_start":true,"breaches":[],"goers":[2]}',
        '{"kind":"shocked","day":3,"issue":0,"size":0.1}',
    ]


def test_the_bytes_are_lines_and_the_digest_is_theirs() -> None:
    log = told(*STORY)
    assert log.to_bytes() == "".join(f"{line}\n" for line in log.lines()).encode()
    assert log.digest == hashlib.sha256(log.to_bytes()).hexdigest()
    assert told().to_bytes() == b""


def test_numbers_of_arrays_are_written_as_plain_ones() -> None:
    """A happening made from numpy's numbers reads as one made from Python's."""
    numpys = told(Shocked(np.int64(2), np.int32(1), np.float64(0.1)), Arrested(2, 0, (np.int32(4), np.int64(5))))
    plain = told(Shocked(2, 1, 0.1), Arrested(2, 0, (4, 5)))
    assert numpys.to_bytes() == plain.to_bytes()
    assert numpys.digest == plain.digest


def test_nothing_else_is_written_down() -> None:
    with pytest.raises(TypeError, match="plain values only, found set"):
        told(Waited(0, {1})).to_bytes()  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", HAPPENINGS, ids=lambda kind: kind.__name__)
def test_every_kind_has_a_name_of_its_own_and_its_day_first(kind) -> None:
    assert [other for other in HAPPENINGS if other.kind == kind.kind] == [kind]
    assert dataclasses.fields(kind)[0].name == "day"
    assert kind.__doc__
    assert not hasattr(kind(*range(len(dataclasses.fields(kind)))), "__dict__"), "slots only: a city has millions of them"


def test_the_face_of_the_module_is_complete_and_sorted() -> None:
    written = {kind.__name__ for kind in record.Happening.__subclasses__()}
    assert written == {kind.__name__ for kind in HAPPENINGS}
    names = [name for name in record.__all__ if not name.isupper()]
    assert names == sorted(names)


@pytest.mark.parametrize("words", [record.FATES, record.STRATEGIES])
def test_words_differ(words: tuple[str, ...]) -> None:
    assert len(set(words)) == len(words)


def test_strategies_keep_their_place() -> None:
    """Each strategy's coin is named after its place in this list: another order would be another random world."""
    assert record.STRATEGIES[:5] == ("wait", "single_picket", "small", "under_threshold", "expected")
    assert record.STRATEGIES[5:] == ("split", "unannounced", "exempt_kind", "spontaneous", "phantom")


def test_turnout_counts_children() -> None:
    assert Held(3, 1, 9, 4, 2, 2, True, (), (2, 5, 7, 8)).turnout == 6


def test_a_record_travels_between_processes() -> None:
    log = told(*STORY)
    assert pickle.loads(pickle.dumps(log)) == log


def test_a_turned_number_is_another_number() -> None:
    assert json.loads(next(told(Shocked(0, 0, 0.1 + 0.2)).lines()))["size"] == 0.1 + 0.2, "to the last bit"
