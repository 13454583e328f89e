"""An assembly on its way, and the filings made for it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.institutions.docket import Plan
from sim.law import load_law
from sim.streams import event_code

LAW = load_law("kazakhstan/2020-bill")
NOTIFICATION, PERMIT = (LAW.row("rally", "informal", "square", size) for size in (40, 400))
EXEMPT = load_law("germany/federal").row("single_picket", "informal", "square", 1)


class Task:
    def __init__(self):
        self.cancelled = 0

    def cancel(self):
        self.cancelled += 1


def plan(**how):
    return Plan(**({"strategy": "expected", "form": "rally", "site": 0, "date": 10, "declared": 40} | how))


@pytest.mark.parametrize(
    ("how", "procedure", "owes"),
    [
        ({"row": NOTIFICATION}, "notification", True),
        ({"row": PERMIT}, "permit", True),
        ({"row": EXEMPT}, "exempt", False),
        ({"row": None}, "exempt", False),
        ({"row": NOTIFICATION, "exempt_kind": "indoor"}, "exempt", False),
        ({"row": NOTIFICATION, "strategy": "spontaneous"}, "notification", False),
        ({"row": NOTIFICATION, "strategy": "unannounced"}, "notification", True),
    ],
)
def test_what_a_plan_owes(how, procedure, owes):
    assert (plan(**how).procedure, plan(**how).owes_filing) == (procedure, owes)


def test_a_closed_filing_leaves_nothing_on_the_clock(one):
    filing = one().filing()
    tasks = [Task(), Task()]
    filing.events.extend(tasks)
    assert filing.open
    filing.close("allowed")
    assert (filing.open, filing.answer, filing.events) == (False, "allowed", [])
    assert [task.cancelled for task in tasks] == [1, 1]
    filing.close("overtaken")
    assert [task.cancelled for task in tasks] == [1, 1]


def test_an_assembly_s_coins_are_named_after_who_when_and_which_part(one):
    assembly = one().assembly(17)
    assert assembly.code == event_code(assembly.organiser.number, 17, 0)
    assembly.plan = plan(form="march", date=99)
    assert assembly.code == event_code(assembly.organiser.number, 17, 0)


@given(st.lists(st.tuples(st.integers(0, 2**24 - 1), st.integers(0, 2**32 - 1), st.integers(0, 255)), unique=True, max_size=20))
def test_no_two_assemblies_share_a_name(names):
    codes = [event_code(*name) for name in names]
    assert len(set(codes)) == len(names)
    assert all(0 <= code < 2**64 for code in codes)


def test_equal_assemblies_are_still_two(one):
    world = one()
    first, second = world.assembly(), world.assembly()
    assert first != second
    assert len({first, second}) == len(list(itertools.chain([first], [second])))
