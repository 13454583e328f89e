"""Factors: what an experiment varies, by levels or over a range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

__all__ = ["DIGITS", "Factor", "Level", "same_level"]

type Level = str | int | float | bool
"""A value of a factor, as it stands in the table of points."""

DIGITS: Final = 10
"""Significant digits of a value drawn from a range: as many as our CSV files hold, so that what is written is what was run."""


@dataclass(frozen=True, slots=True)
class Factor:
    """What is varied.

    Attributes:
        name: its name, and its column in the tables.
        keys: the keys of scenario or law that it sets, with dots.
        label: for figures and tables.
        unit: of its values; empty if they have none.
        meaning: what its key means, in the words of the scenario or law; empty if it sets several keys.
        levels: its values in order: those of the text, or the steps of its range; empty if values are drawn from the range.
        range: least and greatest value; none if it has levels only.
        scale: whether equal parts of the range are equal differences (``linear``) or equal ratios (``log``).
        whole: whether values from the range are whole numbers.
        written: how a number is written into the text (``{} MCI``).
        named: the settings behind each level, if levels are names of their own.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    unit: str = ""
    meaning: str = ""
    levels: tuple[Level, ...] = ()
    range: tuple[float, float] | None = None
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    written: str = "{}"
    named: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        """Whether all its values are numbers."""
        return self.range is not None or all(
            isinstance(level, int | float) and not isinstance(level, bool) for level in self.levels
        )

    def settings(self, level: Level) -> dict[str, Any]:
        """What a level sets: values by dotted key, as ``--set`` takes them."""
        if self.named:
            return dict(self.named[str(level)])
        return dict.fromkeys(self.keys, self._in_words(level))

    def at(self, part: float) -> Level:
        """The value at a part of the way, from 0 to 1.

        A range is walked along its scale. Levels, and the whole numbers of a range, have slices of equal length on that way.
        """
        if not 0.0 <= part <= 1.0:
            raise ValueError(f"a part of the way is from 0 to 1, found {part!r}")
        if self.range is None:
            return self.levels[min(int(part * len(self.levels)), len(self.levels) - 1)]
        low, high = self.range
        if self.whole:
            return min(max(math.floor(self._on_scale(low, high + 1, part)), int(low)), int(high))
        return min(max(float(f"{self._on_scale(low, high, part):.{DIGITS}g}"), low), high)

    def stepped(self, steps: int) -> tuple[Level, ...]:
        """Values that divide the range into equal parts of its scale, both ends among them.

        Whole numbers are the nearest to these; there are fewer of them than steps if two parts have the same nearest one. There
        are none without a range, or with fewer than two steps.
        """
        if self.range is None or steps < 2:
            return ()
        parts = [self._on_scale(*self.range, step / (steps - 1)) for step in range(steps)]
        if self.whole:
            return tuple(dict.fromkeys(round(part) for part in parts))
        return tuple(dict.fromkeys(float(f"{part:.{DIGITS}g}") for part in parts))

    def _on_scale(self, low: float, high: float, part: float) -> float:
        return low * (high / low) ** part if self.scale == "log" else low + part * (high - low)

    def _in_words(self, level: Level) -> Level:
        """The level as the text takes it: a number in the words around it, all else as it is."""
        if self.written == "{}" or isinstance(level, str | bool):
            return level
        return self.written.format(level if isinstance(level, int) else _plain(level))


def same_level(one: object, other: object) -> bool:
    """Whether two levels are one. ``1`` and ``1.0`` are; ``1`` and ``true`` are not, though Python says so."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _plain(number: float) -> str:
    """A number without an exponent, as laws write amounts: ``0.00001``, and ``20`` for 20.0."""
    from decimal import Decimal

    said = f"{Decimal(repr(number)):f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
