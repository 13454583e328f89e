"""Libraries that an analysis needs and that come with an extra."""

from __future__ import annotations

import importlib
from typing import Any, Final

from sim.errors import ModelError

__all__ = ["library"]

_CALLED: Final = {"sklearn": "scikit-learn"}
"""Packages whose distribution has another name."""


def library(module: str, analysis: str) -> Any:
    """A module of an optional library.

    Args:
        module: its dotted name. analysis: what it is needed for, for the error.

    Raises:
        ModelError: if it is not installed, with how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        name = _CALLED.get(package := module.partition(".")[0], package)
        raise ModelError(f"{analysis} needs {name}, which is not installed: pip install 'protestlaw[sensitivity]'") from None
