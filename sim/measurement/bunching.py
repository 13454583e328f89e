"""Bunching below a threshold: how many more assemblies are declared just under it than would be without it.

Two estimators. :func:`bunching` needs one run: it lays a smooth density through the sizes away from the threshold, as public
finance does with incomes at tax notches (Kleven and Waseem 2013, Quarterly Journal of Economics 128; Kleven 2016, Annual Review
of Economics 8). :func:`bunching_against` needs a second run with the same seeds and no threshold, and assumes no density.

Sizes are persons. The threshold is the first size at which more is owed, so the last size that escapes it is one less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.density import Bins, fitted, resampled
from sim.measurement.doubt import standard_error
from sim.measurement.rows import Rows
from sim.streams import Streams

__all__ = ["Bunching", "bunching", "bunching_against", "bunching_below", "mass_below", "planned_sizes"]

_LEAST: Final = 30
"""Fewest sizes around the threshold from which a density is estimated."""

_BALANCED: Final = 0.95
"""Share of the excess below that must be missing above before the window is wide enough."""

_FARTHEST: Final = 2.0
"""Multiple of the threshold beyond which the window is never widened."""

_SPAN: Final = (0.2, 4.0)
"""Sizes that are looked at, as multiples of the threshold."""

_DEGREE: Final = 3
"""Degree of the polynomial."""

_ROUNDS: Final = (50, 100, 500, 1000)
"""Numbers whose multiples people say rather than others."""

_UNMOVED: Final = frozenset({"phantom", "single_picket", "exempt_kind"})
"""Strategies whose sizes no threshold can move."""

_INTERVAL: Final = (2.5, 97.5)
"""Percentiles of the bootstrap."""

_NORMAL: Final = 1.959964
"""Standard errors from the middle of a normal distribution to either end of its middle 95 %."""

type Floats = npt.NDArray[np.float64]
type Sizes = Sequence[float] | npt.NDArray[Any] | pd.Series[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Bunching:
    """An excess of sizes just below a threshold.

    Attributes:
        mass: the excess, as a share of all sizes; NaN if there are too few.
        low, high: its 95 % interval: of the bootstrap if there are draws; else 1.96 standard errors to either side.
        error: its standard error. Without draws, :func:`bunching_against` knows neither this nor the interval: NaN.
        excess: the same in assemblies. ratio: excess / the counterfactual number in the window (b of Kleven).
        window: sizes from which, and to which (exclusive), the density was not trusted.
        bins: size (lower edge), count and counterfactual of every bin, for a figure.
    """

    mass: float
    low: float
    high: float
    error: float
    excess: float
    ratio: float
    window: tuple[float, float]
    bins: pd.DataFrame


def bunching(
    sizes: Sizes,
    threshold: float,
    *,
    width: float | None = None,
    below: float | None = None,
    above: float | None = None,
    span: tuple[float, float] = _SPAN,
    degree: int = _DEGREE,
    rounds: Sequence[int] = _ROUNDS,
    draws: int = 0,
    seed: int = 0,
) -> Bunching:
    """The excess just below a threshold over a polynomial counterfactual.

    The counts of bins outside the window are fitted by a Poisson regression on a polynomial of the log size and on dummies for
    bins that hold a round number (people declare 100, not 97, and round more coarsely the larger a number is). The fit is the
    counterfactual within the window. ::

        log E[count_j] = sum_p beta_p log(size_j)^p + sum_r (gamma_r + delta_r log(size_j)) [j holds a multiple of r]
        mass = sum over bins j of the window below the threshold of (count_j - fit_j) / number of sizes

    Where the window ends above is found as Kleven and Waseem do: it is widened until as many are missing above as there are in
    excess below.

    Args:
        sizes: declared sizes, persons. threshold: the first size at which more is owed.
        width: of a bin, persons; a tenth of the threshold if left out. The threshold is an edge.
        below: how far the window reaches below the threshold, persons; one bin if left out.
        above: how far above; found if left out.
        span: sizes that are looked at, as multiples of the threshold; never beyond the largest size.
        degree: of the polynomial. rounds: numbers whose multiples are round.
        draws: bootstrap samples for the interval, which keep the window and the polynomial; if there are none, the interval is
            that of :func:`~sim.measurement.doubt.standard_error`, which allows for a wrong polynomial. seed: of their stream.

    Raises:
        ModelError: if no size lies below the threshold, or a bin is wider than it.
    """
    sample = np.asarray(sizes, np.float64)
    bins = Bins.around(threshold, width or _usual_width(threshold), span, float(sample.max(initial=0.0)))
    place = bins.place(sample)
    counts = bins.counts(place)
    if counts.sum() < _LEAST:
        return _nothing(bins, counts)
    design = bins.regressors(degree, rounds)
    first, last, fit = _window(bins, design, counts, below, above, degree)
    excess = _excess(bins, counts, first, fit)

    def drawn_excess(draw: int) -> float:
        some = resampled(key, draw, place, counts.size + 2)[1:-1]
        return _excess(bins, some, first, fitted(design, some, slice(first, last), degree))

    key = Streams(seed).key("measurement/bunching")
    drawn = [drawn_excess(draw) / sample.size for draw in range(draws)]
    mass, error = excess / sample.size, standard_error(bins, counts, sample.size, slice(first, last), degree, rounds)
    low, high = np.percentile(drawn, _INTERVAL).tolist() if drawn else (mass - _NORMAL * error, mass + _NORMAL * error)
    expected = float(fit[first : bins.threshold].sum())
    window = (float(bins.edges[first]), float(bins.edges[min(last, counts.size)]))
    ratio = excess / expected if expected > 0 else math.nan
    return Bunching(mass, low, high, error, excess, ratio, window, bins.frame(counts, fit))


def bunching_against(
    sizes: Sizes,
    counterfactual_sizes: Sizes,
    threshold: float,
    *,
    below: float | None = None,
    width: float | None = None,
    span: tuple[float, float] = _SPAN,
    draws: int = 0,
    seed: int = 0,
) -> Bunching:
    """The excess just below a threshold over the same seeds' run without it.

    ``mass = share of the sizes in the window - share of the counterfactual sizes in the window``

    Args:
        sizes: declared sizes under the threshold, persons. counterfactual_sizes: those of the run, or runs, without it.
        threshold: the first size at which more is owed.
        below: how far the window reaches below it, persons; a tenth of it if left out.
        width, span: of the bins returned, as in :func:`bunching`.
        draws: bootstrap samples, of both runs each. seed: of their stream.
    """
    sample, other = np.asarray(sizes, np.float64), np.asarray(counterfactual_sizes, np.float64)
    reach = below or _usual_width(threshold)
    largest = max(float(sample.max(initial=0.0)), float(other.max(initial=0.0)))
    bins = Bins.around(threshold, width or _usual_width(threshold), span, largest)
    counts, fit = bins.counts(bins.place(sample)), bins.counts(bins.place(other))
    if not sample.size or not other.size:
        return _nothing(bins, counts)
    within, expected = (((values >= threshold - reach) & (values < threshold)).astype(np.int64) for values in (sample, other))
    mass = float(within.mean() - expected.mean())
    key, second = (Streams(seed).key(f"measurement/bunching/{run}") for run in ("with", "without"))
    drawn = [
        resampled(key, draw, within, 2)[1] / within.size - resampled(second, draw, expected, 2)[1] / expected.size
        for draw in range(draws)
    ]
    low, high = np.percentile(drawn, _INTERVAL).tolist() if drawn else (math.nan, math.nan)
    error = float(np.std(drawn)) if drawn else math.nan
    ratio = mass / float(expected.mean()) if expected.any() else math.nan
    scaled = bins.frame(counts, fit * (sample.size / other.size))
    return Bunching(mass, low, high, error, mass * sample.size, ratio, (threshold - reach, threshold), scaled)


def planned_sizes(assemblies: pd.DataFrame) -> pd.Series[Any]:
    """The sizes that a threshold can move: as first planned, of all but phantoms, single pickets and exempt kinds."""
    chosen = ~assemblies["strategy"].isin(_UNMOVED)
    return assemblies.loc[chosen, "declared_first"]


def bunching_below(assemblies: pd.DataFrame) -> float:
    """Mass just below the threshold in force when they were planned; over several thresholds, the mean weighted by assemblies."""
    threshold = assemblies["threshold"].to_numpy(np.float64, na_value=np.nan)
    return _mass_below(assemblies["declared_first"].to_numpy(np.float64), threshold, assemblies["strategy"])


def mass_below(assemblies: Rows) -> float:
    """:func:`bunching_below` of rows of which no data frame is made."""
    return _mass_below(assemblies["declared_first"].astype(np.float64), assemblies["threshold"], assemblies["strategy"])


def _mass_below(sizes: Floats, threshold: Floats, strategy: Iterable[str]) -> float:
    movable = np.fromiter((one not in _UNMOVED for one in strategy), bool, sizes.size)
    excess, number = 0.0, 0
    for notch in np.unique(threshold[threshold > 1]).tolist():
        chosen = sizes[movable & (threshold == notch)]
        found = _one_run(chosen, notch)
        if found is not None:
            excess, number = excess + found, number + chosen.size
    return excess / number if number else math.nan


def _one_run(sizes: Floats, threshold: float) -> float | None:
    """The excess of :func:`bunching` with its defaults, alone; ``None`` of too few sizes."""
    width = _usual_width(threshold)
    bins = Bins.around(threshold, width, _SPAN, float(sizes.max(initial=0.0)))
    counts = bins.counts(bins.place(sizes))
    if counts.sum() < _LEAST:
        return None
    first, _, fit = _window(bins, bins.regressors(_DEGREE, _ROUNDS), counts, None, None, _DEGREE)
    return _excess(bins, counts, first, fit)


def _usual_width(threshold: float) -> float:
    return max(1.0, round(threshold / 10))


def _window(
    bins: Bins, design: Floats, counts: Floats, below: float | None, above: float | None, degree: int
) -> tuple[int, int, Floats]:
    """The first bin of the window, the first one after it, and the counterfactual."""
    first = bins.threshold - max(1, round((below or bins.width) / bins.width))
    if above is None:
        return first, *_end_of_window(bins, design, counts, first, degree)
    last = bins.threshold + math.ceil(above / bins.width)
    return first, last, fitted(design, counts, slice(first, last), degree)


def _excess(bins: Bins, counts: Floats, first: int, fit: Floats) -> float:
    return float((counts - fit)[first : bins.threshold].sum())


def _end_of_window(bins: Bins, design: Floats, counts: Floats, first: int, degree: int) -> tuple[int, Floats]:
    """The first bin after the window: where as many are missing above the threshold as there are in excess below, or nearly.

    With the counterfactual of that window.
    """
    nearest, end, best = -math.inf, bins.threshold + 1, None
    farthest = int(np.searchsorted(bins.edges, _FARTHEST * bins.edges[bins.threshold]))
    for last in range(bins.threshold + 1, min(counts.size - degree, farthest) + 1):
        fit = fitted(design, counts, slice(first, last), degree)
        gap = counts - fit
        excess, missing = gap[first : bins.threshold].sum(), -gap[bins.threshold : last].sum()
        if missing >= _BALANCED * excess:
            return last, fit
        if missing - excess > nearest:
            nearest, end, best = missing - excess, last, fit
    return end, fitted(design, counts, slice(first, end), degree) if best is None else best


def _nothing(bins: Bins, counts: Floats) -> Bunching:
    nan = math.nan
    return Bunching(nan, nan, nan, nan, nan, nan, (nan, nan), bins.frame(counts, np.full(counts.size, nan)))
