"""Where the levels of a factor stand along an axis."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter

from sim.experiment.design import Factor, Level
from sim.interface.style import GREY, enlarged
from sim.interface.sweeping.drawings.words import level_words, wrapped

__all__ = ["Places", "is_numeric", "numbers_in", "places_of"]

_CROWDED: Final = 1 / 11
"""Part of an axis below which two neighbours' labels touch; levels as near as that are told apart by ratios instead."""

_FARTHER: Final = 3
"""By ratio crowded levels must stand so many times farther apart, or they stay where their values put them."""

_LETTER: Final = 0.085
"""Width of a letter of a tick's label, inches, with some room."""

_GAP: Final = 0.14
"""Part of the numbers' axis that sets a level apart."""

_APART: Final = 12
"""Letters in a line under a level that stands apart."""


def is_numeric(level: object) -> bool:
    """Whether a level is a number; true and false are none."""
    return isinstance(level, int | float) and not isinstance(level, bool)


def numbers_in(factor: Factor) -> list[float]:
    """The levels of a factor that are numbers, sorted."""
    return sorted(float(level) for level in factor.levels if is_numeric(level))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Levels along an axis. Numbers stand from 0 to 1, what is set apart beyond that.

    Attributes:
        levels: from left to right.
        positions: where they stand.
        numbers: which of them are joined by lines.
        shown: which of them are labelled, and with what.
    """

    levels: tuple[Level, ...]
    positions: npt.NDArray[np.float64]
    numbers: slice
    shown: dict[int, str]

    def stretches(self) -> Iterator[tuple[slice, bool]]:
        """The levels, in parts, and whether a part is joined: first those that are, then each of the others by itself."""
        yield self.numbers, True
        for place in range(len(self.levels)):
            if not self.numbers.start <= place < self.numbers.stop:
                yield slice(place, place + 1), False

    def draw(self, axes: Axes) -> None:
        """The axis: ticks at levels, and no line of the axis where there is a gap."""
        ends = float(self.positions[0]) - 0.06, float(self.positions[-1]) + 0.06
        axes.set_xlim(ends)
        labelled = self.positions[list(self.shown)]
        axes.xaxis.set_major_locator(FixedLocator(labelled.tolist()))
        axes.xaxis.set_major_formatter(FixedFormatter(list(self.shown.values())))
        axes.xaxis.set_minor_locator(FixedLocator(self.positions.tolist()))
        axes.xaxis.set_minor_formatter(NullFormatter())
        if self.numbers != slice(0, len(self.levels)):
            axes.spines["bottom"].set_visible(False)
            inside = self.positions[self.numbers]
            parts = [(float(inside[0]) - 0.04, float(inside[-1]) + 0.04)]
            parts += [(float(self.positions[place]) - 0.05, float(self.positions[place]) + 0.05) for place in self._apart()]
            for part in parts:
                axes.plot(
                    part,
                    (0, 0),
                    color=GREY,
                    linewidth=enlarged(0.7),
                    transform=axes.get_xaxis_transform(),
                    clip_on=False,
                    gid="axis",
                )

    def _apart(self) -> list[int]:
        return [place for place in range(len(self.levels)) if not self.numbers.start <= place < self.numbers.stop]


def places_of(factor: Factor, inches: float) -> Places:
    """Where the levels of a factor stand: its numbers by value, or by ratio if they crowd, and then what is no number.

    On an axis of ratios 0 has no place; it is set apart at the left.

    Args:
        factor: the factor, two of whose levels are numbers. inches: how wide the axis is.
    """
    values = numbers_in(factor)
    logarithmic = _by_ratio(factor, values)
    inside = [value for value in values if value > 0] if logarithmic else values
    least, most = inside[0], inside[-1]
    parts = [
        math.log(value / least) / math.log(most / least) if logarithmic else (value - least) / (most - least) for value in inside
    ]
    numbers = {float(level): level for level in factor.levels if is_numeric(level) and not isinstance(level, str)}
    left = [numbers[value] for value in values if value not in inside]
    right = [level for level in factor.levels if not is_numeric(level)]
    widest = max((len(line) for level in right for line in wrapped(level_words(level), _APART, 3).split("\n")), default=0)
    step = max(_GAP, (widest + 1) * _LETTER / (0.75 * inches))
    positions = [-_GAP * (len(left) - place) for place in range(len(left))] + parts
    beyond = max(_GAP, ((len(level_words(numbers[most])) + widest) / 2 + 1) * _LETTER / (0.75 * inches))
    positions += [1 + beyond + step * place for place in range(len(right))]
    levels = (*left, *(numbers[value] for value in inside), *right)
    shown = _labels(levels, positions, inches / (positions[-1] - positions[0] + 0.12))
    return Places(levels, np.array(positions), slice(len(left), len(left) + len(inside)), shown)


def _by_ratio(factor: Factor, values: list[float]) -> bool:
    """Whether numbers stand by ratio: if the text says so, or if they crowd otherwise and there is room for ratios."""
    positive = [value for value in values if value > 0]
    if values[0] < 0 or len(positive) < 2 or len(values) - len(positive) > 1:
        return False
    if factor.range is not None:
        return factor.scale == "log"
    nearest = min(after - before for before, after in pairwise(values)) / (values[-1] - values[0])
    apart = min(math.log(after / before) for before, after in pairwise(positive)) / math.log(positive[-1] / positive[0])
    return nearest < _CROWDED and apart >= _FARTHER * nearest


def _labels(levels: tuple[Level, ...], positions: list[float], inch: float) -> dict[int, str]:
    """Labels that do not touch: of what is no number always, of numbers the ends and as many between as there is room for."""
    words = [level_words(level) if is_numeric(level) else wrapped(level_words(level), _APART, 3) for level in levels]
    half = [max(map(len, word.split("\n"))) * _LETTER / 2 for word in words]
    numbers = [place for place, level in enumerate(levels) if is_numeric(level)]
    chosen = {place for place in range(len(levels)) if place not in numbers} | {numbers[0], numbers[-1]}

    def fits(place: int) -> bool:
        return all(abs(positions[place] - positions[one]) * inch > half[place] + half[one] for one in chosen)

    for place in numbers[1:-1]:
        if fits(place):
            chosen.add(place)
    return {place: words[place] for place in sorted(chosen)}
