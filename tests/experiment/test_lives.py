"""One life: everything of it, nothing else, and whoever is asked for."""

import pytest

from sim.errors import InputError
from sim.experiment.lives import Life, Person, busiest_citizen, busiest_organiser, follow
from sim.experiment.watching import Profile
from sim.model import ProtestModel
from sim.record import Arrested, Held, Planned, Record, Sanctioned, Waited
from sim.scenario import Scenario, load_scenario

SMALL = {
    "town.people.adults": 3_000,
    "organisers.per_100k": 500,
    "organisers.opportunities": 60.0,
    "organisers.following_most": 0.2,
    "scenario.days": 60,
    "shocks": [],
    "police.style": 0.8,
    "court.identified": 0.1,
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("seminar", SMALL)


@pytest.fixture(scope="module")
def record(scenario: Scenario) -> Record:
    return ProtestModel(scenario, rng=4).run_for()


@pytest.fixture(scope="module")
def busiest(scenario: Scenario) -> Life:
    (life,) = follow((scenario,), 4, busiest="citizen")
    return life


def test_the_busiest_citizen_is_followed_through_all_that_the_record_holds_of_it(busiest: Life, record: Record) -> None:
    assert busiest.record.digest == record.digest, "being looked at changes nothing"
    assert isinstance(busiest.who, Person)
    number = busiest.who.number
    assert number == busiest_citizen(record)
    went = [moment.happening for moment in busiest.moments if moment.part == "went"]
    assert went == [held for held in record.of(Held) if number in held.goers]
    assert went
    arrested = [moment.happening for moment in busiest.moments if moment.part == "arrested"]
    assert arrested == [one for one in record.of(Arrested) if number in one.citizens]
    punished = [moment.happening for moment in busiest.moments if moment.part == "sanctioned"]
    roles = {"participant", "foreigner"}
    assert punished == [one for one in record.of(Sanctioned) if one.role in roles and one.who == number]
    assert arrested or punished


def test_what_it_heard_of_it_weighed(busiest: Life) -> None:
    stands = [(moment.part, moment.stand) for moment in busiest.moments if moment.stand]
    assert stands
    for part, stand in stands:
        assert stand.look.reached
        assert (stand.look.surplus > 0.0) == (part == "went")


def test_an_organiser_is_followed_from_occasion_to_sanction(scenario: Scenario, record: Record) -> None:
    (life,) = follow((scenario,), 4, busiest="organiser")
    assert isinstance(life.who, Profile)
    number = life.who.number
    assert number == busiest_organiser(record)
    told = [moment.happening for moment in life.moments if moment.part == "own"]
    own = {plan.assembly for plan in record.of(Planned) if plan.organiser == number}
    waits = [one for one in record.of(Waited) if one.organiser == number]
    wanted = [
        one
        for one in record
        if one in waits
        or (getattr(one, "assembly", None) in own and getattr(one, "role", "") not in {"participant", "foreigner"})
    ]
    assert told == wanted
    assert len({moment.key for moment in life.moments}) == len(life.moments)


def test_two_lives_of_one_person_are_of_one_person(scenario: Scenario) -> None:
    harsh = load_scenario("seminar", {**SMALL, "law.threshold": 20})
    one, other = follow((scenario, harsh), 4, organiser=2)
    assert one.who == other.who
    assert one.record != other.record


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"citizen": 3_000}, r"--citizen: found 3000; allowed: a number from 0 to 2,999: there are 3,000 adults"),
        ({"citizen": -1}, "a number from 0 to 2,999"),
        ({"organiser": 15}, "a number from 0 to 14: there are 15 organisers"),
    ],
)
def test_nobody_of_that_number(scenario: Scenario, asked: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said):
        follow((scenario,), 4, **asked)  # type: ignore[arg-type]


def test_people_of_two_towns_are_not_told_side_by_side(scenario: Scenario) -> None:
    other = load_scenario("seminar", {**SMALL, "town.people.adults": 2_000})
    with pytest.raises(InputError, match="one number is one person"):
        follow((scenario, other), 4, citizen=1)
