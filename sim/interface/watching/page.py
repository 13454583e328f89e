"""The page: Mesa's SolaraViz on a run of one's own, levers beside it, and what there is to see of it.

Every visitor has a page, and every page builds its own run: no run stands in this module.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz
from mesa.visualization.utils import update_counter

from sim.errors import ProtestlawError
from sim.interface.watching.drawing import assemblies_so_far, drawn, map_of_day, sums
from sim.interface.watching.levers import Offer, levers, offers
from sim.interface.watching.panel import Panel
from sim.interface.watching.run import Run
from sim.interface.watching.seen import Seen
from sim.interface.watching.telling import of_day
from sim.interface.watching.watch import Watch

__all__ = ["Page", "begin_with"]

_STYLE: Final = Path(__file__).with_name("style.css")
_PLAY: Final = 100
"""Milliseconds between days when it plays, to begin with."""


_SERVED: Final[list[tuple[Watch, tuple[Offer, ...]]]] = []
"""What every visitor sees first, and the levers offered for it."""


def begin_with(watch: Watch) -> None:
    """Say what every visitor sees first. The server does so before it starts.

    Raises:
        InputError, UnknownNameError: if there is no such scenario.
    """
    _SERVED[:] = [(watch, offers(watch))]


@solara.component
def Page() -> None:
    """The page of one visitor, with a run of its own."""
    first, offered = _SERVED[0]
    (changes, watch, refused), turn = solara.use_state((0, first, ""))
    run = solara.use_memo(lambda: Run(watch), [changes])

    def put(wanted: Watch) -> bool:
        """Put another run in the place of this one; if it cannot be, say why and go on as before."""
        try:
            wanted.read()
        except ProtestlawError as error:
            turn((changes, watch, str(error)))
            return False
        turn((changes + 1, wanted, ""))
        return True

    solara.Title(f"protestlaw: {run.conduct.scenario.title}")
    solara.Style(_STYLE.read_text(encoding="utf-8"))
    Watching(run).key(f"run {changes}")
    with solara.Sidebar():
        Panel(watch, first, levers(watch, run.conduct, offered), refused, put)
        if changes % 2:  # a sidebar keeps states by place: at another place, Mesa's buttons begin anew with the run
            solara.Div(style="display: none")


@solara.component
def Watching(run: Run) -> None:
    """Mesa's controls, and the run they step. Its Reset builds the same run anew."""
    model = solara.use_reactive(run)

    def end() -> None:
        model.value.end()

    solara.use_effect(lambda: end, [])  # when another run takes its place, or the visitor leaves
    SolaraViz(model, components=[], play_interval=_PLAY, model_params={"watch": run.watch}, name=run.conduct.scenario.title)
    View(model)


@solara.component
def View(model: Any) -> None:
    """What there is to see of the run by now."""
    update_counter.get()
    seen: Seen = model.value.seen
    with solara.Div(classes=["watch"]):
        with solara.Div(classes=["watch-day"]):
            solara.HTML(tag="div", unsafe_innerHTML=of_day(seen), attributes={"aria-live": "polite"})
            with solara.Details("Everything that happened on this day"):
                _Happened(seen.happened)
            _Picture(sums, seen, [seen.days], "Filings, refusals and assemblies so far, and the mood of the town")
        with solara.Div():
            law, today = seen.law.fingerprint, seen.today["assembly"].tolist()
            _Picture(map_of_day, seen, [law, today], "Map of the town and of the assemblies of the day")
            _Picture(assemblies_so_far, seen, [len(seen.assemblies)], "Every assembly so far by day, turnout and legal status")


@solara.component
def _Happened(sentences: tuple[str, ...]) -> None:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    solara.HTML(tag="ul", unsafe_innerHTML=items or "<li>Nothing.</li>")


@solara.component
def _Picture(make: Callable[[Seen], Figure], seen: Seen, shows: list[Any], title: str) -> None:
    """A picture, drawn again only if what it shows has changed."""
    svg = solara.use_memo(lambda: drawn(lambda: make(seen), title), shows)
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    attributes: Mapping[str, str] = {"src": source, "alt": title}
    solara.HTML(tag="img", attributes=attributes, classes=["watch-picture"])
