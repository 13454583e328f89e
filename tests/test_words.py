"""The shared words: plain, unique, and not one more than is explained."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from sim import words

LISTS = [getattr(words, name) for name in words.__all__]


def explanations() -> dict[str, str]:
    """The text under each list of :mod:`sim.words`."""
    body = ast.parse(Path(words.__file__).read_text(encoding="utf-8")).body
    found = {}
    for statement, following in pairwise(body):
        if isinstance(statement, ast.AnnAssign) and isinstance(following, ast.Expr):
            assert isinstance(statement.target, ast.Name)
            assert isinstance(following.value, ast.Constant)
            found[statement.target.id] = str(following.value.value)
    return found


@pytest.mark.parametrize("name", words.__all__)
def test_every_list_is_explained(name: str) -> None:
    assert explanations()[name]


@pytest.mark.parametrize("name", ["FORMS", "LEGAL_FORMS", "STANCES", "SITE_KINDS"])
def test_every_word_is_explained(name: str) -> None:
    assert set(re.findall(r"``(\w+)``", explanations()[name])) == set(getattr(words, name))


@pytest.mark.parametrize("listed", LISTS)
def test_words_are_plain_and_differ(listed: tuple[str, ...]) -> None:
    assert len(set(listed)) == len(listed)
    assert all(re.fullmatch(r"[a-z_]+", word) for word in listed)
