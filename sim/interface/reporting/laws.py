"""Laws in sentences, beside each other, and what they hold differently, with sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.interface.differing import leaves
from sim.interface.provisions import provisions
from sim.interface.reading import earner_in
from sim.interface.reporting.grids import of_rows
from sim.interface.reporting.parts import Cell, Chapter, Grid, Version
from sim.law.diff import Difference
from sim.law.explain import Explanation, explain

if TYPE_CHECKING:
    from sim.law import Regime
    from sim.scenario import Scenario

__all__ = ["SILENT", "changes", "chapters", "differences", "law_changes", "reforms"]


SILENT: Final = frozenset({"scenario.counterfactual"})
"""Keys that move no result, and are told as a warning."""

_LOOKED_UP: Final = frozenset({"Notes", "How sure it is", "Sources"})
"""Subjects that are for looking up."""


def chapters(laws: Mapping[str, Scenario]) -> tuple[Chapter, ...]:
    """The laws of some scenarios in plain sentences, a subject after the other; what several say alike is told once.

    Args:
        laws: the scenarios by letter. The laws of reforms in mid-run are told beside those of the first day.
    """
    told = {whose: one for letter, scenario in laws.items() for whose, one in _explained(letter, scenario)}
    status = Chapter("What kind of text", _versions({letter: (f"{one.title}. {one.status}",) for letter, one in told.items()}))
    titles = dict.fromkeys(section.title for one in told.values() for section in one.sections)
    return (status, *(_chapter(title, told) for title in titles))


def _chapter(title: str, told: Mapping[str, Explanation]) -> Chapter:
    return Chapter(title, _versions({letter: _on(one, title) for letter, one in told.items()}), title in _LOOKED_UP)


def _explained(letter: str, scenario: Scenario) -> Iterator[tuple[str, Explanation]]:
    """Each law of a scenario, with whose it is and from when."""
    earner = earner_in(scenario.town)
    first = f"from {scenario.scenario.start}" if scenario.reforms else ""
    yield f"{letter} {first}".strip(), explain(scenario.law, day=scenario.scenario.start, earner=earner)
    for reform in scenario.reforms:
        yield f"{letter} from {reform.date}".strip(), explain(reform.law, day=reform.date, earner=earner)


def _on(told: Explanation, title: str) -> tuple[str, ...]:
    found = [tuple(map(str, section.sentences)) for section in told.sections if section.title == title]
    return found[0] if found else ("It says nothing of this.",)


def _versions(told: Mapping[str, tuple[str, ...]]) -> tuple[Version, ...]:
    by: dict[tuple[str, ...], list[str]] = {}
    for letter, sentences in told.items():
        by.setdefault(sentences, []).append(letter)
    return tuple(Version(tuple(letters), sentences) for sentences, letters in by.items())


def law_changes(a: Regime, b: Regime, title: str, heads: tuple[str, str] = ("A", "B"), *, folded: bool = False) -> Grid:
    """What two laws hold differently, provision by provision, with the sources of both.

    Args:
        a, b: the laws. title: of the table. heads: what the laws are called in it. folded: whether it is folded away.
    """
    return differences([_row(one) for one in provisions(a, b)], title, heads, folded=folded)


def differences(
    rows: Sequence[Mapping[str, Any]], title: str, heads: tuple[str, str] = ("A", "B"), *, folded: bool = False
) -> Grid:
    """The same of rows of a table.

    Args:
        rows: each with ``key``, ``meaning``, ``before``, ``after``, ``source_before``, ``source_after`` and ``follows``.
        title, heads, folded: as for :func:`law_changes`.
    """
    cells = [
        (_named(row), str(row["before"]), str(row["source_before"]), str(row["after"]), str(row["source_after"])) for row in rows
    ]
    columns = ("provision", heads[0], f"source of {heads[0]}", heads[1], f"source of {heads[1]}")
    note = "" if cells else "They say the same, however they are written."
    return of_rows(title, columns if cells else ("",), cells, note=note, folded=folded and bool(cells))


def _row(one: Difference) -> dict[str, Any]:
    return {
        name: getattr(one, name) for name in ("key", "meaning", "before", "after", "source_before", "source_after", "follows")
    }


def _named(row: Mapping[str, Any]) -> Cell:
    """What a provision is called, and what it is about; procedures are named by the gatherings concerned."""
    one = Difference(str(row["key"]), str(row["meaning"]), str(row["before"]), str(row["after"]))
    called = str(one).removesuffix(f": {one.before} -> {one.after}")
    follows = " (follows from the threshold)" if row["follows"] else ""
    meaning = "" if one.meaning.startswith("What a") else one.meaning.rstrip(".")
    return Cell(f"{called[:1].upper()}{called[1:]}{follows}", under=meaning)


def changes(a: Scenario, b: Scenario) -> tuple[Grid, ...]:
    """What two scenarios hold differently: their laws, and what is beside the law."""
    grids = [law_changes(a.law, b.law, "The laws, provision by provision")]
    beside = [(key, str(before), str(after)) for key, before, after in leaves(a, b) if key not in SILENT]
    if beside:
        grids.append(of_rows("Beside the law", ("key", "A", "B"), beside))
    return (*grids, *reforms({"A": a, "B": b}))


def reforms(scenarios: Mapping[str, Scenario]) -> Iterable[Grid]:
    """What each reform in mid-run changes in the law before it, folded away."""
    for letter, scenario in scenarios.items():
        law = scenario.law
        for reform in scenario.reforms:
            title = f"{f'{letter}, from' if letter else 'From'} {reform.date}: {reform.title}"
            yield law_changes(law, reform.law, title, ("before", "after"), folded=True)
            law = reform.law
