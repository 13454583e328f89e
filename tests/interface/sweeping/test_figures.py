"""The figures of a sweep: which numbers are drawn where, in what order, and what is said of them."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiment.contrasts import contrasts
from sim.experiment.design import Design, Factor, Level
from sim.experiment.effects import mean_interval
from sim.interface.style import page, paper, rendered
from sim.interface.sweeping.figures import figures
from tests.interface.sweeping.made import FINE, PRACTICE, THRESHOLD, legend_of, made, named, runs_of, texts, ticks

SIGN = "95 % intervals: simulation uncertainty over 3 seeds, not the real world"
VERMILION = "#d55e00"


def value(point: int, seed: int) -> float:
    return 100.0 + 10 * point + (seed - 2) * (1 + point)


def drawn_of(design: Design, runs: pd.DataFrame, tables: dict[str, pd.DataFrame] | None = None) -> dict[str, Figure]:
    with paper():
        found = figures(design, runs, tables or {})
        for figure in found.values():
            figure.draw_without_rendering()  # a layout that does not fit warns, and a warning is an error
    return found


def of_factor(name: str, levels: int) -> Factor:
    return Factor(name, (name,), name.capitalize(), levels=tuple(f"{name} {place}" for place in range(levels)))


# ---- curves ----------------------------------------------------------------------------------------------------------


def test_a_line_joins_the_means_of_its_level_and_the_band_is_their_t_interval() -> None:
    design = made((THRESHOLD, PRACTICE))
    runs = runs_of(design, value)
    (axes,) = drawn_of(design, runs)["curve"].axes
    for order in range(3):
        joined, apart = named(axes, f"line-{order}")
        points = [3 * row + order for row in range(4)]
        assert joined[1] == pytest.approx([100 + 10 * point for point in points[:3]])
        assert apart[1] == pytest.approx([100 + 10 * points[3]])
    low, high = named(axes, "band")[:2]
    wanted = [mean_interval(runs.loc[runs["point"] == point, "attendance"].to_numpy()) for point in (0, 3, 6)]
    assert low[1] == pytest.approx([one.low for one in wanted])
    assert high[1] == pytest.approx([one.high for one in wanted])


def test_what_is_no_number_stands_at_the_right_end_with_a_gap_wherever_the_text_has_it() -> None:
    factor = Factor("threshold", ("law.threshold",), "Permit threshold", "persons", levels=("none", 100, 20, 50))
    design = made((factor,))
    (axes,) = drawn_of(design, runs_of(design, value))["curve"].axes
    assert ticks(axes) == ["20", "50", "100", "none"]
    (x, y), (apart, _) = named(axes, "line-0")
    assert y == pytest.approx([120, 130, 110])
    assert x == pytest.approx([0, 30 / 80, 1])
    assert apart[0] > 1.1
    assert axes.get_xlabel() == "Permit threshold, persons"


def test_levels_are_told_apart_by_marker_and_line_too_and_vermilion_is_none_of_their_colours() -> None:
    design = made((THRESHOLD, of_factor("six", 6)))
    figure = drawn_of(design, runs_of(design, value))["curve"]
    lines = [next(line for line in figure.axes[0].lines if line.get_gid() == f"line-{order}") for order in range(6)]
    assert len({line.get_marker() for line in lines}) == 6
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 6
    colours = {to_hex(line.get_color()) for line in lines}
    assert len(colours) == 6
    assert VERMILION not in colours
    assert legend_of(figure) == [f"six {place}" for place in range(6)]


def test_with_more_than_six_lines_there_is_a_heatmap_and_it_says_why() -> None:
    design = made((THRESHOLD, of_factor("seven", 7)), draw=("curve", "heatmap"))
    found = drawn_of(design, runs_of(design, value))
    assert set(found) == {"heatmap"}
    assert "The 7 levels of Seven are too many lines for a curve (at most 6)" in found["heatmap"].get_supxlabel()


def test_a_third_factor_is_held_at_the_baseline() -> None:
    third = Factor("fine", ("fine",), "Fine", "MCI", levels=(10, 20))
    design = made((THRESHOLD, PRACTICE, third), baseline=1)
    figure = drawn_of(design, runs_of(design, value))["curve"]
    assert "Held at the baseline: Fine 20" in figure.get_supxlabel()
    assert named(figure.axes[0], "line-0")[0][1] == pytest.approx([100 + 10 * point for point in (1, 7, 13)])


def test_shares_are_in_per_cent_and_each_outcome_has_its_label() -> None:
    design = made((THRESHOLD,), ("lawful_share_start", "attendance", "events_held"))
    figure = drawn_of(design, runs_of(design, lambda point, seed: value(point, seed) / 200))["curve"]
    assert [axes.get_title("left") for axes in figure.axes] == ["a  Lawful events, at start", "b  Attendance", "c  Events held"]
    assert [axes.get_ylabel() for axes in figure.axes] == ["% of events held", "persons", "assemblies"]
    assert named(figure.axes[0], "line-0")[0][1] == pytest.approx([50, 55, 60])
    assert named(figure.axes[1], "line-0")[0][1] == pytest.approx([0.5, 0.55, 0.6])
    high = drawn_of(design, runs_of(design, lambda point, seed: 0.9 + 0.1 * seed - 0.2 * (point == 0)))["curve"].axes[0]
    assert high.get_ylim()[1] > 120
    assert max(high.get_yticks()) == 100


def test_crowded_numbers_stand_by_ratio_and_zero_apart_of_them() -> None:
    factor = Factor("threshold", ("t",), "Threshold", levels=(0, 10, 25, 50, 100, 250, 500, "none"))
    design = made((factor,))
    (axes,) = drawn_of(design, runs_of(design, value))["curve"].axes
    joined, zero, none = named(axes, "line-0")
    assert joined[0] == pytest.approx([math.log(level / 10) / math.log(50) for level in (10, 25, 50, 100, 250, 500)])
    assert zero[0][0] < -0.1
    assert none[0][0] > 1.1
    assert ticks(axes)[0] == "0"


def test_without_numbers_there_are_points_with_intervals_a_row_a_level() -> None:
    laws = Factor("law", ("law",), "Law", levels=("kazakhstan/2020-bill", "no-law"))
    design = made((laws, PRACTICE))
    runs = runs_of(design, value)
    figure = drawn_of(design, runs)["curve"]
    (axes,) = figure.axes
    assert ticks(axes, "y") == ["kazakhstan/2020-bill", "no-law"]
    assert [named(axes, f"line-{order}")[0][0] for order in range(3)] == [[100, 130], [110, 140], [120, 150]]
    first = mean_interval(runs.loc[runs["point"] == 0, "attendance"].to_numpy())
    ends = [path.vertices[:, 0].tolist() for path in axes.collections[0].get_paths()]
    assert ends[0] == pytest.approx([first.low, first.high])
    assert legend_of(figure) == ["own", "benign", "hostile"]
    assert "points share seeds, so differences may be clearer than overlap suggests" in figure.get_supxlabel()


def test_one_at_a_time_has_one_line_with_the_others_at_the_baseline() -> None:
    design = made((PRACTICE, THRESHOLD), kind="one-at-a-time", draw=("curve", "heatmap", "effects"))
    runs = runs_of(design, value)
    found = drawn_of(design, runs, effects_of(design, runs))
    assert "Held at the baseline: Practice own" in found["curve"].get_supxlabel()
    assert named(found["curve"].axes[0], "line-0")[0][1] == pytest.approx([100, 130, 140])
    assert not found["curve"].legends
    assert sum(bool(patch.get_hatch()) for patch in found["heatmap"].axes[0].patches) == 12 - 6
    rows = ["Practice benign", "Practice hostile", "Permit threshold 50", "Permit threshold 100", "Permit threshold none"]
    assert ticks(found["effects"].axes[0], "y") == rows


def test_labels_of_crowded_levels_do_not_touch() -> None:
    factor = Factor("threshold", ("t",), "Threshold", levels=(0, 10, 25, 50, 100, 250, 500, 1000, 5000, "none", "unlimited"))
    design = made((factor,), ("attendance", "events_held"))
    with paper():
        figure = figures(design, runs_of(design, value), {})["curve"]
        figure.draw_without_rendering()
        boxes = [label.get_window_extent() for label in figure.axes[0].get_xticklabels() if label.get_text()]
    assert len(boxes) > 6
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_many_rows_make_no_figure_too_high_for_a_file() -> None:
    many = Factor("level", ("l",), "Level", levels=tuple(range(200)))
    design = made((many, Factor("flag", ("f",), "Flag", levels=(1, 2))), draw=("heatmap",), seeds=1)
    with paper():
        found = figures(made((design.factors[1], many), draw=("heatmap",), seeds=1), runs_of(design, value), {})["heatmap"]
    assert found.get_size_inches()[1] < 20
    assert 60 < len(ticks(found.axes[0], "y")) < 120
    assert page(1000.0).get_size_inches()[1] == 200
    laws = made((of_factor("law", 80),), seeds=1)
    with paper():
        figure = figures(laws, runs_of(laws, value), {})["curve"]
    assert len(ticks(figure.axes[0], "y")) == 60
    assert "Shown: the first 60 of the 80 levels of Law" in figure.get_supxlabel()


# ---- drawn designs ---------------------------------------------------------------------------------------------------

RANGES = (
    Factor("fine", ("f",), "Fine", "MCI", range=(0.0, 200.0)),
    Factor("style", ("s",), "Style", range=(0.01, 1.0), scale="log"),
)


def surface(q2: float) -> dict[str, pd.DataFrame]:
    rows = [
        {"outcome": "attendance", "factor": name, "value": at, "mean": 100.0 + at, "low": 90.0 + at, "high": 110.0 + at}
        for name, ends in (("fine", (0.0, 100.0, 200.0)), ("style", (0.01, 0.1, 1.0)))
        for at in ends
    ]
    return {"surface": pd.DataFrame(rows), "surface_fit": pd.DataFrame({"outcome": ["attendance"], "q2": [q2]})}


@pytest.mark.parametrize(
    ("q2", "said"), [(0.91, "(Q² = 0.91)"), (0.2, "(Q² = 0.20, do not read the line)"), (math.nan, "(flat)")]
)
def test_of_drawn_points_the_surface_is_drawn_with_its_q2(q2: float, said: str) -> None:
    design = made(RANGES, kind="latin-hypercube", points=6)
    figure = drawn_of(design, runs_of(design, value), surface(q2))["curve"]
    left, right = figure.axes
    assert left.get_title("left") == f"Attendance {said}"
    assert named(left, "surface") == [([0, 100, 200], [100, 200, 300])]
    assert named(right, "surface") == [([0.01, 0.1, 1.0], [100.01, 100.1, 101])]
    assert named(left, "points")[0] == (design.points["fine"].tolist(), pytest.approx([100 + 10 * point for point in range(6)]))
    assert right.get_xscale() == "log"


def test_without_a_surface_the_points_alone_are_drawn_and_it_is_said() -> None:
    design = made((*RANGES, PRACTICE), kind="sobol-sequence", draw=("curve", "heatmap"), points=8)
    found = drawn_of(design, runs_of(design, value))
    assert "no response surface" in found["curve"].get_supxlabel()
    assert "Means over 3 seeds; their simulation uncertainty is not drawn" in found["curve"].get_supxlabel()
    assert ticks(found["curve"].axes[2]) == ["own", "benign", "hostile"]
    dots = found["heatmap"].axes[0].collections[0]
    assert np.asarray(dots.get_array()).tolist() == pytest.approx([100 + 10 * point for point in range(8)])
    assert dots.norm.vmin == 0


# ---- heatmaps --------------------------------------------------------------------------------------------------------


def test_a_heatmap_has_the_number_of_each_cell_from_white_at_0_and_frames_the_baseline() -> None:
    design = made((PRACTICE, THRESHOLD), ("attendance", "lawful_share_start"), draw=("heatmap",), baseline=7)
    figure = drawn_of(design, runs_of(design, value))["heatmap"]
    persons, shares = figure.axes
    assert ticks(persons) == ["20", "50", "100", "none"]
    assert ticks(persons, "y") == ["own", "benign", "hostile"]
    assert texts(persons)[:12] == [str(100 + 10 * point) for point in range(12)]
    assert texts(shares)[0] == "10,000.0"
    image = persons.images[0]
    assert (image.norm.vmin, image.cmap.name) == (0, "Blues")
    (frame,) = [patch for patch in persons.patches if patch.get_gid() == "baseline"]
    assert isinstance(frame, Rectangle)
    assert frame.get_xy() == (2.5, 0.5)
    half = mean_interval(np.array([value(11, seed) for seed in (1, 2, 3)]))
    assert texts(persons)[-1] == f"persons, ± {(half.high - half.low) / 2:,.0f}"


def test_what_may_be_negative_has_two_colours_that_part_at_0() -> None:
    design = made((THRESHOLD, PRACTICE), draw=("heatmap",))
    image = drawn_of(design, runs_of(design, lambda point, seed: point - 2.0 + seed / 100))["heatmap"].axes[0].images[0]
    assert image.norm.vmin == -image.norm.vmax
    assert image.cmap.name == "PuOr_r"


def test_numbers_stay_within_their_cells_in_eight_by_six() -> None:
    wide = Factor("threshold", ("t",), "Permit threshold", levels=(0, 10, 25, 50, 100, 250, 500, "none"))
    design = made((wide, FINE), ("attendance", "events_held"), draw=("heatmap",), baseline=42)
    with paper():
        figure = figures(design, runs_of(design, lambda point, seed: 12345.0 + 100 * point + seed), {})["heatmap"]
        figure.draw_without_rendering()
        for axes in figure.axes:
            boxes = [text.get_window_extent() for text in axes.texts[:48]]
            cell = axes.get_window_extent().width / 8
            assert max(box.width for box in boxes) < cell
            labels = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
            assert not any(one.overlaps(other) for one, other in itertools.combinations(labels, 2))


def test_a_third_factor_has_panels_at_most_six_and_the_baselines_among_them() -> None:
    third = of_factor("eight", 8)
    design = made((THRESHOLD, PRACTICE, third), ("attendance", "lawful_share_start"), draw=("heatmap",), baseline=7)
    found = drawn_of(design, runs_of(design, value))
    assert set(found) == {"heatmap-attendance", "heatmap-lawful-share-start"}
    figure = found["heatmap-attendance"]
    assert [axes.get_title("left")[3:] for axes in figure.axes] == [f"Eight eight {place}" for place in (0, 1, 2, 3, 4, 7)]
    assert "Left out here: Eight eight 5, eight 6" in figure.get_supxlabel()
    assert figure.get_suptitle() == "Attendance, persons"
    assert [sum(patch.get_gid() == "baseline" for patch in axes.patches) for axes in figure.axes] == [0, 0, 0, 0, 0, 1]
    assert len({axes.images[0].norm.vmax for axes in figure.axes}) == 1
    assert texts(figure.axes[1])[0] == "110"


def test_thirty_columns_are_colours_with_a_scale() -> None:
    many = Factor("share", ("s",), "Share", levels=tuple(place / 30 for place in range(31)))
    design = made((many, PRACTICE), draw=("heatmap",))
    figure = drawn_of(design, runs_of(design, lambda point, seed: 12345.0 + point + seed))["heatmap"]
    assert not any("12," in text for text in texts(figure.axes[0]))
    assert len(figure.axes) == 2
    assert len(ticks(figure.axes[0])) < 16


# ---- effects ---------------------------------------------------------------------------------------------------------


def effects_of(design: Design, runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    assert design.baseline is not None
    return {"effects": contrasts(runs, design.baseline, list(design.outcomes))}


def test_differences_and_intervals_are_those_of_the_table_and_filled_if_holm_says_so() -> None:
    design = made((THRESHOLD,), ("lawful_share_start",), draw=("effects",), baseline=3)
    runs = runs_of(design, value)
    table = effects_of(design, runs)["effects"]
    table["p_holm"] = [0.049, 0.05, math.nan]
    figure = drawn_of(design, runs, {"effects": table})["effects"]
    (axes,) = figure.axes
    dots = [line for line in axes.lines if line.get_gid() == "difference"]
    assert [float(dot.get_xdata()[0]) for dot in dots] == pytest.approx((100 * table["difference"]).tolist())
    assert [float(dot.get_ydata()[0]) for dot in dots] == [2, 1, 0]
    assert [dot.get_markerfacecolor() for dot in dots] == ["black", "white", "white"]
    ends = [lines.get_paths()[0].vertices[:, 0].tolist() for lines in axes.collections]
    assert ends == [pytest.approx(pair) for pair in (100 * table[["low", "high"]]).to_numpy().tolist()]
    assert ticks(axes, "y") == ["20", "50", "100"]
    assert axes.get_xlabel() == "percentage points"
    assert "baseline (Permit threshold none)" in figure.get_supxlabel()


def test_of_many_points_those_along_each_factor_have_a_row_and_the_others_are_told_of() -> None:
    design = made((FINE, of_factor("six", 6)), draw=("effects",), baseline=8)
    runs = runs_of(design, value)
    figure = drawn_of(design, runs, effects_of(design, runs))["effects"]
    labels = [f"Fine {level}" for level in (0, 20, 50, 100, 200)] + [f"Six six {place}" for place in (0, 1, 3, 4, 5)]
    assert ticks(figure.axes[0], "y") == labels
    said = figure.get_supxlabel().replace("\n", " ")
    assert "25 points that differ from the baseline in more than one factor" in said
    assert "though told in effects.csv" in said


def test_a_point_without_a_pair_has_its_row_and_says_so() -> None:
    design = made((THRESHOLD,), draw=("effects",))
    runs = runs_of(design, value, failed=[(1, 1), (1, 2), (1, 3)])
    (axes,) = drawn_of(design, runs, effects_of(design, runs))["effects"].axes
    assert ticks(axes, "y") == ["50", "100", "none"]
    assert texts(axes) == [" no pair"]


# ---- sensitivity -----------------------------------------------------------------------------------------------------


def sobol(seeds: int = 3, index: Level = 0.25) -> pd.DataFrame:
    rows = [
        {"outcome": "attendance", "order": order, "factor": factor, "other": "", "index": index, "index_raw": 0.4 + shift}
        for order, shift in (("first", 0.0), ("total", 0.1))
        for factor in ("fine", "style")
    ]
    table = pd.DataFrame(rows).assign(noise_share=0.43 if seeds > 1 else math.nan, mean_noise_share=0.1, seeds=seeds, blocks=8)
    spread = 0.1 if index == 0.25 else 9.0
    return table.assign(low=table["index"] - spread, high=table["index"] + spread, raw_low=0.3, raw_high=0.5)


def test_sobol_bars_first_solid_total_hatched_with_noise_told() -> None:
    design = made(RANGES, kind="morris", draw=("sensitivity",))
    figure = drawn_of(design, runs_of(design, value), {"sobol": sobol()})["sensitivity"]
    (axes,) = figure.axes
    bars = [(patch.get_width(), bool(patch.get_hatch())) for patch in axes.patches]
    assert bars == [(0.25, False), (0.25, False), (0.25, True), (0.25, True)]
    assert ticks(axes, "y") == ["Fine", "Style"]
    assert "noise: 43 % of a run's variance" in texts(axes)
    said = figure.get_supxlabel()
    assert "simulation uncertainty over 8 blocks of points (means over 3 seeds), not the real world" in said


def test_sobol_of_one_seed_is_raw_and_says_so() -> None:
    design = made(RANGES, kind="morris", draw=("sensitivity",), seeds=1)
    figure = drawn_of(design, runs_of(design, value), {"sobol": sobol(1, math.nan)})["sensitivity"]
    assert [patch.get_width() for patch in figure.axes[0].patches] == pytest.approx([0.4, 0.4, 0.5, 0.5])
    assert "One seed: noise is not known, and the indices hold it" in figure.get_supxlabel()


def test_intervals_far_beyond_0_and_1_are_cut_with_arrows_and_no_variance_is_said() -> None:
    design = made(RANGES, kind="morris", draw=("sensitivity",))
    (axes,) = drawn_of(design, runs_of(design, value), {"sobol": sobol(index=0.5)})["sensitivity"].axes
    assert {line.get_marker() for line in axes.lines} >= {"<", ">"}
    assert axes.get_xlim() == (-0.5, 1.5)
    (axes,) = drawn_of(design, runs_of(design, value), {"sobol": sobol(index=math.nan)})["sensitivity"].axes
    assert "no variance beyond noise" in texts(axes)


def test_morris_has_mu_star_across_and_sigma_upwards_with_names() -> None:
    design = made(RANGES, ("lawful_share_start",), kind="morris", draw=("sensitivity",))
    table = pd.DataFrame(
        {"outcome": "lawful_share_start", "factor": ["fine", "style"], "mu_star": [0.1, 0.3], "sigma": [0.05, 0.4]}
    )
    for name in ("mu_star", "sigma"):
        table = table.assign(**{f"{name}_low": table[name] * 0.9, f"{name}_high": table[name] * 1.1})
    table = table.assign(noise=0.05, seeds=3, trajectories=4)
    figure = drawn_of(design, runs_of(design, value), {"morris": table})["sensitivity"]
    (axes,) = figure.axes
    ((x, y),) = named(axes, "factors")
    assert (x, y) == (pytest.approx([10, 30]), pytest.approx([5, 40]))
    assert texts(axes) == ["Fine", "Style"]
    assert named(axes, "noise")[0][0][0] == pytest.approx(0.8 * 5)
    assert "over 4 trajectories (means over 3 seeds)" in figure.get_supxlabel()


# ---- all of them -----------------------------------------------------------------------------------------------------


def everything(seeds: int = 3, value_=value) -> tuple[Design, pd.DataFrame, dict[str, pd.DataFrame]]:  # type: ignore[no-untyped-def]
    design = made((THRESHOLD, PRACTICE), ("attendance", "compliance"), draw=("curve", "heatmap", "effects"), seeds=seeds)
    runs = runs_of(design, value_, failed=[(4, 1)])
    return design, runs, effects_of(design, runs)


def test_what_intervals_mean_stands_at_the_foot_of_each_figure_with_what_failed() -> None:
    design, runs, tables = everything()
    for figure in drawn_of(design, runs, tables).values():
        assert figure.get_supxlabel().startswith(SIGN.replace("3 seeds", "2 to 3 seeds"))
        assert "1 of 36 runs failed and are left out" in figure.get_supxlabel()
    runs["status"] = "done"
    assert not any("failed" in figure.get_supxlabel() for figure in drawn_of(design, runs, tables).values())


def test_one_seed_has_no_intervals_and_this_is_said() -> None:
    design = made((THRESHOLD, PRACTICE), draw=("curve", "heatmap", "effects"), seeds=1)
    runs = runs_of(design, value)
    found = drawn_of(design, runs, effects_of(design, runs))
    assert set(found) == {"curve", "heatmap", "effects"}
    for figure in found.values():
        assert figure.get_supxlabel().startswith("No intervals: simulation uncertainty over 1 seed is not known")
    assert "There is no test" in found["effects"].get_supxlabel().replace("\n", " ")
    assert not any("±" in text for text in texts(found["heatmap"].axes[0]))


def test_an_outcome_without_any_value_has_its_panel_and_says_so() -> None:
    design, runs, _ = everything()
    runs["compliance"] = math.nan
    found = drawn_of(design, runs, effects_of(design, runs))
    assert "no run has a value" in texts(found["curve"].axes[1])
    assert sum(bool(patch.get_hatch()) for patch in found["heatmap"].axes[1].patches) == 12
    assert texts(found["effects"].axes[1]) == [" no pair"] * 11
    assert "hatched: no run has a value" in found["heatmap"].get_supxlabel().replace("\n", " ")


def test_long_names_of_levels_are_not_cut_off_by_the_edge() -> None:
    long = tuple(f"country-{place}/an-act-of-a-rather-long-name-of-{1900 + place} + tolerate-overrun" for place in range(5))
    design = made((Factor("law", ("law",), "Law", levels=long), PRACTICE), draw=("curve", "heatmap", "effects"))
    runs = runs_of(design, value)
    with paper():
        for figure in figures(design, runs, effects_of(design, runs)).values():
            figure.draw_without_rendering()
            for label in figure.axes[0].get_yticklabels():
                box = label.get_window_extent()
                assert box.x0 >= 0
                assert "..." not in label.get_text() or label.get_text().count("\n") == 2


def test_what_needs_a_table_that_is_missing_is_not_drawn() -> None:
    design, runs, _ = everything()
    assert set(drawn_of(design, runs)) == {"curve", "heatmap"}


def test_the_same_sweep_gives_the_same_bytes() -> None:
    def make() -> dict[str, bytes]:
        design, runs, tables = everything()
        with paper():
            found = figures(design, runs, tables).items()
            return {name: content for of, figure in found for name, content in rendered(figure, of, "Made", "made up").items()}

    assert make() == make()
