"""Effects and sensitivity of a finished sweep: pure functions of its runs table, none of which draws or writes.

What needs a library of the extra ``sensitivity`` imports it when it is called: SALib for Sobol indices, scikit-learn for response
surfaces.
"""

from sim.experiment.sensitivity.anova import interactions, main_effects, variance_shares
from sim.experiment.sensitivity.attribution import attribute, orders_of, subsets_needed, values_of
from sim.experiment.sensitivity.discovery import Box, better_points, discover
from sim.experiment.sensitivity.laws import LawsBetween, laws_between
from sim.experiment.sensitivity.marginal import marginal_effects
from sim.experiment.sensitivity.morris import morris_effects
from sim.experiment.sensitivity.sobol import sobol_indices
from sim.experiment.sensitivity.surface import Surface, response_surface

__all__ = [
    "Box",
    "LawsBetween",
    "Surface",
    "attribute",
    "better_points",
    "discover",
    "interactions",
    "laws_between",
    "main_effects",
    "marginal_effects",
    "morris_effects",
    "orders_of",
    "response_surface",
    "sobol_indices",
    "subsets_needed",
    "values_of",
    "variance_shares",
]
