"""Edits: a dotted key and a value, as reforms and the command line write them.

``threshold.value`` names a value; ``threshold`` alone means the same, since that table holds one value of its own. Rows of a list
are named by their number (``procedures.0.notice``), by ``*`` for all, or by the word that tells them apart
(``procedures.permit.notice``, ``refusal.grounds.public_order.breadth``), several of which ``|`` joins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_origin

from pydantic import BaseModel

from sim.errors import Problem, did_you_mean
from sim.texts.accepting import Text, models_in
from sim.texts.refusing import Refused

__all__ = ["set_key"]


def set_key(
    tables: Mapping[str, Any], key: str, value: Any, *, kind: type[BaseModel] | None = None, source: str | None = None
) -> dict[str, Any]:
    """A copy of ``tables`` with the value at a dotted key replaced.

    Args:
        tables: the tables of a text, as read from TOML.
        key: where, with dots.
        value: what is to stand there.
        kind: what the tables will be read as; with it, a key that no such text has is refused.
        source: who says so. It becomes the source of a provision that has none, and is added to the source of one that has.

    Raises:
        Refused: if there is no such key or row.
    """
    return _Edit(key, value, source).table(dict(tables), key.split("."), kind)


class _Edit:
    """One edit on its way down the tables."""

    def __init__(self, key: str, value: Any, source: str | None) -> None:
        self.key, self.value, self.source = key, value, source

    def table(self, table: dict[str, Any], parts: Sequence[str], kind: type[BaseModel] | None) -> dict[str, Any]:
        """The table with the value at ``parts`` replaced."""
        head, rest = parts[0], parts[1:]
        if kind and head not in kind.model_fields:
            raise self.unknown("key", parts, list(kind.model_fields))
        inner = table.get(head)
        annotation = kind.model_fields[head].annotation if kind else None
        models = models_in(annotation)
        model = models[0] if models else None
        if not rest and not isinstance(self.value, Mapping) and _holds_a_value(inner, model):
            rest = ["value"]
        if not rest:
            edited = self.credited(self.value, model)
        elif isinstance(inner, list) if not kind else model and get_origin(annotation) is tuple:
            edited = self.rows(inner or [], rest, model)
        elif kind and not model:
            if get_origin(annotation) is not dict:
                raise self.unknown("key", rest, [])
            edited = {**(inner or {}), ".".join(rest): self.value}
        else:
            edited = self.table(dict(inner) if isinstance(inner, Mapping) else {}, rest, model)
        return self.signed({**table, head: edited}, kind, touched=not rest and head != "source")

    def rows(self, rows: list[Any], parts: Sequence[str], kind: type[BaseModel] | None) -> list[Any]:
        """The list with the value in some of its rows replaced."""
        told_by = kind.row_name if kind and issubclass(kind, Text) else None
        names = [str(row.get(told_by)) for row in rows] if told_by else []
        wanted = parts[0].split("|")
        chosen = {
            place
            for place in range(len(rows))
            if parts[0] in {"*", str(place)} or (names and names[place] in wanted and len(parts) > 1)
        }
        if not chosen:
            raise self.unknown("row", parts, [*map(str, range(len(rows))), "*", *dict.fromkeys(names)])
        if len(parts) == 1:
            return [self.credited(self.value, kind) if place in chosen else row for place, row in enumerate(rows)]
        return [self.table(dict(row), parts[1:], kind) if place in chosen else row for place, row in enumerate(rows)]

    def signed(self, table: dict[str, Any], kind: type[BaseModel] | None, *, touched: bool) -> dict[str, Any]:
        """The table with the edit among its sources, if it is a provision that was touched or has none."""
        if not self.source or not kind or "source" not in kind.model_fields:
            return table
        own = table.get("source")
        if not own:
            return {**table, "source": self.source}
        return {**table, "source": f"{own}; {self.source}"} if touched and self.source not in str(own) else table

    def credited(self, value: Any, kind: type[BaseModel] | None) -> Any:
        """The value with the edit as the source of every provision in it that names none."""
        if isinstance(value, list):
            return [self.credited(item, kind) for item in value]
        if not isinstance(value, Mapping) or not kind:
            return value
        inner = {name: models_in(field.annotation) for name, field in kind.model_fields.items()}
        return self.signed(
            {key: self.credited(item, inner[key][0] if inner.get(key) else None) for key, item in value.items()},
            kind,
            touched=False,
        )

    def unknown(self, sort: str, parts: Sequence[str], known: Sequence[str]) -> Refused:
        """The refusal of a key or row that is not there."""
        stem = self.key.split(".")[: -len(parts)] if self.key.split(".")[-len(parts) :] == list(parts) else self.key.split(".")
        near = did_you_mean(parts[0], known)
        allowed = ", ".join(known) or f"no further {sort}"
        return Refused(
            [Problem(self.key, f"the unknown {sort} {parts[0]!r}", allowed, ".".join([*stem, near]) if near else None)]
        )


def _holds_a_value(table: Any, kind: type[BaseModel] | None) -> bool:
    return "value" in table if isinstance(table, Mapping) else table is None and kind is not None and "value" in kind.model_fields
