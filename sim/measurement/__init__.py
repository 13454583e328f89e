"""Measurement: tables, indicators and estimates, all pure functions of the record of a run, its scenario and its town.

>>> measured = measure(model.record, scenario, model.town)  # doctest: +SKIP
>>> measured.assemblies, measured.indicators["lawful_share_throughout"]  # doctest: +SKIP
"""

from sim.measurement.bunching import Bunching, bunching, bunching_against, planned_sizes
from sim.measurement.chilled import chilled
from sim.measurement.codebook import codebook
from sim.measurement.columns import COLUMNS, Column
from sim.measurement.indicators import INDICATORS, Indicator, indicators
from sim.measurement.measured import Measured, measure
from sim.measurement.tables import Tables, tables

__all__ = [
    "COLUMNS",
    "INDICATORS",
    "Bunching",
    "Column",
    "Indicator",
    "Measured",
    "Tables",
    "bunching",
    "bunching_against",
    "chilled",
    "codebook",
    "indicators",
    "measure",
    "planned_sizes",
    "tables",
]
