"""The numbers behind the runs: what each means, its value, its range, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.interface.parameter_table import Row, groups
from sim.interface.reporting.grids import exact
from sim.interface.reporting.parts import Assumed, Cell, Grid, Line
from sim.texts import ASSUMPTION

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = ["PARTS", "assumed", "ground"]

PARTS: Final = {
    "people": "The town: how many people",
    "districts": "The town: districts",
    "sites": "The town: places",
    "income": "The town: incomes",
    "ties": "The town: who knows whom",
    "traits": "People: what they are like",
    "behaviour": "People: who turns out",
    "choices": "Organisers: how they choose",
    "organisers": "Organisers: who they are",
    "authority": "Practice: the authority",
    "court": "Practice: courts",
    "police": "Practice: the police",
    "press": "Practice: the press",
}
"""What the parts of a scenario are called, in the order of :func:`sim.scenario.parameters`."""

_CALIBRATED: Final = "assumption, calibrated"
_PARTLY: Final = "to be verified"
_SOURCED: Final = "sourced"


def ground(source: str) -> str:
    """What a number rests on, in a word or two: an assumption, one that was calibrated, a source, or one to be verified."""
    if source.startswith(ASSUMPTION):
        return _CALIBRATED if "posterior" in source else ASSUMPTION
    return _PARTLY if ASSUMPTION in source or "verify" in source else _SOURCED


def assumed(scenarios: Sequence[Scenario], drawn: Sequence[str] = (), letters: str = "AB") -> Assumed:
    """Every number that some scenarios rest on but the law's, with what it rests on.

    Args:
        scenarios: one, or several whose values stand beside each other where they differ.
        drawn: parameters that were drawn from a posterior.
        letters: of the scenarios.
    """
    parts = groups(scenarios)
    grounds = Counter(ground(row.source) for rows in parts.values() for row in rows)
    counted = (
        f"{grounds.total():,} numbers stand behind the runs, the law's own aside, whose sources are told with the laws. "
        f"{grounds[ASSUMPTION] + grounds[_CALIBRATED]:,} of them are assumptions that nobody has measured; of these "
        f"{grounds[_CALIBRATED]:,} were set by a calibration. {grounds[_SOURCED]:,} have a source that was read, "
        f"{grounds[_PARTLY]:,} one that is partly an assumption or is to be verified."
    )
    said = [
        counted,
        "The range is what a sensitivity analysis should span, not where the value lies with some probability.",
    ]
    if drawn:
        said.append(
            f"{len(drawn)} of them were drawn from a posterior for the runs, so that the values below are not those of each run: "
            f"{', '.join(drawn)}."
        )
    return Assumed(tuple(said), tuple(_grid(part, rows, letters) for part, rows in parts.items()))


def _grid(part: str, rows: Sequence[Row], letters: str) -> Grid:
    count = sum(ground(row.source).startswith(ASSUMPTION) for row in rows)
    are = "assumptions" if count != 1 else "an assumption"
    title = f"{PARTS.get(part, part.capitalize())}: {len(rows)} number{'s' * (len(rows) > 1)}, {count or 'none'} {are}"
    heads = ("number", "value", "unit", "range", "rests on", "source")
    return Grid(title, heads, tuple(_line(row, letters) for row in rows), frozenset({1}), folded=True)


def _line(row: Row, letters: str) -> Line:
    values = list(dict.fromkeys(row.values))
    known = [value for value in row.values if value is not None]
    if len(values) == 1 and known:
        value = Cell(exact(known[0]), exact(known[0]))
    else:
        told = [f"{letter}: {'none' if one is None else exact(one)}" for letter, one in zip(letters, row.values, strict=True)]
        value = Cell("; ".join(told), exact(*known))
    named = Cell(row.meaning.rstrip("."), key=row.name.partition(".")[2])
    texts = (row.unit, f"{row.low:g} to {row.high:g}", ground(row.source), row.source)
    return Line((named, value, *map(Cell, texts)))
