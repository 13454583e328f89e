"""What an answer rests on, in words: what will be run, the difference and its sign, and the assumptions it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

import pandas as pd

from sim.experiment.resting import RestingPlan
from sim.experiment.resting.resting import MAIN, NOISE
from sim.interface.numbers import Scale
from sim.interface.sentences import warnings
from sim.measurement import INDICATORS

__all__ = [
    "Row",
    "Tables",
    "budget_in_words",
    "called",
    "listed",
    "minds",
    "needs",
    "region_in_words",
    "rows_of",
    "scale_of",
    "sentence",
]

type Row = Mapping[str, Any]


class Tables(Protocol):
    """What was found, be it just now or read from a folder."""

    @property
    def assumptions(self) -> pd.DataFrame:
        """Shares of each assumption."""

    @property
    def budget(self) -> pd.DataFrame:
        """What the variance of a pair is made of."""

    @property
    def signs(self) -> pd.DataFrame:
        """The difference and its sign."""

    @property
    def regions(self) -> pd.DataFrame:
        """Where the sign flips."""


_MOSTLY: Final = 0.5
"""Share of a region's points from which the sign flips there mostly."""

_MOST_TOLD: Final = 5
"""Assumptions that a sentence names."""


def needs(plan: RestingPlan) -> Iterator[str]:
    """What has to be run, and what is varied and what is not."""
    jointly = sum(one.drawn == "posterior" for one in plan.assumptions)
    from_it = f"{jointly} of them jointly, from the posterior" if jointly else "none of them from a posterior"
    yield f"{len(plan.assumptions)} assumptions are varied, {from_it}; {len(plan.held)} numbers are held fixed"
    differ = [one.name for one in plan.held if one.why.startswith("A and B differ")]
    if differ:
        yield f"  held, since A and B differ in them: {', '.join(differ)}"
    yield f"{plan.runs:,} runs: {len(plan.pairs):,} points x {plan.seeds} seeds x A and B"


def called(outcome: str) -> str:
    """An outcome with its unit, unless that is a share."""
    one = INDICATORS[outcome]
    return one.label if one.unit.startswith("share") else f"{one.label}, {one.unit}"


def rows_of(done: Tables, table: str, outcome: str) -> list[Row]:
    """The rows of a table (``assumptions``, ``budget``, ``signs`` or ``regions``) that are of an outcome, in order."""
    found = getattr(done, table)
    return [{str(key): value for key, value in row.items()} for row in found[found["outcome"] == outcome].to_dict("records")]


def scale_of(done: Tables, outcome: str) -> Scale:
    """How differences of an outcome are written."""
    (sign,) = rows_of(done, "signs", outcome)
    shown = [row[name] for row in rows_of(done, "assumptions", outcome)[:_MOST_TOLD] for name in ("at_low", "at_high")]
    return Scale.of(INDICATORS[outcome].unit, sign["mean"], *shown)


def sentence(done: Tables, outcome: str) -> str:
    """The difference, how sure its sign is over all that was varied, the assumptions it rests on most, and where it flips."""
    (sign,) = rows_of(done, "signs", outcome)
    label = INDICATORS[outcome].label
    if not sign["noise_sd"] and not sign["expected_sd"]:
        always = scale_of(done, outcome).difference(sign["mean"]) if sign["mean"] else "nothing changes"
        return f"{label}: {always} from A to B at every point, whatever is assumed."
    first = f"{label}: {_amount(done, outcome, sign)}; {_sure(sign)}"
    return f"{first}. {_rests(done, outcome, sign)}. {region_in_words(done, outcome)}."


def _amount(done: Tables, outcome: str, sign: Row) -> str:
    scale = scale_of(done, outcome)
    number = f"{scale.difference(sign['mean'])}{scale.of_difference} {scale.interval(sign['low'], sign['high'])} from A to B"
    clear = sign["low"] > 0 or sign["high"] < 0
    return f"{number} on average" if clear else f"no clear change from A to B on average ({number.removesuffix(' from A to B')})"


def _sure(sign: Row) -> str:
    """Over how much of what was varied the sign is that of the mean."""
    above = sign["mean"] >= 0
    share, ends = sign["above"], (sign["above_low"], sign["above_high"])
    if not above:
        share, ends = 1 - share, (1 - ends[1], 1 - ends[0])
    where = "above" if above else "below"
    interval = f"{_percent(ends[0])} to {_percent(ends[1])}"
    raw = f"of the points as run {_percent(sign['raw_above'])} % lie above 0 and {_percent(sign['raw_below'])} % below"
    return f"over all that was varied it is {where} 0 in {_percent(share)} % of cases [{interval} %]; {raw}"


def _rests(done: Tables, outcome: str, sign: Row) -> str:
    named = [row for row in rows_of(done, "assumptions", outcome) if row["named"]]
    if not named:
        if not sign["expected_sd"]:
            return "Points differ no more than seeds make them, so no assumption can be named"
        return "No assumption by itself makes more of it than chance could"
    scale = scale_of(done, outcome)
    told = []
    for row in named[:_MOST_TOLD]:
        low, high = (f"{scale.difference(row[name])}{scale.of_difference}" for name in ("at_low", "at_high"))
        told.append(f"{row['assumption']} ({low} at {row['low_end']:.3g}, {high} at {row['high_end']:.3g})")
    more = len(named) - len(told)
    return f"It rests most on {listed(told)}" + (f"; and {more} more" if more else "")


def region_in_words(done: Tables, outcome: str) -> str:
    """Where the sign flips."""
    (sign,) = rows_of(done, "signs", outcome)
    flips = sign["raw_below"] if sign["mean"] > 0 else sign["raw_above"]
    if not flips:
        return "At no point does the sign flip"
    found = [row for row in rows_of(done, "regions", outcome) if row["found"]]
    if not found:
        return f"The sign flips at {_percent(flips)} % of points, but no region of the assumptions was found where it does"
    limits = listed([_limit(row) for row in found])
    there = f"at {_percent(found[0]['density'])} % of the {found[0]['points']} points there, {_percent(flips)} % of all"
    often = "mostly" if found[0]["density"] > _MOSTLY else "more often"
    return f"The sign flips {often} where {limits} ({there})"


def _limit(row: Row) -> str:
    least, most = (f"{row[end]:.3g}" for end in ("least", "most"))
    if math.isnan(row["most"]):
        return f"{row['assumption']} is {least} or more"
    return f"{row['assumption']} is {most} or less" if math.isnan(row["least"]) else f"{row['assumption']} is {least} to {most}"


def budget_in_words(done: Tables, outcome: str) -> str:
    """What the variance of one pair of runs is made of."""
    by_part = {row["part"]: row for row in rows_of(done, "budget", outcome)}
    noise, main = by_part[NOISE], by_part[MAIN]
    if math.isnan(noise["share"]):
        return "Nothing varies"
    told = f"Of the variance of one pair of runs {_percent(noise['share'])} % is noise between seeds"
    if math.isnan(main["share"]):
        return f"{told}; too few points to tell single assumptions from all together"
    ends = "" if math.isnan(main["low"]) else f" [{_percent(main['low'])} to {_percent(main['high'])}]"
    rest = 1 - noise["share"] - main["share"]
    by_itself = f"{_percent(main['share'])} %{ends} is assumptions each by itself"
    return f"{told}, {by_itself}, and {_percent(rest)} % assumptions together or what the curves miss"


def minds(plan: RestingPlan) -> list[str]:
    """What nobody may overlook: of the laws, and of what was varied."""
    return [
        *warnings(("A", plan.a), ("B", plan.b)),
        "How far assumptions are varied is itself a choice (--spread), and no statement about how likely a value is.",
    ]


def _percent(share: float) -> str:
    """A share in per cent; 100 and 0 only if it is."""
    if 0 < share < 0.005:
        return "under 1"
    return "over 99" if 0.995 <= share < 1 else f"{100 * share:.0f}"


def listed(items: Sequence[str]) -> str:
    """Items with commas between them, and an "and" before the last."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
