"""Famous models of others, small and with their known answers: to teach with, and to hold the engine against.

Each is a module with ``CLASSIC``, a :class:`~sim.classics.classic.Classic`; its figure is drawn by the module of the same name in
``sim.interface.drawings``, and its page is in ``docs/classics``.
"""

from sim.classics.library import NAMES, load

__all__ = ["NAMES", "load"]
