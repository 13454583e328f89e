"""What docs/experiments.md shows works, and says what is there."""

import re
from pathlib import Path

import pytest

from sim.experiment.design.fitting import MOST_POINTS
from sim.experiment.design.text import DESIGNS, DRAWINGS, FactorText, Head

TOP = Path(__file__).parents[3]
DOCUMENT = (TOP / "docs" / "experiments.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def test_the_example_is_the_one_of_the_folder() -> None:
    text = (TOP / "experiments" / "seminar-threshold.toml").read_text(encoding="utf-8")
    assert blocks("toml")[0] in text


def test_the_example_prints_what_is_shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    (example,), (shown,) = blocks("python"), blocks("text")
    exec(compile(example, "docs/experiments.md", "exec"), {})
    assert capsys.readouterr().out == shown


def test_the_settings_and_factors_it_shows_are_accepted(load) -> None:
    """Without the shocks, a run may be as short as is said."""
    design = load('design = "latin-hypercube"\npoints = 5', "".join(blocks("toml")[1:]))
    assert [factor.name for factor in design.factors] == ["fine", "law", "practice"]
    assert {scenario.scenario.days for scenario in design.scenarios} == {200}


def test_every_key_and_design_is_in_its_tables() -> None:
    for title, known in (("`[experiment]`", Head), ("`[factors.NAME]`", FactorText)):
        listed = [
            name for row in re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
        ]
        assert listed == list(known.model_fields), title
    assert tuple(re.findall(r"^\| `([\w-]+)` \|", section("Designs"), re.MULTILINE)) == DESIGNS
    assert all(f"`{one}`" in section("`[experiment]`") for one in DRAWINGS)
    assert f"{MOST_POINTS:,} points at most" in DOCUMENT
