"""From a text to a design: its points, their scenarios, and its baseline."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError, UnknownNameError
from sim.experiment.design import Design, experiments, load_design
from sim.scenario import load_scenario

ROOT = Path(__file__).parents[3]

THRESHOLD = """
[factors.threshold]
key = "law.threshold"
levels = [20, 50, "none"]
"""
STYLE = """
[factors.style]
key = "police.style"
range = [0, 1]
"""
GRID = 'design = "grid"'


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Design:
    monkeypatch.chdir(ROOT)
    return load_design("seminar-threshold")


def test_an_experiment_is_found_by_its_name_and_by_its_path(example: Design) -> None:
    assert "seminar-threshold" in experiments()
    assert example.name == "seminar-threshold"
    assert load_design(ROOT / "experiments" / "seminar-threshold.toml").fingerprint == example.fingerprint
    with pytest.raises(UnknownNameError, match=r"No experiment is called 'seminar-treshold'\. Did you mean 'seminar-threshold'"):
        load_design("seminar-treshold")
    with pytest.raises(UnknownNameError, match=r"No experiment file is called 'nowhere\.toml'"):
        load_design("nowhere.toml")


def test_every_experiment_of_the_checkout_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = experiments()
    assert {"threshold-by-fine", "seminar-threshold"} <= set(names)
    for name in names:
        assert load_design(name).runs > 0


def test_a_calibration_is_not_taken_for_an_experiment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "experiments").mkdir()
    for name, text in {"a": "[experiment]", "b": "[calibration]", "c": "this is no TOML"}.items():
        (tmp_path / "experiments" / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert experiments() == ["a", "c"]


def test_the_example(example: Design) -> None:
    assert example.points["threshold"].tolist() == [20, 50, 100, "none"]
    assert [scenario.law.threshold_value for scenario in example.scenarios] == [20, 50, 100, None]
    assert (example.seeds, example.baseline, example.runs) == ((1, 2, 3, 4, 5), 3, 20)
    assert example.outcomes == ("attendance", "events_held", "lawful_share_start")
    assert (example.coordinates, example.notes, example.draw) == (None, (), ("curve", "effects"))
    (threshold,) = example.factors
    assert (threshold.label, threshold.unit, threshold.keys) == ("Permit threshold", "persons", ("law.threshold",))


def test_a_point_is_what_set_on_the_command_line_would_be(load) -> None:
    design = load(GRID, f'[set]\npolice.knows = 0.5\n"scenario.days" = 300\n{THRESHOLD}{STYLE}steps = 3\n')
    for row, scenario in zip(design.points.itertuples(), design.scenarios, strict=True):
        changes = {"police.knows": 0.5, "scenario.days": 300, "law.threshold": row.threshold, "police.style": row.style}
        assert scenario == load_scenario("seminar", changes)
    assert design.points["point"].tolist() == list(range(9))
    assert design.points["style"].tolist() == [0.0, 0.5, 1.0] * 3


def test_tasks_are_every_run_by_point_and_seed(load) -> None:
    design = load(GRID, THRESHOLD)
    tasks = list(design.tasks())
    assert [(task.point, task.seed) for task in tasks] == [(point, seed) for point in range(3) for seed in (1, 2)]
    assert all(task.scenario is design.scenarios[task.point] for task in tasks)


def test_seeds_may_be_listed(load) -> None:
    assert load(GRID, THRESHOLD, seeds="[7, 9007199254740991]").seeds == (7, 2**53 - 1)


# -- kinds of values ------------------------------------------------------------------------------------------------------------


def test_columns_hold_values_as_they_are_written(load) -> None:
    design = load(
        GRID,
        """
        [factors.law]
        levels = ["kazakhstan/2020-bill", "kazakhstan/2020-bill + tolerate-overrun"]
        [factors.adults]
        key = "town.people.adults"
        levels = [5_000, 6_000]
        [factors.style]
        key = "police.style"
        levels = [0, 0.5]
        [factors.police]
        levels = { blind = { "police.knows" = 0.1 }, own = {} }
        [factors.start]
        key = "scenario.start"
        levels = [2019-01-01, 2018-12-31]
        [factors.warning]
        key = "law.sanctions.participant.warning"
        levels = [true, false]
        """,
    )
    kinds = design.points.dtypes
    assert [str(kinds[name]) for name in ("point", "adults", "style", "warning")] == ["int64", "int64", "float64", "bool"]
    assert design.points["start"].unique().tolist() == ["2019-01-01", "2018-12-31"]
    assert design.points["police"].unique().tolist() == ["blind", "own"]
    assert design.scenarios[0].police.knows == 0.1
    last = design.scenarios[-1]
    assert (last.town.people.adults, last.police.style, str(last.scenario.start)) == (6_000, 0.5, "2018-12-31")


def test_an_amount_is_a_number_in_the_table_and_words_in_the_law(load) -> None:
    design = load(
        f"{GRID}\nbaseline = {{ fine = 50.0 }}",
        '[factors.fine]\nkey = ["law.sanctions.participant.fine", "law.sanctions.organiser.fine"]\nlevels = [20, 50, 62.5]\n'
        'written = "{} MCI"',
    )
    assert design.points["fine"].tolist() == [20.0, 50.0, 62.5]
    assert [str(scenario.law.sanctions.organiser.fine) for scenario in design.scenarios] == ["20 MCI", "50 MCI", "62.5 MCI"]
    assert [str(scenario.law.sanctions.participant.fine) for scenario in design.scenarios] == ["20 MCI", "50 MCI", "62.5 MCI"]
    assert (design.factors[0].unit, design.factors[0].numeric, design.baseline) == ("MCI", True, 1)


def test_a_law_beside_the_experiment_is_found_from_anywhere(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bill = ROOT / "scenarios" / "laws" / "kazakhstan" / "2020-bill.toml"
    (tmp_path / "my-law.toml").write_text(bill.read_text(encoding="utf-8").replace("value = 250", "value = 77"), encoding="utf-8")
    monkeypatch.chdir(ROOT)
    design = load(GRID, '[factors.law]\nlevels = ["kazakhstan/2020-bill", "my-law.toml", "my-law.toml + threshold-50"]')
    assert [scenario.law.threshold_value for scenario in design.scenarios] == [250, 77, 50]
    assert design.points["law"].tolist()[1] == "my-law.toml"


def test_a_base_beside_the_experiment_goes_before_one_from_here(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.toml").write_text('like = "seminar"\n[police]\nknows = 0.77', encoding="utf-8")
    monkeypatch.chdir(ROOT)
    assert load(GRID, THRESHOLD, base='"base.toml"').scenarios[0].police.knows == 0.77


# -- baselines ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "point"), [("", 0), ('baseline = { threshold = "none" }', 6), ("baseline = { style = 0.5, threshold = 50 }", 4)]
)
def test_the_baseline_is_a_point_of_the_grid(load, said: str, point: int) -> None:
    assert load(f"{GRID}\n{said}", f"{THRESHOLD}{STYLE}steps = 3").baseline == point


def test_one_at_a_time_starts_at_the_baseline_and_warns(load) -> None:
    design = load('design = "one-at-a-time"\nteaching = true\nbaseline = { threshold = 50 }', f"{THRESHOLD}{STYLE}steps = 2")
    assert design.points[["threshold", "style"]].to_numpy().tolist() == [[50, 0.0], [20, 0.0], ["none", 0.0], [50, 1.0]]
    assert design.baseline == 0
    assert "stays unseen" in design.notes[0]


# -- points that are drawn ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "points", "rows"), [("latin-hypercube", 6, 6), ("sobol-sequence", 8, 8), ("sobol", 2, 12), ("morris", 3, 9)]
)
def test_points_that_are_drawn(load, kind: str, points: int, rows: int) -> None:
    if kind in {"sobol", "morris"}:
        pytest.importorskip("SALib")
    design = load(f'design = "{kind}"\npoints = {points}', THRESHOLD + STYLE)
    assert len(design.points) == len(design.scenarios) == rows
    assert design.coordinates is not None
    assert design.coordinates.shape == (rows, 2)
    assert design.baseline is None
    levels = [20, 50, "none"]
    for row, parts, scenario in zip(design.points.itertuples(), design.coordinates, design.scenarios, strict=True):
        assert row.threshold == levels[min(int(parts[0] * 3), 2)]
        assert row.style == pytest.approx(parts[1], abs=1e-9)
        assert scenario.police.style == row.style
    again = load(f'design = "{kind}"\npoints = {points}', THRESHOLD + STYLE)
    assert again.points.to_csv().encode() == design.points.to_csv().encode()
    assert load(f'design = "{kind}"\npoints = {points}\nsample = 2', THRESHOLD + STYLE).fingerprint != design.fingerprint


def test_sobol_indices_of_a_known_function_from_our_points(load) -> None:
    """y = x1 + 2 x2 with x in [0, 1]: the shares of variance are 1/5 and 4/5 (variances 1/12 and 4/12)."""
    analyze = pytest.importorskip("SALib.analyze.sobol")
    one, two = (
        f'[factors.x{number}]\nkey = "{key}"\nrange = [0, 1]\n' for number, key in ((1, "police.style"), (2, "police.knows"))
    )
    design = load('design = "sobol"\npoints = 64\nsecond_order = false', one + two)
    found = analyze.analyze(
        design.problem(), (design.points["x1"] + 2 * design.points["x2"]).to_numpy(), calc_second_order=False, seed=1
    )
    assert found["S1"] == pytest.approx([0.2, 0.8], abs=0.03)
    assert found["ST"] == pytest.approx([0.2, 0.8], abs=0.03)


def test_points_with_the_same_settings_share_a_scenario_and_it_is_said(load) -> None:
    design = load('design = "latin-hypercube"\npoints = 6', THRESHOLD)
    assert len({id(scenario) for scenario in design.scenarios}) == 3
    assert design.notes == ("3 points have the settings of earlier ones; with the same seed they are the same runs.",)
    assert all(scenario.town is design.scenarios[0].town for scenario in design.scenarios)


# -- fingerprints ---------------------------------------------------------------------------------------------------------------


def test_a_fingerprint_follows_what_moves_a_result_and_a_digest_every_letter(load) -> None:
    one = load(GRID, THRESHOLD)
    titled = load(f"{GRID} # a comment", f'{THRESHOLD}label = "The threshold"')
    assert titled.fingerprint == one.fingerprint
    assert titled.digest != one.digest
    others = [
        load(GRID, THRESHOLD.replace("50", "60")),
        load(GRID, f"{THRESHOLD}\n[set]\n'police.style' = 0.2"),
        load(f"{GRID}\nbaseline = {{ threshold = 50 }}", THRESHOLD),
    ]
    assert len({design.fingerprint for design in (one, *others)}) == 4
    assert load(GRID, THRESHOLD).digest == one.digest


def test_a_design_can_be_sent_to_another_process(load) -> None:
    design = load('design = "sobol-sequence"\npoints = 2', THRESHOLD + STYLE)
    sent = pickle.loads(pickle.dumps(design))
    assert sent.fingerprint == design.fingerprint
    assert np.array_equal(sent.coordinates, design.coordinates)


@pytest.mark.parametrize("text", ["", "x = 1", "experiment = 3", "[experiment]", "factors = []", "set = 1"])
def test_a_text_without_its_tables_is_told_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"experiment|factors"):
        load_design(path)
