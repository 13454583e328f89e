"""The text of an experiment: its question, its base, its factors, and how points are chosen.

What is wrong between its parts is said in :mod:`sim.experiment.design.fitting`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainValidator

from sim.errors import Problem
from sim.experiment.design.factors import Level, same_level
from sim.measurement import INDICATORS
from sim.streams import MAX_SEED
from sim.texts import OneOf, Refused, Text, WordList, refuse

__all__ = ["DESIGNS", "DRAWINGS", "UNCERTAINTIES", "Discovery", "FactorText", "Head"]

DESIGNS: Final = ("grid", "one-at-a-time", "latin-hypercube", "sobol-sequence", "sobol", "morris")
"""How points may be chosen (:mod:`sim.experiment.design.points`)."""

DRAWINGS: Final = ("curve", "heatmap", "effects", "sensitivity")
"""What may be drawn of an experiment."""

UNCERTAINTIES: Final = ("none", "posterior")
"""Where parameters may be drawn from."""

_MOST_SEEDS: Final = 100_000


def _seeds(value: object) -> tuple[int, ...]:
    """Seeds as a list, or how many: then 1, 2, 3 ..."""
    allowed = f"how many (1 to {_MOST_SEEDS}), or a list of whole numbers from 0 to 2**53 - 1, each once"
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_SEEDS:
        return tuple(range(1, value + 1))
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= _MOST_SEEDS:
        raise refuse(repr(value), allowed)
    for place, seed in enumerate(value):
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
            raise refuse(repr(seed), "a whole number from 0 to 2**53 - 1", key=str(place))
        if seed in value[:place]:
            raise refuse(f"{seed} a second time", "each seed once, for two runs with one seed are the same run", key=str(place))
    return tuple(value)


def _level(value: object) -> Level:
    """A level as it stands in tables."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and not (math.isfinite(value) and abs(value) <= MAX_SEED):
        raise refuse(repr(value), "a number that tables hold exactly, up to 2**53 - 1")
    if isinstance(value, str | int | float):
        return value
    raise refuse(repr(value), "a number, a text, or true or false; or named levels: { NAME = { KEY = VALUE } }")


def _levels(value: object) -> tuple[Level, ...] | dict[str, dict[str, Any]]:
    """A list of levels, or tables of settings by name."""
    if isinstance(value, Mapping):
        wrong = [name for name, settings in value.items() if not isinstance(settings, Mapping)]
        if wrong:
            raise Refused(
                Problem(name, repr(value[name]), "a table of settings (KEY = VALUE); {} for those of the base") for name in wrong
            )
        found: Iterable[Any] = value
    elif isinstance(value, list | tuple):
        found = list(_each(value))
        for place, level in enumerate(found):
            if any(same_level(level, other) for other in found[:place]):
                raise refuse(f"{level!r} a second time", "each level once", key=str(place))
    else:
        raise refuse(repr(value), "a list of levels, or a table of named levels: { NAME = { KEY = VALUE } }")
    if len(value) < 2:
        raise refuse("no level" if not value else "one level only", "two levels or more; what does not vary belongs under [set]")
    return dict(value) if isinstance(value, Mapping) else tuple(found)


def _each(value: Iterable[object]) -> Iterator[Level]:
    problems = []
    for place, one in enumerate(value):
        try:
            yield _level(one)
        except Refused as refused:
            problems += [Problem(str(place), problem.found, problem.allowed) for problem in refused.problems]
    if problems:
        raise Refused(problems)


def _range(value: object) -> tuple[float, float]:
    """The least and the greatest value."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refuse(repr(value), "the least and the greatest value: [0, 200]")
    for place, end in enumerate(value):
        if isinstance(end, bool) or not isinstance(end, int | float) or not math.isfinite(end) or abs(end) > MAX_SEED:
            raise refuse(repr(end), "a number", key=str(place))
    if value[0] >= value[1]:
        raise refuse(repr(list(value)), "a smaller number before a larger one")
    return value[0], value[1]


def _keys(value: object) -> tuple[str, ...]:
    """One key, or several that get the same value."""
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not found or not all(isinstance(one, str) and all(one.split(".")) for one in found):
        raise refuse(repr(value), "a key of scenario or law with dots (as law.threshold), or a list of keys")
    return tuple(found)


type Seeds = Annotated[
    tuple[int, ...],
    PlainValidator(
        _seeds,
        json_schema_input_type=Annotated[int, Field(ge=1, le=_MOST_SEEDS)]
        | Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1)],
    ),
]
type Levels = Annotated[
    tuple[Level, ...] | dict[str, dict[str, Any]],
    PlainValidator(
        _levels,
        json_schema_input_type=Annotated[list[str | float | bool], Field(min_length=2)] | dict[str, dict[str, Any]],
    ),
]
type Range = Annotated[
    tuple[float, float],
    PlainValidator(_range, json_schema_input_type=Annotated[list[float], Field(min_length=2, max_length=2)]),
]
type Keys = Annotated[tuple[str, ...], PlainValidator(_keys, json_schema_input_type=str | list[str])]


class Discovery(Text):
    """``discover``: where does one level of a factor do better than another, all else equal?"""

    factor: str = Field(min_length=1, description="The factor, as the law.")
    level: Any = Field(description="The level that may do better.")
    than: Any = Field(description="The level it is held against.")
    outcome: Annotated[str, OneOf(tuple(INDICATORS))] = Field(description="In which indicator.")
    more_is_better: bool = Field(True, description="Whether more of it is better.")


class Head(Text):
    """``[experiment]``: the question, and how it is asked."""

    title: str = Field(min_length=3, description="What the experiment is called in tables and figures.")
    question: str = Field(min_length=10, description="What it is to find out, as a question.")
    base: str = Field(min_length=1, description="The scenario that is varied: its name, or a path ending in .toml.")
    design: Annotated[str, OneOf(DESIGNS)] = Field(description="How the points are chosen.")
    points: int | None = Field(
        None,
        ge=1,
        description="How many; of sobol in its base sample, a power of two; of morris how many trajectories.",
    )
    seeds: Seeds = Field(description="How many seeds for each point (then 1, 2, 3 ...), or a list of seeds.")
    outcomes: Annotated[tuple[str, ...], WordList(tuple(INDICATORS), least=1)] = Field(
        description="The indicators that are looked at; all are kept."
    )
    baseline: dict[str, Any] | None = Field(
        None,
        description="The point to which effects are differences, as FACTOR = LEVEL; of a factor left out its first level.",
    )
    precision: dict[str, Any] = Field(
        {}, description="By outcome, the difference that is to be told from none: a sweep warns if its seeds are too few for it."
    )
    discover: Discovery | None = Field(None, description="Where in the space of the other factors one level does better.")
    second_order: bool = Field(True, description="Of sobol: whether interactions of two factors are wanted, at twice the points.")
    sample: int = Field(
        1, ge=0, le=MAX_SEED, description="Which sample is drawn, if points are drawn; another number, another sample."
    )
    teaching: bool = Field(False, description="Whether it is for teaching, which one-at-a-time must be.")
    draw: Annotated[tuple[str, ...], WordList(DRAWINGS)] = Field(
        (), description="What to draw; if nothing is said, what fits the design."
    )
    uncertainty: Annotated[str, OneOf(UNCERTAINTIES)] = Field(
        "none", description="Whether parameters are drawn from a posterior, so that intervals hold not knowing them."
    )
    posterior: str | None = Field(
        None, min_length=1, description="The folder of a calibration whose posterior it is; if left out, the one that is shipped."
    )
    draws: int | None = Field(
        None, ge=2, description="How many draws share the seeds, each as many; if left out, half as many draws as seeds."
    )


class FactorText(Text):
    """``[factors.NAME]``: what is varied."""

    key: Keys | None = Field(
        None,
        description="The key of scenario or law, as for --set, or several for one value; if left out, the factor's name.",
    )
    levels: Levels | None = Field(None, description="Its values in order; or named ones, each a table of settings.")
    range: Range | None = Field(None, description="Its least and greatest value.")
    steps: int | None = Field(None, ge=2, le=1000, description="Of a range in a grid or one-at-a-time: into how many values.")
    scale: Literal["linear", "log"] = Field("linear", description="Whether equal parts of the range are differences or ratios.")
    whole: bool = Field(False, description="Whether values from the range are whole numbers.")
    written: str = Field(
        "{}", pattern=r"^[^{}]*\{\}[^{}]*$", description='How a number is written into the text: "{} MCI" for an amount of money.'
    )
    label: str | None = Field(None, min_length=1, description="What it is called in figures.")
    unit: str | None = Field(None, description="The unit of its values; if left out, that of the key, if it says one.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Levels or a range, and what belongs to either."""
        levels, range_ = parts.get("levels"), parts.get("range")
        if {"levels", "range"} <= parts.keys() and (levels is None) == (range_ is None):
            yield Problem(
                "levels", "nothing, and no range" if levels is None else "levels and a range", "either levels or a range"
            )
        if isinstance(levels, dict):
            for name in ("key", "written"):
                if parts.get(name) not in {None, "{}"}:
                    said = parts[name] if name == "written" else ", ".join(parts[name])
                    yield Problem(name, repr(said), "nothing, since named levels say what they set")
        if "range" in parts and range_ is None:
            for name, nothing in (("steps", None), ("scale", "linear"), ("whole", False)):
                if parts.get(name, nothing) != nothing:
                    yield Problem(name, str(parts[name]).lower(), "nothing, since it belongs to a range")
        if range_ and parts.get("whole") and not all(isinstance(end, int) for end in range_):
            yield Problem("range", repr(list(range_)), "whole numbers, since whole = true")
        if range_ and parts.get("scale") == "log" and range_[0] <= 0:
            yield Problem("range.0", repr(range_[0]), 'a number above 0, since there is no ratio to 0 (scale = "log")')
