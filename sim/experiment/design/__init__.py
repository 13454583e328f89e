"""Designs of experiments: from a text to points, and from each point to a scenario.

>>> design = load_design("seminar-threshold")  # doctest: +SKIP
>>> design.points, design.runs  # doctest: +SKIP
"""

from sim.experiment.design.design import Design, PointTask
from sim.experiment.design.factors import Factor, Level
from sim.experiment.design.reading import experiments, find_experiment, load_design

__all__ = ["Design", "Factor", "Level", "PointTask", "experiments", "find_experiment", "load_design"]
