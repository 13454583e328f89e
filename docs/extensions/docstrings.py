"""Our docstrings on the page of the public face.

They tell several arguments on one line (``town: its name. seed: of the run.``), where napoleon wants each on its own.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic import BaseModel

__all__ = ["setup"]

_SECTIONS: Final = ("Args:", "Attributes:")
_NEXT: Final = re.compile(r"(?<=[.;?)]) (?=\*{0,2}[a-z_]\w*(?:, [a-z_]\w*)*: )")


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _part, priority=100)  # before napoleon, whose priority is 500
    app.connect("autodoc-process-docstring", _dash, priority=900)  # after it
    app.connect("autodoc-process-signature", _without)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _part(_app: Any, what: str, _name: str, _thing: object, _options: Any, lines: list[str]) -> None:
    """Begin a line with each argument or attribute; the colon in an attribute's sentence is not that of a type."""
    if what in {"attribute", "property"} and lines:
        lines[0] = lines[0].replace(": ", " - ")
    lines[:] = [part for line, within in zip(lines, _within(lines), strict=True) for part in (_parts(line) if within else [line])]


def _dash(_app: Any, _what: str, _name: str, _thing: object, _options: Any, lines: list[str]) -> None:
    """Quotation marks stay straight on this site, so dashes are not made of hyphens either: napoleon's are made here."""
    lines[:] = [re.sub(r"(?<=\*\*) -- ", " – ", line) for line in lines]


def _without(_app: Any, _what: str, _name: str, thing: object, *_: Any) -> tuple[str, str] | None:
    """No signature for what is read from a text and never called: it would be all keys of the text."""
    return ("", "") if isinstance(thing, type) and issubclass(thing, BaseModel) else None


def _within(lines: list[str]) -> list[bool]:
    """Which lines belong to a section of arguments or attributes."""
    found, inside = [], False
    for line in lines:
        if line and not line.startswith(" "):
            inside = line in _SECTIONS
        found.append(inside and line.startswith(" "))
    return found


def _parts(line: str) -> list[str]:
    first, *others = _NEXT.split(line)
    return [first, *(f"    {other}" for other in others)]
