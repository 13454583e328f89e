"""Figures: what is drawn, and that they are the same bytes on any day."""

import itertools

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.interface.figures import LAWFUL, Shown, lawful_shares, turnouts
from sim.interface.style import PAPER, SLIDES, A, B, Style, enlarged, hatched, page, paper, rendered, styled
from sim.measurement import INDICATORS
from sim.version import __version__

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


@pytest.mark.parametrize("style", [PAPER, SLIDES], ids=["paper", "slides"])
@pytest.mark.parametrize("thresholds", [(None, 250), (50, 250), (250, 50), (500, 20)])
def test_the_name_of_a_threshold_lies_on_nothing(style: Style, thresholds: tuple[int | None, ...]) -> None:
    figure, _ = drawn_in(style, thresholds)
    renderer = FigureCanvasAgg(figure).get_renderer()
    for axes in figure.axes:
        curves = [line for line in axes.lines if not line.get_gid()]
        highest = max(float(axes.transData.transform(np.asarray(line.get_xydata()))[:, 1].max()) for line in curves)
        names = [text.get_window_extent(renderer) for text in axes.texts]
        assert len(names) == sum(one is not None for one in thresholds)
        assert all(box.y0 > highest and axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 for box in names)
        assert all(not one.overlaps(other) for one, other in itertools.combinations(names, 2))


def test_a_threshold_beyond_the_sizes_that_are_shown_is_named_at_the_edge() -> None:
    with paper():
        near = turnouts([shown(500, "One"), shown(20, "Other")]).axes[1]
    assert [str(line.get_gid()) for line in near.lines if line.get_gid()] == ["threshold-500"]
    assert [text.get_text() for text in near.texts] == ["← threshold in B: 20", "threshold in A: 500"]


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


def test_a_file_does_not_depend_on_those_that_are_made_beside_it() -> None:
    def make(*formats: str) -> dict[str, bytes]:
        with paper():
            return rendered(lawful_shares(EFFECTS, ("One", "Other")), "shares", "Shares", "made-up sizes", formats)

    assert make("pdf")["shares.pdf"] == make("svg", "pdf")["shares.pdf"]


def test_the_settings_of_a_user_stay_as_they_are() -> None:
    with mpl.rc_context({"font.size": 31}):
        with paper():
            assert mpl.rcParams["font.size"] == 9
        assert mpl.rcParams["font.size"] == 31


def drawn_in(style: Style, thresholds: tuple[int | None, ...] = (None, 250)) -> tuple[Figure, dict[str, bytes]]:
    with styled(style):
        figure = turnouts([shown(threshold, f"Scenario {place}") for place, threshold in enumerate(thresholds)])
        return figure, rendered(figure, "turnout", "Turnout", "made of made-up sizes", ("pdf", "svg"))


def test_slides_have_their_size_their_letters_and_their_lines() -> None:
    figure, files = drawn_in(SLIDES)
    assert tuple(figure.get_size_inches()) == (12.8, 7.2)
    assert figure.axes[0].xaxis.label.get_fontsize() == 18
    assert figure.axes[0].lines[0].get_linewidth() == pytest.approx(2.6)
    assert figure.axes[0].texts[0].get_fontsize() == 16  # 8 points on paper
    assert b'width="921.6pt" height="518.4pt"' in files["turnout.svg"]
    assert b"/MediaBox [ 0 0 921.6 518.4 ]" in files["turnout.pdf"]


def test_what_is_too_high_for_a_slide_is_drawn_smaller_and_only_there() -> None:
    with styled(SLIDES):
        figure = page(7.2)
        assert tuple(figure.get_size_inches()) == (12.8, 7.2)
        assert enlarged(9) == pytest.approx(9)
        assert mpl.rcParams["font.size"] == pytest.approx(9)
        page(7.2, least=3.0)
        assert enlarged(9) == 18  # the next page begins anew, and this one can do with less
    with paper():
        assert page(7.2).get_size_inches().tolist() == [6.3, 7.2]
        assert enlarged(9) == 9
    assert enlarged(9) == 9


def test_every_format_is_the_same_bytes_and_holds_version_and_command() -> None:
    for style in (PAPER, SLIDES):
        (_, first), (_, again) = drawn_in(style), drawn_in(style)
        assert first == again
        assert b"CreationDate" not in first["turnout.pdf"]
        assert f"/Creator (protestlaw {__version__})".encode() in first["turnout.pdf"]
        assert b"/Subject (made of made-up sizes)" in first["turnout.pdf"]


def test_a_hatch_is_as_dense_on_slides_as_on_paper() -> None:
    with paper():
        assert hatched("/", 4) == "////"
    with styled(SLIDES):
        assert hatched("/", 4) == "//"
        assert hatched("/", 1) == "/"
