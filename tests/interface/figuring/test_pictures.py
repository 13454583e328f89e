"""Figures of made-up tables: what stands where, and that nothing is told by colour alone."""

import datetime

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.interface.figuring.bunching import Pairs, bunching_figure
from sim.interface.figuring.docket import calendar_in, docket, most_telling
from sim.interface.figuring.filing_calendar import filing_calendar
from sim.interface.figuring.incomes import came_by_income, crossed_by_income
from sim.interface.figuring.levels import levels
from sim.interface.figuring.rerunning import term_of, without_threshold
from sim.interface.figuring.setting import Setting
from sim.interface.figuring.statuses import STATUSES, statuses
from sim.interface.figuring.timeline import OneRun, timeline
from sim.interface.figuring.town_map import Ground, town_map
from sim.interface.style import PAPER, SLIDES, Style, paper, styled
from sim.scenario import Scenario, load_scenario

HELD = pd.DataFrame(
    {
        "assembly": range(6),
        "fate": ["held"] * 5 + ["called_off"],
        "strategy": "file_expected",
        "turnout": [1, 30, 200, 900, 5, 0],
        "date": ["2019-02-01", "2019-03-01", "2019-06-12", "2019-07-02", "2019-11-05", "2019-11-09"],
        "lawful_at_start": [True, True, False, False, False, False],
        "lawful_throughout": [True, False, False, False, False, False],
        "attempts": [1, 1, 0, 2, 1, 1],
        "owed_filing": True,
        "answer": ["allowed", "allowed", "", "refused", "allowed", "refused"],
        "site": ["River Park", "River Park", "Town Hall Square", "Town Hall Square", "Town Hall Square", "High Street"],
    }
)


@pytest.fixture(scope="module")
def reformed() -> Setting:
    return Setting.of(load_scenario("seminar-reform"))


def drawn(make: object) -> Figure:
    """A figure laid out on paper and on a slide, where a layout that does not fit is a warning, hence an error."""
    assert callable(make)
    with styled(SLIDES):
        make().draw_without_rendering()
    with paper():
        figure: Figure = make()
        figure.draw_without_rendering()
    return figure


def named(figure: Figure, place: int = 0) -> dict[str, object]:
    axes = figure.axes[place]
    return {str(artist.get_gid()): artist for artist in (*axes.lines, *axes.patches, *axes.collections) if artist.get_gid()}


def test_each_status_fits_one_assembly_and_has_a_marker_of_its_own() -> None:
    assert statuses(HELD[:5]).tolist() == [0, 1, 2, 3, 4]
    assert len({status.marker for status in STATUSES}) == len(STATUSES)
    assert [status.colour for status in STATUSES if status.name == "without the filing it owed"] == ["#D55E00"]


def test_the_timeline_shows_every_assembly_once(reformed: Setting) -> None:
    figure = drawn(lambda: timeline([OneRun("Reform", "", 3, reformed, HELD)]))
    found = named(figure)
    points = [len(found[status.name].get_ydata()) for status in STATUSES]  # type: ignore[attr-defined]
    assert points == [1] * 5
    assert len(found["not held"].get_xdata()) == 1  # type: ignore[attr-defined]
    assert {"threshold-250", "emergency", "event The bill of spring 2020 enters into force"} <= found.keys()
    (line,) = found["threshold-250"].get_segments()  # type: ignore[attr-defined]
    first = (datetime.date(2019, 7, 1) - datetime.date(1970, 1, 1)).days
    assert line[0][0] == first  # the law of 1995 has none
    assert "seed 3: an example" in figure.get_supxlabel()
    assert "5: The bill of spring 2020" in figure.get_supxlabel().replace("\n", " ")


def effects() -> pd.DataFrame:
    rows = [
        ("events_held", 50.0, 75.0, 25.0, 20.0, 30.0),
        ("attendance", 2000.0, 1000.0, -1000.0, -2500.0, 500.0),
        ("mean_turnout", 0.0, 1.0, 1.0, 0.5, 1.5),
        ("lawful_share_start", 0.4, 0.6, 0.2, 0.1, 0.3),
        ("compliance", 0.5, np.nan, np.nan, np.nan, np.nan),
    ]
    columns = ["indicator", "mean_a", "mean_b", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns).assign(pairs=7)


def test_levels_are_relative_to_a_or_in_per_cent() -> None:
    figure = drawn(lambda: levels(effects(), ("One", "Other")))
    counts, differences, shares, _ = figure.axes
    assert [label.get_text() for label in counts.get_yticklabels()] == ["Events held (50.0, 75.0)", "Attendance (2,000, 1,000)"]
    assert [label.get_text() for label in shares.get_yticklabels()] == ["Lawful events, at start (40.0, 60.0 %)"]
    ends = {line.get_gid(): np.asarray(line.get_xdata()).tolist() for line in counts.lines}
    assert ends == {"level-A": [100.0, 100.0], "level-B": [150.0, 50.0]}
    marks = {line.get_gid(): (line.get_xdata()[0], line.get_markerfacecolor()) for line in differences.lines if line.get_gid()}  # type: ignore[index]
    assert marks == {"events_held": (50.0, "black"), "attendance": (-50.0, "white")}
    assert "over 7 pairs" in figure.get_supxlabel()


def test_incomes_of_one_scenario_are_rates_with_intervals() -> None:
    rows = [("income_quintile", str(level), 2000, 10 * level + 2 * seed, 1, seed) for level in range(1, 6) for seed in (1, 2)] + [
        ("everyone", "all", 10_000, 500, 3, 1)
    ]
    table = pd.DataFrame(rows, columns=["group", "level", "people", "participants", "sanctions", "seed"])
    figure = drawn(lambda: came_by_income(table, "One"))
    assert [patch.get_height() for patch in figure.axes[0].patches] == pytest.approx([6.5, 11.5, 16.5, 21.5, 26.5])
    assert "over 2 runs" in figure.get_supxlabel()


def test_who_came_under_one_law_only_is_told_by_direction_and_hatch() -> None:
    told = {"only_a": (30.0, 20.0, 40.0), "only_b": (50.0, 40.0, 60.0), "both": (100.0, 90.0, 110.0), "net": (20.0, -5.0, 45.0)}
    rows = [(level, outcome, *numbers, 4) for level in ("1", "2", "3", "4", "5", "all") for outcome, numbers in told.items()]
    table = pd.DataFrame(rows, columns=["quintile", "outcome", "mean", "low", "high", "pairs"])
    figure = drawn(lambda: crossed_by_income(table, ("One", "Other")))
    left, right = figure.axes
    assert [patch.get_height() for patch in left.patches] == [130.0] * 5 + [150.0] * 5
    assert [patch.get_height() for patch in right.patches] == [-30.0] * 5 + [50.0] * 5
    assert {bool(patch.get_hatch()) for patch in right.patches[:5]} == {False}
    assert {bool(patch.get_hatch()) for patch in right.patches[5:]} == {True}
    assert [line.get_markerfacecolor() for line in right.lines if line.get_gid() == "net"] == ["white"] * 5


def sizes(*values: int) -> pd.DataFrame:
    return pd.DataFrame({"strategy": "file_expected", "declared_first": values, "fate": "held", "turnout": values})


def test_bunching_sets_the_same_seeds_without_the_threshold_beside() -> None:
    under, without = sizes(*[49] * 6, 20, 200), sizes(*[49] * 2, *[60] * 4, 20, 200)
    figure = drawn(lambda: bunching_figure(Pairs("Town", 50, 2, 2.0, under, without)))
    curves = {line.get_gid(): np.asarray(line.get_ydata()) for line in figure.axes[0].lines if line.get_gid() != "threshold"}
    assert list(curves) == ["threshold 50", "same seeds, no threshold"]
    assert curves["threshold 50"].max() == 3.0  # six in two years
    foot = figure.get_supxlabel().replace("\n", " ")
    assert "Sizes 45 to 49: +50.0 points [" in foot
    assert "the same 2 seeds run again for this figure" in foot


def test_bunching_of_nothing_says_so() -> None:
    figure = drawn(lambda: bunching_figure(Pairs("Town", 50, 1, 1.0, sizes(), sizes())))
    assert "Too few sizes" in figure.get_supxlabel()


def test_without_a_threshold_all_laws_have_none(small: Scenario) -> None:
    assert small.law.threshold_value == 250
    assert without_threshold(small).law.threshold_value is None
    assert term_of(Setting.of(without_threshold(small))) is None
    term = term_of(Setting.of(load_scenario("seminar-reform")))
    assert term is not None
    assert (term.first, term.end, term.law.threshold_value) == (181, 365, 250)


def test_the_map_marks_what_the_law_designates(reformed: Setting) -> None:
    held = HELD[HELD["fate"] == "held"]
    later = Setting.of(load_scenario("seminar"))
    figure = drawn(lambda: town_map([Ground("One", "A", reformed, held, 2), Ground("Other", "B", later, held, 2)]))
    before, after = named(figure, 0), named(figure, 1)
    assert {name for name in before if name.startswith("designated")} == {"designated Field behind the depot"}
    assert {name for name in after if name.startswith("designated")} == {
        "designated Field behind the depot",
        "designated River Park",
    }
    bubbles = {name: before[name].get_radius() for name in before if name.startswith("came")}  # type: ignore[attr-defined]
    assert bubbles["came Town Hall Square"] / bubbles["came River Park"] == pytest.approx(np.sqrt(1105 / 31))
    assert before["River Park"].get_marker() != before["Town Hall Square"].get_marker()  # type: ignore[attr-defined]
    assert "the largest: 552" in figure.get_supxlabel()


@pytest.mark.parametrize("style", [PAPER, SLIDES], ids=["paper", "slides"])
@pytest.mark.parametrize(("name", "panels"), [("seminar", 1), ("almaty-1995-law", 2), ("berlin", 1)])
def test_the_map_has_all_districts(name: str, panels: int, style: Style) -> None:
    setting = Setting.of(load_scenario(name))
    with styled(style):
        figure = town_map([Ground("One", letter, setting, HELD[:0], 1) for letter in "AB"[:panels]])
        figure.draw_without_rendering()
    renderer = FigureCanvasAgg(figure).get_renderer()
    for axes in figure.axes[:panels]:
        names = {text.get_text().replace("\n", ""): text.get_window_extent(renderer) for text in axes.texts}
        for district in setting.town.districts:
            box = names[district.name]
            assert axes.bbox.x0 <= box.x0 < box.x1 <= axes.bbox.x1, district.name
            assert axes.bbox.y0 <= box.y0 < box.y1 <= axes.bbox.y1, district.name


FILINGS = pd.DataFrame(
    {
        "filing": [0, 0, 0, 1, 1],
        "assembly": [3, 3, 3, 4, 4],
        "step": ["filed", "answered", "appealed", "filed", "answered"],
        "day": [100, 104, 104, 10, 13],
        "procedure": ["permit"] * 3 + ["notification"] * 2,
        "declared": [900, 900, 900, 5, 5],
        "site": "Town Hall Square",
        "for_day": [113, 113, 113, 20, 20],
        "in_time": True,
        "complete": True,
        "due_day": [105.0, 105.0, 105.0, 13.0, 13.0],
        "answer": ["", "refused", "", "", "silence_allowed"],
        "ground": ["", "public_order", "", "", ""],
        "allowed": [np.nan, 0, np.nan, np.nan, np.nan],
        "offered_site": ["", "River Park", "", "", ""],
        "appeal_to": ["", "", "court", "", ""],
        "appeal_due_day": [np.nan, np.nan, 134.0, np.nan, np.nan],
        "reversed": False,
        "decided_in_time": False,
    }
)


def test_the_docket_tells_what_was_due_and_what_happened() -> None:
    setting = Setting.of(load_scenario("seminar"))
    more = {"form": "rally", "legal_form": "informal", "declared_first": 900, "planned_day": 99, "day": 113, "terminated": False}
    assert most_telling(HELD, FILINGS) == 3
    row = HELD[HELD["assembly"] == 3].assign(**more).to_dict("records")[0]
    entries = docket(row, FILINGS[FILINGS["assembly"] == 3], setting)
    assert [(entry.what, entry.due, entry.done) for entry in entries[2:]] == [
        ("Answer", 105, 104),
        ("Appeal", None, 104),
        ("Decision", 134, None),
        ("Assembly", None, 113),
    ]
    assert entries[2].words == "refused: public order; offered: River Park"
    assert entries[-1].words == "900 came, Town Hall Square; refused, and held all the same"
    filed = entries[1]
    law_row = setting.law.row("rally", "informal", "symbolic", 900)
    assert law_row is not None
    assert law_row.notice is not None
    assert (filed.what, filed.done) == ("Application", 100)
    assert filed.due == calendar_in(setting).back(113, law_row.notice.amount, law_row.notice.unit)
    figure = drawn(lambda: filing_calendar(entries, setting, "Assembly 3", "Chosen"))
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [entry.what for entry in entries]
    marks = named(figure)
    assert {"due Decision", "done Answer"} <= marks.keys()
    assert "done Decision" not in marks


def test_silence_is_due_and_never_happens() -> None:
    setting = Setting.of(load_scenario("seminar"))
    more = {
        "form": "rally",
        "legal_form": "informal",
        "declared_first": 5,
        "planned_day": 9,
        "day": 20,
    }
    row = HELD[HELD["assembly"] == 5].assign(**more, fate_reason="forecast").to_dict("records")[0]
    answer, end = docket(row, FILINGS[FILINGS["assembly"] == 4], setting)[2:]
    assert (answer.words, answer.due, answer.done) == ("silence, which allows", 13, None)
    assert (end.words, end.done) == ("called off: forecast", None)


def test_nothing_filed_is_nothing_to_tell() -> None:
    assert most_telling(HELD, FILINGS[:0]) is None
