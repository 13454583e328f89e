"""The shipped defaults are the centre of the posterior that is shipped, and that is the one on record."""

import csv
import re
from pathlib import Path

import pytest

from sim.experiment.uncertainty import load_posterior
from sim.experiment.uncertainty.changing import value_at
from sim.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "results" / "calibration"
SHIPPED = {"berlin": "berlin", "almaty": "almaty-1995-law"}
ROUNDED = 0.04
"""How far a default may lie from the centre: rounding to two digits, mostly."""


def parameters() -> list[dict[str, str]]:
    with (RECORD / "parameters.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", parameters(), ids=lambda row: row["parameter"])
def test_the_defaults_are_the_centre_of_the_posterior(row: dict[str, str]) -> None:
    for town in [row["town"]] if row["town"] else SHIPPED:
        shipped = value_at(load_scenario(SHIPPED[town]), row["key"])
        width = float(row["prior_high"]) - float(row["prior_low"])
        assert shipped == pytest.approx(float(row["centre"]), abs=ROUNDED * width)


def test_the_posterior_that_is_shipped_is_the_one_on_record() -> None:
    assert (ROOT / "scenarios" / "posterior" / "parameters.csv").read_bytes() == (RECORD / "parameters.csv").read_bytes()
    posterior = load_posterior()
    assert list(posterior.keys) == [row["parameter"] for row in parameters()]
    assert len(posterior.weights) == 2000


def test_the_record_is_of_the_text_that_stands() -> None:
    text = (ROOT / "experiments" / "calibration.toml").read_text(encoding="utf-8")
    assert (RECORD / "calibration.toml").read_text(encoding="utf-8") == text


def test_the_trace_record_tells_what_the_checks_say() -> None:
    """How many patterns lie in their bands at the median of the draws, and which do not."""
    with (RECORD / "checks.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["centre_verdict"] in {"pass", "fail"}]
    said = re.sub(r"\s+", " ", (ROOT / "docs" / "trace.md").read_text(encoding="utf-8"))
    fitted, held = (
        [row["centre_verdict"] == "pass" for row in rows if row["use"] == use] for use in ("calibrated on", "held out")
    )
    told = f"for {sum(fitted)} of the {len(fitted)} patterns it was calibrated on and for {sum(held)} of {len(held)} held out"
    assert told in said
