"""Pages made of the code when the site is built: a mark in a page (``<!-- built: commands -->``) gives way to what it names."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from sphinx.errors import ExtensionError

__all__ = ["filled", "makers", "setup"]

_MARK: Final = re.compile(r"^<!-- built: (.+?) -->$", re.MULTILINE)
_TOP: Final = Path(__file__).resolve().parents[2]
_LINK: Final = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)#\s]+)")


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("source-read", _fill)
    app.connect("env-get-outdated", _again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def makers() -> dict[str, Callable[[Path], str]]:
    """What can be made, by the name in the mark; each is given the folder of its page."""
    from extensions import api, commands, formats, tables

    makers: dict[str, Callable[[Path], str]] = {
        "names": lambda _: api.names(),
        "commands": lambda _: commands.commands(),
        "exit codes": lambda _: commands.exit_codes(),
        "tables": lambda _: tables.measured(),
        "tables of results": lambda _: tables.results(),
        "indicators": lambda _: tables.indicators(),
    }
    makers |= {f"format {kind}": partial(_format, kind) for kind in formats.KINDS}
    return makers | {f"file {name}": partial(_file, name) for name in ("CHANGELOG.md", "CONTRIBUTING.md", "results/README.md")}


def _format(kind: str, _: Path) -> str:
    from extensions.formats import keys

    return keys(kind)


def _file(name: str, folder: Path) -> str:
    """A page of the checkout that stands outside docs, but for its title; its links lead where they led."""
    path = _TOP / name
    text = path.read_text(encoding="utf-8").partition("\n")[2]
    return _LINK.sub(lambda link: os.path.relpath(path.parent / link[1], folder), text)


def filled(text: str, page: Path) -> str:
    """A page with what its marks stand for.

    Args:
        text: of the page. page: its file.

    Raises:
        ExtensionError: a mark stands for nothing.
    """
    known = makers()

    def made(mark: re.Match[str]) -> str:
        if mark[1] not in known:
            near = difflib.get_close_matches(mark[1], known, 1)
            raise ExtensionError(f"{page}: nothing is made for {mark[1]!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return known[mark[1]](page.parent)

    return _MARK.sub(made, text)


def _fill(app: Any, name: str, source: list[str]) -> None:
    if _MARK.search(source[0]):
        source[0] = filled(source[0], Path(app.env.doc2path(name)))


def _again(_app: Any, env: Any, *_: Any) -> list[str]:
    """Pages with a mark are read anew at every build: what they are made of may have changed."""
    return [name for name in env.found_docs if _MARK.search(Path(env.doc2path(name)).read_text(encoding="utf-8"))]
