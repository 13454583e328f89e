"""What makes a scenario: dates that fit, and a fingerprint of everything that can move a result."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from sim.law import load_law
from sim.scenario import Scenario, load_scenario, parameters
from sim.scenario.scenario import About, Emergency, Reform, Shock

SEMINAR = load_scenario("seminar")
SPRING = datetime.date(2019, 4, 1)


def changed(scenario: Scenario, path: str, value: Any) -> Scenario:
    """The scenario with one value replaced."""

    def within(part: Any, keys: list[str]) -> Any:
        if not keys:
            return value
        if isinstance(part, tuple):
            place = int(keys[0])
            return (*part[:place], within(part[place], keys[1:]), *part[place + 1 :])
        return part.model_copy(update={keys[0]: within(getattr(part, keys[0]), keys[1:])})

    return within(scenario, path.split("."))


def numbers(part: Any, stem: str = "") -> Iterator[tuple[str, float]]:
    """Every number in a table, with its dotted place."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from numbers(getattr(part, name), f"{stem}{name}.")
    elif isinstance(part, tuple):
        for place, item in enumerate(part):
            yield from numbers(item, f"{stem}{place}.")
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield stem.rstrip("."), part


PRACTICE = ("behaviour", "choices", "organisers", "authority", "court", "police", "press", "traits", "town", "issues", "shocks")
NUMBERS = [
    (f"{table}.{place}", value)
    for table in PRACTICE
    for place, value in numbers(getattr(SEMINAR, table))
    if not place.startswith("town.year")
]


def nudged(path: str, value: float) -> Scenario:
    """The scenario with one number moved within its range."""
    if path.startswith(("organisers.stance", "organisers.legal_form")):  # these sum to 1
        table, word = path.rsplit(".", 1)
        shares = dict(numbers(getattr(SEMINAR.organisers, table.split(".")[1])))
        other = next(name for name in shares if name != word)
        shares |= {word: shares[word] + 0.01, other: shares[other] - 0.01}
        return changed(SEMINAR, table, type(getattr(SEMINAR.organisers, table.split(".")[1]))(**shares))
    for moved in (value + 1, value * 1.01, value * 0.99, value + 0.001, value - 0.001):
        try:
            if moved != value:
                return changed(SEMINAR, path, moved)
        except ValidationError:
            continue
    raise AssertionError(f"{path} cannot be moved from {value}")


# -- the fingerprint ---------------------------------------------------------------------------------------------------------


def test_it_has_every_number_in_view() -> None:
    assert {row.name for row in parameters(SEMINAR) if "." in row.name and row.name.split(".")[0] in PRACTICE} <= {
        path for path, _ in NUMBERS
    }
    assert len(NUMBERS) > 150


@pytest.mark.parametrize(("path", "value"), NUMBERS, ids=[path for path, _ in NUMBERS])
def test_it_answers_to_every_number(path: str, value: float) -> None:
    assert nudged(path, value).fingerprint != SEMINAR.fingerprint


def test_no_two_changes_have_one_fingerprint() -> None:
    found = [nudged(path, value).fingerprint for path, value in NUMBERS]
    assert len(set(found)) == len(found)


SHOCK = {"shocks.0.date": SPRING, "shocks.0.issue": "city"}
RUN = {"scenario.start": datetime.date(2018, 12, 31), "scenario.days": 364}
PLACES = {"town.sites.1.kind": "park", "town.sites.0.near": (), "town.sites.5.designated_under": (), "town.town.country": "DE"}
LAWS = {
    "law": load_law("kazakhstan/1995"),
    "reforms": (Reform(date=SPRING, title="A reform", law=load_law("no-law")),),
    "emergencies": (Emergency(since=SPRING, until=SPRING, source="invented"),),
}


@pytest.mark.parametrize(("path", "value"), ({**SHOCK, **RUN, **PLACES, **LAWS}).items())
def test_it_answers_to_law_dates_and_places(path: str, value: Any) -> None:
    assert changed(SEMINAR, path, value).fingerprint != SEMINAR.fingerprint


def test_it_answers_to_a_reforms_date_and_law() -> None:
    reform = Reform(date=SPRING, title="A reform", law=load_law("no-law"))
    later = reform.model_copy(update={"date": SPRING + datetime.timedelta(1)})
    other = reform.model_copy(update={"law": load_law("kazakhstan/1995")})
    found = {SEMINAR.model_copy(update={"reforms": (one,)}).fingerprint for one in (reform, later, other)}
    assert len(found) == 3


WORDS = {
    "name": "another",
    "scenario.title": "Another title",
    "scenario.description": "Another description.",
    "scenario.notes": ("A note.",),
    "scenario.benchmark": "no-law",
    "law.regime.title": "The same law by another name",
    "law.regime.description": "It says the same, in other words.",
    "law.threshold.source": "Elsewhere",
    "law.sources": {**SEMINAR.law.sources, "ZZ": "A footnote"},
    "shocks.0.title": "The same fire, as another paper told it",
    "shocks.0.source": "Another paper",
    "town.town.notes": ("A note.",),
    "town.people.source": "Another census",
    "town.sites.0.source": "Another map",
}


@pytest.mark.parametrize(("path", "value"), WORDS.items(), ids=WORDS)
def test_it_does_not_answer_to_words_beside(path: str, value: Any) -> None:
    other = changed(SEMINAR, path, value)
    assert other != SEMINAR
    assert other.fingerprint == SEMINAR.fingerprint


def test_it_does_not_answer_to_what_a_reform_is_called() -> None:
    one, other = (
        SEMINAR.model_copy(update={"reforms": (Reform(date=SPRING, title=title, law=SEMINAR.law),)}) for title in ("One", "Other")
    )
    assert one.fingerprint == other.fingerprint


def test_it_is_the_same_in_every_process_and_on_every_reading() -> None:
    assert load_scenario("seminar").fingerprint == SEMINAR.fingerprint
    assert len(SEMINAR.fingerprint) == 64


# -- dates -------------------------------------------------------------------------------------------------------------------


def about(**said: Any) -> About:
    return SEMINAR.scenario.model_copy(update=said)


@pytest.mark.parametrize(("days", "accepted"), [(365, True), (1, True), (3660, True), (0, False), (3661, False)])
def test_how_long_a_run_may_be(days: int, accepted: bool) -> None:
    if accepted:
        assert about(days=days).days == days
    else:
        with pytest.raises(ValidationError):
            about(days=days)


@pytest.mark.parametrize("date", [datetime.date(2018, 1, 1), datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)])
def test_shocks_may_fall_into_the_run_or_the_year_before(date: datetime.date) -> None:
    shock = Shock(date=date, issue="power", size=0.1, title="Something", source="invented")
    assert SEMINAR.model_copy(update={"shocks": (shock,)}).shocks == (shock,)


@pytest.mark.parametrize(
    ("law", "start", "accepted"),
    [
        ("kazakhstan/1995", "2019-01-01", True),
        ("kazakhstan/1995", "1995-03-17", True),
        ("kazakhstan/1995", "1995-03-16", False),
        ("kazakhstan/1995", "2020-06-05", True),
        ("kazakhstan/1995", "2020-06-06", False),
        ("kazakhstan/2020-act", "2020-06-06", True),
        ("kazakhstan/2020-bill", "2020-06-06", False),
        ("odihr/2019", "1990-01-01", True),
        ("no-law", "1990-01-01", True),
    ],
)
def test_a_law_rules_only_while_it_is_in_force(law: str, start: str, accepted: bool) -> None:
    update = {"law": load_law(law), "shocks": (), "scenario": about(start=start, days=1, counterfactual=False)}
    if accepted:
        assert SEMINAR.model_copy(update=update).law.regime.title
    else:
        with pytest.raises(ValidationError, match=r"counterfactual = true"):
            SEMINAR.model_copy(update=update)
    assert SEMINAR.model_copy(update={**update, "scenario": about(start=start, days=1, counterfactual=True)})


def test_a_one_day_emergency_is_one() -> None:
    assert SEMINAR.model_copy(update={"emergencies": (Emergency(since=SPRING, until=SPRING, source="invented"),)}).emergencies


def test_a_scenario_does_not_change_under_ones_hands() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SEMINAR.police.style = 0.1
    with pytest.raises(ValidationError, match="frozen"):
        SEMINAR.law = load_law("no-law")
