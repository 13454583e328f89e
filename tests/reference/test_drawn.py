"""Small scenarios drawn at random, law by behaviour by practice by seed: engine and reference agree on every one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.behaviour import Behaviour, OrganiserBehaviour
from sim.institutions.practice import AuthorityPractice, CourtPractice, OrganiserPopulation, PolicePractice, PressPractice
from sim.texts import Sourced, names
from sim.words import STANCES

TABLES: Mapping[str, type[Sourced]] = {
    "behaviour": Behaviour,
    "choices": OrganiserBehaviour,
    "authority": AuthorityPractice,
    "court": CourtPractice,
    "police": PolicePractice,
    "press": PressPractice,
    "organisers": OrganiserPopulation,
}
WHOLE = {"behaviour.followers_met", "choices.most_parts", "choices.most_attempts", "choices.room_indoors"}
KEPT = {"organisers.per_100k", "organisers.opportunities", "organisers.following_most", "organisers.following_least"}
"""What makes a small town busy, and is left as it is; the rest is drawn within its documented range."""

RANGES = {
    f"{table}.{name}": field.json_schema_extra["range"]
    for table, kind in TABLES.items()
    for name, field in kind.model_fields.items()
    if isinstance(field.json_schema_extra, dict) and field.annotation is float and f"{table}.{name}" not in KEPT
}


def number(key: str) -> st.SearchStrategy[float]:
    """A number within the range to sweep."""
    low, high = RANGES[key]
    return st.integers(int(low), int(high)).map(float) if key in WHOLE else st.floats(low, high)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Some parameters at values of their ranges, and sometimes events."""
    keys = draw(st.lists(st.sampled_from(sorted(RANGES)), max_size=25, unique=True))
    changes: dict[str, Any] = {key: draw(number(key)) for key in keys}
    for key in draw(st.sets(st.sampled_from(["authority.wish_to_refuse", "authority.silence"]))):
        changes[key] = {stance: draw(st.floats(0, 1)) for stance in STANCES}
    if draw(st.booleans()):
        changes["emergencies"] = [{"since": "2019-03-10", "until": "2019-03-30", "source": "invented"}]
    if draw(st.booleans()):
        changes["reforms"] = [{"date": "2019-03-20", "title": "Another law", "law": draw(st.sampled_from(names("law")))}]
    return changes | {"town.people.adults": draw(st.sampled_from([300, 450, 600]))}


def test_there_is_much_to_draw() -> None:
    assert len(RANGES) > 100
    assert len(names("law")) > 12
    assert {key.partition(".")[0] for key in RANGES} == set(TABLES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(law=st.sampled_from(names("law")), changes=scenarios(), seed=st.integers(1, 4))
def test_whatever_is_drawn_they_agree(towns: Any, case: Any, law: str, changes: dict[str, Any], seed: int) -> None:
    busy = {"scenario.days": 60, "organisers.opportunities": 120}
    towns.record(case(law, seed, busy | changes).scenario, seed)  # which fails where they part
