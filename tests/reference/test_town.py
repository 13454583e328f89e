"""The town by definition is the town the engine draws, entry for entry."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from sim.population import TownSpec, Traits, build_town, load_town
from sim.reference import found_town

PEOPLE = ("district", "income", "theta", "risk_aversion", "deference", "media", "foreigner")


def town(name: str, **changes: Any) -> TownSpec:
    """A town of the library, with changes by part."""
    spec = load_town(name)
    parts = {part: getattr(spec, part).model_copy(update=how) for part, how in changes.items()}
    return spec.model_copy(update=parts)


@pytest.mark.parametrize(
    ("spec", "traits", "issues", "seed"),
    [
        pytest.param(town("seminar", people={"adults": 5_000}), Traits(), 4, 1, id="5,000 people"),
        pytest.param(town("seminar", people={"adults": 5_000}), Traits(), 1, 2**53 - 1, id="the last seed"),
        pytest.param(town("almaty", people={"adults": 3_000}), Traits(), 2, 3, id="many districts"),
        pytest.param(town("berlin", people={"adults": 1_001}), Traits(), 2, 4, id="a remainder to share out"),
        pytest.param(
            town("seminar", people={"adults": 700}, ties={"log_sd": 0.0, "density": 1.0}), Traits(), 1, 5, id="equal activities"
        ),
        pytest.param(
            town("seminar", people={"adults": 700}, ties={"mean": 60.0, "cutoff": 1.0}), Traits(), 1, 6, id="activities cut off"
        ),
        pytest.param(town("seminar", people={"adults": 400}, ties={"long_share": 1.0}), Traits(), 1, 7, id="no neighbourhoods"),
        pytest.param(town("seminar", people={"adults": 400}, ties={"long_share": 0.0}), Traits(), 1, 8, id="no long ties"),
        pytest.param(town("seminar", people={"adults": 7}), Traits(), 1, 9, id="seven people"),
        pytest.param(
            town("seminar", people={"adults": 500, "foreigners": 0.4}),
            Traits(deference_full=0.6, deference_none=0.4, online=0.0, reluctance_sd=0.0, risk_log_sd=0.0),
            3,
            10,
            id="traits at their ends",
        ),
    ],
)
def test_the_same_people_with_the_same_ties(spec: TownSpec, traits: Traits, issues: int, seed: int) -> None:
    engine, reference = build_town(spec, traits, issues, seed), found_town(spec, traits, issues, seed)
    for name in PEOPLE:
        assert [getattr(person, name) for person in reference.people] == getattr(engine.people, name).tolist(), name
    assert [person.concern for person in reference.people] == engine.people.concern.T.tolist()
    assert [person.ties for person in reference.people] == [engine.ties.of(number).tolist() for number in range(engine.n)]
    assert reference.distance == engine.distance.tolist()
    assert [(home.start, home.stop) for home in reference.homes] == [(part.start, part.stop) for part in engine.district_slices]
    assert [person.number for person in reference.people] == list(range(spec.people.adults))


def test_ties_go_both_ways_and_nobody_is_tied_to_oneself() -> None:
    found = found_town(town("seminar", people={"adults": 2_000}), Traits(), 1, 1).people
    assert np.mean([len(person.ties) for person in found]) == pytest.approx(12, rel=0.05)
    for person in found:
        assert all(first < second for first, second in itertools.pairwise(person.ties))
        assert person.number not in person.ties
        assert all(person.number in found[tie].ties for tie in person.ties)
