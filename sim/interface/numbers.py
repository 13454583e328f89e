"""Numbers for people: rounded, with the sign where it is a difference, and shares in per cent."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Scale"]

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Scale:
    """How the values of one quantity are written.

    Attributes:
        factor: what a value is multiplied with (100 for shares).
        decimals: how many are written.
        suffix: what stands behind a value (``%``, ``M``).
        of_difference: what stands behind a difference (``points``).
    """

    factor: float
    decimals: int
    suffix: str = ""
    of_difference: str = ""

    @classmethod
    def of(cls, unit: str, *values: float) -> Scale:
        """The scale for some values of a unit: three digits or so of the largest."""
        largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        if unit.startswith("share"):
            return cls(100.0, 1, " %", " points")
        if largest >= 1e6:
            return cls(1e-6, 2, " M", " M")
        return cls(1.0, 0 if largest >= 100 else 1 if largest >= 10 else 2)

    def value(self, value: float) -> str:
        """A value: ``43.0 %``, ``1,139``."""
        return f"{self._number(value)}{self.suffix}" if math.isfinite(value) else _NONE

    def difference(self, value: float) -> str:
        """A difference without what stands behind it: ``+24.1``."""
        return self._signed(value) if math.isfinite(value) else _NONE

    def interval(self, low: float, high: float) -> str:
        """An interval of a difference: ``[+4.0 to +44.3]``; empty if there is none."""
        return f"[{self._signed(low)} to {self._signed(high)}]" if math.isfinite(low) and math.isfinite(high) else ""

    def _number(self, value: float) -> str:
        return f"{value * self.factor + 0.0:,.{self.decimals}f}"

    def _signed(self, value: float) -> str:
        """With its sign, which an exact zero has none of; ``-0.0`` is a little less."""
        text = f"{value * self.factor:+,.{self.decimals}f}"
        return text if value else text[1:]
