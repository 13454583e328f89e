"""Citizens as Mesa shows agents: a set that is a table, and views of its rows that read and write it."""

from collections.abc import Iterator
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet, AgentSet

from sim.errors import ModelError
from sim.model import Citizen, Citizens, ProtestModel
from sim.population import Town
from sim.scenario import Scenario

SEED = 1
TRAITS = ("district", "income", "theta", "risk_aversion", "deference", "media", "foreigner", "concern_power")
STATES = ("fear", "anger", "debt", "punished", "away_until", "fines", "jail_days", "arrests", "sanctions", "attended", "expelled")


@pytest.fixture(scope="module")
def quiet(under: Any) -> Scenario:
    """Nobody calls anything: what happens to citizens is what the test does to them."""
    return under(organisers__opportunities=0.0, shocks=[])


@pytest.fixture
def model(quiet: Scenario, town: Town) -> ProtestModel:
    return ProtestModel(quiet, rng=SEED, town=town)


@pytest.fixture
def citizens(model: ProtestModel) -> Citizens:
    return model.citizens


@pytest.fixture(scope="module")
def lived_through(under: Any, lived: Any) -> Citizens:
    """People who have seen some weeks of protest; only to be read."""
    return lived(under(law="kazakhstan/1995")).citizens


def numbers(some: Any) -> list[int]:
    return [citizen.number for citizen in some]


# -- a set -------------------------------------------------------------------------------------------------------------------


def test_it_is_an_agent_set_of_everyone_in_town(citizens: Citizens, town: Town) -> None:
    assert isinstance(citizens, AbstractAgentSet)
    assert len(citizens) == town.n == 4_000
    assert numbers(citizens) == list(range(4_000))
    assert all(isinstance(citizen, Citizen) for citizen in citizens)
    assert citizens.to_list() == list(citizens)


def test_a_citizen_is_itself_and_nobody_else(citizens: Citizens, quiet: Scenario, town: Town) -> None:
    first, second, *_ = citizens
    assert first == next(iter(citizens)) != second
    assert len({first, next(iter(citizens)), second}) == 2
    assert first.model is citizens.model
    assert (first.unique_id, repr(second)) == (0, "Citizen(1)")
    elsewhere = next(iter(ProtestModel(quiet, rng=SEED, town=town).citizens))
    assert elsewhere != first, "in another model lives another person"
    assert elsewhere not in citizens


def test_who_belongs(citizens: Citizens) -> None:
    some = citizens.select(lambda c: c["district"] == 2)
    inside, outside = next(iter(some)), next(iter(citizens))
    assert outside in citizens
    assert inside in some
    assert outside not in some
    assert "a word" not in some
    assert len(some) < len(citizens)


# -- select ------------------------------------------------------------------------------------------------------------------


def test_people_are_selected_by_columns_or_one_by_one(citizens: Citizens, town: Town) -> None:
    rich = np.flatnonzero(town.people.income > 300_000).tolist()
    assert 0 < len(rich) < 4_000
    assert numbers(citizens.select(lambda c: c["income"] > 300_000)) == rich
    assert numbers(citizens.select(lambda c: c.income > 300_000)) == rich
    assert numbers(citizens.select(lambda citizen: len(citizen.ties) == 0)) == np.flatnonzero(town.ties.degrees == 0).tolist()
    assert len(citizens.select(lambda _: True)) == 4_000
    assert len(citizens.select()) == 4_000
    assert numbers(citizens.select(lambda c: c["income"] > 1e12)) == []


def test_a_selection_can_be_selected_from(citizens: Citizens, town: Town) -> None:
    people = town.people
    wanted = np.flatnonzero((people.income > 200_000) & (people.district == 1)).tolist()
    rich = citizens.select(lambda c: c["income"] > 200_000)
    assert numbers(rich.select(lambda c: c["district"] == 1)) == wanted
    assert numbers(rich.select(lambda c: c.district == 1)) == wanted
    assert numbers(citizens.select(lambda c: (c["income"] > 200_000) & (c["district"] == 1))) == wanted


@pytest.mark.parametrize(
    ("at_most", "found"), [(3, 3), (0, 0), (10**6, 4_000), (0.25, 1_000), (1.0, 4_000), (float("inf"), 4_000)]
)
def test_at_most_so_many_or_such_a_share(citizens: Citizens, at_most: float, found: int) -> None:
    assert numbers(citizens.select(at_most=at_most)) == list(range(found))


def test_another_type_of_agent_is_not_among_them(citizens: Citizens) -> None:
    assert len(citizens.select(agent_type=Citizen)) == 4_000
    assert len(citizens.select(agent_type=object)) == 4_000
    assert len(citizens.select(agent_type=mesa.Agent)) == 0


def test_a_selection_sees_the_columns_as_they_are_now(citizens: Citizens) -> None:
    few = citizens.select(at_most=3)
    citizens.set("fines", 7.0)
    assert few["fines"].tolist() == [7.0, 7.0, 7.0]


# -- read --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*TRAITS, *STATES])
def test_a_column_is_read_alike_in_every_way(name: str, lived_through: Citizens) -> None:
    some = lived_through.select(lambda c: c["district"] == 3)
    column = some.get(name)
    assert name in lived_through.names
    assert column.shape == (len(some),)
    assert np.array_equal(some[name], column)
    assert [getattr(citizen, name) for citizen in some.select(at_most=50)] == column[:50].tolist()
    assert some.map(lambda citizen: getattr(citizen, name))[:50] == column[:50].tolist()
    assert some.agg(name, np.max) == column.max()


def test_a_value_is_a_plain_one(citizens: Citizens) -> None:
    one = next(iter(citizens))
    assert [type(value) for value in (one.income, one.district, one.foreigner, one.fear)] == [float, int, bool, float]


def test_several_columns_and_several_functions(citizens: Citizens) -> None:
    income, district = citizens.get(["income", "district"])
    assert np.array_equal(income, citizens["income"])
    assert np.array_equal(district, citizens["district"])
    assert citizens.agg("district", [np.min, np.max, len]) == [0, 3, 4_000]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda c: c["incom"], id="column"),
        pytest.param(lambda c: c.get("incom"), id="get"),
        pytest.param(lambda c: c.get(["income", "incom"]), id="get-several"),
        pytest.param(lambda c: c.agg("incom", np.mean), id="agg"),
        pytest.param(lambda c: c.groupby("incom"), id="groupby"),
        pytest.param(lambda c: c.sort("incom"), id="sort"),
        pytest.param(lambda c: next(iter(c)).incom, id="citizen"),
        pytest.param(lambda c: c.select(lambda one: one.incom > 3), id="select-one-by-one"),
        pytest.param(lambda c: c.select(lambda all_: all_["incom"] > 3), id="select-by-columns"),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(ask: Any, citizens: Citizens) -> None:
    with pytest.raises(AttributeError, match=r"citizens have no 'incom'; they have district, income, .*, concern_power"):
        ask(citizens)


def test_an_unknown_name_may_stand_for_a_value(citizens: Citizens) -> None:
    few = citizens.select(at_most=2)
    assert few.get("mood", handle_missing="default", default_value=0.5).tolist() == [0.5, 0.5]
    assert few.get("district", handle_missing="default", default_value=9).tolist() == few["district"].tolist()


def test_ties_are_citizens(citizens: Citizens, town: Town) -> None:
    one = max(citizens, key=lambda citizen: len(citizen.ties))
    assert numbers(one.ties) == town.ties.of(one.number).tolist()
    assert all(one in other.ties for other in one.ties)


# -- write -------------------------------------------------------------------------------------------------------------------

WRITTEN = {
    "fear": 0.5,
    "anger": 0.25,
    "debt": 1_000.0,
    "punished": 5,
    "away_until": 9,
    "fines": 12.5,
    "jail_days": 15,
    "arrests": 2,
    "sanctions": 3,
    "attended": 4,
    "expelled": True,
}


@pytest.mark.parametrize("day", [0, 6])
@pytest.mark.parametrize("name", STATES)
def test_a_state_reads_as_it_was_written(name: str, day: int, model: ProtestModel) -> None:
    model.run_for(day)
    value, before = WRITTEN[name], model.citizens[name].tolist()
    some = model.citizens.select(lambda c: c["district"] == 1)
    assert some.set(name, value) is some, "as Mesa's, to be chained"
    assert set(some[name].tolist()) == {value}
    others = model.citizens.select(lambda c: c["district"] != 1)
    assert others[name].tolist() == [before[number] for number in numbers(others)]
    one = next(iter(others))
    setattr(one, name, value)
    assert getattr(one, name) == value
    assert others[name].tolist()[1:] == [before[number] for number in numbers(others)][1:]


@pytest.mark.parametrize("name", STATES)
def test_writing_one_state_leaves_the_others(name: str, model: ProtestModel) -> None:
    for state, value in WRITTEN.items():
        model.citizens.set(state, value)
    model.run_for(4)
    others = {state: model.citizens[state].tolist() for state in STATES if state != name}
    model.citizens.set(name, 0)
    for state, values in others.items():
        assert model.citizens[state].tolist() == pytest.approx(values), state


def test_each_may_be_given_a_value_of_their_own(citizens: Citizens) -> None:
    few = citizens.select(at_most=3)
    few.set("fines", [1.0, 2.0, 3.0])
    assert citizens["fines"][:4].tolist() == [1.0, 2.0, 3.0, 0.0]


@pytest.mark.parametrize("name", [*TRAITS, "number_of_cats"])
def test_traits_belong_to_the_town(name: str, citizens: Citizens) -> None:
    with pytest.raises(ModelError, match=f"'{name}' cannot be set; states can: fear, anger"):
        citizens.set(name, 1)
    with pytest.raises(ModelError, match=f"'{name}' cannot be set"):
        setattr(next(iter(citizens)), name, 1)


def test_moods_fade_whoever_set_them(model: ProtestModel) -> None:
    """Fear read later has decayed: 0.8 after a half-life is 0.4, though nobody touched it in the meantime."""
    behaviour = model.conduct.behaviour
    model.run_for(1)
    model.citizens.set("fear", 0.8)
    model.citizens.select(at_most=10).set("anger", 0.6)
    model.run_for(30)
    assert behaviour.fear_half_life == 30.0
    assert model.citizens["fear"] == pytest.approx(np.full(4_000, 0.4))
    angry = 0.6 * 0.5 ** (30 / behaviour.anger_half_life)
    assert model.citizens["anger"][:11].tolist() == pytest.approx([angry] * 10 + [0.0])
    assert next(iter(model.citizens)).fear == pytest.approx(0.4)


def test_looking_does_not_age_anyone(model: ProtestModel) -> None:
    model.citizens.set("fear", 0.8)
    for _ in range(10):
        model.run_for(1)
        model.citizens.agg("fear", np.mean)
        next(iter(model.citizens)).fear = model.citizens["fear"][0]
    assert model.citizens["fear"] == pytest.approx(np.full(4_000, 0.8 * 0.5 ** (9 / 30)), rel=1e-5)


def test_the_kernel_sees_what_was_written(under: Any, town: Town) -> None:
    """Where everyone is afraid, in jail, or both, nobody but free leaders comes."""
    scenario = under(law="no-law", scenario__days=12)
    crowds = []
    for afraid, jailed in ((0.0, 0), (1.0, 0), (0.0, 1_000)):
        model = ProtestModel(scenario, rng=SEED, town=town)
        model.citizens.set("fear", afraid).set("away_until", jailed)
        model.run_for()
        crowds.append(model.attendance)
    assert crowds[0] > 4 * crowds[1]
    assert crowds[2] == 0


# -- as Mesa's own -----------------------------------------------------------------------------------------------------------


class Twin(mesa.Agent):
    """A citizen as an agent of Mesa's."""

    def __init__(self, model: mesa.Model, citizen: Citizen) -> None:
        super().__init__(model)
        self.number = citizen.number
        for name in ("district", "income", "foreigner", "attended"):
            setattr(self, name, getattr(citizen, name))


@pytest.fixture(scope="module")
def twins(lived_through: Citizens) -> Iterator[tuple[Citizens, AgentSet]]:
    """The same people, as columns and as Mesa's agents."""
    some = lived_through.select(lambda c: c["theta"] < 0.7)
    assert len(some) > 100
    model = mesa.Model(rng=1)
    yield some, AgentSet([Twin(model, citizen) for citizen in some], random=model.random)
    assert len(model.agents) == len(some), "the model keeps them alive"


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda s: numbers(s.select(lambda a: a.income > 100_000)), id="select"),
        pytest.param(lambda s: numbers(s.select(lambda a: a.income > 100_000, at_most=5)), id="select-at-most-a-number"),
        pytest.param(lambda s: numbers(s.select(lambda a: a.income > 100_000, at_most=0.25)), id="select-at-most-a-share"),
        pytest.param(lambda s: numbers(s.select(at_most=0.1)), id="select-a-share"),
        pytest.param(lambda s: numbers(s.sort("income")), id="sort"),
        pytest.param(lambda s: numbers(s.sort("income", ascending=True)), id="sort-ascending"),
        pytest.param(lambda s: numbers(s.sort("district")), id="sort-with-equals"),
        pytest.param(lambda s: numbers(s.sort("district", ascending=True)), id="sort-ascending-with-equals"),
        pytest.param(lambda s: numbers(s.sort(lambda a: -a.income)), id="sort-by-a-function"),
        pytest.param(lambda s: list(s.get("district")), id="get"),
        pytest.param(lambda s: s.agg("attended", sum), id="agg"),
        pytest.param(lambda s: s.agg("attended", [min, max]), id="agg-several"),
        pytest.param(lambda s: sorted(s.groupby("district").count().items()), id="groupby"),
        pytest.param(lambda s: sorted(s.groupby(lambda a: a.income > 100_000).count().items()), id="groupby-a-function"),
        pytest.param(lambda s: sorted(s.groupby("district").agg("attended", sum).items()), id="groupby-agg"),
        pytest.param(lambda s: sorted(s.groupby("foreigner").map(len).items()), id="groupby-map"),
        pytest.param(lambda s: sorted((k, numbers(v)) for k, v in s.groupby("district", result_type="list")), id="groupby-lists"),
        pytest.param(lambda s: s.map(lambda a, more: a.number + more, 5), id="map"),
        pytest.param(lambda s: numbers(s.to_list()), id="to-list"),
        pytest.param(len, id="len"),
    ],
)
def test_it_answers_as_an_agent_set_of_mesas(ask: Any, twins: tuple[Citizens, AgentSet]) -> None:
    ours, mesas = twins
    assert ask(ours) == ask(mesas)


def test_something_can_be_done_with_everyone(citizens: Citizens) -> None:
    few, seen = citizens.select(at_most=3), []
    assert few.do(lambda citizen, word: seen.append((citizen.number, word)), "hello") is few
    assert seen == [(0, "hello"), (1, "hello"), (2, "hello")]


def test_groups_are_sets_of_citizens(citizens: Citizens, town: Town) -> None:
    groups = citizens.groupby("district")
    assert len(groups) == 4
    for number, group in groups:
        assert isinstance(group, Citizens)
        assert numbers(group) == list(range(*town.district_slices[number].indices(4_000)))
    assert all(type(key) is bool for key in citizens.groupby("foreigner").count())


def test_a_data_collector_reads_them(under: Any, town: Town) -> None:
    model = ProtestModel(under(scenario__days=12), rng=SEED, town=town)
    collector = mesa.DataCollector(
        model_reporters={
            "came": lambda m: int(m.citizens.agg("attended", np.sum)),
            "afraid": lambda m: len(m.citizens.select(lambda c: c["fear"] > 0.01)),
            "by district": lambda m: m.citizens.groupby("district").count(),
        }
    )
    for _ in range(12):
        model.run_for(1)
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    assert table["came"].is_monotonic_increasing
    assert table["came"].iloc[-1] == model.attendance > 0
    assert table["by district"].iloc[0] == {0: 1_000, 1: 1_200, 2: 800, 3: 1_000}


# -- what it refuses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda c: c.add(next(iter(c))), "another number needs another town"),
        (lambda c: c.remove(next(iter(c))), "another number needs another town"),
        (lambda c: c.discard(next(iter(c))), "another number needs another town"),
        (lambda c: c.pop(), "another number needs another town"),
        (lambda c: c.shuffle(), "turnout does not depend on the order"),
        (lambda c: c.shuffle(inplace=True), "turnout does not depend on the order"),
        (lambda c: c.shuffle_do(print), "turnout does not depend on the order"),
        (lambda c: c.sort("income", inplace=True), "not changed in place"),
        (lambda c: c.select(lambda one: one["income"] > 0, inplace=True), "not changed in place"),
    ],
)
def test_what_it_refuses_it_refuses_with_a_reason(ask: Any, reason: str, citizens: Citizens) -> None:
    with pytest.raises(ModelError, match=reason):
        ask(citizens)
    assert len(citizens) == 4_000
