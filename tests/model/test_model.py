"""A run is its scenario and its seed: nothing else moves it, and nothing in it is left hanging."""

from collections import Counter, defaultdict
from typing import Any

import mesa
import numpy as np
import pytest

from sim.errors import ModelError
from sim.law import Regime, load_law
from sim.model import ProtestModel
from sim.population import Town, build_town
from sim.record import (
    FATES,
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    CalledOff,
    Changed,
    Covered,
    Filed,
    Held,
    Planned,
    Prevented,
    Record,
    Sanctioned,
    Terminated,
    Waited,
)
from sim.scenario import Scenario, load_scenario

SEED, DAYS = 1, 42


@pytest.fixture(scope="module")
def short(under: Any) -> Scenario:
    """A fortnight of the busy scenario."""
    return under(scenario__days=16)


@pytest.fixture(scope="module")
def fortnight(short: Scenario, lived: Any) -> Record:
    return lived(short).record


# -- the same, to the last byte ----------------------------------------------------------------------------------------------


def test_one_seed_is_one_record_and_another_seed_another(busy: Scenario, record: Record) -> None:
    """Here the town is built by the model, there it was handed in."""
    again, other = (ProtestModel(busy, rng=seed).run_for() for seed in (SEED, 2))
    assert again.to_bytes() == record.to_bytes()
    assert again == record
    assert other.digest != record.digest


def test_a_scenario_can_be_named() -> None:
    model = ProtestModel("seminar", rng=3)
    assert model.conduct == model.scenario == load_scenario("seminar")
    assert model.run_for(2) == ProtestModel(load_scenario("seminar"), rng=3).run_for(2)


def by_days(model: ProtestModel) -> None:
    for _ in range(16):
        model.run_for(1)


def by_steps(model: ProtestModel) -> None:
    for _ in range(16):
        model.step()


def by_mesa(model: ProtestModel) -> None:
    model.run_model()


def until(model: ProtestModel) -> None:
    model.run_until(16)


def unevenly(model: ProtestModel) -> None:
    for days in (1, 7, 0, 3, None):
        model.run_for(days)


@pytest.mark.parametrize("way", [by_days, by_steps, by_mesa, until, unevenly])
def test_the_days_can_be_taken_in_any_portions(way: Any, short: Scenario, town: Town, fortnight: Record) -> None:
    model = ProtestModel(short, rng=SEED, town=town)
    way(model)
    assert model.record.digest == fortnight.digest
    assert (model.today, model.running) == (15, False)


def test_two_models_in_one_process_do_not_disturb_each_other(short: Scenario, under: Any, town: Town, fortnight: Record) -> None:
    elsewhere = under(law="kazakhstan/1995", scenario__days=16, police__style=0.2)
    alone = ProtestModel(elsewhere, rng=SEED, town=town).run_for()
    first, second = (ProtestModel(scenario, rng=SEED, town=town) for scenario in (short, elsewhere))
    third = ProtestModel(short, rng=2)
    for _ in range(16):
        second.run_for(1)
        third.run_for(1)
        first.run_for(1)
    assert (first.record.digest, second.record.digest) == (fortnight.digest, alone.digest)


def test_whoever_looks_on_changes_nothing(busy: Scenario, town: Town, record: Record) -> None:
    """Collectors, draws from streams of one's own or Mesa's generators, reading columns: the record stays the same."""
    model = ProtestModel(busy, rng=SEED, town=town)
    collector = mesa.DataCollector(
        model_reporters={
            **ProtestModel.reporters,
            "fear": lambda m: m.citizens.agg("fear", np.mean),
            "poor and angry": lambda m: len(m.citizens.select(lambda c: (c["income"] < 50_000) & (c["anger"] > 0))),
        },
        agent_reporters={"kind": lambda agent: type(agent).__name__},
    )
    for day in range(DAYS):
        model.run_for(1)
        collector.collect(model)
        for who in range(20):
            model.streams.uniform("weather", who, day)
            model.streams.normal("an indicator of my own", who, day)
        model.random.random()
        model.rng.random()
        model.agents.shuffle()
    assert model.record.digest == record.digest
    assert len(collector.get_model_vars_dataframe()) == DAYS


def test_a_town_is_left_as_it_was_found(short: Scenario, town: Town) -> None:
    fresh = build_town(short.town, short.traits, len(short.issues), SEED)
    ProtestModel(short, rng=SEED, town=town).run_for()
    for name in type(town.people).__slots__:
        assert np.array_equal(getattr(town.people, name), getattr(fresh.people, name)), name
    assert np.array_equal(town.ties.neighbours, fresh.ties.neighbours)


# -- a law that never binds is no law ----------------------------------------------------------------------------------------

EVERYTHING = [
    "no_filing",
    "after_refusal",
    "wrong_place",
    "passed_limit",
    "not_leaving",
    "barred_person",
    "announcing",
    "emergency",
]
EXEMPT = {"procedure": "exempt"}
FROM_TEN_MILLION = [
    {"procedure": "exempt", "size": "below 10000000"},
    {"procedure": "notification", "size": "from 10000000", "notice": "10 working days"},
]
BY_FORM = [
    {"procedure": "exempt", "forms": ["single_picket", "picket", "march"]},
    {"procedure": "exempt", "forms": ["meeting", "rally", "demonstration"], "organisers": ["party"]},
    {"procedure": "exempt", "forms": ["meeting", "rally", "demonstration"], "organisers": "elsewhere"},
]
SANCTION = {"offences": EVERYTHING, "fine": "900 wages", "fine_least": "100 wages", "jail": "15 days", "expulsion": True}
SEVERE = {
    "money.wages": [{"since": "2019-01-01", "amount": 1.0}],
    "sanctions.participant": SANCTION,
    "sanctions.organiser": SANCTION,
    "sanctions.foreigner": SANCTION,
    "filing": {"contents": ["aim", "route", "order"], "delivery": "3 days", "announce_before": "offence"},
    "refusal": {"grounds": [{"name": "public_order"}, {"name": "any_law"}], "closed": False, "may_cut_size": True},
    "appeal": {"to": "court", "decided_in": "30 days"},
    "places": {"exclusive": True, "capacity_binds": True},
    "limits.declared": {"consequence": "terminated"},
    "limits.threshold": {"consequence": "terminated"},
    "termination": {"unlawful": True},
    "persons": {"barred_organisers": ["suspended_party", "foreign_funded"]},
    "press": {"closure": "covering_unlawful"},
    "emergency": {"effect": "barred"},
    "exempt": {"kinds": ["indoor", "residents", "religious"]},
    "spontaneous": {"allowed": False},
}
NULL_LAWS = {
    "all-exempt": {"procedures": [EXEMPT]},
    "exempt-by-form": {"procedures": BY_FORM},
    "notification-from-ten-million": {"procedures": FROM_TEN_MILLION},
    "a-threshold-of-ten-million": {
        "threshold": 10_000_000,
        "procedures": [
            {"procedure": "exempt", "size": "below threshold"},
            {"procedure": "permit", "size": "from threshold", "notice": "30 days", "decision": "7 days"},
        ],
    },
    "severe-about-nothing": {"procedures": [EXEMPT], **SEVERE},
    "severe-about-ten-million": {"procedures": FROM_TEN_MILLION, **SEVERE},
}


@pytest.mark.parametrize("changes", NULL_LAWS.values(), ids=NULL_LAWS)
def test_a_law_that_never_binds_is_no_law(changes: dict[str, Any], under: Any, lived: Any, records: dict[str, Record]) -> None:
    law = load_law("no-law", changes)
    assert law.fingerprint != load_law("no-law").fingerprint
    found = lived(under().model_copy(update={"law": law})).record
    assert found.to_bytes() == records["no-law"].to_bytes()


@pytest.mark.parametrize("size", [2, 10, 50])
def test_the_same_law_with_a_threshold_that_binds_is_another_world(
    size: int, under: Any, lived: Any, records: dict[str, Record]
) -> None:
    rows = [
        {"procedure": "exempt", "size": f"below {size}"},
        {"procedure": "notification", "size": f"from {size}", "notice": "10 working days"},
    ]
    found = lived(under().model_copy(update={"law": load_law("no-law", {"procedures": rows})})).record
    assert found.digest != records["no-law"].digest
    assert list(found.of(Filed))


def test_a_law_about_others_does_not_touch_those_it_does_not_speak_of(under: Any, lived: Any, records: dict[str, Record]) -> None:
    """Rows for legal forms that nobody in town has."""
    forms = {"informal": 1.0, "association": 0.0, "party": 0.0, "suspended_party": 0.0, "foreign_funded": 0.0}
    rows = [
        {"procedure": "banned", "organisers": ["party", "foreign_funded"]},
        {"procedure": "exempt", "organisers": "elsewhere"},
    ]
    everyone = under(law="no-law", organisers__legal_form=forms)
    parties = everyone.model_copy(update={"law": load_law("no-law", {"procedures": rows})})
    assert lived(everyone).record.to_bytes() == lived(parties).record.to_bytes()
    assert lived(everyone).record.digest != records["no-law"].digest


# -- two texts of one law ----------------------------------------------------------------------------------------------------


def renamed(law: Regime) -> Regime:
    """The law by another name, from another source."""
    head = law.regime.model_copy(update={"title": "A law by another name", "jurisdiction": "Elsewhere", "notes": ("A note.",)})
    rows = tuple(row.model_copy(update={"source": "Elsewhere", "note": "A note."}) for row in law.procedures)
    return law.model_copy(update={"regime": head, "procedures": rows, "sources": {**law.sources, "ZZ": "A footnote"}})


def reordered(law: Regime) -> Regime:
    """The law with its rows and lists in another order."""
    refusal = law.refusal.model_copy(update={"grounds": law.refusal.grounds[::-1]}) if law.refusal else None
    sanctions = law.sanctions.model_copy(
        update={
            "participant": law.sanctions.participant.model_copy(update={"offences": law.sanctions.participant.offences[::-1]})
        }
    )
    return law.model_copy(update={"procedures": law.procedures[::-1], "refusal": refusal, "sanctions": sanctions})


FINER = {
    "any": ("below 20", "from 20"),
    "below threshold": ("below 20", "from 20 below threshold"),
    "from threshold": ("from threshold below 300", "from 300"),
}


def cut_finer(law: Regime) -> Regime:
    """The law with each of its rows cut into two that say the same."""
    rows = [row.model_copy(update={"size": part}) for row in law.procedures for part in FINER[str(row.size)]]
    return law.model_copy(update={"procedures": tuple(rows)})


@pytest.mark.parametrize("other", [renamed, reordered, cut_finer])
@pytest.mark.parametrize("name", ["kazakhstan/2020-bill", "kazakhstan/1995"])
def test_two_texts_of_one_law_leave_one_record(name: str, other: Any, under: Any, lived: Any, records: dict[str, Record]) -> None:
    law = load_law(name)
    text = other(law)
    assert text != law
    assert text.fingerprint == law.fingerprint
    found = lived(under().model_copy(update={"law": text})).record
    assert found.to_bytes() == records[name].to_bytes()


# -- nothing is left hanging -------------------------------------------------------------------------------------------------


def fates(record: Record) -> dict[int, list[str]]:
    """What became of every assembly."""
    found: dict[int, list[str]] = defaultdict(list)
    for happening in record:
        if isinstance(happening, Held | CalledOff | Prevented):
            found[happening.assembly].append(happening.kind)
    return found


def dates(record: Record) -> dict[int, int]:
    """The day on which every assembly is to be, as last planned."""
    return {one.assembly: one.date for one in record if isinstance(one, Planned | Changed)}


def test_every_assembly_meets_one_fate_or_its_day_lies_beyond_the_run(records: dict[str, Record]) -> None:
    for law, record in records.items():
        planned, met, due = list(record.of(Planned)), fates(record), dates(record)
        assert [one.assembly for one in planned] == list(range(len(planned)))
        assert met.keys() <= due.keys()
        assert {len(found) for found in met.values()} == {1}, law
        assert {found for (found,) in met.values()} <= set(FATES)
        pending = due.keys() - met.keys()
        assert [assembly for assembly in pending if due[assembly] < DAYS] == [], law


def test_what_is_held_is_held_on_its_day(records: dict[str, Record]) -> None:
    for record in records.values():
        due = dates(record)
        assert [one for one in record.of(Held) if one.day != due[one.assembly]] == []
        assert [one for one in record.of(Prevented) if one.day != due[one.assembly]] == []
        assert [one for one in record.of(CalledOff) if one.day > due[one.assembly]] == []


def test_what_is_held_is_what_came(records: dict[str, Record]) -> None:
    for record in records.values():
        for one in record.of(Held):
            assert len(one.goers) == one.adults > 0
            assert list(one.goers) == sorted(set(one.goers))
            assert one.reached >= one.adults
            assert 0 <= one.minors <= one.adults
            assert one.lawful_at_start is (set(one.breaches) <= {"minors"}), "children come with the crowd, after it began"


def test_everything_is_about_something_that_was_there_before(records: dict[str, Record]) -> None:
    for record in records.values():
        planned: set[int] = set()
        filed: dict[int, Filed] = {}
        held: dict[int, set[int]] = {}
        for one in record:
            if isinstance(one, Planned):
                planned.add(one.assembly)
            elif hasattr(one, "assembly"):
                assert one.assembly in planned
            if isinstance(one, Filed):
                assert one.filing == len(filed)
                assert one.notice == one.date - one.day >= 0
                filed[one.filing] = one
            elif isinstance(one, Answered | Appealed | AppealDecided):
                assert filed[one.filing].assembly == one.assembly
                assert filed[one.filing].day < one.day
            if isinstance(one, Held):
                held[one.assembly] = set(one.goers)
            elif isinstance(one, Arrested):
                assert set(one.citizens) <= held[one.assembly]
            elif isinstance(one, Terminated | Covered):
                assert one.assembly in held
            elif isinstance(one, Sanctioned) and one.role in {"participant", "foreigner"}:
                assert one.who in held[one.assembly]


def test_a_filing_is_answered_once_unless_events_overtake_it(records: dict[str, Record]) -> None:
    for law, record in records.items():
        filed, answered = list(record.of(Filed)), Counter(one.filing for one in record.of(Answered))
        assert set(answered.values()) <= {1}, law
        open_still = [one for one in filed if one.filing not in answered]
        met = fates(record)
        last = {one.assembly: one.filing for one in filed}
        hanging = [
            one for one in open_still if one.assembly not in met and last[one.assembly] == one.filing and one.date < DAYS - 1
        ]
        assert hanging == [], law


def test_nobody_comes_from_jail(records: dict[str, Record]) -> None:
    for record in records.values():
        until: dict[int, int] = {}
        for one in record:
            if isinstance(one, Sanctioned) and one.role in {"participant", "foreigner"}:
                away = 10**9 if one.expelled else one.day + 1 + one.jail if one.jail else 0
                until[one.who] = max(until.get(one.who, 0), away)
            elif isinstance(one, Held):
                assert [goer for goer in one.goers if until.get(goer, 0) > one.day] == []


def test_nobody_plans_from_jail(records: dict[str, Record]) -> None:
    jailed = 0
    for record in records.values():
        until: dict[int, int] = {}
        for one in record:
            if isinstance(one, Sanctioned) and one.role == "organiser" and one.jail:
                until[one.who] = max(until.get(one.who, 0), one.day + 1 + one.jail)
                jailed += 1
            elif isinstance(one, Planned | Waited):
                assert until.get(one.organiser, 0) <= one.day
    assert jailed, "nobody was in jail"


def test_totals_are_those_of_the_record(under: Any, lived: Any) -> None:
    model = lived(under(law="kazakhstan/1995"))
    record, citizens = model.record, model.citizens
    participants = [one for one in record.of(Sanctioned) if one.role in {"participant", "foreigner"}]
    came = Counter(goer for one in record.of(Held) for goer in one.goers)
    taken = Counter(citizen for one in record.of(Arrested) for citizen in one.citizens)
    assert participants
    assert {citizen.number: citizen.attended for citizen in citizens.select(lambda c: c["attended"] > 0)} == came
    assert {citizen.number: citizen.arrests for citizen in citizens.select(lambda c: c["arrests"] > 0)} == taken
    assert citizens.agg("fines", np.sum) == pytest.approx(sum(one.fine for one in participants))
    assert citizens.agg("jail_days", np.sum) == sum(one.jail for one in participants)
    assert citizens.agg("sanctions", np.sum) == len(participants)


# -- what a model is asked that it cannot do ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1.0, "1", None, True, np.int64(1), np.random.default_rng(1)], ids=str)
def test_the_seed_is_a_whole_number(seed: Any, short: Scenario) -> None:
    with pytest.raises(ModelError, match="rng is the seed, a whole number"):
        ProtestModel(short, rng=seed)


@pytest.mark.parametrize("seed", [-1, 2**53])
def test_the_seed_has_its_bounds(seed: int, short: Scenario) -> None:
    with pytest.raises(ValueError, match=r"non-negative|0 to 2\*\*53 - 1"):
        ProtestModel(short, rng=seed)


def test_a_run_ends_with_its_scenario(short: Scenario, town: Town, fortnight: Record) -> None:
    model = ProtestModel(short, rng=SEED, town=town)
    model.run_for(16)
    assert not model.running
    with pytest.raises(ModelError, match="the scenario ends after 16 days"):
        model.run_for(1)
    assert model.run_for().digest == fortnight.digest, "what is over may be asked for again"
    model.run_model()
    assert model.record.digest == fortnight.digest


def test_nobody_lives_beyond_the_end(short: Scenario, town: Town, fortnight: Record) -> None:
    model = ProtestModel(short, rng=SEED, town=town)
    with pytest.raises(ModelError, match="the scenario ends after 16 days"):
        model.run_for(99)
    assert model.record.digest == fortnight.digest


def test_a_town_belongs_to_its_text_and_seed(short: Scenario, under: Any, town: Town) -> None:
    for scenario, seed in ((short, 2), (under(town__people__adults=3_999), SEED)):
        with pytest.raises(ModelError, match="built for another seed, from another text, or with other traits or issues"):
            ProtestModel(scenario, rng=seed, town=town)


def test_a_town_belongs_to_its_traits_and_issues(under: Any, town: Town) -> None:
    """Other people live in a town of other traits: to run a scenario with them would be to run another one."""
    for scenario in (under(traits__reluctance_mean=1.2), under(issues=[*under().issues[:3]])):
        with pytest.raises(ModelError, match="built for another seed, from another text, or with other traits or issues"):
            ProtestModel(scenario, rng=SEED, town=town)


def test_institutions_are_mesa_agents_and_citizens_are_not_among_them(short: Scenario, town: Town) -> None:
    model = ProtestModel(short, rng=SEED, town=town)
    kinds = {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()}
    assert kinds == {"Authority": 1, "Court": 1, "Police": 1, "Press": short.press.outlets, "Organiser": len(model.organisers)}
    assert len(model.citizens) == 4_000


def test_a_released_model_still_tells_what_happened() -> None:
    model = ProtestModel(load_scenario("seminar", {"scenario.days": 30, "shocks": []}), rng=1)
    record = model.run_for()
    told = record.digest
    model.release()
    assert model.record.digest == told
    assert not hasattr(model.citizens, "state")
