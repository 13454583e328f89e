"""Texts of calibrations: what they ask for, and everything that is wrong told at once."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError, UnknownNameError
from sim.experiment.calibration import load_calibration
from sim.scenario import load_scenario
from tests.experiment.calibration.conftest import HEAD, PARAMETERS, PLACES, TEXT, Read

ROOT = Path(__file__).resolve().parents[3]


def refused(read: Read, text: str) -> str:
    with pytest.raises(InputError) as caught:
        read(text)
    return str(caught.value)


def test_a_text_becomes_a_plan(read: Read) -> None:
    plan = read(TEXT)
    assert (plan.name, [place.name for place in plan.places]) == ("mine", ["permit", "notice"])
    assert [goal.name for goal in plan.fitted] == ["permit P1b", "permit P13b", "notice P4a"]
    held_out = {goal.name for goal in plan.goals} - {goal.name for goal in plan.fitted}
    assert {"permit P2a", "notice P5", "notice P14"} <= held_out
    assert "permit P4a" not in held_out  # it is asked of places where notice is honoured
    assert [goal.tolerance for goal in plan.fitted] == [1.0, 1.0, 2.0]
    effort, yields = plan.priors
    assert (effort.low, effort.high, effort.place) == (0.0, 5.0, "")  # the documented range
    assert effort.shipped == (("permit", 2.1), ("notice", 2.1))
    assert (yields.low, yields.high, yields.place, yields.scale) == (0.01, 0.2, "notice", "log")
    assert yields.shipped == (("notice", 0.055),)
    assert plan.runs == (8 + 2) * 2 + 2 * 2
    assert [place.seeds for place in plan.places] == [(1,), (3,)]


def test_a_point_sets_one_core_and_each_place_its_own(read: Read) -> None:
    plan = read(TEXT)
    (values,) = plan.values(np.array([[0.5, 0.5]]))
    assert values == {"effort": 2.5, "yield_notice": pytest.approx(0.0447213595)}
    permit, notice = (plan.scenario(place, values) for place in plan.places)
    assert permit.choices.effort_cost == notice.choices.effort_cost == 2.5
    assert permit.organisers.yield_lawful == 0.055
    assert notice.organisers.yield_lawful == values["yield_notice"]


def test_a_point_is_what_set_on_the_command_line_would_be(read: Read) -> None:
    text = TEXT + '[parameters.silence]\nkey = "authority.silence.loyal"\nplace = "permit"\n'
    plan = read(text)
    (values,) = plan.values(np.array([[0.3, 0.6, 0.9]]))
    place = plan.places[0]
    settings = {
        "town.people.adults": 3000,
        "organisers.per_100k": 500,
        "organisers.opportunities": 30.0,
        "scenario.days": 60,
        "shocks": [],
        "choices.effort_cost": values["effort"],
        "authority.silence.loyal": values["silence"],
    }
    assert plan.scenario(place, values).fingerprint == load_scenario("seminar", settings).fingerprint


def test_everything_wrong_in_a_text_is_told_at_once(read: Read) -> None:
    text = TEXT.replace("points = 8", "points = 2").replace("range = [0.01, 0.2]", "range = [0, 0.2]")
    text = text.replace('patterns = ["P1b", "P13b"]', 'patterns = ["P1b", "P13x", "P1c", "P1b"]')
    more = '[parameters.a]\nkey = "x.y"\nplace = "notise"\n[parameters.b]\nkey = "police.stile"\n'
    said = refused(read, f"{text}{more}[other]\na = 1\n")
    assert "8 problems" in said
    assert "other: found the unknown key 'other'; allowed: calibration, places, parameters" in said
    assert "parameters.b.key: found the unknown key 'police.stile'" in said
    assert "calibration.points: found 2" in said
    assert "places.permit.patterns.1: found 'P13x'" in said
    assert "places.permit.patterns.2: found P1c, which has no band" in said
    assert "places.permit.patterns.3: found P1b a second time; allowed: each pattern once" in said
    assert "parameters.yield_notice.range.0: found 0; allowed: a number above 0, since there is no ratio to 0" in said
    assert "parameters.a.place: found 'notise'; allowed: permit, notice; did you mean 'notice'?" in said


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        ('key = "behaviour.sigma"\nplace = "permit"', "parameters.a.place: found 'permit'; allowed: no place: all have one core"),
        ('key = "behaviour.sigmma"', "the unknown key 'behaviour.sigmma'; allowed: a number of one of the tables traits"),
        ('key = "behaviour.sigmma"', "did you mean 'behaviour.sigma'?"),
        ('key = "law.threshold"', "the unknown key 'law.threshold'"),
        ('key = "choices.effort_cost"', "'choices.effort_cost', which parameters.effort sets; allowed: each key once in a place"),
        ('key = "police.style"\nrange = [0, 3]', "parameters.a.range: found a = 3"),
        ('key = "police.style"\nscale = "log"', "parameters.a.scale: found 'log'; allowed: linear, for the range begins at 0"),
        ('key = "police.style"\ncentre = 0.3', "parameters.a.sd: found nothing; allowed: a number: a normal prior has"),
        ('key = "police.style"\ncentre = 4\nsd = 1', "parameters.a.centre: found 4.0; allowed: a number in the range, 0 to 1"),
        ('key = "press.outlets"\nscale = "log"', "parameters.a: found a scale or a centre; allowed: neither"),
        ('key = "organisers.stance.loyal"\nplace = "permit"', "shares that sum to"),
    ],
)
def test_what_cannot_be_a_parameter_is_told(read: Read, parameter: str, words: str) -> None:
    assert words in refused(read, f"{TEXT}[parameters.a]\n{parameter}\n")


def test_ranges_that_do_not_go_together_are_refused(read: Read) -> None:
    text = f'{TEXT}[parameters.a]\nkey = "traits.deference_full"\n[parameters.b]\nkey = "traits.deference_none"\n'
    said = refused(read, text)
    assert "parameters.b.range: found b = 0.4 (deference_full + deference_none = 1.13)" in said
    assert "shares that sum to 1 at most" in said


def test_what_is_wrong_with_a_place_is_told(read: Read) -> None:
    said = refused(read, TEXT.replace('base = "seminar"', 'base = "semnar"', 1))
    assert "places.permit.base: found 'semnar', which no scenario is called" in said
    assert "did you mean 'seminar'?" in said
    said = refused(read, TEXT.replace('"scenario.days" = 60', '"scenario.days" = 0', 1))
    assert "places.permit.set: found scenario.days" in said
    said = refused(read, TEXT.replace('patterns = ["P4a"]', 'patterns = ["P13b"]').replace("tolerance = { P4a = 2.0 }", ""))
    assert "places.notice.patterns.0: found P13b, which is not asked of a place of N" in said
    said = refused(read, TEXT.replace("P4a = 2.0", "P4b = 2.0"))
    assert "places.notice.tolerance.P4b: found the unknown key 'P4b'; allowed: P4a; did you mean 'P4a'?" in said


def test_a_name_that_is_another_column_is_refused(read: Read) -> None:
    assert "parameters.weight: found the name 'weight'" in refused(
        read, f'{HEAD}{PLACES}{PARAMETERS}[parameters.weight]\nkey = "police.style"\n'
    )


def test_a_whole_number_stays_one(read: Read) -> None:
    plan = read(f'{TEXT}[parameters.outlets]\nkey = "press.outlets"\nplace = "permit"\n')
    outlets = plan.priors[2]
    assert (outlets.whole, outlets.low, outlets.high) == (True, 1.0, 30.0)
    (values,) = plan.values(np.array([[0.5, 0.5, 1.0]]))
    assert plan.scenario(plan.places[0], values).press.outlets == 30


def test_an_unknown_calibration_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(UnknownNameError, match=r"No calibration is called 'calibraton'\. Did you mean 'calibration'"):
        load_calibration("calibraton")


def test_the_calibration_of_the_checkout_can_be_read() -> None:
    plan = load_calibration(ROOT / "experiments" / "calibration.toml")
    assert [place.name for place in plan.places] == ["berlin", "almaty"]
    assert {prior.place for prior in plan.priors} == {"", "berlin", "almaty"}
    shared = {prior.key for prior in plan.priors if not prior.place}
    assert {key for key in shared if key.partition(".")[0] not in {"traits", "behaviour", "choices"}} == {
        "organisers.incident_size"
    }
    grades = {goal.grade for goal in plan.goals if not goal.fitted}
    assert {"A", "B", "C"} <= grades  # something of each is held out
