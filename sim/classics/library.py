"""Which classics there are. Each is imported when it is asked for, so that a list of names costs nothing."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from sim.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from sim.classics.classic import Classic

__all__ = ["NAMES", "load"]

NAMES: Final = ("granovetter", "networks", "kuran", "epstein", "daymude", "mean-field")
"""The classics, in the order in which they are best met."""


def load(name: str) -> Classic:
    """A classic by its name.

    Raises:
        InputError: if there is none of that name.
    """
    if name not in NAMES:
        raise InputError("classics", [Problem("NAME", repr(name), ", ".join(NAMES), did_you_mean(name, NAMES))])
    found: Classic = importlib.import_module(f"sim.classics.{name.replace('-', '_')}").CLASSIC
    return found
