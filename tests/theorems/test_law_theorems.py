"""Laws, in the whole model: theorems about the record that a text leaves, for every town and seed."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from sim.law import OFFENCES, Regime, load_law
from sim.law.amounts import Duration, Size
from sim.law.coverage import CELLS
from sim.law.provisions import Emergency, Exempt, Ground, Limit, Persons, Places, PressRules, ProcedureRow, Refusal, Sanction
from sim.law.regime import _on
from sim.measurement import measure
from sim.model.occasions import new_occasion
from sim.record import Held, Record
from sim.texts import names
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS, ZONE_KINDS

SETTINGS = settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
"""Nothing is shrunk: that would take minutes, and a world is told by its law, edits and seed."""
SOURCE = "a test"


def held(record: Record) -> int:
    return sum(1 for _ in record.of(Held))


# -- 4. a law that never binds is no law ---------------------------------------------------------------------------------------

SEVERE = {
    "offences": sorted(OFFENCES),
    "fine": "900 wages",
    "fine_least": "100 wages",
    "jail": "15 days",
    "expulsion": True,
}
NEVER_BINDING: dict[str, st.SearchStrategy[Any]] = {
    "sanctions.participant": st.just(SEVERE),
    "sanctions.organiser": st.just(SEVERE),
    "sanctions.legal_entity": st.just(SEVERE),
    "sanctions.foreigner": st.just(SEVERE),
    "sanctions.repeat_within": st.just("9000 days"),
    "filing": st.just({"contents": ["aim", "route"], "delivery": "3 days", "announce_before": "offence"}),
    "refusal": st.fixed_dictionaries(
        {"grounds": st.just([{"name": "public_order"}]), "closed": st.booleans(), "by_court_only": st.booleans()}
    ),
    "appeal": st.just({"to": "court", "decided_in": "30 days"}),
    "places": st.fixed_dictionaries({"exclusive": st.booleans(), "capacity_binds": st.booleans(), "plan": st.just("a plan")}),
    "spontaneous": st.fixed_dictionaries({"allowed": st.booleans(), "short_notice": st.booleans()}),
    "limits.declared": st.just({"consequence": "terminated"}),
    "limits.threshold": st.just({"consequence": "terminated"}),
    "limits.capacity": st.just({"consequence": "terminated"}),
    "termination": st.just({"unlawful": True}),
    "persons": st.fixed_dictionaries({"barred_organisers": st.lists(st.sampled_from(LEGAL_FORMS), unique=True)}),
    "press": st.just({"closure": "covering_unlawful"}),
    "emergency": st.just({"effect": "barred"}),
    "exempt": st.just({"kinds": ["indoor", "residents", "official", "religious"]}),
}


@st.composite
def asks_nothing(draw: Any) -> list[dict[str, Any]]:
    """Rows under which nothing is owed by anything that can happen: cut by form, organiser, place or size."""
    column, words = draw(st.sampled_from([("forms", FORMS), ("organisers", LEGAL_FORMS), ("places", SITE_KINDS)]))
    cut = draw(st.integers(1, len(words) - 1))
    parts = [{column: list(words[:cut])}, {column: list(words[cut:])}]
    huge = draw(st.integers(1_000_000, 10**9))
    heavy = {"procedure": draw(st.sampled_from(["notification", "permit"])), "notice": "60 working days", "size": f"from {huge}"}
    if draw(st.booleans()):
        return [{"procedure": "exempt", **part} for part in parts]
    light = {"procedure": "exempt", "size": f"below {huge}"}
    return [{**row, **part} for row in (light, heavy) for part in parts]


NULL_LAWS = st.builds(
    lambda rows, provisions: load_law("no-law", {"procedures": rows, **provisions}),
    asks_nothing() | st.just([]),
    st.fixed_dictionaries({}, optional=NEVER_BINDING),
)


def test_a_law_that_never_binds_is_no_law(some_worlds: Any, until: Any) -> None:
    """Theorem 4, to the last byte: whatever else such a law says, it asks nothing of anyone and nothing is unlawful under it.

    No zone is prohibited, nobody is barred from coming, nothing is ended for the misconduct of a few, and there is no emergency:
    each of these binds what owes nothing, too.
    """
    seen = Counter[str]()

    @settings(SETTINGS, max_examples=30)
    @given(some_worlds(law=st.just(load_law("no-law"))), NULL_LAWS)
    def holds(world: Any, law: Regime) -> None:
        free = world.record()
        assert world.under(law).record().to_bytes() == free.to_bytes(), law.regime.edits
        seen["held"] += held(free)

    until(holds, lambda: set() if seen["held"] > 60 else {"held"})


def test_a_law_that_designates_places_for_nothing_is_no_law(some_worlds: Any) -> None:
    """Theorem 4 where a law binds to designated places only what owes something, and nothing does."""
    rules = {"procedures": [{"procedure": "exempt"}], "places": {"rule": "designated", "designated": 1, "central": True}}
    law = load_law("no-law", rules)

    @settings(SETTINGS, max_examples=40)
    @given(some_worlds(law=st.just(load_law("no-law"))))
    def holds(world: Any) -> None:
        assert world.under(law).record().to_bytes() == world.record().to_bytes()

    holds()


# -- 5. two texts of one law ---------------------------------------------------------------------------------------------------


def in_money(law: Regime, world: Any) -> Regime:
    """Fines in the law's unit of account told in its currency instead, as it stood throughout the run."""
    first, last = (world.scenario.scenario.start, world.model().calendar.date(world.scenario.scenario.days))
    if law.money.unit is None or _on(law.money.values, first) != _on(law.money.values, last):
        return law
    worth = _on(law.money.values, first)

    def told(sanction: Sanction | None) -> Sanction | None:
        fines = {name: getattr(sanction, name) for name in ("fine", "fine_least", "fine_repeat") if sanction}
        unit = law.money.unit
        own = {name: type(one)(one.amount * worth, law.money.currency) for name, one in fines.items() if one and one.unit == unit}
        return sanction and sanction.model_copy(update=own)

    roles = {role: told(getattr(law.sanctions, role)) for role in ("participant", "organiser", "legal_entity", "foreigner")}
    return law.model_copy(update={"sanctions": law.sanctions.model_copy(update=roles)})


def in_other_units(law: Regime, _world: Any) -> Regime:
    """Terms in days told in hours, in clear days told in days, in hours told in days."""

    def told(term: Duration | None) -> Duration | None:
        if term is None or term.unit == "working days":
            return term
        if term.unit == "hours":
            return Duration(math.ceil(term.amount / 24), "days")
        return Duration(24 * term.amount, "hours") if term.unit == "days" else Duration(term.amount + 1, "days")

    rows = tuple(
        row.model_copy(update={name: told(getattr(row, name)) for name in ("notice", "earliest", "decision")})
        for row in law.procedures
    )
    changes: dict[str, Any] = {"procedures": rows}
    changes["sanctions"] = law.sanctions.model_copy(update={"repeat_within": told(law.sanctions.repeat_within)})
    for table, name in (("appeal", "decided_in"), ("filing", "delivery"), ("spontaneous", "within")):
        if (rules := getattr(law, table)) is not None:
            changes[table] = rules.model_copy(update={name: told(getattr(rules, name))})
    return law.model_copy(update=changes)


def cell_by_cell(law: Regime, _world: Any) -> Regime:
    """What is owed told anew: a row for each form, organiser, place and stretch of sizes, and the threshold as a number."""
    rows = [
        law.procedures[stretch.row].model_copy(
            update={
                "forms": (form,),
                "organisers": (organiser,),
                "places": (place,),
                "size": Size(stretch.least, None if stretch.below == math.inf else int(stretch.below)),
            }
        )
        for form, organiser, place in CELLS
        for stretch in (law.coverage[form, organiser, place] if law.procedures else ())
    ]
    if law.threshold_value is None or not rows:
        return law
    return law.model_copy(update={"procedures": tuple(rows[::-1]), "threshold": None})


def cut_in_two(law: Regime, world: Any) -> Regime:
    """Each row cut into two that say the same, at a size that depends on the seed."""
    at = 2 + world.seed % 60
    found: list[ProcedureRow] = []
    for row in law.procedures:
        least, below = row.size.resolve(law.threshold_value)
        if least < at < below and row.size.least != "threshold" and row.size.below != "threshold":
            sizes = Size(row.size.least, at), Size(at, row.size.below)
            found += [row.model_copy(update={"size": size}) for size in sizes]
        else:
            found.append(row)
    return law.model_copy(update={"procedures": tuple(found)})


def spelled_out(law: Regime, _world: Any) -> Regime:
    """Everything that the text leaves unsaid said as it is meant, written to plain data and read again."""
    tables = law.model_dump(mode="json")
    for name, default in {
        "spontaneous": {"allowed": False},
        "press": {"closure": "none"},
        "emergency": {"effect": "none"},
        "exempt": {"kinds": []},
        "persons": {"minors": "allowed", "foreigners_attend": "allowed", "barred_organisers": []},
        "places": {"rule": "anywhere", "prohibited": []},
        "filing": {"contents": [], "delivery": "0 days", "announce_before": "free"},
        "appeal": {"to": "none"},
    }.items():
        tables[name] = tables.get(name) or {**default, "source": SOURCE}
    return Regime.model_validate(dict(reversed(tables.items())))


TEXTS = {told.__name__: told for told in (in_money, in_other_units, cell_by_cell, cut_in_two, spelled_out)}


def test_two_texts_of_one_law_leave_one_record(some_worlds: Any, some_laws: Any, until: Any) -> None:
    """Theorem 5: units, rows, order and what goes without saying are the text's, not the law's."""
    other = Counter[str]()
    counted = st.sampled_from([law for name in names("law") if (law := load_law(name)).money.unit])

    @SETTINGS
    @given(some_worlds(law=counted | some_laws()))
    def holds(world: Any) -> None:
        law, record = world.scenario.law, world.record()
        for name, told in TEXTS.items():
            text = told(law, world)
            if text != law:
                assert world.under(text).record().to_bytes() == record.to_bytes(), name
                other[name] += held(record) > 0

    until(holds, lambda: {name for name in TEXTS if other[name] < 3})


EDITS = st.fixed_dictionaries(
    {},
    optional={
        "threshold": st.integers(2, 500),
        "sanctions.participant.fine": st.integers(20, 90).map(lambda n: f"{n} MCI"),
        "procedures.permit.silence": st.sampled_from(["allowed", "ambiguous", "refused"]),
        "procedures.notification.notice": st.integers(5, 9).map(lambda n: f"{n} working days"),
        "places.rule": st.sampled_from(["anywhere", "designated"]),
        "limits.threshold.margin": st.sampled_from([0.0, 0.25]),
        "persons.minors": st.sampled_from(["allowed", "barred"]),
        "termination.unlawful": st.booleans(),
    },
)


def test_a_law_told_as_a_reform_of_another_is_that_law(some_worlds: Any, tmp_path: Any, until: Any) -> None:
    """An edit of a law, the same edit as a reform's text added to its name, and the law written out leave one record."""
    seen = Counter[str]()
    head = '[reform]\ntitle = "A reform"\ndescription = "Said as a reform."\nsource = "a test"\n[set]\n'

    @settings(SETTINGS, max_examples=12)
    @given(some_worlds(), EDITS)
    def holds(world: Any, edits: dict[str, Any]) -> None:
        assume(edits)
        written = {
            key: str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"') for key, value in edits.items()
        }
        path = tmp_path / "mine.toml"
        path.write_text(head + "\n".join(f'"{key}" = {value}' for key, value in written.items()), encoding="utf-8")
        edited, reformed = load_law("kazakhstan/2020-bill", edits), load_law(f"kazakhstan/2020-bill + {path}")
        record = world.under(edited).record()
        assert world.under(reformed).record().to_bytes() == record.to_bytes()
        assert world.under(Regime.model_validate(edited.model_dump(mode="json"))).record().to_bytes() == record.to_bytes()
        seen["held"] += held(record)

    until(holds, lambda: set() if seen["held"] > 10 else {"held"})


# -- 6. what is not used changes no draw ---------------------------------------------------------------------------------------


def unused(world: Any) -> dict[str, dict[str, Any]]:
    """Provisions that can apply to nothing in this world, by what they are, as changes to its law."""
    law, spec = world.scenario.law, world.scenario.town
    near = {zone for site in spec.sites for zone in site.near}
    kinds = {site.kind for site in spec.sites}
    refusal = law.refusal or Refusal(source=SOURCE)
    places = law.places or Places(source=SOURCE)
    exempt = law.exempt or Exempt(source=SOURCE)
    persons = law.persons or Persons(source=SOURCE)
    found: dict[str, dict[str, Any]] = {
        "an emergency, where there is none": {"emergency": Emergency(effect="barred", source=SOURCE)},
        "a ground that fits nothing": {
            "refusal": refusal.model_copy(
                update={
                    "grounds": tuple(one for one in refusal.grounds if one.name not in {"nuisance", "emergency"})
                    + tuple(Ground(name=name, breadth=0.0, source=SOURCE) for name in ("nuisance", "emergency"))
                }
            )
        },
        "zones that no site is near": {
            "places": places.model_copy(update={"prohibited": tuple({*places.prohibited, *(set(ZONE_KINDS) - near)})})
        },
        "kinds of gathering that nobody holds": {
            "exempt": exempt.model_copy(update={"kinds": tuple(dict.fromkeys([*exempt.kinds, "official", "religious"]))})
        },
    }
    if "nuisance" in {one.name for one in refusal.grounds}:
        del found["a ground that fits nothing"]
    if law.limits.capacity is None:
        far = Limit(consequence="terminated", margin=10.0, source=SOURCE)
        if min(site.capacity for site in spec.sites) * 11 > 2 * spec.people.adults:
            found["a limit that the town cannot pass"] = {"limits": law.limits.model_copy(update={"capacity": far})}
    if law.filing is None or law.filing.announce_before == "free":
        roles = {role: one for role in ("participant", "organiser") if (one := getattr(law.sanctions, role))}
        more = {
            role: one.model_copy(update={"offences": tuple({*one.offences, "announcing", "emergency"})})
            for role, one in roles.items()
        }
        found["penalties for what cannot happen"] = {"sanctions": law.sanctions.model_copy(update=more)}
    if not world.town.people.foreigner.any():
        severe = Sanction(offences=tuple(OFFENCES), expulsion=True, jail=Duration(90, "days"), source=SOURCE)
        found["bars and penalties for foreigners, where there are none"] = {
            "persons": persons.model_copy(update={"foreigners_attend": "barred"}),
            "sanctions": law.sanctions.model_copy(update={"foreigner": severe}),
        }
    if world.scenario.press.outlets == 0:
        found["rules for a press that says nothing"] = {"press": PressRules(closure="covering_unlawful", source=SOURCE)}
    absent = next((kind for kind in SITE_KINDS if kind not in kinds), None)
    if absent and law.procedures and all(row.places == "any" for row in law.procedures):
        rows = [row.model_copy(update={"places": "elsewhere"}) for row in law.procedures]
        banned = ProcedureRow(procedure="banned", places=(absent,), source=SOURCE)
        found["a ban at a kind of place that the town has not"] = {"procedures": (banned, *rows)}
    return found


UNUSED = (
    "an emergency, where there is none",
    "a ground that fits nothing",
    "zones that no site is near",
    "kinds of gathering that nobody holds",
    "a limit that the town cannot pass",
    "penalties for what cannot happen",
    "bars and penalties for foreigners, where there are none",
    "rules for a press that says nothing",
    "a ban at a kind of place that the town has not",
)


def test_a_provision_that_applies_to_nothing_changes_no_draw(some_worlds: Any, until: Any) -> None:
    """Theorem 6: the law says more, and the record is the same to the last byte."""
    shown = Counter[str]()

    @SETTINGS
    @given(some_worlds(), st.booleans())
    def holds(world: Any, silent: bool) -> None:
        if silent:
            world = world.with_(press=world.scenario.press.model_copy(update={"freedom": 0.0, "outlets": 0}))
        record = world.record()
        for name, changes in unused(world).items():
            law = world.scenario.law.model_copy(update=changes)
            assert world.under(law).record().to_bytes() == record.to_bytes(), name
            shown[name] += held(record) > 0

    until(holds, lambda: {name for name in UNUSED if shown[name] < 2})


def occasions(model: Any, organiser: Any) -> list[Any]:
    """What would be behind an opportunity of an organiser on two days, prompted or not."""
    found = []
    for model.today in (7, 0):
        found += [new_occasion(model, organiser, factor) for factor in (1.0, 3.0)]
    model.occasions.clear()
    return found


def test_further_organisers_leave_those_there_are_alone(some_worlds: Any) -> None:
    """Theorem 6: who they are, who follows them and what occasions they have; and while the others rest, the whole record."""

    @settings(SETTINGS, max_examples=15)
    @given(some_worlds(), st.floats(0.1, 0.9))
    def holds(world: Any, share: float) -> None:
        people = world.scenario.organisers
        few = world.with_(organisers=people.model_copy(update={"per_100k": share * people.per_100k}))
        one, other = few.model(), world.model()
        for mine, yours in zip(one.organisers, other.organisers, strict=False):
            traits = ("leader", "stance", "legal_form", "issue", "rate", "legality", "means")
            assert [getattr(mine, name) for name in traits] == [getattr(yours, name) for name in traits]
            assert mine.followers.tolist() == yours.followers.tolist()
            assert occasions(one, mine) == occasions(other, yours)
        if world.scenario.law.places is not None and world.scenario.law.places.exclusive:
            return  # then organisers mind how many rivals there are
        for resting in other.organisers[len(one.organisers) :]:
            resting.jailed_until = 10**6
        assert other.run_for().to_bytes() == one.run_for().to_bytes()

    holds()


def test_measuring_changes_nothing(some_worlds: Any) -> None:
    """Theorem 6: every table and indicator may be computed on any day, from a run that then goes on as if nobody had looked."""

    @settings(SETTINGS, max_examples=8)
    @given(some_worlds(), st.integers(1, 9))
    def holds(world: Any, day: int) -> None:
        model = world.model()
        model.run_for(day)
        so_far = model.record.to_bytes()
        measure(model.record, world.scenario, world.town, day)
        assert model.record.to_bytes() == so_far
        assert model.run_for().to_bytes() == world.record().to_bytes()

    holds()
