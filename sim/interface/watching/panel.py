"""The levers and what else can be set, beside the run: always at what the run has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import solara

from sim.errors import InputError
from sim.interface.watching.levers import Lever
from sim.interface.watching.watch import Watch
from sim.texts import parse_assignment

__all__ = ["Panel"]

type Put = Callable[[Watch], bool]
"""Puts another run in the place of this one; whether it could."""


@solara.component
def Panel(watch: Watch, first: Watch, levers: tuple[Lever, ...], refused: str, put: Put) -> None:
    """Levers, seed and any other setting. Each change begins another run.

    Args:
        watch: what is watched now. first: what it was at first. levers: each where the run has it.
        refused: why the last change could not be made; empty if it could. put: makes a change.
    """
    with solara.Card("Scenario", classes=["watch-panel"]):
        if refused:
            solara.Error("Not changed; the run goes on as it was.", dense=True)
            solara.HTML(tag="pre", unsafe_innerHTML=escape(refused), classes=["watch-refused"], attributes={"role": "alert"})
        for lever in levers:
            (_Slider if lever.slides else _Choice)(lever, watch, put).key(lever.label)
        _Seed(watch, put)
        _Other(watch, put)
        _Changes(watch, first, put)


@solara.component
def _Slider(lever: Lever, watch: Watch, put: Put) -> None:
    """A lever with amounts: it says what it would be while it is dragged, and is put there when it is let go."""
    shown, show = solara.use_state(lever.at)
    solara.use_effect(lambda: show(lever.at), [lever.at, len(lever.levels)])
    place = min(shown, len(lever.levels) - 1)

    def let_go(*_: object) -> None:
        if place != lever.at and not put(watch.changed(lever.levels[place].settings, lever.keys)):
            show(lever.at)

    solara.HTML(tag="div", unsafe_innerHTML=f"{lever.label}: <b>{escape(lever.levels[place].words)}</b>", classes=["watch-label"])
    slider = solara.v.Slider(
        v_model=place,
        on_v_model=show,
        min=0,
        max=len(lever.levels) - 1,
        step=1,
        ticks="always",
        dense=True,
        hide_details=True,
        attributes={"aria-label": lever.label},
    )
    solara.v.use_event(slider, "change", let_go)


@solara.component
def _Choice(lever: Lever, watch: Watch, put: Put) -> None:
    """A lever with words."""
    words = [level.words for level in lever.levels]

    def choose(word: str) -> None:
        if word != words[lever.at]:
            put(watch.changed(lever.levels[words.index(word)].settings, lever.keys))

    solara.Select(lever.label, words, value=words[lever.at], on_value=choose, dense=True)


@solara.component
def _Seed(watch: Watch, put: Put) -> None:
    def sow(seed: int | None) -> None:
        if seed is not None and seed != watch.seed:
            put(replace(watch, seed=seed))

    solara.InputInt("Seed", value=watch.seed, on_value=sow)


@solara.component
def _Other(watch: Watch, put: Put) -> None:
    """Any other setting, as the command line takes it."""
    wrong, tell = solara.use_state("")
    typed, write = solara.use_state("")

    def enter(text: str) -> None:
        write(text)
        tell("")
        if not text.strip():
            return
        try:
            key, value = parse_assignment(text)
        except InputError as error:
            tell(str(error))
            return
        if put(watch.changed({key: value})):
            write("")

    solara.InputText("Any other setting, as law.threshold=137", value=typed, on_value=enter, error=wrong or False)


@solara.component
def _Changes(watch: Watch, first: Watch, put: Put) -> None:
    """What differs from the text of the scenario, and the way back."""
    if watch.settings:
        changed = "".join(f"<li><code>{escape(change)}</code></li>" for change in watch.changes)
        solara.HTML(tag="div", unsafe_innerHTML=f"Changed in the scenario:<ul>{changed}</ul>", classes=["watch-changes"])
    told = f"The same run without a page:<br><code>{escape(watch.command)}</code>"
    solara.HTML(tag="div", unsafe_innerHTML=told, classes=["watch-changes"])
    solara.Button("Back to the first settings", on_click=lambda: put(first), disabled=watch == first, text=True, small=True)
