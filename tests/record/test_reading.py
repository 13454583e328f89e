"""A log read back from its lines is the log."""

import pytest

from sim.experiment import simulate
from sim.record import Record
from sim.record.reading import read_lines
from sim.scenario import Scenario


def test_a_log_comes_back_as_it_was(small: Scenario) -> None:
    record, again = simulate(small, 1).record, Record()
    for happening in read_lines(record.to_bytes().decode().splitlines()):
        again.add(happening)
    assert len(again) == len(record) > 100
    assert again == record
    assert again.to_bytes() == record.to_bytes()


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        '{"kind":"feast","day":1}',
        '{"kind":"waited","day":1}',
        '{"kind":"waited","day":1,"organiser":1,"x":1}',
        "{",
        "no",
    ],
)
def test_what_tells_no_happening_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"no happening|Expecting|delimiter"):
        list(read_lines([line]))
