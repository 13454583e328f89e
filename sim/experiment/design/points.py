"""Designs: at which points of the factors' space the runs are made.

========================  ====================================================================================================
design                    points
========================  ====================================================================================================
``grid``                  every combination of levels; the first factor changes slowest, the last fastest, as in nested loops
``one-at-a-time``         the baseline, then for each factor in turn its other levels. Interactions stay unseen: for teaching
``latin-hypercube``       ``points`` points: each of ``points`` equal slices of each factor holds one (McKay, Beckman and Conover
                          1979, Technometrics 21), by ``scipy.stats.qmc``
``sobol-sequence``        ``points`` points of low discrepancy (Sobol' 1967), scrambled (Owen 1998), by ``scipy.stats.qmc``
``sobol``                 the sample of Saltelli (2002, Computer Physics Communications 145) for Sobol' indices, by SALib:
                          from ``N`` base points ``N (2 k + 2)`` for ``k`` factors, ``N (k + 2)`` without interactions of two
``morris``                ``points`` trajectories of ``k + 1`` points, on each of which every factor moves once (Morris 1991,
                          Technometrics 33), on four grid levels, by SALib
========================  ====================================================================================================

The last two stand in SALib's own order, which its analysis needs. They may hold a point twice.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.errors import ModelError
from sim.experiment.design.factors import Factor, Level, same_level
from sim.streams import Streams

__all__ = ["MORRIS_LEVELS", "Sample", "drawn", "grid", "number_of_points", "one_at_a_time"]

MORRIS_LEVELS: Final = 4
"""Grid levels of a Morris design: 0, 1/3, 2/3 and 1 of the way, with steps of 2/3."""

_STREAM: Final = "design"
"""The stream that points are drawn from; its seed is the number of the sample, not the seed of any run."""

type Coordinates = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Points as they were chosen.

    Attributes:
        rows: the level of each factor, point by point.
        coordinates: where that is, as parts of the way from 0 to 1, one row a point and one column a factor; none if points are
            combinations of levels.
    """

    rows: list[tuple[Level, ...]]
    coordinates: Coordinates | None


def grid(factors: Sequence[Factor]) -> Sample:
    """Every combination of levels; a level added to the end of the first factor leaves all numbers of points as they were."""
    return Sample(list(itertools.product(*(factor.levels for factor in factors))), None)


def one_at_a_time(factors: Sequence[Factor], baseline: Sequence[Level]) -> Sample:
    """The baseline, then for each factor its other levels while the rest stays as it is."""
    rows = [tuple(baseline)]
    for place, factor in enumerate(factors):
        others = (level for level in factor.levels if not same_level(level, baseline[place]))
        rows += [(*baseline[:place], level, *baseline[place + 1 :]) for level in others]
    return Sample(rows, None)


def drawn(design: str, factors: Sequence[Factor], points: int, sample: int, *, second_order: bool = True) -> Sample:
    """Points drawn from the unit cube, and what each factor is there.

    Args:
        design: ``latin-hypercube``, ``sobol-sequence``, ``sobol`` or ``morris``. factors: the factors.
        points: how many, as the design counts them. sample: which sample. second_order: of ``sobol``, whether for interactions.

    Raises:
        ModelError: if the design needs SALib, and it is not installed.
    """
    coordinates = _DRAWN[design](len(factors), points, _generator(sample), second_order)
    coordinates.setflags(write=False)
    return Sample([tuple(f.at(float(part)) for f, part in zip(factors, row, strict=True)) for row in coordinates], coordinates)


def number_of_points(design: str, factors: int, points: int, *, second_order: bool = True) -> int:
    """How many points a design that draws them has."""
    match design:
        case "sobol":
            return points * (2 * factors + 2 if second_order else factors + 2)
        case "morris":
            return points * (factors + 1)
        case _:
            return points


def _generator(sample: int) -> Any:
    """Chance for libraries that draw themselves, from a stream's key: the same for each sample, whoever asks."""
    seeds = np.random.SeedSequence(int(Streams(sample).key(_STREAM)))  # noqa: TID251  scipy and SALib take nothing else
    return np.random.Generator(np.random.Philox(seeds))  # noqa: TID251


def _latin_hypercube(factors: int, points: int, generator: Any, _second_order: bool) -> Coordinates:
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(factors, seed=generator).random(points), np.float64)


def _sobol_sequence(factors: int, points: int, generator: Any, _second_order: bool) -> Coordinates:
    from scipy.stats import qmc

    return np.asarray(qmc.Sobol(factors, scramble=True, seed=generator).random(points), np.float64)


def _saltelli(factors: int, points: int, generator: Any, second_order: bool) -> Coordinates:
    found = _salib("sobol").sample(_problem(factors), points, calc_second_order=second_order, scramble=True, seed=generator)
    return np.asarray(found, np.float64)


def _morris(factors: int, points: int, generator: Any, _second_order: bool) -> Coordinates:
    found = _salib("morris").sample(_problem(factors), points, num_levels=MORRIS_LEVELS, seed=generator)
    steps = MORRIS_LEVELS - 1
    return np.asarray(np.rint(found * steps) / steps, np.float64)  # exactly on the grid, whatever was rounded on the way


def _problem(factors: int) -> dict[str, Any]:
    """The unit cube in SALib's words."""
    return {"num_vars": factors, "names": [str(place) for place in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _salib(method: str) -> Any:
    import importlib

    try:
        return importlib.import_module(f"SALib.sample.{method}")
    except ImportError as error:
        raise ModelError(
            f'the design "{method}" needs SALib, which cannot be imported ({error}). Install it: '
            'python -m pip install "protestlaw[sensitivity]"'
        ) from error


_DRAWN: Final[dict[str, Callable[[int, int, Any, bool], Coordinates]]] = {
    "latin-hypercube": _latin_hypercube,
    "sobol-sequence": _sobol_sequence,
    "sobol": _saltelli,
    "morris": _morris,
}
