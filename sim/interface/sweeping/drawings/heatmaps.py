"""Heatmaps: each outcome over two factors, a number in each cell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from sim.experiment.design import Factor, Level
from sim.interface.style import WIDTH, enlarged, hatched, page
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.panels import panel_title
from sim.interface.sweeping.drawings.scales import is_numeric
from sim.interface.sweeping.drawings.words import (
    Quantity,
    factor_words,
    foot,
    level_words,
    number,
    settings_words,
    uncertainty,
    wrapped,
)

__all__ = ["Sheet", "heatmap"]

_LETTER: Final = 0.62
"""Width of a digit, in parts of its size."""

_LARGEST: Final = 8.0
"""Size of the numbers in cells, points."""

_SMALLEST: Final = 5.5
"""If they would have to be smaller than this, colours are all there is, with a scale beside them."""

_TALLEST: Final = 16.0
"""Inches that a panel may be high; if rows become too low for it, only some are labelled, and there are no numbers."""

_TICK: Final = 0.08
"""Mean width of a letter of a tick's label, inches."""

_ACROSS: Final = 3
"""Panels beside each other, at most."""

type Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One panel.

    Attributes:
        outcome: the indicator.
        held: the level of each factor that is not along its axes.
        title: what the panel is called.
    """

    outcome: str
    held: Mapping[str, Level]
    title: str


def heatmap(means: Means, x: Factor, y: Factor, sheets: Sequence[Sheet], notes: Sequence[str] = (), title: str = "") -> Figure:
    """Panels of the same cells.

    Args:
        means: what is drawn.
        x, y: the factors across and down, in the order of their levels.
        sheets: the panels; those of one outcome have the same colours.
        notes: what else stands at the foot.
        title: what all panels show, if that is one outcome.
    """
    fields = [_field(means, x, y, sheet) for sheet in sheets]
    together = {
        sheet.outcome: np.stack([one for of, one in zip(sheets, fields, strict=True) if of.outcome == sheet.outcome])
        for sheet in sheets
    }
    quantities = {name: Quantity.of(name, all_[..., 0].ravel()) for name, all_ in together.items()}
    rows = [wrapped(level_words(level), 24, 3) for level in y.levels]
    longest = max(len(quantities[name].cell(value)) for name, all_ in together.items() for value in all_[..., 0].ravel())
    across, cell, size = _fitting(rows, len(x.levels), len(sheets), longest)
    size = min(size, 0.75 * 72 * _height(rows) / len(rows))
    step = math.ceil(0.16 * len(rows) / _height(rows))
    rows = [row if place % step == 0 else "" for place, row in enumerate(rows)] if step > 1 else rows
    columns, turned = _columns(x, cell)
    down = -(-len(sheets) // across)
    figure = page(down * (_height(rows) + 0.75) + 0.8, least=down * (0.7 * _height(rows) + 0.75) + 0.8)
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize=enlarged(9))
    made = figure.subplots(down, across, squeeze=False).ravel()
    for place, (axes, sheet, field) in enumerate(zip(made, sheets, fields, strict=False)):
        quantity = quantities[sheet.outcome]
        unit = "" if title else quantity.unit
        image = _cells(axes, quantity.factor * field[..., 0], _colours(quantity.factor * together[sheet.outcome][..., 0]))
        if size >= _SMALLEST:
            _numbers(axes, image, field[..., 0], quantity, size)
        else:
            figure.colorbar(image, ax=axes, format=FuncFormatter(number), fraction=0.05)
        _frame(axes, means, (x, y), sheet)
        beneath = ", ".join(filter(None, (unit, _width(field, quantity))))
        panel_title(axes, place, len(sheets), sheet.title, (WIDTH - 0.5) / across, beneath)
        lowest, first = place + across >= len(sheets), place % across == 0
        axes.set_xticks(range(len(columns)), columns if lowest else [""] * len(columns), rotation=turned)
        axes.set_yticks(range(len(rows)), rows if first else [""] * len(rows))
        axes.set(
            xlabel=factor_words(x) if lowest else "",
            ylabel=wrapped(factor_words(y), int(_height(rows) / 0.078), whole=True) if first else "",
        )
    for axes in made[len(sheets) :]:
        axes.remove()
    blank = any(np.isnan(field[..., 0]).any() for field in fields)
    _tell(figure, means, sheets, blank=blank, notes=notes)
    return figure


def _field(means: Means, x: Factor, y: Factor, sheet: Sheet) -> Floats:
    """Mean, low and high of each cell, rows from above."""
    return np.array(
        [[means.at(sheet.outcome, {**sheet.held, x.name: across, y.name: down}) for across in x.levels] for down in y.levels],
        np.float64,
    )


def _fitting(rows: Sequence[str], columns: int, sheets: int, letters: int) -> tuple[int, float, float]:
    """How many panels fit beside each other, how wide their cells are, and how large the numbers in them may be."""
    beside = 0.075 * max(len(line) for row in rows for line in row.split("\n")) + 0.4

    def cell(across: int) -> float:
        return (WIDTH - beside - 0.15 * across) / across / columns

    def size(across: int) -> float:
        return min(_LARGEST, (cell(across) - 0.05) * 72 / (_LETTER * letters))

    across = next((many for many in range(min(_ACROSS, sheets), 1, -1) if size(many) == _LARGEST), 1)
    across = 2 if (across, sheets) == (3, 4) else across
    return across, cell(across), size(across)


def _columns(x: Factor, cell: float) -> tuple[list[str], int]:
    """What stands beneath the columns, and by how much it is turned: of numbers that do not fit only some, words on end."""
    words = [level_words(level) for level in x.levels]
    letters = int(cell / _TICK)
    short = [wrapped(word, max(letters, 1), 3) for word in words]
    fits = [part.replace("\n", "").replace(" ", "") == word.replace(" ", "") for part, word in zip(short, words, strict=True)]
    unbroken = all(letters >= len(word) for word in words) or not any(map(is_numeric, x.levels))
    if letters > 3 and all(fits) and unbroken:
        return short, 0
    if sum(map(is_numeric, x.levels)) < len(words) - 1:
        return [wrapped(word, 24, 2) for word in words], 90
    step = math.ceil((max(map(len, words)) + 1) * _TICK / cell)
    return [word if place % step == 0 else "" for place, word in enumerate(words)], 0


def _height(rows: Sequence[str]) -> float:
    """How high the cells of a panel are together, inches."""
    return min(max(0.27, 0.16 * max(row.count("\n") + 1 for row in rows) + 0.06) * len(rows), _TALLEST)


def _colours(values: Floats) -> tuple[str, Normalize]:
    """Blues from 0; of what may be negative, two colours that part at 0."""
    some = values[np.isfinite(values)]
    least, most = (float(some.min()), float(some.max())) if some.size else (0.0, 1.0)
    if least < 0:
        widest = max(-least, most)
        return "PuOr_r", Normalize(-widest, widest)
    return "Blues", Normalize(0, 1.15 * most or 1.0)  # the darkest blue is left out: a frame must be seen on it


def _cells(axes: Axes, values: Floats, colours: tuple[str, Normalize]) -> AxesImage:
    """The colours; hatched where there is no value."""
    name, norm = colours
    image = axes.imshow(values, cmap=mpl.colormaps[name], norm=norm, aspect="auto", interpolation="nearest")
    for row, column in np.argwhere(np.isnan(values)).tolist():
        corner = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor="white", edgecolor="#AAAAAA", hatch=hatched("/", 4), linewidth=0))
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return image


def _numbers(axes: Axes, image: AxesImage, values: Floats, quantity: Quantity, size: float) -> None:
    """The number of each cell, in white where it is dark."""
    colours = image.cmap(np.asarray(image.norm(quantity.factor * values), np.float64))
    for (row, column), value in np.ndenumerate(values):
        if math.isnan(value):
            continue
        red, green, blue, _ = colours[row, column]
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        axes.text(
            column,
            row,
            quantity.cell(value),
            ha="center",
            va="center",
            fontsize=enlarged(size),
            color="white" if dark else "black",
        )


def _frame(axes: Axes, means: Means, along: tuple[Factor, Factor], sheet: Sheet) -> None:
    """The baseline's cell, if it is in this panel."""
    baseline, (x, y) = means.baseline(), along
    if not baseline or any(baseline[name] != level for name, level in sheet.held.items()):
        return
    corner = x.levels.index(baseline[x.name]) - 0.5, y.levels.index(baseline[y.name]) - 0.5
    axes.add_patch(
        Rectangle(corner, 1, 1, fill=False, edgecolor="black", linewidth=enlarged(1.8), clip_on=False, zorder=3, gid="baseline")
    )


def _width(field: Floats, quantity: Quantity) -> str:
    """Half of the widest interval of a panel, for its title."""
    half = (field[..., 2] - field[..., 1]) / 2
    some = half[np.isfinite(half)]
    return f"\N{PLUS-MINUS SIGN} {quantity.cell(float(some.max()))}" if some.size else ""


def _tell(figure: Figure, means: Means, sheets: Sequence[Sheet], *, blank: bool, notes: Sequence[str]) -> None:
    said = ["Cells: means"]
    if means.seeds()[1] > 1:
        said.append("\N{PLUS-MINUS SIGN}: half of the widest 95 % interval of a panel's cells")
    if means.baseline():
        said.append("framed: the baseline")
    if blank:
        said.append("hatched: no run has a value")
    held = sheets[0].held
    common = {name: level for name, level in held.items() if all(sheet.held[name] == level for sheet in sheets)}
    told = settings_words(means.design.factors, common) if len(sheets) > 1 or not common else ""
    foot(figure, uncertainty(means.seeds()), "; ".join(said), f"Held at the baseline: {told}" if told else "", *notes)
