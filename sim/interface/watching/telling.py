"""The day in words: its date, the law in force, and each assembly with what became of it."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import pandas as pd

from sim.interface.figuring.statuses import STATUSES, statuses
from sim.interface.reasons.telling import ENDED, REASONS, form, plural
from sim.interface.watching.seen import Seen
from sim.law import OFFENCES

__all__ = ["of_assembly", "of_day"]

_SIGNS: Final = ("●", "◆", "▲", "✕", "■")
"""The markers of :data:`~sim.interface.figuring.statuses.STATUSES` as letters."""

_MANY: Final = 12
"""Assemblies of a day that are told one by one, the largest first."""


def of_day(seen: Seen) -> str:
    """The day as HTML: date, law, assemblies."""
    about, today = seen.setting.about, seen.today
    date = f"{seen.date:%A} {seen.date.day} {seen.date:%B %Y}"
    kind = "a working day" if seen.working else "a day off"
    count = f"Day {seen.days:,} of {about.days:,}, {kind}" if seen.days else f"Before the first of {about.days:,} days"
    lines = [f'<h2 class="watch-date">{date}</h2>', f"<p>{count}. Law in force: {escape(seen.law.regime.title)}.</p>"]
    if seen.over:
        over = "The scenario is over: this was its last day. Reset starts it again; so does any change of a lever."
        lines.append(f'<p class="watch-over" role="status">{over}</p>')
    lines.append(f"<h3>{_headline(seen)}</h3>")
    if len(today):
        shown = today.sort_values("turnout", ascending=False, kind="stable")
        items = "".join(_item(row, sign) for row, sign in zip(shown.to_dict("records"), _marks(shown), strict=True) if sign)
        lines.append(f'<ul class="watch-list">{items}</ul>')
        if len(shown) > _MANY:
            lines.append(f"<p>And {len(shown) - _MANY:,} smaller ones.</p>")
    return "".join(lines)


def _headline(seen: Seen) -> str:
    today = seen.today
    if not seen.days:
        return "Press Step for a day, or ▶ to play"
    if today.empty:
        return "No assembly was to be held today"
    held = int((today["fate"] == "held").sum())
    return f"Today: {plural(held, 'assembly', 'assemblies')} held, {len(today) - held:,} not held"


def _marks(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Letter, colour and name of the status of each assembly; a bar for those not held; nothing beyond the most that are told."""
    places = statuses(rows)
    held = rows["fate"] == "held"
    marks = [
        (_SIGNS[place], STATUSES[place].colour, STATUSES[place].name) if is_held else ("|", "#555555", "not held")
        for place, is_held in zip(places, held, strict=True)
    ]
    return marks[:_MANY] + [("", "", "")] * (len(marks) - _MANY)


def _item(row: Any, mark: tuple[str, str, str]) -> str:
    sign, colour, name = mark
    if not sign:
        return ""
    return f'<li><span style="color:{colour}" aria-hidden="true">{sign}</span> {escape(of_assembly(row, name))}</li>'


def of_assembly(row: Any, status: str) -> str:
    """An assembly in a sentence or two.

    Args:
        row: of the table of assemblies, by column. status: its legal status in words.
    """
    alone = row["form"] == "single_picket"
    size = "" if alone else f"declared {row['declared']:,}, "
    what = f"{form(row['form']).capitalize()} at {row['site']} ({row['stance']}, {row['issue']}): {size}"
    if row["fate"] != "held":
        fate = "called off" if row["fate"] == "called_off" else "prevented"
        return f"{what}{fate}, since {REASONS[row['fate_reason']]}."
    said = f"{what}{row['turnout']:,} came; {status}{_offences(row)}."
    if row["terminated"]:
        force = " and dispersed it by force" if row["dispersed"] else ""
        said += f" The police ended it, since {ENDED[row['termination_reason']]}{force}."
    if row["arrests"]:
        said += f" {plural(row['arrests'], 'person')} arrested."
    return said


def _offences(row: Any) -> str:
    words = [OFFENCES[word] for word in row["breached"].split(";") if word]
    return f" ({'; '.join(words)})" if words else ""
