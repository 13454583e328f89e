"""The terms of a citizen's inequality are those of the kernel, and looking at them changes nothing."""

import math

import numpy as np
import pytest

from sim.behaviour.margins import look, terms
from sim.behaviour.turnout import gather
from sim.model import ProtestModel
from sim.model.street import Gathering
from sim.record import Happening, Held, Record
from sim.scenario import Scenario, load_scenario


class _Looking(Record):
    """Looks at everyone at each assembly, as it is about to be written down."""

    __slots__ = ("model", "seen")

    def __init__(self, model: ProtestModel) -> None:
        super().__init__()
        self.model, self.seen = model, 0

    def add(self, happening: Happening) -> None:
        if isinstance(happening, Held):
            gathering = next(one for one in self.model.held_today if one.assembly.number == happening.assembly)
            if gathering.call is not None and gathering.assembly.plan.exempt_kind is None:
                self.seen += 1
                _check(self.model, gathering, happening)
        super().add(happening)


def _check(model: ProtestModel, gathering: Gathering, held: Held) -> None:
    call, moods, followers = gathering.call, model.citizens.state.moods, gathering.assembly.organiser.followers
    about = (model.columns, moods, call, model.rates_of_turnout, model.keys)
    everyone = np.arange(model.town.n)
    looks = look(everyone, followers, *about, model.room)
    assert tuple(i for i, seen in enumerate(looks) if seen.going) == held.goers
    assert sum(seen.reached for seen in looks) == held.reached
    for i, seen in enumerate(looks):
        if not seen.reached:
            continue
        assert seen.going == (seen.surplus > 0.0)
        made_of = terms(i, seen.asked, *about)
        if math.isfinite(seen.margin):
            assert made_of.margin == pytest.approx(seen.margin, abs=1e-9)
        assert made_of.weight == pytest.approx(seen.weight, abs=1e-9)
    again, _, reached = gather(followers, *about, model.room)
    assert tuple(again.tolist()) == held.goers, "looking leaves the room as it was"
    assert reached == held.reached


@pytest.fixture
def busy() -> Scenario:
    return load_scenario(
        "seminar",
        {
            "town.people.adults": 2_000,
            "organisers.per_100k": 500,
            "organisers.opportunities": 90.0,
            "organisers.following_most": 0.2,
            "police.style": 0.7,
            "court.identified": 0.1,
            "choices.effort_cost": 1.6,
            "scenario.days": 100,
            "shocks": [],
        },
    )


def test_the_terms_sum_to_what_the_kernel_made_of_them(busy: Scenario) -> None:
    model = ProtestModel(busy, rng=2)
    model.record = record = _Looking(model)
    model.run_for()
    assert record.seen > 20
    assert model.record.digest == ProtestModel(busy, rng=2).run_for().digest
