"""Wrong scenarios, each with the words its error must say: ``# says: this | and this`` in its first line."""

from pathlib import Path

import pytest

from sim.errors import InputError, ProtestlawError, ScenarioError, UnknownNameError
from sim.scenario import load_scenario

TEXTS = sorted((Path(__file__).parent / "wrong").glob("*.toml"))


def refusal(path: Path) -> tuple[ProtestlawError, list[str]]:
    """The error of a text, and the words it must say."""
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# says: ").split(" | ")
    with pytest.raises(ProtestlawError) as caught:
        load_scenario(path)
    return caught.value, words


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_wrong_scenario_is_refused_in_words_that_help(path: Path) -> None:
    error, words = refusal(path)
    assert [word for word in words if word not in str(error)] == [], str(error)
    assert isinstance(error, ScenarioError | UnknownNameError)
    if isinstance(error, InputError):
        assert error.file == str(path)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_scenario_with_one_thing_wrong_is_told_one_problem(path: Path) -> None:
    error, words = refusal(path)
    expected = next((int(word.split()[0]) for word in words if word.endswith(" problems")), 1)
    if isinstance(error, InputError):
        assert len(error.problems) == expected, str(error)


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= 30
