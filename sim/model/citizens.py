"""Citizens as columns, seen by a Mesa user as agents.

A city of a million people does not fit into a million Python objects, so each trait and each state is one array.
:class:`Citizens` answers as a Mesa ``AgentSet`` does (``select``, ``get``, ``set``, ``agg``, ``groupby``, iteration), and a
:class:`Citizen` is a view of one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from mesa.agentset import AbstractAgentSet, GroupBy

from sim.behaviour.arrays import LONG_AGO, Columns, Moods
from sim.behaviour.decay import left
from sim.errors import ModelError
from sim.rows import untouched

if TYPE_CHECKING:
    from sim.model.model import ProtestModel
    from sim.population import Town

__all__ = ["Citizen", "Citizens", "State"]

_TRAITS: Final = ("district", "income", "theta", "risk_aversion", "deference", "media", "foreigner")
_STATES: Final = (
    "fear",
    "anger",
    "debt",
    "punished",
    "away_until",
    "fines",
    "jail_days",
    "arrests",
    "sanctions",
    "attended",
    "expelled",
)


class State:
    """What happens to citizens during a run; one entry a citizen (N).

    Attributes:
        moods: fear, anger and debt as they stood when last touched, with those days; days of the last sanction and of release
            (:class:`~sim.behaviour.arrays.Moods`).
        fines: paid so far (money). jail_days, arrests, sanctions, attended: so many so far. expelled: whether expelled.
    """

    __slots__ = ("arrests", "attended", "expelled", "fines", "jail_days", "moods", "sanctions")

    def __init__(self, n: int) -> None:
        self.moods = Moods.of(n)
        self.fines = untouched(n, np.float64)
        self.jail_days = untouched(n, np.int32)
        self.arrests = untouched(n, np.int32)
        self.sanctions = untouched(n, np.int32)
        self.attended = untouched(n, np.int32)
        self.expelled = untouched(n, np.bool_)


class Citizen:
    """One citizen, as a view: reading and writing its attributes reads and writes the columns.

    Attributes:
        model: the model it lives in. number: its row.
    """

    __slots__ = ("_citizens", "number")

    def __init__(self, citizens: Citizens, number: int) -> None:
        self._citizens, self.number = citizens, number

    @property
    def model(self) -> ProtestModel:
        """The model it lives in."""
        return self._citizens.model

    @property
    def unique_id(self) -> int:
        """Its number, which tells citizens of one model apart (institutions count on their own)."""
        return self.number

    @property
    def ties(self) -> list[Citizen]:
        """Whom it knows."""
        ties = self.model.town.ties
        row = ties.neighbours[ties.indptr[self.number] : ties.indptr[self.number + 1]]
        return [Citizen(self._citizens, int(other)) for other in row]

    def __getattr__(self, name: str) -> Any:
        return self._citizens.column(name)[self.number].item()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Citizen.__slots__:
            object.__setattr__(self, name, value)
        else:
            self._citizens.write(name, self.number, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citizen) and self.number == other.number and self._citizens.model is other._citizens.model

    def __hash__(self) -> int:
        return hash((id(self._citizens.model), self.number))

    def __repr__(self) -> str:
        return f"Citizen({self.number})"


class Citizens(AbstractAgentSet[Citizen]):
    """A set of citizens, in rising numbers. Everyone is ``model.citizens``; ``select`` gives subsets, which see the same columns.

    >>> model.citizens.select(lambda c: c["income"] > 300_000).agg("fear", np.mean)  # doctest: +SKIP
    """

    def __init__(self, model: ProtestModel, town: Town, state: State, rows: npt.NDArray[np.int64] | None = None) -> None:
        self.model, self._town, self.state = model, town, state
        self.random = None  # chance comes from the model's named streams
        self._rows = rows

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """Whose set it is: citizen numbers, rising."""
        if self._rows is None:  # everyone: listed only if someone asks
            self._rows = np.arange(self._town.n)
        return self._rows

    # -- columns -------------------------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The columns there are."""
        concerns = tuple(f"concern_{issue.name}" for issue in self.model.conduct.issues)
        return (*_TRAITS, *_STATES, *concerns)

    def column(self, name: str) -> npt.NDArray[Any]:
        """A column for everyone in town (N), fear, anger and debt as they stand today.

        Raises:
            AttributeError: if there is none of that name.
        """
        people, state = self._town.people, self.state
        if name in _TRAITS:
            return np.asarray(getattr(people, name))
        if name in {"fear", "anger", "debt"}:
            return self._today(name)
        if name == "punished":
            return np.asarray(state.moods.punished + LONG_AGO)
        if name in _STATES:
            return np.asarray(getattr(state.moods, name, None) if hasattr(state.moods, name) else getattr(state, name))
        for number, issue in enumerate(self.model.conduct.issues):
            if name == f"concern_{issue.name}":
                return np.asarray(people.concern[number])
        raise AttributeError(f"citizens have no {name!r}; they have {', '.join(self.names)}")

    def _today(self, name: str) -> npt.NDArray[np.float64]:
        moods, behaviour = self.state.moods, self.model.conduct.behaviour
        since = self.model.today - (moods.owing if name == "debt" else moods.stamp)
        half_life = {"fear": behaviour.fear_half_life, "anger": behaviour.anger_half_life, "debt": behaviour.debt_half_life}[name]
        return np.asarray(getattr(moods, name) * np.exp2(-since / half_life))

    def write(self, name: str, rows: Any, value: Any) -> None:
        """Set a state of some citizens. Traits belong to the town, which other models share."""
        if name not in _STATES:
            raise ModelError(f"{name!r} cannot be set; states can: {', '.join(_STATES)}")
        if name in {"fear", "anger", "debt"}:
            moods = self.state.moods
            getattr(moods, name)[:] = self._today(name)
            if name != "debt":
                other = "anger" if name == "fear" else "fear"
                getattr(moods, other)[:] = self._today(other)
                moods.stamp[:] = self.model.today
            else:
                moods.owing[:] = self.model.today
        column = getattr(self.state.moods, name) if hasattr(self.state.moods, name) else getattr(self.state, name)
        column[rows] = np.asarray(value) - LONG_AGO if name == "punished" else value

    # -- an agent set --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._town.n if self._rows is None else int(self._rows.size)

    def __iter__(self) -> Iterator[Citizen]:
        return (Citizen(self, int(row)) for row in self.rows)

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, Citizen) and agent.model is self.model and bool(np.isin(agent.number, self.rows))

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """A column of these citizens."""
        return self.column(name)[self.rows]

    def _subset(self, rows: npt.NDArray[Any]) -> Citizens:
        return Citizens(self.model, self._town, self.state, np.asarray(rows, np.int64))

    def select(
        self,
        filter_func: Callable[[Any], Any] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Citizens:
        """The citizens for which a condition holds.

        Args:
            filter_func: given this set, a boolean array (``lambda c: c["income"] > 3e5``); or as in Mesa, given a
                citizen, a truth value (slower: everyone is asked one by one).
            at_most: so many of the first, or such a share of this set if it is a float up to 1.
            inplace, agent_type: as in Mesa; there is one type, and sets are not changed in place.
        """
        if inplace:
            raise ModelError("sets of citizens are not changed in place; use the set that select returns")
        if agent_type is not None and not issubclass(Citizen, agent_type):
            return self._subset(self.rows[:0])
        rows = self.rows if filter_func is None else self.rows[self._holds(filter_func)]
        most = int(len(self) * at_most) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        return self._subset(rows if most == float("inf") else rows[: int(most)])

    def _holds(self, condition: Callable[[Any], Any]) -> npt.NDArray[np.bool_]:
        try:
            found = condition(self)
        except (TypeError, AttributeError):
            found = None
        if isinstance(found, np.ndarray) and found.shape == self.rows.shape:
            return found.astype(bool)
        return np.fromiter((bool(condition(citizen)) for citizen in self), bool, len(self))

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> Any:
        """One column as an array, or several as a list of arrays; unknown names raise, or give ``default_value`` if so asked."""
        if isinstance(attr_names, str):
            if handle_missing == "default" and attr_names not in self.names:
                return np.full(len(self), default_value)
            return self[attr_names]
        return [self.get(name, handle_missing, default_value) for name in attr_names]

    def set(self, attr_name: str, value: Any) -> Citizens:
        """Set a state of these citizens to a value, or to one value each."""
        self.write(attr_name, self.rows, value)
        return self

    def agg(self, attribute: str, func: Any) -> Any:
        """A function of a column (``np.mean``), or a list of them."""
        values = self[attribute]
        return [one(values) for one in func] if isinstance(func, list | tuple) else func(values)

    def groupby(self, by: Any, result_type: str = "agentset") -> GroupBy:
        """Groups by a column, or by a function of a citizen."""
        keys = self[by] if isinstance(by, str) else np.array([by(citizen) for citizen in self])
        groups = {key.item(): self._subset(self.rows[keys == key]) for key in np.unique(keys)}
        return GroupBy(groups if result_type == "agentset" else {key: list(group) for key, group in groups.items()})

    def to_list(self) -> list[Citizen]:
        """The citizens as views."""
        return list(self)

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> Citizens:
        """The citizens in the order of a column or of a function of a citizen."""
        if inplace:
            raise ModelError("sets of citizens are not changed in place; use the set that sort returns")
        values = self[key] if isinstance(key, str) else np.array([key(citizen) for citizen in self])
        if ascending:
            return self._subset(self.rows[np.argsort(values, kind="stable")])
        return self._subset(self.rows[::-1][np.argsort(values[::-1], kind="stable")][::-1])  # equals keep their order

    def shuffle(self, inplace: bool = False) -> Citizens:  # noqa: ARG002  Mesa's signature
        """Not offered: nothing in this model depends on an order."""
        raise ModelError("citizens are not shuffled: turnout does not depend on the order in which people are visited")

    def do(self, method: Any, *args: Any, **kwargs: Any) -> Citizens:
        """Call a function on each citizen in turn."""
        for citizen in self:
            method(citizen, *args, **kwargs)
        return self

    def shuffle_do(self, method: Any, *args: Any, **kwargs: Any) -> Citizens:  # noqa: ARG002  Mesa's signature
        """Not offered, as :meth:`shuffle`."""
        return self.shuffle()

    def map(self, method: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """What a function gives for each citizen."""
        return [method(citizen, *args, **kwargs) for citizen in self]

    def _update(self, agents: Iterable[Citizen]) -> Citizens:
        return self._subset(np.fromiter((citizen.number for citizen in agents), np.int64))

    def _fixed(self, *_: Any) -> None:
        raise ModelError("a town's citizens are fixed when it is built; another number needs another town")

    add = discard = remove = _fixed

    # -- the engine ----------------------------------------------------------------------------------------------------

    def columns(self) -> Columns:
        """The town's arrays for the kernels."""
        return Columns.of(self._town.people, self._town.ties)


def debt_today(moods: Moods, i: int, day: int, half_life: float) -> float:
    """What a citizen still owes of its fines, in money."""
    return float(moods.debt[i]) * left(day - int(moods.owing[i]), half_life)
