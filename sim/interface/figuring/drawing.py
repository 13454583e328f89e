"""What a figure is before it is drawn, and what is in the way of one that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.interface.figuring.opening import Results
from sim.interface.style import Style

__all__ = ["Asked", "Catalogue", "Drawing", "Wanting"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that can be drawn.

    Attributes:
        kind: what it is called by ``--only``. name: of its files, without ending. title: what it shows.
        make: draws it.
    """

    kind: str
    name: str
    title: str
    make: Callable[[], Figure]


@dataclass(frozen=True, slots=True)
class Wanting:
    """A figure that cannot be drawn, and why, in words."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are asked for.

    Attributes:
        style: of them. only: their kinds; all if there are none.
        seed: of the run that figures of one run show; the folder's first if none is named.
        assembly: number of the assembly whose filing is drawn; the most telling one if none is named.
        rerun: whether figures may take runs that the folder does not hold. jobs: processes for these.
        apart: whether each outcome of an experiment has a figure of its own, as on slides.
    """

    style: Style
    only: tuple[str, ...] = ()
    seed: int | None = None
    assembly: int | None = None
    rerun: bool = True
    jobs: int | None = None
    apart: bool = False

    def wants(self, kind: str) -> bool:
        """Whether figures of a kind are asked for."""
        return not self.only or kind in self.only


class Catalogue:
    """The figures of a folder: those that can be drawn, and those that cannot.

    Args:
        results: the folder. asked: what is asked for.
    """

    def __init__(self, results: Results, asked: Asked) -> None:
        self.results, self.asked = results, asked
        self.kinds: dict[str, None] = {}
        self.drawings: list[Drawing] = []
        self.wanting: list[Wanting] = []

    def has(self, kind: str, *tables: str) -> bool:
        """Whether a figure of a kind is to be added: if it is asked for, and the tables it needs are here.

        A table that is not here is told.
        """
        self.kinds[kind] = None
        if not self.asked.wants(kind):
            return False
        absent = [f"{name}.csv" for name in tables if not self.results.holds(name)]
        if absent:
            again = f"; {self.results.command} writes {'it' if len(absent) == 1 else 'them'}" if self.results.command else ""
            self.lacks(kind, f"{' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} not in the folder{again}")
        return not absent

    def add(self, kind: str, title: str, make: Callable[[], Figure], name: str = "") -> None:
        """Add a figure, whose files are called as its kind unless another name is given."""
        self.drawings.append(Drawing(kind, name or kind, title, make))

    def lacks(self, kind: str, why: str) -> None:
        """Tell that a figure cannot be drawn, and why."""
        self.wanting.append(Wanting(kind, why))
