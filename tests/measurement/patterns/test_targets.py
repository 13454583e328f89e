"""The targets that are shipped: whole, sourced, and true to the parameters they name."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.measurement.patterns import CALIBRATED, HELD_OUT, PATTERNS, load_targets
from sim.population import load_town
from sim.scenario import load_scenario
from sim.texts import library

FILE = library() / "patterns" / "targets.json"
CALIBRATION = "the calibration of experiments/calibration.toml"
SCENARIOS = {"any": ("almaty-1995-law", "berlin"), "almaty": ("almaty-1995-law",), "berlin": ("berlin",)}


def test_every_pattern_has_a_target_and_every_target_a_pattern() -> None:
    assert {target.id for target in load_targets().patterns} == set(PATTERNS)


def test_patterns_say_how_they_are_estimated() -> None:
    assert all(len(pattern.method) > 30 for pattern in PATTERNS.values())


def test_grades_and_regimes_are_those_of_the_brief() -> None:
    by = {target.id: target for target in load_targets().patterns}
    assert (by["P1a"].centre, by["P1a"].band, by["P1a"].grade, by["P1a"].regime) == (2.05, (1.8, 2.45), "A", "any")
    assert (by["P13a"].band, by["P13b"].band) == ((0.02, 0.1), (0.45, 0.85))
    assert by["P15b"].asks(["P"])
    assert not by["P15b"].asks(["N"])
    assert by["P10a"].asks(["N"])
    assert by["P10a"].asks(["L"])
    assert not by["P10a"].asks(["P"])
    assert by["P19"].asks(["squatting"])
    assert by["P2a"].asks([])


def test_what_was_calibrated_is_told_by_town() -> None:
    by = {target.id: target for target in load_targets().patterns}
    assert by["P4a"].use("berlin") == by["P4a"].use("nowhere") == CALIBRATED
    assert by["P15a"].use("berlin") == CALIBRATED
    assert by["P15a"].use("almaty") == HELD_OUT
    assert all(by[name].use("berlin") == HELD_OUT for name in ("P2a", "P2b", "P3", "P4c", "P4e", "P9a", "P18"))


@pytest.mark.parametrize("target", [target for target in load_targets().patterns if target.set_by], ids=lambda one: one.id)
def test_the_parameters_that_were_set_by_a_pattern_exist(target: Any) -> None:
    for town, told in target.set_by.items():
        if told == CALIBRATION:
            continue
        keys = re.findall(r"\b([a-z]+)(?:\.([a-z_]+))?", told.partition(":")[0])
        named = [(table, key) for table, key in keys if table != "and"]
        assert named
        for name in SCENARIOS[town]:
            scenario = load_scenario(name)
            for table, key in named:
                assert hasattr(getattr(scenario, table), key or "per_100k"), f"{target.id}: {table}.{key}"


def test_what_the_calibration_was_made_on_is_told_and_nothing_else() -> None:
    """Of each place: the patterns that the text names are marked as set by it, by their town or for any."""
    text = tomllib.loads((Path(__file__).resolve().parents[3] / "experiments" / "calibration.toml").read_text(encoding="utf-8"))
    named = {name: set(place["patterns"]) for name, place in text["places"].items()}
    for target in load_targets().patterns:
        told = {town for town, reason in target.set_by.items() if reason == CALIBRATION}
        assert all(told & {place, "any"} or target.set_by.get(place) for place in named if target.id in named[place]), target.id
        assert all(target.id in named[place] for place in told - {"any"}), target.id
        assert "any" not in told or any(target.id in one for one in named.values()), target.id


def test_towns_are_as_their_texts_say() -> None:
    for name, place in load_targets().places.items():
        town = load_town(name)
        assert town.people.adults == place.adults
        assert place.inhabitants > place.adults
        assert sum(district.adults for district in town.districts) == place.inhabitants  # districts are weighed by residents


def wrong(tmp_path: Path, change: Any) -> str:
    said = json.loads(FILE.read_text(encoding="utf-8"))
    change(said)
    path = tmp_path / "targets.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_targets(path)
    return str(caught.value)


def test_everything_wrong_with_targets_is_told_at_once(tmp_path: Path) -> None:
    def change(said: Any) -> None:
        said["patterns"][0]["band"] = [3, 2]
        said["patterns"][1]["centre"] = 9
        said["patterns"][2]["grade"] = "A"
        said["patterns"][4]["regmie"] = "any"

    told = wrong(tmp_path, change)
    assert "patterns.0.band: found [3.0, 2.0]; allowed: a smaller number before a larger one" in told
    assert "patterns.1.centre: found 9.0; allowed: a number in the band, 1.35 to 1.7" in told
    assert "patterns.2.grade: found 'A'; allowed: A, B or C with a band, - without one" in told
    assert "did you mean 'regime'?" in told


def test_each_target_once(tmp_path: Path) -> None:
    told = wrong(tmp_path, lambda said: said["patterns"].append(said["patterns"][0]))
    assert "P1a a second time; allowed: each pattern once" in told


def test_what_is_no_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "targets.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="what cannot be read"):
        load_targets(path)
    with pytest.raises(InputError, match="No such file"):
        load_targets(tmp_path / "none.json")
