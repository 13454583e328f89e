"""Engine and reference model in lock-step: the same scenario and seed, day by day, until they disagree.

They must never. If they do, what is told here is meant to lead to the line: the first happening that is not the same in both
records, and the people concerned as each model sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sim.behaviour.arrays import LONG_AGO
from sim.experiment.runs import as_scenario
from sim.model import ProtestModel
from sim.record import Arrested, Happening, Held, Planned, Record, Sanctioned
from sim.record.differing import first_difference
from sim.reference import ReferenceModel
from sim.reference.gathering import crowd_of, perceived_risk
from sim.scenario import Scenario

__all__ = ["Disagreement", "first_disagreement"]

_MOST_TOLD: Final = 5
"""Citizens who are described; of more only the numbers are given."""

_TRAITS: Final = ("district", "income", "theta", "risk_aversion", "deference", "media", "foreigner")

_PLAN: Final = ("strategy", "form", "site", "date", "declared", "effort", "public", "files", "procedure", "exempt_kind", "parts")

_ASSEMBLY: Final = ("part", "called", "allowed", "refused", "appealed", "appealing", "defiant", "relied", "offer", "fate")

_STATES: Final = {"fear": "fear", "anger": "anger", "debt": "debt", "punished": "punished_on", "away_until": "away_until"}
"""What happens to a citizen, as the engine and as the reference model call it; as last touched, before it fades."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where engine and reference model part.

    Attributes:
        day: from 0. index: place in the record, from 0. engine, reference: what each put there, or nothing; nothing in both
            if the records agree that day and only people's feelings do not. concerned: the people concerned, in both models.
    """

    day: int
    index: int
    engine: Happening | None
    reference: Happening | None
    concerned: str

    def __str__(self) -> str:
        return f"day {self.day}, happening {self.index}\nengine:    {self.engine}\nreference: {self.reference}\n{self.concerned}"


def first_disagreement(
    scenario: Scenario | str, seed: int, days: int | None = None, models: tuple[ProtestModel, ReferenceModel] | None = None
) -> Disagreement | None:
    """Run both models day by day; where they first part, or ``None`` if they do not.

    Args:
        scenario: a scenario, or the name or file of one.
        seed: a whole number.
        days: so many, by default to the end of the scenario.
        models: the two on their first morning, if they are there already.
    """
    found = as_scenario(scenario)
    engine, reference = models or (ProtestModel(found, rng=seed), ReferenceModel(found, rng=seed))
    written = 0
    for day in range(found.scenario.days if days is None else days):
        engine.run_for(1)
        reference.run_for(1)
        parted = first_difference(_since(engine.record, written), _since(reference.record, written))
        if parted is not None:
            concerned = "\n".join(_concerned(engine, reference, parted.one, parted.other))
            return Disagreement(day, written + parted.index, parted.one, parted.other, concerned)
        written = len(engine.record)
        if citizens := _who_feel_otherwise(engine, reference):
            told = "\n".join(_citizens(engine, reference, citizens))
            return Disagreement(day, written, None, None, f"the records agree, but not the citizens:\n{told}")
    return None


def _since(record: Record, written: int) -> Record:
    """The part of a record that was written after its first happenings."""
    part = Record()
    for place, happening in enumerate(record):
        if place >= written:
            part.add(happening)
    return part


def _who_feel_otherwise(engine: ProtestModel, reference: ReferenceModel) -> list[int]:
    """The citizens whom something else has happened to in one model than in the other."""
    columns = {ours: column.tolist() for ours, column in _columns(engine).items()}
    return [
        citizen.number
        for citizen in reference.citizens
        if any(column[citizen.number] != getattr(citizen, ours) for ours, column in columns.items())
    ]


# -- who is concerned ------------------------------------------------------------------------------------------------------


def _concerned(engine: ProtestModel, reference: ReferenceModel, one: Happening | None, other: Happening | None) -> Iterator[str]:
    """What is known of the organisers, assemblies and citizens that two happenings are about."""
    assemblies = sorted({happening.assembly for happening in (one, other) if hasattr(happening, "assembly")})  # type: ignore[union-attr]
    organisers = {happening.organiser for happening in (one, other) if hasattr(happening, "organiser")}  # type: ignore[union-attr]
    for assembly in assemblies:
        for model in (engine, reference):
            organisers |= {plan.organiser for plan in model.record.of(Planned) if plan.assembly == assembly}
        yield from _assembly(engine, reference, assembly)
    for organiser in sorted(organisers):
        yield from _organiser(engine, reference, organiser)
    people, others = _people(one), _people(other)
    yield from _citizens(engine, reference, sorted(people ^ others) or sorted(people | others), assemblies)


def _people(happening: Happening | None) -> set[int]:
    """The citizens a happening names."""
    match happening:
        case Held():
            return set(happening.goers)
        case Arrested():
            return set(happening.citizens)
        case Sanctioned(role="participant" | "foreigner"):
            return {happening.who}
        case _:
            return set()


def _assembly(engine: ProtestModel, reference: ReferenceModel, number: int) -> Iterator[str]:
    """An assembly. The engine forgets those that have met their fate."""
    pending = {assembly.number: assembly for assembly in engine.pending()}
    known = {assembly.number: assembly for assembly in reference.assemblies}
    for name, assembly in (("engine", pending.get(number)), ("reference", known.get(number))):
        if assembly is None:
            yield f"assembly {number} in the {name}: not pending"
            continue
        said = {key: getattr(assembly.plan, key) for key in _PLAN} | {key: getattr(assembly, key) for key in _ASSEMBLY}
        yield f"assembly {number} in the {name}: {said}"


def _organiser(engine: ProtestModel, reference: ReferenceModel, number: int) -> Iterator[str]:
    ours, theirs = engine.organisers[number], reference.organisers[number]
    traits = {key: (getattr(ours, key), getattr(theirs, key)) for key in ("stance", "legal_form", "issue", "legality", "means")}
    traits["leader"] = (ours.leader, theirs.leader.number)
    traits["followers"] = (int(ours.followers.size), len(theirs.followers))
    traits["jailed_until"] = (ours.jailed_until, theirs.jailed_until)
    traits["punished"] = (ours.punished, theirs.punished_on)
    traits["punishment_expected"] = (ours.punishment_expected, theirs.punishment_expected())
    yield f"organiser {number} (engine, reference): {traits}"


def _citizens(
    engine: ProtestModel, reference: ReferenceModel, numbers: list[int], assemblies: list[int] | None = None
) -> Iterator[str]:
    """Citizens in both models; and, if the reference model has just held the assembly, what they made of it there."""
    if len(numbers) > _MOST_TOLD:
        yield f"{len(numbers)} citizens: {', '.join(map(str, numbers[:50]))}{' ...' if len(numbers) > 50 else ''}"
    for number in numbers[:_MOST_TOLD]:
        citizen = reference.citizens[number]
        told = {name: (engine.citizens.column(name)[number].item(), getattr(citizen, name)) for name in _TRAITS}
        told |= {ours: (column[number].item(), getattr(citizen, ours)) for ours, column in _columns(engine).items()}
        yield f"citizen {number} (engine, reference): {told}"
        for gathering in reference.held_today:
            for mind in gathering.minds:
                if gathering.assembly.number in (assemblies or ()) and mind.citizen is citizen and gathering.call is not None:
                    risk = perceived_risk(reference, gathering.call, crowd_of(gathering.minds))
                    slack = f"slack {citizen.slack(mind, risk):+.9f}, going {mind.going}, told by {mind.told}"
                    yield f"citizen {number} at assembly {gathering.assembly.number} in the reference: {slack}"


def _columns(engine: ProtestModel) -> dict[str, Any]:
    """The engine's states of its citizens, as they were last set, under the names that the reference has for them."""
    moods = engine.citizens.state.moods._asdict()
    return {ours: moods[name] + LONG_AGO if name == "punished" else moods[name] for name, ours in _STATES.items()}
