"""Who turns out, what they feel, how options are chosen: pure functions on numbers and arrays, and the parameters of it."""

from sim.behaviour.parameters import Behaviour, OrganiserBehaviour

__all__ = ["Behaviour", "OrganiserBehaviour"]
