"""What two laws say differently, provision by provision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.law.content import UNSAID, digest, owed, said
from sim.law.coverage import CELLS, Cell, described, sizes_in_words
from sim.law.provisions import ProcedureRow, Provision
from sim.law.regime import Regime
from sim.texts.accepting import models_in

__all__ = ["Difference", "diff", "duty", "summary"]

_ABSENT: Final = "none"
_SKIPPED: Final = frozenset({"regime", "sources", "procedures"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One provision that two laws hold differently.

    Attributes:
        key: the dotted key (``threshold.value``); of procedures, the gatherings concerned.
        meaning: what the provision is about.
        before: what the first law says.
        after: what the second law says.
        source_before: where the first law says it.
        source_after: where the second law says it.
        follows: whether it follows from another difference (as what is owed from the threshold).
    """

    key: str
    meaning: str
    before: str
    after: str
    source_before: str = ""
    source_after: str = ""
    follows: bool = False

    def __str__(self) -> str:
        return f"{_called(self.key)}: {self.before} -> {self.after}"


def diff(a: Regime, b: Regime) -> list[Difference]:
    """What ``b`` says differently from ``a``, in the order of a law text; descriptions and sources do not count."""
    found: list[Difference] = []
    for name, field in Regime.model_fields.items():
        if name == "procedures":
            found += _procedures(a, b)
        elif name not in _SKIPPED:
            found += _field(name, field, getattr(a, name), getattr(b, name), ("", ""))
    return found


def summary(differences: Sequence[Difference]) -> str:
    """The differences in one sentence; what follows from another is left out."""
    return "; ".join(str(one) for one in differences if not one.follows) or "no difference"


def _field(key: str, field: FieldInfo, one: Any, other: Any, sources: tuple[str, str]) -> Iterator[Difference]:
    """The differences at a field of a table, or beneath it."""
    if one == other or (isinstance(one, tuple) and isinstance(other, tuple) and sorted(map(str, one)) == sorted(map(str, other))):
        return
    models = models_in(field.annotation)
    if models and (isinstance(one, tuple) or isinstance(other, tuple)):
        rows = [{str(getattr(row, str(models[0].row_name))): row for row in side or ()} for side in (one, other)]  # type: ignore[attr-defined]
        for name in dict.fromkeys([*rows[0], *rows[1]]):
            yield from _tables(f"{key}.{name}", models[0], rows[0].get(name), rows[1].get(name))
    elif models:
        yield from _tables(key, models[0], one, other)
    else:
        unit = field.json_schema_extra.get("unit", "") if isinstance(field.json_schema_extra, Mapping) else ""
        shown = _shown(one, str(unit)), _shown(other, str(unit))
        if one and other and isinstance(one, tuple) and isinstance(other, tuple):
            shown = _words(one, other), _words(other, one)
        if shown[0] != shown[1]:
            yield Difference(key, field.description or key, *shown, *sources)


def _tables(key: str, kind: type[BaseModel], one: BaseModel | None, other: BaseModel | None) -> Iterator[Difference]:
    """The differences between two tables, one of which may be absent.

    An absent table stands for its defaults; but where being there says something in itself, all that it says is new.
    """
    sources = (_source(one), _source(other))
    fields = {name: part for name, part in kind.model_fields.items() if name not in UNSAID | {getattr(kind, "row_name", None)}}
    stated = list(fields)
    default = {name: None if part.is_required() else part.get_default(call_default_factory=True) for name, part in fields.items()}
    alone = one if other is None else other if one is None else None
    if alone is not None and not getattr(kind, "neutral", True):
        stated = [name for name in fields if getattr(alone, name) != default[name]] or stated[:1]
        default = dict.fromkeys(fields)
    for name in stated:
        first, second = (default[name] if table is None else getattr(table, name) for table in (one, other))
        yield from _field(f"{key}.{name}", fields[name], first, second, sources)


def _source(table: BaseModel | None) -> str:
    return table.source if isinstance(table, Provision) else ""


def _shown(value: Any, unit: str = "") -> str:
    if value is None or value in ("none", ()):
        return _ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:,.10g} {unit}".rstrip() if isinstance(value, int | float) else str(value)


def _words(own: Sequence[object], others: Sequence[object]) -> str:
    """How a list of words differs from another."""
    more, fewer = ([str(word) for word in a if word not in b] for a, b in ((own, others), (others, own)))
    return ", ".join([*(f"with {word}" for word in more), *(f"without {word}" for word in fewer)])


def _called(key: str) -> str:
    """A dotted key in words: ``participant's fine``, ``appeal: decided in``."""
    parts = key.replace("_", " ").split(".")
    if parts[-1] == "value":
        return " ".join(parts[:-1])
    if parts[0] == "sanctions" and len(parts) == 3:
        return f"{parts[1]}'s {parts[2]}"
    return f"{', '.join(parts[:-1])}: {parts[-1]}" if len(parts) > 1 else key


def _procedures(a: Regime, b: Regime) -> Iterator[Difference]:
    """What each kind of gathering owes under both laws, where it is not the same; equal changes are told together."""
    changed: dict[tuple[int, float, str, str], tuple[list[Cell], ProcedureRow | None, ProcedureRow | None]] = {}
    for cell in CELLS:
        for least, below, one, other in _side_by_side(a, b, cell):
            key = (least, below, *_duties(one, other))
            changed.setdefault(key, ([], one, other))[0].append(cell)
    follows = a.threshold_value != b.threshold_value and _rows(a) == _rows(b)
    for (least, below, before, after), (cells, one, other) in changed.items():
        what = f"{described(cells)} of {sizes_in_words(least, below)}"
        yield Difference(what, f"What {what} owes.", before, after, _source(one), _source(other), follows)


def _side_by_side(a: Regime, b: Regime, cell: Cell) -> Iterator[tuple[int, float, ProcedureRow | None, ProcedureRow | None]]:
    """The stretches of sizes where a cell's duties differ, as long as they can be."""
    cuts = sorted({stretch.least for law in (a, b) if law.procedures for stretch in law.coverage[cell]} | {0})
    open_: tuple[int, float, ProcedureRow | None, ProcedureRow | None] | None = None
    for least, below in zip(cuts, [*cuts[1:], float("inf")], strict=True):
        one, other = (law.row(*cell, least) for law in (a, b))
        if open_ and (_key(open_[2]), _key(open_[3])) == (_key(one), _key(other)):
            open_ = (open_[0], below, open_[2], open_[3])
            continue
        if open_ and _key(open_[2]) != _key(open_[3]):
            yield open_
        open_ = (least, below, one, other)
    if open_ and _key(open_[2]) != _key(open_[3]):
        yield open_


def _key(row: ProcedureRow | None) -> str:
    return digest(owed(row)) if row and row.procedure != "exempt" else "exempt"


def _rows(regime: Regime) -> list[str]:
    return sorted(digest(said(row)) for row in regime.procedures)


def _duties(one: ProcedureRow | None, other: ProcedureRow | None) -> tuple[str, str]:
    """What two rows owe, in phrases; only where they differ, if both owe the same procedure."""
    if one and other and one.notice and other.notice and one.procedure == other.procedure:
        names = [
            name
            for name in ("notice", "notice_from", "earliest", "decision", "decision_from", "silence")
            if getattr(one, name) != getattr(other, name)
        ]
        first, second = (
            ", ".join(f"{name.replace('_', ' ')} {_shown(getattr(row, name))}" for name in names) for row in (one, other)
        )
        return first, second
    return duty(one), duty(other)


def duty(row: ProcedureRow | None) -> str:
    """What a procedure row makes people owe, in a phrase; without one, nothing."""
    if row is None or row.procedure == "exempt":
        return "nothing"
    if row.notice is None:
        return "banned"
    parts = [row.procedure, f"filed {row.notice} before" + (" the announcement" if row.notice_from == "announcement" else "")]
    if row.earliest:
        parts.append(f"not earlier than {row.earliest} before")
    if row.decision:
        parts.append(f"answered within {row.decision}" if row.decision_from == "filing" else f"answered {row.decision} before")
    return ", ".join([*parts, f"silence: {row.silence}"])
