"""Who turns out, in the whole model: theorems about one assembly that hold for every town, law and seed.

The kernel is held against its definition, and made-up arrays against the theorems, in ``tests/behaviour/test_turnout.py``. Here
the assembly is one of a run: a random town lives through a fortnight under a random law, and at every assembly the model is asked
once more who would come if one thing were otherwise. The assembly itself is held: the same organiser, occasion, plan and day.
"""

from __future__ import annotations

import contextlib
import functools
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unittest import mock

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sim.behaviour.arrays import LONG_AGO
from sim.behaviour.following import follow
from sim.law import OFFENCES, Money, Regime
from sim.law.amounts import Duration
from sim.law.provisions import Persons, Sanction
from sim.model import ProtestModel, street
from sim.streams import unit, words

SETTINGS = settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
"""Nothing is shrunk: that would take minutes, and a world is told by its law, edits and seed."""
TOGETHER = st.fixed_dictionaries(
    {
        "sigma": st.floats(0.0, 1.5),
        "hears": st.floats(0.05, 1.0),
        "risk": st.floats(0.05, 3.0),
        "asked": st.floats(0.1, 1.0),
        "call_reach": st.just(0.01),
    }
)
"""Ties, telling and risk anywhere in their ranges, with complements: what the theorem asks for. Calls have readers here."""

WHO_COMES = street._who_comes

SANCTIONS = st.builds(
    lambda offences, fine, more, jail: Sanction(
        offences=offences,
        fine=Money(fine, "wages"),
        fine_repeat=Money(fine + more, "wages"),
        jail=Duration(jail, "days"),
        source="a test",
    ),
    offences=st.sampled_from([tuple(OFFENCES), ("not_leaving", "minors")]),
    fine=st.floats(0.0, 2.0).map(lambda x: round(x, 2)),
    more=st.floats(0.0, 4.0).map(lambda x: round(x, 2)),
    jail=st.integers(0, 15),
)

STRICT = ("kazakhstan/1995", "singapore/2009", "russia/2014", "belarus")
FEARED = st.fixed_dictionaries({"risk": st.floats(0.5, 3.0), "stigma": st.floats(0.0, 0.3)})

type People = frozenset[int]


def asked(model: ProtestModel, gathering: Any) -> tuple[People, People, int]:
    """The adults who come, those with a child, and how many heard of it, by the model's own path to the kernel."""
    goers, parents, reached = WHO_COMES(model, gathering)
    return frozenset(goers.tolist()), frozenset(parents.tolist()), int(reached)


def who(model: ProtestModel, gathering: Any) -> People:
    return asked(model, gathering)[0]


def live(world: Any, look: Callable[[ProtestModel, Any], None]) -> None:
    """Let a world live, looking at every assembly at which more than one person may come, just before it gathers."""

    def looked_at(model: ProtestModel, gathering: Any) -> Any:
        if gathering.assembly.plan.form != "single_picket":
            look(model, gathering)
        return WHO_COMES(model, gathering)

    model = world.model()
    give_a_past(model)
    with mock.patch.object(street, "_who_comes", looked_at):
        model.run_for()


def give_a_past(model: ProtestModel) -> None:
    """A third of the people were fined forty days before the first."""
    moods = model.citizens.state.moods
    moods.punished[::3], moods.owing[::3] = -40 - LONG_AGO, -40
    moods.debt[::3] = model.town.people.income[::3]


# -- the definition, person by person ----------------------------------------------------------------------------------------


@dataclass(eq=False)
class Definition:
    """Would someone go, if exactly these go? For one assembly of a model, in plain Python."""

    model: ProtestModel
    gathering: Any

    @cached_property
    def call(self) -> Any:
        return street._call(self.model, self.gathering)

    def coin(self, key: Any, who: int, slot: int = 0, word: int = 0) -> float:
        return float(unit(words(key, who, self.call.event, slot)[word]))

    @cached_property
    def asked(self) -> People:
        followers, leader = self.gathering.assembly.organiser.followers.tolist(), self.call.leader
        told = {i for i in followers if self.coin(self.model.keys.call, i) < self.call.reach}
        return frozenset(told | ({leader} if leader >= 0 else set()))

    @cached_property
    def readers(self) -> People:
        key, people = self.model.keys.audience, self.model.town.people
        who = [(int(self.coin(key, j) * people.n), self.coin(key, j, word=1)) for j in range(self.call.audience)]
        return frozenset(i for i, reads in who if reads < people.media[i])

    @functools.cache  # noqa: B019 - a definition lives for one assembly
    def tells(self, i: int) -> list[int]:
        """Whom one tells who goes."""
        hears, key = self.model.conduct.behaviour.hears, self.model.keys.told
        return [j for j in self.model.town.ties.of(i).tolist() if self.coin(key, i, j) < hears]

    @functools.cache  # noqa: B019
    def brings_child(self, i: int) -> bool:
        careful = max(0.0, 1.0 - self.coin(self.model.keys.noise, i, word=2) - float(self.model.town.people.deference[i]))
        return self.coin(self.model.keys.noise, i, word=1) < self.call.brings * (careful if self.call.minors_barred else 1.0)

    @functools.cache  # noqa: B019
    def alone(self, i: int) -> tuple[float, float]:
        """What speaks for going less what speaks against it for one whom nobody asked and who fears nothing; and the sanction."""
        call, people, behaviour = self.call, self.model.town.people, self.model.conduct.behaviour
        moods = self.model.citizens.state.moods
        u, since = self.coin(self.model.keys.noise, i), call.day - int(moods.stamp[i])
        gain = float(people.concern[call.issue, i]) + call.pull + call.news * float(people.media[i])
        gain += float(moods.anger[i]) * 0.5 ** (since / behaviour.anger_half_life) + behaviour.noise * math.log(u / (1.0 - u))
        cost = float(people.theta[i]) + float(call.travel[people.district[i]])
        cost += float(people.deference[i]) * call.deference_weight * float(call.unlawful[int(people.foreigner[i])])
        cost += float(moods.fear[i]) * 0.5 ** (since / behaviour.fear_half_life)
        status = 2 * int(people.foreigner[i]) + int(moods.punished[i] + LONG_AGO >= call.repeat_since)
        fine = float(call.fine[status])
        if fine > 0.0:
            fine += float(moods.debt[i]) * 0.5 ** ((call.day - int(moods.owing[i])) / behaviour.debt_half_life)
        sanction = fine / float(people.income[i]) + float(call.jail[status]) + float(call.stigma[status])
        return gain - cost, float(people.risk_aversion[i]) * sanction

    def would_go(self, i: int, asking: int, crowd: int) -> bool:
        """Whether one who has heard of it goes, when so many ties who go told of it, of a crowd of so many persons."""
        call, behaviour = self.call, self.model.conduct.behaviour
        if self.model.citizens.state.moods.away_until[i] > call.day:
            return False
        if i == call.leader:
            return True
        alone, sanction = self.alone(i)
        together = behaviour.asked * (asking > 0 or i in self.asked) + behaviour.sigma * asking / (asking + behaviour.kappa)
        risk = call.belief * (1.0 - math.exp(-behaviour.risk * call.officers / max(call.announced, crowd, 1.0)))
        return alone + together > sanction * risk

    def by_visiting(self, order: random.Random) -> list[int]:
        """Visit people one at a time, whoever is next in a random order: who went, in that order."""
        heard, asking, crowd = set(self.asked | self.readers), Counter[int](), 0
        gone: list[int] = []
        while True:
            before, waiting = len(gone), sorted(heard.difference(gone))
            order.shuffle(waiting)
            for i in waiting:
                if self.would_go(i, asking[i], crowd):
                    gone.append(i)
                    crowd += 1 + self.brings_child(i)
                    asking.update(self.tells(i))
                    heard.update(self.tells(i))
            if len(gone) == before:
                return gone

    def join(self, goers: People) -> People:
        """Who would come besides, if exactly these went."""
        asking = Counter(j for i in goers for j in self.tells(i))
        crowd = sum(1 + self.brings_child(i) for i in goers)
        heard = (self.asked | self.readers | asking.keys()) - goers
        return frozenset(i for i in heard if self.would_go(i, asking[i], crowd))


def test_people_may_be_visited_in_any_order(some_worlds: Any, until: Any) -> None:
    """Theorem 1: whoever is visited next, the same people end up going; nor does it matter how followers are listed."""
    seen = Counter[str]()

    @SETTINGS
    @given(some_worlds(), TOGETHER, st.integers(0, 2**32))
    def holds(world: Any, together: dict[str, float], order: int) -> None:
        shuffled = random.Random(order)

        def look(model: ProtestModel, gathering: Any) -> None:
            goers = who(model, gathering)
            rule = Definition(model, gathering)
            assert frozenset(rule.by_visiting(shuffled)) == goers
            followers = gathering.assembly.organiser.followers
            listed = np.array(shuffled.sample(followers.tolist(), followers.size), np.int32)
            with mock.patch.object(gathering.assembly.organiser, "followers", listed):
                assert who(model, gathering) == goers
            seen.update(assemblies=1, people=len(goers), told_by_a_tie=len(goers - rule.asked - rule.readers))

        live(deciding(world, together), look)

    until(
        holds, lambda: {name for name in ("assemblies", "told_by_a_tie") if seen[name] <= 50}
    )  # or the order would hardly matter


def test_no_smaller_set_of_goers_is_consistent(some_worlds: Any, until: Any) -> None:
    """Theorem 3: nobody else would come, and of any fewer somebody would.

    A set is consistent if whoever would go is in it. Every proper subset is tried that leaves out one person or stops in the
    middle of a random order of joining, and some at random besides.
    """
    seen = Counter[str]()

    @settings(SETTINGS, max_examples=15)
    @given(some_worlds(), TOGETHER, st.integers(0, 2**32))
    def holds(world: Any, together: dict[str, float], order: int) -> None:
        shuffled = random.Random(order)

        def look(model: ProtestModel, gathering: Any) -> None:
            goers, rule = who(model, gathering), Definition(model, gathering)
            assert rule.join(goers) == frozenset()
            joined = rule.by_visiting(shuffled)
            fewer = [goers - {i} for i in shuffled.sample(sorted(goers), min(5, len(goers)))]
            fewer += [frozenset(joined[:n]) for n in range(0, len(joined), 1 + len(joined) // 5)]
            fewer += [frozenset(i for i in goers if shuffled.random() < 0.7) for _ in range(3)]
            for some in fewer:
                if some != goers:
                    assert rule.join(some), some
                    seen["fewer"] += 1

        live(deciding(world, together), look)

    until(holds, lambda: set() if seen["fewer"] > 200 else {"fewer"})


# -- what keeps people away, what brings them ----------------------------------------------------------------------------------


def deciding(world: Any, changes: dict[str, float]) -> Any:
    """The world with people who decide otherwise."""
    return world.with_(behaviour=world.scenario.behaviour.model_copy(update=changes))


_CHANGED: dict[tuple[int, str], tuple[Regime, Regime]] = {}
"""Laws that were changed already, by the law (which is kept, so that no other takes its number) and the change."""


@contextlib.contextmanager
def law_with(model: ProtestModel, **changes: Any) -> Iterator[None]:
    """The law with other provisions, for the time of asking."""
    law = model.regime
    asked = id(law), repr(changes)
    if asked not in _CHANGED:
        _CHANGED[asked] = law, law.model_copy(update=changes)
    model.regime = _CHANGED[asked][1]
    model._penalties.clear()
    yield
    model.regime = law
    model._penalties.clear()


def punished(model: ProtestModel, change: Callable[[Sanction], dict[str, Any]]) -> Any:
    """Participants and foreigners punished otherwise; citizens whom the law does not punish stay unpunished."""
    rules = model.regime.sanctions
    found = {role: getattr(rules, role) for role in ("participant", "foreigner")}
    changed = {role: one.model_copy(update=change(one)) for role, one in found.items() if one}
    return law_with(model, sanctions=rules.model_copy(update=changed))


def dearer(fine: Money | None, by: float) -> Money | None:
    return Money(fine.amount * (1.0 + by), fine.unit) if fine and fine.amount else fine and Money(by, "wages")


def longer(jail: Duration | None, by: float) -> Duration | None:
    return jail and Duration(jail.amount + math.ceil(10 * by), "days")


def remember(model: ProtestModel, by: float) -> Any:
    """Earlier sanctions count for longer. That is sterner where a repeat is punished no more mildly than a first offence."""
    milder = any(
        (one.fine_repeat is not None and one.fine_repeat.amount < one.fine.amount)
        or (one.jail_repeat is not None and one.jail_repeat.amount < one.jail.amount)
        for role in ("participant", "foreigner")
        if (one := getattr(model.regime.sanctions, role))
    )
    within = model.regime.sanctions.repeat_within
    again = within if milder else Duration(within.amount + math.ceil(100 * by), within.unit)
    return law_with(model, sanctions=model.regime.sanctions.model_copy(update={"repeat_within": again}))


def nowhere_else_punished(model: ProtestModel, _by: float) -> Any:
    """A law that punishes citizens of no offence begins to."""
    rules = model.regime.sanctions
    new = rules.participant or Sanction(offences=tuple(OFFENCES), fine=Money(3.0, "wages"), source="a test")
    foreigner = rules.foreigner or rules.participant or new
    return law_with(model, sanctions=rules.model_copy(update={"participant": new, "foreigner": foreigner}))


def barring(model: ProtestModel, **bars: str) -> Any:
    persons = model.regime.persons or Persons(source="a test")
    return law_with(model, persons=persons.model_copy(update=bars))


def moved_away(model: ProtestModel, gathering: Any, by: float) -> Any:
    """The site moves so far out of town that everyone has a longer way."""
    spec, here = model.town.spec, gathering.assembly.plan.site
    x, y = spec.sites[here].at
    homes = [district.at for district in spec.districts]
    old = [math.dist(home, (x, y)) for home in homes]
    step = next(
        km
        for km in (by, *range(1, 200))
        if all(math.dist(home, (x + km, y)) >= far for home, far in zip(homes, old, strict=True))
    )
    travel = model.travel.copy()
    travel[:, here] = [model.conduct.behaviour.travel * math.dist(home, (x + step, y)) for home in homes]
    return mock.patch.object(model, "travel", travel)


def held_unlawfully(_model: ProtestModel, gathering: Any, _by: float) -> Any:
    """What was lawful is held without the notice that it owes."""
    if gathering.suspect:
        return contextlib.nullcontext()
    return mock.patch.multiple(gathering, suspect=True, offences=["no_filing"])


def shaken(model: ProtestModel, by: float) -> Any:
    """A greater shock to everything that one may be concerned with."""
    known = model.almanac.concern
    return mock.patch.object(model.almanac, "concern", lambda issue, day: known(issue, day) + by)


def followed(model: ProtestModel, gathering: Any, by: float) -> Any:
    """A larger following, found as the first one was."""
    organiser, behaviour, town = gathering.assembly.organiser, model.conduct.behaviour, model.town
    home = town.district_slices[town.people.district[organiser.leader]]
    size = organiser.followers.size + math.ceil(town.n * by)
    met, local, key = int(behaviour.followers_met), behaviour.followers_local, model.streams.key("organiser/follow")
    more = follow(key, organiser.number, size, met, local, home.start, home.stop, town.people.concern[organiser.issue])
    return mock.patch.object(organiser, "followers", np.union1d(organiser.followers, more).astype(np.int32))


def tied(model: ProtestModel, by: float) -> Any:
    """Further ties, between people who stand next to each other in the register, and others far apart."""
    columns, n = model.columns, model.town.n
    rows = [set(model.town.ties.of(i).tolist()) for i in range(n)]
    for i in range(0, n, max(1, round(1.0 / (by + 0.01)))):
        for j in {(i + 1) % n, (7 * i + 3) % n} - {i}:
            rows[i].add(j)
            rows[j].add(i)
    indptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    neighbours = np.array([j for row in rows for j in sorted(row)], np.int32)
    return mock.patch.object(model, "columns", columns._replace(indptr=indptr, neighbours=neighbours))


def rated(model: ProtestModel, **changes: float) -> Any:
    return mock.patch.object(model, "rates_of_turnout", model.rates_of_turnout._replace(**changes))


def added(gathering: Any, name: str, by: float) -> Any:
    return mock.patch.object(gathering, name, getattr(gathering, name) + by)


type Change = Callable[[ProtestModel, Any, float], Any]

STERNER: dict[str, Change] = {
    "fine": lambda m, _, x: punished(m, lambda one: {"fine": dearer(one.fine, x), "fine_repeat": dearer(one.fine_repeat, x)}),
    "jail": lambda m, _, x: punished(m, lambda one: {"jail": longer(one.jail, x), "jail_repeat": longer(one.jail_repeat, x)}),
    "every offence": lambda m, _, _x: punished(m, lambda _one: {"offences": tuple(OFFENCES)}),
    "citizens punished": lambda m, _, x: nowhere_else_punished(m, x),
    "a longer memory": lambda m, _, x: remember(m, x),
    "expulsion": lambda m, _, _x: punished(m, lambda _one: {"expulsion": True}),
    "foreigners barred": lambda m, _, _x: barring(m, foreigners_attend="barred"),
    "minors barred": lambda m, _, _x: barring(m, minors="barred"),
    "officers": lambda _, g, x: added(g, "officers", math.ceil(10 * x)),
    "distance": moved_away,
    "unlawful": held_unlawfully,
    "legitimacy": lambda m, _, x: mock.patch.object(m.news, "legitimacy", mock.Mock(return_value=m.news.legitimacy(m.today) + x)),
    "belief": lambda m, _, x: mock.patch.object(m.news, "belief", m.news.belief + (1.0 - m.news.belief) * min(x, 1.0)),
}
KINDER: dict[str, Change] = {
    "concern": lambda m, _, x: shaken(m, x),
    "appeal": lambda _, g, x: added(g.assembly, "appeal", x),
    "following": followed,
    "sigma": lambda m, _, x: rated(m, sigma=m.rates_of_turnout.sigma + x),
    "telling": lambda m, _, x: rated(m, hears=min(1.0, m.rates_of_turnout.hears + x)),
    "ties": lambda m, _, x: tied(m, x),
    "time to call": lambda _, g, x: added(g.assembly, "called", -math.ceil(10 * x)),
    "expected": lambda _, g, x: added(g, "expected", 2_000.0 * x),
}


def test_who_comes_falls_with_what_deters_and_rises_with_what_draws(some_worlds: Any, some_laws: Any, until: Any) -> None:
    """Theorem 2, for every seed and as sets: nobody comes *because* it is dearer, nobody stays away *because* more speaks for it.

    So do those who bring a child, and the number who hear of it. What is held: the assembly (organiser, occasion, plan, day of
    the call), the mood of the town, the officers sent and the number announced, except where one of these is what changes: police
    who send more to what is expected to be larger can undo a greater concern. Complements (sigma from 0 up). Before the door: a
    hall that is full lets in whom a coin favours.
    """
    mattered = Counter[str]()
    laws = st.builds(threatening, some_laws(STRICT), st.none() | SANCTIONS, st.none() | SANCTIONS)

    @settings(SETTINGS, max_examples=40)
    @given(some_worlds(st.integers(600, 1_200), laws), TOGETHER, FEARED, st.floats(0.1, 1.5))
    def holds(world: Any, together: dict[str, float], feared: dict[str, float], by: float) -> None:
        def look(model: ProtestModel, gathering: Any) -> None:
            before = asked(model, gathering)
            for name, change in {**STERNER, **KINDER}.items():
                with change(model, gathering, by):
                    after = asked(model, gathering)
                fewer, more = (after, before) if name in STERNER else (before, after)
                assert fewer[0] <= more[0], name
                assert fewer[1] <= more[1], name
                assert fewer[2] <= more[2], name
                mattered[name] += after != before
            assert asked(model, gathering) == before, "looking on changed something"

        live(deciding(world, {**together, **feared}), look)

    until(holds, lambda: {name for name in {**STERNER, **KINDER} if not mattered[name]})  # what moved nobody proves nothing


def threatening(law: Any, participant: Sanction | None, foreigner: Sanction | None) -> Any:
    """The law with other sanctions against those who take part, or with none."""
    rules = {"participant": participant, "foreigner": foreigner, "repeat_within": Duration(30, "days")}
    return law.model_copy(update={"sanctions": law.sanctions.model_copy(update=rules)})
