"""Filings and police: patterns of tables made up so that they are known."""

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from sim.measurement.patterns import PATTERNS, Events
from tests.measurement.patterns.made import events, sized

NAN = float("nan")


def value(name: str, made: Events) -> float:
    return PATTERNS[name](made)


def test_attended_over_declared() -> None:
    """Empirics, section 5: ln attended = 0.13 + 0.85 ln declared + N(0, 0.86)."""
    drawn = np.random.default_rng(1)
    declared = np.exp(drawn.normal(3.5, 1.2, 40_000))
    attended = np.exp(0.13 + 0.85 * np.log(declared) + drawn.normal(0.0, 0.86, 40_000))
    made = sized(attended, declared=declared)
    chosen = declared > 1
    assert value("P4e", made) == pytest.approx(0.85, abs=0.02)
    theirs = sm.OLS(np.log(attended[chosen]), sm.add_constant(np.log(declared[chosen]))).fit().params[1]
    assert value("P4e", made) == pytest.approx(theirs, rel=1e-9)
    assert value("P4a", made) == pytest.approx(math.exp(0.13 - 0.15 * 3.5), rel=0.03)
    assert value("P4b", made) == pytest.approx(math.hypot(0.86, 0.15 * 1.2), rel=0.02)


def test_overshoot_is_counted_beyond_its_bound() -> None:
    made = sized([10, 11, 11.5, 20, 21, 5], declared=[10.0] * 6)
    assert value("P4c", made) == pytest.approx(3 / 6)
    assert value("P4d", made) == pytest.approx(1 / 6)
    assert value("P4a", made) == pytest.approx(1.125)


@pytest.mark.parametrize(
    "columns",
    [
        {"held": [1.0, 1.0, 0.0]},
        {"filed": [1.0, 1.0, 0.0]},
        {"one_off": [1.0, 1.0, 0.0]},
        {"declared": [10.0, 20.0, 1.0]},
        {"declared": [10.0, 20.0, NAN]},
    ],
)
def test_only_one_off_events_that_were_filed_for_and_held_count(columns: dict[str, Any]) -> None:
    made = sized([5.0, 20.0, 300.0], **{"declared": [10.0, 20.0, 10.0], **columns})
    assert value("P4a", made) == 0.75


def test_not_held() -> None:
    made = events(range(8), held=[1, 1, 1, 0, 0, 1, 0, 1], filed=[1, 1, 1, 1, 0, 0, NAN, 1])
    assert value("P5", made) == pytest.approx(1 / 5)


def test_notice_and_decisions() -> None:
    made = events(range(5), notice=[1, 2, 7, 8, 30], decision_lag=[0, 1, 4, 4, NAN], decision_lead=[1, 1, 3, 4, NAN])
    assert (value("P6a", made), value("P6b", made), value("P6c", made)) == (7.0, 0.6, 0.4)
    assert (value("P7a", made), value("P7b", made)) == (2.5, 0.75)


def test_the_law_and_its_desk() -> None:
    made = events(
        range(6),
        held=[1, 1, 1, 0, 0, 1],
        filed=[1, 1, 0, 1, 1, 0],
        critical=[1, 0, 1, 1, 0, 0],
        answers=[2, 1, NAN, 3, 1, NAN],
        refusals=[1, 1, NAN, 3, 0, NAN],
        prohibited=[0, 0, NAN, 1, 0, NAN],
        granted=[1, 1, NAN, 0, 1, NAN],
        unnotified=[0, 0, 1, NAN, NAN, 0],
        unauthorised=[1, 0, 1, NAN, NAN, 0],
    )
    assert value("P12", made) == pytest.approx(4 / 5)
    assert value("P13a", made) == pytest.approx(2 / 4)
    assert value("P13b", made) == pytest.approx(2 / 4)
    assert value("P14", made) == pytest.approx(1 / 4)
    assert value("P19", made) == pytest.approx(1 / 3)


def test_where_only_filings_are_known_they_decide_what_was_un_notified() -> None:
    assert value("P13a", events(range(4), unnotified=[1, 0, NAN, 0])) == pytest.approx(1 / 3)


def test_arrests() -> None:
    drawn = np.random.default_rng(2)
    attended = np.exp(drawn.normal(5.0, 1.0, 20_000))
    arrests = np.where(np.arange(20_000) % 10 == 0, np.exp(1.5 + 0.27 * np.log(attended) + drawn.normal(0, 0.5, 20_000)), 0.0)
    made = sized(attended, arrests=arrests, punished=arrests / 4)
    assert value("P10a", made) == pytest.approx(0.1)
    assert value("P10b", made) == pytest.approx(math.exp(1.5 + 0.27 * 5.0), rel=0.05)
    assert value("P10d", made) == pytest.approx(0.27, abs=0.05)
    assert value("P11", made) == pytest.approx(0.25)
    tail = np.floor(16.0 * (1.0 - drawn.random(4_000)) ** (-1 / 1.4) * 100) / 100
    assert value("P10c", sized(np.full(4_000, 50.0), arrests=tail)) == pytest.approx(2.4, abs=0.08)


def test_officers_and_intervention() -> None:
    made = sized(
        [20_000, 30_000, 50, 150, 250, 40],
        officers=[5_000, 2_500, 100, 200, 900, NAN],
        unauthorised=[0, 0, 1, 1, 1, 1],
        intervention=[1, 0, 0, 1, 0, NAN],
    )
    assert value("P17a", made) == pytest.approx(7_500 / 50_000)
    assert value("P17b", made) == pytest.approx(300 / 200)
    assert value("P16", made) == pytest.approx(2 / 5)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_of_nothing_there_is_nothing_to_tell(name: str) -> None:
    assert math.isnan(value(name, events([], 364))) or name in {"P15a", "P15b"}
    nothing_known = events(range(60), 364)
    known = {"P8", "P9a", "P9b", "P9c"}
    assert math.isnan(value(name, nothing_known)) or name in known
