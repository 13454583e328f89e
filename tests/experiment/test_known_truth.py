"""Known truth: small worlds in which one knows what the analyst must find, Gelman and Carlin's own number, and wrong tables."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from experiments.known_truth import COLUMNS, analyse, main
from experiments.known_truth_page import MARKED, PAGE, RESULTS, TABLES, renewed
from sim.errors import InputError
from sim.experiment.exporting.folder import read_folder
from sim.experiment.known_truth import misjudged, significance, type_errors
from sim.experiment.outputs import to_csv
from sim.experiment.reporting import SEEN
from tests.experiment.sensitivity.made import grid, noise, table_of

NAN = math.nan


def world(events: list, observed: list, settings: dict | None = None) -> pd.DataFrame:
    """Runs with these events, points by seeds; ten persons come to each, and half of all events are met by the police."""
    true, seen = np.array(events, np.float64), np.array(observed, np.float64)
    share = np.full_like(true, 0.5)
    values = {"events_held": true, "observed_events": seen, "attendance": 10 * true, "observed_attendance": 10 * seen}
    values |= {"mean_turnout": 20 * share, "observed_mean_size": np.where(seen > 0, 10.0, NAN)}
    values |= {"intervention_share": share, "observed_intervention_share": np.where(seen > 0, share, NAN)}
    return table_of(settings or {"law": ["old", "new"]}, values)


def row(table: pd.DataFrame, outcome: str = "events_held", data: str = "observed", years: int = 1, **where: object) -> pd.Series:
    for column, value in {"outcome": outcome, "data": data, "years": years, **where}.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


@pytest.fixture(scope="module")
def noisy() -> pd.DataFrame:
    """Twelve seeds, 20 events more after; two thirds are reported before, a third after."""
    common, own = np.round(6 * noise(1, 12, "common")[0]), np.round(3 * noise(2, 12, "own"))
    true = np.array([60 + common + own[0], 80 + common + own[1]])
    return world(true.tolist(), np.round(true * np.array([[2 / 3], [1 / 3]])).tolist())


def test_three_years_by_hand() -> None:
    """Before 10, 20, 30 events, after 12, 22, 32: effect 2. Of the six histories the three with the later seed before err."""
    found = misjudged(world([[10, 20, 30], [12, 22, 32]], [[5, 10, 15], [5, 10, 15]]), "law", "old", years=[1])
    told = row(found, data="complete")
    assert told[["true_before", "true_after", "effect", "seen_before", "estimate", "bias"]].tolist() == [20, 22, 2, 20, 2, 0]
    assert told[["wrong_sign", "no_difference", "histories", "seeds", "left_out"]].tolist() == [0.5, 0, 6, 3, 0]
    assert told["spread"] == pytest.approx(np.std([12, 22, -8, 12, -18, -8]))
    assert told["law"] == "new"
    seen = row(found)
    assert seen[["seen_before", "seen_after", "estimate", "bias", "ratio", "wrong_sign"]].tolist() == [10, 10, 0, -2, 0, 0.5]


def test_a_catalogue_of_everything_errs_by_the_years_alone(noisy: pd.DataFrame) -> None:
    runs = noisy.assign(**{seen: noisy[true] for true, seen in SEEN.items()})
    found = misjudged(runs, "law", "old", years=[1, 3])
    numbers = found.select_dtypes("number").columns
    for outcome in ("events_held", "attendance"):
        for years in (1, 3):
            expected = row(found, outcome, "complete", years)[numbers].astype(float)
            assert expected["bias"] == 0
            for data in ("observed", "one_rate", "own_rates"):
                np.testing.assert_allclose(row(found, outcome, data, years)[numbers].astype(float), expected, atol=1e-9)


def test_a_constant_reporting_rate_changes_no_sign_and_no_relative_change(noisy: pd.DataFrame) -> None:
    runs = noisy.assign(observed_events=noisy["events_held"] / 4)
    found = misjudged(runs, "law", "old")
    for years in (1, 3, 5):
        truth, seen, scaled = (row(found, data=data, years=years) for data in ("complete", "observed", "one_rate"))
        assert seen["ratio"] == pytest.approx(0.25)
        assert scaled["ratio"] == pytest.approx(1)
        assert scaled["spread"] == pytest.approx(truth["spread"])
        assert truth["wrong_sign"] == seen["wrong_sign"] == scaled["wrong_sign"]


def test_a_reform_that_silences_the_press_turns_the_sign_and_its_own_rate_turns_it_back(noisy: pd.DataFrame) -> None:
    found = misjudged(noisy, "law", "old")
    for years in (1, 3, 5):
        assert row(found, data="observed", years=years)["wrong_sign"] > 0.9
        assert row(found, data="one_rate", years=years)["wrong_sign"] == row(found, years=years)["wrong_sign"]
        assert row(found, data="own_rates", years=years)["bias"] == pytest.approx(0, abs=1e-9)
        assert row(found, data="own_rates", years=years)["wrong_sign"] == pytest.approx(
            row(found, data="complete", years=years)["wrong_sign"], abs=0.05
        )
    assert found.groupby(["outcome", "data"])["bias"].nunique().max() == 1  # more years do not mend it
    spread = [row(found, years=years)["spread"] for years in (1, 3, 5)]
    assert spread == sorted(spread, reverse=True)
    judged = row(significance(noisy, "law", "old"), years=5, test="poisson")
    assert judged["significant"] > 0.9
    assert judged["wrong_significant"] == 1


def test_the_truth_is_that_of_pairs(noisy: pd.DataFrame) -> None:
    told = row(misjudged(noisy, "law", "old"), data="complete")
    before, after = (noisy.loc[noisy["law"] == law, "events_held"].to_numpy() for law in ("old", "new"))
    assert told["effect"] == pytest.approx((after - before).mean())
    half = 2.200985 * (after - before).std(ddof=1) / math.sqrt(12)
    assert told["effect_high"] - told["effect"] == pytest.approx(half, rel=1e-6)
    assert told["effect_high"] - told["effect_low"] < told["spread"]


def test_each_setting_and_reform_is_judged_by_itself() -> None:
    settings = grid(law=["old", "new", "newer"], freedom=[0.1, 0.9])
    events = [[10, 11, 12, 14], [10, 11, 12, 14], [20, 22, 22, 25], [20, 22, 22, 25], [5, 6, 8, 7], [5, 6, 8, 7]]
    observed = [[2, 2, 3, 3], [10, 11, 12, 14], [2, 2, 3, 2], [20, 22, 22, 25], [2, 3, 3, 3], [5, 6, 8, 7]]
    found = misjudged(world(events, observed, settings), "law", "old", ["freedom"], years=[1])
    assert found.columns[:2].tolist() == ["law", "freedom"]
    assert row(found, law="new", freedom=0.1)["estimate"] == pytest.approx(-0.25)
    assert row(found, law="new", freedom=0.9)["bias"] == 0
    assert row(found, law="newer", freedom=0.1)["estimate"] == pytest.approx(0.25)
    assert row(found, law="newer", freedom=0.1)["effect"] == pytest.approx(-5.25)


def test_where_the_truth_is_not_known_it_says_so() -> None:
    told = row(misjudged(world([[10, 20, 30], [19, 11, 30]], [[1, 2, 3]] * 2), "law", "old", years=[1]))
    assert told["note"] == "the sign of the true effect is not known"
    assert math.isnan(told["ratio"])


def test_no_effect_at_all_has_no_sign() -> None:
    told = row(misjudged(world([[10, 20, 30]] * 2, [[1, 2, 3]] * 2), "law", "old", years=[1]))
    assert math.isnan(told["wrong_sign"])
    assert told["no_difference"] == 0


def test_seeds_without_a_value_are_left_out_and_counted() -> None:
    runs = world([[10, 20, 30, 40], [12, 22, 32, 42]], [[5, 0, 15, 5], [5, 5, 15, 5]])
    runs.loc[runs["seed"] == 4, "status"] = "failed"
    found = misjudged(runs, "law", "old", years=[1, 2])
    assert row(found)[["seeds", "left_out"]].tolist() == [3, 1]
    assert row(found, "mean_turnout")[["seeds", "left_out", "histories"]].tolist() == [2, 2, 2]
    told = row(found, years=2)
    assert told[["histories", "note"]].tolist() == [0, "too few seeds have a value"]
    assert math.isnan(told["wrong_sign"])


def test_nothing_reported_at_all_has_no_rate() -> None:
    found = misjudged(world([[10, 20, 30], [12, 22, 33]], [[0] * 3] * 2), "law", "old", years=[1])
    assert set(found.loc[found["outcome"] == "events_held", "data"]) == {"complete", "observed"}
    assert row(found)[["estimate", "wrong_sign", "no_difference"]].tolist() == [0, 0, 1]


def test_type_errors_are_those_of_gelman_and_carlin() -> None:
    """Their example of beauty and sex ratio: effect 0.1, standard error 3.28: type S 0.46, exaggeration 77."""
    estimates = 0.1 + 3.28 * ndtri((np.arange(400_000) + 0.5) / 400_000)
    wrong, exaggeration = type_errors(estimates, np.abs(estimates) > 1.96 * 3.28, 0.1)
    assert wrong == pytest.approx(0.46, abs=0.005)
    assert exaggeration == pytest.approx(77, abs=1)
    assert all(map(math.isnan, type_errors(estimates, np.zeros(400_000, bool), 0.1)))


def test_which_tests_an_analyst_can_make(noisy: pd.DataFrame) -> None:
    made = significance(noisy, "law", "old", years=[1, 3], draws=200)
    tests = made.groupby(["outcome", "years"])["test"].unique().map(list).to_dict()
    assert tests == {
        ("attendance", 3): ["welch"],
        ("events_held", 1): ["poisson"],
        ("events_held", 3): ["poisson", "negative_binomial"],
    }
    one, other = (row(made, data=data, years=3, test="poisson") for data in ("observed", "one_rate"))
    assert one[["significant", "wrong_significant"]].tolist() == other[["significant", "wrong_significant"]].tolist()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda runs: (runs, "law", "olt"), "factors.law: found no level 'olt'; allowed: one of old, new.*did you mean 'old'"),
        (lambda runs: (runs[runs["law"] == "old"], "law", "old"), "factors.law: found 'old' and no other level"),
        (lambda runs: (runs, "laws", "old"), "factors: found 'laws'.*did you mean 'law'"),
        (lambda runs: (runs.drop(columns="observed_events"), "law", "old"), "outcomes: found 'observed_events'"),
        (lambda runs: (runs[runs["seed"] < 8], "law", "old"), "years: found 5; allowed: 1 to 3 on either side, with 7 seeds"),
    ],
)
def test_tables_that_are_none(noisy: pd.DataFrame, change, words: str) -> None:
    for judge in (misjudged, significance):
        with pytest.raises(InputError, match=words):
            judge(*change(noisy))


def test_the_script_writes_a_folder_of_results(noisy: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swept = tmp_path / "known-truth"
    swept.mkdir()
    parts = [noisy.assign(freedom=freedom, point=noisy["point"] + 10 * place) for place, freedom in enumerate((0.1, 0.9))]
    runs = pd.concat(parts).replace({"law": {"old": "1995", "new": "bill"}})
    runs = pd.concat(
        [runs, runs[runs["law"] == "bill"].assign(law="bill-without-press-rule", point=lambda one: one["point"] + 5)]
    )
    (swept / "runs.csv").write_bytes(to_csv(runs))
    assert main([str(swept)]) == 0
    out = tmp_path / "known-truth-analysis"
    names = {"misjudged.csv", "significance.csv", "codebook.csv", "misjudged.png", "misjudged.svg"}
    assert {path.name for path in out.iterdir()} == names | {"manifest.json"}
    assert {table.name for table in read_folder(out).tables} >= {"misjudged", "significance"}
    before = {name: (out / name).read_bytes() for name in names}
    analyse(swept, out, [])
    assert {name: (out / name).read_bytes() for name in names} == before
    assert set(json.loads((out / "manifest.json").read_text())["files"]) == names
    assert main([str(tmp_path)]) == 1
    assert "runs.csv: found no such file; allowed: the folder of a finished protestlaw sweep" in capsys.readouterr().err
    assert main([]) == 2


def test_every_column_is_explained_once(noisy: pd.DataFrame) -> None:
    runs = noisy.assign(freedom=0.5)
    columns = {name for make in (misjudged, significance) for name in make(runs, "law", "old", ["freedom"], years=[1]).columns}
    assert columns == set(COLUMNS)


def test_the_tables_of_the_page_are_those_of_the_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert {mark[2] for mark in MARKED.finditer(page)} == set(TABLES)
    assert renewed(page, pd.read_csv(RESULTS / "misjudged.csv")) == page, "run python -m experiments.known_truth_page"
