"""What every provision carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from pydantic import Field

from sim.law.vocabulary import Confidence
from sim.texts import Text

__all__ = ["Provision", "provisions_of"]


class Provision(Text):
    """What every provision carries.

    Attributes:
        source: where the value stands (statute and article, or a mark such as F10 that the law's ``[sources]`` explains).
        confidence: how sure it is (:data:`sim.law.CONFIDENCE`).
        note: what a reader should know about it.
    """

    neutral: ClassVar[bool] = True
    """Whether the provision, said with nothing but its defaults, says as much as if it were left out."""

    source: str = Field(
        min_length=2, description="Where the value stands: statute and article, or a mark explained in [sources]."
    )
    confidence: Confidence = Field("found", description="How sure the value is.")
    note: str | None = Field(None, description="What a reader should know about it.")


def provisions_of(fields: Iterable[tuple[str, Any]], stem: str = "") -> Iterator[tuple[str, Provision]]:
    """Every provision among the fields of a law, with its dotted key.

    Args:
        fields: a law, or any table of one (which iterates over its fields), or some fields with their names.
        stem: what the keys begin with.
    """
    for name, value in fields:
        for number, inner in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            if not isinstance(inner, Text):
                continue
            called = number if inner.row_name in {None, "procedure"} else getattr(inner, str(inner.row_name))
            key = f"{stem}{name}" if number is None else f"{stem}{name}.{called}"
            if isinstance(inner, Provision):
                yield key, inner
            yield from provisions_of(inner, f"{key}.")
