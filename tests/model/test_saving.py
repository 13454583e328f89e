"""A model that is saved and continued, or branched, lives the days it would have lived: to the last byte, and alone."""

import hashlib
import io
import json
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sim.errors import ModelError, OutputError
from sim.model import ProtestModel
from sim.population import Town
from sim.scenario import Scenario

SEED, DAYS = 1, 42
FIRST, SECOND = 14, 28
"""The days of the two reforms."""

EMERGENCIES = [
    {"since": "2019-03-10", "until": "2019-03-17", "source": "invented"},
    {"since": "2019-03-14", "until": "2019-03-21", "source": "invented"},
]
REFORMS = [
    {"date": "2019-03-15", "title": "A second law", "law": "russia/2014"},
    {"date": "2019-03-29", "title": "A third law", "law": "kyrgyzstan/2012"},
]
EVENTS = {
    "scenario__counterfactual": True,
    "emergencies": EMERGENCIES,
    "reforms": REFORMS,
    "organisers__opportunities": 60,
    "press__closes": 0.5,
    "press__caution": 0.0,
}

ELECTION = {"date": "2019-03-11", "issue": "power", "size": 0.3, "title": "An election", "source": "invented"}

type Eventful = Callable[..., Scenario]


@pytest.fixture(scope="module")
def eventful(under: Any) -> Eventful:
    """The busy scenario with two reforms and two states of emergency that overlap, and with changes."""
    return lambda **changes: under(**{**EVENTS, **changes})


@pytest.fixture(scope="module")
def scenario(eventful: Eventful) -> Scenario:
    return eventful()


@pytest.fixture(scope="module")
def whole(scenario: Scenario, town: Town) -> str:
    """The digest of its uninterrupted run."""
    return ProtestModel(scenario, rng=SEED, town=town).run_for().digest


def on_day(scenario: Scenario, town: Town, days: int) -> ProtestModel:
    model = ProtestModel(scenario, rng=SEED, town=town)
    model.run_for(days)
    return model


# -- the same days ---------------------------------------------------------------------------------------------------------


def test_whatever_the_day_a_branch_and_a_loaded_model_live_the_same_days(
    scenario: Scenario, town: Town, whole: str, tmp_path: Path
) -> None:
    """Each of the first ten days, the days about both reforms and emergencies, and the last; what was pending is counted."""
    days = [*range(11), FIRST - 1, FIRST, FIRST + 1, 18, 21, 22, SECOND, SECOND + 1, 35, DAYS - 1, DAYS]
    model, seen = ProtestModel(scenario, rng=SEED, town=town), set()
    for number, day in enumerate(days):
        model.run_for(day - model.days_lived)
        seen |= {task.act.__name__ for task in model.clock.waiting}
        seen |= {"jail"} if any(one.jailed_until > day for one in model.organisers) else set()
        seen |= {"away"} if (model.citizens.state.moods.away_until > day).any() else set()
        seen |= {"emergency"} if model.emergency else set()
        seen |= {"closed"} if not all(medium.open for medium in model.press) else set()
        if number % 2:  # each way for every other day
            other = model.branch()
        else:
            other = ProtestModel.load(model.save(tmp_path / f"{day}.model"), town=town)
        assert (other.time, other.steps, other.today, other.running) == (model.time, model.steps, model.today, model.running)
        assert other.record == model.record
        assert other.run_for().digest == whole, day
    assert model.record.digest == whole, "and the model itself was not disturbed"
    assert seen >= {"answer", "stay_silent", "decide", "file", "jail", "away", "emergency", "closed"}


@pytest.fixture(scope="module")
def small(eventful: Eventful) -> Callable[[int], tuple[ProtestModel, str]]:
    """A smaller one by seed: a model on its first day, and the digest of its run."""
    scenario = eventful(town__people__adults=2000, scenario__days=30)
    known: dict[int, tuple[ProtestModel, str]] = {}

    def of(seed: int) -> tuple[ProtestModel, str]:
        if seed not in known:
            model = ProtestModel(scenario, rng=seed)
            known[seed] = (model, model.branch().run_for().digest)
        return known[seed]

    return of


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(1, 3), day=st.integers(0, 30), later=st.integers(0, 30))
def test_it_may_be_continued_in_portions(seed: int, day: int, later: int, small: Any) -> None:
    first, digest = small(seed)
    model = first.branch()
    model.run_for(day)
    other = model.branch()
    other.run_for(max(day, later) - day)
    assert other.branch().run_for().digest == digest
    assert model.run_for().digest == digest


FOLLOWS = {"_answers", "_penalties", "_threats", "_period", "_period_of", "_periods", "_rivals", "_keys", "deliberation"}
"""Answers that are kept, and follow from all else."""

LOOKED_AT = {"_decided", "eve", "record", "room", "events"}
"""What nothing follows from: what organisers thought last, the record (compared by itself), where the kernel works; and the tasks
of a filing, since what is done is among them."""

OF_MESA = {"_event", "_event_list", "_event_generators", "_default_schedule", "_user_step", "step"} | {
    *("_all_agents", "_agents_by_type", "data_registry", "random", "rng", "_rng", "_scenario"),
}
"""Mesa's own: events, agents' sets, and generators from which nothing is drawn."""


def content(thing: Any) -> Any:
    if isinstance(thing, np.ndarray):
        return (str(thing.dtype), thing.shape, thing.tobytes())
    return thing.model_dump_json() if isinstance(thing, BaseModel) else thing.spec.model_dump_json()


def anatomy(thing: Any, met: dict[int, int], kept: list[Any]) -> Any:
    """Everything a thing is made of, at any depth; what is met again is named by when it was met first."""
    if thing is None or isinstance(thing, str | int | float | bool | type | np.generic):
        return repr(thing)
    if id(thing) in met:
        return ("again", met[id(thing)])
    if callable(thing) and hasattr(thing, "__qualname__"):
        return thing.__qualname__
    frozen = is_dataclass(thing) and thing.__dataclass_params__.frozen
    if not frozen and not isinstance(thing, tuple | frozenset | BaseModel):
        met[id(thing)] = len(met)  # of what cannot change it does not matter whether it is met again
        kept.append(thing)
    if isinstance(thing, np.ndarray | BaseModel | Town):
        return content(thing)
    if isinstance(thing, dict):
        return [(anatomy(key, met, kept), anatomy(value, met, kept)) for key, value in thing.items()]
    if isinstance(thing, list | tuple | set | frozenset):
        return [anatomy(one, met, kept) for one in thing]
    names = {*getattr(thing, "__dict__", ()), *(name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ()))}
    inner = {name: getattr(thing, name) for name in sorted(names - FOLLOWS - LOOKED_AT - OF_MESA) if hasattr(thing, name)}
    return (type(thing).__name__, {name: anatomy(value, met, kept) for name, value in inner.items() if name != "__weakref__"})


@pytest.mark.parametrize("day", [0, 12, 18, 35])
def test_nothing_of_a_model_is_forgotten(day: int, scenario: Scenario, town: Town, tmp_path: Path) -> None:
    """Whatever a model is made of, at any depth: an attribute that is added later and not saved comes up here."""
    model = on_day(scenario, town, day)
    loaded = ProtestModel.load(model.save(tmp_path / "a.model"), town=town)
    expected = anatomy(model, {}, [])
    for other in (model.branch(), loaded):
        assert anatomy(other, {}, []) == expected
    assert "amount" in str(expected)
    assert "jailed_until" in str(expected)


def test_a_model_and_its_branch_share_nothing_that_changes(scenario: Scenario, town: Town) -> None:
    model = on_day(scenario, town, 20)
    other = model.branch()
    before = anatomy(model, {}, [])
    other.run_for()
    other.citizens.set("fear", 1.0)
    assert anatomy(model, {}, []) == before
    assert other.town.people is model.town.people, "but the town is one"


def test_an_answer_on_its_way_is_saved(scenario: Scenario, town: Town) -> None:
    """No law of this scenario takes so long to deliver one that a day ends meanwhile."""
    model = on_day(scenario, town, 12)
    assembly = next(one for one in model.pending() if one.filing is not None)
    task = model.at_desk(15, model.hear_of_answer, assembly)
    assembly.filing.events.append(task)
    other = model.branch()
    (found,) = (one for one in other.clock.waiting if one.act == other.hear_of_answer)
    assert found.args[0].number == assembly.number
    assert found.args[0] is not assembly
    assert found in found.args[0].filing.events
    assert other.run_for().digest == model.run_for().digest


def test_a_model_saved_twice_is_one_file_twice(scenario: Scenario, town: Town, tmp_path: Path) -> None:
    model = on_day(scenario, town, 20)
    first, second = (model.save(tmp_path / name) for name in ("a.model", "b.model"))
    assert first.read_bytes() == second.read_bytes()
    again = ProtestModel.load(first, town=town).save(tmp_path / "c.model")
    assert again.read_bytes() == first.read_bytes(), "and so is a loaded model"
    assert first.stat().st_size < 100_000


def test_a_fresh_process_continues_it(scenario: Scenario, town: Town, whole: str, tmp_path: Path) -> None:
    """There the town is built from what the file says."""
    path = on_day(scenario, town, 20).save(tmp_path / "a.model")
    code = f"from sim.model import ProtestModel; print(ProtestModel.load({str(path)!r}).run_for().digest)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == whole


# -- two laws --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"reforms": REFORMS[:1]},
        {"reforms": [REFORMS[0], {**REFORMS[1], "law": "no-law"}]},
        {"reforms": [REFORMS[0], {**REFORMS[1], "date": "2019-03-21"}]},
        {"emergencies": [EMERGENCIES[0], {**EMERGENCIES[1], "until": "2019-04-30"}]},
        {"shocks": [ELECTION, {**ELECTION, "date": "2019-03-21", "issue": "city"}]},
        {"scenario__days": 50},
        {"scenario__days": 24, "reforms": REFORMS[:1]},
        {"scenario__title": "Another title"},
    ],
    ids=str,
)
def test_a_branch_into_another_scenario_is_that_scenario_from_the_start(
    changes: dict[str, Any], eventful: Eventful, scenario: Scenario, town: Town, tmp_path: Path
) -> None:
    """On the day before the first of these changes: day 20 ends, and day 20 counted from 0 is the first to come."""
    other = eventful(**changes)
    expected = ProtestModel(other, rng=SEED, town=town).run_for().to_bytes()
    model = on_day(scenario, town, 20)
    assert model.branch(other).run_for().to_bytes() == expected
    assert ProtestModel.load(model.save(tmp_path / "a.model"), other, town).run_for().to_bytes() == expected


def test_on_the_very_day_of_a_reform_it_can_still_be_undone_and_on_the_next_no_more(
    eventful: Eventful, scenario: Scenario, town: Town
) -> None:
    without = eventful(reforms=[])
    eve = on_day(scenario, town, FIRST)
    assert eve.branch(without).run_for() == ProtestModel(without, rng=SEED, town=town).run_for()
    with pytest.raises(
        ModelError, match=r"15 days of 'seminar' are no past of 'seminar': the two differ in reforms \(from day 14\)"
    ):
        on_day(scenario, town, FIRST + 1).branch(without)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"police__style": 0.1},
            r"differ in police\.style \(from day 0\)\. They may differ in .* of day 5 and later.*from the start",
        ),
        ({"law": "kazakhstan/1995"}, r"law\..* \(from day 0\).*and \d+ more"),
        ({"shocks": []}, None),
        ({"emergencies": [{**EMERGENCIES[0], "since": "2019-03-04"}]}, r"emergencies \(from day 3\)"),
        ({"scenario__start": "2019-03-02"}, r"scenario\.start \(from day 0\)"),
        ({"town__people__adults": 4001}, r"town\.people\.adults \(from day 0\)"),
        ({"scenario__days": 4, "shocks": [], "reforms": []}, r"scenario\.days \(from day 4\)"),
    ],
    ids=str,
)
def test_another_past_is_refused(
    changes: dict[str, Any], words: str | None, eventful: Eventful, scenario: Scenario, town: Town
) -> None:
    model, other = on_day(scenario, town, 5), eventful(**changes)
    if words is None:  # struck later
        assert model.branch(other).days_lived == 5
        return
    with pytest.raises(ModelError, match=words):
        model.branch(other)


def test_notes_and_sources_make_no_other_past(eventful: Eventful, scenario: Scenario, town: Town) -> None:
    other = eventful(town__people__source="a register", police__source="counted", scenario__notes=["a note"])
    assert other.town != scenario.town
    assert on_day(scenario, town, 20).branch(other).run_for() == ProtestModel(other, rng=SEED).run_for()


def test_the_example_of_the_docs_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
    section = text.partition("## Saving and branching")[2].partition("\n## ")[0]
    (example,) = re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/model.md", "exec"), {})
    assert (tmp_path / "eve.model").is_file()


# -- what a user has beside it ---------------------------------------------------------------------------------------------


class Counting(ProtestModel):
    """A model as Mesa's users write them, with a collector of its own."""

    def __init__(self, scenario: Scenario, *, rng: int, town: Town | None = None) -> None:
        super().__init__(scenario, rng=rng, town=town)
        self.collector = mesa.DataCollector(model_reporters=ProtestModel.reporters)

    def step(self) -> None:
        super().step()
        self.collector.collect(self)


def test_a_collector_begins_anew_with_totals_that_go_on(scenario: Scenario, town: Town) -> None:
    model = Counting(scenario, rng=SEED, town=town)
    model.run_for(20)
    other = model.branch()
    assert type(other) is Counting
    assert len(other.collector.get_model_vars_dataframe()) == 0, "what was collected is not carried over, nor collected again"
    model.run_for()
    other.run_for()
    rows, later = (one.collector.get_model_vars_dataframe() for one in (model, other))
    assert len(later) == DAYS - 20
    np.testing.assert_array_equal(rows.iloc[20:].to_numpy(), later.to_numpy())


def test_what_would_be_lost_is_refused(scenario: Scenario, town: Town) -> None:
    def ring() -> None:
        pass

    for add, words in (
        (lambda model: model.schedule_event(ring, at=30.0), r"1 event\(s\) on Mesa's clock"),
        (mesa.Agent, r"1 agent\(s\)"),
        (lambda model: model.at_desk(30, ring), "task on the clock.*ring"),
    ):
        model = on_day(scenario, town, 3)
        _kept = add(model)
        with pytest.raises(ModelError, match=words):
            model.branch()


def test_a_model_is_saved_between_days(scenario: Scenario, town: Town) -> None:
    model = on_day(scenario, town, 3)
    model.run_until(3.5)
    with pytest.raises(ModelError, match=r"between days.*found time 3\.5"):
        model.branch()

    class Hasty(ProtestModel):
        def step(self) -> None:
            self.branch()

    with pytest.raises(ModelError, match="between days"):
        Hasty(scenario, rng=SEED, town=town).run_for(1)


# -- the file --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(scenario: Scenario, town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return on_day(scenario, town, 20).save(tmp_path_factory.mktemp("saved") / "deep" / "a.model")


def test_a_file_is_not_replaced_without_being_told_to(saved: Path, scenario: Scenario, town: Town, tmp_path: Path) -> None:
    model, path = on_day(scenario, town, 1), tmp_path / "a.model"
    path.write_bytes(saved.read_bytes())
    with pytest.raises(OutputError, match=r"is there already.*force=True"):
        model.save(path)
    assert ProtestModel.load(path, town=town).today == 19
    model.save(path, force=True)
    assert ProtestModel.load(path, town=town).days_lived == 1
    foreign = tmp_path / "thesis.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("thesis.tex", "years of work")
    for other in (foreign, tmp_path):
        with pytest.raises(OutputError, match="no model saved by protestlaw, so it is not replaced"):
            model.save(other, force=True)
    with pytest.raises(OutputError, match="cannot be saved"):
        model.save(foreign / "a.model")
    assert {one.name for one in tmp_path.iterdir()} == {"a.model", "thesis.zip"}, "nothing is left lying about"


class Payload:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, ("raise SystemExit('executed')",)


def with_part(saved: Path, path: Path, **parts: bytes) -> Path:
    """The saved model with parts replaced; the header is not told."""
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.partition(".")[0], old.read(name)))
    return path


def test_what_is_no_saved_model_is_refused(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no saved model at"):
        ProtestModel.load(tmp_path / "none.model")
    whole = saved.read_bytes()
    for number, content in enumerate((b"", b"hello", pickle.dumps(Payload()))):
        path = tmp_path / f"{number}.model"
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"is no model saved by protestlaw. Load a file that"):
            ProtestModel.load(path)
    for place in (1000, len(whole) // 2, len(whole) - 10):
        (tmp_path / "short.model").write_bytes(whole[:place])
        with pytest.raises(ModelError, match=r"is damaged and cannot be loaded.*Save the model again"):
            ProtestModel.load(tmp_path / "short.model")


@pytest.mark.parametrize("at", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_file_that_was_changed_is_refused(at: float, saved: Path, tmp_path: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[int(at * len(content))] ^= 0xFF
    (tmp_path / "a.model").write_bytes(content)
    with pytest.raises(ModelError, match=r"is damaged|is no model saved"):
        ProtestModel.load(tmp_path / "a.model")


def test_nothing_in_a_file_is_executed(saved: Path, tmp_path: Path) -> None:
    """Even where the header vouches for it: arrays of objects, which numpy would unpickle, are refused."""
    columns = io.BytesIO()
    np.savez(columns, **{"fear.r": np.array([0], np.int32), "fear.v": np.array([Payload()], object)})
    with zipfile.ZipFile(saved) as archive:
        header = json.loads(archive.read("header.json"))
    header["sha256"]["columns.npz"] = hashlib.sha256(columns.getvalue()).hexdigest()
    path = with_part(saved, tmp_path / "a.model", columns=columns.getvalue(), header=json.dumps(header).encode())
    with pytest.raises(ModelError, match=r"is damaged.*allow_pickle"):
        ProtestModel.load(path)
    with pytest.raises(ModelError, match=r"state\.json is not what was saved"):
        ProtestModel.load(with_part(saved, tmp_path / "b.model", state=b"{}"))


def test_a_file_of_another_version_is_refused(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        header = json.loads(archive.read("header.json"))
    for key, value in (("made_by", {**header["made_by"], "Mesa": "3.4"}), ("format", "protestlaw model 2")):
        path = with_part(saved, tmp_path / "a.model", header=json.dumps({**header, key: value}).encode())
        with pytest.raises(ModelError, match=r"was saved by .*(3\.4|model 2).*run 'seminar' with seed 1 for 20 days again"):
            ProtestModel.load(path)


def test_a_town_that_is_another_is_refused(saved: Path, scenario: Scenario) -> None:
    other = ProtestModel(scenario, rng=2).town
    with pytest.raises(ModelError, match="built for another seed"):
        ProtestModel.load(saved, town=other)


@pytest.mark.parametrize(("flag", "method"), [(1, 8), (0, 99)], ids=["as if encrypted", "packed in an unknown way"])
def test_an_archive_that_says_it_cannot_be_read_is_refused(flag: int, method: int, saved: Path, tmp_path: Path) -> None:
    """Bytes that zip readers believe: whether a part is encrypted, and how it is packed."""
    content = bytearray(saved.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # of each part, at its place and in the directory
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= flag
            content[place + at + 2] = method
            place = content.find(mark, place + 1)
    (tmp_path / "a.model").write_bytes(content)
    with pytest.raises(ModelError, match=r"is damaged and cannot be loaded.*Save the model again"):
        ProtestModel.load(tmp_path / "a.model")
