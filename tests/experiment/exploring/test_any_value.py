"""Any values: what a text may offer, what a visitor may ask for, and that a number is the level that sets the same."""

from pathlib import Path

import pytest

from sim.errors import InputError, Problem
from sim.experiment.exploring import AnyText, Explorer, levels_asked, load_explorer, scenario_under, written
from tests.interface.explorer.made import LIVE
from tests.interface.explorer.made import written as text_at

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    return load_explorer(text_at(tmp_path_factory.mktemp("text"), LIVE), every=False)


def refused(folder: Path, *changes: tuple[str, str]) -> str:
    text = LIVE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(InputError) as raised:
        load_explorer(text_at(folder, text))
    return str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("least = 2\n", "least = 6000\n", "levers.threshold.any.most: found 5000; allowed: a number above the least one, 6000"),
        ("least = 2\n", "least = 2.5\n", "levers.threshold.any.least: found 2.5; allowed: a whole number, or whole = false"),
        ("least = 2\n", "least = -2\n", "levers.threshold.any.least"),
        ("{value} чел.", "чел.", "levers.threshold.any.label.ru: found 'чел.'; allowed: a text with {value} once"),
        ('= "{value}" }', '= "250" }', 'a key with "{value}" among its values'),
        ('set = { "law.threshold" = "{value}" }', 'set = { "law.treshold" = "{value}" }', "levers.threshold.any.set"),
        ("least = 2\n", "lest = 2\n", "did you mean 'least'?"),
        ('= "{value}" }', '= "{value} days" }', "levers.threshold.any.least"),
    ],
)
def test_what_is_wrong_with_a_range_is_told_in_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in refused(tmp_path, (old, new))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, ("least = 2\n", "least = 6000\n"), ("{value} чел.", "чел."), ("seeds = 4", "seeds = 1"))
    assert all(words in told for words in ("any.most", "any.label.ru", "explorer.seeds"))


def test_numbers_keep_to_their_range_and_their_kind() -> None:
    said = {"label": {"en": "{value} days"}, "set": {"a.b": "{value} days", "a.c": "{value}", "a.d": "always"}}
    whole = AnyText(least=0, most=10, **said)  # type: ignore[arg-type]
    assert whole.number("3") == whole.number(3.0) == 3
    for wrong in ("3.5", "11", "-1", "nan", "inf", "1e999", "three", "", True, None, [3]):
        assert isinstance(whole.number(wrong), Problem), wrong
    assert whole.settings(3) == {"a.b": "3 days", "a.c": 3, "a.d": "always"}
    parts = AnyText(least=0.5, most=10, whole=False, **said)  # type: ignore[arg-type]
    assert parts.number("0.625") == 0.625
    assert isinstance(parts.number("1.23456"), Problem)
    assert parts.settings(0.5) == {"a.b": "0.5 days", "a.c": 0.5, "a.d": "always"}
    assert [written(number) for number in (250.0, 0.5, 1e6, 0.001)] == ["250", "0.5", "1000000", "0.001"]


def test_a_number_that_sets_the_same_as_a_level_is_that_level(explorer: Explorer) -> None:
    assert levels_asked(explorer, {"threshold": "100"})["threshold"] == "100"
    assert levels_asked(explorer, {"threshold": 20.0})["threshold"] == "20"
    assert levels_asked(explorer, {"threshold": 137}) == {"procedure": "notification", "threshold": "137", "practice": "benign"}
    lever = explorer.text.levers["threshold"]
    assert [lever.value_of(level) for level in lever.levels] == [None, 20.0, 100.0]


def test_a_number_means_nothing_where_its_lever_means_nothing(explorer: Explorer) -> None:
    assert levels_asked(explorer, {"procedure": "permit", "threshold": 137})["threshold"] == "none"


def test_what_is_asked_for_becomes_the_scenario_of_the_page(explorer: Explorer, tmp_path: Path) -> None:
    grid = load_explorer(text_at(tmp_path, LIVE))
    assert len(explorer.design.scenarios) == 1
    points = grid.design.points[list(grid.text.levers)]
    for levels, scenario in zip(points.to_dict("records"), grid.design.scenarios, strict=True):
        assert scenario_under(explorer, levels_asked(explorer, levels)).fingerprint == scenario.fingerprint
    other = scenario_under(explorer, levels_asked(explorer, {"threshold": 137}))
    assert other.law.threshold_value == 137


def test_everything_that_is_wrong_with_what_is_asked_for_is_told(explorer: Explorer) -> None:
    with pytest.raises(InputError) as raised:
        levels_asked(explorer, {"threshold": "5001", "practise": "benign", "procedure": "permitt"})
    told = str(raised.value)
    assert "threshold: found '5001'; allowed: none, 20, 100, or a whole number from 2 to 5000" in told
    assert "practise: found the name of no lever" in told
    assert "did you mean 'practice'?" in told
    assert "did you mean 'permit'?" in told


def test_the_shipped_page_takes_any_threshold_notice_fine_and_arrest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = load_explorer("seminar", every=False)
    assert [name for name, lever in found.text.levers.items() if lever.any] == ["threshold", "notice", "fine", "jail"]
    for name in ("threshold", "notice", "fine", "jail"):
        own = found.text.levers[name].any
        assert own is not None
        assert set(own.label) == {"en", "ru", "kk"}
    asked = levels_asked(found, {"threshold": 137, "notice": 3, "fine": 35, "jail": 1})
    law = scenario_under(found, asked).law
    assert law.threshold_value == 137
    assert str(law.sanctions.participant.fine) == "35 MCI"
    assert str(law.sanctions.organiser.jail) == "1 day"
