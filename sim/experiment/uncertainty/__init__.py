"""What is not known of the parameters: draws from a posterior for runs, and intervals that hold it beside noise between seeds."""

from sim.experiment.uncertainty.changing import changed
from sim.experiment.uncertainty.draws import Draws, default_draws, draws_for
from sim.experiment.uncertainty.posterior import Drawn, drawn_scenario, load_posterior, posterior_settings
from sim.experiment.uncertainty.split import Split, split_uncertainty

__all__ = [
    "Drawn",
    "Draws",
    "Split",
    "changed",
    "default_draws",
    "drawn_scenario",
    "draws_for",
    "load_posterior",
    "posterior_settings",
    "split_uncertainty",
]
