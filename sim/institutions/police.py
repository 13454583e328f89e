"""The police: a finite force, divided over the day's assemblies; tolerance, termination, dispersal, arrests (design, 4.4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import mesa

from sim.institutions.weighing import Odds

if TYPE_CHECKING:
    from sim.institutions.docket import Assembly
    from sim.institutions.world import World

__all__ = ["Police"]

_ORDINARY: Final = 50.0
"""Turnout to which ``misconduct`` refers, persons."""


class Police(mesa.Agent):
    """The police of the town."""

    def __init__(self, model: World) -> None:
        super().__init__(model)
        self.world = model

    @property
    def force(self) -> float:
        """Officers who can be sent to assemblies on a day."""
        practice = self.world.conduct.police
        return practice.per_100k * practice.available * self.world.town.n / 1e5

    def knows(self, assembly: Assembly) -> bool:
        """Whether the police know of an assembly beforehand: of a filed one always."""
        if assembly.filing is not None:
            return True
        coin = self.world.streams.uniform("police/knows", assembly.organiser.number, assembly.code)
        return coin < self.world.conduct.police.knows

    def deploy(self, gatherings: Sequence[tuple[Assembly, float, bool]]) -> list[int]:
        """Officers for each of the day's assemblies; scarce police are shared out in proportion.

        Args:
            gatherings: for each ``(assembly, persons expected, whether it is lawful)``.
        """
        practice = self.world.conduct.police
        wanted = []
        for assembly, expected, lawful in gatherings:
            base = practice.presence_lawful if lawful else practice.presence_unlawful
            known = 1.0 if self.knows(assembly) else practice.patrol
            wanted.append(base * known * practice.threat[assembly.plan.form] * max(expected, 1.0) ** practice.presence_growth)
        share = min(1.0, self.force / total) if (total := sum(wanted)) > 0 else 1.0
        return [int(officers * share) for officers in wanted]

    def steps_in(self, assembly: Assembly) -> bool:
        """Whether the police end an assembly that they hold to be unlawful: the likelier, the sterner style and form."""
        return self._coin("steps in", assembly) < self._sternness(assembly)

    def _sternness(self, assembly: Assembly) -> float:
        practice = self.world.conduct.police
        return 1.0 - math.pow(1.0 - practice.style, practice.threat[assembly.plan.form])

    def misconduct(self, assembly: Assembly, turnout: int) -> bool:
        """Whether a few misbehave."""
        return self._coin("misconduct", assembly) < self._unruliness(assembly, turnout)

    def _unruliness(self, assembly: Assembly, turnout: int) -> float:
        practice = self.world.conduct.police
        growth = math.pow(turnout / _ORDINARY, practice.misconduct_growth)
        return min(1.0, practice.misconduct * practice.threat[assembly.plan.form] * growth)

    def prevents(self, assembly: Assembly) -> bool:
        """Whether the organiser of an assembly that the police hold to be unlawful is detained before it begins."""
        return self.knows(assembly) and self._coin("prevents", assembly) < self.world.conduct.police.prevents

    def people_leave(self, assembly: Assembly) -> bool:
        """Whether a crowd leaves when it is told to: less surely, the sterner the style."""
        return self._coin("leave", assembly) < self._obedience

    @property
    def _obedience(self) -> float:
        practice = self.world.conduct.police
        return 1.0 - practice.staying * practice.style

    def arrests_those_who_left(self, assembly: Assembly) -> bool:
        """Whether people are arrested though the crowd left when told: the more surely, the sterner the style."""
        return self._coin("arrests all the same", assembly) < self.world.conduct.police.style

    def arrests(self, assembly: Assembly, turnout: int, officers: int, *, force: bool) -> int:
        """How many are arrested where any are: lognormal around a number that depends on form, and weakly on turnout."""
        practice = self.world.conduct.police
        median = (
            practice.arrests
            * practice.threat[assembly.plan.form]
            * math.pow(turnout, practice.arrests_growth)
            * (1.0 + practice.force_arrests * practice.style * force)
        )
        spread = self.world.streams.normal("police/arrests", assembly.organiser.number, assembly.code)
        number = math.ceil(median * math.exp(practice.arrests_log_sd * spread))
        return max(0, min(number, turnout, math.floor(practice.one_arrests * officers)))

    def odds(self, assembly: Assembly, turnout: int) -> tuple[Odds, ...]:
        """The chances and coins behind what the police do about an assembly of some size."""
        practice = self.world.conduct.police
        chances = {
            "prevents": practice.prevents,
            "steps in": self._sternness(assembly),
            "misconduct": self._unruliness(assembly, turnout),
            "leave": self._obedience,
            "arrests all the same": practice.style,
        }
        return tuple(Odds(name, chance, self._coin(name, assembly)) for name, chance in chances.items())

    def _coin(self, question: str, assembly: Assembly) -> float:
        return self.world.streams.uniform(f"police/{question}", assembly.organiser.number, assembly.code)
