"""Nothing is lost between a run and its tables: real runs of the seminar, and records made up by hypothesis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measurement import COLUMNS, Measured, measure, tables
from sim.model import ProtestModel
from sim.population import Town
from sim.record import FATES, Arrested, CalledOff, Filed, Held, Planned, Prevented, Record, Sanctioned, Waited
from sim.scenario import Scenario

Run = tuple[ProtestModel, Measured]


def test_every_planned_assembly_ends_in_one_fate(run: Run) -> None:
    model, found = run
    assert len(found.assemblies) == sum(1 for _ in model.record.of(Planned)) > 0
    assert found.assemblies["assembly"].is_unique
    assert set(found.assemblies["fate"]) <= set(FATES)
    counts = found.assemblies["fate"].value_counts()
    for fate, kind in {"held": Held, "called_off": CalledOff, "prevented": Prevented}.items():
        assert counts.get(fate, 0) == sum(1 for _ in model.record.of(kind))


def test_tables_add_up_to_the_accounts_of_the_citizens(run: Run) -> None:
    model, found = run
    state, rows = model.citizens.state, found.assemblies
    if model.regime.regime.jurisdiction == "Kazakhstan":  # there is something to add up
        assert rows[["arrests", "punished", "organiser_sanctions"]].sum().min() > 0
    assert rows["fines"].sum() == pytest.approx(state.fines.sum())
    assert rows["jail_days"].sum() == state.jail_days.sum()
    assert rows["arrests"].sum() == state.arrests.sum()
    assert rows["punished"].sum() == state.sanctions.sum()
    assert rows["adults"].sum() == state.attended.sum()
    assert rows["expelled"].sum() == state.expelled.sum()
    quintiles = found.citizens[found.citizens["group"] == "income_quintile"].set_index("level")
    order = np.argsort(model.town.people.income, kind="stable")
    for level, part in enumerate(np.array_split(order, 5), 1):
        assert quintiles.loc[str(level), "attendances"] == pytest.approx(state.attended[part].sum(), abs=2)
    assert found.indicators["unique_participants"] == np.count_nonzero(state.attended)


def test_tables_add_up_to_the_accounts_of_the_organisers(run: Run) -> None:
    model, found = run
    by_organiser = found.assemblies.groupby("organiser")[["organiser_fine", "organiser_jail_days"]].sum()
    for organiser in model.organisers:
        fine, jail = by_organiser.loc[organiser.number] if organiser.number in by_organiser.index else (0.0, 0)
        assert (fine, jail) == (pytest.approx(organiser.fines), organiser.jail_days)


def test_days_add_up_to_assemblies(run: Run) -> None:
    _, found = run
    days, rows = found.days, found.assemblies
    assert len(days) == 240
    same = {"attendance": "turnout", "organiser_fines": "organiser_fine"}
    names = ("attendance", "officers", "terminated", "dispersed", "arrests", "punished", "fines", "jail_days", "organiser_fines")
    for name in (*names, "organiser_jail_days", "covered"):
        assert days[name].sum() == pytest.approx(rows[same.get(name, name)].sum()), name
    for fate in ("held", "called_off", "prevented"):
        assert days[fate].sum() == (rows["fate"] == fate).sum()
    assert days["filings"].sum() == rows["attempts"].sum() == (found.filings["step"] == "filed").sum()
    assert days["answers"].sum() == len(found.answers)
    assert len(found.observed) == rows["covered"].sum()


def test_a_run_keeps_to_the_words_of_the_codebook(run: Run) -> None:
    for name, table in run[1].by_name().items():
        for column in COLUMNS[name]:
            if column.levels:
                assert {word for value in table[column.name] for word in value.split(";")} <= set(column.levels), column.name


def test_shares_are_shares(run: Run) -> None:
    found = run[1].indicators.drop("bunching_mass")
    shares = [name for name in found.index if name.endswith(("_share", "_rate")) or "_share_" in name or "_rate_" in name]
    assert found[shares].dropna().between(0, 1).all()
    assert (found.dropna() >= 0).all()
    assert run[1].indicators["lawful_share_throughout"] <= run[1].indicators["lawful_share_start"]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records in which assemblies are planned, filed, held or not, and people punished, in every combination."""
    happenings = []
    for number in range(draw(st.integers(0, 12))):
        day = draw(st.integers(0, 9))
        date = draw(st.integers(day, 14))
        owed = draw(st.sampled_from(["exempt", "notification", "permit", "none"]))
        files = owed in {"notification", "permit"} and draw(st.booleans())
        how = (
            draw(st.sampled_from(["loyal", "social", "opposition"])),
            "informal",
            0,
            "expected",
            "rally",
            draw(st.integers(0, 5)),
        )
        happenings.append(
            Planned(day, number, number % 5, day, 0, *how, date, 10.0, draw(st.integers(1, 500)), owed, None, files)
        )
        if files:
            happenings.append(Filed(day, number, number, 1, owed, 10, 0, date, date - day, draw(st.booleans()), True, None))
        if date > 9:
            continue
        fate = draw(st.sampled_from(["held", "called_off", "prevented"]))
        if fate != "held":
            kind = CalledOff if fate == "called_off" else Prevented
            happenings.append(kind(date, number, "forecast" if fate == "called_off" else "organiser_detained"))
            continue
        goers = tuple(sorted(draw(st.sets(st.integers(0, 9), min_size=1))))
        breaches = tuple(draw(st.sets(st.sampled_from(["no_filing", "wrong_place"]))))
        happenings.append(Held(date, number, 10, len(goers), draw(st.integers(0, 3)), 2, not breaches, breaches, goers))
        detained = tuple(sorted(draw(st.sets(st.sampled_from(goers)))))
        if detained:
            happenings.append(Arrested(date, number, detained))
        for who in sorted(draw(st.sets(st.sampled_from(goers)))):
            role = "foreigner" if who == 9 else "participant"
            fine, jail = draw(st.integers(0, 100)), draw(st.integers(0, 15))
            happenings.append(
                Sanctioned(date, number, role, who, "no_filing", who in detained, fine, 0.5, jail, False, False, False)
            )
    happenings += [Waited(draw(st.integers(0, 9)), 3) for _ in range(draw(st.integers(0, 3)))]
    log = Record()
    for happening in sorted(happenings, key=lambda one: one.day):
        log.add(happening)
    return log


@settings(max_examples=60, deadline=None)
@given(records())
def test_whatever_happens_nothing_is_lost(scenario: Scenario, town: Town, record: Record) -> None:
    found = tables(record, scenario, town)
    rows, days, people = found.assemblies, found.days, found.citizens.groupby("group")
    for name in ("fines", "jail_days", "arrests"):
        assert rows[name].sum() == days[name].sum()
        assert (people[name].sum() == rows[name].sum()).all()
    assert (people["attendances"].sum() == rows["adults"].sum()).all()
    assert rows["turnout"].sum() == days["attendance"].sum()
    assert (rows["fate"] == "pending").sum() == (rows["day"] > 9).sum()
    assert (
        len(rows) == days["planned"].sum() == days[["held", "called_off", "prevented"]].to_numpy().sum() + (rows["day"] > 9).sum()
    )
    assert (rows["lawful_throughout"] <= rows["lawful_at_start"]).all()
    measured = measure(record, scenario, town)
    assert measured.indicators.drop("bunching_mass").dropna().ge(0).all()
