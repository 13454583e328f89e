"""Dotted keys of scenarios and laws: what they mean, which of them meet, and which was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final, NamedTuple, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.errors import did_you_mean
from sim.scenario import Scenario
from sim.texts.accepting import models_in

__all__ = ["Explained", "explained", "flat", "meet", "probably_meant"]

_WHOLES: Final = frozenset({"law", "town"})
"""Keys that name another text; changes to single values of it are made on top, in whatever order they are given."""


class Explained(NamedTuple):
    """What the scenario or law says of a key: its meaning and its unit; empty if it says none."""

    meaning: str
    unit: str


def explained(key: str) -> Explained:
    """What a key means. Rows of lists may be addressed as ``--set`` addresses them; of an unknown key nothing is said."""
    field = _field(Scenario, key.split("."))
    if field is None:
        return Explained("", "")
    inner = next((model.model_fields["value"] for model in models_in(field.annotation) if "value" in model.model_fields), None)
    units = [one.json_schema_extra.get("unit") for one in (inner, field) if one and isinstance(one.json_schema_extra, dict)]
    unit = next((str(unit) for unit in units if unit), "")
    return Explained((field.description or "").rstrip("."), unit)


def _field(model: type[BaseModel], parts: list[str]) -> FieldInfo | None:
    """The field at the end of a dotted key."""
    field = model.model_fields.get(parts[0])
    rest = parts[1:]
    if field is None or not rest:
        return field
    inner = models_in(field.annotation)
    if not inner:
        return None
    if get_origin(field.annotation) is tuple:  # the next part says which rows
        return _field(inner[0], rest[1:]) if len(rest) > 1 else field
    return _field(inner[0], rest)


def flat(settings: Mapping[str, Any], stem: str = "") -> Iterator[tuple[str, Any]]:
    """Settings with dotted keys, whether they are written with dots or as tables in tables."""
    for key, value in settings.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{stem}{key}.")
        else:
            yield f"{stem}{key}", value


def meet(one: str, other: str) -> bool:
    """Whether two keys set the same value, or one a value within the table that the other sets.

    ``law`` and ``town`` meet no key within them: ``law.threshold`` is a change made to whichever law there is.
    """
    parts = one.split("."), other.split(".")
    if min(len(part) for part in parts) == 1 and {part[0] for part in parts if len(part) == 1} <= _WHOLES:
        return one == other
    for a, b in zip_longest(*parts):
        if a is None or b is None:
            return True
        if a != b and "*" not in (a, b) and not set(a.split("|")) & set(b.split("|")):
            return False
    return True


def probably_meant(key: str) -> str | None:
    """The key of a scenario that was probably meant by one that it does not have; none if none is near.

    Its last word counts, wherever it stands (``threshold`` for ``law.threshold``), or else the whole.
    """
    known = list(_keys(Scenario, ""))
    last = key.rpartition(".")[2]
    by_last = [one for one in known if one.rpartition(".")[2] == last]
    return min(by_last, key=lambda one: (one.count("."), one)) if by_last else did_you_mean(key, known)


def _keys(model: type[BaseModel], stem: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        key = f"{stem}{name}"
        yield key
        for inner in models_in(field.annotation):
            yield from _keys(inner, f"{key}.*." if get_origin(field.annotation) is tuple else f"{key}.")
