"""A hamlet of ten adults and a record of ten days in it, small enough to check every number by hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.measurement import Measured, Tables, measure, tables
from sim.model import ProtestModel
from sim.population import People, Ties, Town
from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    Booked,
    CalledOff,
    Changed,
    Covered,
    Dispersed,
    Filed,
    Held,
    LawChanged,
    LimitPassed,
    Planned,
    PressClosed,
    Prevented,
    Record,
    Sanctioned,
    Shocked,
    Terminated,
    Waited,
)
from sim.scenario import Scenario, load_scenario

SQUARE, MARKET, REMOTE = 0, 1, 5
"""Sites of the seminar town: Town Hall Square (symbolic), Market Square, Field behind the depot (remote)."""

LAWS = ("kazakhstan/1995", "kazakhstan/2020-bill", "germany/federal", "no-law")


@pytest.fixture(scope="session", params=LAWS)
def run(request: pytest.FixtureRequest) -> tuple[ProtestModel, Measured]:
    """A real run: 240 days of the seminar with many organisers, under one of four laws."""
    changes = {"law": request.param, "scenario.counterfactual": True, "scenario.days": 240, "organisers.per_100k": 300.0}
    scenario = load_scenario("seminar", changes)
    model = ProtestModel(scenario, rng=7)
    return model, measure(model.run_for(), scenario, model.town)


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load_scenario(Path(__file__).parent / "hamlet.toml")


@pytest.fixture(scope="session")
def town(scenario: Scenario) -> Town:
    """Ten adults: incomes 10, 20, ... 100; three, three, two and two by district; the last is a foreigner."""
    nothing = np.zeros(10, np.float32)
    people = People.of(
        district=np.array([0, 0, 0, 1, 1, 1, 2, 2, 3, 3], np.uint8),
        income=np.arange(10, 110, 10, dtype=np.float32),
        theta=nothing,
        risk_aversion=nothing,
        deference=nothing,
        media=nothing,
        foreigner=np.arange(10) == 9,
        concern=np.zeros((2, 10), np.float32),
    )
    ties = Ties(np.zeros(11, np.int64), np.zeros(0, np.int32))
    spec = scenario.town
    return Town(spec, 1, people, ties, np.zeros((len(spec.districts), len(spec.sites)), np.float32))


@pytest.fixture(scope="session")
def planned() -> Callable[..., Planned]:
    """Makes a plan from what matters about it."""

    def plan(day: int, assembly: int, date: int, **how: object) -> Planned:
        usual = {"organiser": assembly, "opportunity": day, "part": 0, "stance": "social", "legal_form": "informal", "issue": 0}
        usual |= {
            "strategy": "expected",
            "form": "rally",
            "site": SQUARE,
            "forecast": 20.0,
            "declared": 20,
            "procedure": "permit",
        }
        usual |= {"exempt_kind": None, "filed": True}
        return Planned(day, assembly, date=date, **(usual | how))

    return plan


@pytest.fixture(scope="session")
def record(planned: Callable[..., Planned]) -> Record:
    """Ten days. Each assembly is told in the comment above its plan."""

    def held(day: int, assembly: int, goers: tuple[int, ...], *breaches: str, minors: int = 0, officers: int = 0) -> Held:
        return Held(day, assembly, len(goers) + 5, len(goers), minors, officers, not breaches, breaches, goers)

    def filed(
        day: int, filing: int, assembly: int, date: int, *, declared: int = 20, attempt: int = 1, in_time: bool = True
    ) -> Filed:
        return Filed(day, filing, assembly, attempt, "permit", declared, SQUARE, date, date - day, in_time, True, date - 1)

    def punished(day: int, assembly: int, role: str, who: int, offence: str, **how: object) -> Sanctioned:
        usual = {"detained": False, "fine": 0.0, "wages": 0.0, "jail": 0, "warning": False, "expelled": False, "repeat": False}
        return Sanctioned(day, assembly, role, who, offence, **(usual | how))

    told = [
        Waited(0, 30),
        # 0: a party of the opposition files late, is refused, and takes the remote place offered. Lawful; 3 adults and a child.
        planned(0, 0, 4, stance="opposition", legal_form="party", issue=1, declared=10),
        filed(0, 0, 0, 4, declared=10, in_time=False),
        Shocked(1, 1, 0.25),
        Answered(1, 0, 0, "refused", "public_order", False, 0, REMOTE, 4),
        Changed(1, 0, "accept_offer", "rally", REMOTE, 4, 10, "permit", None),
        # 1: nothing is filed. 4 adults, one of them foreign; dispersed, 2 arrested, 3 punished, and the organiser.
        planned(1, 1, 2, strategy="unannounced", site=MARKET, filed=False),
        # 2: a loyal one declares 2, and 5 come: fined for it.
        planned(1, 2, 3, stance="loyal", legal_form="association", declared=2, form="meeting"),
        filed(1, 1, 2, 3, declared=2),
        Answered(2, 1, 2, "allowed", None, False, 2, None, None),
        held(2, 1, (2, 3, 4, 9), "no_filing", "wrong_place", officers=8),
        Terminated(2, 1, "unlawful", False),
        Dispersed(2, 1),
        Arrested(2, 1, (3, 9)),
        punished(2, 1, "participant", 3, "no_filing", detained=True, fine=50.0, wages=1.25),
        punished(2, 1, "foreigner", 9, "no_filing", detained=True, fine=30.0, wages=0.3, expelled=True),
        punished(2, 1, "participant", 2, "no_filing", jail=5),
        punished(2, 1, "organiser", 1, "no_filing", jail=10),
        Covered(2, 1, (0, 2), 12),
        PressClosed(2, 2, 1),
        # 3: a phantom.
        planned(3, 3, 5, stance="loyal", strategy="phantom", organiser=2),
        filed(3, 2, 3, 5),
        # 4: alone, owing nothing.
        planned(
            3, 4, 6, strategy="single_picket", form="single_picket", declared=1, forecast=1.0, procedure="exempt", filed=False
        ),
        # 5: silence is read as leave, and not honoured: terminated, though lawful by text.
        planned(3, 5, 6),
        filed(3, 3, 5, 6),
        held(3, 2, (0, 1, 5, 6, 7), officers=1),
        LimitPassed(3, 2, "declared", 2, "fined"),
        punished(3, 2, "legal_entity", 2, "passed_limit", fine=200.0, wages=0.5),
        Answered(4, 2, 3, "allowed", None, False, 20, None, None),
        # 6: refused for a phantom booking; the court reverses in time; prevented all the same.
        planned(4, 6, 8, stance="opposition", strategy="under_threshold"),
        filed(4, 4, 6, 8),
        held(4, 0, (0, 1, 2), minors=1, officers=2),
        Covered(4, 0, (0,), 5),
        LawChanged(5, 0),
        Answered(5, 3, 5, "silence_allowed", None, False, 20, None, None),
        Booked(5, SQUARE, 8),
        Answered(5, 4, 6, "refused", "place_taken", True, 0, None, None),
        Appealed(5, 4, 6, "court", 7),
        # 7: its day lies after the end.
        planned(5, 7, 30, declared=300),
        filed(5, 5, 7, 30, declared=300),
        # 8: refused without any ground, files again, is refused again, gives up.
        planned(5, 8, 8, form="march"),
        filed(5, 6, 8, 8),
        CalledOff(5, 3, "phantom"),
        Answered(6, 6, 8, "refused", None, True, 0, None, None),
        Changed(6, 8, "file_again", "march", SQUARE, 9, 20, "permit", None),
        filed(6, 7, 8, 9, attempt=2),
        # 9 and 10: a split under the new threshold of 250; one part passes a limit that is tolerated.
        planned(6, 9, 9, organiser=9, strategy="split", declared=249, procedure="exempt", filed=False),
        planned(6, 10, 9, organiser=9, part=1, strategy="split", declared=249, site=MARKET, procedure="exempt", filed=False),
        held(6, 4, (4,)),
        held(6, 5, (7,), officers=4),
        Terminated(6, 5, "unlawful", True),
        punished(6, 5, "participant", 7, "after_refusal", fine=16.0, wages=0.2),
        AppealDecided(7, 4, 6, True, True),
        Answered(7, 7, 8, "silence_refused", None, False, 0, None, None),
        Waited(7, 31),
        CalledOff(7, 8, "refused"),
        Prevented(8, 6, "organiser_detained"),
        held(9, 9, (1, 2)),
        LimitPassed(9, 9, "threshold", 1, "tolerated"),
        held(9, 10, (3,)),
        Covered(9, 10, (1,), 1200),
    ]
    log = Record()
    for happening in told:
        log.add(happening)
    return log


@pytest.fixture(scope="session")
def measured(record: Record, scenario: Scenario, town: Town) -> Tables:
    return tables(record, scenario, town)
