"""Pictures of a day: what is on them, and where."""

import dataclasses
import math

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from sim.interface.style import styled
from sim.interface.watching.drawing import SCREEN, assemblies_so_far, drawn, map_of_day, sums
from sim.interface.watching.run import Run
from sim.interface.watching.seen import Seen
from tests.interface.watching.made import small
from tests.interface.watching.test_telling import ROW


@pytest.fixture(scope="module")
def seen() -> Seen:
    run = Run(small({"scenario.days": 30}))
    for _ in range(25):
        run.step()
    return run.seen


@pytest.fixture(scope="module")
def busy(seen: Seen) -> Seen:
    """A day with two assemblies at one place, one elsewhere, and one that was not held."""
    rows = [
        {"assembly": 1, "turnout": 400},
        {"assembly": 2, "turnout": 100, "lawful_throughout": False},
        {
            "assembly": 3,
            "turnout": 25,
            "site": "Market Square",
            "attempts": 0,
            "lawful_throughout": False,
            "lawful_at_start": False,
        },
        {"assembly": 4, "turnout": 0, "site": "High Street", "fate": "called_off", "fate_reason": "refused"},
    ]
    return dataclasses.replace(seen, assemblies=pd.DataFrame([{**ROW, "day": seen.days - 1, **row} for row in rows]))


def marked(figure: Figure) -> dict[str, object]:
    return {str(one.get_gid()): one for one in figure.axes[0].get_children() if one.get_gid()}


def test_the_map_shows_places_the_law_and_the_assemblies_of_the_day(busy: Seen) -> None:
    with styled(SCREEN):
        figure = map_of_day(busy)
    found = marked(figure)
    assert {site.name for site in busy.setting.town.sites} <= found.keys()
    assert {"designated River Park", "designated Field behind the depot"} <= found.keys()
    assert {f"assembly {number}" for number in (1, 2, 3, 4)} <= found.keys()
    bubbles = sorted(
        one.radius for one in figure.axes[0].patches if isinstance(one, Circle) and str(one.get_gid()).startswith("came")
    )
    assert [round(radius / bubbles[0], 6) for radius in bubbles] == [1, 2, 4]  # areas 25, 100, 400
    spots = [found[f"assembly {number}"].get_xydata()[0] for number in (1, 2)]  # type: ignore[attr-defined]
    assert math.dist(*spots) > 0  # two at one place do not hide each other
    assert found["assembly 4"].get_marker() == "|"  # type: ignore[attr-defined]
    assert found["assembly 3"].get_marker() == "^"  # type: ignore[attr-defined]


def test_the_timeline_and_the_sums_show_the_run_so_far(seen: Seen) -> None:
    with styled(SCREEN):
        line, added = assemblies_so_far(seen), sums(seen)
    shown = sum(len(one.get_xdata()) for one in line.axes[0].get_lines() if str(one.get_gid()) in STATUS_NAMES)
    assert shown == (seen.assemblies["fate"] == "held").sum() > 0
    assert "threshold-250" in {one.get_gid() for one in line.axes[0].collections}
    labels = [text.get_text() for text in added.axes[0].get_legend().get_texts()]
    assert labels[2] == f"held: {seen.counts['held'].sum()}"
    ends = {one.get_gid(): one.get_ydata()[-1] for one in added.axes[0].get_lines()}
    assert ends == {name: seen.counts[name].sum() for name in ("filings", "refusals", "held")}
    assert added.axes[1].get_lines()[0].get_ydata()[-1] == seen.moods["concern"][-1]


STATUS_NAMES = {
    "lawful throughout",
    "lawful at start, not throughout",
    "without the filing it owed",
    "refused, and held all the same",
    "unlawful in another way",
}


def test_pictures_of_the_first_morning_are_drawn_too() -> None:
    seen = Run(small()).seen
    for make in (map_of_day, sums, assemblies_so_far):
        svg = drawn(lambda make=make: make(seen), "A title")  # type: ignore[misc]
        assert svg.startswith("<?xml")
        assert "A title" in svg
