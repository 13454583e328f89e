"""A page with made tables in it: each stands between two comments, the first of which says what it is.

::

    <!-- made: schedule -->
    <!-- end -->
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sim.errors import ModelError, did_you_mean
from sim.interface.odd import constants, entities, happenings, indicators, parameters, schedule, streams, texts

__all__ = ["TABLES", "current"]

TABLES: Final[Mapping[str, Callable[[], str]]] = {
    **entities.TABLES,
    **schedule.TABLES,
    **texts.TABLES,
    **parameters.TABLES,
    **constants.TABLES,
    **streams.TABLES,
    **happenings.TABLES,
    **indicators.TABLES,
}
"""Every table there is by name."""

_MARK: Final = re.compile(r"<!-- made: (.*?) -->\n")
_END: Final = "<!-- end -->"


def current(text: str) -> str:
    """A page with its tables as the code has them now; everything else stays as it stands.

    Raises:
        ModelError: if a table is unknown, its end is not marked, or the code has what no table describes.
    """
    done, rest = "", text
    while mark := _MARK.search(rest):
        name = mark[1]
        if name not in TABLES:
            near = did_you_mean(name, TABLES)
            raise ModelError(f"no table is called {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        end, following = rest.find(_END, mark.end()), _MARK.search(rest, mark.end())
        if end < 0 or (following and following.start() < end):
            raise ModelError(f"the end of the table {name!r} is not marked; write {_END} after it")
        done += f"{rest[: mark.end()]}\n{TABLES[name]()}\n"
        rest = rest[end:]
    return done + rest
