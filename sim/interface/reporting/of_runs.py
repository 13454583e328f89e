"""What ``run`` and ``compare`` wrote, as parts of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.interface.reporting.assumptions import assumed
from sim.interface.reporting.grids import of_table
from sim.interface.reporting.laws import changes, chapters, reforms
from sim.interface.reporting.outcomes import of_effects, of_summary
from sim.interface.reporting.parts import Answer, Found, Grid, Laws, Side
from sim.interface.sentences import clauses, law_in_words, of_runs, outcome, titles, what_changed, who_changed
from sim.interface.uncertain import DrawsOnRecord

if TYPE_CHECKING:
    import pandas as pd

    from sim.interface.figuring.opening import Results
    from sim.scenario import Scenario

__all__ = ["capital", "drawn_names", "draws_of", "events_in", "of_comparison", "of_run"]


def of_comparison(results: Results) -> Found:
    """A comparison: what changes from A to B.

    Raises:
        InputError: if a table is not here, or a scenario means something else in this version.
    """
    from sim.experiment import Comparison
    from sim.interface.answer import notes_of_comparison, who_came

    a, b = (results.scenario(name) for name in results.names)
    effects, participants = results.table("effects"), results.table("participants")
    undefined, draws = tuple(results.manifest.get("undefined", ())), draws_of(results)
    done = Comparison(a, b, results.seeds, effects, participants, undefined, {})
    called = titles(a, b)
    told = [capital(clause) for clause in clauses(effects)] if effects["difference"].any() else [outcome(done)]
    grids = of_effects(effects, len(done.seeds))
    if len(participants):
        title = "Who came: adults by fifth of income, under one law only and under both"
        grids.insert(1, of_table(who_came(participants), title, note="*: the paired interval leaves out 0."))
    rows = len(effects)
    notes = [
        f"Clear: the paired interval leaves out 0. Of {rows} indicators about {max(1, round(0.05 * rows))} would by chance alone."
    ]
    return Found(
        (a, b),
        f"From {called[0]} to {called[1]}",
        ("What changes if B takes the place of A, and all else stays the same, to the last toss of a coin?", what_changed(a, b)),
        tuple(_side(*of) for of in zip("AB", called, (a, b), strict=True)),
        Answer(
            tuple(filter(None, [*told, who_changed(done)])),
            (),
            tuple(results.manifest.get("warnings", ())),
            tuple(notes_of_comparison(done, draws)),
        ),
        (*grids, *_made_of(effects, results, "a pair's B - A", "B - A over the posterior", levels=False)),
        (*notes, *_without(undefined)),
        Laws(chapters({"A": a, "B": b}), changes(a, b), said=events_in({"A": a, "B": b})),
        assumed((a, b), drawn_names(results)),
    )


def of_run(results: Results) -> Found:
    """Replications of a scenario: what comes of it; the errors are those of :func:`of_comparison`."""
    from sim.experiment import Replications
    from sim.interface.answer import notes_of_runs

    (name,) = results.names
    scenario, summary = results.scenario(name), results.table("summary")
    done = Replications(scenario, results.seeds, summary, {})
    title = scenario.scenario.title
    return Found(
        (scenario,),
        title,
        ("What comes of this law, in this town, under these officials?",),
        (_side("", title, scenario),),
        Answer(
            (of_runs(done, intervals=True),),
            (),
            tuple(results.manifest.get("warnings", ())),
            tuple(notes_of_runs(done, draws_of(results))),
        ),
        (*of_summary(summary), *_made_of(summary, results, "a run", "mean over the posterior", levels=True)),
        tuple(_without([name for name, runs in zip(summary["indicator"], summary["runs"], strict=True) if not runs])),
        Laws(chapters({"": scenario}), tuple(reforms({"": scenario})), (), events_in({"": scenario}), "What reforms change"),
        assumed((scenario,), drawn_names(results)),
    )


def capital(clause: str) -> str:
    """A clause as a sentence."""
    return f"{clause[:1].upper()}{clause[1:]}."


def _side(letter: str, title: str, scenario: Scenario) -> Side:
    return Side(letter, title, f"{law_in_words(scenario.law)}.", scenario.scenario.description)


def _without(names: Any) -> list[str]:
    listed = ", ".join(names)
    return [f"Without a value: {listed}."] if listed else []


def draws_of(results: Results) -> DrawsOnRecord | None:
    """The draws from a posterior, if parameters were drawn."""
    said = results.manifest.get("uncertainty")
    return None if said is None else DrawsOnRecord.read(said)


def drawn_names(results: Results) -> list[str]:
    """The parameters that were drawn from a posterior."""
    if results.manifest.get("uncertainty") is None:
        return []
    own = {"draw", "posterior_row", "seeds"}
    return [str(name) for name in results.table("draws").columns if name not in own]


def _made_of(found: pd.DataFrame, results: Results, of: str, over: str, *, levels: bool) -> list[Grid]:
    """What uncertainty is made of, where parameters were drawn."""
    from sim.interface.uncertainty_made_of import table_of

    if results.manifest.get("uncertainty") is None:
        return []
    table, told = table_of(found, of, over, levels=levels)
    return [] if table is None else [of_table(table, "What the uncertainty is made of", note=told)]


def events_in(scenarios: dict[str, Scenario]) -> tuple[str, ...]:
    """Reforms, shocks and states of emergency on the way, a sentence for those of each scenario; alike ones are told once."""
    told: dict[str, list[str]] = {}
    for letter, scenario in scenarios.items():
        events = [f"{one.date} {one.title}" for one in scenario.reforms]
        events += [f"{one.date} {one.title}" for one in scenario.shocks]
        events += [f"{one.since} to {one.until} a state of emergency" for one in scenario.emergencies]
        told.setdefault("; ".join(sorted(events)), []).append(letter)
    return tuple(
        f"What happens on the way{f' ({" and ".join(letters)})' if any(letters) else ''}: {said}."
        for said, letters in told.items()
        if said
    )
