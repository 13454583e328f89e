"""Theorem 7: twice the town with twice the organisers has the same rates, within the error of sampling."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from sim.model import ProtestModel
from sim.record import Arrested, Held, Planned, Record
from sim.scenario import Scenario, load_scenario

SEEDS = range(1, 41)
FOLLOWING = 150.0
ERROR = 1e-5
"""Chance that one rate is found to differ although it does not: 6e-5 for all six."""


def town_of(adults: int) -> Scenario:
    """The seminar's town with so many people, and everything else in proportion.

    What a number in the scenario is a number *of* decides what stays: organisers, officers and ties are told a head and are left
    alone. Followings and the readers of a public call are told as shares of the town but are meant as people who know of one
    organiser: they are kept as persons. What is learnt and felt by all from every report (news, the experience of others) is
    switched off, since there is twice as much to report. Places are not exclusive, none is full, and there are police for all: a
    force of a few officers is told in whole ones. Organisers are alike, so that the rates are known closely.
    """
    return load_scenario(
        "seminar",
        {
            "town.people.adults": adults,
            "law": "kazakhstan/2020-bill",
            "law.places.capacity_binds": False,
            "law.limits.capacity.margin": 10.0,
            "scenario.days": 60,
            "scenario.start": "2019-04-01",
            "shocks": [{"date": "2019-04-20", "issue": "power", "size": 0.2, "title": "An event", "source": "invented"}],
            "organisers.per_100k": 500.0,
            "organisers.opportunities": 60.0,
            "organisers.activity_log_sd": 0.0,
            "organisers.following_least": FOLLOWING,
            "organisers.following_most": FOLLOWING / adults,
            "behaviour.call_reach": 0.0004 * 20_000 / adults,
            "press.freedom": 0.0,
            "behaviour.news_concern": 0.0,
            "behaviour.news_fear": 0.0,
            "behaviour.news_anger": 0.0,
            "behaviour.legitimacy_step": 0.0,
            "behaviour.learning": 0.0,
            "organisers.incidents": 0.0,
            "traits.reluctance_mean": 0.95,
            "choices.effort_cost": 1.6,
            "choices.learning_others": 0.0,
            "choices.legality": 0.2,
            "choices.sanction_weight": 0.2,
            "choices.luck": 0.2,
            "choices.appeal_sd": 0.05,
            "police.style": 0.8,
            "police.per_100k": 2_000.0,
            "police.available": 1.0,
            "police.misconduct": 0.2,
            "police.arrests_log_sd": 0.3,
        },
    )


def rates(record: Record, adults: int) -> dict[str, float]:
    """What happened, a head."""
    held = list(record.of(Held))
    came = sum(one.adults for one in held)
    return {
        "planned": sum(1 for _ in record.of(Planned)) / adults,
        "held": len(held) / adults,
        "attendance": came / adults,
        "officers": sum(one.officers for one in held) / adults,
        "unlawful": sum(not one.lawful_at_start for one in held) / adults,
        "arrests": sum(len(one.citizens) for one in record.of(Arrested)) / adults,
    }


def found() -> dict[int, dict[str, np.ndarray]]:
    """Rates by size of the town, one number a seed. The two sizes have seeds of their own, so that they are independent."""
    towns: dict[int, dict[str, np.ndarray]] = {}
    for adults, further in ((4_000, 0), (8_000, 1_000)):
        scenario = town_of(adults)
        runs = [rates(ProtestModel(scenario, rng=seed + further).run_for(), adults) for seed in SEEDS]
        towns[adults] = {name: np.array([run[name] for run in runs]) for name in runs[0]}
    return towns


NOTICED = {"planned": 0.25, "held": 0.25, "attendance": 0.35, "officers": 0.3, "unlawful": 0.3, "arrests": 0.6}
"""By what share each rate of the larger town would have to differ before the test notices it, at most."""


def test_twice_the_town_with_twice_the_organisers_has_the_same_rates() -> None:
    """And the power of it: a difference that matters would have been noticed, for it lies beyond the critical value."""
    small, large = found().values()
    assert set(small) == set(NOTICED)
    differ, unnoticed = {}, {}
    for name, share in NOTICED.items():
        one, other = small[name], large[name]
        assert one.mean() > 0.0, name
        t = stats.ttest_ind(one, other, equal_var=False)
        if t.pvalue <= ERROR:
            differ[name] = f"{one.mean():.5f} and {other.mean():.5f} a head, t = {t.statistic:.1f}"
        error = math.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)
        if share * one.mean() <= stats.norm.isf(ERROR / 2) * error:
            unnoticed[name] = error
    assert (differ, unnoticed) == ({}, {})
