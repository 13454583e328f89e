"""An organiser's decision as numbers: law, town and what it knows laid out for the kernels, and the chosen row back as a plan."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.behaviour.deliberation import appraise, weigh
from sim.behaviour.ways import DAYS, DUTY, FACTS, SITE, WAY, Board
from sim.errors import ModelError
from sim.institutions.docket import Plan
from sim.institutions.options import accepts_late, earliest_date
from sim.record import STRATEGIES
from sim.words import FORMS, SITE_KINDS

if TYPE_CHECKING:
    from sim.institutions.options import Occasion
    from sim.institutions.organiser import Organiser
    from sim.institutions.world import World
    from sim.law import ProcedureRow, Regime
    from sim.law.provisions import Limit

__all__ = ["OFFENCES_WEIGHED", "Deliberation"]

_PROCEDURES: Final = ("exempt", "notification", "permit", "banned")
"""What can be owed, in the order of the numbers that stand for it."""

OFFENCES_WEIGHED: Final = ("no_filing", "after_refusal", "passed_limit")
"""Offences whose punishment an organiser weighs, in the order of ``threats``."""

_PHANTOM: Final = STRATEGIES.index("phantom")

_OUTSIDE: Final = ("indoor", "residents")
"""Kinds of gathering outside the law that an organiser can turn to, the first that there is."""

_MOST_WAYS: Final = 128
"""More than there can be: two forms at three sites, ten ways each, and two."""


def _places(first: str, last: str) -> slice:
    """Where the facts from one to another stand, counted in numbers of eight bytes."""
    at: Any = FACTS.fields
    kind, end = at[last][:2]
    return slice(at[first][1] // 8, (end + kind.itemsize) // 8)


_MOMENT, _MIND = _places("day", "all_barred"), _places("surplus", "threats")
"""The facts that differ from decision to decision: whole numbers, and real ones."""

_TASTES: Final = tuple(name for name in (FACTS.names or ())[1 : (FACTS.names or ()).index("late")])
"""The facts that are parameters of behaviour, named as those are."""

_LOOKS_AHEAD: Final = 8
"""Days that must be known beyond the last day for which anything can be filed: a week, to look for a day off."""

_MORE_DAYS: Final = 200
"""Days that are worked out beyond those that were asked for."""

_NO_DAYS: Final = np.zeros(0, DAYS)

_NOTHING_HEARD: Final = (0.0, 0.0)
"""Answers known: those that allowed, and all."""

_ANY_TIME: Final = 2**31
"""Days within which a spontaneous response is lawful where the law sets no term."""


class Deliberation:
    """Where organisers' decisions are worked out. What changes only with the law is kept by legal form and stance."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._regime: Regime | None = None
        self._numbers: dict[int, int] = {}
        self._boards: dict[tuple[str, str], tuple[Board, Any, Any]] = {}
        self._places: Any = None
        self._soonest: dict[int, tuple[Any, int]] = {}
        self._days: dict[tuple[int, int], tuple[int, Any]] = {}
        self._threats: dict[tuple[int, int, bool], tuple[float, ...]] = {}
        self._ways = np.zeros(_MOST_WAYS, WAY)

    def weigh(self, organiser: Organiser, occasion: Occasion) -> tuple[Any, Board]:
        """Every way of acting on an occasion, with worth and coin, and what it rests on; both hold until the next is asked."""
        board = self._lay_out(organiser, occasion)
        ways = self._ways[: weigh(self._ways, self._world.streams.key("organiser/how"), board)]
        if board.facts[0]["exclusive"] and board.facts[0]["rivals"] > 0.0:
            self._value_slots(ways, organiser)
        return ways, board

    def appraise(self, organiser: Organiser, occasion: Occasion, plan: Plan) -> Any:
        """One plan as a row of :data:`~sim.behaviour.deliberation.WAY`, with its worth."""
        board, way = self._lay_out(organiser, occasion), self._ways[:1]
        way[0] = (
            STRATEGIES.index(plan.strategy), FORMS.index(plan.form), plan.site, plan.date, plan.declared, plan.parts,
            self._number(plan.row), plan.effort, plan.public, plan.files, plan.exempt_kind is not None, *(0,) * 12,
        )  # fmt: skip
        appraise(way, 0, board)
        if plan.strategy == "phantom":
            self._value_slots(way, organiser)
        return way[0]

    def plan(self, way: Any) -> Plan:
        """A row as a plan."""
        strategy, form, site, date, declared, parts, row, effort, public, files, outside, *_ = way.item()
        return Plan(
            STRATEGIES[strategy],
            FORMS[form],
            site,
            date,
            declared,
            effort,
            public,
            files,
            self._world.regime.procedures[row] if row >= 0 else None,
            self._outside_kind if outside else None,
            parts,
        )

    def best_slot(self, ways: Any) -> tuple[int | None, float]:
        """The phantom filing that is worth most, if one is worth anything, and what it is worth."""
        phantoms = [n for n in np.flatnonzero(ways["strategy"] == _PHANTOM) if ways[n]["worth"] > 0.0]
        best = max(phantoms, key=lambda n: float(ways[n]["worth"]), default=None)
        return (None, 0.0) if best is None else (int(best), float(ways[best]["worth"]))

    def _value_slots(self, ways: Any, organiser: Organiser) -> None:
        """What holding a slot is worth: keeping out who might want it, if it is free and the filing is allowed."""
        world, choices = self._world, self._world.conduct.choices
        for way in ways[:]:
            if way["strategy"] == _PHANTOM:
                for name in ("persons", "persons_unlawful", "cost", "lawful", "unlawful", "overrun", "filing"):
                    way[name] = 0.0  # nobody is called
                way["leave"], row = np.nan, int(way["row"])
                if row < 0 or world.places.taken(int(way["site"]), int(way["date"])):
                    way["worth"] = -math.inf
                    continue
                leave = organiser.leave_expected(world.regime.procedures[row])
                filing = choices.filing_cost * self._items
                way["worth"], way["leave"], way["filing"] = (
                    leave * choices.rivalry * world.rivals(organiser) - filing,
                    leave,
                    filing,
                )

    @property
    def _items(self) -> int:
        rules = self._world.regime.filing
        return 1 + (len(rules.contents) if rules else 0)

    @property
    def _outside_kind(self) -> str | None:
        exempt = self._world.regime.exempt
        return next((kind for kind in _OUTSIDE if exempt is not None and kind in exempt.kinds), None)

    def _number(self, row: ProcedureRow | None) -> int:
        if row is None:
            return -1
        if id(row) in self._numbers:
            return self._numbers[id(row)]
        if row in self._world.regime.procedures:  # of a model that was saved
            return self._world.regime.procedures.index(row)
        raise ModelError("a plan was weighed under another law than the one in force")

    def _lay_out(self, organiser: Organiser, occasion: Occasion) -> Board:
        if self._world.regime is not self._regime:
            self._regime, self._boards, self._soonest, self._threats = self._world.regime, {}, {}, {}
            self._places = self._sites()
            self._numbers = {id(row): n for n, row in enumerate(self._regime.procedures)}
        kept = self._boards.get((organiser.legal_form, organiser.stance))
        if kept is None:
            board = self._stand(organiser)
            kept = board, board.facts.view(np.int64)[_MOMENT], board.facts.view(np.float64)[_MIND]
            self._boards[organiser.legal_form, organiser.stance] = kept
        board, moment, mind = kept
        soonest, latest = self._terms(occasion.day)
        board.duties["soonest"] = soonest
        moment[:], mind[:] = self._moment(organiser, occasion), self._mind(organiser, occasion)
        days = self._from(occasion.date, latest, occasion.day + 1, organiser.issue)
        return Board(board.facts, board.sites, board.duties, days, *board[4:])

    # -- what changes only with the law --------------------------------------------------------------------------------

    def _stand(self, organiser: Organiser) -> Board:
        """What law and town mean for organisers of one legal form and stance."""
        world, regime = self._world, self._world.regime
        starts: list[tuple[int, int]] = []
        steps: list[int] = []
        first, steps_first = [0], [0]
        for form in FORMS:
            for kind in SITE_KINDS:
                found = regime.rows(form, organiser.legal_form, kind)
                starts += [(least, self._number(row)) for least, row in found]
                steps += regime.steps(form, organiser.legal_form, kind)
                first.append(len(starts))
                steps_first.append(len(steps))
        duties = np.zeros(max(len(regime.procedures), 1), DUTY)
        for n, row in enumerate(regime.procedures):
            duties[n] = _PROCEDURES.index(row.procedure), 0, world.authority.usual_approval(organiser.stance, row)
        columns = (first, [least for least, _ in starts], [row for _, row in starts], steps_first, steps)
        return Board(
            self._facts(organiser), self._places, duties, np.zeros(0, DAYS), *(np.array(one or [0], np.int64) for one in columns)
        )

    def _sites(self) -> np.ndarray:
        world, choices = self._world, self._world.conduct.choices
        visible = {"symbolic": choices.visible_symbolic, "remote": choices.visible_remote}
        sites = np.zeros(len(world.town.spec.sites), SITE)
        for n, site in enumerate(world.town.spec.sites):
            sites[n]["kind"], sites[n]["capacity"] = SITE_KINDS.index(site.kind), site.capacity
            sites[n]["visible"] = visible.get(site.kind, choices.visible_ordinary)
            sites[n]["prohibited"] = n in world.places.prohibited
            for f, form in enumerate(FORMS):
                for p, procedure in enumerate(_PROCEDURES):
                    sites[n]["lawful"][f, p] = world.places.lawful(n, form, procedure)
                    sites[n]["waived"][f, p] = world.authority.place_waived(n, form, procedure)
        return sites

    def _facts(self, organiser: Organiser) -> Any:
        world, regime = self._world, self._world.regime
        facts = np.zeros(1, FACTS)
        own = facts[0]
        for name in _TASTES:
            own[name] = getattr(world.conduct.choices, name)
        own["half"] = 0.5
        own["late"], own["exclusive"], own["barred"] = accepts_late(regime), world.places.exclusive, organiser.barred
        own["outside"], own["items"], own["symbolic"] = self._outside_kind is not None, self._items, world.symbolic
        own["at_once"] = -1
        if regime.spontaneous is not None and regime.spontaneous.allowed:
            within = regime.spontaneous.within
            own["at_once"] = _ANY_TIME if within is None else within.least_days
        own["designated"] = [self._best_designated(form, organiser.legal_form) for form in FORMS]
        own["limits"] = [_limit(rule) for rule in (regime.limits.declared, regime.limits.threshold, regime.limits.capacity)]
        return facts

    def _best_designated(self, form: str, legal_form: str) -> int:
        """The best of the designated places if the law binds a form to those, else -1.

        It binds nobody to them who owes nothing at any place in town whatever the size.
        """
        places, sites, regime = self._world.places, self._world.town.spec.sites, self._world.regime
        kinds = {site.kind for site in sites}
        owed = {row.procedure for kind in kinds for _, row in regime.rows(form, legal_form, kind)}
        free = [n for n in sorted(places.designated) if n not in places.prohibited]
        if not places.bound(form, "permit") or not owed - {"exempt"} or not free:
            return -1
        return min(free, key=lambda n: (sites[n].kind == "remote", -sites[n].capacity, n))

    # -- what changes from decision to decision ------------------------------------------------------------------------

    def _terms(self, day: int) -> tuple[Any, int]:
        """The first day for which a filing made on a day is in time, by procedure row, and the last of these days."""
        if day not in self._soonest:
            found: dict[Any, int] = {}  # rows mostly ask for the same notice
            for row in self._world.regime.procedures:
                if (row.notice, row.notice_from) not in found:
                    found[row.notice, row.notice_from] = earliest_date(self._world, row, day)
            rows = [found[row.notice, row.notice_from] for row in self._world.regime.procedures]
            self._soonest[day] = np.array(rows or [day], np.int64), max(rows, default=day)
        return self._soonest[day]

    def _moment(self, organiser: Organiser, occasion: Occasion) -> tuple[int, ...]:
        """When and where, in the order of :data:`_MOMENT`."""
        return (
            occasion.day,
            occasion.date,
            FORMS.index(occasion.form),
            occasion.site,
            organiser.number,
            occasion.reactive,
            self._world.all_barred,
        )

    def _mind(self, organiser: Organiser, occasion: Occasion) -> tuple[float, ...]:
        """What the organiser knows and believes, in the order of :data:`_MIND`."""
        world, stance, heard = self._world, organiser.stance, self._world.news.leave
        return (
            occasion.foreseen,
            occasion.error,
            organiser.followers.size,
            organiser.legality,
            organiser.punishment_expected,
            world.rivals(organiser),
            *organiser.log_yield,
            *chain.from_iterable([organiser.answers(procedure) for procedure in _PROCEDURES]),
            *chain.from_iterable([heard.get((stance, procedure), _NOTHING_HEARD) for procedure in _PROCEDURES]),
            *self._threatened(organiser),
        )

    def _threatened(self, organiser: Organiser) -> tuple[float, ...]:
        """What the law threatens an organiser with, by offence: it changes with the amounts and its last sanction."""
        key = (organiser.number, self._world.period, organiser.is_repeat)
        if key not in self._threats:
            self._threats[key] = tuple(organiser.threat(offence) for offence in OFFENCES_WEIGHED)
        return self._threats[key]

    def _from(self, date: int, soonest: int, tomorrow: int, issue: int) -> Any:
        """The days from a date on, as far as anything may be put off; what is known of them changes when a shock strikes."""
        end = max(date, soonest, tomorrow) + _LOOKS_AHEAD
        struck = self._world.shocks(issue)
        first, kept = self._days.get((issue, struck), (end, _NO_DAYS))
        if date < first or end > first + kept.size:
            first, last = min(date, self._world.today), end + _MORE_DAYS
            kept = np.zeros(last - first, DAYS)
            kept["working"] = self._world.calendar.working_days(first, last)
            if struck:
                kept["shock"] = [self._world.concern(issue, day) for day in range(first, last)]
            self._days[issue, struck] = first, kept
        return kept[date - first : end - first]


def _limit(rule: Limit | None) -> tuple[float, float, float]:
    """Whether passing a limit costs anything, its margin, and whether it ends the assembly."""
    if rule is None or rule.consequence == "tolerated":
        return 0.0, 0.0, 0.0
    return 1.0, rule.margin, float(rule.consequence == "terminated")
