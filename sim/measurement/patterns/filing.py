"""Patterns of filings: what is declared and what comes, notice, decisions, and what the law did not know of."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.patterns.events import Events
from sim.measurement.patterns.registry import Register, column, median, share
from sim.measurement.patterns.sizes import log_spread, slope

__all__ = ["FILING"]

type Floats = npt.NDArray[np.float64]

FILING: Final = Register()


def _declared(events: Events) -> tuple[Floats, Floats]:
    """Attended and declared, of one-off events that were filed for, took place, and had more than one person declared."""
    rows = events.held
    once = rows["one_off"] != 0  # where that is not known, all count
    chosen = rows[once & (rows["filed"] != 0) & (rows["attended"] > 0) & (rows["declared"] > 1)]
    return chosen["attended"].to_numpy(np.float64), chosen["declared"].to_numpy(np.float64)


def _ratio(events: Events) -> Floats:
    attended, declared = _declared(events)
    ratio: Floats = attended / declared
    return ratio


def _above(values: Floats, bound: float) -> float:
    return float((values > bound).mean()) if values.size else math.nan


def _filed(events: Events) -> pd.DataFrame:
    return events.table[events.table["filed"] == 1]


@FILING.add("P4a", "attended", "declared")
def median_ratio(events: Events) -> float:
    """Median of attended / declared over one-off events held that were filed for, those for one person left out."""
    return median(_ratio(events))


@FILING.add("P4b", "attended", "declared")
def spread_of_ratio(events: Events) -> float:
    """Standard deviation of ln(attended / declared) over the same events."""
    return log_spread(_ratio(events))


@FILING.add("P4c", "attended", "declared")
def overshoot(events: Events) -> float:
    """Share of the same events to which more than 1.1 times as many came as were declared."""
    return _above(_ratio(events), 1.1)


@FILING.add("P4d", "attended", "declared")
def large_overshoot(events: Events) -> float:
    """Share of the same events to which more than twice as many came as were declared."""
    return _above(_ratio(events), 2.0)


@FILING.add("P4e", "attended", "declared")
def slope_on_declared(events: Events) -> float:
    """Least-squares slope of ln(attended) on ln(declared) over the same events."""
    attended, declared = _declared(events)
    return slope(np.log(declared), np.log(attended))


@FILING.add("P5", "filed")
def not_held(events: Events) -> float:
    """Events filed for that did not take place / events filed for."""
    return 1.0 - share(_filed(events), "held")


@FILING.add("P6a", "notice")
def median_notice(events: Events) -> float:
    """Median of calendar days from the first filing to the day filed for."""
    return median(column(events.table, "notice"))


def _within(values: Floats, bound: float) -> float:
    return float((values <= bound).mean()) if values.size else math.nan


@FILING.add("P6b", "notice")
def filed_within_a_week(events: Events) -> float:
    """Share of first filings made 7 calendar days ahead or later."""
    return _within(column(events.table, "notice"), 7.0)


@FILING.add("P6c", "notice")
def filed_within_two_days(events: Events) -> float:
    """Share of first filings made 2 calendar days ahead or later."""
    return _within(column(events.table, "notice"), 2.0)


@FILING.add("P7a", "decision_lag")
def median_decision_lag(events: Events) -> float:
    """Median of calendar days from the first filing to the decision on it; filings never decided on are left out."""
    return median(column(events.table, "decision_lag"))


@FILING.add("P7b", "decision_lead")
def decided_in_the_last_days(events: Events) -> float:
    """Share of decisions on first filings that came 3 calendar days before the day filed for, or later."""
    return _within(column(events.table, "decision_lead"), 3.0)


@FILING.add("P12", "critical", "answers", "refusals")
def critical_refused(events: Events) -> float:
    """Filings of organisers who oppose the government that were refused / those answered or passed over in silence."""
    rows = events.table[events.table["critical"] == 1]
    answers = column(rows, "answers").sum()
    return float(column(rows, "refusals").sum() / answers) if answers else math.nan


@FILING.add("P13a", "unnotified")
def unnotified_share(events: Events) -> float:
    """Events held that nothing was filed for though something usually is, or that were unlawful from the start / events held.

    Spontaneous events count, as in police statistics, though the law may allow them. Where only filings are known, they decide.
    """
    rows = events.held[["unnotified", "unauthorised"]]
    either = rows[~rows["unnotified"].isna()].max(axis=1)
    return float(either.mean()) if len(either) else math.nan


@FILING.add("P13b", "unauthorised")
def unauthorised_share(events: Events) -> float:
    """Events held for which something the law requires was missing when they began / events held."""
    return share(events.held, "unauthorised")


@FILING.add("P14", "filed", "prohibited")
def prohibited_share(events: Events) -> float:
    """Events filed for whose last answer was a refusal in so many words / events filed for."""
    return share(_filed(events), "prohibited")


@FILING.add("P19", "filed", "granted")
def phantom_share(events: Events) -> float:
    """Slots that were had and left empty: events filed for, with leave in the end, not held / all filed for with leave."""
    rows = _filed(events)
    return 1.0 - share(rows[rows["granted"] != 0], "held")
