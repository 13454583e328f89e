"""An attribution in words: what will be run, what the provisions change, and what each contributes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

import pandas as pd

from sim.experiment.attributing import Attribution, AttributionPlan, Step
from sim.experiment.sensitivity.attribution import TOTAL
from sim.interface.numbers import Scale
from sim.interface.sentences import warnings
from sim.law.diff import Difference
from sim.measurement import INDICATORS

__all__ = ["called", "changes_in_words", "letters", "minds", "needs", "rows_in", "rows_of", "scale_of", "sentence", "sentence_on"]

type Row = Mapping[str, Any]

_LONGEST: Final = 240
"""Letters of what a group of provisions changes, in short."""


def letters(plan: AttributionPlan) -> dict[str, str]:
    """A letter for each law, by its name."""
    return {law: ascii_uppercase[place] if place < 26 else f"law {place + 1}" for place, law in enumerate(plan.laws)}


def needs(plan: AttributionPlan) -> Iterator[str]:
    """What has to be run, and why: mixtures of laws, groups that move together, sampled orders."""
    for step in plan.steps:
        count, run = len(step.provisions), len(step.mixtures)
        groups = f"{count} group{'s' if count > 1 else ''} of provisions differ{'' if count > 1 else 's'}"
        if step.orders is None:
            yield f"{step.name}: {groups} -> {'both laws' if count == 1 else f'all {run:,} mixtures'}"
        else:
            sampled = f"{len(step.orders)} sampled orders of adoption need {run:,} mixtures"
            yield f"{step.name}: {groups} -> {2**count:,} mixtures: too many; {sampled}"
        for group in step.merged:
            yield f"  {group}: one group, since apart they make no law"
    yield f"{plan.runs:,} runs: {plan.runs // len(plan.seeds):,} laws x {len(plan.seeds)} seeds"


def changes_in_words(differences: Sequence[Difference]) -> str:
    """What a group of provisions changes, as ``protestlaw diff`` tells it; of much, the first and how many more there are."""
    items = [str(one) for one in differences if not one.follows]
    told = items[:1]
    for item in items[1:]:
        if len("; ".join([*told, item])) > _LONGEST:
            break
        told.append(item)
    more = len(items) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def called(outcome: str) -> str:
    """An outcome with its unit, unless that is a share."""
    one = INDICATORS[outcome]
    return one.label if one.unit.startswith("share") else f"{one.label}, {one.unit}"


def rows_of(done: Attribution, step: Step, outcome: str) -> tuple[list[Row], Row]:
    """The provisions of a step, the largest contribution to an outcome first, and the total."""
    return rows_in(done.table, step.name, outcome)


def rows_in(table: pd.DataFrame, step: str, outcome: str) -> tuple[list[Row], Row]:
    """The same of a table and the name of a step in it."""
    rows: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()}
        for row in table[(table["step"] == step) & (table["outcome"] == outcome)].to_dict("records")
    ]
    parts = [row for row in rows if row["provision"] != TOTAL]
    (total,) = (row for row in rows if row["provision"] == TOTAL)
    return sorted(parts, key=lambda row: 0.0 if math.isnan(row["shapley"]) else -abs(row["shapley"])), total


def scale_of(outcome: str, parts: Sequence[Row], total: Row) -> Scale:
    """How the contributions to an outcome are written."""
    return Scale.of(INDICATORS[outcome].unit, *(row["shapley"] for row in (*parts, total)))


def sentence(done: Attribution, step: Step, outcome: str) -> str:
    """How much an outcome changes in a step, and which provisions that is due to, as far as their intervals leave out 0."""
    by = letters(done.plan)
    return sentence_on(*rows_of(done, step, outcome), outcome, f"from {by[step.a]} to {by[step.b]}")


def sentence_on(parts: Sequence[Row], total: Row, outcome: str, way: str) -> str:
    """The same of the rows of a step, with the words for its way (``from A to B``)."""
    scale, label = scale_of(outcome, parts, total), INDICATORS[outcome].label
    if not total["seeds"]:
        return f"{label}: no seed has a value under every mixture {way}."
    if all(row["shapley"] == 0 for row in (*parts, total)):
        return f"{label}: nothing changes {way}."
    amount = _amount(total, scale)
    if math.isnan(total["low"]):
        return f"{label}: {amount} {way} with one seed, which tells nothing of chance."
    if len(parts) == 1:
        due = f", all of it due to {parts[0]['provision']}, in which alone the laws differ"
        return f"{label}: {amount} {way}{due}." if total["clear"] else f"{label}: no clear change {way} ({amount})."
    clear = [row for row in parts if row["clear"]]
    if not clear:
        none = "no provision's part is clear of 0"
        return f"{label}: {amount} {way}; {none}." if total["clear"] else f"{label}: no clear change {way} ({amount}); {none}."
    due = _listed([f"{_amount(row, scale)}{' is due' * (row is clear[0])} to {row['provision']}" for row in clear])
    others = [row["shapley"] for row in parts if not row["clear"]]
    unclear = f"{scale.difference(sum(others))}{scale.of_difference}"
    rest = f"; of the others none is clear of 0 (together {unclear})" if len(others) > 1 else ""
    rest = rest or (f"; the part of the other is not clear of 0 ({unclear})" if others else "")
    start = f"of the {amount} {way}, " if total["clear"] else f"no clear change {way} ({amount}), yet "
    return f"{label}: {start}{due}{rest}."


def minds(plan: AttributionPlan) -> list[str]:
    """What nobody may overlook of the laws, and of what was run between them."""
    told = warnings(*((letter, plan.under(law)) for law, letter in letters(plan).items()))
    if any(len(step.mixtures) > 2 for step in plan.steps):
        told.append(
            "Mixtures of laws were never in force anywhere, nor proposed: they are run to divide the whole among its parts."
        )
    return told


def _amount(row: Row, scale: Scale) -> str:
    number = f"{scale.difference(row['shapley'])}{scale.of_difference}"
    return f"{number} {scale.interval(row['whole_low'], row['whole_high'])}".rstrip()


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
