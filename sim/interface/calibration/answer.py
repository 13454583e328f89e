"""The readable answer of a calibration: what is left, what each parameter may be, what it gives, and what cannot be met."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.experiment.calibration import Calibration, Plan
from sim.experiment.calibration.checking import FAIL, NO_VALUE, PASS

__all__ = ["forecast", "of_calibration"]


def of_calibration(done: Calibration, folder: Path, out: Console) -> None:
    """Print what a calibration found.

    Args:
        done: the calibration. folder: where its runs and tables are. out: where to print.
    """
    plan = done.plan
    out.print(plan.head.title, style="bold")
    out.print(plan.head.question, end="\n\n")
    out.print(_in_a_sentence(done), end="\n\n")
    out.print(_parameters(done))
    out.print()
    for place in plan.places:
        for use in ("calibrated on", "held out"):
            if table := _checks(done, place.name, use):
                out.print(f"{place.name}, {use}", style="bold")
                out.print(table)
                out.print()
    for line in _footer(done):
        out.print(line)
    for warning in done.warnings:
        out.print(f"Mind: {warning}", style="bold")
    out.print(f"Tables, figures and manifest: {folder}")


def forecast(plan: Plan) -> str:
    """What a calibration will do, in lines."""
    places = "; ".join(
        f"{place.name} ({place.base.name}, {_counted(len(place.seeds), 'seed')}; on "
        f"{', '.join(goal.pattern for goal in place.goals if goal.fitted)})"
        for place in plan.places
    )
    waves = f"{_counted(plan.head.waves, 'wave')} of {plan.head.points} points, {plan.head.check} draws to check"
    parameters = f"{_counted(len(plan.priors), 'parameter')}: {', '.join(prior.name for prior in plan.priors)}"
    return "\n".join([plan.head.title, f"{parameters}.", f"Places: {places}.", f"{waves}: {plan.runs:,} runs at most."])


def _in_a_sentence(done: Calibration) -> str:
    table, last = done.tables["checks"], done.matched.last
    told = []
    for use, name in (("calibrated on", "it was calibrated on"), ("held out", "held out")):
        rows = table[(table["use"] == use) & (table["verdict"] != NO_VALUE)]
        met = int((rows["centre_verdict"] == PASS).sum())
        told.append(f"{met} of {len(rows)} patterns {name}")
    return (
        f"{100 * last.left.share:.3g} % of the prior is left after {_counted(len(done.matched.waves), 'wave')}. "
        f"In the middle of the posterior {' and '.join(told)} lie in their bands."
    )


def _parameters(done: Calibration) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("Parameter")
    for column in ("shipped", "prior", "centre", "[90 %]", "learned"):
        table.add_column(Text(column), justify="right", no_wrap=True)
    for row in done.tables["parameters"].to_dict("records"):
        prior = f"{row['prior_low']:.3g} to {row['prior_high']:.3g}"
        interval = f"[{row['low']:.3g} to {row['high']:.3g}]"
        table.add_row(row["parameter"], f"{row['shipped']:.3g}", prior, f"{row['centre']:.3g}", interval, _learned(row))
    return table


def _learned(row: dict[Any, Any]) -> str:
    return f"{max(row['shrinkage'], 0.0):.0%}"


def _checks(done: Calibration, place: str, use: str) -> Table | None:
    found = done.tables["checks"]
    rows = found[(found["place"] == place) & (found["use"] == use) & (found["verdict"] != NO_VALUE)]
    if not len(rows):
        return None
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("")
    table.add_column("", min_width=28)
    for column in ("shipped", "posterior", "[90 %]", "band"):
        table.add_column(Text(column), justify="right", no_wrap=True)
    table.add_column("verdict")
    table.add_column("grade")
    for row in rows.to_dict("records"):
        interval, band = (f"{row[low]:.3g} to {row[high]:.3g}" for low, high in (("low", "high"), ("band_low", "band_high")))
        said = row["verdict"].upper() if row["verdict"] == FAIL else row["verdict"]
        shipped = "" if math.isnan(row["shipped"]) else f"{row['shipped']:.3g}"
        table.add_row(row["pattern"], row["statistic"], shipped, f"{row['value']:.3g}", f"[{interval}]", band, said, row["grade"])
    return table


def _footer(done: Calibration) -> Iterator[str]:
    plan = done.plan
    draws = f"{len(done.posterior.x):,} draws, worth {done.posterior.effective:,.0f} of equal weight"
    yield f"{done.runs:,} runs. Posterior: {draws}."
    yield "Learned: 1 less the posterior's spread over the prior's. [90 %]: of the posterior, and of runs of draws from it."
    yield "Verdict: whether that interval lies in the band (pass), outside it (FAIL) or across an end of it (unclear)."
    silent = done.tables["checks"].query("verdict == 'no value'")
    if len(silent):
        yield f"Without a value: {', '.join(silent['place'] + ' ' + silent['pattern'])}."
    own = done.tables["shipped"]
    if len(own):
        worst = own.sort_values("implausibility", ascending=False).iloc[0]
        told = f"{worst['implausibility']:.1f} ({worst['place']} {worst['pattern']})"
        yield f"Of the shipped values the greatest implausibility is {told}; ruled out above {plan.head.cutoff:g}."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
