"""A step from one law to another: the provisions that differ, and the mixtures of both laws that are to be run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sim.experiment.sensitivity import LawsBetween, laws_between, orders_of, subsets_needed
from sim.experiment.sensitivity.attribution import MOST_EXACT, Subset
from sim.law import Regime

__all__ = ["Step", "step_between"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """From one law to the next.

    Attributes:
        name: ``A -> B``, by the names the laws were asked for with. a, b: these names.
        between: the laws, the groups of provisions in which they differ, and what makes their mixtures.
        orders: the sampled orders of adoption; ``None`` if all are looked at.
        mixtures: which groups are as in law B, for each mixture that is to be run; smaller ones first.
        merged: groups of tables that move together because they make no law apart.
    """

    name: str
    a: str
    b: str
    between: LawsBetween
    orders: tuple[tuple[str, ...], ...] | None
    mixtures: tuple[Subset, ...]
    merged: tuple[str, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        """The names of the groups of provisions, in the order of a law text."""
        return self.between.names

    def adopted(self, mixture: Subset) -> tuple[str, ...]:
        """The groups of a mixture that are as in law B, in the order of a law text."""
        return tuple(name for name in self.provisions if name in mixture)


def step_between(
    a: tuple[str, Regime],
    b: tuple[str, Regime],
    orders: int,
    *,
    split: Collection[str] = (),
    together: Sequence[Collection[str]] = (),
    fewer: bool = False,
) -> Step:
    """The step from one law to another.

    All mixtures are run if there are at most :data:`~sim.experiment.sensitivity.attribution.MOST_EXACT` groups of provisions;
    with more, those that are met on the way in some sampled orders of adoption.

    Args:
        a, b: the laws, each with its name.
        orders: how many orders are sampled, if they are.
        split, together: as for :func:`~sim.experiment.sensitivity.laws.laws_between`.
        fewer: whether orders are sampled with few groups too, where they need fewer mixtures than there are.

    Raises:
        ModelError: if the laws do not differ, or ``split`` or ``together`` name what cannot be.
        LawError: if a mixture makes no law.
    """
    between = laws_between(a[1], b[1], split=split, together=together)
    names = between.names
    sampled: tuple[tuple[str, ...], ...] | None = None
    if len(names) > MOST_EXACT or (fewer and len(names) > 1):
        sampled = tuple(orders_of(names, orders))
    mixtures = tuple(subsets_needed(names, sampled))
    if len(mixtures) == 2 ** len(names):
        sampled = None  # where all mixtures are run anyway, nothing is left to chance
    asked = [frozenset(own) for own in together]
    merged = tuple(
        group.name for group in between.groups if len(group.parts) > 1 and not any(own.issuperset(group.parts) for own in asked)
    )
    return Step(f"{a[0]} -> {b[0]}", a[0], b[0], between, sampled, mixtures, merged)
