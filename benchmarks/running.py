"""Running works: shots in fresh processes, repeated, with what the machine did meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.work import PROCESS, Work

__all__ = ["Outcome", "Place", "Shoot", "measure", "shoot", "shots_of", "tell"]

_CHILD = Path(__file__).resolve().parent / "child.py"


@dataclass(frozen=True, slots=True)
class Place:
    """Sources that are measured, and where they keep what they compile.

    Attributes:
        tree: the folder that holds ``sim``. caches: a folder of our own, empty at first. label: in tables.
    """

    tree: Path
    caches: Path
    label: str


@dataclass(slots=True)
class Outcome:
    """What came of a work.

    Attributes:
        work: which. shots: what each returned (:meth:`benchmarks.work.Found.plain`), with ``load`` before it and ``others``, the
            processors that others used meanwhile. failed: the last lines of what a shot that failed had to say.
    """

    work: Work
    shots: list[dict[str, Any]] = field(default_factory=list)
    failed: str = ""

    def values(self, key: str) -> list[float]:
        """A measure, shot by shot."""
        return [shot["values"][key]["value"] for shot in self.shots if key in shot["values"]]

    def cpu(self, key: str) -> list[float]:
        """Processor seconds of a measure that is a time, shot by shot."""
        return [seconds for shot in self.shots if (seconds := shot["values"].get(key, {}).get("cpu")) is not None]

    @property
    def reduced(self) -> str:
        """In what way less was done than the budgets ask."""
        return next((shot["reduced"] for shot in self.shots if shot["reduced"]), "")

    def why_not(self, key: str) -> str:
        """Why a measure is missing."""
        if self.failed:
            lines = [line for line in self.failed.splitlines() if line.strip() and not line[0].isspace()]
            return f"failed: {lines[-1] if lines else self.failed.strip()}"
        said = [shot["skipped"] for shot in self.shots]
        return next((f"skipped: {reason}" for one in said for reason in (one.get(key), one.get("")) if reason), "not measured")


type Shoot = Callable[[Work, Place, int, bool, dict[str, Any]], dict[str, Any]]
"""Does one shot: work, place, number, whether quick, what the first one kept."""


class Failed(Exception):
    """A shot that ended with an error."""


def tell(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def shoot(work: Work, place: Place, number: int, quick: bool, kept: dict[str, Any]) -> dict[str, Any]:
    """One shot in a fresh process."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(place.tree),
        "NUMBA_CACHE_DIR": str(place.caches),
        "XDG_CACHE_HOME": str(place.caches / "home"),
        "MPLCONFIGDIR": str(place.caches / "matplotlib"),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    with tempfile.TemporaryDirectory(prefix="protestlaw-shot-") as folder:
        answer = Path(folder) / "answer.json"
        asked = {
            "tree": str(place.tree),
            "module": work.module,
            "function": work.function,
            "cores": work.cores,
            "number": number,
            "quick": quick,
            "kept": kept,
            "answer": str(answer),
        }
        load, before = machine.load(), machine.Moment.now()
        command = [sys.executable, "-P", str(_CHILD), json.dumps(asked)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        after = machine.Moment.now()
        if done.returncode or not answer.is_file():
            raise Failed(done.stderr.strip()[-2000:] or f"exit code {done.returncode}, and not a word")
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if "" not in found["skipped"]:  # a process that did nothing is no measure
        found["values"][PROCESS] = {"value": after.wall - before.wall, "cpu": after.children - before.children}
    return {**found, "load": load, "others": before.others(after)}


def shots_of(work: Work, *, quick: bool, repeats: int | None = None) -> int:
    """How many shots a work gets."""
    return repeats or (work.quick_repeats if quick else work.repeats)


def measure(
    work: Work, places: list[Place], *, quick: bool = False, repeats: int | None = None, shoot: Shoot = shoot
) -> list[Outcome]:
    """Measure a work at one place, or at several in turn (ABAB...).

    Returns:
        an outcome for each place. When a shot fails the work is over, at all places, so that shots stay paired.
    """
    outcomes, kept = [Outcome(work) for _ in places], [{} for _ in places]
    wanted = shots_of(work, quick=quick, repeats=repeats)
    for number in range(-1 if work.warm else 0, wanted):
        for turn, (place, outcome) in enumerate(zip(places, outcomes, strict=True)):
            label = f" ({place.label})" if len(places) > 1 else ""
            began = time.perf_counter()
            try:
                found = shoot(work, place, max(number, 0), quick or number < 0, kept[turn])
            except Failed as error:
                outcome.failed = str(error)
                tell(f"{work.name}{label}: failed\n{error}")
                return outcomes
            seconds = time.perf_counter() - began
            if number < 0:
                tell(f"{work.name}{label}: warm, {seconds:.1f} s")
                continue
            outcome.shots.append(found)
            kept[turn].update(found["keep"])
            tell(f"{work.name}{label}: {number + 1} of {wanted}, {seconds:.1f} s")
        if number >= 0 and all("" in outcome.shots[-1]["skipped"] for outcome in outcomes):
            break
    return outcomes
