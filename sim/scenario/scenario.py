"""A scenario: a town, a law, practice and events. Frozen and validated; with a seed it is a run."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field

from sim.behaviour.parameters import Behaviour, OrganiserBehaviour
from sim.errors import Problem, did_you_mean
from sim.institutions.practice import AuthorityPractice, CourtPractice, OrganiserPopulation, PolicePractice, PressPractice
from sim.law import Regime
from sim.population import TownSpec, Traits
from sim.texts import Text

__all__ = ["About", "Emergency", "Issue", "Reform", "Scenario", "Shock"]

_LONGEST: Final = 3660
"""Longest run, days: ten years. People neither age nor move."""


class About(Text):
    """Which experiment this is."""

    title: str = Field(min_length=3, description="What the scenario is called in tables and figures.")
    description: str = Field(min_length=10, description="What it is for, in a sentence or two.")
    start: datetime.date = Field(description="First day of the run.")
    days: int = Field(365, ge=1, le=_LONGEST, description="Length of the run, days.")
    counterfactual: bool = Field(
        False, description="Whether the law is put where or when it was not in force. Without this, dates must fit the law."
    )
    benchmark: str = Field("odihr/2019", description="The law against which chilled turnout is measured.")
    notes: tuple[str, ...] = Field((), description="What a reader should know.")


class Issue(Text):
    """Something people may be concerned with. Organisers take it up by stance: the three numbers are weights."""

    name: str = Field(min_length=1, description="Its name.")
    loyal: float = Field(0.0, ge=0, description="Weight among loyal organisers.")
    social: float = Field(0.0, ge=0, description="Weight among social organisers.")
    opposition: float = Field(0.0, ge=0, description="Weight among the opposition.")


class Shock(Text):
    """A dated event that raises everybody's concern with an issue."""

    date: datetime.date = Field(description="Its day.")
    issue: str = Field(description="The issue.")
    size: float = Field(ge=-1, le=1, description="Rise of concern on that day, utility.")
    title: str = Field(min_length=3, description="What happened.")
    source: str = Field(min_length=2, description="Where that is reported; the size is an assumption unless said otherwise.")


class Reform(Text):
    """Another law from a day on."""

    date: datetime.date = Field(description="First day in force.")
    title: str = Field(min_length=3, description="What it is called.")
    law: Regime = Field(description="The law from then on.")


class Emergency(Text):
    """A state of emergency or martial law."""

    since: datetime.date = Field(description="First day.")
    until: datetime.date = Field(description="Last day.")
    source: str = Field(min_length=2, description="Where that is reported.")


class Scenario(Text):
    """A town, a law, practice and events: everything but the seed."""

    name: str = Field(min_length=1, description="Its name or file.")
    scenario: About = Field(description="Which experiment this is.")
    town: TownSpec = Field(description="The town.")
    law: Regime = Field(description="The law in force on the first day.")
    issues: tuple[Issue, ...] = Field(min_length=1, max_length=32, description="What people may be concerned with.")
    shocks: tuple[Shock, ...] = Field((), description="Events that raise concern.")
    reforms: tuple[Reform, ...] = Field((), description="Laws that enter into force during the run.")
    emergencies: tuple[Emergency, ...] = Field((), description="States of emergency.")
    traits: Traits = Field(Traits(), description="How people differ: one core for all towns.")
    behaviour: Behaviour = Field(Behaviour(), description="How people decide: one core for all towns.")
    choices: OrganiserBehaviour = Field(OrganiserBehaviour(), description="How organisers decide: one core for all towns.")
    organisers: OrganiserPopulation = Field(OrganiserPopulation(), description="Who organises.")
    practice: str = Field("", description="The practice that the tables below are edits of: its name, or a path ending in .toml.")
    authority: AuthorityPractice = Field(AuthorityPractice(), description="How the authority behaves.")
    court: CourtPractice = Field(CourtPractice(), description="How the court behaves.")
    police: PolicePractice = Field(PolicePractice(), description="How the police behave.")
    press: PressPractice = Field(PressPractice(), description="What becomes known.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Dates within the run, laws in force, issues that exist."""
        about: About | None = parts.get("scenario")
        if "issues" in parts:
            yield from _issue_problems(parts["issues"], parts.get("shocks", ()))
        if about is None:
            return
        end = about.start + datetime.timedelta(about.days - 1)
        laws = [("law", parts["law"], about.start)] if "law" in parts else []
        laws += [(f"reforms.{n}.law", reform.law, reform.date) for n, reform in enumerate(parts.get("reforms", ()))]
        if not about.counterfactual:
            for key, law, day in laws:
                yield from _force_problems(key, law, day)
        dates = [(f"reforms.{n}.date", reform.date, about.start, end) for n, reform in enumerate(parts.get("reforms", ()))]
        year_before = about.start - datetime.timedelta(365)
        dates += [(f"shocks.{n}.date", shock.date, year_before, end) for n, shock in enumerate(parts.get("shocks", ()))]
        for key, date, first, last in dates:
            if not first <= date <= last:
                yield Problem(key, str(date), f"a date from {first} to {last}")
        found = [reform.date for reform in parts.get("reforms", ())]
        if found != sorted(set(found)):
            yield Problem("reforms", f"the dates {', '.join(map(str, found))}", "dates in rising order, each once")
        for n, emergency in enumerate(parts.get("emergencies", ())):
            if emergency.until < emergency.since:
                yield Problem(f"emergencies.{n}.until", str(emergency.until), f"a date from {emergency.since}")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything that can move a result: two scenarios with one fingerprint have one record for each seed.

        What is only told beside it (titles of events, notes, sources) is left out.
        """
        said = _without_words(
            self.model_dump(mode="json", exclude={"name", "scenario", "law", "reforms", "town", "practice"}), "title"
        )
        about = {"start": str(self.scenario.start), "days": self.scenario.days}
        laws = [self.law.fingerprint, *([str(reform.date), reform.law.fingerprint] for reform in self.reforms)]
        town = _without_words(self.town.model_dump(mode="json"))  # its title stands in a table
        return hashlib.sha256(json.dumps([said, about, laws, town], sort_keys=True).encode()).hexdigest()


def _without_words(value: Any, *further: str) -> Any:
    """Plain data without notes and sources, at any depth."""
    if isinstance(value, dict):
        left_out = {"notes", "source", "sources", *further}
        return {key: _without_words(item, *further) for key, item in value.items() if key not in left_out}
    return [_without_words(item, *further) for item in value] if isinstance(value, list) else value


def _issue_problems(issues: tuple[Issue, ...], shocks: tuple[Shock, ...]) -> Iterator[Problem]:
    names = [issue.name for issue in issues]
    for n, name in enumerate(names):
        if name in names[:n]:
            yield Problem(f"issues.{n}.name", f"{name!r} a second time", "names that differ")
    for stance in ("loyal", "social", "opposition"):
        if not any(getattr(issue, stance) > 0 for issue in issues):
            yield Problem("issues", f"no issue that {stance} organisers take up", f"an issue with {stance} above 0")
    for n, shock in enumerate(shocks):
        if shock.issue not in names:
            yield Problem(f"shocks.{n}.issue", repr(shock.issue), ", ".join(names), did_you_mean(shock.issue, names))


def _force_problems(key: str, law: Regime, day: datetime.date) -> Iterator[Problem]:
    head = law.regime
    allowed = "a date on which the law is in force, or scenario.counterfactual = true"
    if head.status in {"none", "benchmark"}:
        return
    if day < head.in_force:
        yield Problem(key, f"{day}, before {head.title!r} is in force ({head.in_force})", allowed)
    elif head.ended and day > head.ended:
        yield Problem(key, f"{day}, after {head.title!r} ended ({head.ended})", allowed)
    elif head.status == "bill":
        yield Problem(key, f"{head.title!r}, a bill that never came into force", "scenario.counterfactual = true with a bill")
