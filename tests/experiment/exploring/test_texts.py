"""Texts of pages: what is accepted, what is refused and in which words, and which combinations are one."""

import re
import tomllib
from pathlib import Path

import pytest

from sim.errors import InputError, UnknownNameError
from sim.experiment.exploring import LANGUAGES, load_explorer
from sim.experiment.exploring.grid import combinations, settled
from sim.experiment.exploring.text import ExplorerText
from sim.scenario import load_scenario
from sim.texts import accept
from tests.interface.explorer.made import TEXT, written

ROOT = Path(__file__).resolve().parents[3]


def refused(folder: Path, *changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(InputError) as raised:
        load_explorer(written(folder, text))
    return str(raised.value)


def test_each_combination_that_says_something_of_its_own_is_a_point(tmp_path: Path) -> None:
    found = load_explorer(written(tmp_path))
    points = found.design.points[["procedure", "threshold", "practice"]].to_numpy().tolist()
    assert points == [
        *(["notification", threshold, practice] for threshold in ("none", "20", "100") for practice in ("benign", "hostile")),
        ["permit", "none", "benign"],
        ["permit", "none", "hostile"],
    ]
    assert found.design.scenarios[2].law.threshold_value == 20
    assert found.design.scenarios[0].law.threshold_value is None
    assert found.cells == tuple(range(8))


def test_a_lever_that_means_nothing_is_at_its_first_level(tmp_path: Path) -> None:
    levers = load_explorer(written(tmp_path)).text.levers
    assert settled(levers, {"procedure": "permit", "threshold": "100"}) == {
        "procedure": "permit",
        "threshold": "none",
        "practice": "benign",
    }
    assert settled(levers, {"threshold": "100"})["threshold"] == "100"
    assert len(combinations(levers)) == 8


def test_levels_that_come_to_the_same_law_are_one_cell(tmp_path: Path) -> None:
    text = TEXT.replace('name = "100", label = "100 people", set = { "law.threshold" = 100 }', 'name = "100", label = "twenty"')
    text = text.replace('set = { "law.threshold" = "none" }', 'set = { "law.threshold" = 250 }').replace("moot = [", "# [")
    procedures = text[text.index('set = { "law.procedures"') : text.index("  ] } },")]
    text = text.replace(f"{procedures}  ] }}", "set = {}")
    found = load_explorer(written(tmp_path, text))
    assert found.cells[:6] == (0, 1, 2, 3, 0, 1)  # no key set: the bill's own 250
    assert found.cells[6:] == found.cells[:6]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    told = refused(
        tmp_path,
        ('base = "seminar"', 'base = "seminer"'),
        ("seeds = 4", "seeds = 1"),
        ('question = "attendance"', 'question = "attendence"'),
        ('{ procedure = "permit" }]', '{ procedur = "permit" }]'),
        ('levels = { threshold = "100"', 'levels = { threshold = "99"'),
        ('law = "kazakhstan/2020-bill"', 'law = "kazakhstan/2020-bil"'),
    )
    assert "'seminer', which no scenario is called" in told
    assert "explorer.seeds" in told
    assert "with one there is no interval" in told
    assert "did you mean 'attendance'" in told.lower()
    assert "'procedur', which is no name of a lever before this one" in told
    assert "presets.0.levels.threshold" in told
    assert "kazakhstan/2020-bill" in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "20"', 'name = "none"', "'none' a second time"),
        ('"law.threshold" = 20', '"law.threshhold" = 20', "law.threshold"),
        ('"law.threshold" = 20', '"law.threshold" = -3', "levers.threshold.levels.20"),
        ('"law.threshold" = 20', '"scenario.days" = 20', "a page has one town and one calendar"),
        ('practice = "hostile" } }', '"law.threshold" = 3 } }', "which levers.threshold sets"),
        ("[levers.threshold]", "[levers.Threshold]", "the name 'Threshold'"),
        ('label = { en = "Threshold", ru', "label = { ru", "a text in English"),
        ('ru = "Порог"', 'de = "Schwelle"', "the unknown language 'de'"),
        ("timelines = 2", "timelines = 5", "at most the number of seeds, 4"),
        ('question = "attendance"', 'question = "mean_turnout"', "one of the outcomes"),
        ("[set]", "[sett]", "the unknown key 'sett'"),
        ('name = "hostile"', 'name = "Very hostile"', "levers.practice.levels.1.name"),
    ],
)
def test_what_is_wrong_is_told_in_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in refused(tmp_path, (old, new))


def test_a_page_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match=r"No page is called 'seminarr'\. Did you mean 'seminar'"):
        load_explorer("seminarr")


def test_the_grid_has_a_limit(tmp_path: Path) -> None:
    many = ", ".join(f'{{ name = "l{n}", label = "{n}" }}' for n in range(900))
    told = refused(tmp_path, ("[levers.practice]", f'[levers.many]\nlabel = "Many"\nlevels = [{many}]\n\n[levers.practice]'))
    assert "10,800 combinations of levels" in told


def test_the_shipped_page_is_right_at_every_level_and_says_all_in_three_languages() -> None:
    tables = tomllib.loads((ROOT / "explorers" / "seminar.toml").read_text(encoding="utf-8"))
    text = accept(ExplorerText, tables, "seminar.toml", InputError)
    assert len(combinations(text.levers)) == 1044
    wanted = [dict(preset.levels) for preset in text.presets]
    wanted += [{name: level.name} for name, lever in text.levers.items() for level in lever.levels]
    for levels in wanted:
        settings = dict(text.set)
        for name, level in settled(text.levers, levels).items():
            settings |= next(one.set for one in text.levers[name].levels if one.name == level)
        found = load_scenario(text.explorer.base, settings)
        assert found.scenario.days == 181
    said = [one.label for one in (*text.levers.values(), *text.presets)]
    said += [level.label for lever in text.levers.values() for level in lever.levels]
    said += [one.help for one in text.levers.values() if one.help] + [one.note for one in text.presets if one.note]
    assert all(set(one) == set(LANGUAGES) for one in [*said, text.explorer.title])


def test_the_example_of_the_manual_is_right(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "seminar-page.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(load_explorer(written(tmp_path, example)).design.scenarios) == 3
