"""Organisers come to be once for a town: shared by its models under any law, by nobody else, and forgotten with the town."""

import gc
import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.model import ProtestModel, founding
from sim.population import Town
from sim.scenario import Scenario

SEED = 1


@pytest.fixture
def own(town: Town) -> Town:
    """The town as an object of its own, of which nothing is known yet."""
    return replace(town)


@pytest.fixture
def founded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of organisers whose endowment had to be found, in order."""
    found: list[int] = []

    def noted(model: ProtestModel, number: int) -> Any:
        found.append(number)
        return find(model, number)

    find = founding._endowment
    monkeypatch.setattr(founding, "_endowment", noted)
    return found


def told(model: ProtestModel) -> list[tuple[Any, ...]]:
    """All that organisers begin with."""
    return [
        (one.number, one.leader, one.stance, one.legal_form, one.issue, one.followers.tolist(), one.rate, one.legality, one.means)
        for one in model.organisers
    ]


def test_models_of_one_town_share_followers_under_any_law(under: Any, own: Town, founded: list[int]) -> None:
    one, other = (ProtestModel(under(law=law), rng=SEED, town=own) for law in ("kazakhstan/1995", "odihr/2019"))
    assert founded == list(range(len(one.organisers))), "found once"
    assert told(one) == told(other)
    assert all(ours.followers is theirs.followers for ours, theirs in zip(one.organisers, other.organisers, strict=True))
    assert not any(ours is theirs for ours, theirs in zip(one.organisers, other.organisers, strict=True)), "but no organiser"


def test_another_town_shares_nothing(busy: Scenario, own: Town, town: Town) -> None:
    one, same, other = (
        ProtestModel(busy, rng=SEED, town=own),
        ProtestModel(busy, rng=SEED, town=replace(town)),
        ProtestModel(busy, rng=2),
    )
    assert told(one) == told(same)
    assert one.organisers[0].followers is not same.organisers[0].followers
    assert told(one) != told(other)


@pytest.mark.parametrize(
    "change",
    [
        {"organisers__following_least": 60.0},
        {"organisers__per_100k": 250.0},
        {"organisers__means": 9.0},
        {"organisers__stance": {"loyal": 0.8, "social": 0.1, "opposition": 0.1}},
        {"choices__legality": 0.7},
        {"behaviour__followers_met": 2},
        {"behaviour__followers_local": 0.9},
        {
            "issues": [
                {"name": name, "loyal": 1, "social": 1, "opposition": 1} for name in ("power", "welfare", "housing", "city")
            ]
        },
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_endows_them_is_told_apart(change: dict[str, Any], busy: Scenario, under: Any, own: Town, town: Town) -> None:
    changed = under(**change)
    before = told(ProtestModel(busy, rng=SEED, town=own))
    after = told(ProtestModel(changed, rng=SEED, town=own))
    assert after != before
    assert after == told(ProtestModel(changed, rng=SEED, town=replace(town))), "as if the town had known no other"
    assert told(ProtestModel(busy, rng=SEED, town=own)) == before


def test_what_is_shared_cannot_be_written(busy: Scenario, own: Town) -> None:
    for organiser in ProtestModel(busy, rng=SEED, town=own).organisers:
        assert np.all(np.diff(organiser.followers) > 0)
        with pytest.raises(ValueError, match="read-only"):
            organiser.followers[0] = 0


def test_only_the_last_kinds_are_kept(under: Any, own: Town, founded: list[int]) -> None:
    kinds = [under(organisers__per_100k=25.0, choices__legality=legality / 10) for legality in range(founding._KEPT + 1)]
    for kind in kinds:
        ProtestModel(kind, rng=SEED, town=own)
    assert len(founding._ENDOWMENTS[own]) == founding._KEPT
    founded.clear()
    ProtestModel(kinds[-1], rng=SEED, town=own)
    assert founded == []
    ProtestModel(kinds[0], rng=SEED, town=own)
    assert founded == [0]


def test_it_is_forgotten_with_the_town(busy: Scenario, town: Town) -> None:
    gc.collect()
    before = len(founding._ENDOWMENTS)
    own = replace(town)
    ProtestModel(busy, rng=SEED, town=own)
    assert len(founding._ENDOWMENTS) == before + 1
    del own
    gc.collect()  # a model and its agents know each other
    assert len(founding._ENDOWMENTS) == before


def test_it_does_not_travel_with_the_town(busy: Scenario, own: Town) -> None:
    """Another process gets the town alone, and founds the same organisers."""
    alone = len(pickle.dumps(own))
    model = ProtestModel(busy, rng=SEED, town=own)
    assert len(pickle.dumps(own)) == alone
    there = pickle.loads(pickle.dumps(own))
    assert there not in founding._ENDOWMENTS
    assert told(ProtestModel(busy, rng=SEED, town=there)) == told(model)
