"""What must fit between the parts of an experiment: its design, its factors, its baseline, and what is to be drawn."""

from __future__ import annotations

import datetime
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field

from sim.errors import Problem, did_you_mean
from sim.experiment.design.factors import Factor, same_level
from sim.experiment.design.keys import flat, meet
from sim.experiment.design.making import factor_of
from sim.experiment.design.points import MORRIS_LEVELS, number_of_points
from sim.experiment.design.text import FactorText, Head
from sim.experiment.uncertainty import default_draws
from sim.measurement import INDICATORS
from sim.texts import Text

__all__ = ["COLUMNS", "COMBINED", "MOST_POINTS", "ExperimentText"]

COLUMNS: Final = ("point", "scenario", "seed", "draw", "status", "error")
"""Columns that every table of runs has, besides one for each factor and each indicator."""

COMBINED: Final = frozenset({"grid", "one-at-a-time"})
"""Designs whose points are combinations of levels; those of the others are drawn."""

MOST_POINTS: Final = 10_000
"""Points of one design, at most: the scenario of each is read and checked before anything runs."""

_NAME: Final = r"[A-Za-z][A-Za-z0-9_]{0,31}"


class ExperimentText(Text):
    """An experiment's text."""

    experiment: Head = Field(description="The question, and how it is asked.")
    set: dict[str, Any] = Field({}, description="Settings that hold at every point, as --set takes them.")
    factors: dict[str, FactorText] = Field(min_length=1, description="What is varied, by name.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """What is wrong between the parts of a text; those that are wrong in themselves may be missing."""
        head: Head | None = parts.get("experiment")
        texts: Mapping[str, FactorText] = parts.get("factors", {})
        yield from _names(texts)
        yield from _meetings(texts, parts.get("set", {}))
        if head is None:
            return
        yield from _belongings(head)
        yield from _fit_design(head, texts)
        factors = {name: factor_of(name, text) for name, text in texts.items()}
        yield from _baseline(head, factors)
        yield from _precision(head)
        yield from _discovery(head, factors)
        yield from _drawings(head, factors)
        yield from _draws(head)
        yield from _size(head, factors)


def _names(texts: Mapping[str, FactorText]) -> Iterator[Problem]:
    """Names are columns of tables, in Stata too."""
    for name in texts:
        if not re.fullmatch(_NAME, name):
            hint = re.sub(r"\W+", "_", name)[:32]
            allowed = "a name of at most 32 letters, digits and _, a letter first, since it is a column of tables"
            yield Problem(f"factors.{name}", f"the name {name!r}", allowed, hint if re.fullmatch(_NAME, hint) else None)
        elif name in COLUMNS or name in INDICATORS:
            yield Problem(f"factors.{name}", f"the name {name!r}", "a name that is no other column of the table of runs")


def _meetings(texts: Mapping[str, FactorText], settings: Mapping[str, Any]) -> Iterator[Problem]:
    """One place for each setting."""
    keys = {f"factors.{name}": factor_of(name, text).keys for name, text in texts.items()}
    keys |= {f"set.{key}": (key,) for key, _ in flat(settings)}
    for (one, ones), (other, others) in itertools.combinations(keys.items(), 2):
        for a, b in itertools.product(ones, others):
            if meet(a, b):
                yield Problem(
                    other,
                    f"{b!r}, which {one} sets" if a == b else f"{b!r}, which meets {a!r} of {one}",
                    "each setting in one place",
                )
    for place, own in keys.items():
        if place.startswith("set.") or texts[place.removeprefix("factors.")].key is None:
            continue
        for a, b in itertools.combinations(own, 2):
            if meet(a, b):
                yield Problem(f"{place}.key", f"{a!r} and {b!r}", "keys that do not meet")


def _belongings(head: Head) -> Iterator[Problem]:
    """What belongs to some designs only."""
    design, drawn = head.design, head.design not in COMBINED
    if drawn and head.points is None:
        yield Problem("experiment.points", "nothing", f"how many points {design} is to have")
    if not drawn and head.points is not None:
        yield Problem("experiment.points", str(head.points), f"nothing, since {design} has the points its levels make")
    if design in {"sobol", "sobol-sequence"} and head.points and head.points & (head.points - 1):
        below = 1 << head.points.bit_length() - 1
        yield Problem(
            "experiment.points", str(head.points), f"a power of two (as {below} or {2 * below}), which Sobol' points need"
        )
    if design in {"latin-hypercube", "morris", "sobol"} and head.points == 1:
        yield Problem("experiment.points", "1", "2 or more")
    if design == "one-at-a-time" and not head.teaching:
        allowed = "grid, or morris for many factors; with teaching = true also this one, which is blind to interactions"
        yield Problem("experiment.design", "'one-at-a-time'", allowed)
    if not drawn and "sample" in head.model_fields_set:
        yield Problem("experiment.sample", str(head.sample), f"nothing, since nothing of {design} is drawn")
    if design != "sobol" and "second_order" in head.model_fields_set:
        yield Problem("experiment.second_order", str(head.second_order).lower(), "nothing, since it belongs to the design sobol")
    if drawn and head.baseline is not None:
        yield Problem("experiment.baseline", str(head.baseline), f"nothing, since {design} has no point to compare with")


def _fit_design(head: Head, texts: Mapping[str, FactorText]) -> Iterator[Problem]:
    """Combinations need values, and what is drawn has none of its own."""
    for name, text in texts.items():
        if head.design in COMBINED:
            if text.range and text.steps is None:
                yield Problem(f"factors.{name}.steps", "nothing", f"into how many values {head.design} divides the range")
        elif text.steps is not None:
            yield Problem(f"factors.{name}.steps", str(text.steps), f"nothing, since {head.design} draws from the whole range")
        if head.design == "morris" and text.levels is not None and len(text.levels) > MORRIS_LEVELS:
            allowed = f"at most {MORRIS_LEVELS}, since no more are seen on a Morris grid; or a range"
            yield Problem(f"factors.{name}.levels", f"{len(text.levels)} levels", allowed)


def _baseline(head: Head, factors: Mapping[str, Factor]) -> Iterator[Problem]:
    if head.design not in COMBINED:
        return
    for name, value in (head.baseline or {}).items():
        key = f"experiment.baseline.{name}"
        if name not in factors:
            yield Problem(key, f"the unknown factor {name!r}", ", ".join(factors) or "a factor", did_you_mean(name, factors))
            continue
        level = value.isoformat() if isinstance(value, datetime.date) else value
        levels = factors[name].levels
        if levels and not any(same_level(level, one) for one in levels):
            hint = did_you_mean(value, [one for one in levels if isinstance(one, str)]) if isinstance(value, str) else None
            yield Problem(key, repr(value), ", ".join(map(repr, levels)), hint)


def _precision(head: Head) -> Iterator[Problem]:
    for name, value in head.precision.items():
        key = f"experiment.precision.{name}"
        if name not in INDICATORS:
            yield Problem(key, f"the unknown outcome {name!r}", "an indicator", did_you_mean(name, INDICATORS))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            yield Problem(key, repr(value), "a number above 0, in the outcome's unit")
        elif head.design not in COMBINED:
            yield Problem(key, repr(value), f"nothing, since {head.design} has no baseline to differ from")


def _discovery(head: Head, factors: Mapping[str, Factor]) -> Iterator[Problem]:
    if (wish := head.discover) is None:
        return
    key = "experiment.discover"
    if head.design != "grid" or len(factors) < 2:
        yield Problem(key, f"{head.design} of {len(factors)} factors", "a grid of two factors or more")
    if wish.factor not in factors:
        yield Problem(f"{key}.factor", repr(wish.factor), ", ".join(factors) or "a factor", did_you_mean(wish.factor, factors))
        return
    levels = factors[wish.factor].levels
    for name, value in (("level", wish.level), ("than", wish.than)):
        if levels and not any(same_level(value, one) for one in levels):
            yield Problem(f"{key}.{name}", repr(value), ", ".join(map(repr, levels)))
    if same_level(wish.level, wish.than):
        yield Problem(f"{key}.than", f"{wish.than!r} a second time", "another level")


def _drawings(head: Head, factors: Mapping[str, Factor]) -> Iterator[Problem]:
    needs = {
        "heatmap": (len(factors) < 2, "two factors or more"),
        "effects": (head.design not in COMBINED, "a baseline, which grid and one-at-a-time have"),
        "sensitivity": (head.design not in {"sobol", "morris"}, "the design sobol or morris"),
    }
    for place, kind in enumerate(head.draw):
        lacking, what = needs.get(kind, (False, ""))
        if lacking:
            yield Problem(f"experiment.draw.{place}", repr(kind), f"what this experiment has; {kind} needs {what}")


def _draws(head: Head) -> Iterator[Problem]:
    """Parameters that are drawn: as many seeds for each draw, and draws enough to tell of them."""
    seeds = len(head.seeds)
    if head.uncertainty == "none":
        for name in ("posterior", "draws"):
            if (said := getattr(head, name)) is not None:
                yield Problem(f"experiment.{name}", repr(said), 'nothing, or uncertainty = "posterior"')
    elif seeds < 2:
        yield Problem("experiment.seeds", "one seed", "two or more, since each draw from the posterior has its own")
    elif head.draws is None and seeds > 2 and seeds % 2:
        allowed = "a number of draws by which the seeds can be divided, or an even number of seeds"
        yield Problem("experiment.draws", f"nothing, and {seeds} seeds", allowed)
    elif head.draws is not None and seeds % head.draws:
        divisors = [number for number in range(2, seeds + 1) if seeds % number == 0]
        allowed = f"a number by which {seeds} seeds can be divided: {', '.join(map(str, divisors[:8]))}"
        yield Problem("experiment.draws", str(head.draws), allowed + (" ..." if len(divisors) > 8 else ""))


def _size(head: Head, factors: Mapping[str, Factor]) -> Iterator[Problem]:
    if head.design in COMBINED:
        lengths = [len(factor.levels) for factor in factors.values()]
        points = math.prod(lengths) if head.design == "grid" else 1 + sum(lengths) - len(lengths)
    else:
        points = number_of_points(head.design, len(factors), head.points or 0, second_order=head.second_order)
    if points > MOST_POINTS:
        yield Problem("experiment", f"{points:,} points", f"at most {MOST_POINTS:,}")
    elif head.uncertainty != "none" and points * (draws := head.draws or default_draws(len(head.seeds))) > MOST_POINTS:
        yield Problem("experiment.draws", f"{points:,} points under {draws:,} draws", f"at most {MOST_POINTS:,} scenarios")
