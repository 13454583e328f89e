"""The docket of one assembly: what was due when, and what happened, from the tables of assemblies and filings and the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.calendar import Calendar, calendar_of
from sim.interface.figuring.setting import Setting
from sim.interface.figuring.statuses import STATUSES, statuses
from sim.law.amounts import Duration

__all__ = ["RULE", "Entry", "calendar_in", "docket", "most_telling"]

RULE = "the most steps in its filings; of several the largest turnout, then the lowest number"
"""How an assembly is chosen if none is named."""

type Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the docket.

    Attributes:
        what: what it is about (``Answer 2``). words: what happened, in words.
        due: by which day of the run it was due; ``None`` if by none. since: the day from which that term ran.
        done: the day on which it happened; ``None`` if it did not.
    """

    what: str
    words: str
    due: int | None
    since: int | None
    done: int | None


def most_telling(assemblies: pd.DataFrame, filings: pd.DataFrame) -> int | None:
    """The number of the assembly with :data:`RULE`; ``None`` if nothing was filed.

    Args:
        assemblies, filings: the tables of one run.
    """
    steps = filings.groupby("assembly").size()
    known = assemblies[(assemblies["strategy"] != "phantom") & assemblies["assembly"].isin(steps.index)]
    ranked = known.assign(steps=known["assembly"].map(steps))
    ranked = ranked.sort_values(["steps", "turnout", "assembly"], ascending=[False, False, True])
    return int(ranked["assembly"].iloc[0]) if len(ranked) else None


def calendar_in(setting: Setting) -> Calendar:
    """The calendar of a setting's town."""
    town = setting.town.town
    return calendar_of(setting.about.start, setting.about.days, town.country, town.subdivision)


def docket(assembly: Row, filings: pd.DataFrame, setting: Setting) -> list[Entry]:
    """The entries of an assembly, from its plan to what became of it.

    Args:
        assembly: its row of the table of assemblies. filings: its rows of the table of filings, in order.
        setting: its town and laws.
    """
    form = str(assembly["form"]).replace("_", " ")
    entries = [Entry("Planned", f"{form}, {_persons(assembly['declared_first'])}", None, None, assembly["planned_day"])]
    attempts = filings["filing"].nunique()
    for number, (_, steps) in enumerate(filings.groupby("filing", sort=True), 1):
        entries += _of_filing(assembly, steps.to_dict("records"), setting, f" {number}" if attempts > 1 else "")
    return [*entries, _end(assembly)]


def _of_filing(assembly: Row, steps: list[Any], setting: Setting, number: str) -> Iterator[Entry]:
    filed = steps[0]
    for_day, day = int(filed["for_day"]), int(filed["day"])
    latest = _latest(assembly, filed, setting)
    late = "" if filed["in_time"] else ", late"
    incomplete = "" if filed["complete"] else ", incomplete"
    declared = f"{_persons(filed['declared'])}, {setting.date(for_day):%-d %b}, {filed['site']}"
    yield Entry(f"{_PROCEDURES[filed['procedure']]}{number}", f"{declared}{late}{incomplete}", latest, None, day)
    answers = [step for step in steps if step["step"] == "answered"]
    due = None if pd.isna(filed["due_day"]) else int(filed["due_day"])
    if answers:
        silent = answers[0]["answer"].startswith("silence")
        yield Entry(f"Answer{number}", _answer(answers[0]), due, day, None if silent else int(answers[0]["day"]))
    else:
        yield Entry(f"Answer{number}", "none before the end", due, day, None)
    appealed = next((step for step in steps if step["step"] == "appealed"), None)
    if appealed is None:
        return
    yield Entry(f"Appeal{number}", f"to the {appealed['appeal_to']}", None, None, int(appealed["day"]))
    decided = next((step for step in steps if step["step"] == "appeal_decided"), None)
    words = "none before the assembly" if decided is None else "refusal reversed" if decided["reversed"] else "refusal upheld"
    if decided is not None and not decided["decided_in_time"]:
        words += ", too late for the day"
    by = None if pd.isna(appealed["appeal_due_day"]) else int(appealed["appeal_due_day"])
    yield Entry(f"Decision{number}", words, by, int(appealed["day"]), None if decided is None else int(decided["day"]))


_PROCEDURES = {"notification": "Notification", "permit": "Application"}


def _persons(number: int) -> str:
    return f"{number:,} person{'' if number == 1 else 's'}"


def _answer(step: Row) -> str:
    """An answer in words."""
    silence = {"silence_allowed": "silence, which allows", "silence_refused": "silence, which refuses"}
    if step["answer"].startswith("silence"):
        return silence.get(step["answer"], "silence, which leaves it open")
    words = "allowed" if step["answer"] == "allowed" else f"allowed for {step['allowed']:,.0f}"
    if step["answer"] == "refused":
        ground = str(step["ground"]).replace("_", " ")
        words = f"refused: {ground}" if step["ground"] not in {"", "none"} else "refused, no ground given"
    return f"{words}; offered: {step['offered_site']}" if step["offered_site"] else words


def _latest(assembly: Row, filed: Row, setting: Setting) -> int | None:
    """The last day on which a filing for that day was in time; ``None`` if the law says none."""
    law = next(term.law for term in reversed(setting.terms()) if term.first <= max(int(filed["day"]), 0))
    kind = next((site.kind for site in setting.town.sites if site.name == filed["site"]), None)
    if kind is None:
        return None
    row = law.row(assembly["form"], assembly["legal_form"], kind, int(filed["declared"]))
    if row is None or row.notice is None or row.notice_from != "assembly" or row.procedure != filed["procedure"]:
        return None
    notice: Duration = row.notice
    return calendar_in(setting).back(int(filed["for_day"]), notice.amount, notice.unit)


def _end(assembly: Row) -> Entry:
    """What became of it."""
    day = int(assembly["day"])
    if assembly["fate"] != "held":
        why = f": {str(assembly['fate_reason']).replace('_', ' ')}" if assembly["fate_reason"] else ""
        words = {"called_off": "called off", "pending": "still to come at the end"}.get(assembly["fate"], str(assembly["fate"]))
        return Entry("Assembly", f"{words}{why}", day, None, None)
    status = STATUSES[int(statuses(pd.DataFrame([assembly]))[0])].name
    ended = ", terminated" if assembly["terminated"] else ""
    return Entry("Assembly", f"{assembly['turnout']:,} came, {assembly['site']}; {status}{ended}", None, None, day)
