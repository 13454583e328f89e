"""Wrong texts, each with the words its error must say: ``# says: this | and this`` in its first line."""

from pathlib import Path

import pytest

from sim.errors import LawError
from sim.law import load_law

HERE = Path(__file__).parent
TEXTS = sorted((HERE / "wrong").glob("*.toml"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_wrong_text_is_refused_in_words_that_help(path):
    text = path.read_bytes().decode("latin-1")
    words = text.splitlines()[0].removeprefix("# says: ").split(" | ")
    name = f"{HERE / 'right' / 'bill.toml'} + {path}" if "[reform]" in text else str(path)
    with pytest.raises(LawError) as caught:
        load_law(name)
    said = str(caught.value)
    assert caught.value.file == str(path)
    assert path.name in said
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_with_one_thing_wrong_is_told_one_problem(path):
    text = path.read_bytes().decode("latin-1")
    expected = next((int(word[0]) for word in text.splitlines()[0].split(": ")[1].split(" | ") if word.endswith(" problems")), 1)
    name = f"{HERE / 'right' / 'bill.toml'} + {path}" if "[reform]" in text else str(path)
    with pytest.raises(LawError) as caught:
        load_law(name)
    assert len(caught.value.problems) == expected, str(caught.value)


def test_there_are_enough_of_them():
    assert len(TEXTS) >= 27
