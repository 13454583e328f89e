"""What is pending between two days, as plain data and back: assemblies, the filings made for them, and what the clock holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sim.errors import ModelError
from sim.institutions.docket import Assembly, Filing, Plan
from sim.law import ProcedureRow
from sim.model.planning import file

if TYPE_CHECKING:
    from sim.model.clock import Task
    from sim.model.model import ProtestModel

__all__ = ["pending_of", "plain", "put_pending"]


def pending_of(model: ProtestModel) -> dict[str, Any]:
    """What is pending in a model, as plain data.

    Raises:
        ModelError: if there is a task on the clock that is not the model's own.
    """
    writer = _Writer(model)
    agenda = [[date, [writer.assembly(one) for one in due.values()]] for date, due in model.agenda.items()]
    tasks = [writer.task(task) for task in writer.tasks]
    return {"agenda": agenda, "tasks": tasks, **writer.met()}


def put_pending(model: ProtestModel, told: Mapping[str, Any]) -> None:
    """Put what :func:`pending_of` told into a model that has nothing pending."""
    assemblies, filings = _docket(model, told)
    for date, due in told["agenda"]:
        model.agenda[date] = {number: assemblies[number] for number in due}
    acts = _acts(model)
    things: dict[str, Any] = {"assembly": assemblies, "filing": filings, "model": [model]}
    tasks = []
    for one in told["tasks"]:
        args = [value if kind == "value" else things[kind][value] for arg in one["args"] for kind, value in arg.items()]
        tasks.append(model.clock.at(one["time"], acts[one["act"]], *args))
    for one in told["filings"]:
        filings[one["number"]].events = [tasks[place] for place in one["events"]]


class _Writer:
    """Assemblies, filings and tasks refer to each other; here each is told once, by number."""

    def __init__(self, model: ProtestModel) -> None:
        self.model, self.acts = model, {act: name for name, act in _acts(model).items()}
        # The dated events of a scenario are put on the clock when a model is built.
        self.tasks = [task for task in model.clock.waiting if getattr(task.act, "__self__", None) is not model.almanac]
        self.places = {id(task): place for place, task in enumerate(self.tasks)}
        self.assemblies: dict[int, Assembly] = {}
        self.filings: dict[int, Filing] = {}
        self.rows: dict[str, int] = {}

    def task(self, task: Task) -> dict[str, Any]:
        """When what is to be done, about what."""
        if task.act not in self.acts:
            raise ModelError(f"a task on the clock that is not the model's own cannot be saved; found {task.act!r}")
        return {"time": task.time, "act": self.acts[task.act], "args": [self._argument(arg) for arg in task.args]}

    def _argument(self, arg: Any) -> Any:
        if isinstance(arg, Assembly):
            return {"assembly": self.assembly(arg)}
        if isinstance(arg, Filing):
            return {"filing": self.filing(arg)}
        return {"model": 0} if arg is self.model else {"value": arg}

    def assembly(self, one: Assembly) -> int:
        """Its number; it is told by and by."""
        if one.number not in self.assemblies:
            self.assemblies[one.number] = one
            if one.filing is not None:
                self.filing(one.filing)
        return one.number

    def filing(self, one: Filing) -> int:
        """Its number; it is told by and by."""
        if one.number not in self.filings:
            self.filings[one.number] = one
            self.assembly(one.assembly)
        return one.number

    def met(self) -> dict[str, Any]:
        """The assemblies and filings that were spoken of, and the rows of law they stand under."""
        told = {
            "assemblies": [
                {
                    **plain(one),
                    "organiser": one.organiser.number,
                    "plan": {**plain(one.plan), "row": self._row(one.plan.row)},
                    "filing": None if one.filing is None else one.filing.number,
                }
                for one in self.assemblies.values()
            ],
            "filings": [
                {
                    **plain(one),
                    "assembly": one.assembly.number,
                    "row": self._row(one.row),
                    "events": [self.places[id(event)] for event in one.events if id(event) in self.places],  # the others are done
                }
                for one in self.filings.values()
            ],
        }
        return {**told, "rows": list(self.rows)}

    def _row(self, row: ProcedureRow | None) -> int | None:
        return None if row is None else self.rows.setdefault(row.model_dump_json(), len(self.rows))


def _acts(model: ProtestModel) -> dict[str, Callable[..., None]]:
    """What there can be to do for the desk of a day."""
    return {
        "file": file,
        "answer": model.authority.answer,
        "stay_silent": model.authority.stay_silent,
        "hear_of_answer": model.hear_of_answer,
        "decide": model.court.decide,
    }


def plain(one: Any) -> dict[str, Any]:
    """The fields of a dataclass by name."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _docket(model: ProtestModel, told: Mapping[str, Any]) -> tuple[dict[int, Assembly], dict[int, Filing]]:
    rows = [ProcedureRow.model_validate_json(row) for row in told["rows"]]
    assemblies = {}
    for one in told["assemblies"]:
        row, offer = one["plan"]["row"], one["offer"]
        own = {
            "organiser": model.organisers[one["organiser"]],
            "plan": Plan(**{**one["plan"], "row": None if row is None else rows[row]}),
            "filing": None,
            "offer": None if offer is None else tuple(offer),
        }
        assemblies[one["number"]] = Assembly(**{**one, **own})
    filings = {}
    for one in told["filings"]:
        own = {"assembly": assemblies[one["assembly"]], "row": rows[one["row"]], "events": []}
        filings[one["number"]] = Filing(**{**one, **own})
    for one in told["assemblies"]:
        if one["filing"] is not None:
            assemblies[one["number"]].filing = filings[one["filing"]]
    return assemblies, filings
