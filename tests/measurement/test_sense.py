"""Real records make sense: what one happening says, others do not deny."""

from collections import defaultdict

from sim.measurement import Measured
from sim.model import ProtestModel
from sim.record import Answered, Arrested, Filed, Held, LimitPassed, Planned, Sanctioned, Terminated

Run = tuple[ProtestModel, Measured]


def test_who_is_arrested_or_punished_was_there(run: Run) -> None:
    record = run[0].record
    goers = {gathering.assembly: gathering.goers for gathering in record.of(Held)}
    detained: dict[int, set[int]] = defaultdict(set)
    for assembly, numbers in goers.items():
        assert list(numbers) == sorted(set(numbers)), assembly
    for arrest in record.of(Arrested):
        detained[arrest.assembly] |= set(arrest.citizens)
        assert set(arrest.citizens) <= set(goers[arrest.assembly])
    for sanction in record.of(Sanctioned):
        if sanction.role in {"participant", "foreigner"}:
            assert sanction.who in goers[sanction.assembly]
            assert sanction.detained == (sanction.who in detained[sanction.assembly])


def test_nobody_comes_from_jail_or_after_expulsion(run: Run) -> None:
    away: dict[int, float] = {}
    for happening in run[0].record.of(Held, Sanctioned):
        if isinstance(happening, Held):
            assert all(away.get(citizen, -1) <= happening.day for citizen in happening.goers)
        elif isinstance(happening, Sanctioned) and happening.role in {"participant", "foreigner"}:
            free = float("inf") if happening.expelled else happening.day + 1 + happening.jail if happening.jail else -1
            away[happening.who] = max(away.get(happening.who, -1), free)


def test_filings_are_for_the_plan_and_are_answered_once(run: Run) -> None:
    record = run[0].record
    filed = {filing.filing: filing for filing in record.of(Filed)}
    answered = [answer.filing for answer in record.of(Answered)]
    assert len(answered) == len(set(answered))
    for answer in record.of(Answered):
        filing = filed[answer.filing]
        assert filing.day < answer.day <= filing.date
        assert answer.allowed <= filing.declared
    for filing in filed.values():
        assert filing.notice == filing.date - filing.day >= 0


def test_the_street_says_one_thing(run: Run) -> None:
    record = run[0].record
    held = {gathering.assembly: gathering for gathering in record.of(Held)}
    for gathering in held.values():
        assert gathering.lawful_at_start == (not set(gathering.breaches) - {"minors"}), "children come when it has begun"
        assert gathering.reached >= gathering.adults == len(gathering.goers) > 0
    for limit in record.of(LimitPassed):
        assert held[limit.assembly].turnout > limit.value
    for end in record.of(Terminated):
        assert held[end.assembly].day == end.day
    for plan in record.of(Planned):
        assert plan.date >= plan.day == plan.opportunity
