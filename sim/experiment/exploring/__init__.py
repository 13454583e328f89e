"""A page for the seminar: from a text of levers to the cells of a grid that has been run, packed to travel.

>>> explorer = load_explorer("seminar")  # doctest: +SKIP
>>> with GistStore(folder) as store:  # doctest: +SKIP
...     fill(explorer, store)
...     packed = pack(cells_of(explorer, store), units)
"""

from sim.experiment.exploring.any_value import AnyText, written
from sim.experiment.exploring.asking import levels_asked, scenario_under
from sim.experiment.exploring.cells import EDGES, Cell, cells_of
from sim.experiment.exploring.crew import Crew
from sim.experiment.exploring.earlier import EarlierRuns
from sim.experiment.exploring.finding import FOLDER, explorers, find_explorer
from sim.experiment.exploring.gist import STATUSES
from sim.experiment.exploring.growing import Growth
from sim.experiment.exploring.languages import LANGUAGES
from sim.experiment.exploring.outcomes import GROUPS, OUTCOMES, unit_of
from sim.experiment.exploring.packing import Packed, pack
from sim.experiment.exploring.plain import plain
from sim.experiment.exploring.reading import Explorer, load_explorer
from sim.experiment.exploring.running import fill
from sim.experiment.exploring.store import GistStore
from sim.experiment.exploring.text import LeverText
from sim.experiment.exploring.told import Answer, CrowdedError, Growing, Law

__all__ = [
    "EDGES",
    "FOLDER",
    "GROUPS",
    "LANGUAGES",
    "OUTCOMES",
    "STATUSES",
    "Answer",
    "AnyText",
    "Cell",
    "Crew",
    "CrowdedError",
    "EarlierRuns",
    "Explorer",
    "GistStore",
    "Growing",
    "Growth",
    "Law",
    "LeverText",
    "Packed",
    "cells_of",
    "explorers",
    "fill",
    "find_explorer",
    "levels_asked",
    "load_explorer",
    "pack",
    "plain",
    "scenario_under",
    "unit_of",
    "written",
]
