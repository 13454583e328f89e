"""What happened and what was reported of it, before a reform and after it, read from the runs of a sweep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.errors import Problem, did_you_mean
from sim.experiment.effects import Interval, paired
from sim.experiment.sensitivity.table import Floats, Sweep, grid_of, read_runs, refuse_runs

__all__ = ["DATA", "SEEN", "TOTALS", "Reported", "reported"]

SEEN: Final = {
    "events_held": "observed_events",
    "attendance": "observed_attendance",
    "mean_turnout": "observed_mean_size",
    "intervention_share": "observed_intervention_share",
}
"""Indicators of what happened, each with that of what the catalogue shows of it."""

TOTALS: Final = ("events_held", "attendance")
"""Those of which a part is reported, so that a reporting rate can be known."""

DATA: Final = ("complete", "observed", "one_rate", "own_rates")
"""What the analyst has: every event; those the press reported; these over the reporting rate before, taken for that after too; or
over each law's own reporting rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Reported:
    """One outcome at one setting, before and after, over the seeds that have every value of it.

    Attributes:
        named: the factors' levels and ``outcome``, for a table.
        true, seen: what happened and what the catalogue shows, each before and after, by seed.
        left_out: seeds without a value.
    """

    named: dict[str, Any]
    true: tuple[Floats, Floats]
    seen: tuple[Floats, Floats]
    left_out: int

    @property
    def seeds(self) -> int:
        """How many there are."""
        return self.true[0].size

    @property
    def is_total(self) -> bool:
        """Whether it is an outcome of which a part is reported."""
        return self.named["outcome"] in TOTALS

    @property
    def effects(self) -> Floats:
        """The true effect, seed by seed."""
        return self.true[1] - self.true[0]

    @property
    def effect(self) -> Interval:
        """The true effect: the mean difference of pairs, with its 95 % interval (Student 1908)."""
        return paired(*self.true)

    @property
    def sign_is_known(self) -> bool:
        """Whether that interval leaves out 0."""
        return bool(self.effect.low > 0 or self.effect.high < 0)

    def data(self) -> Iterator[tuple[str, Floats, Floats, float]]:
        """What an analyst has before and after, by :data:`DATA`; and the ratio of reporting rates after / before, if known.

        A reporting rate is the sum of what the catalogue shows, over all seeds, over the sum of what happened.
        """
        yield "complete", *self.true, 1.0
        yield "observed", *self.seen, 1.0
        if self.is_total and all(seen.sum() for seen in self.seen):
            first, second = (float(seen.sum() / true.sum()) for true, seen in zip(self.true, self.seen, strict=True))
            yield "one_rate", self.seen[0] / first, self.seen[1] / first, 1.0
            yield "own_rates", self.seen[0] / first, self.seen[1] / second, second / first


def reported(runs: pd.DataFrame, factor: str, before: Any, by: Sequence[str], years: Sequence[int]) -> list[Reported]:
    """The cases of a sweep: each setting, each reform, each outcome of :data:`SEEN`.

    Args:
        runs: the runs table. factor: the reform; each of its levels but ``before`` is one. by: the other factors.
        years: on either side, for which there must be seeds enough.

    Raises:
        InputError: if the table cannot be read, is no full grid of these factors, or has too few seeds.
    """
    sweep = read_runs(runs, [*SEEN, *SEEN.values()], [factor, *by])
    levels, places = grid_of(sweep.settings, [factor, *by])
    laws, most = levels[0], len(sweep.seeds) // 2
    wrong = []
    if before not in laws or len(laws) < 2:
        told = f"{before!r} and no other level" if before in laws else f"no level {before!r}"
        words = list(map(str, laws))
        allowed = f"one of {', '.join(words)}, and another one to hold against it"
        wrong.append(Problem(f"factors.{factor}", told, allowed, did_you_mean(str(before), words)))
    if bad := [span for span in years if not 1 <= span <= most]:
        allowed = f"1 to {most} on either side, with {len(sweep.seeds)} seeds"
        wrong.append(Problem("years", ", ".join(map(str, bad)), allowed))
    if wrong:
        raise refuse_runs(*wrong)
    at = {tuple(place): point for point, place in enumerate(places.tolist())}
    first = laws.index(before)
    found = []
    for setting in np.ndindex(*map(len, levels[1:])):
        others = {name: levels[column][setting[column - 1]] for column, name in enumerate(by, 1)}
        for law, level in enumerate(laws):
            if law != first:
                pair = at[(first, *setting)], at[(law, *setting)]
                found += [_case(sweep, {factor: level, **others}, outcome, pair) for outcome in SEEN]
    return found


def _case(sweep: Sweep, named: dict[str, Any], outcome: str, pair: tuple[int, int]) -> Reported:
    fields = np.array([sweep.values[name][point] for name in (outcome, SEEN[outcome]) for point in pair])
    there = ~np.isnan(fields).any(axis=0)
    true_before, true_after, seen_before, seen_after = fields[:, there]
    return Reported({**named, "outcome": outcome}, (true_before, true_after), (seen_before, seen_after), int((~there).sum()))
