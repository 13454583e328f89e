"""What was planned under one law and is due under another owes what the new law asks, so far as that can still be done."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sim.record import Answered, Changed, Filed, Held, LawChanged, Planned, Record

START, DAY = datetime.date(2019, 3, 1), 20


def reform(law: str) -> list[dict[str, str]]:
    return [{"date": str(START + datetime.timedelta(DAY)), "title": "A reform", "law": law}]


@pytest.fixture(scope="module")
def repeal(under: Any, lived: Any) -> Record:
    return lived(under(law="kazakhstan/1995", reforms=reform("no-law"))).record


@pytest.fixture(scope="module")
def enactment(under: Any, lived: Any) -> Record:
    return lived(under(law="no-law", reforms=reform("kazakhstan/1995"))).record


def from_then_on(record: Record, kind: Any) -> list[Any]:
    return [happening for happening in record.of(kind) if happening.day >= DAY]


def test_when_a_law_is_repealed_nothing_is_owed_any_more(repeal: Record) -> None:
    before = [held for held in repeal.of(Held) if held.day < DAY]
    after = from_then_on(repeal, Held)
    planned = {plan.assembly for plan in repeal.of(Planned) if plan.day < DAY}
    assert any(held.breaches for held in before), "or nothing is shown"
    assert any(held.assembly in planned for held in after), "or nothing is shown"
    assert [held.breaches for held in after if held.breaches] == []
    assert from_then_on(repeal, Filed) == []


def test_when_a_law_is_enacted_what_is_planned_is_filed_on_its_first_day_in_time_or_not(enactment: Record) -> None:
    planned = {plan.assembly: plan for plan in enactment.of(Planned) if plan.day < DAY and plan.date >= DAY}
    filed = {filing.assembly: filing for filing in enactment.of(Filed) if filing.day == DAY and filing.assembly in planned}
    assert len(filed) > 10
    assert {filing.in_time for filing in filed.values()} == {True, False}
    allowed = {answer.assembly for answer in enactment.of(Answered) if answer.allowed}
    elsewhere = {change.assembly for change in enactment.of(Changed) if change.choice not in {"new_law", "hold_all_the_same"}}
    for held in from_then_on(enactment, Held):
        if held.assembly in filed.keys() - allowed - elsewhere:
            assert not held.lawful_at_start, "it had no leave, though leave was owed by then"


def test_a_reform_that_asks_for_something_else_is_told_of_every_plan_it_touches(enactment: Record) -> None:
    changed = [change for change in enactment.of(Changed) if change.choice == "new_law"]
    (day,) = {change.day for change in changed}
    assert day == DAY == next(enactment.of(LawChanged)).day
    assert {change.procedure for change in changed} == {"permit"}


def test_leave_that_was_given_stays(under: Any, lived: Any) -> None:
    """From notification to a permit: what was allowed before the reform is lawful after it."""
    record = lived(under(law="kazakhstan/2020-bill", reforms=reform("kazakhstan/1995"))).record
    early = {answer.assembly for answer in record.of(Answered) if answer.day < DAY and answer.allowed}
    kept = [held for held in from_then_on(record, Held) if held.assembly in early]
    moved = {change.assembly for change in record.of(Changed) if change.choice != "new_law"}
    kept = [held for held in kept if held.assembly not in moved]
    assert kept
    assert all(held.lawful_at_start for held in kept)


def test_a_reform_to_the_same_law_touches_no_plan(under: Any, lived: Any) -> None:
    record = lived(under(reforms=reform("kazakhstan/2020-bill"))).record
    plain = lived(under()).record
    assert [line for line in record.lines() if '"law_changed"' not in line] == list(plain.lines())
