"""Every form, organiser, place and size meets exactly one row."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.law import ProcedureRow, Size, load_law
from sim.law.coverage import CELLS, coverage, described, row_problems, sizes_in_words
from sim.texts import names
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS


def row(**said):
    return ProcedureRow.model_validate({"procedure": "exempt", "source": "Art. 1", **said})


def subsets(words):
    return st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)


@st.composite
def partitions(draw):
    """Rows that share all gatherings out among them: by form, then by organiser or place, then by size."""
    cut = draw(subsets(FORMS))
    rows = []
    for forms in (cut, tuple(form for form in FORMS if form not in cut)):
        column, words = draw(st.sampled_from([("organisers", LEGAL_FORMS), ("places", SITE_KINDS)]))
        named = draw(subsets(words))
        sides = [{column: named}] + ([{column: "elsewhere"}] if len(named) < len(words) else [])
        for side in sides:
            ends = sorted(draw(st.sets(st.integers(1, 500), max_size=3)))
            for least, below in zip([0, *ends], [*ends, None], strict=True):
                rows += [row(forms=forms, size=str(Size(least, below)), **side)] if forms else []
    return draw(st.permutations(rows))


@given(partitions(), st.sampled_from(CELLS), st.integers(0, 1000))
def test_every_gathering_meets_exactly_one_row(rows, cell, size):
    assert not list(row_problems(rows, None))
    assert sum(least <= size < below for least, below, _ in coverage(rows, None)[cell]) == 1


@given(partitions(), st.data())
def test_a_row_less_is_a_gap_and_a_row_twice_an_overlap(rows, data):
    one = data.draw(st.integers(0, len(rows) - 1))
    less, twice = list(row_problems(rows[:one] + rows[one + 1 :], None)), list(row_problems([*rows, rows[one]], None))
    if (
        len(rows) > 1
        and rows[one].organisers != "elsewhere" != rows[one].places
        and not any("elsewhere" in (other.organisers, other.places) for other in rows)
    ):
        assert any("a gap" in problem.found for problem in less)
    assert any("overlap" in problem.found for problem in twice)


def test_a_gap_in_many_gatherings_is_told_once():
    (problem,) = row_problems([row(size="from 50")], None)
    assert problem.found == "a gap: no row for an assembly of up to 49 people"


def test_elsewhere_means_what_no_other_row_of_the_form_names():
    rows = [
        row(forms=["march"], places=["park"]),
        row(forms=["march"], places="elsewhere"),
        row(forms=[form for form in FORMS if form != "march"]),
    ]
    cover = coverage(rows, None)
    assert [cover["march", "party", place][0].row for place in SITE_KINDS] == [int(place != "park") for place in SITE_KINDS]
    assert cover["rally", "party", "park"][0].row == 2


def test_cells_are_described_by_what_is_not_common_to_all():
    assert described(CELLS) == "an assembly"
    assert described(cell for cell in CELLS if cell[0] in {"march", "rally"}) == "a rally or march"
    assert described([("march", "party", place) for place in SITE_KINDS]) == "a march (organiser: party)"


@pytest.mark.parametrize(
    ("least", "below", "words"),
    [
        (0, math.inf, "any size"),
        (0, 250, "up to 249 people"),
        (250, math.inf, "250 people or more"),
        (31, 51, "31 to 50 people"),
        (0, 2, "one person"),
    ],
)
def test_sizes_are_told_in_persons(least, below, words):
    assert sizes_in_words(least, below) == words


@pytest.mark.parametrize("name", names("law"))
def test_all_gatherings_are_checked_in_less_than_20_ms(name):
    law, best = load_law(name), math.inf
    for _ in range(5):
        start = time.perf_counter()
        assert not law.procedures or not list(row_problems(law.procedures, law.threshold_value))
        best = min(best, time.perf_counter() - start)
    assert best < 0.02
