"""The text of a calibration: at which places, of which parameters, on which patterns, and how."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from sim.errors import Problem, did_you_mean
from sim.experiment.design.text import Range, Seeds
from sim.measurement.patterns import REGIMES, load_targets
from sim.streams import MAX_SEED
from sim.texts import OneOf, Text

__all__ = ["CalibrationText", "HeadText", "ParameterText", "PlaceText"]

_NAMES: Final = r"^[A-Za-z][A-Za-z0-9_]{0,31}$"


class HeadText(Text):
    """``[calibration]``: what is asked, and how the answer is found."""

    title: str = Field(min_length=3, description="What the calibration is called in tables and figures.")
    question: str = Field(min_length=10, description="What it is to find out, as a question.")
    waves: int = Field(3, ge=1, le=20, description="Waves of history matching.")
    points: int = Field(100, ge=8, le=5000, description="Points of each wave; about ten for each parameter are usual.")
    cutoff: float = Field(3.0, gt=0, le=10, description="Implausibility above which a point is ruled out.")
    pilot: int = Field(5, ge=2, le=1000, description="Seeds at the shipped values, by which the noise between seeds is known.")
    particles: int = Field(1000, ge=100, le=100_000, description="Draws from the posterior.")
    check: int = Field(20, ge=2, le=10_000, description="Draws that are run, to check the posterior.")
    sample: int = Field(1, ge=0, le=MAX_SEED, description="Which sample of chance; another number, other points.")


class PlaceText(Text):
    """``[places.NAME]``: a place, its runs, and what it is held against."""

    base: str = Field(min_length=1, description="Its scenario: a name, or a path ending in .toml.")
    seeds: Seeds = Field(description="How many seeds for each point (then 1, 2, 3 ...), or a list of seeds.")
    patterns: tuple[str, ...] = Field(min_length=1, description="The patterns that parameters are calibrated on.")
    tolerance: dict[str, float] = Field({}, description="By pattern: how many times as wide its band is taken to be.")
    regime: Annotated[str, OneOf(tuple(REGIMES))] | None = Field(
        None, description="Under which regime its protest stands; if left out, what the targets say of its town."
    )
    set: dict[str, Any] = Field({}, description="Settings that hold at every point, as --set takes them.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Patterns that exist and have a band, each once; tolerances of these."""
        targets = {target.id: target for target in load_targets().patterns}
        banded = [name for name, target in targets.items() if target.band]
        patterns: tuple[str, ...] = parts.get("patterns", ())
        for place, name in enumerate(patterns):
            if name not in targets:
                yield Problem(f"patterns.{place}", repr(name), ", ".join(banded), did_you_mean(name, banded))
            elif name not in banded:
                yield Problem(f"patterns.{place}", f"{name}, which has no band", ", ".join(banded))
            elif name in patterns[:place]:
                yield Problem(f"patterns.{place}", f"{name} a second time", "each pattern once")
        for name, value in parts.get("tolerance", {}).items():
            if name not in patterns:
                allowed = ", ".join(patterns) or "a pattern that is calibrated on"
                yield Problem(f"tolerance.{name}", f"the unknown key {name!r}", allowed, did_you_mean(name, patterns))
            elif not 0 < value < math.inf:
                yield Problem(f"tolerance.{name}", repr(value), "a number above 0: 1 for the band itself")


class ParameterText(Text):
    """``[parameters.NAME]``: a parameter, and what is believed of it before."""

    key: str = Field(min_length=3, description="The key of the scenario, as behaviour.sigma.")
    place: str | None = Field(None, description="The one place whose value it is; if left out, all places share one value.")
    range: Range | None = Field(None, description="Its least and greatest value; if left out, the documented range.")
    scale: Literal["linear", "log"] = Field("linear", description="Whether the prior is even over differences or over ratios.")
    centre: float | None = Field(None, description="Of a normal prior, cut off at the range: its centre.")
    sd: float | None = Field(None, gt=0, description="Its standard deviation; of the logarithm, if the scale is log.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """A centre with its spread, and within the range."""
        if {"centre", "sd"} <= parts.keys() and (parts["centre"] is None) != (parts["sd"] is None):
            missing = "sd" if parts["sd"] is None else "centre"
            yield Problem(missing, "nothing", "a number: a normal prior has a centre and a standard deviation")
        ends, centre = parts.get("range"), parts.get("centre")
        if ends and centre is not None and not ends[0] <= centre <= ends[1]:
            yield Problem("centre", repr(centre), f"a number in the range, {ends[0]:g} to {ends[1]:g}")
        if ends and parts.get("scale") == "log" and ends[0] <= 0:
            yield Problem("range.0", repr(ends[0]), 'a number above 0, since there is no ratio to 0 (scale = "log")')


class CalibrationText(Text):
    """A calibration's text."""

    calibration: HeadText = Field(description="The question, and how it is answered.")
    places: dict[str, PlaceText] = Field(min_length=1, description="The places that are calibrated together, by name.")
    parameters: dict[str, ParameterText] = Field(min_length=1, description="What is calibrated, by name.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Names that tables can hold, and places that exist."""
        for table in ("places", "parameters"):
            for name in parts.get(table, {}):
                if not re.fullmatch(_NAMES, name) or name in {"draw", "weight"}:
                    allowed = "a name of at most 32 letters, digits and _, a letter first, that is not draw or weight"
                    yield Problem(f"{table}.{name}", f"the name {name!r}", allowed)
        if "places" not in parts:
            return
        for name, said in parts.get("parameters", {}).items():
            if said.place is not None and said.place not in parts["places"]:
                places = list(parts["places"])
                yield Problem(f"parameters.{name}.place", repr(said.place), ", ".join(places), did_you_mean(said.place, places))
