"""What is needed to know, and to repeat, what a results folder holds."""

from __future__ import annotations

import datetime
import importlib.metadata
import platform
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sim.scenario import Scenario
from sim.version import __version__

__all__ = ["THIS_TIME", "code", "manifest", "told"]

THIS_TIME: Final = "this_time"
"""The one key of what may differ when the same is run again: when, where, how long, by which command."""

_PACKAGES: Final = ("holidays", "matplotlib", "mesa", "numba", "numpy", "pandas", "pydantic", "scipy")


def manifest(
    scenarios: Mapping[str, Scenario],
    seeds: Sequence[int],
    *,
    command: Sequence[str] = (),
    seconds: float | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The manifest of some runs, as plain data.

    Args:
        scenarios: each scenario, by its name in the tables.
        seeds: the seeds each was run with.
        command: the words of the command that asked for it, if one did.
        seconds: how long it took.
        more: what else is to be told.
    """
    return {
        "protestlaw": code(),
        "seeds": list(seeds),
        **more,
        "scenarios": {name: told(scenario) for name, scenario in scenarios.items()},
        THIS_TIME: {
            "written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "command": list(command),
            "seconds": None if seconds is None else round(seconds, 1),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
        },
    }


def told(scenario: Scenario) -> dict[str, Any]:
    """A scenario as resolved, its law in full, with the fingerprints of both."""
    return {
        "fingerprint": scenario.fingerprint,
        "law": {
            "title": scenario.law.regime.title,
            "status": scenario.law.regime.status,
            "fingerprint": scenario.law.fingerprint,
        },
        "resolved": scenario.model_dump(mode="json"),
    }


def code() -> dict[str, Any]:
    """Which code it is: the version; in a checkout also the commit, and whether files differ from it."""
    root = Path(__file__).resolve().parents[2]
    commit = _git(root, "rev-parse", "HEAD") if (root / ".git").exists() else None
    changed = None if commit is None else bool(_git(root, "status", "--porcelain"))
    return {"version": __version__, "commit": commit, "changed": changed}


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
