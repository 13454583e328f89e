"""Practice as a text: one law under the officials of another country, the scenario's own numbers on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError, UnknownNameError
from sim.institutions.practice import AuthorityPractice
from sim.model import ProtestModel
from sim.scenario import Scenario, load_practice, load_scenario
from sim.texts import find, names

LAWS = names("law")


def practice_of(scenario: Scenario) -> list[dict[str, object]]:
    tables = (scenario.authority, scenario.court, scenario.police, scenario.press)
    return [table.model_dump(exclude={"source", "sources"}) for table in tables]


@pytest.mark.parametrize("law", LAWS)
def test_every_law_has_an_own_practice(law: str) -> None:
    assert load_scenario("almaty-1995-law", {"law": law, "practice": "own", "scenario.counterfactual": True})


@pytest.mark.parametrize("name", names("practice"))
def test_every_practice_is_right_and_says_where_its_refusals_come_from(name: str) -> None:
    tables = load_practice(find("practice", name))
    assert len(str(tables["practice"]["description"])) > 30
    if "authority" in tables:
        assert "wish_to_refuse" in tables["authority"]["sources"]


def test_own_practice_is_that_of_the_laws_country() -> None:
    german = load_scenario("almaty-1995-law", {"law": "germany/federal", "practice": "own", "scenario.counterfactual": True})
    assert practice_of(german) == practice_of(load_scenario("almaty-1995-law", {"practice": "germany"}))
    assert german.town == load_scenario("almaty-1995-law").town


def test_no_country_has_two_own_practices() -> None:
    countries = [
        country
        for name in names("practice")
        for country in load_practice(find("practice", name))["practice"].get("jurisdictions", ())
    ]
    assert len(countries) == len(set(countries))


def test_the_scenarios_own_numbers_are_edits_of_the_practice(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('like = "berlin"\npractice = "hostile"\n[police]\nstyle = 0.2\n', encoding="utf-8")
    mine = load_scenario(path)
    hostile = load_scenario("berlin", {"practice": "hostile"})
    assert mine.police.style == 0.2
    assert mine.authority == hostile.authority
    assert mine.police.prevents == hostile.police.prevents
    assert hostile.police.per_100k != load_scenario("berlin").police.per_100k  # what Berlin says of its own officials is gone


def test_what_is_set_on_the_command_line_comes_last() -> None:
    found = load_scenario("berlin", {"police.style": 0.33, "practice": "hostile"})
    assert found.police.style == 0.33
    assert found.court.reversal == 0.0


def test_what_a_practice_leaves_out_is_as_in_the_defaults() -> None:
    assert load_scenario("berlin", {"practice": "kazakhstan"}).authority == AuthorityPractice()


def test_practice_and_its_numbers_written_out_are_one_scenario() -> None:
    named = load_scenario("seminar", {"practice": "benign"})
    assert named.fingerprint == named.model_copy(update={"practice": ""}).fingerprint
    assert named.fingerprint != load_scenario("seminar").fingerprint


def test_benign_officials_refuse_nobody_for_what_they_have_to_say() -> None:
    law = {"law": "kazakhstan/1995", "scenario.days": 90, "shocks": []}
    refused = {}
    for practice in ("benign", "hostile"):
        record = ProtestModel(load_scenario("seminar", {**law, "practice": practice}), rng=1).run_for()
        answers = [one for one in record if type(one).__name__ == "Answered"]
        refused[practice] = sum(one.answer == "refused" for one in answers) / len(answers)
    assert refused["hostile"] > refused["benign"] + 0.2


def test_unknown_practices_and_countries_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"No practice is called 'benig'\. Did you mean 'benign'"):
        load_scenario("seminar", {"practice": "benig"})
    law = tmp_path / "mine.toml"
    text = find("law", "belarus").read_text(encoding="utf-8").replace('jurisdiction = "Belarus"', 'jurisdiction = "Ruritania"')
    law.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match="'own' with a law of Ruritania, of whose practice there is no text"):
        load_scenario("seminar", {"law": str(law), "practice": "own"})
    with pytest.raises(ScenarioError, match="practice: found 3; allowed: the name of a practice"):
        load_scenario("seminar", {"practice": 3})
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[practice]\ntitle = "Wrong"\ndescription = "It is all wrong."\n[police]\nstlye = 2\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"police.stlye[\s\S]*did you mean 'style'"):
        load_scenario("seminar", {"practice": str(wrong)})
