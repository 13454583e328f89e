"""Epstein's Model I as a Mesa model: citizens and cops on a torus, who can be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import mesa
import numpy as np

from sim.classics.epstein_board import (
    AFTER,
    BLOCKERS,
    CELL,
    COPS,
    GRIEVANCE,
    HEAD,
    RISK,
    SENTENCE,
    STATE,
    Board,
    Keys,
    Rules,
    neighbourhood,
    shuffled,
    uniforms,
)
from sim.classics.epstein_rules import ACTIVE, JAILED, QUIET, RATIOS, advance, seen
from sim.errors import ModelError
from sim.streams import Streams

__all__ = ["VARIANTS", "Citizen", "CivilViolence", "Cop", "Settings"]

_STATES: Final = {QUIET: "quiet", ACTIVE: "active", JAILED: "jailed"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules, and the numbers. The defaults are what the paper prints, with the numbers of its Run 2.

    Attributes:
        ratio: cops per active as it is (``printed``), rounded down (``floor``) or to the nearest, halves to even (``round``).
        neighbourhood: ``disc``, ``moore`` or ``von_neumann``, of radius ``vision`` in cells.
        own: whether an active citizen counts itself ``once``, or once more (``twice``) when it was active already.
        order: ``move_first`` or ``decide_first``; a cop decides by arresting.
        jailed: whether those in jail keep others from their cell: ``block`` or ``make_room``.
        cop: whether a cop who arrests ``follows`` to that cell, or ``stays``.
        jail_draw: sentences of 0 to ``max_jail`` steps (``to_max``) or to one less (``below_max``), each as likely.
        sentence: counted down for all at the ``end_of_step``, or at one's ``own_turn``.
        placing: numbers of citizens and cops ``exact``, or each cell by ``chance``.
        width, height: cells. density, cops: citizens, cops a cell. legitimacy, k, threshold: of rule A.
    """

    ratio: str = "printed"
    neighbourhood: str = "disc"
    own: str = "once"
    order: str = "move_first"
    jailed: str = "make_room"
    cop: str = "stays"
    jail_draw: str = "to_max"
    sentence: str = "end_of_step"
    placing: str = "exact"
    width: int = 40
    height: int = 40
    density: float = 0.7
    cops: float = 0.04
    vision: float = 7.0
    legitimacy: float = 0.82
    max_jail: int = 30
    k: float = 2.3
    threshold: float = 0.1

    def __post_init__(self) -> None:
        if self.density + self.cops > 1:
            raise ModelError(f"citizens ({self.density:g}) and cops ({self.cops:g}) a cell are more than 1: they do not fit")
        if 2 * int(self.vision) + 1 > min(self.width, self.height):
            raise ModelError(
                f"a vision of {self.vision:g} cells reaches around a torus of {self.width} x {self.height}: "
                f"allowed are at most {(min(self.width, self.height) - 1) // 2}"
            )
        if self.cop == "follows" and self.jailed == "block":
            raise ModelError("cop=follows does not go with jailed=block: nobody may enter the cell; allowed: jailed=make_room")


VARIANTS: Final[dict[str, dict[str, Any]]] = {
    "printed": {},
    "netlogo": {"ratio": "floor", "own": "twice", "cop": "follows", "jail_draw": "below_max"},
    "mesa": {
        "ratio": "round",
        "neighbourhood": "von_neumann",
        "order": "decide_first",
        "jailed": "block",
        "sentence": "own_turn",
        "placing": "chance",
    },
}
"""The rules as three sources have them: Epstein's paper; NetLogo's library (Wilensky 2004); Mesa's bundled example (3.5)."""


@dataclass(frozen=True, slots=True)
class Cop:
    """A cop, as a view of its row."""

    model: CivilViolence
    unique_id: int

    @property
    def pos(self) -> tuple[int, int]:
        """Column and row."""
        cell = int(self.model.board.people[CELL, self.unique_id])
        return cell % self.model.settings.width, cell // self.model.settings.width


@dataclass(frozen=True, slots=True)
class Citizen(Cop):
    """A citizen, as a view of its row."""

    @property
    def state(self) -> str:
        """``quiet``, ``active`` or ``jailed``."""
        return _STATES[int(self.model.board.people[STATE, self.unique_id])]

    @property
    def sentence(self) -> int:
        """What is left of its sentence, steps."""
        return int(self.model.board.people[SENTENCE, self.unique_id]) if self.state == "jailed" else 0

    @property
    def grievance(self) -> float:
        """Hardship times what the government lacks in legitimacy."""
        return float(self.model.board.traits[GRIEVANCE, self.unique_id])

    @property
    def risk_aversion(self) -> float:
        """From 0 to 1."""
        return float(self.model.board.traits[RISK, self.unique_id])


class _Views[T](Sequence[T]):
    """Agents, made when they are looked at."""

    def __init__(self, kind: type[Any], model: CivilViolence, rows: range) -> None:
        self._kind, self._model, self._rows = kind, model, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return _Views(self._kind, self._model, self._rows[place])
        agent: T = self._kind(self._model, self._rows[place])
        return agent

    def __iter__(self) -> Iterator[T]:
        return (self._kind(self._model, row) for row in self._rows)


class CivilViolence(mesa.Model):
    """The model.

    >>> model = CivilViolence(Settings(**VARIANTS["netlogo"]), seed=1)  # doctest: +SKIP
    >>> model.step()  # doctest: +SKIP
    >>> [citizen.pos for citizen in model.citizens if citizen.state == "active"]  # doctest: +SKIP

    Attributes:
        settings: the rules. board: the columns. citizens, cops: views of their rows.
    """

    def __init__(self, settings: Settings | None = None, *, seed: int = 0) -> None:
        super().__init__(rng=seed)  # Mesa wants one; nothing is drawn from it
        self.settings = settings or Settings()
        streams = Streams(seed)
        self._keys = Keys(*(streams.key(f"epstein/{what}") for what in ("order", "move", "arrest", "jail")))
        self._rules = _rules(self.settings)
        self.board = _founded(self.settings, self._rules, streams)
        n = self.board.citizens
        self.citizens: Sequence[Citizen] = _Views(Citizen, self, range(n))
        self.cops: Sequence[Cop] = _Views(Cop, self, range(n, self.board.order.size))
        self._done = 0

    def step(self) -> None:
        """Everybody once."""
        self._done += 1
        advance(self._done, self.board, self._rules, self._keys)

    def counts(self) -> tuple[int, int, int]:
        """Quiet, active and jailed citizens."""
        quiet, active, jailed = np.bincount(self.board.people[STATE, : self.board.citizens], minlength=3).tolist()
        return quiet, active, jailed


def _rules(settings: Settings) -> Rules:
    return Rules(
        width=settings.width,
        height=settings.height,
        ratio=RATIOS.index(settings.ratio),
        own_twice=settings.own == "twice",
        decide_first=settings.order == "decide_first",
        jailed_block=settings.jailed == "block",
        cop_follows=settings.cop == "follows",
        longest=max(settings.max_jail - (settings.jail_draw == "below_max"), 0),
        at_own_turn=settings.sentence == "own_turn",
        k=settings.k,
        threshold=settings.threshold,
    )


def _founded(settings: Settings, rules: Rules, streams: Streams) -> Board:
    """Everybody on a cell of their own, quiet."""
    cells = settings.width * settings.height
    if settings.placing == "exact":
        order = np.arange(cells, dtype=np.int32)
        shuffled(streams.key("epstein/place"), 0, order)
        cops = round(settings.cops * cells)
        homes, beats = order[cops : cops + round(settings.density * cells)], order[:cops]
    else:
        lot = np.empty(cells)
        uniforms(streams.key("epstein/place"), lot)
        homes = np.flatnonzero(lot < settings.density).astype(np.int32)
        beats = np.flatnonzero((lot >= settings.density) & (lot < settings.density + settings.cops)).astype(np.int32)
    n = homes.size
    hardship, risk = np.empty(n), np.empty(n)
    uniforms(streams.key("epstein/hardship"), hardship)
    uniforms(streams.key("epstein/risk"), risk)
    half, steps = neighbourhood(settings.neighbourhood, settings.vision)
    everybody = np.concatenate([homes, beats])
    people = np.zeros((4, everybody.size), np.int32)
    people[CELL], people[STATE], people[AFTER] = everybody, QUIET, -1
    ground = np.zeros((4, cells), np.int32)
    ground[BLOCKERS], ground[HEAD] = np.bincount(everybody, minlength=cells), -1
    for cell in beats:
        seen(ground, COPS, cell, 1, half, rules)
    order = np.arange(everybody.size, dtype=np.int32)
    return Board(people, np.stack([hardship * (1.0 - settings.legitimacy), risk]), ground, order, half, steps)
