"""What ``patterns`` wrote, as parts of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.interface.reporting.assumptions import assumed
from sim.interface.reporting.held import batteries_held
from sim.interface.reporting.laws import chapters, reforms
from sim.interface.reporting.of_runs import events_in
from sim.interface.reporting.parts import Answer, Found, Laws, Side
from sim.interface.sentences import law_in_words

if TYPE_CHECKING:
    from sim.interface.figuring.opening import Results

__all__ = ["of_patterns"]


def of_patterns(results: Results) -> Found:
    """A city, and a record beside it if there is one, held against patterns of real protest.

    Raises:
        InputError: if a table is not here, or the scenario means something else in this version.
    """
    scenario = results.scenario(results.names[0])
    title, held = scenario.scenario.title, batteries_held(results)
    return Found(
        (scenario,),
        f"{title}: does it look like real protest?",
        ("Where does what the model gives lie within what is known of real protest, and where not?",),
        (Side("", title, f"{law_in_words(scenario.law)}.", scenario.scenario.description),),
        Answer(held.said, (), tuple(results.manifest.get("warnings", ()))),
        (),
        (),
        Laws(chapters({"": scenario}), tuple(reforms({"": scenario})), (), events_in({"": scenario}), "What reforms change"),
        assumed((scenario,)),
        held,
    )
