"""What a page asks of the server: read, bounded, and refused in words if it is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sim.errors import InputError, Problem

__all__ = ["MOST_BYTES", "Asked", "asked_of"]

MOST_BYTES: Final = 8_000
"""What a question may take: two laws of ten levers take some 500 bytes."""

_LAWS: Final = 2
_LEVERS: Final = 40
_ASKED: Final = "what is asked for"
_VISITOR: Final = r"[a-z0-9]{8,32}"


class Asked(NamedTuple):
    """A question.

    Attributes:
        visitor: a name that a browser gives itself. laws: by lever, the name of a level or a number; of each law.
        have: how many runs of each law the page has already.
    """

    visitor: str
    laws: tuple[Mapping[str, object], ...]
    have: tuple[int, ...]


def asked_of(body: bytes) -> Asked:
    """The question that a page asks.

    Raises:
        InputError: if it is none, with everything that is wrong with it.
    """
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise InputError(_ASKED, [Problem("", "no JSON", "a JSON object")]) from None
    if not isinstance(said, dict):
        raise InputError(_ASKED, [Problem("", type(said).__name__, "a JSON object")])
    known = ("visitor", "laws", "have")
    problems = [Problem(str(key)[:40], "an unknown key", ", ".join(known)) for key in said if key not in known]
    visitor, laws = said.get("visitor"), said.get("laws")
    if not isinstance(visitor, str) or not re.fullmatch(_VISITOR, visitor):
        problems.append(Problem("visitor", repr(visitor)[:40], "8 to 32 small letters and digits"))
    if not isinstance(laws, list) or not 1 <= len(laws) <= _LAWS:
        problems.append(Problem("laws", "no list, or too long a one", f"a list of one law or {_LAWS}"))
        laws = []
    for place, law in enumerate(laws):
        if not isinstance(law, dict) or len(law) > _LEVERS:
            problems.append(Problem(f"laws.{place}", "no law", f"an object: by lever, a level or a number; at most {_LEVERS}"))
    have = said.get("have", [0] * len(laws))
    if not isinstance(have, list) or len(have) != len(laws) or not all(type(one) is int and one >= 0 for one in have):
        problems.append(Problem("have", repr(have)[:40], "a whole number from 0 for each law"))
    if problems:
        raise InputError(_ASKED, problems)
    return Asked(str(visitor), tuple(laws), tuple(have))
