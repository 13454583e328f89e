"""The page without a browser: what Solara would show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.interface.watching.made import small

solara = pytest.importorskip("solara", reason="Solara is not installed: pip install 'protestlaw[viz]'")

from sim.interface.watching import page  # noqa: E402

type Given = tuple[Any, ...]
"""What the panel is given: what is watched, what was first, the levers, why a change was refused, and the way to make one."""


@dataclass
class Visitor:
    """A rendered page, and what its panel was given, the latest last: in a browser it would stand in the sidebar."""

    context: Any
    given: list[Given]

    @property
    def run(self) -> Any:
        (found,) = [element.args[0] for element in elements(self.context.context_root) if element.component is page.Watching]
        return found

    def put(self, settings: dict[str, Any]) -> bool:
        """Change something."""
        return bool(self.given[-1][4](self.run.watch.changed(settings)))


def elements(context: Any) -> Iterator[Any]:
    yield from context.elements.values()
    for child in context.children.values():
        yield from elements(child)


@pytest.fixture(scope="module", autouse=True)
def served() -> None:
    """What every visitor sees first."""
    page.begin_with(small())


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Visitor]]:
    """Renders the page for another visitor."""
    opened: list[Visitor] = []

    def go() -> Visitor:
        given: list[Given] = []
        monkeypatch.setattr(page, "Panel", lambda *args: given.append(args))
        monkeypatch.setattr(page, "drawn", lambda *_: "<svg/>")  # pictures are tested by themselves
        _, context = solara.render(page.Page(), handle_error=False)
        opened.append(Visitor(context, given))
        return opened[-1]

    yield go
    for one in opened:
        one.context.close()


def test_every_visitor_has_a_run_of_its_own(visit: Callable[[], Visitor]) -> None:
    one, other = visit().run, visit().run
    one.step()
    assert (one.time, other.time) == (1, 0)
    assert one.model.citizens.state is not other.model.citizens.state


def test_who_leaves_plays_no_further(visit: Callable[[], Visitor]) -> None:
    visitor = visit()
    run = visitor.run
    assert run.running
    visitor.context.close()
    assert not run.running


def test_a_change_that_can_be_made_begins_another_run(visit: Callable[[], Visitor]) -> None:
    visitor = visit()
    before = visitor.run
    assert visitor.put({"law.threshold": 20})
    after = visitor.run
    assert after is not before
    assert after.conduct.law.threshold_value == 20
    watch, first, levers, refused, _ = visitor.given[-1]
    assert (watch, first, refused) == (after.watch, before.watch, "")
    assert levers[0].levels[levers[0].at].words == "20 persons"
    assert not before.running


def test_a_change_that_cannot_be_made_is_told_and_changes_nothing(visit: Callable[[], Visitor]) -> None:
    visitor = visit()
    before = visitor.run
    assert not visitor.put({"law.threshold": -3})
    assert visitor.run is before
    assert before.running
    assert "found -3; allowed: a whole number of persons from 0" in visitor.given[-1][3]
    assert visitor.put({"law.threshold": 30})
    assert visitor.given[-1][3] == ""
