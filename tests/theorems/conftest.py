"""Random worlds: small towns, laws, ways of deciding and seeds, for theorems that hold in every one of them.

A test draws from the strategies below with ``st.data()``; every one of them makes texts as a user might write them, so whatever
is found here can be written down as a scenario. Nothing is drawn that the texts do not allow: laws are those of the library with
provisions changed or added, parameters lie within their documented ranges.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from sim.law import OFFENCES, Regime, load_law
from sim.model import ProtestModel
from sim.population import Town, build_town
from sim.record import Record
from sim.scenario import Scenario, load_scenario, parameters
from sim.texts import names
from sim.words import LEGAL_FORMS, SITE_KINDS, ZONE_KINDS

ISSUE = "power"
BUSY = {
    "organisers.per_100k": 500.0,
    "organisers.opportunities": 120.0,
    "organisers.following_most": 0.3,
    "choices.legality": 0.2,
    "choices.effort_cost": 0.8,
    "choices.sanction_weight": 0.2,
    "traits.reluctance_mean": 0.75,
    "police.style": 0.7,
    "police.misconduct": 0.3,
    "court.organisers_liable": 0.2,
    "court.identified": 0.1,
    "press.freedom": 0.8,
}
"""Much happens, much of it against the law, so that a fortnight in a village shows something."""

PLACES = [("KZ", None), ("DE", "BE"), ("AM", None), ("GB", None), ("SG", None)]
NOT_ONE_BY_ONE = (
    "organisers.stance",  # shares that sum to 1 cannot be set one by one
    "organisers.legal_form",
    "organisers.per_100k",  # so that something happens in so small a town
    "organisers.opportunities",
    "organisers.following",
    "traits.deference",  # two shares that may not sum to more than 1
    "press.outlets",  # a whole number
    "people.",
    "districts.",
    "sites.",
    "income.",
)


@dataclass(frozen=True)
class World:
    """A scenario and a seed, and the town they share with every other law."""

    scenario: Scenario
    seed: int
    _towns: dict[int, Town] = field(default_factory=dict, compare=False, repr=False)

    def __repr__(self) -> str:
        law, town = self.scenario.law.regime, self.scenario.town
        return f"World(seed={self.seed}, {town.people.adults} adults, {law.title!r}, edits={law.edits})"

    @property
    def town(self) -> Town:
        """Its town; built once."""
        if not self._towns:
            here = self.scenario
            self._towns[0] = build_town(here.town, here.traits, len(here.issues), self.seed)
        return self._towns[0]

    def under(self, law: Regime) -> World:
        """The same world under another law."""
        return World(self.scenario.model_copy(update={"law": law}), self.seed, self._towns)

    def with_(self, **changes: Any) -> World:
        """The same world with other tables of the scenario; the town stays."""
        return World(self.scenario.model_copy(update=changes), self.seed, self._towns)

    def model(self) -> ProtestModel:
        """A model of it, on its first morning."""
        return ProtestModel(self.scenario, rng=self.seed, town=self.town)

    def record(self) -> Record:
        """What happens in it."""
        return self.model().run_for()


# -- towns -------------------------------------------------------------------------------------------------------------------

KM = st.floats(-4.0, 4.0).map(lambda x: round(x, 2))


@st.composite
def towns(draw: Any, adults: st.SearchStrategy[int]) -> dict[str, Any]:
    """A small town as changes to the seminar's: people, districts, sites, ties, and whose holidays it keeps."""
    districts = [
        {"name": f"District {n}", "adults": draw(st.integers(1, 9)), "at": [draw(KM), draw(KM)]}
        for n in range(draw(st.integers(2, 4)))
    ]
    kinds = ["symbolic", *draw(st.lists(st.sampled_from(SITE_KINDS), min_size=2, max_size=5))]
    sites = [
        {
            "name": f"Site {n}",
            "kind": kind,
            "district": "District 0",
            "at": [draw(KM), draw(KM)],
            "capacity": draw(st.integers(10, 2_000)),
            "near": draw(st.lists(st.sampled_from(ZONE_KINDS), max_size=2, unique=True)),
        }
        for n, kind in enumerate(kinds)
    ]
    country, part = draw(st.sampled_from(PLACES))
    return {
        "town.people.adults": draw(adults),
        "town.people.foreigners": draw(st.sampled_from([0.0, 0.1, 0.4])),
        "town.people.minors_brought": draw(st.sampled_from([0.0, 0.03, 0.3])),
        "town.districts": districts,
        "town.sites": sites,
        "town.town.country": country,
        "town.town.subdivision": part,
    }


# -- laws --------------------------------------------------------------------------------------------------------------------

WAGES = st.floats(0.0, 6.0).map(lambda x: f"{x:.2f} wages")
JAIL = st.integers(0, 30).map(lambda n: f"{n} days")
SOME = st.lists(st.sampled_from(sorted(OFFENCES)), min_size=1, unique=True)
SANCTIONS = st.fixed_dictionaries(
    {"offences": st.just(sorted(OFFENCES)) | SOME, "fine": WAGES, "jail": JAIL, "warning": st.booleans()},
    optional={"expulsion": st.booleans(), "fine_repeat": WAGES, "jail_repeat": JAIL},
)
LIMIT = st.fixed_dictionaries(
    {"consequence": st.sampled_from(["tolerated", "fined", "terminated"]), "margin": st.sampled_from([0.0, 0.1])}
)
FACTS = ("late_filing", "incomplete", "place_taken", "place_not_allowed", "over_capacity")
GROUNDS = st.lists(
    st.sampled_from(
        ["late_filing", "incomplete", "place_taken", "place_not_allowed", "over_capacity", "public_order", "any_law"]
    ),
    unique=True,
).map(lambda found: [{"name": name, "breadth": 0.5} for name in found])
ZONES = st.lists(st.sampled_from(ZONE_KINDS), max_size=1)
PROVISIONS = st.fixed_dictionaries(
    {},
    optional={
        "sanctions.participant": SANCTIONS,
        "sanctions.organiser": SANCTIONS,
        "sanctions.foreigner": SANCTIONS,
        "sanctions.repeat_within": st.sampled_from(["30 days", "1 day", "365 days"]),
        "refusal": st.fixed_dictionaries(
            {"grounds": GROUNDS, "closed": st.booleans(), "must_offer": st.booleans(), "may_cut_size": st.booleans()}
        ),
        "appeal": st.fixed_dictionaries(
            {"to": st.just("court"), "decided_in": st.sampled_from(["1 days", "5 days"]), "suspensive": st.booleans()}
        ),
        "places": st.fixed_dictionaries(
            {
                "rule": st.sampled_from(["anywhere", "designated"]),
                "designated": st.integers(1, 3),
                "prohibited": ZONES,
                "capacity_binds": st.booleans(),
                "exclusive": st.booleans(),
            }
        ),
        "spontaneous": st.fixed_dictionaries({"allowed": st.booleans(), "short_notice": st.booleans()}),
        "limits.declared": LIMIT,
        "limits.threshold": LIMIT,
        "limits.capacity": LIMIT,
        "termination": st.fixed_dictionaries({"unlawful": st.booleans(), "misconduct_of_few": st.booleans()}),
        "persons": st.fixed_dictionaries(
            {
                "minors": st.sampled_from(["allowed", "barred"]),
                "foreigners_attend": st.sampled_from(["allowed", "barred"]),
                "barred_organisers": st.lists(st.sampled_from(LEGAL_FORMS), max_size=2, unique=True),
            }
        ),
        "press": st.just({"closure": "covering_unlawful"}),
        "exempt": st.just({"kinds": ["indoor", "residents"]}),
    },
)


@st.composite
def rows(draw: Any) -> list[dict[str, Any]]:
    """What is owed: one procedure up to a size and another from it, with terms of any unit."""

    def row(procedure: str, size: str) -> dict[str, Any]:
        if procedure in {"exempt", "banned"}:
            return {"procedure": procedure, "size": size}
        unit = draw(st.sampled_from(["working days", "days", "clear days"]))
        notice = draw(st.integers(1, 6))
        found = {"procedure": procedure, "size": size, "notice": f"{notice} {unit}"}
        if draw(st.booleans()):
            found["decision"] = f"{draw(st.integers(1, notice))} {unit}"
            found["silence"] = draw(st.sampled_from(["allowed", "ambiguous", "refused"]))
        return found

    at = draw(st.integers(2, 120))
    some = st.sampled_from(["exempt", "notification", "notification", "permit", "permit", "banned"])
    return [row(draw(some), f"below {at}"), row(draw(some), f"from {at}")]


@st.composite
def laws(draw: Any, of: tuple[str, ...] = tuple(names("law"))) -> Regime:
    """A law of the library (any, or one of some), with a few provisions of its own, or with rows of its own."""
    changes = dict(draw(PROVISIONS))
    if draw(st.booleans()):
        changes |= {"procedures": draw(rows()), "threshold": "none"}
    return load_law(draw(st.sampled_from(of)), changes)


# -- worlds ------------------------------------------------------------------------------------------------------------------


VILLAGE = st.integers(300, 900)


@st.composite
def worlds(draw: Any, adults: st.SearchStrategy[int] = VILLAGE, law: st.SearchStrategy[Regime] | None = None) -> World:
    """A small town for a fortnight or three, in which a few parameters lie anywhere in their ranges, under some law."""
    start = draw(st.dates(datetime.date(2018, 6, 1), datetime.date(2021, 6, 1)))
    days = draw(st.integers(10, 20))
    shock = start + datetime.timedelta(draw(st.integers(0, 8)))
    size = draw(st.sampled_from([0.2, 0.35]))
    events = {
        "scenario.start": start.isoformat(),
        "scenario.days": days,
        "shocks": [{"date": shock.isoformat(), "issue": ISSUE, "size": size, "title": "An event", "source": "invented"}],
    }
    moved = {}
    for row in draw(st.lists(st.sampled_from(SWEPT), max_size=8, unique_by=lambda row: row.name)):
        name = f"town.{row.name}" if row.name.startswith("ties.") else row.name
        moved[name] = draw(st.floats(*row.range))
    scenario = load_scenario("seminar", {**BUSY, **events, **draw(towns(adults)), **moved})
    return World(scenario.model_copy(update={"law": draw(laws() if law is None else law)}), draw(st.integers(0, 2**53 - 1)))


SWEPT = [row for row in parameters(load_scenario("seminar")) if not row.name.startswith(NOT_ONE_BY_ONE)]


@pytest.fixture(scope="session")
def some_worlds() -> Callable[..., st.SearchStrategy[World]]:
    """The strategy of worlds; it takes strategies of adults and of laws."""
    return worlds


@pytest.fixture(scope="session")
def some_laws() -> Callable[..., st.SearchStrategy[Regime]]:
    """The strategy of laws; it takes the names of those to draw from."""
    return laws


@pytest.fixture(scope="session")
def until() -> Callable[[Callable[[], None], Callable[[], set[str]]], None]:
    """``until(holds, unseen)``: draw worlds until nothing is left unseen, at most eight times as many as a property asks for.

    A theorem that was never put to the test proves nothing, so what each test must have met is named. What hypothesis draws
    changes with every constant in the sources, so that a fixed number of worlds would miss something now and then.
    """

    def draw(holds: Callable[[], None], unseen: Callable[[], set[str]]) -> None:
        for number in range(8):
            hypothesis.seed(number)(holds)()
            if not unseen():
                return
        assert unseen() == set(), "never met, so nothing is proved of it"

    return draw
