"""Where two runs part: the first difference is the first, and what is told of it is what the engine used."""

from typing import Any

import pytest

from sim.experiment.decisions import first_decisions
from sim.experiment.divergence import Divergence, diverge
from sim.model import ProtestModel
from sim.record import Held, LawChanged, Planned, Record, Sanctioned, Waited, first_difference
from sim.scenario import Scenario, load_scenario

SMALL = {
    "town.people.adults": 4_000,
    "organisers.per_100k": 500,
    "organisers.opportunities": 60.0,
    "organisers.following_most": 0.2,
    "scenario.days": 60,
    "shocks": [],
    "choices.legality": 0.5,
    "court.identified": 0.05,
}


def small(**changes: Any) -> Scenario:
    return load_scenario("seminar", {**SMALL, **{key.replace("__", "."): value for key, value in changes.items()}})


@pytest.fixture(scope="module")
def found() -> Divergence:
    return diverge(small(), small(law__threshold=20), seed=3)


def test_nothing_differs_before_it(found: Divergence) -> None:
    one, other = map(list, found.records)
    assert found.first is not None
    assert one[: found.common] == other[: found.common]
    assert one[found.common] != other[found.common]
    places = [side.index for side in found.first.sides]
    assert found.common in places
    for record, scenario in zip(found.records, (found.a, found.b), strict=True):
        assert record.digest == ProtestModel(scenario, rng=3).run_for().digest, "being watched changes nothing"


def test_the_choice_shown_is_the_one_that_was_made(found: Divergence) -> None:
    planned = [parting for parting in found.partings if isinstance(parting.sides[0].happening, Planned)]
    assert planned
    for parting in planned:
        for side in parting.sides:
            if side.sight is None or not isinstance(side.happening, Planned | Waited):
                continue
            assert side.sight.happening == side.happening, "what was seen is what the first run wrote down"
            choice = side.sight.choice
            assert choice is not None
            assert choice.whether is not None
            totals = [option.worth + choice.scale * option.noise for option in choice.options if option.way != "phantom"]
            assert choice.acting == pytest.approx(max(totals))
            acts = (
                choice.acting + choice.scale_whether * choice.whether[1]
                > choice.waiting + choice.scale_whether * choice.whether[0]
            )
            assert acts == isinstance(side.happening, Planned)
            if acts:
                assert choice.taken is not None
                assert choice.options[choice.taken].plan.declared == side.happening.declared  # type: ignore[union-attr]
            for option in choice.options:
                account = option.account
                assert account is not None
                assert account.worth == option.worth
                if account.leave is not None and option.plan.owes_filing and option.way != "phantom":
                    gives_up = -found.a.choices.giving_up_cost
                    without = (1.0 - account.leave) * max(account.unlawful, gives_up)
                    assert account.worth == pytest.approx(
                        account.leave * (account.lawful - account.overrun) + without - account.filing
                    )


def test_who_came_and_who_did_not_is_told_with_the_kernels_numbers(found: Divergence) -> None:
    (parting,) = (parting for parting in found.partings if parting.actors == "citizens")
    gone, come = parting.flipped
    assert gone or come
    for side, here in zip(parting.sides, (gone, come), strict=True):
        assert side.sight is not None
        assert side.sight.street is not None
        assert isinstance(side.happening, Held)
        stands = {stand.citizen: stand for stand in side.sight.street.stands}
        assert stands.keys() == {*gone, *come}
        for citizen, stand in stands.items():
            assert stand.look.going == (citizen in here) == (citizen in side.happening.goers)


def test_decisions_are_of_their_actors_and_in_the_order_of_days(found: Divergence) -> None:
    days = [parting.day for parting in found.decisions]
    assert days == sorted(days)
    assert found.first is not None
    assert found.first.day <= days[0]
    assert {parting.actors for parting in found.decisions} <= {"organisers", "officials", "citizens"}


def test_records_that_are_the_same_part_nowhere() -> None:
    found = diverge(small(), small(), seed=1)
    assert found.first is None
    assert found.partings == ()
    assert found.common == len(found.records[0]) > 100


def test_a_reform_is_told_and_what_follows_from_it() -> None:
    reform = [{"date": "2019-01-15", "title": "Everything needs a permit", "law": "kazakhstan/1995"}]
    found = diverge(small(), small(reforms=reform), seed=1)
    assert found.first is not None
    assert found.first.sides[0].happening is None
    assert isinstance(found.first.sides[1].happening, LawChanged)
    assert found.first.day == 14
    assert found.decisions
    assert all(parting.day >= 14 for parting in found.decisions)


def test_fines_alone_part_in_the_first_sentence_that_differs() -> None:
    """With people who weigh no sanction, only the sentence itself can differ."""
    deaf = {"traits.risk_log_sd": 0.0, "police.believed": 0.0, "behaviour.learning": 0.0, "choices.sanction_weight": 0.0}
    a, b = (load_scenario("seminar", {**SMALL, **deaf, "law.sanctions.participant.fine": fine}) for fine in ("20 MCI", "40 MCI"))
    found = diverge(a, b, seed=1)
    assert found.first is not None
    for side in found.first.sides:
        assert isinstance(side.happening, Sanctioned)
        assert side.sight is not None
        assert side.sight.penalty is not None
        assert side.happening.fine <= side.sight.penalty.fine
    fines = [side.sight.penalty.fine for side in found.first.sides if side.sight and side.sight.penalty]
    assert fines[1] == pytest.approx(2 * fines[0])


def test_towns_that_differ_are_not_put_side_by_side() -> None:
    found = diverge(small(), small(town__people__adults=2_000), seed=1)
    assert not found.one_people
    assert found.first is not None
    assert found.decisions == ()


def test_an_opportunity_that_only_one_run_has_is_a_difference() -> None:
    one, other = Record(), Record()
    for record in (one, other):
        record.add(Waited(1, 4))
    one.add(Waited(2, 5))
    assert first_decisions(one, other) == {"organisers": (1, None)}
    assert first_decisions(one, one) == {}
    difference = first_difference(one, other)
    assert difference is not None
    assert difference.index == 1
