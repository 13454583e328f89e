"""Where texts stand, and how they are read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem, UnknownNameError

__all__ = ["find", "library", "names", "parse_assignment", "read_toml"]


def library() -> Path:
    """The folder that holds ``laws/``, ``practices/``, ``reforms/``, ``towns/`` and the scenarios."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "library"
    return installed if installed.is_dir() else package.parent / "scenarios"


def _folder(kind: str) -> Path:
    return library() if kind == "scenario" else library() / f"{kind}s"


def names(kind: str) -> list[str]:
    """The names of all texts of a kind (``law``, ``practice``, ``reform``, ``town``, ``scenario``), sorted."""
    folder = _folder(kind)
    pattern = "*.toml" if kind == "scenario" else "**/*.toml"
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob(pattern))


def find(kind: str, name: str | Path) -> Path:
    """The file of a text: a path ending in ``.toml`` as it is, a name from the library.

    Raises:
        UnknownNameError: if there is none.
    """
    text = str(name)
    if text.endswith(".toml"):
        path = Path(text)
        if path.is_file():
            return path
        raise UnknownNameError(f"{kind} file", text, names(kind))
    if text in names(kind):
        return _folder(kind) / f"{text}.toml"
    raise UnknownNameError(kind, text, names(kind))


def read_toml(path: Path, error: type[InputError]) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        InputError: (of the given type) if the file is not TOML or not UTF-8, with the line and column.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise error(str(path), [Problem("", f"text that is not TOML ({problem})", "a TOML text")]) from None
    except UnicodeDecodeError as problem:
        raise error(str(path), [Problem("", f"bytes that are not UTF-8 ({problem})", "a UTF-8 text")]) from None


def parse_assignment(text: str) -> tuple[str, Any]:
    """``("law.threshold", 50)`` from ``law.threshold=50``, as it is written on a command line.

    The value is read as TOML; what is not TOML is a plain string, so that ``50 MCI`` needs no quotes.

    Raises:
        InputError: if there is no ``=`` or no key.
    """
    key, equals, written = (part.strip() for part in text.partition("="))
    if not equals or not all(key.split(".")):
        raise InputError("--set", [Problem("", repr(text), "KEY=VALUE, the key with dots (as law.threshold=50)")])
    try:
        tables = tomllib.loads(f"value = {written}")
    except tomllib.TOMLDecodeError:
        return key, written
    return key, tables["value"] if len(tables) == 1 else written
