"""Which procedure row speaks of which gathering: every form, organiser, place and size meets exactly one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sim.errors import Problem
from sim.law.provisions import ProcedureRow
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS

__all__ = ["CELLS", "Cell", "Coverage", "Stretch", "coverage", "described", "row_problems", "sizes_in_words"]

type Cell = tuple[str, str, str]
"""A form of assembly, the organiser's legal form, a kind of place."""

CELLS: Final[tuple[Cell, ...]] = tuple(itertools.product(FORMS, LEGAL_FORMS, SITE_KINDS))


class Stretch(NamedTuple):
    """The sizes ``least <= n < below`` that a row speaks of, in one cell."""

    least: int
    below: float
    row: int


type Coverage = Mapping[Cell, tuple[Stretch, ...]]


def coverage(rows: Sequence[ProcedureRow], threshold: int | None) -> dict[Cell, tuple[Stretch, ...]]:
    """For every cell, the stretches of sizes its rows speak of, rising."""
    ranges = [row.size.resolve(threshold) for row in rows]
    found: dict[Cell, tuple[Stretch, ...]] = {}
    for form in FORMS:
        speaking = [number for number, row in enumerate(rows) if row.forms == "any" or form in row.forms]
        organisers = {number: _meant(number, speaking, rows, "organisers", LEGAL_FORMS) for number in speaking}
        places = {number: _meant(number, speaking, rows, "places", SITE_KINDS) for number in speaking}
        for organiser, place in itertools.product(LEGAL_FORMS, SITE_KINDS):
            stretches = [
                Stretch(*ranges[number], number)
                for number in speaking
                if organiser in organisers[number] and place in places[number] and ranges[number][0] < ranges[number][1]
            ]
            found[form, organiser, place] = tuple(sorted(stretches))
    return found


def _meant(
    number: int, speaking: Iterable[int], rows: Sequence[ProcedureRow], column: str, words: Sequence[str]
) -> frozenset[str]:
    """The words a row means by what it says in a column."""
    said: str | tuple[str, ...] = getattr(rows[number], column)
    if said == "any":
        return frozenset(words)
    if said == "elsewhere":
        others: list[str | tuple[str, ...]] = [getattr(rows[other], column) for other in speaking]
        return frozenset(words).difference(*(other for other in others if not isinstance(other, str)))
    return frozenset(said)


def row_problems(rows: Sequence[ProcedureRow], threshold: int | None) -> Iterator[Problem]:
    """Gaps and overlaps, each told once with all the gatherings it concerns."""
    concerned: dict[tuple[int, float, tuple[int, ...]], list[Cell]] = {}
    for cell, stretches in coverage(rows, threshold).items():
        for fault in _faults(stretches):
            concerned.setdefault(fault, []).append(cell)
    for (least, below, numbers), cells in concerned.items():
        where = f"{described(cells)} of {sizes_in_words(least, below)}"
        if not numbers:
            yield Problem("procedures", f"a gap: no row for {where}", "a row for every form, organiser, place and size")
            continue
        one, other = (rows[number] for number in numbers)
        sort = "agree with each other but overlap" if one.procedure == other.procedure else "contradict each other"
        owed = f"{one.procedure!r} and {other.procedure!r}"
        found = f"rows {numbers[0]} and {numbers[1]}, which {sort}: both speak of {where} ({owed})"
        yield Problem(f"procedures.{numbers[1]}", found, "rows that do not overlap")


def _faults(stretches: Sequence[Stretch]) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """Gaps as ``(least, below, ())``, overlaps as ``(least, below, two rows)``."""
    end: float = 0
    for stretch in stretches:
        if stretch.least > end:
            yield int(end), stretch.least, ()
        end = max(end, stretch.below)
    if end != math.inf:
        yield int(end), math.inf, ()
    for one, other in itertools.combinations(stretches, 2):
        if other.least < one.below:
            yield other.least, min(one.below, other.below), (min(one.row, other.row), max(one.row, other.row))


def described(cells: Iterable[Cell]) -> str:
    """Cells in words: the forms, and the organisers and places if not all are meant."""
    cells = tuple(cells)
    forms, organisers, places = ({cell[axis] for cell in cells} for axis in range(3))
    *head, last = (form.replace("_", " ") for form in FORMS if form in forms)
    said = f"a {', '.join(head)} or {last}" if head else f"a {last}"
    said = "an assembly" if len(forms) == len(FORMS) else said
    if len(organisers) < len(LEGAL_FORMS):
        said += f" (organiser: {', '.join(word for word in LEGAL_FORMS if word in organisers)})"
    if len(places) < len(SITE_KINDS):
        said += f" (place: {', '.join(word for word in SITE_KINDS if word in places)})"
    return said


def sizes_in_words(least: int, below: float) -> str:
    """A range of sizes in words: ``50 to 249 people``, ``250 people or more``."""
    if below == math.inf:
        return f"{least:,} people or more" if least > 1 else "any size"
    last = int(below) - 1
    if last <= 1:
        return "one person"
    return f"{last:,} people" if last == least else f"{least:,} to {last:,} people" if least > 1 else f"up to {last:,} people"
