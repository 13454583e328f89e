"""The style of figures: colours that everybody can tell apart, markers and hatches besides, and files that do not differ by date.

A is a blue circle with a solid line, B an orange square with a dashed one. Vermilion is kept for what lacks the notice it
requires, and is never the colour of a scenario.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from sim.version import __version__

__all__ = ["GREY", "WIDTH", "A", "B", "Look", "paper", "rendered"]

WIDTH: Final = 6.3
"""Width of a figure on paper, inches."""

GREY: Final = "#555555"


@dataclass(frozen=True, slots=True)
class Look:
    """How one scenario looks: in colour, in grey, and to those who do not see some colours."""

    colour: str
    marker: str
    line: str
    letter: str


A: Final = Look("#0072B2", "o", "-", "A")
B: Final = Look("#E69F00", "s", (0, (4, 1.5)), "B")  # type: ignore[arg-type]  # a dash pattern

_FONTS: Final = ("Source Sans 3", "Source Sans Pro", "DejaVu Sans")

_PAPER: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.grid": False,
    "axes.labelsize": 9,
    "axes.linewidth": 0.7,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "font.size": 9,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "lines.linewidth": 1.4,
    "lines.markersize": 4.5,
    "savefig.dpi": 300,
    "svg.fonttype": "path",
    "svg.hashsalt": "protestlaw",
    "xtick.color": GREY,
    "xtick.labelcolor": "black",
    "xtick.labelsize": 8.5,
    "ytick.color": GREY,
    "ytick.labelcolor": "black",
    "ytick.labelsize": 8.5,
}


@contextmanager
def paper() -> Iterator[None]:
    """The style of figures on paper. A user's own matplotlib settings count for nothing in it, nor are they touched."""
    there = set(font_manager.get_font_names())
    with mpl.rc_context():
        mpl.rcdefaults()
        settings: Any = {**_PAPER, "font.family": [name for name in _FONTS if name in there]}
        mpl.rcParams.update(settings)
        yield


def rendered(figure: Figure, name: str, title: str, about: str) -> dict[str, bytes]:
    """A figure as files: ``name.png`` (300 dpi) and ``name.svg``. The same figure gives the same bytes on any day.

    Args:
        figure: the figure.
        name: of the files, without the ending.
        title: what it shows, for the files' metadata.
        about: what it was made of, for the same.
    """
    creator = f"protestlaw {__version__}"
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Title": title, "Description": about, "Software": creator},
        "svg": {"Title": title, "Description": about, "Creator": creator, "Date": None},
    }
    files = {}
    for kind, said in metadata.items():
        content = io.BytesIO()
        figure.savefig(content, format=kind, metadata=said)
        files[f"{name}.{kind}"] = content.getvalue()
    return files
