"""Patterns of time: how many, on which days, how clustered, and how a wave ends."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.measurement.patterns.events import WEEK, Events, Shock
from sim.measurement.patterns.excitation import baseline_of, excitation
from sim.measurement.patterns.registry import Register

__all__ = ["TIMING", "fano", "half_life_in_weeks"]

type Floats = npt.NDArray[np.float64]

TIMING: Final = Register()

_YEAR: Final = 365.0
_SATURDAY: Final = 5

_BEFORE: Final = 8
_LEAST_BEFORE: Final = 2
_AFTER: Final = 13
"""Weeks before a shock that say what is usual, so many at least; and weeks from the shock on that are looked at."""

_PEAK: Final = 4
"""Weeks from a shock on in which its peak lies."""

_CLEAR: Final = 2.0
"""Standard errors by which a peak must stand out."""

_FEWEST: Final = 8
"""Fewest weeks or months from which a variance or a correlation is estimated."""


def fano(counts: Floats) -> float:
    """Fano's factor: variance / mean of counts; 1 for a Poisson process, more if events cluster. NaN of too few counts."""
    mean = float(counts.mean()) if counts.size >= _FEWEST else 0.0
    return float(counts.var(ddof=1)) / mean if mean else math.nan


@TIMING.add("P15a")
def events_per_100k(events: Events) -> float:
    """Events held / inhabitants of all ages * 100,000 * 365 / days. NaN if the city's inhabitants are not known."""
    counted = sum(stretch.counted for stretch in events.stretches)
    if not events.inhabitants or not counted:
        return math.nan
    return len(events.timed) * _YEAR / counted / events.inhabitants * 1e5


TIMING.add("P15b")(events_per_100k)


@TIMING.add("P3", "attended")
def count_and_attendance(events: Events) -> float:
    """Pearson correlation over whole calendar months of the number of events held and of attendance at them."""
    counts, attended = [], []
    for number, stretch in enumerate(events.stretches):
        rows = events.timed[events.timed["stretch"] == number]
        days, came = rows["day"].to_numpy(), np.nan_to_num(rows["attended"].to_numpy(np.float64))
        for first, last in _months(stretch.start, stretch.settled, stretch.days):
            inside = (days >= first) & (days < last)
            counts.append(float(inside.sum()))
            attended.append(float(came[inside].sum()))
    if len(counts) < _FEWEST or not np.std(counts) or not np.std(attended):
        return math.nan
    return float(np.corrcoef(counts, attended)[0, 1])


def _months(start: datetime.date, first: int, days: int) -> Iterator[tuple[int, int]]:
    """The whole calendar months among the days of a stretch from ``first`` on: first day, and the day after the last."""
    month = (start + datetime.timedelta(first)).replace(day=1)
    while True:
        after = (month + datetime.timedelta(31)).replace(day=1)
        begin, end = (month - start).days, (after - start).days
        if end > days:
            return
        if begin >= first:
            yield begin, end
        month = after


@TIMING.add("P8")
def saturday_share(events: Events) -> float:
    """One-off events held on a Saturday / one-off events held; where it is not known which are one-off, all count."""
    rows = events.held[events.held["one_off"] != 0]
    if not len(rows):
        return math.nan
    return float((events.dates.loc[rows.index].dt.day_of_week == _SATURDAY).mean())


@TIMING.add("P9a")
def weekly_fano(events: Events) -> float:
    """Fano's factor of the number of events held in a week, over whole weeks; the mean over runs: bands are of single years."""
    weeks = [counts[: len(counts) // WEEK * WEEK].reshape(-1, WEEK).sum(axis=1) for counts in events.daily()]
    found = [value for counts in weeks if not math.isnan(value := fano(counts.astype(np.float64)))]
    return float(np.mean(found)) if found else math.nan


TIMING.add("P9c")(weekly_fano)


@TIMING.add("P9b")
def branching_ratio(events: Events) -> float:
    """Branching ratio of a discrete-time Hawkes process of daily counts: how many further events one event sets off, directly.

    See :func:`sim.measurement.patterns.excitation.excitation`; baseline by weekday and season. The band is of single years,
    so each run has a season of its own; the mean over runs.
    """
    each = (
        excitation([counts], [baseline_of(stretch)]) for counts, stretch in zip(events.daily(), events.stretches, strict=True)
    )
    found = [one.branching for one in each if one]
    return float(np.mean(found)) if found else math.nan


def half_life_in_weeks(after: Floats, usual: float, error: float) -> float:
    """Weeks from the peak of an excess to the first week in which at most half of it is left.

    Args:
        after: events a week, from a shock on. usual: events a week before it. error: the standard error of a week's count.

    Returns:
        the weeks; how many there were to look at, if it never fell so far; NaN if no peak stands out.
    """
    excess = after - usual
    peak = int(excess[:_PEAK].argmax())
    if excess[peak] <= _CLEAR * error:
        return math.nan
    fallen = np.flatnonzero(excess[peak:] <= excess[peak] / 2.0)
    return float(fallen[0]) if fallen.size else float(after.size - peak)


@TIMING.add("P18", "topic")
def weeks_to_half(events: Events) -> float:
    """Weeks from the peak to half of the peak's excess of events on a topic, after a shock to it; the mean over shocks.

    What is usual is the mean of up to eight weeks before. The peak lies in the first four weeks, and must stand out by two
    standard errors. Shocks within 13 weeks of another to the same topic are left out. Runs are averaged week by week first.
    """
    found = [half_life_in_weeks(after, usual, error) for after, usual, error in _waves(events)]
    known = [value for value in found if not math.isnan(value)]
    return float(np.mean(known)) if known else math.nan


@TIMING.add("P18b", "topic")
def late_over_early(events: Events) -> float:
    """Events a week on a topic in the weeks 8 to 12 after a shock to it / in the weeks 0 to 3; the mean over shocks."""
    found = [after[8:13].mean() / after[:_PEAK].mean() for after, _, _ in _waves(events) if after[:_PEAK].any()]
    return float(np.mean(found)) if found else math.nan


def _waves(events: Events) -> Iterator[tuple[Floats, float, float]]:
    """For each shock that stands alone: events a week on its topic from it on, what is usual, and a week's standard error."""
    for shock in events.shocks:
        near = (abs((other.date - shock.date).days) < _AFTER * WEEK for other in events.shocks if other.topic == shock.topic)
        if sum(near) > 1:
            continue
        seen = list(_seen(events, shock))
        if seen:
            before = np.mean([usual for _, usual in seen])
            yield np.mean([after for after, _ in seen], axis=0), float(before), math.sqrt(max(before, 1.0) / len(seen))


def _seen(events: Events, shock: Shock) -> Iterator[tuple[Floats, float]]:
    """The wave in each stretch that holds all of it."""
    for stretch, counts in zip(events.stretches, events.daily(shock.topic), strict=True):
        at = (shock.date - stretch.start).days - stretch.settled
        weeks = min(_BEFORE, at // WEEK)
        if weeks < _LEAST_BEFORE or at + _AFTER * WEEK > counts.size:
            continue
        after = counts[at : at + _AFTER * WEEK].reshape(-1, WEEK).sum(axis=1).astype(np.float64)
        yield after, float(counts[at - weeks * WEEK : at].sum()) / weeks
