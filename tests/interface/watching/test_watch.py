"""What is watched: read as ``--set`` reads it, and written so that it can be run without the page."""

import shlex

import pytest

from sim.errors import InputError, LawError, UnknownNameError
from sim.interface.watching.watch import Watch
from sim.texts import parse_assignment


def test_reads_the_scenario_with_its_changes() -> None:
    assert Watch("seminar", {"law.threshold": 50}).read().law.threshold_value == 50


def test_the_command_runs_the_same() -> None:
    settings = {
        "law.threshold": "none",
        "practice": "hostile",
        "law.procedures.notification|permit.notice": "10 working days",
        "shocks": [],
    }
    watch = Watch("seminar", settings, 7)
    words = shlex.split(watch.command)
    assert words[:7] == ["protestlaw", "run", "seminar", "--reps", "1", "--seed", "7"]
    again = dict(map(parse_assignment, words[8::2]))
    assert again == settings
    assert Watch("seminar", again).read().fingerprint == watch.read().fingerprint


def test_a_later_change_replaces_an_earlier_one_and_keys_can_be_left_out() -> None:
    watch = Watch("seminar", {"law.threshold": 50, "practice": "hostile"})
    assert watch.changed({"law.threshold": 20}).settings == {"practice": "hostile", "law.threshold": 20}
    assert watch.changed({}, ["practice"]).settings == {"law.threshold": 50}
    assert watch.settings == {"law.threshold": 50, "practice": "hostile"}


@pytest.mark.parametrize("seed", [-1, 2**53, True, 1.5])
def test_a_seed_that_is_none_is_told(seed: object) -> None:
    with pytest.raises(InputError, match="allowed: a whole number from 0"):
        Watch("seminar", {}, seed).read()  # type: ignore[arg-type]


def test_what_is_wrong_is_told_as_elsewhere() -> None:
    with pytest.raises(LawError, match="did you mean 'threshold'"):
        Watch("seminar", {"law.treshold": 50}).read()
    with pytest.raises(UnknownNameError, match="Did you mean 'seminar'"):
        Watch("seminer").read()
