"""Scenarios: a town, a law, practice and events; frozen, validated, read from TOML."""

from sim.scenario.agreement import agree_until
from sim.scenario.parameters import parameters
from sim.scenario.practices import load_practice
from sim.scenario.reading import load_scenario
from sim.scenario.scenario import Scenario

__all__ = ["Scenario", "agree_until", "load_practice", "load_scenario", "parameters"]
