"""Texts of experiments, written and read."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.experiment.design import Design, load_design

HEAD = """
[experiment]
title = "A test"
question = "Does it do what it says?"
base = "seminar"
seeds = 2
outcomes = ["attendance"]
"""

type Load = Callable[..., Design]
type Refused = Callable[..., str]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The design of a text: further lines of its head, what follows it, and other values in the head, as TOML."""

    def read(head: str, rest: str, **instead: str) -> Design:
        first = HEAD
        for key, value in instead.items():
            first, changed = re.subn(rf"^{key} = .*$", f"{key} = {value}", first, flags=re.MULTILINE)
            assert changed == 1
        path = tmp_path / "mine.toml"
        path.write_text(f"{first}{head}\n{rest}", encoding="utf-8")
        return load_design(path)

    return read


@pytest.fixture
def refused(load: Load) -> Refused:
    """What is said of a text that cannot be accepted."""

    def read(head: str, rest: str, **instead: str) -> str:
        with pytest.raises(InputError) as caught:
            load(head, rest, **instead)
        return str(caught.value)

    return read
