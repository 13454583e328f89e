"""How places look on a map: kind by marker, capacity by size, what the law says by ring and hatch, and who came by bubble."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch

from sim.interface.style import enlarged, hatched
from sim.population import Site
from sim.words import SITE_KINDS

__all__ = ["bubble", "legend", "place", "prohibited", "ring"]

_KINDS: Final = {"symbolic": "*", "square": "s", "park": "o", "street": "D", "remote": "v", "free_speech": "P"}
"""Marker of each kind of place."""

_CAME: Final[dict[str, Any]] = {"facecolor": "#E69F00", "alpha": 0.45, "edgecolor": "black"}


def _outlined(size: float) -> dict[str, Any]:
    """The marker of a place: white, so that what lies beneath a star can be told from what lies beneath a circle."""
    edge = {"markeredgecolor": "black", "markeredgewidth": enlarged(0.9)}
    return {"color": "white", "linestyle": "none", "markersize": enlarged(size), **edge}


def _ringed(size: float) -> dict[str, Any]:
    edge = {"markeredgecolor": "#0072B2", "markeredgewidth": enlarged(2.0)}
    return {"marker": "o", "color": "none", "linestyle": "none", "markersize": enlarged(size), **edge}


def _hatching() -> dict[str, Any]:
    return {"facecolor": "none", "edgecolor": "black", "hatch": hatched("/", 6), "linewidth": enlarged(0.6)}


def size_of(site: Site, largest: int) -> float:
    """How large the marker of a place is, points on paper; ``largest`` is the capacity of the largest in town, persons."""
    return 4.0 + 6.0 * math.sqrt(site.capacity / largest)


def place(axes: Axes, site: Site, largest: int) -> None:
    """Mark a place."""
    axes.plot(*site.at, marker=_KINDS[site.kind], zorder=4, gid=site.name, **_outlined(size_of(site, largest)))


def ring(axes: Axes, site: Site, largest: int) -> None:
    """Mark a place as designated."""
    axes.plot(*site.at, zorder=4, gid=f"designated {site.name}", **_ringed(size_of(site, largest) + 7))


def prohibited(axes: Axes, site: Site, radius: float) -> None:
    """Mark a place as one near which nothing may be held: a hatched disc, radius in km."""
    axes.add_patch(Circle(site.at, radius, zorder=3, gid=f"prohibited {site.name}", **_hatching()))


def bubble(axes: Axes, site: Site, radius: float) -> None:
    """Show how many came to a place: a disc, radius in km."""
    axes.add_patch(Circle(site.at, radius, zorder=2, gid=f"came {site.name}", linewidth=enlarged(0.5), **_CAME))


def legend(figure: Figure, kinds: Collection[str]) -> None:
    """What the marks mean, for towns with these kinds of places."""
    handles: list[Any] = [
        Line2D([], [], marker=_KINDS[kind], label=kind.replace("_", " "), **_outlined(6.5))
        for kind in SITE_KINDS
        if kind in kinds
    ]
    handles += [
        Line2D([], [], label="designated", **_ringed(9)),
        Patch(label="prohibited", **_hatching()),
        Patch(label="came there", linewidth=enlarged(0.5), **_CAME),
    ]
    spacing = {"handletextpad": 0.3, "columnspacing": 1.1, "borderpad": 0.1}
    figure.legend(handles=handles, loc="outside upper left", ncols=5, fontsize=enlarged(8), **spacing)
