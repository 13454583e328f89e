"""The state of a model between two days: what its future depends on beside scenario and seed.

A model is continued by building a new one from scenario and seed, as on the first day, and giving it the state. So nothing is
kept that can be built again (people, ties, organisers' traits, what the calendar still holds), the past of another scenario
can be continued under its own laws, and two models never share what changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np
import numpy.typing as npt

from sim.errors import ModelError
from sim.institutions.options import Occasion
from sim.model.citizens import State
from sim.model.pending import pending_of, plain, put_pending
from sim.record import Record
from sim.record.happenings import Happening
from sim.scenario import Scenario
from sim.scenario.agreement import differences

if TYPE_CHECKING:
    from sim.institutions import Organiser
    from sim.model.model import ProtestModel
    from sim.model.news import Fading, News
    from sim.population import Town

__all__ = ["Saved", "capture", "columns_of", "continued"]

_MOST_KEYS: Final = 8
"""Differing keys that an error names."""

type Column = tuple[npt.NDArray[np.int32], npt.NDArray[Any]]
"""The rows in which a column is no longer as it began, and what stands there."""


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """A model between two days.

    Attributes:
        scenario, seed: what it was built from. days: how many it has lived.
        happenings: the record so far. state: all else, as plain data that JSON can hold. columns: citizens' state by name.
    """

    scenario: Scenario
    seed: int
    days: int
    happenings: tuple[Happening, ...]
    state: Mapping[str, Any]
    columns: Mapping[str, Column]


def capture(model: ProtestModel) -> Saved:
    """The state of a model, of which nothing changes when the model runs on.

    Raises:
        ModelError: in the midst of a day, or if there is something in the model that a user put there.
    """
    if float(model.time) != model.days_lived:
        raise ModelError(f"a model is saved and branched between days, when one is over; found time {float(model.time):g}")
    _refuse_foreign(model)
    state = {
        "counts": [model.assemblies_planned, model.filings_made, model.events_held, model.lawful_events],
        "emergencies": model.almanac.emergencies,
        "booked": [[*slot, holder] for slot, holder in model.places.booked.items()],
        "occasions": [[*key, plain(occasion)] for key, occasion in model.occasions.items()],
        "press": [medium.open for medium in model.press],
        "organisers": [_organiser(organiser) for organiser in model.organisers],
        "news": _news(model.news),
        "pending": pending_of(model),
    }
    return Saved(model.conduct, model.streams.seed, model.days_lived, tuple(model.record), state, _columns(model.citizens.state))


def continued[M: ProtestModel](kind: type[M], saved: Saved, scenario: Scenario | None, town: Town | None) -> M:
    """A model that goes on from a saved one, perhaps into another scenario.

    Args:
        kind: the class of the model.
        saved: where it goes on from.
        scenario: one that differs only in what has not happened yet; by default the saved one's own.
        town: the town, if it is there already.

    Raises:
        ModelError: if the scenario differs in what has happened already, or the town is another one.
    """
    scenario = scenario or saved.scenario
    _refuse_another_past(saved, scenario)
    if town is not None and (town.spec, town.traits) == (saved.scenario.town, saved.scenario.traits):
        town = replace(town, spec=scenario.town, traits=scenario.traits)  # which differ in notes and sources at most
    model = kind(scenario, rng=saved.seed, town=town)
    _sleep(model, saved.days)
    _put_under_law(model)
    model.record = Record()
    for happening in saved.happenings:
        model.record.add(happening)
    columns = columns_of(model.citizens.state)
    for name, (rows, values) in saved.columns.items():
        columns[name][rows] = values
    _give(model, saved.state)
    return model


# -- what is refused -------------------------------------------------------------------------------------------------------


def _refuse_foreign(model: ProtestModel) -> None:
    """What a user has put into a model of its own would be lost in silence."""
    own = {id(task.event) for task in model.clock.waiting} | {id(model._default_schedule._current_event)}
    events = sum(not event.CANCELED and id(event) not in own for event in model._event_list._events)
    agents = len(model.agents) - len(model.organisers) - len(model.press) - 3  # authority, court, police
    for number, what in ((events, "event(s) on Mesa's clock"), (agents, "agent(s)")):
        if number:
            raise ModelError(f"{number} {what} that are not the model's own cannot be saved; found beside its own")


def _refuse_another_past(saved: Saved, scenario: Scenario) -> None:
    past = {key: day for key, day in differences(saved.scenario, scenario).items() if day < saved.days}
    if not past:
        return
    named = [f"{key} (from day {day})" for key, day in list(past.items())[:_MOST_KEYS]]
    if len(past) > _MOST_KEYS:
        named.append(f"and {len(past) - _MOST_KEYS} more")
    raise ModelError(
        f"{saved.days} days of {saved.scenario.name!r} are no past of {scenario.name!r}: the two differ in {', '.join(named)}. "
        f"They may differ in reforms, emergencies and shocks of day {saved.days} and later, and in days that are still to come; "
        f"for all else run {scenario.name!r} from the start"
    )


# -- from the model --------------------------------------------------------------------------------------------------------


def _organiser(one: Organiser) -> dict[str, Any]:
    return {
        "yield": [one._yield[True], one._yield[False]],
        "leave": {procedure: list(known) for procedure, known in one._leave.items()},
        "seen_punished": list(one._punished),
        "jailed_until": one.jailed_until,
        "punished": one.punished,
        "fines": one.fines,
        "jail_days": one.jail_days,
    }


def _news(news: News) -> dict[str, Any]:
    return {
        "belief": news.belief,
        "punished": list(news.punished),
        "leave": [[*whose, *known] for whose, known in news.leave.items()],
        "fading": [[one.amount, one.day] for one in _fading(news)],
    }


def _fading(news: News) -> list[Fading]:
    return [news.fear, news.standing, *news.anger, *news.concern, *news.heard]


def columns_of(state: State) -> dict[str, npt.NDArray[Any]]:
    """The columns of citizens' state by name; days of fear and anger, and of debt, are among them."""
    return {**state.moods._asdict(), **{name: getattr(state, name) for name in State.__slots__ if name != "moods"}}


def _columns(state: State) -> dict[str, Column]:
    """Most people are as they were on the first day, so only the others are kept."""
    began = {name: column[0] for name, column in columns_of(State(1)).items()}
    found = {}
    for name, column in columns_of(state).items():
        rows = np.flatnonzero(column != began[name]).astype(np.int32)
        found[name] = (rows, column[rows])
    return found


# -- into a new model --------------------------------------------------------------------------------------------------------


def _sleep(model: ProtestModel, days: int) -> None:
    """Let time pass without anything happening: on Mesa's own clock, so that its next step comes in time."""
    for task in model.clock.waiting:
        if task.time <= days:
            task.cancel()
    lived, model._user_step = model._user_step, _nothing  # what Mesa calls each day
    if days:
        mesa.Model.run_for(model, days)
    model._user_step = lived
    model.today = max(0, days - 1)
    model.days_lived, model.running = days, days < model.conduct.scenario.days


def _nothing() -> None:
    pass


def _put_under_law(model: ProtestModel) -> None:
    for reform in model.conduct.reforms:
        if model.calendar.day(reform.date) < model.days_lived:
            model.regime = reform.law
    model.places.enact(model.regime)


def _give(model: ProtestModel, state: Mapping[str, Any]) -> None:
    model.assemblies_planned, model.filings_made, model.events_held, model.lawful_events = state["counts"]
    model.almanac.emergencies = state["emergencies"]
    model.places.booked = {(site, date): holder for site, date, holder in state["booked"]}
    model.occasions = {(organiser, day): Occasion(**told) for organiser, day, told in state["occasions"]}
    for medium, is_open in zip(model.press, state["press"], strict=True):
        medium.open = is_open
    for organiser, told in zip(model.organisers, state["organisers"], strict=True):
        _teach(organiser, told)
    _tell(model.news, state["news"])
    put_pending(model, state["pending"])


def _teach(one: Organiser, told: Mapping[str, Any]) -> None:
    one._yield = dict(zip((True, False), told["yield"], strict=True))
    one._leave = {procedure: (yes, seen) for procedure, (yes, seen) in told["leave"].items()}
    yes, seen = told["seen_punished"]
    one._punished = (yes, seen)
    one.jailed_until, one.punished, one.fines, one.jail_days = (
        told[name] for name in ("jailed_until", "punished", "fines", "jail_days")
    )


def _tell(news: News, told: Mapping[str, Any]) -> None:
    news.belief, news.punished = told["belief"], list(told["punished"])
    news.leave.update({(stance, procedure): [yes, seen] for stance, procedure, yes, seen in told["leave"]})
    for one, (amount, day) in zip(_fading(news), told["fading"], strict=True):
        one.amount, one.day = amount, day
