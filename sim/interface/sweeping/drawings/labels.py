"""Where names beside points stand, so that they cover neither each other nor a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Box", "Label", "label_box", "place_labels"]

_LETTER: Final = 4.6
"""Mean width of a letter of 8 points, points."""

_LINE: Final = 10.0
"""Height of a line, points."""

_NEAR: Final = 6.0
"""How far a label stands from its point, points."""

_MARK: Final = 4.0
"""Half the width of a point's mark, points."""


class Box(NamedTuple):
    """A rectangle, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def shared(self, other: Box) -> float:
        """The area that two share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, width) * max(0.0, height)

    @property
    def area(self) -> float:
        """How large it is."""
        return (self.right - self.left) * (self.top - self.bottom)


class Label(NamedTuple):
    """How a label stands to its point: how far from it, and which of its edges that is said of."""

    shift: tuple[float, float]
    side: str
    stand: str


_TRIED: Final = tuple(
    Label(((right - left) * _NEAR, up), "left" if right else "right" if left else "center", stand)
    for up, stand in ((0.0, "center"), (_NEAR, "bottom"), (-_NEAR, "top"), (2.2 * _NEAR, "bottom"), (-2.2 * _NEAR, "top"))
    for right, left in ((1, 0), (0, 1), (0, 0))
    if stand != "center" or right or left
)


def place_labels(
    points: Sequence[tuple[float, float]], labels: Sequence[str], frame: Box, lines: Sequence[Box] = ()
) -> list[Label]:
    """One by one, each where it covers least of points, of labels already there, and of what lies beyond the frame.

    Args:
        points: where they are, in points (1/72 inch).
        labels: their names.
        frame: where labels may be.
        lines: thin boxes that had better not be crossed.
    """
    marks = [Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in points]
    taken: list[Box] = []
    chosen = []
    for point, label in zip(points, labels, strict=True):
        boxes = [label_box(point, label, one) for one in _TRIED]
        costs = [
            3 * (box.area - box.shared(frame)) + sum(map(box.shared, (*marks, *taken, *lines))) + 0.01 * place
            for place, box in enumerate(boxes)
        ]
        best = min(range(len(costs)), key=costs.__getitem__)
        taken.append(boxes[best])
        chosen.append(_TRIED[best])
    return chosen


def label_box(point: tuple[float, float], label: str, one: Label) -> Box:
    """What a label covers, in points."""
    lines = label.split("\n")
    width, height = _LETTER * max(map(len, lines)), _LINE * len(lines)
    x, y = point[0] + one.shift[0], point[1] + one.shift[1]
    left = x - {"left": 0.0, "center": width / 2, "right": width}[one.side]
    bottom = y - {"bottom": 0.0, "center": height / 2, "top": height}[one.stand]
    return Box(left, bottom, left + width, bottom + height)
