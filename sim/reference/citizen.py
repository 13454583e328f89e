"""Citizens: what they are, what they feel, and when they go (design, 4.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from sim.reference.formulas import left, single
from sim.streams import unit, words

if TYPE_CHECKING:
    from sim.reference.gathering import Call
    from sim.reference.model import ReferenceModel
    from sim.reference.town import Person

__all__ = ["Citizen", "Mind"]


@dataclass(slots=True)
class Mind:
    """What a citizen who has heard of an assembly makes of it.

    Attributes:
        citizen: who. inclination: all that speaks for going and does not depend on others, less what speaks against it, utility.
        price: risk aversion times sanction, utility. brings_child: whether it comes with a child, if it comes.
        asked: whether somebody asked it in person. told: ties who go and told it. going: whether it goes.
    """

    citizen: Citizen
    inclination: float
    price: float
    brings_child: bool
    asked: bool
    told: int = 0
    going: bool = False


class Citizen(mesa.Agent):
    """One adult of the town.

    Feelings and debt are kept as they stood when something last changed them, with the day of that, and fade in closed form
    (``value * left(days since, half-life)``). Fading them a little every day would say the same, but round every day.

    Attributes:
        number and the traits: as in :class:`~sim.reference.town.Person`. ties: the citizens it knows.
        fear, anger: utility, as felt on day ``felt_on``. debt: of fines, money, as owed on day ``owed_on``.
        punished_on: day of its last sanction. away_until: day from which it is free again.
        fear_today, anger_today, debt_today, free: the same as it wakes up with them, renewed by :meth:`step`.
    """

    def __init__(self, model: ReferenceModel, person: Person) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.number, self.district, self.foreigner = person.number, person.district, person.foreigner
        self.concern, self.theta, self.deference = person.concern, person.theta, person.deference
        self.income, self.risk_aversion, self.media = person.income, person.risk_aversion, person.media
        self.ties: list[Citizen] = []
        self.fear = self.anger = self.debt = 0.0
        self.felt_on = self.owed_on = self.away_until = 0
        self.punished_on = -1_000_000  # a day before all days
        self.fear_today = self.anger_today = self.debt_today = 0.0
        self.free = True

    def step(self) -> None:
        """A new day: feelings and debts fade, and who was let out is free."""
        today, behaviour = self.model.today, self.model.conduct.behaviour
        self.fear_today = self.fear * left(today - self.felt_on, behaviour.fear_half_life)
        self.anger_today = self.anger * left(today - self.felt_on, behaviour.anger_half_life)
        self.debt_today = self.debt * left(today - self.owed_on, behaviour.debt_half_life)
        self.free = self.away_until <= today

    # -- whether to go -------------------------------------------------------------------------------------------------

    def hears_of(self, call: Call, *, asked: bool) -> Mind:
        """It hears of an assembly, and weighs everything but the company and the risk.

        ::

            inclination = concern_ik + shock + appeal + news * media_i + anger_i - fear_i + eps_ie
                          - theta_i - travel_ie - workday - deference_i * legitimacy * [e is unlawful]
            price       = risk_aversion_i * ((fine + debt_i) / income_i + arrest + stigma)

        ``eps`` is logistic, ``noise * log(u / (1 - u))``, and fixed for (seed, citizen, assembly). The terms are added in the
        engine's order, since the last bit of a sum depends on it.
        """
        behaviour = self.model.conduct.behaviour
        coin, child, obeys, _ = words(self.model.streams.key("turnout/noise"), self.number, call.event, 0)
        u = unit(coin)
        inclination = self.concern[call.issue] + call.pull + call.news * self.media
        inclination += self.anger_today - self.fear_today
        inclination += behaviour.noise * math.log(u / (1.0 - u)) - self.theta - call.travel[self.district]
        inclination -= self.deference * call.legitimacy * call.unlawful[self.foreigner]
        fine, arrest, stigma = call.threat[self.foreigner, self.punished_on >= call.repeat_since]
        owed = self.debt_today if fine > 0.0 else 0.0
        sanction = (fine + owed) / self.income + arrest + stigma
        brings = call.brings
        if call.minors_barred:  # those who defer to the law leave their children at home
            brings *= max(0.0, 1.0 - unit(obeys) - self.deference)
        return Mind(self, inclination, self.risk_aversion * sanction, unit(child) < brings, asked)

    def would_go(self, mind: Mind, call: Call, risk: float) -> bool:
        """Whether it goes: if free, whoever leads the assembly does, and others do if :meth:`slack` is above 0."""
        return self.free and (call.leader == self.number or self.slack(mind, risk) > 0.0)

    def slack(self, mind: Mind, risk: float) -> float:
        """What speaks for going less what speaks against: the inequality of the model (design, 4.2).

        ::

            inclination + asked + sigma * g / (g + kappa)  >  p_e * price

        with ``g`` the ties who go and told it, and ``p_e`` the perceived risk. Nothing is lost by subtracting: a difference of
        machine numbers is above 0 exactly where the first is the larger.
        """
        behaviour = self.model.conduct.behaviour
        inclination = mind.inclination + behaviour.asked if mind.asked else mind.inclination
        company = behaviour.sigma * mind.told / (mind.told + behaviour.kappa)
        return inclination + company - mind.price * risk

    def tells(self, other: Citizen, call: Call) -> bool:
        """Whether, going, it tells a tie of it."""
        coin, _, _, _ = words(self.model.streams.key("turnout/told"), self.number, call.event, other.number)
        return bool(unit(coin) < self.model.conduct.behaviour.hears)

    # -- what happens to it --------------------------------------------------------------------------------------------

    def is_stirred(self, fear: float, anger: float) -> None:
        """Fear and anger rise by so much. Neither passes 1."""
        today, behaviour = self.model.today, self.model.conduct.behaviour
        self.fear = single(min(1.0, self.fear * left(today - self.felt_on, behaviour.fear_half_life) + fear))
        self.anger = single(min(1.0, self.anger * left(today - self.felt_on, behaviour.anger_half_life) + anger))
        self.felt_on = today
        self.fear_today, self.anger_today = self.fear, self.anger

    def is_punished(self, fine: float) -> None:
        """It owes the fine on top of what is left of what it owed, and its next sanction is a repeat."""
        today = self.model.today
        self.debt = single(self.debt * left(today - self.owed_on, self.model.conduct.behaviour.debt_half_life) + fine)
        self.owed_on = self.punished_on = today
        self.debt_today = self.debt

    def is_away(self, until: int) -> None:
        """It is in jail, or expelled, until a day."""
        self.away_until = max(self.away_until, until)
        self.free = self.away_until <= self.model.today
