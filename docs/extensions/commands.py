"""The page of commands, made of the command line itself: what ``--help`` says, and what a reader of ``--help`` has to know."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, CommandInfo, ParameterInfo

from extensions.markdown import code, prose, table
from sim.interface.cli import app
from sim.interface.endings import FAILED, INTERRUPTED, WRONG

__all__ = ["commands", "exit_codes"]

type Parameter = tuple[inspect.Parameter, Any, ParameterInfo]
"""How the function has it, its type, and what the command line says of it."""


def commands() -> str:
    """Every command, by panel of ``protestlaw --help``: what it does, how it is typed, arguments, options, examples."""
    panels: dict[str, list[str]] = {}
    for name, command in _commands(app, ("protestlaw",)):
        panels.setdefault(str(command.rich_help_panel or "Commands"), []).append(_command(name, command))
    return "\n".join(f"## {panel}\n\n{''.join(told)}" for panel, told in panels.items())


def exit_codes() -> str:
    """What a command ends with."""
    meanings = {
        0: "All went as it should.",
        FAILED: "Some runs failed (the others are there), a text was found wrong by `validate`, a known answer of a classic was "
        "not met, or `diverge --reference` found that the two models disagree.",
        WRONG: "What was asked for cannot be done: a wrong text, name, key, option or folder. Nothing was run or written.",
        INTERRUPTED: "Interrupted from the keyboard. What is kept as it ends is kept, and the same command goes on from there.",
    }
    return table(("code", "meaning"), [(code(str(number)), meaning) for number, meaning in meanings.items()])


def _commands(group: typer.Typer, before: tuple[str, ...]) -> Iterator[tuple[str, CommandInfo]]:
    """The commands of an application and of those within it, by all their words."""
    for command in group.registered_commands:
        assert command.name, "a command of ours is given its name"
        yield " ".join((*before, command.name)), command
    for inner in group.registered_groups:
        assert inner.typer_instance, "a group of ours has its commands"
        assert inner.name, "a group of ours is given its name"
        yield from _commands(inner.typer_instance, (*before, inner.name))


def _command(name: str, command: CommandInfo) -> str:
    function = command.callback
    assert function, "a command of ours has a function"
    told = list(_parameters(function))
    arguments = [one for one in told if isinstance(one[2], ArgumentInfo)]
    options = [one for one in told if not isinstance(one[2], ArgumentInfo)]
    typed = " ".join([name, *(_placed(one) for one in arguments), *(["[OPTIONS]"] if options else [])])
    examples = [line for line in (command.epilog or "").splitlines() if line.startswith("protestlaw ")]
    parts = [
        f"### {name.partition(' ')[2]}\n\n{prose(command.help or inspect.getdoc(function) or '')}\n\n```text\n{typed}\n```\n",
        table(("argument", "meaning", "default"), map(_row, arguments)),
        table(("option", "meaning", "default"), map(_row, options)),
        f"{'Examples' if len(examples) > 1 else 'Example'}:\n\n```bash\n" + "\n".join(examples) + "\n```\n\n" if examples else "",
    ]
    return "".join(parts)


def _parameters(function: Any) -> Iterator[Parameter]:
    hints = get_type_hints(function, include_extras=True)
    asked = [one for one in inspect.signature(function).parameters.values() if hints[one.name] is not typer.Context]
    for parameter in asked:
        kind, *said = get_args(hints[parameter.name]) or (hints[parameter.name],)
        info = next((one for one in said if isinstance(one, ParameterInfo)), None)
        assert info is not None, f"{function.__name__}: {parameter.name} has no help"
        if not info.hidden:
            yield parameter, kind, info


def _row(one: Parameter) -> tuple[str, str, str]:
    parameter, kind, info = one
    meaning = prose(info.help or "")
    said = (info.default, *(info.param_decls or ()))  # the first name given within Annotated stands where a default could
    names = [code(name) for words in said if isinstance(words, str) and words.startswith("-") for name in words.split("/")]
    if isinstance(info, ArgumentInfo):
        typed = code(_word(one))
    else:
        names = names or [code("--" + parameter.name.replace("_", "-"))]
        value = _value(kind, info)
        typed = ", ".join(names) + (f" {code(value)}" if value else "")
    bounds = " to ".join(f"{bound:,}" for bound in (info.min, info.max) if bound is not None)
    if bounds:
        meaning += f" From {bounds}." if info.min is not None else f" Up to {bounds}."
    return typed, meaning, names[0] if len(names) == 2 and parameter.default is True else _default(parameter)


def _word(one: Parameter) -> str:
    """What stands for an argument in the line that is typed."""
    parameter, kind, info = one
    if info.metavar:
        return info.metavar.strip("[]")
    return ("|".join(_choices(kind)) or parameter.name.upper()) + ("..." if _is_list(kind) else "")


def _placed(one: Parameter) -> str:
    word = _word(one)
    return word if one[0].default is inspect.Parameter.empty else f"[{word}]"


def _value(kind: Any, info: ParameterInfo) -> str:
    """What stands for the value of an option; nothing for a switch."""
    if kind is bool:
        return ""
    names = {"int": "NUMBER", "float": "NUMBER", "str": "TEXT", "Path": "PATH"}
    return info.metavar or "|".join(_choices(kind)) or names[_inner(kind).__name__]


def _choices(kind: Any) -> list[str]:
    inner = _inner(kind)
    return [str(one.value) for one in inner] if isinstance(inner, type) and issubclass(inner, Enum) else []


def _inner(kind: Any) -> Any:
    """The type of one value, of a list or of what may be missing."""
    while parts := [part for part in get_args(kind) if part is not NoneType]:
        kind = parts[0]
    return kind


def _is_list(kind: Any) -> bool:
    among = get_args(kind) if get_origin(kind) in {UnionType, Union} else (kind,)
    return any(get_origin(one) is list for one in among)


def _default(parameter: inspect.Parameter) -> str:
    value = parameter.default
    if value is inspect.Parameter.empty:
        return "must be given"
    if value is None or value is False:
        return ""
    return code(str(value.value if isinstance(value, Enum) else value))
