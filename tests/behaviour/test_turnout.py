"""Who turns out: the kernel against its definition in plain Python, and the theorems that follow from it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from sim.behaviour.arrays import LONG_AGO, Call, Columns, Keys, Moods, Rates, Workspace
from sim.behaviour.turnout import gather, perceived_risk
from sim.rows import columns_of, row_of, zero_rows
from sim.streams import Streams, event_code, unit, words

DAY = 100
NEVER = 0
KEYS = Keys(*(Streams(7).key(f"turnout/{name}") for name in ("noise", "told", "call", "audience")))
SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)

type Crowd = frozenset[int]


@dataclass(frozen=True)
class Scene:
    """A town, its moods and a call: all that decides who comes."""

    columns: Columns
    moods: Moods
    call: Call
    rates: Rates
    followers: np.ndarray

    @property
    def n(self) -> int:
        return self.columns.theta.size

    def with_call(self, **changes: Any) -> Scene:
        return replace(self, call=self.call._replace(**changes))

    def with_rates(self, **changes: float) -> Scene:
        return replace(self, rates=self.rates._replace(**changes))

    def with_columns(self, **changes: np.ndarray) -> Scene:
        return replace(self, columns=self.columns._replace(**changes))

    def with_moods(self, **changes: np.ndarray) -> Scene:
        return replace(self, moods=self.moods._replace(**changes))

    def gather(self, room: Workspace | None = None) -> tuple[Crowd, Crowd, int]:
        """Who comes, who of them brings a child, and how many adults heard of it."""
        room = room or Workspace.of(self.n)
        columns = Columns(*(shared(array) for array in self.columns[:2]), *(shared(array) for array in rows(self.columns[2:])))
        moods = Moods(*rows(self.moods))
        goers, parents, reached = gather(self.followers, columns, moods, self.call, self.rates, KEYS, room)
        for people in (goers, parents):
            assert people.dtype == np.int32
            assert np.all(np.diff(people) > 0), "rising, each once"
        return frozenset(goers.tolist()), frozenset(parents.tolist()), int(reached)

    @property
    def goers(self) -> Crowd:
        return self.gather()[0]


def shared(array: np.ndarray) -> np.ndarray:
    """As a town keeps its arrays: they cannot be written."""
    view = array.view()
    view.flags.writeable = False
    return view


def rows(columns: Iterable[np.ndarray]) -> list[np.ndarray]:
    """The same columns as views of rows, as the model hands them over (so that no kernel is compiled twice)."""
    named = {f"f{number}": column.T for number, column in enumerate(columns)}
    kind = row_of([(name, column.dtype, column.shape[1:]) for name, column in named.items()])
    some = zero_rows(len(named["f0"]), kind)
    for name, column in named.items():
        some[name] = column
    return list(columns_of(some).values())


def network(n: int, pairs: Iterable[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Ties as the town keeps them: symmetric, sparse rows."""
    rows: list[list[int]] = [[] for _ in range(n)]
    for i, j in pairs:
        rows[i].append(j)
        rows[j].append(i)
    indptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return indptr, np.array([j for row in rows for j in sorted(row)], np.int32)


def by_site(travel: list[float]) -> np.ndarray:
    """The way by district, as the model hands it over: a column of a table of all sites (so that no kernel is compiled twice)."""
    return np.column_stack([travel, travel])[:, 0]


def scene(seed: int, n: int) -> Scene:
    """A town of n people in which everything the rule speaks of is there, in sizes that matter."""
    rng = np.random.default_rng(seed)
    share = min(1.0, 5.0 / n)
    indptr, neighbours = network(n, ((i, j) for i in range(n) for j in range(i) if rng.random() < share))
    columns = Columns(
        indptr,
        neighbours,
        concern=rng.uniform(0.0, 0.5, (2, n)).astype(np.float32),
        theta=rng.normal(0.7, 0.25, n).astype(np.float32),
        risk_aversion=rng.lognormal(-0.125, 0.5, n).astype(np.float32),
        deference=np.clip(rng.uniform(-0.5, 1.5, n), 0.0, 1.0).astype(np.float32),
        media=np.clip(rng.uniform(-0.3, 1.0, n), 0.0, 1.0).astype(np.float32),
        income=rng.lognormal(11.6, 0.68, n).astype(np.float32),
        district=rng.integers(0, 3, n).astype(np.uint8),
        foreigner=rng.random(n) < 0.2,
    )
    moods = Moods(
        fear=(rng.uniform(0.0, 0.3, n) * (rng.random(n) < 0.3)).astype(np.float32),
        anger=(rng.uniform(0.0, 0.3, n) * (rng.random(n) < 0.3)).astype(np.float32),
        stamp=rng.integers(0, DAY, n).astype(np.int32),
        debt=rng.uniform(0.0, 50_000.0, n).astype(np.float32),
        owing=rng.integers(0, DAY, n).astype(np.int32),
        punished=np.where(rng.random(n) < 0.4, rng.integers(0, DAY, n) - LONG_AGO, NEVER).astype(np.int32),
        away_until=np.where(rng.random(n) < 0.1, rng.integers(DAY - 2, DAY + 5, n), 0).astype(np.int32),
    )
    call = Call(
        event=np.uint64(event_code(seed % 50, DAY)),
        day=DAY,
        issue=int(rng.integers(0, 2)),
        reach=float(rng.uniform(0.3, 1.0)),
        audience=int(rng.integers(0, n // 3 + 1)),
        pull=float(rng.uniform(-0.1, 0.3)),
        news=float(rng.uniform(-0.2, 0.2)),
        travel=by_site(rng.uniform(0.0, 0.1, 3).tolist()),
        deference_weight=float(rng.uniform(0.0, 0.4)),
        unlawful=np.array([float(rng.random() < 0.7), 1.0]),
        fine=rng.uniform(0.0, 150_000.0, 4) * (rng.random(4) < 0.8),
        jail=rng.uniform(0.0, 1.0, 4),
        stigma=rng.uniform(0.0, 0.2, 4),
        officers=float(rng.integers(0, n + 1)),
        announced=float(rng.uniform(0.0, n / 3)),
        belief=float(rng.uniform(0.2, 1.0)),
        repeat_since=DAY - 50,
        brings=float(rng.uniform(0.0, 0.4)),
        minors_barred=bool(rng.random() < 0.5),
        leader=int(rng.integers(-1, n)),
    )
    rates = Rates(
        sigma=float(rng.uniform(0.0, 1.0)),
        kappa=float(rng.uniform(0.5, 4.0)),
        noise=float(rng.uniform(0.0, 0.2)),
        asked=float(rng.uniform(0.0, 0.4)),
        hears=float(rng.uniform(0.1, 0.9)),
        risk=float(rng.uniform(0.2, 2.0)),
        fear_half_life=30.0,
        anger_half_life=14.0,
        debt_half_life=120.0,
    )
    followers = np.sort(rng.permutation(n)[: max(1, n // 2)]).astype(np.int32)
    return Scene(columns, moods, call, rates, followers)


SEEDS = st.integers(0, 10**6)
SCENES = st.builds(scene, SEEDS, st.integers(1, 60))


def close(seed: int, n: int) -> Scene:
    """A few people who know each other well, and go together or not at all."""
    return scene(seed, n).with_rates(sigma=1.2, kappa=1.0, hears=0.9).with_call(reach=1.0)


CLOSE = st.builds(close, SEEDS, st.integers(1, 8))


# -- the definition, in plain Python ---------------------------------------------------------------------------------------


@dataclass
class Definition:
    """The rule of :mod:`sim.behaviour.turnout`, person by person, for any set of people who go."""

    scene: Scene

    def coins(self, stream: str, who: int, slot: int = 0) -> tuple[float, ...]:
        return tuple(float(unit(word)) for word in words(getattr(KEYS, stream), who, self.scene.call.event, slot))

    @cached_property
    def called(self) -> Crowd:
        """Those whom the organiser asks in person."""
        call = self.scene.call
        told = {i for i in self.scene.followers.tolist() if self.coins("call", i)[0] < call.reach}
        return frozenset(told | ({call.leader} if call.leader >= 0 else set()))

    @cached_property
    def public(self) -> Crowd:
        """Those who read the public call."""
        found = set()
        for reader in range(self.scene.call.audience):
            who, reads, _, _ = self.coins("audience", reader)
            i = int(who * self.scene.n)
            if reads < self.scene.columns.media[i]:
                found.add(i)
        return frozenset(found)

    @cached_property
    def tells(self) -> list[Crowd]:
        """Whom everyone tells who goes."""
        ties, rates = self.scene.columns, self.scene.rates
        rows = [ties.neighbours[ties.indptr[i] : ties.indptr[i + 1]].tolist() for i in range(self.scene.n)]
        return [frozenset(j for j in row if self.coins("told", i, j)[0] < rates.hears) for i, row in enumerate(rows)]

    @cached_property
    def children(self) -> Crowd:
        """Those who bring a child if they go."""
        found = set()
        for i in range(self.scene.n):
            _, brings, careful, _ = self.coins("noise", i)
            willing = max(0.0, 1.0 - careful - float(self.scene.columns.deference[i])) if self.scene.call.minors_barred else 1.0
            if brings < self.scene.call.brings * willing:
                found.add(i)
        return frozenset(found)

    @cached_property
    def alone(self) -> list[float]:
        """What speaks for going less what speaks against it, for one whom nobody asked and who fears no sanction."""
        town, moods, call, rates = self.scene.columns, self.scene.moods, self.scene.call, self.scene.rates
        found = []
        for i in range(self.scene.n):
            u, since = self.coins("noise", i)[0], call.day - int(moods.stamp[i])
            anger = float(moods.anger[i]) * 0.5 ** (since / rates.anger_half_life)
            fear = float(moods.fear[i]) * 0.5 ** (since / rates.fear_half_life)
            mood = float(town.concern[call.issue, i]) + call.pull + call.news * float(town.media[i]) + anger
            eps = rates.noise * math.log(u / (1.0 - u))
            defers = float(town.deference[i]) * call.deference_weight * float(call.unlawful[int(town.foreigner[i])])
            found.append(mood + eps - float(town.theta[i]) - float(call.travel[town.district[i]]) - defers - fear)
        return found

    @cached_property
    def sanction(self) -> list[float]:
        """What a sanction costs everyone, in monthly incomes, times how much it weighs."""
        town, moods, call = self.scene.columns, self.scene.moods, self.scene.call
        found = []
        for i in range(self.scene.n):
            status = 2 * int(town.foreigner[i]) + int(moods.punished[i] + LONG_AGO >= call.repeat_since)
            fine = float(call.fine[status])
            if fine > 0.0:
                fine += float(moods.debt[i]) * 0.5 ** ((call.day - int(moods.owing[i])) / self.scene.rates.debt_half_life)
            cost = fine / float(town.income[i]) + float(call.jail[status]) + float(call.stigma[status])
            found.append(float(town.risk_aversion[i]) * cost)
        return found

    def crowd(self, goers: Crowd) -> int:
        return len(goers) + len(goers & self.children)

    def reached(self, goers: Crowd) -> Crowd:
        return frozenset(self.called | self.public).union(*(self.tells[i] for i in goers))

    def would_go(self, i: int, goers: Crowd) -> bool:
        """Whether one goes, when exactly these go."""
        call, rates = self.scene.call, self.scene.rates
        asking = sum(i in self.tells[j] for j in goers)
        if self.scene.moods.away_until[i] > call.day or not (asking or i in self.called or i in self.public):
            return False
        if i == call.leader:
            return True
        together = rates.sigma * asking / (asking + rates.kappa) + rates.asked * (asking > 0 or i in self.called)
        risk = 0.0
        if call.officers > 0:
            risk = call.belief * (1.0 - math.exp(-rates.risk * call.officers / max(call.announced, self.crowd(goers), 1.0)))
        return self.alone[i] + together > self.sanction[i] * risk

    def answer(self, goers: Crowd) -> Crowd:
        """Who goes, when exactly these go."""
        return frozenset(i for i in range(self.scene.n) if self.would_go(i, goers))

    def by_visiting(self, rng: np.random.Generator) -> Crowd:
        """Visit everyone in a random order, again and again, until nobody joins any more."""
        goers: Crowd = frozenset()
        while True:
            before = goers
            for i in rng.permutation(self.scene.n).tolist():
                if i not in goers and self.would_go(i, goers):
                    goers |= {i}
            if goers == before:
                return goers

    def by_waves(self) -> Crowd:
        """All who have news decide at once, and do not turn back."""
        goers: Crowd = frozenset()
        news, looked = self.reached(goers), -1
        while True:
            joined = frozenset(i for i in news - goers if self.would_go(i, goers))
            goers |= joined
            news = frozenset().union(*(self.tells[i] for i in joined)) - goers
            if not news:
                if looked == len(goers):
                    return goers
                looked, news = len(goers), self.reached(goers)


def subsets(n: int) -> Iterator[Crowd]:
    return (frozenset(one) for size in range(n + 1) for one in itertools.combinations(range(n), size))


# -- the kernel is the definition ------------------------------------------------------------------------------------------


@settings(SETTINGS, max_examples=200)
@given(SCENES, SEEDS)
def test_the_kernel_finds_what_visiting_people_in_any_order_finds(town: Scene, order: int) -> None:
    rule = Definition(town)
    goers, parents, reached = town.gather()
    assert goers == rule.by_visiting(np.random.default_rng(order))
    assert parents == goers & rule.children
    assert reached == len(rule.reached(goers))


@SETTINGS
@given(CLOSE)
def test_no_smaller_set_of_goers_is_consistent(town: Scene) -> None:
    """Of all sets in which everyone goes who would, the kernel's is the least: it lies within every other (Tarski 1955)."""
    rule, goers = Definition(town), town.goers
    consistent = [some for some in subsets(town.n) if rule.answer(some) == some]
    assert goers in consistent
    assert [some for some in consistent if not goers <= some] == []


def test_some_towns_have_more_than_one_consistent_set() -> None:
    """Else the test above would say little."""
    rules = [Definition(close(seed, 6)) for seed in range(60)]
    assert sum(sum(rule.answer(some) == some for some in subsets(6)) > 1 for rule in rules) >= 10


@SETTINGS
@given(SCENES, st.randoms(use_true_random=False))
def test_the_order_of_the_followers_does_not_matter(town: Scene, random: Any) -> None:
    order = town.followers.tolist()
    random.shuffle(order)
    assert replace(town, followers=np.array(order, np.int32)).gather() == town.gather()


@SETTINGS
@given(SCENES, SCENES)
def test_the_room_is_left_as_it_was_found(first: Scene, second: Scene) -> None:
    room = Workspace.of(max(first.n, second.n))
    for used in room[1:]:
        used.fill(1)  # only `slot` need be clean
    assert first.gather(room) == first.gather()
    assert not room.slot.any()
    assert second.gather(room) == second.gather()
    assert not room.slot.any()


@SETTINGS
@given(SCENES)
def test_another_gathering_has_other_coins(town: Scene) -> None:
    """The same people, asked about another assembly, are not the same crowd for ever; asked about the same one, they are."""
    loud = town.with_rates(noise=5.0).with_call(reach=1.0, leader=-1)
    crowds = {loud.with_call(event=np.uint64(event_code(1, day))).goers for day in range(12)}
    assert town.n < 8 or len(crowds) > 1
    assert loud.gather() == loud.gather()


@SETTINGS
@given(SCENES, st.floats(-1.0, 0.0), st.randoms(use_true_random=False))
def test_with_substitutes_the_waves_are_the_definition(town: Scene, sigma: float, random: Any) -> None:
    """Ties who go keep others at home: it ends all the same, whatever the order in which the followers stand."""
    town = town.with_rates(sigma=sigma)
    order = town.followers.tolist()
    random.shuffle(order)
    goers, parents, reached = town.gather()
    assert goers == Definition(town).by_waves()
    assert (goers, parents, reached) == replace(town, followers=np.array(order, np.int32)).gather()


# -- theorems: for every seed ----------------------------------------------------------------------------------------------

type Change = Callable[[Scene, float], Scene]


def more(array: np.ndarray, by: float) -> np.ndarray:
    return (array + by).astype(array.dtype)


STERNER: dict[str, Change] = {
    "fine": lambda s, x: s.with_call(fine=s.call.fine + 100_000.0 * x),
    "jail": lambda s, x: s.with_call(jail=s.call.jail + x),
    "stigma": lambda s, x: s.with_call(stigma=s.call.stigma + x),
    "officers": lambda s, x: s.with_call(officers=s.call.officers + 20.0 * x),
    "belief": lambda s, x: s.with_call(belief=s.call.belief + (1.0 - s.call.belief) * min(x, 1.0)),
    "risk": lambda s, x: s.with_rates(risk=s.rates.risk + x),
    "travel": lambda s, x: s.with_call(travel=by_site((s.call.travel + 0.2 * x).tolist())),
    "deference weight": lambda s, x: s.with_call(deference_weight=s.call.deference_weight + x),
    "unlawful": lambda s, _: s.with_call(unlawful=np.ones(2)),
    "kappa": lambda s, x: s.with_rates(kappa=s.rates.kappa + 5.0 * x),
    "minors barred": lambda s, _: s.with_call(minors_barred=True),
    "fear": lambda s, x: s.with_moods(fear=more(s.moods.fear, x)),
    "debt": lambda s, x: s.with_moods(debt=more(s.moods.debt, 300_000.0 * x)),
    "jailed": lambda s, _: s.with_moods(away_until=np.where(np.arange(s.n) % 3 == 0, DAY + 9, s.moods.away_until)),
    "reluctance": lambda s, x: s.with_columns(theta=more(s.columns.theta, x)),
    "risk aversion": lambda s, x: s.with_columns(risk_aversion=more(s.columns.risk_aversion, x)),
    "no leader": lambda s, _: s.with_call(leader=-1),
}
KINDER: dict[str, Change] = {
    "pull": lambda s, x: s.with_call(pull=s.call.pull + x),
    "concern": lambda s, x: s.with_columns(concern=more(s.columns.concern, x)),
    "hears": lambda s, x: s.with_rates(hears=s.rates.hears + (1.0 - s.rates.hears) * min(x, 1.0)),
    "sigma": lambda s, x: s.with_rates(sigma=s.rates.sigma + x),
    "asked": lambda s, x: s.with_rates(asked=s.rates.asked + x),
    "reach": lambda s, x: s.with_call(reach=s.call.reach + (1.0 - s.call.reach) * min(x, 1.0)),
    "audience": lambda s, x: s.with_call(audience=s.call.audience + int(2 * s.n * x)),
    "followers": lambda s, x: replace(s, followers=np.union1d(s.followers, np.arange(int(s.n * min(x, 1.0)))).astype(np.int32)),
    "announced": lambda s, x: s.with_call(announced=s.call.announced + s.n * x),
    "brings": lambda s, x: s.with_call(brings=min(1.0, s.call.brings + x)),
    "anger": lambda s, x: s.with_moods(anger=more(s.moods.anger, x)),
    "income": lambda s, x: s.with_columns(income=more(s.columns.income, 200_000.0 * x)),
}


@pytest.mark.parametrize("name", STERNER)
@SETTINGS
@given(SCENES, st.floats(0.0, 2.0))
def test_nobody_comes_because_it_costs_more(name: str, town: Scene, by: float) -> None:
    assert STERNER[name](town, by).goers <= town.goers


@pytest.mark.parametrize("name", KINDER)
@SETTINGS
@given(SCENES, st.floats(0.0, 2.0))
def test_nobody_stays_at_home_because_more_speaks_for_it(name: str, town: Scene, by: float) -> None:
    assert KINDER[name](town, by).goers >= town.goers


@pytest.mark.parametrize("name", [*STERNER, *KINDER])
def test_everything_matters_to_somebody(name: str) -> None:
    """Else the theorems above would hold for a rule that overlooks it."""
    change = {**STERNER, **KINDER}[name]
    towns = (scene(seed, 60).with_call(officers=20.0, announced=1.0, brings=0.5) for seed in range(200))
    assert any(change(town, 1.0).goers != town.goers for town in towns)


# -- single rules ----------------------------------------------------------------------------------------------------------


def plain(n: int, pairs: Iterable[tuple[int, int]] = (), **call: Any) -> Scene:
    """A town of people who are all told, pay nothing, fear nothing, and go if their theta is below 0."""
    indptr, neighbours = network(n, pairs)
    ones, zeros = np.ones(n, np.float32), np.zeros(n, np.float32)
    columns = Columns(
        indptr, neighbours, np.zeros((1, n), np.float32), ones, ones, zeros, zeros, ones, np.zeros(n, np.uint8), np.zeros(n, bool)
    )
    never, today = np.full(n, NEVER, np.int32), np.full(n, DAY, np.int32)
    moods = Moods(fear=zeros, anger=zeros, stamp=today, debt=zeros, owing=today, punished=never, away_until=never)
    told = Call(
        event=np.uint64(event_code(1, DAY)),
        day=DAY,
        issue=0,
        reach=1.0,
        audience=0,
        pull=0.0,
        news=0.0,
        travel=by_site([0.0, 0.0]),
        deference_weight=0.0,
        unlawful=np.zeros(2),
        fine=np.zeros(4),
        jail=np.zeros(4),
        stigma=np.zeros(4),
        officers=0.0,
        announced=0.0,
        belief=1.0,
        repeat_since=DAY - 50,
        brings=0.0,
        minors_barred=False,
        leader=-1,
    )
    rates = Rates(0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 30.0, 14.0, 120.0)
    return Scene(columns, moods, told._replace(**call), rates, np.arange(n, dtype=np.int32))


def column(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


@pytest.mark.parametrize(
    ("officers", "crowd", "risk"),
    [
        (0.0, 5.0, 0.0),
        (10.0, 10.0, 0.5 * (1 - math.exp(-2))),
        (10.0, 20.0, 0.5 * (1 - math.exp(-1))),
        (1.0, 0.0, 0.5 * (1 - math.exp(-2))),
    ],
)
def test_risk_falls_in_the_crowd_and_rises_in_officers(officers: float, crowd: float, risk: float) -> None:
    assert perceived_risk(0.5, 2.0, officers, crowd) == pytest.approx(risk, abs=1e-15)


@pytest.mark.parametrize(("brings", "goers", "parents"), [(0.0, {0}, set()), (1.0, {0, 1}, {0, 1})])
def test_children_make_a_crowd_safer(brings: float, goers: set[int], parents: set[int]) -> None:
    """The second comes when two are there, not when one is; at one officer the risks are 0.63 and 0.39."""
    town = plain(2, officers=1.0, stigma=np.ones(4), brings=brings).with_columns(theta=column(-9.0, -0.5))
    assert town.gather()[:2] == (goers, parents)


def test_children_who_are_barred_are_left_at_home_by_those_who_defer() -> None:
    town = plain(400, brings=1.0).with_columns(theta=np.full(400, -9, np.float32), deference=np.repeat(column(0.0, 1.0), 200))
    barred = town.with_call(minors_barred=True)
    assert len(town.gather()[1]) == 400
    assert 60 < len(barred.gather()[1]) < 140, "of 200 who do not defer, about half"
    assert max(barred.gather()[1]) < 200
    assert barred.with_columns(deference=np.ones(400, np.float32)).gather()[1] == set()


def test_the_leader_comes_and_tells_its_ties_unless_away() -> None:
    town = plain(3, [(0, 1)], leader=0, reach=0.0).with_rates(hears=1.0).with_columns(theta=column(99.0, -1.0, -1.0))
    assert town.gather() == ({0, 1}, set(), 2)
    jailed = town.with_moods(away_until=np.array([DAY + 1, 0, 0], np.int32))
    assert jailed.gather() == (set(), set(), 1)


@pytest.mark.parametrize(("until", "comes"), [(0, True), (DAY, True), (DAY + 1, False), (2**30, False)])
def test_who_is_away_never_comes(until: int, comes: bool) -> None:
    town = plain(1).with_columns(theta=column(-99.0)).with_moods(away_until=np.array([until], np.int32))
    assert (len(town.goers) == 1) is comes


def test_a_public_call_does_not_ask_in_person() -> None:
    """Of two who need to be asked, the follower comes; a reader of the call hears of it and stays."""
    town = plain(2, audience=50).with_rates(asked=2.0).with_columns(media=column(1.0, 1.0))
    town = replace(town, followers=np.array([0], np.int32))
    assert town.gather() == ({0}, set(), 2)
    assert town.with_columns(theta=column(1.0, -1.0)).goers == {0, 1}
    assert town.with_columns(theta=column(1.0, -1.0), media=column(1.0, 0.0)).gather() == ({0}, set(), 1)


def test_a_tie_who_goes_asks_in_person() -> None:
    town = plain(2, [(0, 1)], reach=1.0).with_rates(asked=2.0, hears=1.0)
    town = replace(town, followers=np.array([0], np.int32))
    assert town.goers == {0, 1}
    assert town.with_rates(hears=0.0).gather() == ({0}, set(), 1)


@pytest.mark.parametrize("sanction", ["fine", "jail", "stigma"])
@pytest.mark.parametrize("status", range(4))
def test_everyone_faces_the_sanction_of_their_own_status(sanction: str, status: int) -> None:
    """Citizens, citizens who repeat, foreigners, foreigners who repeat: one of each, and what deters only one of them."""
    threat = np.zeros(4)
    threat[status] = 1e9
    town = plain(4, officers=9.0).with_columns(theta=np.full(4, -1, np.float32), foreigner=np.array([0, 0, 1, 1], bool))
    town = town.with_moods(punished=np.array([DAY - 51 - LONG_AGO, DAY - 50 - LONG_AGO, NEVER, DAY - 1 - LONG_AGO], np.int32))
    assert town.goers == {0, 1, 2, 3}
    assert town.with_call(**{sanction: threat}).goers == {0, 1, 2, 3} - {status}


@pytest.mark.parametrize(
    ("unlawful", "goers"), [((0, 0), {0, 1, 2, 3}), ((1, 0), {0, 2, 3}), ((0, 1), {0, 1, 2}), ((1, 1), {0, 2})]
)
def test_the_law_binds_those_who_defer_and_whom_it_speaks_of(unlawful: tuple[int, int], goers: set[int]) -> None:
    town = plain(4, deference_weight=2.0, unlawful=np.array(unlawful, float))
    town = town.with_columns(
        theta=np.full(4, -1, np.float32), deference=column(0, 1, 0, 1), foreigner=np.array([0, 0, 1, 1], bool)
    )
    assert town.goers == goers


def test_old_debts_weigh_only_where_another_fine_threatens() -> None:
    town = plain(1, officers=9.0, stigma=np.full(4, 0.1)).with_columns(theta=column(-1.0))
    town = town.with_moods(debt=column(1e6))
    assert town.goers == {0}
    assert town.with_call(fine=np.full(4, 1e-9)).goers == set()
    assert town.with_call(fine=np.full(4, 1e-9)).with_moods(debt=column(0.0)).goers == {0}
    paid = town.with_moods(owing=np.array([DAY - 40 * 120], np.int32))
    assert paid.with_call(fine=np.full(4, 1e-9)).goers == {0}, "half is paid off in a half-life, all of it in forty"


@pytest.mark.parametrize(
    ("mood", "days", "theta", "comes"),
    [("fear", 30, -0.39, False), ("fear", 30, -0.41, True), ("anger", 14, 0.39, True), ("anger", 14, 0.41, False)],
)
def test_moods_fade_with_their_own_half_life(mood: str, days: int, theta: float, comes: bool) -> None:
    """Of 0.8, a half-life leaves 0.4: it moves those who lack less, or have less to spare."""
    felt = {mood: column(0.8), "stamp": np.array([DAY - days], np.int32)}
    town = plain(1).with_columns(theta=column(theta)).with_moods(**felt)
    assert (len(town.goers) == 1) is comes


def test_reach_is_the_share_of_followers_who_are_told() -> None:
    town = plain(20_000, reach=0.3).with_columns(theta=np.full(20_000, -1, np.float32))
    assert len(town.goers) == pytest.approx(6_000, abs=4 * math.sqrt(20_000 * 0.3 * 0.7))


def test_noise_is_logistic() -> None:
    """With noise 0.1, one who lacks 0.2 goes with chance 1 / (1 + e^2)."""
    town = plain(20_000).with_rates(noise=0.1).with_columns(theta=np.full(20_000, 0.2, np.float32))
    chance = 1.0 / (1.0 + math.exp(2.0))
    assert len(town.goers) == pytest.approx(20_000 * chance, abs=4 * math.sqrt(20_000 * chance * (1 - chance)))


# -- known answers: Granovetter 1978, American Journal of Sociology 83 (classics.md, 1.3) ------------------------------------


def threshold_town(thresholds: np.ndarray) -> Scene:
    """A complete network in which person i goes as soon as so many others go."""
    n = thresholds.size
    sigma, kappa = 1.0, float(n)
    needed = np.clip(thresholds, -0.5 * kappa, 1e6) - 0.25  # crossed by a whole number of others, with room for single precision
    town = plain(n, itertools.combinations(range(n), 2)).with_rates(sigma=sigma, kappa=kappa, hears=1.0)
    return town.with_columns(theta=(sigma * needed / (needed + kappa)).astype(np.float32))


def joined(thresholds: np.ndarray) -> int:
    """How many riot, by counting: the next joins if as many are there as it needs."""
    count = 0
    for threshold in sorted(thresholds):
        if threshold > count:
            break
        count += 1
    return count


def test_with_thresholds_from_0_to_99_a_hundred_join() -> None:
    assert len(threshold_town(np.arange(100)).goers) == 100


def test_with_the_1_replaced_by_a_2_one_joins() -> None:
    assert threshold_town(np.array([0, 2, *range(2, 100)])).goers == {0}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
@SETTINGS
def test_any_thresholds_give_what_counting_gives(thresholds: list[int]) -> None:
    assert len(threshold_town(np.array(thresholds)).goers) == joined(np.array(thresholds))


@pytest.mark.parametrize("spread", [5.0, 10.0, 12.0, 12.4, 20.0, 30.0, 50.0, 75.0])
def test_normal_thresholds_end_at_the_fixed_point_of_their_distribution(spread: float) -> None:
    """r = F(r), mean 25 %: the crowd jumps from 6 % to nearly all at a spread of 12.22, and falls off again beyond."""
    n = 800
    thresholds = n * stats.norm.ppf((np.arange(n) + 0.5) / n, 0.25, spread / 100.0)
    grid = np.linspace(0.0, 1.0, 2_001)
    gap = stats.norm.cdf(grid, 0.25, spread / 100.0) - grid
    first = int(np.argmax(gap < 0.0))
    root = optimize.brentq(lambda r: stats.norm.cdf(r, 0.25, spread / 100.0) - r, grid[first - 1], grid[first]) if first else 1.0
    crowd = len(threshold_town(np.ceil(thresholds)).goers)
    assert crowd / n == pytest.approx(root, abs=0.01)
    assert (crowd > n / 2) is (spread > 12.22)
