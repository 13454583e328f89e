"""What docs/reference-model.md shows works, and says what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim.reference

TOP = Path(__file__).parents[2]
DOCUMENT = (TOP / "docs" / "reference-model.md").read_text(encoding="utf-8")
FOLDER = Path(sim.reference.__file__).parent


def test_the_example_prints_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```text\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    exec(compile(example, "docs/reference-model.md", "exec"), {})
    assert capsys.readouterr().out == shown


def test_every_file_is_in_the_reading_list_and_every_file_named_is_there() -> None:
    named = set(re.findall(r"`(\w+\.py)`", DOCUMENT))
    assert named == {path.name for path in FOLDER.glob("*.py")} - {"__init__.py"}


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", DOCUMENT)
    assert links
    assert [link for link in links if not (TOP / "docs" / link).exists()] == []
