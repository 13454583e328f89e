"""``diverge`` and ``story``: reasons in words a political scientist can read, and as JSON."""

import json
import re
from collections.abc import Callable

import pytest
from typer.testing import Result

from sim.institutions.organiser import WAYS
from sim.interface.reasons.telling import STRATEGIES as STRATEGY_WORDS
from sim.interface.reasons.telling import WAYS as WAY_WORDS
from sim.interface.reasons.telling import Teller
from sim.model import ProtestModel
from sim.record import STRATEGIES
from sim.scenario import load_scenario

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def parted(smaller: list[str]) -> str:
    """What is printed where a threshold parts two runs."""
    from typer.testing import CliRunner

    from sim.interface.cli import app

    done = CliRunner().invoke(app, ["diverge", "seminar", "seminar", *smaller, "--set-b", "law.threshold=20", "--seed", "5"])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_moment_and_its_reasons_are_told(parted: str) -> None:
    told = " ".join(parted.split())
    assert "The first happening that differs" in told
    assert re.search(r"Day \d+, \d+ Jan 2019 \([A-Z][a-z]{2}\)\. What happened before it is the same", told)
    assert "What it weighed: payoffs in log-persons" in told
    assert "<- A" in told
    assert "chance it sees of leave" in told
    assert "threshold.value" in told
    assert "- 250 persons" in told
    assert "+ 20 persons" in told
    assert "Mind: The laws of A and B are bills that never were in force" in told


def test_one_side_may_let_the_occasion_pass(command: Command, smaller: list[str]) -> None:
    done = command("diverge", "seminar", "seminar", *smaller, "--set-b", "law.threshold=20", "--seed", 1)
    assert done.exit_code == 0, done.output
    told = " ".join(done.stdout.split())
    assert re.search(r"B: Organiser \d+ lets the occasion pass\.", told)
    assert "What the law asks of a" in told


def test_no_name_of_the_code_is_shown(parted: str) -> None:
    for name in ("no_filing", "single_picket", "under_threshold", "exempt_kind", "None", "nan", "inf"):
        assert not re.search(rf"\b{name}\b", parted), name


def test_the_same_as_json(command: Command, smaller: list[str]) -> None:
    words = ["diverge", "seminar", "seminar", *smaller, "--set-b", "law.threshold=20", "--seed", 5, "--json"]
    said = json.loads(command(*words).stdout)
    assert said["same"] is False
    assert [one["key"] for one in said["provisions"] if not one["follows"]] == ["threshold.value"]
    first = said["partings"][0]
    assert first["of"] == "all"
    assert first["a"]["happening"] != first["b"]["happening"]
    assert first["a"]["seen"]["choice"]["options"]


def test_records_that_are_the_same_are_said_to_be(command: Command, smaller: list[str]) -> None:
    done = command("diverge", "seminar", "seminar", *smaller)
    assert done.exit_code == 0
    assert "the same to the last byte" in done.stdout
    assert "They are the same scenario." in done.stdout


def test_provisions_that_never_bound_are_named(command: Command, smaller: list[str]) -> None:
    done = command("diverge", "seminar", "seminar", *smaller, "--set-b", "law.threshold=5900")
    told = " ".join(done.stdout.split())
    if "the same to the last byte" in told:
        assert "never made a difference: threshold.value" in told
    else:
        pytest.fail("a threshold nearly as large as the town should bind nobody")


def test_the_engine_is_held_against_the_reference_model(command: Command) -> None:
    small = ["--set", "town.people.adults=1000", "--set", "organisers.per_100k=500", "--days", 20]
    done = command("diverge", "seminar", "--reference", *small)
    assert done.exit_code == 0, done.output
    assert "agree to the last byte" in done.stdout


def test_towns_that_differ_are_said_to_first(command: Command, smaller: list[str]) -> None:
    done = command("diverge", "seminar", "seminar", *smaller, "--set-b", "town.people.adults=5000")
    assert done.exit_code == 0
    assert "differ from the ground up" in done.stdout
    assert done.stdout.index("from the ground up") < done.stdout.index("The first happening")
    assert "town.people.adults: 6000 -> 5000" in done.stdout


def test_two_lives_are_told_side_by_side(command: Command, smaller: list[str]) -> None:
    done = command("story", "seminar", "seminar", *smaller, "--set-b", "law.threshold=20", "--busiest", "organiser", "--seed", 2)
    assert done.exit_code == 0, done.output
    assert re.search(r"Organiser \d+ \(picked as the organiser to whom most happens\)", done.stdout)
    lines = done.stdout.splitlines()
    assert any(re.match(r"\d+ [A-Z][a-z]{2} 2019 \([A-Z][a-z]{2}\) +\* ", line) for line in lines), "what differs is marked"
    assert "occasion" in done.stdout


def test_a_citizen_is_told_who_it_is(command: Command, smaller: list[str]) -> None:
    done = command("story", "seminar", *smaller, "--citizen", 123)
    assert done.exit_code == 0
    assert "Citizen 123\nLives in " in done.stdout
    assert "fifth of the town in" in done.stdout
    assert "picked" not in done.stdout


def test_a_life_as_json(command: Command, smaller: list[str]) -> None:
    said = json.loads(command("story", "seminar", *smaller, "--json").stdout)
    assert said["who"]["is"] == f"Citizen {said['who']['number']}"
    (life,) = said["lives"]
    assert {"went", "heard"} & {moment["part"] for moment in life["moments"]}
    assert all(moment["words"].endswith(".") for moment in life["moments"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["story", "seminar", "--citizen", "20000"], "--citizen: found 20000; allowed: a number from 0 to 19,999"),
        (["story", "seminar", "--organiser", "99999"], "organisers"),
        (["story", "seminar", "--citizen", "1", "--organiser", "1"], "one of them, or none"),
        (["story", "seminar", "--set-b", "law.threshold=50"], "a second scenario"),
        (["diverge", "seminar"], "two scenarios, or one with --reference"),
        (["diverge", "seminar", "seminar", "--reference"], "two scenarios, or one with --reference"),
        (["story", "semnar"], "Did you mean 'seminar'?"),
        (["diverge", "seminar", "semnar"], "Did you mean 'seminar'?"),
        (["diverge", "seminar", "seminar", "--set-b", "law.treshold=50"], "did you mean 'threshold'?"),
    ],
)
def test_what_cannot_be_done_is_told_in_plain_words(command: Command, words: list[str], said: str) -> None:
    done = command(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_every_strategy_and_way_has_words() -> None:
    assert STRATEGY_WORDS.keys() == set(STRATEGIES)
    assert WAY_WORDS.keys() == {*WAYS, "new_law"}


def test_every_happening_can_be_told() -> None:
    changes = {
        "town.people.adults": 4_000,
        "organisers.per_100k": 500,
        "organisers.opportunities": 60.0,
        "organisers.following_most": 0.2,
        "scenario.days": 120,
        "police.style": 0.8,
        "police.misconduct": 0.2,
        "press.closes": 0.5,
        "court.identified": 0.1,
        "choices.legality": 0.5,
        "shocks": [{"date": "2019-01-20", "issue": "power", "size": 0.3, "title": "An election", "source": "invented"}],
        "emergencies": [{"since": "2019-03-01", "until": "2019-03-09", "source": "invented"}],
        "reforms": [{"date": "2019-02-10", "title": "Back to 1995", "law": "kazakhstan/1995"}],
    }
    scenario = load_scenario("seminar", changes)
    teller, kinds = Teller(scenario), set()
    for happening in ProtestModel(scenario, rng=1).run_for():
        teller.know(happening)
        said = teller.says(happening)
        assert said
        assert not re.search(r"\b(None|nan)\b|_", said), said
        kinds.add(happening.kind)
    assert len(kinds) > 15
