"""What is kept on disk can be seen and dropped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.population import clear_towns, kept_towns, load_town
from sim.population.cache import town_of
from sim.population.traits import Traits


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One town on disk, in a cache of its own; the kernels' stay where they are, since they are loaded already."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    town_of(load_town("seminar"), Traits(), 1, 5, cache=True)
    assert len(kept_towns()) == 1


@pytest.mark.usefixtures("kept")
def test_the_command_says_what_is_kept_and_drops_it(command: Callable[..., Any]) -> None:
    told = command("cache")
    assert told.exit_code == 0
    assert told.stdout.startswith("1 town, ")
    assert "They may take 4 GB" in told.stdout
    dropped = command("cache", "--clear")
    assert dropped.exit_code == 0
    assert "MB are free again" in dropped.stdout
    assert kept_towns() == []
    assert command("cache").stdout.startswith("0 towns, 0 MB")


@pytest.mark.usefixtures("kept")
def test_a_bound_that_is_no_number_is_refused_with_what_is_allowed(
    command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", "much")
    told = command("cache")
    assert told.exit_code == 2
    assert (
        "PROTESTLAW_TOWN_CACHE is the gigabytes that towns may take on disk, from 0 (keep none) on; found 'much'" in told.output
    )
    monkeypatch.setenv("PROTESTLAW_TOWN_CACHE", "0")
    assert "None is added" in command("cache").stdout
    assert clear_towns() > 0
