"""The words in figures of a sweep: levels, factors, outcomes with their units, and what stands at the foot."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final

from matplotlib.figure import Figure

from sim.experiment.design import Factor, Level
from sim.experiment.effects import CONFIDENCE
from sim.interface.numbers import Scale
from sim.interface.style import GREY, enlarged
from sim.measurement import INDICATORS

__all__ = [
    "Quantity",
    "factor_words",
    "foot",
    "level_words",
    "number",
    "own_intervals",
    "settings_words",
    "uncertainty",
    "undrawn",
    "wrapped",
]

_FOOT: Final = 105
"""Letters of the foot that fit the width of a figure."""

_CUT: Final = " ..."

_MILLION: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Quantity:
    """How an outcome is written and drawn.

    Attributes:
        label: what it is called.
        unit: of what is drawn, as ``persons`` or ``% of events held``.
        of_difference: the unit of a difference.
        factor: what a value is multiplied with before it is drawn.
        decimals: how many are written in a cell.
        share: whether it is a share, which is drawn in per cent.
    """

    label: str
    unit: str
    of_difference: str
    factor: float
    decimals: int
    share: bool

    @classmethod
    def of(cls, outcome: str, values: Iterable[float] = ()) -> Quantity:
        """How some values of an indicator are written: three digits or so of the largest."""
        indicator = INDICATORS[outcome]
        scale = Scale.of(indicator.unit, *values)
        if indicator.unit.startswith("share"):
            unit = f"%{indicator.unit.removeprefix('share')}"
            return cls(indicator.label, unit, "percentage points", scale.factor, scale.decimals, share=True)
        unit = f"million {indicator.unit}" if scale.factor == _MILLION else indicator.unit
        return cls(indicator.label, unit, unit, scale.factor, scale.decimals, share=False)

    def cell(self, value: float) -> str:
        """A value as it stands in a cell."""
        return _signs(f"{value * self.factor + 0.0:,.{self.decimals}f}")


def number(value: float, _place: object = None) -> str:
    """A number on an axis: ``1,250``, ``0.5``."""
    return _signs(f"{value + 0.0:,.10g}")


def level_words(level: Level) -> str:
    """A level in words: ``1,000``, ``66.67``, ``true``, ``none``."""
    if isinstance(level, bool):
        return str(level).lower()
    if isinstance(level, str):
        return level
    if isinstance(level, float) and not (math.isfinite(level) and level.is_integer() and abs(level) < 1e15):
        return _signs(f"{level:,.0f}" if abs(level) >= 1e4 else f"{level:.4g}")
    return _signs(f"{int(level):,}")


def factor_words(factor: Factor) -> str:
    """A factor with its unit: ``Permit threshold, persons``."""
    return f"{factor.label}, {factor.unit}" if factor.unit else factor.label


def settings_words(factors: Sequence[Factor], settings: Mapping[str, Level]) -> str:
    """Factors with their levels: ``Permit threshold none, Practice own``."""
    return ", ".join(f"{factor.label} {level_words(settings[factor.name])}" for factor in factors if factor.name in settings)


def wrapped(text: str, width: int, lines: int = 2, *, whole: bool = False) -> str:
    """A text in a few lines of so many letters; what is too long for them is cut, and shows it.

    Lines end between words, and within words that are too long for one after a stroke or hyphen, as names of laws have them.

    Args:
        text: the text. width: letters in a line. lines: how many there may be. whole: whether no word may be broken, nor cut.
    """
    found = [""]
    for glue, piece in _pieces(text, width, whole=whole):
        if not found[-1] or len(found[-1]) + len(glue) + len(piece) <= width:
            found[-1] += glue * bool(found[-1]) + piece
        else:
            found.append(piece)
    if len(found) > lines and not whole:
        found = [*found[: lines - 1], found[lines - 1][: max(width - len(_CUT), 1)].rstrip() + _CUT]
    return "\n".join(found)


def _pieces(text: str, width: int, *, whole: bool) -> Iterator[tuple[str, str]]:
    """What may stand in a line by itself, and what joins it to what is before it."""
    for word in text.split():
        parts = [word] if whole or len(word) <= width else re.findall(r"[^/-]*[/-]|[^/-]+", word)
        for place, part in enumerate(parts):
            for start in range(0, len(part), len(part) if whole else width):
                yield "" if place or start else " ", part[start : start + (len(part) if whole else width)]


def uncertainty(seeds: tuple[int, int], of: str = "") -> str:
    """What intervals mean, and what they do not.

    Args:
        seeds: how many seeds they rest on, least and most.
        of: what was resampled, if they are no t intervals over seeds.
    """
    most = seeds[1]
    if most == 0:
        return "No run has a value"
    if of:
        over = f"{of} (means over {_seeds(seeds)})"
    elif most == 1:
        return "No intervals: simulation uncertainty over 1 seed is not known, and this is not the real world"
    else:
        over = _seeds(seeds)
    return f"{100 * CONFIDENCE:.0f} % intervals: simulation uncertainty over {over}, not the real world"


def own_intervals(seeds: tuple[int, int]) -> str:
    """What intervals of means do not say of differences, which share their seeds; empty if there are none."""
    if seeds[1] < 2:
        return ""
    return "Each mean has its own interval; points share seeds, so differences may be clearer than overlap suggests"


def undrawn(seeds: tuple[int, int]) -> str:
    """What to know of means that stand without intervals."""
    return f"Means over {_seeds(seeds)}; their simulation uncertainty is not drawn, and this is not the real world"


def foot(figure: Figure, *sentences: str) -> None:
    """What stands at the foot of a figure, a line for each sentence; an empty one is left out."""
    text = "\n".join(fill(sentence, _FOOT) for sentence in sentences if sentence)
    figure.supxlabel(text, fontsize=enlarged(8), color=GREY, x=0.01, ha="left")


def _seeds(seeds: tuple[int, int]) -> str:
    """How many seeds, least and most."""
    least, most = seeds
    return f"{most:,} seed{'' if most == 1 else 's'}" if least == most else f"{least:,} to {most:,} seeds"


def _signs(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
