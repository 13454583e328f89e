"""The panel without a browser: what its levers say, and what they ask for."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.interface.watching.levers import Lever, levers, offers
from sim.interface.watching.watch import Watch

solara = pytest.importorskip("solara", reason="Solara is not installed: pip install 'protestlaw[viz]'")

import ipyvuetify  # noqa: E402

from sim.interface.watching.panel import Panel  # noqa: E402

SEMINAR = Watch("seminar", {"law.threshold": 100})


class Shown:
    """A rendered panel, and what was asked of it."""

    def __init__(self, beside: tuple[Lever, ...], refused: str = "", *, works: bool = True) -> None:
        self.asked: list[Watch] = []
        shown = Panel(SEMINAR, Watch("seminar"), beside, refused, lambda watch: bool(self.asked.append(watch)) or works)
        _, self.context = solara.render(shown, handle_error=False)

    def find(self, kind: Any, **having: Any) -> Any:
        """The first widget of a kind."""
        return self.context.find(kind, **having)[0].widget

    @property
    def words(self) -> str:
        """All that is written."""
        return " ".join(str(one.unsafe_innerHTML) for one in self.context.find(solara.widgets.HTML).widgets)


@pytest.fixture(scope="module")
def beside() -> tuple[Lever, ...]:
    """The levers of what is watched."""
    return levers(SEMINAR, SEMINAR.read(), offers(SEMINAR))


@pytest.fixture
def show(beside: tuple[Lever, ...]) -> Iterator[Callable[..., Shown]]:
    """Renders the panel."""
    rendered: list[Shown] = []

    def go(**about: Any) -> Shown:
        rendered.append(Shown(beside, **about))
        return rendered[-1]

    yield go
    for one in rendered:
        one.context.close()


@pytest.mark.parametrize(("works", "after"), [(True, "150 persons"), (False, "100 persons")])
def test_a_slider_asks_when_it_is_let_go_and_goes_back_if_refused(show: Callable[..., Shown], works: bool, after: str) -> None:
    panel = show(works=works)
    assert "Threshold for a permit: <b>100 persons</b>" in panel.words
    slider = panel.find(ipyvuetify.Slider)
    slider.v_model += 1
    assert "Threshold for a permit: <b>150 persons</b>" in panel.words
    assert panel.asked == []
    slider.fire_event("change", slider.v_model)
    assert [watch.settings for watch in panel.asked] == [{"law.threshold": 150}]
    assert f"Threshold for a permit: <b>{after}</b>" in panel.words


def test_what_was_refused_and_what_was_changed_are_told(show: Callable[..., Shown]) -> None:
    panel = show(refused="found <7>; allowed: 8")
    assert "found &lt;7&gt;; allowed: 8" in panel.words
    assert "<code>law.threshold=100</code>" in panel.words
    assert "protestlaw run seminar --reps 1 --seed 1 --set law.threshold=100" in panel.words


def test_choices_seed_and_any_setting_ask_for_what_they_say(show: Callable[..., Shown]) -> None:
    panel = show()
    panel.find(ipyvuetify.Select, label="How officials behave").v_model = "hostile"
    assert panel.asked[-1].settings == {"law.threshold": 100, "practice": "hostile"}
    typed = panel.find(ipyvuetify.TextField, label="Any other setting, as law.threshold=137")
    typed.v_model = "police.style=0.2"
    typed.fire_event("keyup.enter", None)
    assert panel.asked[-1].settings == {"law.threshold": 100, "police.style": 0.2}
    seed = panel.find(ipyvuetify.TextField, label="Seed")
    seed.v_model = "12"
    seed.fire_event("keyup.enter", None)
    assert panel.asked[-1].seed == 12
    assert len(panel.asked) == 3


def test_what_is_no_setting_is_told_beside_the_box(show: Callable[..., Shown]) -> None:
    panel = show()
    typed = panel.find(ipyvuetify.TextField, label="Any other setting, as law.threshold=137")
    typed.v_model = "threshold"
    typed.fire_event("keyup.enter", None)
    assert panel.asked == []
    assert "allowed: KEY=VALUE" in str(typed.error_messages or typed.messages)
