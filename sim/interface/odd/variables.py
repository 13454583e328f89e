"""State variables told beside the code that has them: a variable that is not told, or is told and not there, is an error."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.errors import ModelError
from sim.interface.odd.markdown import table

__all__ = ["Entity", "Variable", "attributes", "columns_of", "fields_of", "of_rows"]


class Variable(NamedTuple):
    """What is said of a state variable.

    Attributes:
        type, unit, range: in words; a type left empty is that of the code. meaning: in words, and when it changes.
    """

    type: str
    unit: str
    range: str
    meaning: str


class Entity(NamedTuple):
    """A kind of thing with state.

    Attributes:
        name: in the singular. found: the variables that the code has, with their types as far as it says them.
        told: what is said of each. beside: variables of the code that hold no state: what is looked up, or kept for speed.
    """

    name: str
    found: Mapping[str, str]
    told: Mapping[str, Variable]
    beside: frozenset[str] = frozenset()

    def table(self) -> str:
        """Its variables.

        Raises:
            ModelError: if the code has a variable that is not told, or has not one that is.
        """
        here, said = set(self.found), {*self.told, *self.beside}
        if here != said:
            missing, gone = sorted(here - said), sorted(said - here)
            raise ModelError(f"state of {self.name}: in the code and not told: {missing}; told and not in the code: {gone}")
        rows = [(f"`{name.lstrip('_')}`", one.type or self.found[name], *one[1:]) for name, one in self.told.items()]
        return table(("variable", "type", "unit", "range", "meaning"), rows)


def of_rows(kind: np.dtype[Any]) -> dict[str, str]:
    """The fields of a row of memory, with their types; those that fill it up have no name of their own."""
    return {name: str(kind[name].base) for name in kind.names or () if name}


def columns_of(holder: Any, names: Iterable[str]) -> dict[str, str]:
    """The types of some of the arrays that something holds."""
    return {name: str(getattr(holder, name).dtype) for name in names}


def fields_of(kind: type) -> dict[str, str]:
    """The fields of a dataclass or a named tuple, with their types as written."""
    if dataclasses.is_dataclass(kind):
        return {field.name: str(field.type) for field in dataclasses.fields(kind)}
    return {name: getattr(written, "__forward_arg__", str(written)) for name, written in kind.__annotations__.items()}


def attributes(kind: type, methods: Iterable[str] = ("__init__",)) -> dict[str, str]:
    """What instances of a class are given by some of its methods; of their types nothing is said."""
    found: dict[str, str] = {}
    for method in methods:
        tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(kind, method))))
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    found[name] = ""
    return found
