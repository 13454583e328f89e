"""What an answer rests on: how far the difference between two scenarios depends on each assumption, and where its sign flips."""

from sim.experiment.resting.assumptions import Assumption, Held, assumptions_of
from sim.experiment.resting.plan import RestingPlan, plan_resting
from sim.experiment.resting.resting import Resting, rest_on

__all__ = ["Assumption", "Held", "Resting", "RestingPlan", "assumptions_of", "plan_resting", "rest_on"]
