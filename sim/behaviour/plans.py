"""Every plan that law, town and calendar leave open for an occasion, written down as rows (:data:`sim.behaviour.ways.WAY`)."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from sim.behaviour.ways import (
    EXEMPT,
    EXPECTED,
    KINDS,
    NOTIFICATION,
    OUTSIDE,
    PERMIT,
    PHANTOM,
    PICKET,
    SMALL,
    SPLIT,
    SPONTANEOUS,
    STANDING,
    UNDER,
    UNFILED,
)
from sim.kernels import jit

__all__ = ["expect", "owes", "plans", "procedure_of", "round_size"]

_AHEAD: Final = 6
"""Days after the day meant among which a free day is looked for: a week in all."""


@jit
def round_size(persons: float) -> int:
    """A size as people say it: by 5, from 50 by 10, from 200 by 50, from 1,000 by 100 (empirics.md, section 5)."""
    size = max(1.0, persons)
    step = 1 if size < 10 else 5 if size < 50 else 10 if size < 200 else 50 if size < 1000 else 100
    return max(1, round(size / step) * step)


@jit
def expect(date: int, lawful: bool, effort: float, m: Any, board: Any) -> Any:
    """Persons expected on a day: those of the following whom the call reaches by then, times the share thought to come."""
    mood = board.days[date - m.date].shock + m.surplus
    log = m.log_yield[int(lawful)] + m.forecast_gain * mood + m.optimism + m.forecast_error * m.error
    reached = 1.0 - math.pow(m.half, (date - m.day + 0.5) / m.mobilising)
    return max(1.0, effort * reached * m.followers * math.exp(min(log, 0.0)))


@jit
def _row(form: int, site: int, size: int, board: Any) -> int:
    """The procedure row for a size, or -1."""
    cell = form * KINDS + board.sites[site].kind
    found = -1
    for k in range(board.first[cell], board.first[cell + 1]):
        if board.starts[k] > size:
            break
        found = board.rows[k]
    return found


@jit
def procedure_of(way: Any, board: Any) -> int:
    """What it owes; what the law does not speak of, or leaves outside itself, is exempt."""
    return EXEMPT if way.outside or way.row < 0 else board.duties[way.row].procedure


@jit
def owes(way: Any, board: Any) -> bool:
    """Whether the law wants a filing for it."""
    procedure = procedure_of(way, board)
    return procedure in (NOTIFICATION, PERMIT) and way.strategy != SPONTANEOUS


@jit
def _plan(way: Any, strategy: int, form: int, site: int, date: int, declared: int, effort: float, public: bool, row: int) -> None:
    """Write a plan down that files nothing."""
    way.strategy, way.form, way.site, way.date, way.declared, way.row = strategy, form, site, date, declared, row
    way.effort, way.public, way.files, way.outside, way.parts = effort, public, False, False, 1


@jit
def _file_in_time(way: Any, m: Any, board: Any) -> None:
    """File what is owed, for a day for which that is in time: that of the occasion or the first later one.

    Where the law accepts late notice when earlier notice was not possible, the day of the occasion it is: nobody knew of it
    before. Only leave that must be waited for takes a day at least.
    """
    way.files = owes(way, board)
    way.date = m.date
    if way.files:
        wait = m.day + (board.duties[way.row].procedure == PERMIT)
        way.date = max(m.date, wait if m.late else board.duties[way.row].soonest)


@jit
def _on_next_day_off(ways: Any, n: int, m: Any, board: Any) -> int:
    """The plan of row ``n - 1`` a second time, on the next day off, if that is another day. Returns the number of rows."""
    date = ways[n - 1].date
    for day in range(date, date + _AHEAD + 1):
        if not board.days[day - m.date].working:
            if day != date:
                ways[n] = ways[n - 1]
                ways[n].date = day
                return n + 1
            return n
    return n


@jit
def _at(form: int, site: int, ways: Any, n: int, m: Any, board: Any) -> int:
    """Every way of holding a form at a site, from row ``n`` on. Returns the number of rows."""
    draft = ways[n]
    size = round_size(expect(m.date, True, 1.0, m, board))
    _plan(draft, EXPECTED, form, site, m.date, size, 1.0, True, _row(form, site, size, board))
    _file_in_time(draft, m, board)  # the law may put it off, and then more have heard of it
    forecast = expect(draft.date, True, 1.0, m, board)
    declared = round_size(forecast)
    row = _row(form, site, declared, board)
    cell = form * KINDS + board.sites[site].kind
    limit = 0  # the largest size below the last step that one would pass
    for k in range(board.steps_first[cell], board.steps_first[cell + 1]):
        if 2 <= board.steps[k] <= declared:
            limit = board.steps[k] - 1
    _plan(draft, EXPECTED, form, site, m.date, declared, 1.0, True, row)
    _file_in_time(draft, m, board)
    owing = owes(draft, board)
    n = _on_next_day_off(ways, n + 1, m, board)
    if limit:
        of_limit = _row(form, site, limit, board)
        _plan(ways[n], SMALL, form, site, m.date, limit, min(1.0, m.small_room * limit / forecast), True, of_limit)
        _file_in_time(ways[n], m, board)
        _plan(ways[n + 1], UNDER, form, site, m.date, limit, 1.0, True, of_limit)
        _file_in_time(ways[n + 1], m, board)
        n += 2
        parts = -(-declared // limit)
        if 2 <= parts <= m.most_parts:
            each = min(limit, round_size(forecast / parts))
            _plan(ways[n], SPLIT, form, site, m.date, each, 1.0 / parts, True, _row(form, site, each, board))
            ways[n].parts = parts
            _file_in_time(ways[n], m, board)
            n += 1
    else:
        few = round_size(m.small_share * forecast)
        _plan(ways[n], SMALL, form, site, m.date, few, m.small_share, False, _row(form, site, few, board))
        _file_in_time(ways[n], m, board)
        n += 1
    if owing:
        _plan(ways[n], UNFILED, form, site, m.date, declared, 1.0, False, row)
        n = _on_next_day_off(ways, n + 1, m, board)
        if m.reactive and m.date - m.day <= m.at_once:
            _plan(ways[n], SPONTANEOUS, form, site, m.date, declared, 1.0, True, row)
            n += 1
        if m.exclusive and m.rivals > 0.0:
            _plan(ways[n], PHANTOM, form, site, m.date, declared, 0.0, False, row)
            _file_in_time(ways[n], m, board)
            n += 1
    return n


@jit
def _site(which: int, form: int, m: Any) -> Any:
    """The symbolic place, the ordinary one in mind, the best designated one if the law binds to those; -1 for one again."""
    if which == 0:
        return np.int64(m.symbolic)
    if which == 1:
        return np.int64(m.site if m.site != m.symbolic else -1)
    best = m.designated[form]
    return np.int64(-1 if best in (m.symbolic, m.site) else best)


@jit
def _outside_the_law(ways: Any, n: int, m: Any, board: Any) -> int:
    """A gathering of a kind that the law leaves outside itself, if the law asks anything of what one has in m."""
    if not m.outside:
        return n
    forecast = expect(m.date, True, 1.0, m, board)
    row = _row(m.form, m.site, round_size(forecast), board)
    binds = (row >= 0 and board.duties[row].procedure != EXEMPT) or board.sites[m.site].prohibited
    if not binds:
        return n
    size = min(m.room_indoors, forecast)
    effort = min(1.0, size / max(forecast, 1.0))
    _plan(ways[n], OUTSIDE, 2, m.site, m.date, round_size(size), effort, False, -1)  # a meeting
    ways[n].outside = True
    return n + 1


@jit
def plans(ways: Any, m: Any, board: Any) -> int:
    """Write every plan there is for an occasion into ``ways``, but for waiting. Returns how many there are."""
    site = m.symbolic
    _plan(ways[0], PICKET, 0, site, m.date, 1, 0.0, False, _row(0, site, 1, board))
    _file_in_time(ways[0], m, board)
    n: Any = np.int64(1)
    for stands in range(2):
        form: Any = np.int64(STANDING if stands else m.form)
        if stands and m.form <= STANDING:
            break
        for which in range(3):
            site = _site(which, form, m)
            if site >= 0:
                n = _at(form, site, ways, n, m, board)
    return _outside_the_law(ways, n, m, board)
