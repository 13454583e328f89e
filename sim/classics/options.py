"""From ``name=value`` on the command line to the options of a classic."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sim.classics.classic import Classic, Option
from sim.errors import InputError, Problem, did_you_mean

__all__ = ["chosen"]

type Value = float | int | str


def chosen(classic: Classic, settings: Iterable[str]) -> dict[str, Value]:
    """Every option of a classic by name: as set, or else as it is if nothing is said. The later setting holds.

    Args:
        classic: whose options they are.
        settings: ``name=value``.

    Raises:
        InputError: with everything that is wrong.
    """
    known = {option.name: option for option in classic.options}
    values = {option.name: option.default for option in classic.options}
    problems = []
    for setting in settings:
        name, equals, written = (part.strip() for part in setting.partition("="))
        if not equals:
            problems.append(Problem(name, "no value", f"{name or 'name'}=value"))
        elif name not in known:
            allowed = ", ".join(known) or "no option at all"
            problems.append(Problem(name, "an unknown option", allowed, did_you_mean(name, known)))
        elif (value := _read(known[name], written)) is None:
            option = known[name]
            words = [] if _is_number(option) else [str(word) for word in option.allowed]
            problems.append(Problem(name, repr(written), allowed_values(option), did_you_mean(written, words)))
        else:
            values[name] = value
    if problems:
        raise InputError(f"classics {classic.name}", problems)
    return values


def allowed_values(option: Option) -> str:
    """What an option may be, in words."""
    if not _is_number(option):
        return ", ".join(str(word) for word in option.allowed)
    least, most = option.allowed
    return f"a {'whole ' if isinstance(option.default, int) else ''}number from {least:,} to {most:,}"


def _is_number(option: Option) -> bool:
    return not isinstance(option.default, str)


def _read(option: Option, written: str) -> Value | None:
    """The value that is written, or nothing if the option may not have it."""
    if not _is_number(option):
        return written if written in option.allowed else None
    least, most = option.allowed
    try:
        value = int(written) if isinstance(option.default, int) else float(written)
    except ValueError:
        return None
    return value if math.isfinite(value) and float(least) <= value <= float(most) else None
