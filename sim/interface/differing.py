"""What two laws or two scenarios hold differently, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.interface.provisions import provisions, several
from sim.interface.reading import is_scenario
from sim.law import Regime, load_law
from sim.texts import flattened

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = ["differences", "leaves"]

_TOLD_APART: Final = frozenset({"name", "law", "reforms"})
_SAY_NOTHING: Final = frozenset({"description", "note", "notes", "source", "sources", "title"})


def differences(a: str, b: str) -> Iterator[str]:
    """The differences of two laws, or of two scenarios, in lines; ``-`` stands before what A says and ``+`` before what B says.

    Raises:
        InputError: if one is a law and the other a scenario.
    """
    sorts = [is_scenario(name) for name in (a, b)]
    if sorts[0] != sorts[1]:
        words = ["a scenario" if sort else "a law" for sort in sorts]
        raise InputError("diff", [Problem("", f"{words[0]} and {words[1]}", "two laws or two scenarios")])
    if sorts[0]:
        from sim.scenario import load_scenario

        yield from _of_scenarios(load_scenario(a), load_scenario(b))
    else:
        yield from _of_laws(load_law(a), load_law(b))


def _of_laws(a: Regime, b: Regime) -> Iterator[str]:
    found = provisions(a, b)
    yield f"--- A: {_called(a)}"
    yield f"+++ B: {_called(b)}"
    yield f"{len(found)} difference{'s' if len(found) != 1 else ''}" + (
        "" if found else ": they say the same, however they are written"
    )
    for one in found:
        yield ""
        yield one.key + (" (follows from the threshold)" if one.follows else "")
        if one.meaning and not one.meaning.startswith("What a"):
            yield f"  {one.meaning}"
        yield f"  - {one.before}{_source(one.source_before)}"
        yield f"  + {one.after}{_source(one.source_after)}"


def _source(source: str) -> str:
    return f"  [{source}]" if source else ""


def _called(law: Regime) -> str:
    head = law.regime
    status = {"bill": " (A BILL, never in force)", "benchmark": " (a benchmark, not a law)", "none": "", "act": ""}[head.status]
    return head.title + ("" if "never in force" in head.title else status) + "".join(f"; changed: {edit}" for edit in head.edits)


def _of_scenarios(a: Scenario, b: Scenario) -> Iterator[str]:
    """First all that is not law, then the laws."""
    for key, before, after in leaves(a, b):
        yield from (key, f"  - {before}", f"  + {after}", "")
    yield from _of_laws(a.law, b.law)


def leaves(a: Scenario, b: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """What two scenarios hold differently beside the law of the first day; descriptions and sources do not count.

    Yields:
        the dotted key, what A holds there, and what B holds.
    """
    plain = [dict(flattened(scenario.model_dump(mode="json", exclude=set(_TOLD_APART)), _SAY_NOTHING)) for scenario in (a, b)]
    for key in dict.fromkeys([*plain[0], *plain[1]]):
        before, after = (table.get(key, "nothing") for table in plain)
        if before != after:
            yield key, before, after
    for number in range(max(len(a.reforms), len(b.reforms))):
        if _reform(a, number) == _reform(b, number):
            continue
        before, after = (_reform_in_words(scenario, number) for scenario in (a, b))
        if before == after:  # they change the same, in laws that differ before and after
            before, after = (f"{said}; in another law" for said in (before, after))
        yield f"reforms.{number}", before, after


def _reform(scenario: Scenario, number: int) -> tuple[object, ...]:
    """What tells a reform from others; nothing if there is none of that number."""
    return tuple((one.date, one.title, one.law.fingerprint) for one in scenario.reforms[number : number + 1])


def _reform_in_words(scenario: Scenario, number: int) -> str:
    """A reform and, briefly, what it changes in the law before it: ``2019-07-01: The bill: threshold: none -> 250 persons``."""
    if number >= len(scenario.reforms):
        return "nothing"
    reform, before = scenario.reforms[number], (scenario.law, *(one.law for one in scenario.reforms))[number]
    changes = several(one for one in provisions(before, reform.law) if not one.follows)
    return f"{reform.date}: {reform.title} ({changes or 'it changes nothing in the law before it'})"
