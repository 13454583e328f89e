"""Numbers that are none of a lever's levels: what a page that is served live may be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field

from sim.errors import Problem
from sim.experiment.design.keys import flat
from sim.experiment.exploring.languages import Said
from sim.texts import Text

__all__ = ["AnyText", "written"]

_PLACE: Final = "{value}"
_DECIMALS: Final = 3
_MOST: Final = 1_000_000.0


class AnyText(Text):
    """``[levers.NAME.any]``: which other numbers a lever may be set to, on a page that is served live."""

    least: float = Field(ge=0, le=_MOST, description="The least number.")
    most: float = Field(ge=0, le=_MOST, description="The greatest number.")
    whole: bool = Field(True, description="Whether only whole numbers mean something.")
    label: Said = Field(description='What stands in sentences, with {value} for the number, as "{value} people".')
    one: Said | None = Field(None, description="What stands there for 1, where a language says it otherwise.")
    set: dict[str, Any] = Field(
        min_length=1, description='What a number sets, as --set takes it: "{value}" is the number, "{value} days" a text with it.'
    )

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """There are numbers, and they are said and set."""
        least, most, whole = parts.get("least"), parts.get("most"), parts.get("whole")
        if least is not None and most is not None and least >= most:
            yield Problem("most", f"{most:g}", f"a number above the least one, {least:g}")
        for name, end in (("least", least), ("most", most)):
            if whole and end is not None and not end.is_integer():
                yield Problem(name, repr(end), "a whole number, or whole = false")
        for language, words in parts.get("label", {}).items():
            if words.count(_PLACE) != 1:
                yield Problem(f"label.{language}", repr(words), f"a text with {_PLACE} once, where the number stands")
        settings = parts.get("set", {})
        if settings and not any(isinstance(value, str) and _PLACE in value for value in dict(flat(settings)).values()):
            yield Problem("set", "no key that the number sets", f'a key with "{_PLACE}" among its values')

    def settings(self, number: float) -> dict[str, Any]:
        """What a number sets: values by dotted key."""
        plain = int(number) if float(number).is_integer() else number
        return {
            key: plain if value == _PLACE else value.replace(_PLACE, written(number)) if isinstance(value, str) else value
            for key, value in flat(self.set)
        }

    def number(self, said: object) -> float | Problem:
        """The number that is asked for, or what is wrong with it."""
        kind = "a whole number" if self.whole else f"a number with {_DECIMALS} decimals at most"
        wrong = Problem("", repr(said)[:40], f"{kind} from {written(self.least)} to {written(self.most)}")
        if isinstance(said, bool) or not isinstance(said, str | int | float):
            return wrong
        try:
            number = float(said)
        except (ValueError, OverflowError):
            return wrong
        inside = self.least <= number <= self.most  # not a number is nowhere
        return number if inside and round(number, 0 if self.whole else _DECIMALS) == number else wrong


def written(number: float) -> str:
    """A number as it stands in texts and addresses: ``250``, ``0.5``; never with an exponent."""
    return str(int(number)) if float(number).is_integer() else f"{number:.{_DECIMALS}f}".rstrip("0")
