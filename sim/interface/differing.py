"""What two laws or two scenarios hold differently, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.interface.reading import is_scenario
from sim.law import Regime, load_law
from sim.law.diff import diff
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
    found = diff(a, b)
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
        before, after = (_reform(scenario, number) for scenario in (a, b))
        if before != after:
            yield f"reforms.{number}", before, after


def _reform(scenario: Scenario, number: int) -> str:
    if number >= len(scenario.reforms):
        return "nothing"
    reform = scenario.reforms[number]
    return f"{reform.date}: {reform.title} ({reform.law.fingerprint[:12]})"
