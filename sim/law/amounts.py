"""Amounts with their unit.

Money (``20 MCI``, ``0.25 wages``), times (``5 working days``, ``48 hours``), sizes (``from threshold``, ``below 50``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from sim.texts import refuse

__all__ = ["TIME_UNITS", "Duration", "DurationText", "Money", "MoneyText", "Size", "SizeText"]

type TimeUnit = Literal["working days", "days", "clear days", "hours"]

TIME_UNITS: Final[tuple[TimeUnit, ...]] = ("working days", "days", "clear days", "hours")
"""Units of time in a law. ``days`` are calendar days; ``clear days`` leave out both the day of filing and of the assembly."""

_DURATION: Final = r"(\d+) (working days?|days?|clear days?|hours?)"
_MONEY: Final = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?) ([A-Za-z][A-Za-z ]*)"
_SIZE: Final = r"any|from (?:\d+|threshold)(?: below (?:\d+|threshold))?|below (?:\d+|threshold)"


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time as a law states it, e.g. 5 working days.

    Attributes:
        amount: how many, not negative.
        unit: one of :data:`TIME_UNITS`.
    """

    amount: int
    unit: TimeUnit

    @classmethod
    def parse(cls, text: object) -> Duration:
        """Read ``5 working days``.

        Raises:
            ValueError: if it is not a whole number and a known unit.
        """
        match = re.fullmatch(_DURATION, text) if isinstance(text, str) else None
        if not match:
            allowed = "a whole number and a unit: " + ", ".join(TIME_UNITS) + ' (as "5 working days")'
            number, _, unit = str(text).partition(" ")
            raise refuse(repr(text), allowed, words=TIME_UNITS if number.isdigit() and unit else (), word=unit)
        (unit,) = (one for one in TIME_UNITS if one.removesuffix("s") == match[2].removesuffix("s"))
        return cls(int(match[1]), unit)

    @property
    def least_days(self) -> int:
        """The fewest calendar days this can take."""
        if self.unit == "hours":
            return math.ceil(self.amount / 24)
        return self.amount + (self.unit == "clear days")

    @property
    def usual_days(self) -> float:
        """Calendar days in a week without holidays (5 working days are 7)."""
        if self.unit == "hours":
            return self.amount / 24
        return self.amount * 7 / 5 if self.unit == "working days" else float(self.least_days)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money as a law states it.

    Attributes:
        amount: how much, not negative.
        unit: a currency (``KZT``), the law's own unit of account (``MCI``), or ``wages`` (average monthly wages).
    """

    amount: float
    unit: str

    @classmethod
    def parse(cls, text: object) -> Money:
        """Read ``20 MCI``. The unit is held against the law's own units later, by the regime.

        Raises:
            ValueError: if it is not a number and a word.
        """
        match = re.fullmatch(_MONEY, text) if isinstance(text, str) else None
        if not match:
            raise refuse(repr(text), 'a number from 0 and a unit (as "20 MCI", "500 EUR", "10,000 RUB", "0.25 wages")')
        return cls(float(match[1].replace(",", "")), "wages" if match[2] == "wage" else match[2])

    def __str__(self) -> str:
        return f"{self.amount:,.12g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Size:
    """A range of declared sizes, in persons: ``least <= n < below``.

    Either end may be the word ``threshold``, so that the law's one number stands in one place.
    """

    least: int | Literal["threshold"] = 0
    below: int | Literal["threshold"] | None = None

    @classmethod
    def parse(cls, text: object) -> Size:
        """Read ``any``, ``below 50``, ``from threshold``, ``from 30 below 100``.

        Raises:
            ValueError: if it is none of these, or an empty range.
        """
        if not isinstance(text, str) or not re.fullmatch(_SIZE, text):
            raise refuse(
                repr(text), '"any", "below 50", "from 50", "from 30 below 100"; the word threshold may stand for a number'
            )
        ends = {word: _end(value) for word, value in re.findall(r"(from|below) (\w+)", text)}
        size = cls(ends.get("from", 0), ends.get("below"))
        if isinstance(size.least, int) and isinstance(size.below, int) and size.below <= size.least:
            raise refuse(f"{text!r}, which holds no size at all", "a smaller number before a larger one")
        return size

    def resolve(self, threshold: int | None) -> tuple[int, float]:
        """The range as numbers ``[least, below)``; with no threshold, ``from threshold`` is empty."""
        limit = math.inf if threshold is None else threshold
        least = limit if self.least == "threshold" else self.least
        below = limit if self.below == "threshold" else math.inf if self.below is None else self.below
        return (2**62, 0) if least == math.inf else (int(least), below)

    def __str__(self) -> str:
        parts = [f"from {self.least}" if self.least else "", f"below {self.below}" if self.below is not None else ""]
        return " ".join(filter(None, parts)) or "any"


def _end(word: str) -> int | Literal["threshold"]:
    return "threshold" if word == "threshold" else int(word)


def _as_text(parse: Callable[[object], Any], kind: type, pattern: str, *examples: str) -> GetPydanticSchema:
    """Let pydantic read a kind from its text and write it back as text (also in the JSON schema)."""

    def read(value: object) -> object:
        return value if isinstance(value, kind) else parse(value)

    written = core_schema.str_schema(pattern=f"^(?:{pattern})$", metadata={"pydantic_js_extra": {"examples": list(examples)}})
    schema = core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(str), json_schema_input_schema=written
    )
    return GetPydanticSchema(lambda _kind, _handler: schema)


DurationText = Annotated[Duration, _as_text(Duration.parse, Duration, _DURATION, "5 working days", "48 hours", "10 days")]
MoneyText = Annotated[Money, _as_text(Money.parse, Money, _MONEY, "20 MCI", "500 EUR", "0.25 wages")]
SizeText = Annotated[Size, _as_text(Size.parse, Size, _SIZE, "any", "below threshold", "from threshold", "from 30 below 100")]
