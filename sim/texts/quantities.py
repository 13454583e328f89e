"""Quantities that explain themselves: fields with meaning, unit, source and range, and tables that name their sources.

What is declared here is enough to print the table of every parameter (:func:`sim.scenario.parameters`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import Problem, did_you_mean
from sim.texts.accepting import Text

__all__ = ["ASSUMPTION", "Parameter", "Sourced", "parameter", "quantity", "rows"]

ASSUMPTION: Final = "assumption"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table of parameters.

    Attributes:
        name: its place in the text (``income.median_wage``) or among the traits (``traits.reluctance_mean``).
        meaning: in words.
        unit: of the value.
        value: in force.
        source: where the value comes from, or ``assumption``.
        range: the values a sensitivity analysis should span.
    """

    name: str
    meaning: str
    unit: str
    value: float
    source: str
    range: tuple[float, float]


def quantity(
    meaning: str,
    unit: str,
    low: float,
    high: float,
    *,
    default: Any = ...,
    source: str = ASSUMPTION,
    gt: float | None = None,
    ge: float | None = None,
    le: float | None = None,
) -> Any:
    """A number with its documentation.

    Args:
        meaning: in words.
        unit: of the value.
        low: the least plausible value, for sensitivity analysis.
        high: the greatest one.
        default: if the text may leave it out.
        source: of the default.
        gt: what an accepted value must exceed.
        ge: the least value accepted.
        le: the greatest value accepted.
    """
    return Field(
        default,
        description=meaning,
        json_schema_extra={"unit": unit, "source": source, "range": [low, high]},
        gt=gt,
        ge=ge,
        le=le,
    )


def parameter(default: float, meaning: str, unit: str, source: str, low: float, high: float) -> Any:
    """A parameter of behaviour or practice: a number with a default, accepted only within the range to sweep.

    Args:
        default: the value in force.
        meaning: in words.
        unit: of the value.
        source: where it comes from, or ``assumption``.
        low: the least value.
        high: the greatest value.
    """
    return quantity(meaning, unit, low, high, default=default, source=source, ge=low, le=high)


class Sourced(Text):
    """A table that says where its values come from: one source for all, and more exact ones by key."""

    model_config = ConfigDict(allow_inf_nan=False)

    source: str = Field(ASSUMPTION, description="Where the values come from.")
    sources: dict[str, str] = Field({}, description="Where single values come from, by key.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Sources belong to keys of the table."""
        known = sorted(cls.model_fields.keys() - {"source", "sources"})
        for key in parts.get("sources", {}):
            if key not in known:
                yield Problem(f"sources.{key}", f"the unknown key {key!r}", ", ".join(known), did_you_mean(key, known))

    def source_of(self, key: str) -> str:
        """The source of one value."""
        return self.sources.get(key, self.source)


def rows(prefix: str, table: BaseModel) -> Iterator[Parameter]:
    """The parameters of one table: every field that :func:`quantity` declared, with its own source unless the table gave it."""
    for name, field in type(table).model_fields.items():
        extra: Any = field.json_schema_extra
        if not isinstance(extra, dict) or "unit" not in extra:
            continue
        told = isinstance(table, Sourced) and name in table.model_fields_set
        source = table.source_of(name) if isinstance(table, Sourced) and told else extra["source"]
        low, high = extra["range"]
        value, meaning = getattr(table, name), field.description or ""
        inner = {f".{word}": number for word, number in value} if isinstance(value, BaseModel) else {"": value}
        for word, number in inner.items():
            said = f"{meaning}: {word[1:].replace('_', ' ')}" if word else meaning
            yield Parameter(f"{prefix}.{name}{word}", said, extra["unit"], number, source, (low, high))
