"""The readable answer: a sentence first, numbers rounded, warnings that nobody overlooks."""

import io
import math

import pandas as pd
import pytest
from rich.console import Console

from sim.experiment import Comparison, compare
from sim.interface import answer
from sim.interface.numbers import Scale
from sim.interface.sentences import clear, outcome, titles, warnings, what_changed, who_changed
from sim.measurement import INDICATORS
from sim.scenario import Scenario, load_scenario


def printed(comparison: Comparison, width: int = 118) -> str:
    out = io.StringIO()
    answer.of_comparison(comparison, Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue()


def with_effects(comparison: Comparison, **rows: tuple[float, ...]) -> Comparison:
    """The comparison with made-up effects: mean_a, mean_b, difference, low, high."""
    table = pd.DataFrame(
        [(name, *row, math.nan, math.nan, 2.0, 3) for name, row in rows.items()], columns=comparison.effects.columns
    )
    return Comparison(comparison.a, comparison.b, comparison.seeds, table, comparison.participants, (), comparison.tables)


@pytest.mark.parametrize(
    ("unit", "value", "other", "low", "high", "said"),
    [
        ("share of events held", 0.43, 0.241, 0.04, 0.443, ("43.0 %", "+24.1", "[+4.0 to +44.3]")),
        ("persons", 2600.3, 1138.7, -561.0, 2838.3, ("2,600", "+1,139", "[-561 to +2,838]")),
        ("persons", 33.6, -1.39, -7.2, 10.0, ("33.6", "-1.4", "[-7.2 to +10.0]")),
        ("currency", 2475531.5, 246085.4, -1845170.2, 2337340.9, ("2.48 M", "+0.25", "[-1.85 to +2.34]")),
        ("persons", 150.0, -0.2, -0.4, 0.0, ("150", "-0", "[-0 to 0]")),
        ("persons", 3.0, 0.0, 0.0, 0.0, ("3.00", "0.00", "[0.00 to 0.00]")),
        ("persons", math.nan, math.nan, math.nan, math.nan, ("-", "-", "")),
    ],
)
def test_numbers_for_people(unit: str, value: float, other: float, low: float, high: float, said: tuple[str, ...]) -> None:
    scale = Scale.of(unit, value)
    assert (scale.value(value), scale.difference(other), scale.interval(low, high)) == said


def test_the_first_sentence_tells_the_law_then_turnout_and_lawful_shares(comparison: Comparison) -> None:
    made_up = with_effects(
        comparison,
        attendance=(2600.0, 3739.0, 1139.0, -561.0, 2838.0),
        lawful_share_start=(0.43, 0.671, 0.241, 0.04, 0.443),
        lawful_share_throughout=(0.43, 0.2, -0.23, -0.3, -0.16),
    )
    assert what_changed(made_up.a, made_up.b) == "The law changes from A to B in threshold: 250 persons -> none."
    assert outcome(made_up) == (
        "No clear change in attendance (2,600 to 3,739; +1,139 [-561 to +2,838]); "
        "the share of events lawful at start rises from 43.0 % to 67.1 % (+24.1 points [+4.0 to +44.3]); "
        "the share lawful throughout falls from 43.0 % to 20.0 % (-23.0 points [-30.0 to -16.0])."
    )


def test_the_whole_answer(comparison: Comparison) -> None:
    text = printed(comparison)
    said = " ".join(text.split())
    assert said.startswith("The law changes from A to B in threshold: 250 persons -> none.")
    assert "A: Seminar town, bill of 2020. Bill on peaceful assemblies" in said
    assert "B: Seminar town, bill of 2020 [threshold = none]." in said
    assert "Chilled turnout" in said
    assert "1 (poorest)" in said
    assert "3 pairs of runs (seeds 1 to 3), 60 days from 2019-06-01" in said
    assert "simulation uncertainty over 3 pairs of runs, not the real world" in said
    assert "Mind: The laws of A and B are bills that never were in force: nobody was ever bound by them." in said
    assert "Nothing was written" in said
    assert max(map(len, text.splitlines())) <= 118


def test_the_answer_fits_a_narrow_terminal(comparison: Comparison) -> None:
    assert max(map(len, printed(comparison, 80).splitlines())) <= 80


def test_nothing_changes_from_a_scenario_to_itself(small: Scenario) -> None:
    done = compare(small, small, 2, 1)
    text = printed(done)
    assert text.startswith("A and B are the same scenario. Nothing changes: every difference is exactly 0.")
    assert "*" not in text.split("\n\n")[2]
    assert who_changed(done) == ""


def test_a_change_beside_the_law_is_told(small: Scenario) -> None:
    other = small.model_copy(update={"police": small.police.model_copy(update={"style": 0.1})})
    assert what_changed(small, other) == "A and B have the same law. Beside the law they differ in police.style: 0.64 -> 0.1."


def test_what_is_printed_exists() -> None:
    names = [name for group in answer.SHOWN.values() for name in group if not name.startswith("chilled")]
    assert set(names) <= set(INDICATORS)
    assert len(names) == len(set(names))


def test_scenarios_of_one_title_are_told_apart_by_their_laws(small: Scenario, without_threshold: Scenario) -> None:
    assert titles(small, without_threshold)[1].endswith("[threshold = none]")


@pytest.mark.parametrize(
    ("law", "said"),
    [("kazakhstan/2020-bill", ["bill"]), ("odihr/2019", ["benchmark"]), ("russia/2014", ["counterfactual"]), ("no-law", [])],
)
def test_nobody_may_mistake_a_bill_for_an_act(law: str, said: list[str]) -> None:
    counterfactual = law != "no-law"
    scenario = load_scenario("almaty-1995-law", {"law": law, "scenario.counterfactual": counterfactual})
    told = warnings(("A", scenario))
    assert len(told) == len(said)
    assert all(word in sentence for word, sentence in zip(said, told, strict=True))


def test_only_an_interval_on_one_side_of_zero_is_clear() -> None:
    assert clear({"low": 0.1, "high": 0.2})
    assert clear({"low": -0.2, "high": -0.1})
    assert not clear({"low": 0.0, "high": 0.0})
    assert not clear({"low": math.nan, "high": math.nan})
