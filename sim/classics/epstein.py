"""Epstein's civil violence (2002), Model I, under the rules that three sources give for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.epstein_model import VARIANTS, CivilViolence, Settings
from sim.streams import MAX_SEED

__all__ = ["BURST", "CLASSIC", "run", "series", "settings_of", "summary"]

BURST: Final = 50
"""Actives above which Epstein speaks of an outburst, in his 1,120 citizens."""

_PRESET: Final = "preset"

_NAMED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "ratio": ("cops per active: as it is, rounded down, or to the nearest (halves to even)", ("printed", "floor", "round")),
    "neighbourhood": ("what is seen: all within the distance, a square, or a diamond", ("disc", "moore", "von_neumann")),
    "own": ("whether an active counts itself once, or twice when it was active already", ("once", "twice")),
    "order": ("whether one moves or decides (a cop: arrests) first", ("move_first", "decide_first")),
    "jailed": ("whether those in jail keep others from their cell", ("make_room", "block")),
    "cop": ("whether a cop moves to the cell of whom it arrests", ("stays", "follows")),
    "jail_draw": ("sentences of 0 to max_jail steps, or to one less", ("to_max", "below_max")),
    "sentence": ("when a sentence grows shorter", ("end_of_step", "own_turn")),
    "placing": ("numbers of citizens and cops, or the chance of each in every cell", ("exact", "chance")),
}

_DOCKED: Final[Mapping[str, Mapping[str, tuple[float, float]]]] = {
    "printed": {"bursts": (0.0, 0.0), "above": (0.0, 0.0)},
    "netlogo": {
        "mean": (42.7, 5.2), "max": (360.0, 24.0), "above": (0.229, 0.020), "bursts": (34.0, 2.0), "wait": (29.6, 1.7),
        "jailed": (240.0, 19.0),
    },
    "mesa": {"mean": (15.3, 2.3), "max": (162.0, 61.0), "bursts": (19.1, 5.0)},
}  # fmt: skip
"""Mean over 20 seeds of 1,000 steps, and standard deviation between seeds, of an implementation written apart from this one. Its
numbers of citizens and cops were exact under Mesa's rules too, where Mesa leaves them to chance; seeds differ more there."""

_DOCKED_SEEDS: Final = 20
_ERRORS: Final = 4.0
"""Standard errors of the difference by which a mean may differ from what is known."""

_WORDS: Final[Mapping[str, str]] = {
    "mean": "mean actives",
    "max": "most actives",
    "above": f"share of steps with more than {BURST} actives",
    "bursts": f"outbursts (upward crossings of {BURST} actives)",
    "wait": "steps from outburst to outburst",
    "jailed": "mean jailed",
}

SHARE: Final = "1 - T / (1 - L): without cops nobody risks anything"
CONTENT: Final = "no grievance is above 1 - L"


def settings_of(options: Mapping[str, Any], variant: str | None = None) -> Settings:
    """The settings that options stand for: those of a variant, and what was set besides if it is the one that was chosen."""
    numbers = {name: options[name] for name in Settings.__slots__ if name not in _NAMED}
    chosen = {name: options[name] for name in _NAMED if options[name] != _PRESET}
    if variant not in {None, options["variant"]}:
        return Settings(**VARIANTS[str(variant)], **numbers)
    return Settings(**{**VARIANTS[options["variant"]], **chosen, **numbers})


def series(settings: Settings, seed: int, steps: int) -> pd.DataFrame:
    """Quiet, active and jailed citizens after every step."""
    model = CivilViolence(settings, seed=seed)
    rows = np.empty((steps, 3), np.int64)
    for step in range(steps):
        model.step()
        rows[step] = model.counts()
    return pd.DataFrame(rows, columns=["quiet", "active", "jailed"], index=pd.RangeIndex(1, steps + 1, name="step")).reset_index()


def bursts(actives: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """When outbursts begin: places at which there are more than :data:`BURST` actives, and were not just before."""
    above = np.concatenate([[False], actives > BURST])
    return np.flatnonzero(above[1:] & ~above[:-1])


def summary(found: pd.DataFrame) -> dict[str, float]:
    """A run in six numbers; the wait is NaN if there were not two outbursts."""
    actives = found["active"].to_numpy()
    begun = bursts(actives)
    return {
        "mean": float(actives.mean()),
        "max": float(actives.max()),
        "above": float((actives > BURST).mean()),
        "bursts": float(begun.size),
        "wait": float(np.diff(begun).mean()) if begun.size > 1 else math.nan,
        "jailed": float(found["jailed"].mean()),
    }


def run(options: Mapping[str, Any], seed: int) -> Finding:
    """The chosen rules with many seeds, and all three sets of rules with one."""
    settings, steps, seeds = settings_of(options), options["steps"], options["seeds"]
    runs = [series(settings, _seed(seed, i), steps) for i in range(seeds)]
    seen = pd.DataFrame([{"seed": _seed(seed, i), **summary(found)} for i, found in enumerate(runs)])
    shown = {
        variant: runs[0] if variant == options["variant"] else series(settings_of(options, variant), seed, steps)
        for variant in VARIANTS
    }
    curves = pd.concat([found.assign(variant=variant) for variant, found in shown.items()], ignore_index=True)
    checks = [*_docking_checks(options, settings, seen), *_theorem_checks(options, settings, seed)]
    return Finding(tuple(checks), {"series": curves, "seeds": seen.assign(variant=options["variant"])})


def _seed(seed: int, i: int) -> int:
    return (seed + i) % (MAX_SEED + 1)


def _docking_checks(options: Mapping[str, Any], settings: Settings, seen: pd.DataFrame) -> list[Check]:
    """What others found, if nothing but the variant was chosen."""
    variant, steps = options["variant"], options["steps"]
    if settings != Settings(**VARIANTS[variant]) or steps != 1000:
        return []
    return [
        Check(
            f"{_WORDS[name]}, rules: {variant}",
            known,
            float(seen[name].mean()),
            _ERRORS * max(between, float(seen[name].std())) * math.sqrt(1.0 / _DOCKED_SEEDS + 1.0 / len(seen)),
            f"docking: {_DOCKED_SEEDS} seeds of another implementation",
        )
        for name, (known, between) in _DOCKED[variant].items()
    ]


def _theorem_checks(options: Mapping[str, Any], settings: Settings, seed: int) -> list[Check]:
    """What must be under any rules: nobody rises who has too little grievance, and all who have enough if there are no cops."""
    content = {**options, "legitimacy": max(settings.legitimacy, 1.0 - settings.threshold)}
    found = series(settings_of(content), seed, 20)
    checks = [Check("most actives if 1 - L <= T", 0.0, float(found["active"].max()), 0.0, CONTENT)]
    grievance = 1.0 - settings.legitimacy
    if settings.density > 0.0 and grievance > settings.threshold:
        ends = [series(settings_of({**options, "cops": 0.0}), _seed(seed, i), 1).iloc[-1] for i in range(options["seeds"])]
        citizens = sum(int(end["quiet"] + end["active"]) for end in ends)
        known = 1.0 - settings.threshold / grievance
        share = sum(int(end["active"]) for end in ends) / max(citizens, 1)
        error = math.sqrt(known * (1.0 - known) / max(citizens, 1))
        checks.append(Check("share of actives without cops", known, share, _ERRORS * error, SHARE))
    return checks


def _named(name: str) -> Option:
    meaning, allowed = _NAMED[name]
    return Option(name, _PRESET, f"{meaning}; preset: as the variant has it", (_PRESET, *allowed))


CLASSIC: Final = Classic(
    name="epstein",
    title="Civil violence: rebels and police on a grid (Epstein 2002, Model I)",
    citation=(
        (
            "Epstein, J. M. (2002). Modeling civil violence: An agent-based computational approach. PNAS 99 (suppl. 3), "
            "7243-7250. doi:10.1073/pnas.092080199"
        ),
        (
            "Wilensky, U. (2004). NetLogo Rebellion model. Center for Connected Learning and Computer-Based Modeling, "
            "Northwestern University."
        ),
    ),
    teaches=(
        "That a model is its code. With the formula as it is printed there is never an outburst; with the number of cops per "
        "active rounded down, as in NetLogo, there are 34 in a thousand steps; rounded to the nearest, as in Mesa, 19. Rounding "
        "makes the risk vanish at once where actives outnumber cops, and that makes the punctuated equilibrium."
    ),
    options=(
        Option("variant", "netlogo", "whose rules: as printed, NetLogo's or Mesa's", tuple(VARIANTS)),
        *(_named(name) for name in _NAMED),
        Option("width", 40, "cells", (3, 400)),
        Option("height", 40, "cells", (3, 400)),
        Option("density", 0.7, "citizens a cell", (0.0, 1.0)),
        Option("cops", 0.04, "cops a cell", (0.0, 1.0)),
        Option("vision", 7.0, "how far one sees and moves, cells", (1.0, 50.0)),
        Option("legitimacy", 0.82, "L: grievance is hardship times 1 - L", (0.0, 1.0)),
        Option("max_jail", 30, "J: longest sentence, steps", (1, 1_000_000)),
        Option("k", 2.3, "of the chance of arrest, 1 - exp(-k cops / actives)", (0.0, 100.0)),
        Option("threshold", 0.1, "T: what grievance less net risk must exceed", (0.0, 1.0)),
        Option("seeds", 20, "runs", (2, 1000)),
        Option("steps", 1000, "steps of each run", (2, 100_000)),
    ),
    run=run,
)
