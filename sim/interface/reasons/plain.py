"""Values as plain data, for JSON: a happening or what was seen of it, with the words of the law in the place of its tables."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
from pydantic import BaseModel

from sim.law import Regime
from sim.law.diff import duty
from sim.law.provisions import ProcedureRow
from sim.record import Happening

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """Tuples as lists, named fields by name, numbers without value as null."""
    if isinstance(value, Regime):
        return {"title": value.regime.title, "fingerprint": value.fingerprint}
    if isinstance(value, ProcedureRow):
        return {"owes": duty(value), "source": value.source}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = {"kind": value.kind} if isinstance(value, Happening) else {}
        return kind | {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
