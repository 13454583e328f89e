"""Tables of the readable answers: how they look, and what an indicator is called in them."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from sim.experiment.units import CHILLED
from sim.measurement import INDICATORS

__all__ = ["label_of", "new_table"]


def new_table(*columns: str) -> Table:
    """A table without lines: a wide first column without a name, then columns of numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", min_width=30)
    for column in columns:
        table.add_column(Text(column), justify="right", no_wrap=True)
    return table


def label_of(name: str) -> tuple[str, str]:
    """What an indicator is called, with its unit unless that is a share or said already; and its unit."""
    if name in CHILLED:
        place = CHILLED.index(name)
        of = ("attendances", "share", *(f"attendances of income fifth {fifth}" for fifth in range(1, len(CHILLED) - 1)))[place]
        return f"Chilled turnout, {of}", "share" if place == 1 else "attendances"
    indicator = INDICATORS[name]
    said = indicator.unit.startswith("share") or indicator.unit.split()[-1] in indicator.label.lower()
    said = said and not indicator.unit.startswith("per ")
    return (indicator.label if said else f"{indicator.label}, {indicator.unit}"), indicator.unit
