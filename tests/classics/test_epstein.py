"""Epstein's Model I: exact theorems, what others found, and Mesa's own example."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.classics.epstein import CLASSIC, bursts, run, series, settings_of, summary
from sim.classics.epstein_board import ACTIVES, AFTER, BLOCKERS, CELL, COPS, GRIEVANCE, HEAD, RISK, drawn, neighbourhood, shuffled
from sim.classics.epstein_model import VARIANTS, CivilViolence, Settings
from sim.classics.epstein_rules import _empty_cell
from sim.classics.options import chosen
from sim.errors import InputError, ModelError
from sim.streams import Streams

SMALL = {"width": 21, "height": 17, "vision": 3.0, "legitimacy": 0.7, "max_jail": 6}

RULES = st.fixed_dictionaries(
    {
        "ratio": st.sampled_from(["printed", "floor", "round"]),
        "neighbourhood": st.sampled_from(["disc", "moore", "von_neumann"]),
        "own": st.sampled_from(["once", "twice"]),
        "order": st.sampled_from(["move_first", "decide_first"]),
        "jailed": st.sampled_from(["make_room", "block"]),
        "jail_draw": st.sampled_from(["to_max", "below_max"]),
        "sentence": st.sampled_from(["end_of_step", "own_turn"]),
        "placing": st.sampled_from(["exact", "chance"]),
        "density": st.sampled_from([0.3, 0.7, 0.9]),
        "cops": st.sampled_from([0.0, 0.04, 0.1]),
    }
)


def around(model: CivilViolence) -> np.ndarray:
    """Cells by cells: who sees whom, counted out by distance."""
    rules = model.settings
    x, y = (np.arange(rules.width * rules.height) % rules.width, np.arange(rules.width * rules.height) // rules.width)
    across, along = (np.abs(side[:, None] - side[None, :]) for side in (x, y))
    across, along = np.minimum(across, rules.width - across), np.minimum(along, rules.height - along)
    if rules.neighbourhood == "disc":
        return across**2 + along**2 <= rules.vision**2
    if rules.neighbourhood == "moore":
        return np.maximum(across, along) <= rules.vision
    return across + along <= rules.vision


def hold_up(model: CivilViolence) -> None:
    """What is kept for each cell is what counting gives, and nobody is lost."""
    people, ground, n = model.board.people, model.board.ground, model.board.citizens
    cells, states = people[CELL], np.array([citizen.state for citizen in model.citizens])
    size, sight = ground.shape[1], around(model)
    active, jailed = states == "active", states == "jailed"
    blocking = np.concatenate(
        [~jailed if model.settings.jailed == "make_room" else np.full(n, True), np.full(cells.size - n, True)]
    )
    assert (ground[COPS] == sight @ np.bincount(cells[n:], minlength=size)).all()
    assert (ground[ACTIVES] == sight @ np.bincount(cells[:n][active], minlength=size)).all()
    assert (ground[BLOCKERS] == np.bincount(cells[blocking], minlength=size)).all()
    chained = []
    for cell in range(size):
        i = int(ground[HEAD, cell])
        while i >= 0:
            assert cells[i] == cell
            chained.append(i)
            i = int(people[AFTER, i])
    assert sorted(chained) == np.flatnonzero(active).tolist()
    assert sum(model.counts()) == n
    if model.settings.jailed == "block":
        assert np.bincount(cells).max() == 1, "one a cell"


@settings(max_examples=25, deadline=None)
@given(RULES, st.integers(0, 2**32))
def test_counts_kept_are_counts_made(rules: dict, seed: int) -> None:
    model = CivilViolence(Settings(**{**SMALL, **rules}), seed=seed)
    for _ in range(12):
        model.step()
    hold_up(model)


def test_a_cop_may_follow() -> None:
    model = CivilViolence(Settings(**{**SMALL, **VARIANTS["netlogo"]}), seed=3)
    followed = 0
    for _ in range(60):
        model.step()
        held = {citizen.pos for citizen in model.citizens if citizen.state == "jailed"}
        followed += any(cop.pos in held for cop in model.cops)
        hold_up(model)
    assert followed > 10


@settings(max_examples=20, deadline=None)
@given(RULES, st.floats(0.7, 1.0), st.integers(0, 2**32))
def test_nobody_rises_without_grievance(rules: dict, legitimacy: float, seed: int) -> None:
    found = series(Settings(**{**SMALL, **rules, "legitimacy": legitimacy, "threshold": 0.3}), seed, 5)
    assert found["active"].max() == 0
    assert found["jailed"].max() == 0


@pytest.mark.parametrize("variant", VARIANTS)
def test_without_cops_all_rise_who_have_the_grievance(variant: str) -> None:
    model = CivilViolence(Settings(**VARIANTS[variant], cops=0.0, width=100, height=100), seed=2)
    model.step()
    risen = np.array([citizen.state == "active" for citizen in model.citizens])
    assert (risen == (model.board.traits[GRIEVANCE] > 0.1)).all()
    assert risen.mean() == pytest.approx(1.0 - 0.1 / 0.18, abs=4 * np.sqrt(0.25 / risen.size))
    assert not model.cops


def test_the_hard_core_rises_whatever_the_risk() -> None:
    model = CivilViolence(Settings(**VARIANTS["netlogo"], width=200, height=200, max_jail=1_000_000), seed=1)
    grievance, risk = model.board.traits[GRIEVANCE], model.board.traits[RISK]
    chance = 1.0 - np.exp(-2.3)
    share = (0.18 - 0.1) ** 2 / (2 * 0.18 * chance)
    assert share * 1120 == pytest.approx(22.1, abs=0.05)
    assert (grievance - risk * chance > 0.1).mean() == pytest.approx(share, abs=4 * np.sqrt(share / grievance.size))
    model.step()
    states = np.array([citizen.state for citizen in model.citizens])
    assert set(states[grievance - risk > 0.1]) <= {"active", "jailed"}
    assert set(states[grievance <= 0.1]) == {"quiet"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_jailed_come_out_on_time(variant: str) -> None:
    model = CivilViolence(Settings(**{**SMALL, **VARIANTS[variant]}), seed=4)
    before: dict[int, int] = {}
    out, longest = 0, 0
    for _ in range(200):
        model.step()
        now = {citizen.unique_id: citizen.sentence for citizen in model.citizens if citizen.state == "jailed"}
        for who, left in before.items():
            if left > 1:
                assert now[who] == left - 1
            elif variant != "mesa":
                out += now.get(who) is None  # else arrested anew
        longest = max(longest, *now.values(), 0)
        before = now
    last = {"printed": 5, "netlogo": 4, "mesa": 6}[variant]  # the end of the first step counts, but for Mesa
    assert longest == last
    assert out > 50 or variant == "mesa"


def test_neighbourhoods_have_their_sizes() -> None:
    sizes = {("disc", 7.0): 148, ("disc", 1.7): 8, ("moore", 7.0): 224, ("von_neumann", 7.0): 112, ("von_neumann", 1.0): 4}
    for (shape, vision), cells in sizes.items():
        half, steps = neighbourhood(shape, vision)
        assert len(steps) == cells == (2 * half + 1).sum() - 1


@pytest.mark.parametrize("empty", [3, 60, 148])
def test_every_empty_cell_is_equally_likely(empty: int) -> None:
    """With 3 of 148 the draws often fail and cells are counted; with 60 they hardly ever do."""
    model = CivilViolence(Settings(density=0.0, cops=0.0), seed=0)
    board, at, draws = model.board, 45, 30_000
    seen = np.flatnonzero(around(model)[at])
    board.ground[BLOCKERS] = 1
    free = seen[seen != at][:: 148 // empty][:empty]
    board.ground[BLOCKERS, free] = 0
    key = Streams(5).key("test/move")
    went = Counter(_empty_cell(key, np.int32(7), i, np.int32(at), board.ground, board.steps, model._rules) for i in range(draws))
    assert set(went) == set(free.tolist())
    assert stats.chisquare([went[int(cell)] for cell in free]).pvalue > 1e-4


def test_in_a_crowd_one_stays() -> None:
    model = CivilViolence(Settings(density=1.0, cops=0.0), seed=0)
    before = model.board.people[CELL].copy()
    model.step()
    assert (model.board.people[CELL] == before).all()


def test_draws_are_even_and_orders_too() -> None:
    key = Streams(1).key("test/draws")
    assert stats.chisquare(np.bincount([drawn(key, i, 0, 0, 149) for i in range(30_000)], minlength=149)).pvalue > 1e-4
    orders = Counter()
    for i in range(12_000):
        order = np.arange(4, dtype=np.int32)
        shuffled(key, i, order)
        orders[tuple(order.tolist())] += 1
    assert len(orders) == 24
    assert stats.chisquare(list(orders.values())).pvalue > 1e-4


def test_seeds_decide_and_nothing_else() -> None:
    rules = Settings(**{**SMALL, **VARIANTS["netlogo"]})
    one, again, other = (series(rules, seed, 30) for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one.equals(other)
    model = CivilViolence(rules, seed=1)
    for _ in range(30):
        model.random.random()
        model.step()
    assert model.counts() == tuple(one.iloc[-1][["quiet", "active", "jailed"]]), "Mesa's own chance counts for nothing"
    assert model.steps == 30


def test_agents_can_be_looked_at() -> None:
    model = CivilViolence(Settings(**{**SMALL, **VARIANTS["mesa"]}), seed=1)
    model.step()
    some = model.citizens[3]
    assert some.unique_id == 3
    assert 0 <= some.pos[0] < 21
    assert 0 <= some.pos[1] < 17
    assert 0 <= some.grievance <= 0.3
    assert 0 < some.risk_aversion < 1
    assert [citizen.unique_id for citizen in model.citizens[:3]] == [0, 1, 2]
    assert sum(citizen.state == "active" for citizen in model.citizens) == model.counts()[1]
    assert {cop.unique_id for cop in model.cops}.isdisjoint(citizen.unique_id for citizen in model.citizens)


def test_outbursts_are_upward_crossings() -> None:
    assert bursts(np.array([60, 70, 20, 50, 51, 52, 50, 90])).tolist() == [0, 4, 7]
    assert np.isnan(summary(series(Settings(**SMALL, cops=0.1), 1, 5))["wait"])


def options(*changes: str) -> dict:
    return chosen(CLASSIC, changes)


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_others_found_is_found(variant: str) -> None:
    found = run(options(f"variant={variant}", "seeds=4"), 100)
    assert [check.what for check in found.checks if not check.passed] == []
    assert len(found.checks) == {"printed": 4, "netlogo": 8, "mesa": 5}[variant]
    assert set(found.tables["series"]["variant"]) == set(VARIANTS)
    assert len(found.tables["seeds"]) == 4


def test_rounding_is_what_makes_the_outbursts() -> None:
    printed = settings_of(options("variant=netlogo", "ratio=printed"))
    assert printed == Settings(**{**VARIANTS["netlogo"], "ratio": "printed"})
    assert series(printed, 1, 400)["active"].max() < 50 < series(settings_of(options()), 1, 400)["active"].max()


def test_mesas_own_example_does_the_same() -> None:
    """The mean over seeds of mean actives and of jailed, on a small torus, within four standard errors."""
    from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence, EpsteinScenario

    steps, numbers = 30, {"legitimacy": 0.75, "max_jail": 8, "vision": 2.0}
    theirs = []
    for seed in range(10):
        scenario = EpsteinScenario(cop_density=0.04, legitimacy=0.75, max_jail_term=8, citizen_vision=2, cop_vision=2, rng=seed)
        example = EpsteinCivilViolence(20, 20, scenario=scenario)
        rows = []
        for _ in range(steps):
            example.step()
            rows.append((example.ACTIVE, example.ARRESTED))
        theirs.append(np.mean(rows, axis=0))
    rules = Settings(**VARIANTS["mesa"], width=20, height=20, **numbers)
    ours = np.array([series(rules, seed, steps)[["active", "jailed"]].mean() for seed in range(150)])
    error = np.sqrt(ours.var(axis=0, ddof=1) * (1 / 10 + 1 / 150))
    assert (np.abs(np.mean(theirs, axis=0) - ours.mean(axis=0)) < 4 * error).all()
    assert ours.mean(axis=0).min() > 5, "something happens"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["density=0.9", "cops=0.2"], "more than 1: they do not fit"),
        (["width=10"], "reaches around a torus of 10 x 40: allowed are at most 4"),
        (["variant=netlogo", "jailed=block"], "cop=follows does not go with jailed=block"),
    ],
)
def test_rules_that_contradict_each_other_are_refused(changes: list[str], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        run(options(*changes), 1)


def test_an_option_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'netlogo'"):
        options("variant=netlog")
    with pytest.raises(InputError, match="did you mean 'legitimacy'"):
        options("legitimcy=0.8")
    with pytest.raises(InputError, match="a number from 0"):
        options("legitimacy=2")
