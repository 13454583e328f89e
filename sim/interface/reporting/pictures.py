"""Figures that stand within a page: drawn from the folder's tables, or taken as the folder holds them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from sim.interface.reporting.parts import Picture

if TYPE_CHECKING:
    from markupsafe import Markup

    from sim.interface.figuring.drawing import Drawing
    from sim.interface.figuring.opening import Results

__all__ = ["inline", "pictures"]

_POINT: Final = 4 / 3
"""Pixels of a point, as style sheets have them."""

_PLACES: Final = {
    "lawful-shares": "outcomes",
    "levels": "outcomes",
    "incomes": "outcomes",
    "curve": "outcomes",
    "heatmap": "outcomes",
    "effects": "outcomes",
    "sensitivity": "outcomes",
    "attribution": "outcomes",
    "patterns": "patterns",
}
"""Where the numbers of a kind of figures are on the page; those of the others are in the folder's tables."""

_TABLES: Final = {
    "incomes": "citizens.csv",
    "turnout": "assemblies.csv",
    "timeline": "assemblies.csv",
    "map": "assemblies.csv",
    "filing": "filings.csv",
}


def pictures(results: Results) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """The figures of a folder, and what could not be drawn and why.

    A figure whose table is not here any more is taken as the folder holds it, if it still is what was written.
    """
    from sim.interface.figuring.drawing import Asked
    from sim.interface.figuring.making import catalogue_of
    from sim.interface.style import PAPER, rendered, styled

    found = catalogue_of(results, Asked(PAPER, rerun=False, apart=True))
    made: list[Picture] = []
    for one in found.drawings:
        with styled(PAPER):
            drawn = rendered(one.make(), one.name, one.title, "", {"svg"})[f"{one.name}.svg"]
        made.append(_picture(results, one.kind, _outcome(one) + one.title, drawn, len(made) + 1))
    wanting = []
    for lack in found.wanting:
        if lack.kind == "bunching":
            wanting.append("bunching, which takes runs of its own: protestlaw figures draws it")
        elif kept := _kept(results, lack.kind):
            made.append(_picture(results, lack.kind, _title(kept), kept, len(made) + 1))
        else:
            wanting.append(f"{lack.kind}, for {lack.why.partition('; ')[0]}")
    return tuple(made), tuple(wanting)


def _outcome(one: Drawing) -> str:
    """What a figure of one outcome shows, as the name of its file says."""
    from sim.measurement import INDICATORS

    name = one.name.removeprefix(f"{one.kind}-").replace("-", "_")
    return f"{INDICATORS[name].label}. " if name in INDICATORS else ""


def _picture(results: Results, kind: str, title: str, drawn: bytes, number: int) -> Picture:
    own = kind == "incomes" and not results.wrote("participants")
    anchor = "" if own else _PLACES.get(kind, "")
    where = "in the tables above" if anchor else f"{_TABLES[kind]} of the folder" if kind in _TABLES else ""
    return Picture(title, inline(drawn, title, f"figure-{number}"), where, anchor)


def _kept(results: Results, kind: str) -> bytes:
    """A figure as the folder holds it; nothing if it is not there, or has another checksum than was written."""
    told, path = results.manifest["files"].get(f"{kind}.svg"), results.path / f"{kind}.svg"
    if told is None or not path.is_file():
        return b""
    content = path.read_bytes()
    return content if hashlib.sha256(content).hexdigest() == told["sha256"] else b""


def _title(drawn: bytes) -> str:
    found = ElementTree.fromstring(drawn).find("{*}title")
    return "" if found is None else str(found.text)


def inline(drawn: bytes, title: str, name: str) -> Markup:
    """A figure of ours to stand within a page: with a name for those who do not see it, and ids that no other figure has.

    Args:
        drawn: the figure as an SVG file. title: what it shows. name: what its ids begin with.
    """
    from markupsafe import Markup

    root = ElementTree.fromstring(drawn)
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in {"metadata", "title", "style", "script"}:
                parent.remove(child)
    known = _names(root, name)
    for part in root.iter():
        part.tag = _local(part.tag)
        part.text, part.tail = (part.text or "").strip() or None, None
        part.attrib = dict(_attributes(part.attrib, known))
    root.attrib = {"viewBox": root.attrib["viewBox"], "role": "img", "aria-label": title, "style": _width(root.attrib["viewBox"])}
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _names(root: ElementTree.Element, name: str) -> dict[str, str]:
    """A new id for each part that another refers to."""
    told = [value for part in root.iter() for value in part.attrib.values()]
    wanted = {found for value in told for found in re.findall(r"^#(\S+)$|url\(#([^)]+)\)", value) for found in found if found}
    there = [part.attrib["id"] for part in root.iter() if part.attrib.get("id") in wanted]
    return {one: f"{name}-{place}" for place, one in enumerate(dict.fromkeys(there), 1)}


def _attributes(told: dict[str, str], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes of a part: ids that are referred to, short numbers, no name spaces."""
    for key, value in told.items():
        local = _local(key)
        if local == "id":
            if value in known:
                yield local, known[value]
        elif local == "href" and value.startswith("#"):
            yield local, f"#{known.get(value[1:], '')}"
        elif local == "href":
            if value.startswith("data:image/"):
                yield local, "".join(value.split())
        elif local in {"d", "x", "y"}:
            yield local, _short(value)
        elif not local.startswith("on"):
            yield local, re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{known.get(found[1], '')})", value)


def _short(value: str) -> str:
    """Numbers with two decimals at most, which is finer than any screen."""
    return re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", " ".join(value.split()))


def _width(box: str) -> str:
    return f"width: {float(box.split()[2]) * _POINT:.0f}px"
