"""Where the names of districts stand on a map: on their middles, or a little above or below if a place or its number is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.interface.sweeping.drawings.labels import Box

__all__ = ["half_width", "heights", "in_lines"]

_LETTER: Final = 4.3
"""Mean width of an italic letter of 7 points, points."""

_LINE: Final = 8.5
"""Height of a line, points."""

_SHIFTS: Final = (0.0, 7.0, -7.0, 14.0, -14.0, 21.0, -21.0, 28.0, -28.0)
"""How far above its middle a name may stand, points; the nearest first."""


def in_lines(name: str) -> str:
    """A name in lines: the parts of a double name beneath each other."""
    return name.replace("-", "-\n")


def half_width(names: Sequence[str]) -> float:
    """Half the width of the widest name, points."""
    return max((_size(name)[0] / 2 for name in names), default=0.0)


def heights(points: Sequence[tuple[float, float]], names: Sequence[str], taken: Sequence[Box]) -> list[float]:
    """How far above its district's middle each name stands, where it covers least of what is there; points.

    Args:
        points: the middles, in points. names: in lines. taken: what had better not be covered, names set earlier aside.
    """
    there, chosen = list(taken), []
    for point, name in zip(points, names, strict=True):
        boxes = [_box(point, name, shift) for shift in _SHIFTS]
        costs = [sum(map(box.shared, there)) + 0.1 * abs(shift) for box, shift in zip(boxes, _SHIFTS, strict=True)]
        best = min(range(len(costs)), key=costs.__getitem__)
        there.append(boxes[best])
        chosen.append(_SHIFTS[best])
    return chosen


def _size(name: str) -> tuple[float, float]:
    lines = name.split("\n")
    return _LETTER * max(map(len, lines)), _LINE * len(lines)


def _box(point: tuple[float, float], name: str, shift: float) -> Box:
    (x, y), (width, height) = point, _size(name)
    return Box(x - width / 2, y + shift - height / 2, x + width / 2, y + shift + height / 2)
