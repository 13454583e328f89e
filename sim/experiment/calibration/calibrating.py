"""A calibration from beginning to end: pilot, waves, posterior, check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.calibration.checking import checked, drawn_for_check, emulators_of
from sim.experiment.calibration.matching import Matched, match
from sim.experiment.calibration.plan import Plan
from sim.experiment.calibration.posterior import Posterior, draws_of, posterior_of, summary_of
from sim.experiment.calibration.running import Runner
from sim.experiment.calibration.store import ValueStore
from sim.experiment.running import Workers
from sim.experiment.store import Count

__all__ = ["Calibration", "calibrate"]

_WIDE_APART = 0.05
"""Share of the draws that must count effectively, or the reader is warned."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What a calibration found.

    Attributes:
        plan: what was asked. matched: the waves. posterior: draws, as points of the unit cube with weights.
        tables: ``posterior`` (draws in the parameters' units), ``parameters`` (prior and posterior of each), ``checks`` (every
            pattern under the posterior), ``waves`` (what was left after each), ``emulators``, ``unmet`` (patterns that cannot be
            met, and by how much), ``shipped`` (how implausible the shipped values are by each pattern), ``points`` (which were
            run), ``runs``, and ``failures`` if there were any.
        warnings: what whoever reads it must know.
        failed: runs that failed. runs: all runs.
    """

    plan: Plan
    matched: Matched
    posterior: Posterior
    tables: dict[str, pd.DataFrame]
    warnings: tuple[str, ...]
    failed: int
    runs: int


def calibrate(
    plan: Plan,
    folder: Path,
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    tell: Callable[[str], None] = lambda _: None,
    *,
    again: bool = False,
    retry_failed: bool = False,
) -> Calibration:
    """Calibrate. It may be ended in any way and called again: runs that ended are kept, and the answer is the same.

    Args:
        plan: the calibration. folder: where runs are kept, in one file.
        workers: who does the work, as in :func:`~sim.experiment.running.each_outcome`.
        progress: told how far the runs of a wave are. tell: told in a line what a wave found.
        again: whether to drop the runs that are there. retry_failed: whether runs that failed are tried again.

    Raises:
        ModelError: if the work cannot be done at all, or a package is missing. A run that fails is a row.
        OutputError: if the folder cannot be written, another process writes to it, or it holds runs of other code.
    """
    with ValueStore(folder, again=again) as store:
        runner = Runner(plan, store, workers, progress, retry_failed=retry_failed)
        shipped = runner.pilot()
        matched = match(
            plan.fitted,
            len(plan.priors),
            lambda x, number: runner.wave(x, f"wave {number}"),
            plan.rules,
            shipped,
            tell,
        )
        posterior = posterior_of(matched.last, plan.rules)
        x = drawn_for_check(posterior, plan.head.check, plan.head.sample)
        drawn = runner.wave(x, "check")
        runs, failures = runner.table(), runner.failures()
    tables = {
        "posterior": draws_of(posterior, plan.priors),
        "parameters": _with_towns(plan, summary_of(posterior, plan.priors)),
        "checks": checked(plan.goals, shipped, drawn, matched, x),
        "unmet": _unmet(matched),
        "waves": _waves(matched),
        "emulators": emulators_of(matched),
        "shipped": _shipped(plan, matched),
        "points": _points(plan, matched, x),
        "runs": runs,
    }
    if len(failures):
        tables["failures"] = failures
    warnings = tuple(_warnings(matched, posterior, len(failures), len(runs), tables["checks"]))
    return Calibration(plan, matched, posterior, tables, warnings, len(failures), len(runs))


def _with_towns(plan: Plan, summary: pd.DataFrame) -> pd.DataFrame:
    """The table of parameters with the town of each place, by which later scenarios know whether a value is theirs."""
    towns = {place.name: place.base.town.town.name for place in plan.places}
    summary.insert(3, "town", [towns.get(place, "") for place in summary["place"]])
    return summary


def _unmet(matched: Matched) -> pd.DataFrame:
    goals = {goal.name: goal for goal in matched.goals}
    rows = []
    for miss in matched.last.misses:
        goal = goals[miss.goal]
        numbers = (goal.low, goal.high, miss.nearest, miss.simulated, miss.apart, miss.implausibility)
        rows.append((goal.place, goal.pattern, goal.short, *numbers))
    names = ["place", "pattern", "statistic", "band_low", "band_high", "nearest", "simulated", "half_widths", "implausibility"]
    return pd.DataFrame(rows, columns=names)


def _waves(matched: Matched) -> pd.DataFrame:
    rows = []
    for wave in matched.waves:
        told = {"wave": wave.number, "points": len(wave.x), "left": wave.left.share, "patterns": len(wave.judge.goals)}
        rows.append(told | {"may_miss": wave.judge.forgiven, "unmet": len(wave.misses), "silent": len(wave.silent)})
    return pd.DataFrame(rows)


def _points(plan: Plan, matched: Matched, x: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> pd.DataFrame:
    """The points that were run, in the parameters' units, with their greatest implausibility after the last wave."""
    parts = [(f"wave {wave.number}", wave.x) for wave in matched.waves] + [("check", x)]
    tables = []
    for name, points in parts:
        keys = pd.DataFrame({"wave": name, "point": np.arange(len(points), dtype=np.int64)})
        worst = matched.last.judge.worst(points)
        tables.append(pd.concat([keys, pd.DataFrame(plan.values(points)), pd.DataFrame({"implausibility": worst})], axis=1))
    return pd.concat(tables, ignore_index=True)


def _shipped(plan: Plan, matched: Matched) -> pd.DataFrame:
    """How implausible the shipped values are by each pattern; no rows if they are not one point of the prior's space."""
    values = [{value for _, value in prior.shipped} for prior in plan.priors]
    inside = [len(own) == 1 and prior.low <= min(own) <= prior.high for prior, own in zip(plan.priors, values, strict=True)]
    judge, names = matched.last.judge, ["place", "pattern", "implausibility"]
    if not all(inside):
        return pd.DataFrame([], columns=names)
    x = np.array([[prior.part(min(own)) for prior, own in zip(plan.priors, values, strict=True)]])
    each = judge.each(x)[0]
    rows = [(goal.place, goal.pattern, value) for (goal, _), value in zip(judge.goals, each.tolist(), strict=True)]
    return pd.DataFrame(rows, columns=names)


def _warnings(matched: Matched, posterior: Posterior, failed: int, runs: int, checks: pd.DataFrame) -> list[str]:
    last = matched.last
    said = []
    if failed:
        said.append(f"{failed} of {runs} runs failed: failures.csv says why.")
    if last.judge.forgiven:
        of = len(last.judge.goals)
        said.append(f"No point meets all {of} patterns together: each may miss {last.judge.forgiven} of them, as implausible.")
    for miss in last.misses:
        told = f"{miss.goal} cannot be met: the nearest value is {miss.nearest:.3g}, {miss.apart:.1f} half widths from the middle"
        said.append(f"{told} of its band. Its discrepancy was granted.")
    never = checks[(checks["reached"] == 0) & (checks["use"] == "held out")]
    for row in never.to_dict("records"):
        band = f"{row['band_low']:.3g} to {row['band_high']:.3g}"
        told = f"the nearest is {row['nearest']:.3g}, the band {band}"
        said.append(f"No point that was run gives {row['place']} {row['pattern']} (held out) in its band: {told}.")
    if last.silent:
        said.append(f"Not used, since too few points have a value: {', '.join(last.silent)}.")
    poor = [goal.name for goal, emulator in last.judge.goals if emulator.q2 < 0.5]
    if poor:
        said.append(f"Hardly foretold from the parameters (Q2 below 0.5), so they rule out little: {', '.join(poor)}.")
    if posterior.effective < _WIDE_APART * len(posterior.weights):
        said.append(f"The posterior rests on {posterior.effective:.0f} draws effectively: give it more particles.")
    wrong = checks[checks["emulator_error"] > 2]
    if len(wrong):
        names = ", ".join(wrong["place"] + " " + wrong["pattern"])
        said.append(f"Runs of the check lie farther from their emulators than these foretold: {names}. Run another wave.")
    return said
