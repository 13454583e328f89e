"""What ``attribute`` wrote, as parts of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from sim.interface.reporting.assumptions import assumed
from sim.interface.reporting.grids import of_table
from sim.interface.reporting.laws import chapters, differences
from sim.interface.reporting.of_runs import events_in
from sim.interface.reporting.parts import Answer, Cell, Found, Grid, Laws, Line, Side
from sim.interface.sentences import law_in_words

if TYPE_CHECKING:
    import pandas as pd

    from sim.interface.figuring.opening import Results

__all__ = ["MOST_TOLD", "of_attribution"]

MOST_TOLD: Final = 5
"""Sentences of an answer; more of them stand further down."""

type Step = Mapping[str, Any]


def of_attribution(results: Results) -> Found:
    """An attribution: which provisions the difference of laws is due to.

    Raises:
        InputError: if a table is not here, or a scenario means something else in this version.
    """
    from sim.interface.attribution.answer import footer
    from sim.interface.attribution.telling import sentence_on

    said, table = results.manifest["experiment"], results.table("attribution")
    scenarios = [results.scenario(name) for name in results.names]
    steps, outcomes, base = said["steps"], said["outcomes"], scenarios[0]
    names = list(dict.fromkeys(law for step in steps for law in (step["a"]["name"], step["b"]["name"])))
    letters = {name: ascii_uppercase[place] if place < 26 else f"law {place + 1}" for place, name in enumerate(names)}
    first = max(1, MOST_TOLD // len(steps))
    told = {
        outcome: [sentence_on(*_rows(table, step, outcome), outcome, f"from {_way(step, letters)}") for step in steps]
        for outcome in outcomes
    }
    sampled = any(bool(step["sampled_orders"]) for step in steps)
    foot = tuple(footer(table, base, results.seeds, int(said["runs"]), sampled=sampled))
    by_letter = dict(zip(letters.values(), scenarios, strict=True))
    question = (
        f"{base.scenario.title}: which provisions is the difference between the laws due to, "
        "under the same officials and with every toss of a coin the same?"
    )
    return Found(
        (base,),
        f"Which provisions make the difference: {', '.join(names)}",
        (question,),
        tuple(
            Side(letter, name, f"{law_in_words(one.law)}.")
            for (name, letter), one in zip(letters.items(), scenarios, strict=True)
        ),
        Answer(
            tuple(sentence for outcome in outcomes[:first] for sentence in told[outcome])[:MOST_TOLD],
            tuple(sentence for outcome in outcomes[first:] for sentence in told[outcome]),
            tuple(results.manifest.get("warnings", ())),
            foot[:2],
        ),
        tuple(_numbers(table, step, outcome, letters) for step in steps for outcome in outcomes),
        foot[1:],
        Laws(
            chapters(by_letter),
            tuple(_changes(results.table("provisions"), step, letters) for step in steps),
            said=events_in({"": base}),
        ),
        assumed((base,)),
    )


def _way(step: Step, letters: Mapping[str, str]) -> str:
    return f"{letters[step['a']['name']]} to {letters[step['b']['name']]}"


def _rows(table: pd.DataFrame, step: Step, outcome: str) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
    from sim.interface.attribution.telling import rows_in

    return rows_in(table, step["name"], outcome)


def _numbers(table: pd.DataFrame, step: Step, outcome: str, letters: Mapping[str, str]) -> Grid:
    from sim.interface.attribution.answer import numbers
    from sim.interface.attribution.telling import called

    return of_table(numbers(*_rows(table, step, outcome), outcome), f"{called(outcome)}, {_way(step, letters)}")


def _changes(provisions: pd.DataFrame, step: Step, letters: Mapping[str, str]) -> Grid:
    """What each group of provisions changes, with sources."""
    own = provisions[provisions["step"] == step["name"]]
    heads = letters[step["a"]["name"]], letters[step["b"]["name"]]
    whole = differences(own.to_dict("records"), f"{_way(step, letters)}: what each group of provisions changes", heads)
    return replace(whole, lines=tuple(_grouped(own["provision"].tolist(), whole.lines)))


def _grouped(groups: list[str], lines: tuple[Line, ...]) -> Iterator[Line]:
    before = None
    for group, line in zip(groups, lines, strict=True):
        if group != before:
            yield Line((Cell(group),), "group")
        yield line
        before = group
