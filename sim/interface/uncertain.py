"""Parameters drawn from a posterior: what was asked for on the command line, and what is told of draws and uncertainty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from sim.errors import InputError, Problem
from sim.interface.numbers import Scale

if TYPE_CHECKING:
    from sim.experiment.uncertainty import Drawn, Draws
    from sim.scenario import Scenario

__all__ = [
    "DrawsOnRecord",
    "DrawsTold",
    "intervals_rest_on",
    "kept_keys",
    "made_of",
    "on_record",
    "over_posterior",
    "posterior_asked",
    "tell_draws",
]

_FEW: Final = 5
"""Draws below which the reader is warned: with four, an interval is half again as wide as the same spread with many gives."""


class DrawsTold(Protocol):
    """What is told of draws: the draw of each seed, and each draw's row in the posterior."""

    @property
    def of_seed(self) -> Mapping[int, int]:
        """The number of each seed's draw, from 1."""

    @property
    def rows(self) -> Sequence[int]:
        """Of each draw, its row in the posterior."""


@dataclass(frozen=True, slots=True)
class DrawsOnRecord:
    """The draws of runs that were made before, as their manifest tells them (:func:`on_record`)."""

    of_seed: Mapping[int, int]
    rows: tuple[int, ...]

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """Those of a manifest's ``uncertainty``.

        Raises:
            KeyError, TypeError, ValueError: if it is not told so that this version understands it.
        """
        of_seed = {int(seed): int(draw) for seed, draw in said["draw_of_seed"].items()}
        return cls(of_seed, tuple(int(row) for row in said["posterior_rows"]))


def posterior_asked(kind: str, folder: Path | None, draws: int | None) -> Drawn | None:
    """The posterior that parameters are to be drawn from; none if they are not.

    Args:
        kind: ``none`` or ``posterior``. folder: of a calibration; none for the posterior that is shipped. draws: how many.

    Raises:
        InputError: if there is no such posterior, or a folder or a number of draws is given where nothing is drawn.
    """
    if kind == "posterior":
        from sim.experiment.uncertainty import load_posterior

        return load_posterior(folder)
    given = {"--posterior": folder, "--draws": draws}
    problems = [
        Problem(name, str(said), "nothing, or --uncertainty posterior") for name, said in given.items() if said is not None
    ]
    if problems:
        raise InputError("command line", problems)
    return None


def kept_keys(posterior: Drawn | None, changes: Iterable[str]) -> frozenset[str]:
    """The keys of a posterior that are set on the command line, so that no draw sets them.

    Args:
        posterior: the posterior, if there is one. changes: ``KEY=VALUE``.
    """
    if posterior is None:
        return frozenset()
    from sim.experiment.design.drawing import kept_by
    from sim.texts import parse_assignment

    return kept_by(posterior, [parse_assignment(text)[0] for text in changes])


def tell_draws(posterior: Drawn | None, scenarios: Sequence[tuple[str, Scenario, frozenset[str]]]) -> list[str]:
    """What is drawn in each scenario, and what is not, in a line each.

    Args:
        posterior: the posterior, if there is one.
        scenarios: each with its letter (``A``, ``B``) or nothing before it, and the keys that keep their own value.
    """
    if posterior is None:
        return []
    towns = dict.fromkeys(scenario.town.town.name for _, scenario, _ in scenarios)
    told = [posterior.in_words(town) for town in towns]
    for letter, _, kept in scenarios:
        if kept:
            told.append(f"As set, not drawn{f' in {letter}' if letter else ''}: {', '.join(sorted(kept))}.")
    return told


def intervals_rest_on(draws: DrawsTold) -> str:
    """What intervals hold, and what they rest on, in a sentence."""
    number = len(draws.rows)
    if number < 2:
        return "One draw tells nothing of what is not known of the parameters: take several (--reps) for intervals."
    sizes = [list(draws.of_seed.values()).count(draw) for draw in (1, number)]  # the first draws have one more, if any have
    each = f"{sizes[0]} seed{'s' if sizes[0] > 1 else ''}" if sizes[0] == sizes[1] else f"{sizes[1]} or {sizes[0]} seeds"
    told = f"Intervals: noise between seeds and not knowing the parameters, over {number} draws from a posterior with {each} each"
    wide = " With so few draws they are wide." if number < _FEW else ""
    apart = "" if len(draws.of_seed) > number else " With one seed a draw the two cannot be told apart."
    return f"{told}; not the real world.{wide}{apart}"


def made_of(row: Mapping[str, Any], of: str) -> str:
    """What the variance of a pair or a run is made of, in a sentence; empty if that cannot be told.

    Args:
        row: of a table with the columns of :data:`~sim.experiment.uncertainty.over_draws.SPLIT`.
        of: whose variance it is (``a pair's difference in attendance``).
    """
    share = row["parameter_share"]
    if math.isnan(share):
        return ""
    noise, parameters = f"{100 * (1 - share):.0f} %", f"{100 * share:.0f} % {share_interval(row)}".rstrip()
    return f"Of the variance of {of}, {noise} is noise between seeds, {parameters} is not knowing the parameters."


def share_interval(row: Mapping[str, Any]) -> str:
    """The interval of the share that is due to parameters, in per cent; empty if there is none."""
    low, high = row["share_low"], row["share_high"]
    return "" if math.isnan(low) else f"[{100 * low:.0f} to {100 * high:.0f}]"


def over_posterior(row: Mapping[str, Any], scale: Scale, *, level: bool = False) -> str:
    """Where the effect (or the level) lies over the posterior; empty if that cannot be told."""
    low, high = row["effect_low"], row["effect_high"]
    if math.isnan(low):
        return ""
    return f"[{scale.value(low)} to {scale.value(high)}]" if level else scale.interval(low, high)


def on_record(draws: Draws, names: Sequence[str]) -> dict[str, Any]:
    """The draws of some runs, as plain data for manifests and documents.

    Args:
        draws: the draws. names: what the scenarios are called.
    """
    return {
        "posterior": {"sha256": draws.posterior.digest, "rows": len(draws.posterior.weights)},
        "draws": len(draws.rows),
        "posterior_rows": list(draws.rows),
        "draw_of_seed": {str(seed): draw for seed, draw in draws.of_seed.items()},
        "kept": {name: sorted(kept) for name, kept in zip(names, draws.kept, strict=True) if kept},
    }
