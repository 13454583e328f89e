"""Assemblies cluster in time: they set off others of their issue, incidents prompt many, and what is prompted comes soon."""

import numpy as np

from sim.experiment.effects import Interval, paired
from sim.measurement.patterns.timing import fano
from sim.record import Held, Shocked

SEEDS = range(1, 6)
NO_ECHO = {"choices.echo": 0.0}
ECHO = {"choices.echo": 0.5, "choices.word_of_mouth": 1.0, "choices.echo_half_life": 0.5}
QUIET = {"organisers.incidents": 0.0}
EVENTFUL = {"organisers.incidents": 4.0, "organisers.incident_size": 0.3, "organisers.shock_rise": 100.0}


def effect(lab, a, b, measure, seeds=SEEDS) -> Interval:
    """What B does to a measure: mean and 95 % interval of the paired difference."""
    one, other = (np.array([measure(lab.run(changes, seed)) for seed in seeds], float) for changes in (a, b))
    return paired(one, other)


def events(seen):
    return len(seen.held)


def weekly(seen):
    """Fano's factor of the assemblies held in a week, from the third week on."""
    days = [held.day for held in seen.of(Held)]
    counts = np.bincount(days, minlength=150)[14:147]
    return fano(counts.reshape(-1, 7).sum(axis=1).astype(float))


def test_where_fewer_hear_of_them_fewer_follow(lab):
    loud, quiet = ({"choices.echo": 1.5, "choices.word_of_mouth": share} for share in (1.0, 0.0))
    assert effect(lab, quiet, loud, events).low > 0


def test_the_echo_is_the_number_that_follow(lab):
    """Opportunities that an echo adds, for each assembly that is held: all hear of it, and those of the last days echo later."""

    def followed(seen):
        return len(seen.model.occasions)

    added = effect(lab, NO_ECHO, ECHO, followed)
    held = np.mean([events(lab.run(ECHO, seed)) for seed in SEEDS])
    assert added.low < 0.5 * held < added.high


def test_where_more_happens_weeks_differ_more(lab):
    assert effect(lab, {**NO_ECHO, **QUIET}, {**NO_ECHO, **EVENTFUL}, weekly, range(1, 9)).low > 0


def test_incidents_are_the_same_under_every_law(lab):
    one, other = (lab.run({"law": law}) for law in ("no-law", "kazakhstan/1995"))
    assert one.of(Shocked) == other.of(Shocked)
    assert len(one.of(Shocked)) > 5


def test_what_is_prompted_comes_soon(lab):
    """Days from opportunity to occasion in the fortnight after a shock, and before it."""
    shock = {"shocks": [{"date": "2019-04-01", "issue": "power", "size": 0.5, "title": "An event", "source": "invented"}]}
    struck = next(iter(lab.scenario(shock).shocks)).date
    leads: dict[bool, list[int]] = {False: [], True: []}
    for seed in SEEDS:
        seen = lab.run({**NO_ECHO, **QUIET, **shock}, seed)
        day = seen.model.calendar.day(struck)
        about = [organiser.number for organiser in seen.model.organisers if organiser.issue == 0]
        for (organiser, _), occasion in seen.model.occasions.items():
            if organiser in about and day - 30 <= occasion.day < day + 14:
                leads[occasion.day >= day].append(occasion.date - occasion.day)
    assert np.median(leads[True]) < np.median(leads[False]) / 2
