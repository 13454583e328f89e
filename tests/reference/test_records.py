"""The engine's record is the reference model's, to the last byte, whatever law, practice, events and behaviour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sim.law import EXEMPT_KINDS, GROUNDS, OFFENCES, ROLES
from sim.model import ProtestModel
from sim.record import (
    STRATEGIES,
    Answered,
    AppealDecided,
    CalledOff,
    Changed,
    Happening,
    LimitPassed,
    Planned,
    Sanctioned,
    Terminated,
    Waited,
)
from sim.reference.organiser import WAYS
from sim.words import FORMS


def test_engine_and_reference_leave_one_record(name_of_case: str, towns: Any, cases: Mapping[str, Any]) -> None:
    case = cases[name_of_case]
    happened = Counter(map(type, towns.record(case.scenario, case.seed)))  # which fails if they part
    assert happened[Planned] > 20, "too little happens to tell them apart"


def test_the_cases_are_of_all_kinds(cases: Mapping[str, Any]) -> None:
    scenarios = [case.scenario for case in cases.values()]
    assert len({case.seed for case in cases.values()}) >= 10
    assert len({scenario.law.fingerprint for scenario in scenarios}) >= 12
    assert {300, 1_000, 5_000} <= {scenario.town.people.adults for scenario in scenarios}
    assert {scenario.scenario.days for scenario in scenarios} == {120}
    assert min(scenario.behaviour.sigma for scenario in scenarios) < 0 < max(scenario.behaviour.sigma for scenario in scenarios)


def test_between_them_everything_happens(cases: Mapping[str, Any]) -> None:
    """Every kind of happening, every strategy, way out, answer, ground and offence that the engine knows.

    The engine's records are taken, which are the reference model's by the test above, and soon made.
    """
    records = (ProtestModel(case.scenario, rng=case.seed).run_for() for case in cases.values())
    seen = Counter(said for record in records for happening in record for said in _said(happening))
    kinds = {f"kind {kind.__name__}" for kind in Happening.__subclasses__()}
    strategies = {f"strategy {word}" for word in STRATEGIES if word != "wait"}  # which is told as Waited
    ways = {f"choice {word}" for word in {*WAYS, "new_law"} - {"call_off", "appeal"}}  # which are CalledOff and Appealed
    reasons = {f"reason {word}" for word in ("refused", "no_answer", "forecast", "organiser_jailed", "nobody_came", "phantom")}
    silences = ("silence_allowed", "silence_refused", "silence_ambiguous")
    answers = {f"answer {word}" for word in ("allowed", "refused", "size_cut", *silences)}
    grounds = {f"ground {word}" for word in GROUNDS}
    offences = {f"offence {word}" for word in OFFENCES}
    roles = {f"role {word}" for word in ROLES}
    forms = {f"form {word}" for word in FORMS}
    procedures = {f"procedure {word}" for word in ("exempt", "notification", "permit", "banned")}
    exempt = {f"exempt {word}" for word in ("indoor", "residents")}
    assert exempt < {f"exempt {word}" for word in EXEMPT_KINDS}
    reasons_to_end = ("unlawful", "passed_limit", "misconduct", "minors")
    ends = {f"ended {word}, left {left}" for word in reasons_to_end for left in (True, False)}
    limits = {f"limit {word}" for word in ("declared", "threshold", "capacity")}
    limits |= {f"consequence {word}" for word in ("tolerated", "fined", "terminated")}
    appeals = {f"reversed {one}, in time {other}" for one in (True, False) for other in (True, False)}
    sentenced = ("warning", "expelled", "repeat", "jailed", "detained")
    punished = {f"{word} {either}" for word in sentenced for either in (True, False)}
    others = {f"pretext {either}" for either in (True, False)} | {f"offer {either}" for either in (True, False)} | {"split"}
    wanted = kinds | strategies | ways | reasons | answers | grounds | offences | roles | forms | procedures | exempt | ends
    wanted |= limits | appeals | punished | others
    assert sorted(wanted - seen.keys()) == []


def _said(happening: Happening) -> Iterator[Any]:
    """What a happening shows to be at work."""
    yield f"kind {type(happening).__name__}"
    match happening:
        case Planned():
            yield f"strategy {happening.strategy}"
            yield f"form {happening.form}"
            yield f"procedure {happening.procedure}"
            yield f"exempt {happening.exempt_kind}"
            if happening.part > 0:
                yield "split"
        case Changed():
            yield f"choice {happening.choice}"
            yield f"procedure {happening.procedure}"
        case CalledOff():
            yield f"reason {happening.reason}"
        case Answered():
            yield f"answer {happening.answer}"
            yield f"ground {happening.ground}"
            yield f"pretext {happening.pretext}"
            yield f"offer {happening.offered_site is not None}"
        case AppealDecided():
            yield f"reversed {happening.reversed}, in time {happening.in_time}"
        case LimitPassed():
            yield f"limit {happening.limit}"
            yield f"consequence {happening.consequence}"
        case Terminated():
            yield f"ended {happening.reason}, left {happening.left}"
        case Sanctioned():
            yield f"role {happening.role}"
            yield f"offence {happening.offence}"
            yield f"jailed {happening.jail > 0}"
            yield from (f"{word} {getattr(happening, word)}" for word in ("warning", "expelled", "repeat", "detained"))
        case Waited():
            pass
