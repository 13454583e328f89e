"""The first day: the organisers of the town, each drawn from streams of its own number (design, 4.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.reference.organiser import Organiser
from sim.streams import unit, words
from sim.words import LEGAL_FORMS, STANCES

if TYPE_CHECKING:
    from sim.reference.citizen import Citizen
    from sim.reference.model import ReferenceModel

__all__ = ["found_organisers"]


def found_organisers(model: ReferenceModel) -> list[Organiser]:
    """The town's organisers. Number 17 is the same under every law, and in a town with more organisers."""
    number = round(model.conduct.organisers.per_100k * len(model.citizens) / 1e5)
    return [_organiser(model, n) for n in range(number)]


def _organiser(model: ReferenceModel, number: int) -> Organiser:
    people, choices, issues = model.conduct.organisers, model.conduct.choices, model.conduct.issues

    def coin(name: str) -> float:
        return model.streams.uniform(f"organiser/{name}", number)

    def bell(name: str) -> float:
        return model.streams.normal(f"organiser/{name}", number)

    stance = STANCES[_falls_on([people.stance[word] for word in STANCES], coin("stance"))]
    legal_form = LEGAL_FORMS[_falls_on([getattr(people.legal_form, word) for word in LEGAL_FORMS], coin("legal form"))]
    weights = [getattr(issue, stance) for issue in issues]
    issue = _falls_on([weight / sum(weights) for weight in weights], coin("issue"))
    leader = model.citizens[int(coin("leader") * len(model.citizens))]
    activity = math.exp(people.activity_log_sd * bell("activity") - people.activity_log_sd**2 / 2)  # lognormal of mean 1
    return Organiser(
        model,
        number,
        leader=leader,
        followers=_followers(model, number, leader, issue),
        stance=stance,
        legal_form=legal_form,
        issue=issue,
        rate=people.opportunities * activity / 365.0,
        legality=2.0 * choices.legality * coin("legality"),
        means=people.means * math.exp(people.means_log_sd * bell("means")),
    )


def _falls_on(shares: list[float], coin: float) -> int:
    """The place in whose share of the line from 0 to 1 the coin falls."""
    end = 0.0
    for place, share in enumerate(shares):
        end += share
        if coin < end:
            return place
    return len(shares) - 1


def _followers(model: ReferenceModel, number: int, leader: Citizen, issue: int) -> list[Citizen]:
    """A following of Pareto size: of each few people it meets, the one most concerned with its issue follows it.

    So many of the meetings are in its leader's district, the others anywhere. Whoever is met for two places follows once.
    """
    people, behaviour, citizens = model.conduct.organisers, model.conduct.behaviour, model.citizens
    coin = model.streams.uniform("organiser/following", number)
    wanted = people.following_least * coin ** (-1.0 / people.following_exponent)
    home, found = model.town.homes[leader.district], set[int]()
    for place in range(max(1, round(min(wanted, people.following_most * len(citizens))))):
        met = []
        for meeting in range(int(behaviour.followers_met)):
            at_home, whom, _, _ = words(model.streams.key("organiser/follow"), number, place, meeting)
            if unit(at_home) < behaviour.followers_local:
                met.append(home.start + int(unit(whom) * len(home)))
            else:
                met.append(int(unit(whom) * len(citizens)))
        found.add(max(met, key=lambda i: citizens[i].concern[issue]))  # of equals the first met
    return [citizens[i] for i in sorted(found)]
