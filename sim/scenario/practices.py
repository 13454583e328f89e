"""Practice as a text of its own, so that one law can be tried under the officials of another country."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from sim.errors import Problem, ScenarioError
from sim.institutions.practice import AuthorityPractice, CourtPractice, PolicePractice, PressPractice
from sim.law import Regime
from sim.texts import Text, accept, find, names, read_toml

__all__ = ["OWN", "PARTS", "PracticeText", "load_practice", "practice_tables", "under_practice", "without_practice"]

OWN: Final = "own"
"""Stands for the practice of the country whose law it is."""

PARTS: Final = ("authority", "court", "police", "press")
"""The tables of a scenario that say how officials behave."""


class PracticeHead(Text):
    """Whose practice it is."""

    title: str = Field(min_length=3, description="What it is called.")
    description: str = Field(min_length=10, description="How officials behave, in a sentence or two.")
    jurisdictions: tuple[str, ...] = Field(
        (), description="The countries of which it is the own practice, as their laws name them."
    )
    notes: tuple[str, ...] = Field((), description="What a reader should know.")


class PracticeText(Text):
    """A practice: how authority, court, police and press behave. What is left out is as in Almaty in 2019."""

    practice: PracticeHead = Field(description="Whose practice it is.")
    authority: AuthorityPractice = Field(AuthorityPractice(), description="How the authority behaves.")
    court: CourtPractice = Field(CourtPractice(), description="How the court behaves.")
    police: PolicePractice = Field(PolicePractice(), description="How the police behave.")
    press: PressPractice = Field(PressPractice(), description="What becomes known.")


def practice_tables(name: str, law: Regime, file: str) -> dict[str, Any]:
    """The tables of a practice.

    Args:
        name: a name of the library, a path ending in ``.toml``, or :data:`OWN`.
        law: the law in force on the first day, whose country's practice ``own`` means.
        file: the scenario that wants it.

    Raises:
        UnknownNameError: if there is no such practice.
        ScenarioError: if its text cannot be accepted, or no practice is that of the law's country.
    """
    tables = load_practice(find("practice", _own(law, file) if name == OWN else name))
    return {part: tables[part] for part in PARTS if part in tables}


def load_practice(path: Path) -> dict[str, Any]:
    """The text of a practice, when it has been found right.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    tables = read_toml(path, ScenarioError)
    accept(PracticeText, tables, str(path), ScenarioError)
    return tables


def _own(law: Regime, file: str) -> str:
    country = law.regime.jurisdiction
    known: dict[str, str] = {}
    for name in names("practice"):
        head = read_toml(find("practice", name), ScenarioError).get("practice", {})
        known |= dict.fromkeys(head.get("jurisdictions", ()), name)
    if country not in known:
        found = f"{OWN!r} with a law of {country}, of whose practice there is no text"
        raise ScenarioError(file, [Problem("practice", found, f"a name: {', '.join(names('practice'))}")])
    return known[country]


def without_practice(tables: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario's tables without what they say of practice."""
    return {key: value for key, value in tables.items() if key not in {"practice", *PARTS}}


def under_practice(tables: Mapping[str, Any], practice: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario's tables with those of a practice beneath them: what the scenario says itself is an edit of it."""
    merged = dict(tables)
    for part, values in practice.items():
        own = tables.get(part, {})
        merged[part] = {**values, **own, **_sources(values, own)} if isinstance(own, Mapping) else own
    return merged


def _sources(values: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The sources of both: a number that the scenario sets has the scenario's own, if it gives one."""
    both = [table.get("sources", {}) for table in (values, own)]
    if not any(both) or not all(isinstance(table, Mapping) for table in both):
        return {}
    kept = {name: said for name, said in both[0].items() if name not in own}
    return {"sources": {**kept, **both[1]}}
