"""Figures: what is drawn, and that they are the same bytes on any day."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.interface.figures import LAWFUL, Shown, lawful_shares, turnouts
from sim.interface.style import A, B, paper, rendered
from sim.measurement import INDICATORS

SIZES = np.array([1, 1, 2, 5, 12, 40, 90, 240, 248, 249, 249, 260, 1200])
ASSEMBLIES = pd.DataFrame({"fate": "held", "turnout": SIZES, "attempts": 1, "declared_first": SIZES})
EFFECTS = pd.DataFrame(
    {
        "indicator": LAWFUL,
        "mean_a": [0.4, 0.3, 0.6, 0.7],
        "mean_b": [0.6, 0.5, 0.6, 0.8],
        "difference": [0.2, 0.2, 0.0, 0.1],
        "low": [0.1, 0.1, -0.1, np.nan],
        "high": [0.3, 0.3, 0.1, np.nan],
        "pairs": 3,
    }
)


def lines(figure: Figure) -> list[list[str]]:
    """The thresholds drawn in each panel."""
    return [[str(line.get_gid()) for line in axes.lines if line.get_gid()] for axes in figure.axes]


def shown(threshold: int | None, title: str = "One") -> Shown:
    return Shown(title, ASSEMBLIES, 2.0, threshold)


@pytest.mark.parametrize(
    ("thresholds", "drawn"),
    [
        ((None,), []),
        ((250,), ["threshold-250"]),
        ((None, 250), ["threshold-250"]),
        ((50, 250), ["threshold-50", "threshold-250"]),
        ((250, 250), ["threshold-250"]),
        ((None, None), []),
    ],
)
def test_a_threshold_is_drawn_where_a_law_has_one(thresholds: tuple[int | None, ...], drawn: list[str]) -> None:
    with paper():
        figure = turnouts([shown(threshold, f"Scenario {place}") for place, threshold in enumerate(thresholds)])
    assert lines(figure) == [drawn, drawn]
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert all("threshold" in text for text in texts)
    if thresholds == (250, 250):
        assert texts == ["threshold in A and B: 250"]


def test_every_assembly_is_in_a_bin_and_rates_are_a_year() -> None:
    with paper():
        figure = turnouts([shown(None)])
    (line,) = figure.axes[0].lines
    assert np.sum(line.get_ydata()) == pytest.approx(len(SIZES) / 2.0)


def test_no_bin_crosses_the_threshold() -> None:
    with paper():
        figure = turnouts([shown(250)])
    middles, often = (np.asarray(part) for part in figure.axes[1].lines[0].get_data())
    below = middles[middles < 250].max()
    assert often[middles == below].item() == pytest.approx(4 / 2.0)


def test_a_and_b_differ_by_more_than_colour() -> None:
    with paper():
        figure = turnouts([shown(None, "One"), shown(250, "Other")])
    one, other = figure.axes[0].lines[:2]
    assert (one.get_color(), other.get_color()) == (A.colour, B.colour)
    assert one.get_marker() != other.get_marker()
    assert one.get_linestyle() != other.get_linestyle()


def test_the_lawful_shares_and_their_differences() -> None:
    with paper():
        figure = lawful_shares(EFFECTS, ("One", "Other"))
    left, right = figure.axes
    assert [label.get_text() for label in left.get_yticklabels()] == [INDICATORS[name].label for name in LAWFUL]
    hollow = [line.get_markerfacecolor() == "white" for line in right.lines if line.get_marker() == "D"]
    assert hollow == [False, False, True, True]
    assert "simulation uncertainty over 3 pairs" in figure.get_supxlabel()


def test_figures_are_drawn_of_nothing_too() -> None:
    with paper():
        files = rendered(turnouts([Shown("Empty", ASSEMBLIES[:0], 1.0, 250)]), "empty", "Empty", "nothing")
        files |= rendered(lawful_shares(EFFECTS[:0], ("One", "Other")), "none", "None", "nothing")
    assert set(files) == {"empty.png", "empty.svg", "none.png", "none.svg"}


def test_the_same_figure_is_the_same_bytes() -> None:
    def make() -> dict[str, bytes]:
        with paper():
            return rendered(turnouts([shown(None), shown(250)]), "turnout", "Turnout", "made of made-up sizes")

    first, again = make(), make()
    assert first == again
    assert b"made of made-up sizes" in first["turnout.svg"]
    assert b"<dc:date>" not in first["turnout.svg"]


def test_the_settings_of_a_user_stay_as_they_are() -> None:
    with mpl.rc_context({"font.size": 31}):
        with paper():
            assert mpl.rcParams["font.size"] == 9
        assert mpl.rcParams["font.size"] == 31
