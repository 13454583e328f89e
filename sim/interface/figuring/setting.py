"""Where and under what law runs took place: the parts of a scenario that figures show."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sim.law import Regime
from sim.population import TownSpec
from sim.scenario import Scenario
from sim.scenario.scenario import About, Emergency, Reform, Shock

__all__ = ["Setting", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A law and its time: the days of the run from ``first`` to ``end``, which is not one of them."""

    law: Regime
    first: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The parts of a scenario that figures show. The other parts may have changed since results were written."""

    about: About
    town: TownSpec
    law: Regime
    shocks: tuple[Shock, ...]
    reforms: tuple[Reform, ...]
    emergencies: tuple[Emergency, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """That of a scenario."""
        return cls(scenario.scenario, scenario.town, scenario.law, scenario.shocks, scenario.reforms, scenario.emergencies)

    @classmethod
    def read(cls, resolved: Mapping[str, Any]) -> Self:
        """That of a scenario as a manifest tells it.

        Raises:
            KeyError, ValueError: if it is not told so that this version understands it.
        """
        return cls(
            About.model_validate_json(json.dumps(resolved["scenario"])),
            TownSpec.model_validate_json(json.dumps(resolved["town"])),
            Regime.model_validate_json(json.dumps(resolved["law"])),
            tuple(Shock.model_validate_json(json.dumps(one)) for one in resolved["shocks"]),
            tuple(Reform.model_validate_json(json.dumps(one)) for one in resolved["reforms"]),
            tuple(Emergency.model_validate_json(json.dumps(one)) for one in resolved["emergencies"]),
        )

    def date(self, day: int) -> datetime.date:
        """The date of a day of the run."""
        return self.about.start + datetime.timedelta(day)

    def terms(self) -> tuple[Term, ...]:
        """The laws in force, one after the other."""
        laws = [(0, self.law), *(((reform.date - self.about.start).days, reform.law) for reform in self.reforms)]
        ends = [first for first, _ in laws[1:]] + [self.about.days]
        return tuple(Term(law, first, end) for (first, law), end in zip(laws, ends, strict=True) if end > first)
