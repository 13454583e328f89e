"""From words on the command line to scenarios: what is said where a change does not reach, or a run is shortened."""

import pytest

from sim.errors import ScenarioError
from sim.interface.reading import scenario_of


def test_a_reform_that_ends_a_change_of_the_law_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    scenario, _ = scenario_of("seminar-reform", ["law.sanctions.participant.fine='50 MCI'"])
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "Mind: law.sanctions.participant.fine changes the first law of seminar-reform only. From 2019-07-01 on it has another, "
        "'The bill of spring 2020 enters into force', which stays as it is."
    )
    assert scenario.law.sanctions.participant is not None
    assert str(scenario.law.sanctions.participant.fine) == "50 MCI"


@pytest.mark.parametrize(
    ("name", "changes", "days"),
    [
        ("seminar", ["law.threshold=50"], None),
        ("seminar-reform", ["police.style=0.1"], None),
        ("seminar-reform", ["law='no-law'"], 100),
    ],
)
def test_where_no_reform_ends_a_change_nothing_is_said(
    name: str, changes: list[str], days: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario_of(name, changes, days)
    assert capsys.readouterr().err == ""


def test_events_after_a_new_end_are_told_with_the_option_that_leaves_them_out() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of("almaty-1995-law", ["scenario.days=90"])
    *late, way = caught.value.problems
    assert {problem.key.partition(".")[0] for problem in late} == {"shocks"}
    assert str(way) == (
        "scenario.days: found 90; allowed: --days 90, where a command has it: it leaves out what lies after the last day"
    )
    scenario, left_out = scenario_of("almaty-1995-law", (), 90)
    assert scenario.scenario.days == 90
    assert len(left_out) == len(late)


def test_other_errors_say_nothing_of_days() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of("seminar", ["scenario.days=300", "police.style=2"])
    assert [problem.key for problem in caught.value.problems] == ["police.style"]
