"""The style of figures: colours that everybody can tell apart, markers and hatches besides, and files that do not differ by date.

A is a blue circle with a solid line, B an orange square with a dashed one. Vermilion is kept for what lacks the notice it
requires, and is never the colour of a scenario.

There are two styles. Figures are laid out for paper: every size in a figure function is that on paper, and goes through
:func:`enlarged` and :func:`page`, which make it that of the style in use.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from sim.version import __version__

__all__ = [
    "GREY",
    "PAPER",
    "SLIDES",
    "STYLES",
    "WIDTH",
    "A",
    "B",
    "Look",
    "Style",
    "enlarged",
    "hatched",
    "page",
    "paper",
    "rendered",
    "styled",
]

GREY: Final = "#555555"

_HIGHEST: Final = 200.0
"""Inches that a figure may be high: images of 300 dots an inch end at 65,535 dots."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one scenario looks: in colour, in grey, and to those who do not see some colours."""

    colour: str
    marker: str
    line: str
    letter: str


A: Final = Look("#0072B2", "o", "-", "A")
B: Final = Look("#E69F00", "s", (0, (4, 1.5)), "B")  # type: ignore[arg-type]  # a dash pattern


@dataclass(frozen=True, slots=True)
class Style:
    """What a figure is drawn for.

    Attributes:
        name: of the style.
        width: of a figure, inches.
        height: of every figure, inches; ``None`` if each is as high as what it shows needs.
        text: size of its letters, points. line: width of its lines, points.
        dots: of an image, to the inch.
    """

    name: str
    width: float
    height: float | None
    text: float
    line: float
    dots: int


PAPER: Final = Style("paper", 6.3, None, 9.0, 1.4, 300)
SLIDES: Final = Style("slides", 12.8, 7.2, 18.0, 2.6, 150)
STYLES: Final = {style.name: style for style in (PAPER, SLIDES)}

WIDTH: Final = PAPER.width
"""Width of a figure on paper, inches: what its layout is worked out in."""

_FONTS: Final = ("Source Sans 3", "Source Sans Pro", "DejaVu Sans")

_LOOKS: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.grid": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "grid.color": "#DDDDDD",
    "legend.frameon": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "protestlaw",
    "xtick.color": GREY,
    "xtick.labelcolor": "black",
    "ytick.color": GREY,
    "ytick.labelcolor": "black",
}

_SIZES: Final[dict[str, float]] = {
    "axes.labelpad": 4.0,
    "axes.labelsize": 9,
    "axes.linewidth": 0.7,
    "axes.titlepad": 6.0,
    "axes.titlesize": 9,
    "figure.constrained_layout.h_pad": 0.04167,
    "figure.constrained_layout.w_pad": 0.04167,
    "font.size": 9,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 1.0,
    "legend.fontsize": 8.5,
    "lines.markeredgewidth": 1.0,
    "lines.markersize": 4.5,
    "patch.linewidth": 1.0,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    **{
        f"{axis}tick.{which}.{what}": size
        for axis in "xy"
        for which, sizes in {"major": (3.5, 3.5, 0.8), "minor": (2.0, 3.4, 0.6)}.items()
        for what, size in zip(("size", "pad", "width"), sizes, strict=True)
    },
}
"""Sizes on paper: points, and inches of padding."""

_IN_USE: ContextVar[tuple[Style, float]] = ContextVar("style", default=(PAPER, 1.0))
"""The style, and how many times as large as on paper things are in it."""


@contextmanager
def styled(style: Style) -> Iterator[None]:
    """A style for the figures that are drawn and saved within. A user's own matplotlib settings count for nothing in it.

    Nor are they touched. Where the height of figures is fixed, draw and save one figure within, not several: what is too high is
    drawn smaller (:func:`page`).
    """
    there = set(font_manager.get_font_names())
    before = _IN_USE.set((style, 1.0))
    try:
        with mpl.rc_context():
            mpl.rcdefaults()
            settings: Any = {**_LOOKS, "font.family": [name for name in _FONTS if name in there], "savefig.dpi": style.dots}
            mpl.rcParams.update(settings)
            _use(style, style.text / PAPER.text)
            yield
    finally:
        _IN_USE.reset(before)


def paper() -> Any:
    """The style of figures on paper, for a ``with`` statement."""
    return styled(PAPER)


def _use(style: Style, factor: float) -> None:
    """Make everything so many times as large as on paper, from now on."""
    _IN_USE.set((style, factor))
    sizes: Any = {key: factor * size for key, size in _SIZES.items()}
    mpl.rcParams.update(sizes)
    mpl.rcParams["lines.linewidth"] = style.line * factor * PAPER.text / style.text


def enlarged(size: float) -> float:
    """A size on paper (points) as large as the style in use makes it."""
    return size * _IN_USE.get()[1]


def hatched(stroke: str, often: int) -> str:
    """A hatch (``/``, ``x`` ...) that is as dense in the style in use as it is on paper with so many strokes."""
    return stroke * max(1, round(often / _IN_USE.get()[1]))


def page(
    height: float, width: float = WIDTH, layout: Literal["constrained"] | None = "constrained", least: float | None = None
) -> Figure:
    """An empty figure. A figure function asks for it before it draws anything.

    Where the style fixes the size of figures, what needs less room gets all of it, and what needs more is drawn smaller.

    Args:
        height: what it needs on paper, inches. width: its width on paper, inches.
        layout: how matplotlib is to lay it out.
        least: the height it can do with where there is no more, inches on paper.
    """
    style, _ = _IN_USE.get()
    if style.height is None:
        return Figure(figsize=(width, min(height, _HIGHEST)), layout=layout)
    _use(style, min(style.text / PAPER.text, style.width / width, style.height / (least or height)))
    return Figure(figsize=(style.width, style.height), layout=layout)


def rendered(figure: Figure, name: str, title: str, about: str, formats: Collection[str] = ("png", "svg")) -> dict[str, bytes]:
    """A figure as files: ``name.png``, ``name.svg``, ``name.pdf``. The same figure gives the same bytes on any day.

    It is laid out once, and stays so: each drawing would move it a little, so that a file would depend on those made before it.

    Args:
        figure: the figure.
        name: of the files, without the ending.
        title: what it shows, for the files' metadata.
        about: what it was made of, for the same.
        formats: which files.
    """
    creator = f"protestlaw {__version__}"
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Title": title, "Description": about, "Software": creator},
        "svg": {"Title": title, "Description": about, "Creator": creator, "Date": None},
        "pdf": {"Title": title, "Subject": about, "Creator": creator, "CreationDate": None},
    }
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    files = {}
    for kind in (kind for kind in metadata if kind in formats):
        content = io.BytesIO()
        figure.savefig(content, format=kind, metadata=metadata[kind])
        files[f"{name}.{kind}"] = content.getvalue()
    return files
