"""The page of the public face: every name in ``sim.__all__``, with what its docstring and its public methods say."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final

from pydantic import BaseModel

import sim
from extensions.markdown import prose

__all__ = ["names"]

_TEXTS: Final = {"Regime": "law", "Scenario": "scenario"}
"""The kind of text that a class is read from."""


def names() -> str:
    """Every name, by kind, as directives of autodoc."""
    groups: dict[str, Callable[[Any], bool]] = {
        "Functions": inspect.isroutine,
        "Errors": lambda one: inspect.isclass(one) and (issubclass(one, Exception) or one is sim.Problem),
        "Classes": inspect.isclass,
        "Values": lambda _: True,
    }
    left = {name: getattr(sim, name) for name in sim.__all__}
    told = []
    for title, holds in groups.items():
        found = [name for name, one in left.items() if holds(one)]
        told.append(f"## {title}\n")
        told += (part for name in found for part in _one(name, left.pop(name)))
    return "\n".join(told)


def _one(name: str, thing: Any) -> Iterator[str]:
    kind = "autoclass" if inspect.isclass(thing) else "autofunction" if inspect.isroutine(thing) else "autodata"
    yield f"### {prose(name)}\n"
    if inspect.isclass(thing) and issubclass(thing, Exception):
        kind = "autoexception"
    if inspect.isclass(thing) and issubclass(thing, BaseModel):
        kind_of_text = _TEXTS[name]
        yield f"Read by `load_{kind_of_text}`. Its attributes are the keys of [the text](formats/{kind_of_text}.md).\n"
    options = "   :members:\n" if kind == "autoclass" else ""
    yield f"```{{eval-rst}}\n.. {kind}:: sim.{name}\n{options}```\n"
