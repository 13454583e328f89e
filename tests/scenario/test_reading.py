"""From a name to a scenario: the library, one text like another, and changes on top."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from sim.errors import LawError, ScenarioError, TownError, UnknownNameError
from sim.scenario import Scenario, load_scenario
from sim.texts import names, parse_assignment

LIBRARY = names("scenario")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json")


def differing(one: Scenario, other: Scenario) -> set[str]:
    """The tables in which two scenarios differ."""
    return {name for name in Scenario.model_fields if getattr(one, name) != getattr(other, name)}


# -- the library -------------------------------------------------------------------------------------------------------------


def test_the_library_has_its_scenarios() -> None:
    assert {"almaty-1995-law", "almaty-2020-bill", "almaty-no-law", "berlin", "seminar"} <= set(LIBRARY)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_of_the_library_is_accepted_and_called_by_its_name(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.scenario.title
    assert scenario.shocks, "a year in which nothing happened"
    assert all(shock.source for shock in scenario.shocks)
    assert sum(getattr(scenario.organisers.stance, stance) for stance in ("loyal", "social", "opposition")) == pytest.approx(1.0)


def test_no_two_scenarios_of_the_library_are_the_same() -> None:
    fingerprints = [load_scenario(name).fingerprint for name in LIBRARY]
    assert len(set(fingerprints)) == len(LIBRARY)


def test_a_path_reads_as_the_name_does() -> None:
    path = Path(__file__).parents[2] / "scenarios" / "seminar.toml"
    assert told(load_scenario(path)) == told(load_scenario(str(path))) == told(load_scenario("seminar"))


# -- like --------------------------------------------------------------------------------------------------------------------


def test_the_founding_case_differs_in_its_law_and_nothing_else() -> None:
    actual, bill = load_scenario("almaty-1995-law"), load_scenario("almaty-2020-bill")
    assert differing(actual, bill) == {"name", "scenario", "law"}
    assert (actual.scenario.start, actual.scenario.days) == (bill.scenario.start, bill.scenario.days)


def test_tables_are_merged_and_lists_replaced(tmp_path: Path) -> None:
    text = """
    like = "seminar"
    [police]
    style = 0.9
    [authority.silence]
    loyal = 0.5
    social = 0.1
    opposition = 0.1
    [[shocks]]
    date = 2019-05-01
    issue = "city"
    size = 0.3
    title = "Trees are felled"
    source = "invented"
    """
    base, mine = load_scenario("seminar"), load_scenario(write(tmp_path, "mine", text))
    assert mine.police == base.police.model_copy(update={"style": 0.9})
    assert mine.authority.silence.loyal == 0.5
    assert mine.authority.wish_to_refuse == base.authority.wish_to_refuse
    assert [shock.issue for shock in mine.shocks] == ["city"]
    assert mine.organisers.per_100k == base.organisers.per_100k == 300, "what the base itself had changed"
    assert differing(base, mine) == {"name", "authority", "police", "shocks"}


def test_a_scenario_can_be_like_one_that_is_like_another(tmp_path: Path) -> None:
    write(tmp_path, "one", 'like = "seminar"\n[police]\nstyle = 0.1\nknows = 0.9')
    write(tmp_path, "two", 'like = "one"\n[police]\nstyle = 0.2')
    three = load_scenario(write(tmp_path, "three", 'like = "two"\nlaw = "no-law"'))
    assert (three.name, three.police.style, three.police.knows, three.law.regime.status) == ("three", 0.2, 0.9, "none")


def test_what_lies_beside_a_text_goes_before_the_library(tmp_path: Path) -> None:
    write(tmp_path, "seminar", 'like = "berlin"\n[police]\nstyle = 0.77')
    assert load_scenario(write(tmp_path, "mine", 'like = "seminar"')).police.style == 0.77
    assert load_scenario("seminar").police.style != 0.77


@pytest.mark.parametrize("circle", [["one"], ["one", "two"], ["one", "two", "three"]])
def test_a_circle_is_told_as_one(tmp_path: Path, circle: list[str]) -> None:
    for name, base in zip(circle, [*circle[1:], circle[0]], strict=True):
        write(tmp_path, name, f'like = "{base}"')
    with pytest.raises(ScenarioError, match="at most 8 scenarios that are each like another"):
        load_scenario(tmp_path / "one.toml")


def test_a_long_line_of_scenarios_is_no_circle(tmp_path: Path) -> None:
    for place in range(1, 8):
        write(tmp_path, f"s{place}", f'like = "{f"s{place - 1}" if place > 1 else "seminar"}"\n[police]\nstyle = 0.{place}')
    assert load_scenario(tmp_path / "s7.toml").police.style == 0.7


def test_a_line_ends_at_a_law_error_of_its_own_file(tmp_path: Path) -> None:
    write(tmp_path, "law", '[regime]\ntitle = "No"')
    with pytest.raises(LawError, match=r"law\.toml") as caught:
        load_scenario(write(tmp_path, "mine", f'like = "seminar"\nlaw = "{tmp_path / "law.toml"}"'))
    assert caught.value.file == str(tmp_path / "law.toml")


# -- changes -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("law.threshold=50", lambda s: s.law.threshold_value == 50),
        ("law.sanctions.participant.fine=50 MCI", lambda s: str(s.law.sanctions.participant.fine) == "50 MCI"),
        ("law=kazakhstan/1995", lambda s: s.law.regime.title.startswith("Law No. 2126")),
        ("law=kazakhstan/2020-bill + threshold-500", lambda s: s.law.threshold_value == 500),
        ("town=berlin", lambda s: s.town.town.name == "berlin"),
        ("town.people.adults=5_000", lambda s: s.town.people.adults == 5_000),
        ("town.districts.Centre.adults=1", lambda s: s.town.districts[0].adults == 1),
        ("scenario.days=300", lambda s: s.scenario.days == 300),
        ("scenario.start=2018-12-31", lambda s: s.scenario.start == datetime.date(2018, 12, 31)),
        ("police.style=0", lambda s: s.police.style == 0.0),
        ("behaviour.sigma=-0.2", lambda s: s.behaviour.sigma == -0.2),
        ("organisers.stance={ loyal = 0.5, social = 0.3, opposition = 0.2 }", lambda s: s.organisers.stance.loyal == 0.5),
        ("traits.deference_full=0.5", lambda s: s.traits.deference_full == 0.5),
        ("issues.0.opposition=0.9", lambda s: s.issues[0].opposition == 0.9 and len(s.issues) == 4),
        ("shocks.*.size=0", lambda s: {shock.size for shock in s.shocks} == {0.0} and len(s.shocks) == 4),
        ("shocks=[]", lambda s: s.shocks == ()),
    ],
)
def test_a_change_reaches_what_it_names(written: str, found: Any) -> None:
    changed = load_scenario("seminar", dict([parse_assignment(written)]))
    assert found(changed)
    assert not found(load_scenario("seminar")), "the library's text says so already"


def test_changes_are_made_together_whatever_their_order() -> None:
    """A change to the law is made to the law that stands there in the end."""
    changes = {"law.sanctions.organiser.fine": "70 MCI", "police.style": 0.1, "law": "kazakhstan/1995", "town.people.adults": 900}
    one = load_scenario("seminar", changes)
    other = load_scenario("seminar", dict(reversed(changes.items())))
    assert told(one) == told(other)
    assert (str(one.law.sanctions.organiser.fine), one.law.regime.ended) == ("70 MCI", datetime.date(2020, 6, 5))


def test_changes_are_left_as_they_were_given() -> None:
    changes = {"law.threshold": 50, "police.style": 0.1}
    load_scenario("seminar", changes)
    assert changes == {"law.threshold": 50, "police.style": 0.1}


def test_a_changed_value_says_who_changed_it() -> None:
    changed = load_scenario("seminar", {"law.threshold": 50, "town.people.adults": 900})
    assert changed.law.regime.edits == ("threshold = 50 (set on the command line)",)
    assert "set on the command line" in changed.law.threshold.source
    assert "set on the command line" in changed.town.people.source


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"polise.style": 0.1}, ScenarioError, "'polise'.*did you mean 'police'"),
        ({"police.styl": 0.1}, ScenarioError, r"police\.styl.*did you mean 'police\.style'"),
        ({"police.style": 7}, ScenarioError, r"police\.style: found 7"),
        ({"police.style": "stern"}, ScenarioError, r"police\.style: found 'stern'; allowed: a number"),
        ({"organisers.stance": {"loyal": 1, "social": 1, "opposition": 0}}, ScenarioError, "sum to 2"),
        ({"shocks.9.size": 0.1}, ScenarioError, "the unknown row '9'"),
        ({"shocks.0.issue": "powr"}, ScenarioError, "did you mean 'power'"),
        ({"scenario.days": 40}, ScenarioError, "3 problems"),
        ({"law.treshold": 50}, LawError, "did you mean 'threshold'"),
        ({"law.threshold": -1}, LawError, "a whole number of persons from 0"),
        ({"law": "kazakhstan/1996"}, UnknownNameError, "Did you mean 'kazakhstan/1995'"),
        ({"law": 1995}, ScenarioError, "law: found 1995; allowed: the name of a law"),
        ({"town": "almatty"}, UnknownNameError, "Did you mean 'almaty'"),
        ({"town.peeple.adults": 1}, TownError, "did you mean 'people'"),
        ({"town.people.adults": 0}, TownError, r"people\.adults: found 0"),
        ({"reforms": ["threshold-50"]}, ScenarioError, r"reforms\.0: found 'threshold-50'; allowed: a table"),
    ],
)
def test_a_wrong_change_is_refused_in_words_that_help(changes: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        load_scenario("seminar", changes)


def test_reforms_are_laws_with_a_date() -> None:
    reforms = [{"date": "2019-06-01", "title": "Half a year of it", "law": "kazakhstan/2020-bill + threshold-50"}]
    (reform,) = load_scenario("seminar", {"reforms": reforms}).reforms
    assert (reform.date, reform.law.threshold_value) == (datetime.date(2019, 6, 1), 50)
    assert reforms[0]["law"] == "kazakhstan/2020-bill + threshold-50", "what was given is left as it was"


@pytest.mark.parametrize("name", ["seminarr", "no/such", "nowhere.toml"])
def test_an_unknown_scenario_is_told_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownNameError, match="seminar") as caught:
        load_scenario(name)
    assert set(LIBRARY) <= set(caught.value.known)


def test_one_share_of_a_small_table_can_be_set_alone() -> None:
    silence = load_scenario("almaty-1995-law", {"authority.silence.loyal": 0.9}).authority.silence
    assert (silence.loyal, silence.social) == (0.9, load_scenario("almaty-1995-law").authority.silence.social)


@pytest.mark.parametrize("base", ["base", "base.toml"])
def test_texts_beside_a_scenario_are_found_from_anywhere(tmp_path: Path, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario, its base and its law in one folder, read from another."""
    library = Path(__file__).parents[2] / "scenarios"
    write(tmp_path, "base", (library / "almaty-1995-law.toml").read_text(encoding="utf-8"))
    write(tmp_path, "my-law", (library / "laws/kazakhstan/2020-bill.toml").read_text(encoding="utf-8"))
    mine = write(tmp_path, "mine", f'like = "{base}"\nlaw = "my-law.toml + threshold-50"\n[scenario]\ncounterfactual = true\n')
    monkeypatch.chdir(library)
    assert load_scenario(mine).law.threshold_value == 50
