"""Discovery: in which part of the factors' space does something hold, as "the permit regime does better"?

PRIM, the patient rule induction method (Friedman and Fisher 1999, Statistics and Computing 9): from the box of all points a thin
slice is peeled off again and again, the one without which the rest is best; at the end slices that do no harm are pasted back.
Coverage and density are those of scenario discovery (Bryant and Lempert 2010, Technological Forecasting & Social Change 77).
Written here, since the one small library on the Python Package Index (PRIM 1.0.0) is under the GPL and the other (ema_workbench)
brings ten further packages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import bdtrc

from sim.errors import Problem
from sim.experiment.sensitivity.peeling import Columns, Edges, Holds, pasted, peeled, pruned, quasi_p, taken
from sim.experiment.sensitivity.table import is_number, read_runs, refuse_runs
from sim.streams import Streams

__all__ = ["Box", "better_points", "discover"]

_LEAST: Final = 2
"""Points a box must hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A box in the space of the factors.

    Attributes:
        limits: one row a restricted factor: ``factor``, ``least`` and ``most`` (numbers) or ``levels`` (words, joined by ``|``),
            and ``quasi_p``: how likely so dense a box would be by chance, were this restriction lifted and the points independent
            (Bryant and Lempert 2010). Quasi, since the box was looked for.
        coverage: share of all points where it holds that lie in the box.
        density: share of the box's points where it holds: its mean.
        support: share of all points that lie in the box. points: how many.
        inside: for each point whether it lies in the box.
        by_chance: how often the whole search finds a first box at least as surprising when it is asked of the same points with
            ``holds`` shuffled among them, ``(1 + as surprising) / (1 + shuffles)`` (Phipson and Smyth 2010). Surprising is how
            unlikely so many points where it holds are at the density of all. This, not the quasi-p-values, says whether there is
            anything to discover: of pure chance every third search or so finds a box whose quasi-p-values are small. NaN
            without shuffles.
        peeling: one row a step on the way: ``points``, ``coverage``, ``density``, ``support``, ``restricted`` (factors), for
            whoever would rather stop elsewhere.
    """

    limits: pd.DataFrame
    coverage: float
    density: float
    support: float
    points: int
    inside: Holds
    by_chance: float
    peeling: pd.DataFrame


def better_points(
    runs: pd.DataFrame,
    outcome: str,
    factor: str,
    one: object,
    other: object,
    others: Sequence[str],
    *,
    more_is_better: bool = True,
) -> pd.DataFrame:
    """Where one level of a factor does better than another, all else equal: what :func:`discover` is asked about.

    Args:
        runs: the runs table. outcome: which column.
        factor: the factor (as the law). one, other: the level that may be better, and the one it is held against.
        others: the other factors; points that agree in them are compared.
        more_is_better: whether more of the outcome is.

    Returns:
        one row a comparison: the other factors, ``difference`` (one - other, mean over ``pairs`` with one seed), and ``better``.
        Comparisons without a pair are left out.

    Raises:
        InputError: if the table cannot be read, or no two points can be compared.
    """
    sweep = read_runs(runs, [outcome], [factor, *others])
    keys = list(sweep.settings[list(others)].itertuples(index=False, name=None))
    values = sweep.values[outcome]
    level = sweep.settings[factor].tolist()
    against = {key: place for place, key in enumerate(keys) if level[place] == other}
    rows = []
    for place, key in enumerate(keys):
        if level[place] != one or key not in against:
            continue
        differences = values[place] - values[against[key]]
        differences = differences[~np.isnan(differences)]
        if differences.size:
            mean = float(differences.mean())
            told = dict(zip(others, key, strict=True))
            rows.append(
                {**told, "difference": mean, "pairs": differences.size, "better": mean > 0 if more_is_better else mean < 0}
            )
    if not rows:
        raise refuse_runs(
            Problem(factor, f"no two points that differ only in {one!r} and {other!r}", "a design that crosses them")
        )
    return pd.DataFrame(rows)


def discover(
    settings: pd.DataFrame,
    holds: Holds,
    *,
    wished_density: float = 0.8,
    peel: float = 0.1,
    least_support: float = 0.05,
    most_boxes: int = 3,
    shuffles: int = 99,
) -> list[Box]:
    """Boxes in which something holds, the first one first; later ones are looked for among the points outside it.

    On the way down the largest box of the wished density is taken; if none is that dense, the densest. Restrictions whose
    quasi-p-value is above 0.05 are then dropped, even if the box gets less dense; a box without any left is not told. PRIM is
    greedy: two distant places that both stand out in the same factor can hide each other.

    Args:
        settings: one row a point, one column a factor.
        holds: for each point whether it holds there.
        wished_density: share of a box's points where it should hold.
        peel: share of the points that is peeled off at a time; less is more patient.
        least_support: share of all points that a box must hold.
        most_boxes: how many boxes are looked for. One that is no denser than the points it was cut from is not told.

        shuffles: how often it is shuffled, to see what the search finds by chance; from a stream.

    Raises:
        InputError: if the settings do not fit, nothing or everything holds, or a share is none.
    """
    holds = np.asarray(holds, bool)
    _check(settings, holds, {"wished_density": wished_density, "peel": peel, "least_support": least_support})
    columns: dict[str, npt.NDArray[Any]] = {}
    for name in settings.columns:
        numeric = settings[name].map(is_number).all()
        columns[str(name)] = settings[name].to_numpy(np.float64 if numeric else object)
    found: list[Box] = []
    left = np.ones(holds.size, bool)
    least = max(_LEAST, int(np.ceil(least_support * holds.size)))
    search = _Search(columns, wished_density, peel, least)
    for _ in range(most_boxes):
        if left.sum() < least or not (holds & left).any() or (holds | ~left).all():
            break
        edges, steps = search.box(holds, left)
        if not edges.restricted:
            break
        by_chance = _by_chance(search, holds, left, shuffles, len(found))
        found.append(_box(edges, columns, holds, left, steps, by_chance))
        left &= ~found[-1].inside
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The search for one box: the points, and what was asked for."""

    columns: Columns
    wished: float
    peel: float
    least: int

    def box(self, holds: Holds, left: Holds) -> tuple[Edges, list[Edges]]:
        """The box found among the points that are left, without edges if there is none; and the boxes on the way down."""
        steps = list(peeled(self.columns, holds, left, self.peel, self.least))
        edges = taken(steps, self.columns, holds, left, self.wished)
        edges = pruned(pasted(edges, self.columns, holds, left, self.peel, self.wished), self.columns, holds, left)
        denser = holds[edges.inside(self.columns) & left].mean() > holds[left].mean()
        return edges if denser else Edges(), steps

    def surprise(self, edges: Edges, holds: Holds, left: Holds) -> float:
        """The binomial chance of as many points where it holds in a box, at the density of all; 1 of no box."""
        inside = edges.inside(self.columns) & left
        good = int(holds[inside].sum())
        return float(bdtrc(good - 1, int(inside.sum()), float(holds[left].mean()))) if edges.restricted and good else 1.0


def _by_chance(search: _Search, holds: Holds, left: Holds, shuffles: int, number: int) -> float:
    """How often a box as surprising is found where there is nothing."""
    if not shuffles:
        return np.nan
    surprise = search.surprise(search.box(holds, left)[0], holds, left)
    places, as_surprising = np.flatnonzero(left), 0
    for shuffle in range(shuffles):
        drawn = Streams(0).uniforms("shuffled points", places.size, (number << 32) | shuffle)
        shuffled = np.zeros_like(holds)
        shuffled[places] = holds[places][np.argsort(drawn, kind="stable")]
        as_surprising += search.surprise(search.box(shuffled, left)[0], shuffled, left) <= surprise
    return (1 + as_surprising) / (1 + shuffles)


def _check(settings: pd.DataFrame, holds: Holds, shares: Mapping[str, float]) -> None:
    problems = [
        Problem(name, f"{share:g}", "a share above 0 and at most 1") for name, share in shares.items() if not 0 < share <= 1
    ]
    if shares["peel"] > 0.5:
        problems.append(Problem("peel", f"{shares['peel']:g}", "at most 0.5: half the points at once is not patient"))
    if len(settings) != holds.size or not len(settings.columns):
        problems.append(Problem("settings", f"{settings.shape} for {holds.size} points", "one row a point, one column a factor"))
    elif holds.all() or not holds.any():
        found = f"{int(holds.sum())} of {holds.size} points where it holds"
        problems.append(
            Problem("holds", found, "some points where it holds and some where not; else there is nothing to discover")
        )
    if problems:
        raise refuse_runs(*problems)


def _box(edges: Edges, columns: Columns, holds: Holds, left: Holds, steps: Sequence[Edges], by_chance: float) -> Box:
    inside = edges.inside(columns) & left
    count, good = int(inside.sum()), int(holds[inside].sum())
    rows = []
    for name in (name for name in columns if name in edges.restricted):
        least, most = edges.ends.get(name, (np.nan, np.nan))
        levels = "|".join(str(level) for level in dict.fromkeys(columns[name].tolist()) if level in edges.levels.get(name, ()))
        quasi = quasi_p(edges, name, columns, holds, left)
        rows.append({"factor": name, "least": least, "most": most, "levels": levels, "quasi_p": quasi})
    path = []
    for step in steps:
        within = step.inside(columns) & left
        path.append(
            {
                "points": int(within.sum()),
                "coverage": float(holds[within].sum() / holds.sum()),
                "density": float(holds[within].mean()),
                "support": float(within.mean()),
                "restricted": len(step.restricted),
            }
        )
    limits = pd.DataFrame(rows, columns=["factor", "least", "most", "levels", "quasi_p"])
    return Box(limits, good / int(holds.sum()), good / count, count / holds.size, count, inside, by_chance, pd.DataFrame(path))
