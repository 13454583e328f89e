"""Names as Stata takes them: at most 32 letters, digits and underscores."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final

__all__ = ["LONGEST", "stata_names"]

LONGEST: Final = 32

_RIGHT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")

_RESERVED: Final = frozenset(
    {"_all", "_b", "_coef", "_cons", "_N", "_n", "_pi", "_pred", "_rc", "_se", "_skip", "_weight"}
    | {"byte", "double", "float", "if", "in", "int", "long", "strL", "using", "with"}
)
"""Words that are no names (Stata's manual, [U] 11.3), besides ``str1`` to ``str2045``."""


def stata_names(names: Iterable[str]) -> dict[str, str]:
    """A name in Stata for each name.

    A name that Stata takes stays as it is. In the others every other character becomes an underscore (``law.threshold`` is
    ``law_threshold``); one that begins with a digit, or is a word of Stata's, gets an underscore before it. If that is too long
    or taken, its first 27 characters stand, an underscore, and the first four hexadecimal digits of the SHA-256 of the whole
    name; more digits if that is taken too. Names are given in alphabetical order, so that the same names always become the same.
    """
    wanted = sorted(set(names))
    given = {name: name for name in wanted if _fits(name)}
    taken = set(given)
    for name in wanted:
        if name in given:
            continue
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name) or "_"
        if not _fits(plain[:LONGEST]):
            plain = f"_{plain}"
        found, digits = plain, 4
        while len(found) > LONGEST or found in taken:
            mark = hashlib.sha256(name.encode()).hexdigest()[:digits]
            found = f"{plain[: LONGEST - 1 - digits]}_{mark}"
            digits += 1
        given[name] = found
        taken.add(found)
    return given


def _fits(name: str) -> bool:
    return bool(_RIGHT.fullmatch(name)) and name not in _RESERVED and not re.fullmatch(r"str[0-9]+", name)
