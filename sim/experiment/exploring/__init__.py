"""A page for the seminar: from a text of levers to the cells of a grid that has been run, packed to travel.

>>> explorer = load_explorer("seminar")  # doctest: +SKIP
>>> with GistStore(folder) as store:  # doctest: +SKIP
...     fill(explorer, store)
...     packed = pack(cells_of(explorer, store), units)
"""

from sim.experiment.exploring.cells import EDGES, Cell, cells_of
from sim.experiment.exploring.gist import STATUSES
from sim.experiment.exploring.languages import LANGUAGES
from sim.experiment.exploring.outcomes import GROUPS, OUTCOMES, unit_of
from sim.experiment.exploring.packing import Packed, pack
from sim.experiment.exploring.reading import FOLDER, Explorer, load_explorer
from sim.experiment.exploring.running import fill
from sim.experiment.exploring.store import GistStore

__all__ = [
    "EDGES",
    "FOLDER",
    "GROUPS",
    "LANGUAGES",
    "OUTCOMES",
    "STATUSES",
    "Cell",
    "Explorer",
    "GistStore",
    "Packed",
    "cells_of",
    "fill",
    "load_explorer",
    "pack",
    "unit_of",
]
