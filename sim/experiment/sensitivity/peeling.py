"""Peeling and pasting: how PRIM finds a box (Friedman and Fisher 1999, Statistics and Computing 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

__all__ = ["Columns", "Edges", "Holds", "pasted", "peeled", "pruned", "quasi_p", "taken"]

type Holds = npt.NDArray[np.bool_]
type Columns = Mapping[str, npt.NDArray[Any]]


_CHANCE: Final = 0.05
"""Quasi-p-value above which a restriction is dropped again."""


@dataclass(slots=True)
class Edges:
    """What a box allows: an interval of each factor that is a number, a set of levels of each other."""

    ends: dict[str, tuple[float, float]] = field(default_factory=dict)
    levels: dict[str, frozenset[Any]] = field(default_factory=dict)

    def inside(self, columns: Columns, *, without: str | None = None) -> Holds:
        """Which points lie in the box, were the limits of one factor lifted."""
        found = np.ones(len(next(iter(columns.values()))), bool)
        for name, (least, most) in self.ends.items():
            if name != without:
                found &= (columns[name] >= least) & (columns[name] <= most)
        for name, levels in self.levels.items():
            if name != without:
                found &= np.array([level in levels for level in columns[name].tolist()], bool)
        return found

    def with_(self, name: str, limit: tuple[float, float] | frozenset[Any]) -> Edges:
        """The box with another limit of a factor."""
        if isinstance(limit, frozenset):
            return Edges(dict(self.ends), {**self.levels, name: limit})
        return Edges({**self.ends, name: limit}, dict(self.levels))

    def without(self, name: str) -> Edges:
        """The box with the limits of a factor lifted."""
        rest = {other: ends for other, ends in self.ends.items() if other != name}
        return Edges(rest, {other: levels for other, levels in self.levels.items() if other != name})

    @property
    def restricted(self) -> list[str]:
        """The factors with a limit."""
        return [*self.ends, *self.levels]


def peeled(columns: Columns, holds: Holds, left: Holds, peel: float, least: int) -> Iterator[Edges]:
    """The boxes on the way down, the box of all points first."""
    edges = Edges()
    while True:
        yield edges
        now = edges.inside(columns) & left
        best: tuple[float, int, Edges] | None = None
        for other in _thinner(edges, columns, now, peel):
            inside = other.inside(columns) & left
            size = int(inside.sum())
            if least <= size < now.sum():
                candidate = (float(holds[inside].mean()), size, other)
                if best is None or candidate[:2] > best[:2]:
                    best = candidate
        if best is None or holds[now].all():
            return
        edges = best[2]


def _thinner(edges: Edges, columns: Columns, now: Holds, peel: float) -> Iterator[Edges]:
    """The boxes with one slice less: at either end of a number at least one level of it, one word of the others."""
    for name, column in columns.items():
        own = column[now]
        if column.dtype == object:
            levels = list(dict.fromkeys(own.tolist()))
            for level in levels if len(levels) > 1 else ():
                yield edges.with_(name, frozenset(levels) - {level})
            continue
        whole = edges.ends.get(name, (-np.inf, np.inf))
        low, high = own[own > np.quantile(own, peel, method="lower")], own[own < np.quantile(own, 1 - peel, method="higher")]
        if low.size:
            yield edges.with_(name, (float(low.min()), whole[1]))
        if high.size:
            yield edges.with_(name, (whole[0], float(high.max())))


def taken(steps: Sequence[Edges], columns: Columns, holds: Holds, left: Holds, wished: float) -> Edges:
    """The box on the way down that is told: the largest that is as dense as wished; without one, the largest of the densest."""
    densities = [float(holds[edges.inside(columns) & left].mean()) for edges in steps]
    dense = [place for place, density in enumerate(densities) if density >= wished]
    return steps[dense[0] if dense else int(np.argmax(densities))]


def pasted(edges: Edges, columns: Columns, holds: Holds, left: Holds, peel: float, wished: float) -> Edges:
    """The box made wider as long as it gets no less dense, or stays as dense as was wished."""
    while True:
        now = edges.inside(columns) & left
        floor = min(wished, float(holds[now].mean()))
        wider = [
            (float(holds[inside].mean()), int(inside.sum()), other)
            for other in _wider(edges, columns, left, max(1, int(peel * now.sum())))
            if (inside := other.inside(columns) & left).sum() > now.sum()
        ]
        fit = [candidate for candidate in wider if candidate[0] >= floor]
        if not fit:
            return _without_idle(edges, columns)
        edges = max(fit, key=lambda candidate: candidate[:2])[2]


def _wider(edges: Edges, columns: Columns, left: Holds, slice_: int) -> Iterator[Edges]:
    for name, (least, most) in edges.ends.items():
        beside = columns[name][edges.inside(columns, without=name) & left]
        below, above = np.sort(beside[beside < least])[::-1], np.sort(beside[beside > most])
        for some in {1, slice_}:  # the next level, or a slice
            if below.size:
                yield edges.with_(name, (float(below[:some][-1]), most))
            if above.size:
                yield edges.with_(name, (least, float(above[:some][-1])))
    for name, levels in edges.levels.items():
        for level in dict.fromkeys(columns[name].tolist()):
            if level not in levels:
                yield edges.with_(name, levels | {level})


def _without_idle(edges: Edges, columns: Columns) -> Edges:
    """The box without limits that keep no point of all out: an end beyond all points, a list of all levels."""
    ends = {}
    for name, (least, most) in edges.ends.items():
        low, high = columns[name].min(), columns[name].max()
        if least > low or most < high:
            ends[name] = (least if least > low else -np.inf, most if most < high else np.inf)
    levels = {name: own for name, own in edges.levels.items() if set(columns[name].tolist()) - own}
    return Edges(ends, levels)


def pruned(edges: Edges, columns: Columns, holds: Holds, left: Holds) -> Edges:
    """The box without the restrictions that may be chance, the likeliest first."""
    while edges.restricted:
        likely, name = max((quasi_p(edges, name, columns, holds, left), name) for name in edges.restricted)
        if likely <= _CHANCE:
            break
        edges = edges.without(name)
    return edges


def quasi_p(edges: Edges, name: str, columns: Columns, holds: Holds, left: Holds) -> float:
    """The binomial chance of as many points where it holds, at the density of the box with the limits of one factor lifted."""
    inside, lifted = edges.inside(columns) & left, edges.inside(columns, without=name) & left
    good = int(holds[inside].sum())
    return float(bdtrc(good - 1, int(inside.sum()), float(holds[lifted].mean()))) if good else 1.0
