"""A run as SolaraViz steps it: the model itself, a day a step, and no further than its last day."""

import numpy as np

from sim import ProtestModel
from sim.interface.watching.run import Run
from tests.interface.watching.made import DAYS, lived, small


def test_lives_the_days_of_the_model_and_no_more() -> None:
    run = lived(DAYS + 3)
    alone = ProtestModel(small().read(), rng=1)
    alone.run_for()
    assert (run.time, run.running, run.seen.over) == (DAYS, False, True)
    assert run.model.record.digest == alone.record.digest


def test_its_type_builds_the_same_anew_as_reset_does() -> None:
    run = lived(3)
    again = type(run)(watch=run.watch)
    assert (again.time, run.time) == (0, 3)
    assert again.scenario is None
    again.step()
    assert (again.time, run.time) == (1, 3)


def test_a_run_that_was_replaced_lives_no_further_day() -> None:
    run = lived(2)
    run.end()
    run.step()
    assert (run.time, run.running) == (2, False)


def test_what_was_seen_stays_when_the_run_goes_on() -> None:
    run = Run(small({"scenario.days": 40}))
    for _ in range(30):
        run.step()
    seen, rows = run.seen, run.seen.assemblies.copy()
    run.step()
    assert (seen.days, run.seen.days) == (30, 31)
    assert seen.assemblies.equals(rows)
    assert len(seen.moods["anger"]) == len(seen.counts) == 30
    assert len(rows)
    assert not (rows["fate"] == "pending").any()


def test_what_is_seen_of_a_day_is_that_of_the_record() -> None:
    run, held = Run(small({"scenario.days": 30})), 0
    while run.running:
        run.step()
        today = run.seen.today
        assert (today["day"] == run.time - 1).all()
        held += int((today["fate"] == "held").sum())
        happened = [one for one in run.model.record if one.day == run.time - 1]
        told = [one for one in happened if getattr(one, "role", "") not in {"participant", "foreigner"}]
        assert len(run.seen.happened) == len(told) + (len(told) < len(happened))
    assert run.seen.counts["held"].sum() == held == run.model.events_held > 0
    assert run.seen.moods["concern"][-1] == np.mean([run.model.concern(k, 29) for k in range(len(run.conduct.issues))])
    assert run.seen.moods["fear"][-1] == run.model.citizens.column("fear").mean()
