"""The page, as one file of HTML: template, style, script, words and data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sim.experiment.exploring import EDGES, GROUPS, STATUSES, Explorer, LeverText, Packed, unit_of
from sim.interface.explorer.words import NAMES, all_words, words_for
from sim.version import __version__

__all__ = ["MOST_BYTES", "about", "page"]

MOST_BYTES: Final = 1_000_000
"""What a page should not exceed, so that it goes by e-mail and opens on a telephone."""

_ENOUGH: Final = 3
"""Pairs of runs from which a page that is served live shows what came of them so far."""

_HERE: Final = Path(__file__).parent

_SCRIPTS: Final = (
    "inflate",
    "cells",
    "grid",
    "statistics",
    "words",
    "drawing",
    "numbers",
    "link",
    "distribution",
    "timeline",
    "town",
    "sentences",
    "taking",
    "sources",
    "page",
    "begin",
)
"""Parts of the script, each after those that it needs."""


def page(explorer: Explorer, packed: Packed | None, command: str) -> str:
    """The page.

    Args:
        explorer: what it is about.
        packed: its cells. With None the page asks the server that it came from for them, and takes any value.
        command: by which it was made, or is served.

    Returns:
        HTML that needs nothing else: no server if its cells are in it, and no network.
    """
    import jinja2

    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True).from_string(
        (_HERE / "page.html").read_text(encoding="utf-8")
    )
    said = about(explorer, packed, command)
    return template.render(
        title=explorer.text.explorer.title["en"],
        live=packed is None,
        version=said["telling"]["version"],
        style=_safe((_HERE / "style.css").read_text(encoding="utf-8")),
        script=_safe("\n".join((_HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)),
        languages=list(NAMES.items()),
        noscript=[words["noscript"] for words in all_words().values()],
        about=_safe(json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")),
        cells=_safe(packed.body) if packed else "",
    )


def about(explorer: Explorer, packed: Packed | None, command: str) -> dict[str, Any]:
    """What the script must know, besides the cells: levers, outcomes, words, the town, and how cells are packed."""
    from scipy.special import stdtrit

    head, base = explorer.text.explorer, explorer.design.scenarios[0]
    seeds = explorer.design.seeds
    return {
        "name": explorer.design.name,
        "title": head.title,
        "question": head.question,
        "outcomes": [{"name": name, "unit": unit_of(name), "group": _group(name)} for name in head.outcomes],
        "groups": list(GROUPS),
        "levers": [_lever(name, lever, live=packed is None) for name, lever in explorer.text.levers.items()],
        "presets": [preset.model_dump() for preset in explorer.text.presets],
        "seeds": seeds,
        "quantiles": [None, None, *(round(float(stdtrit(pairs - 1, 0.975)), 9) for pairs in range(2, len(seeds) + 1))],
        "statuses": STATUSES,
        "edges": EDGES,
        "start": base.scenario.start.isoformat(),
        "days": base.scenario.days,
        "town": {
            "sites": [{"name": site.name, "kind": site.kind, "at": site.at} for site in base.town.sites],
            "districts": [{"name": one.name, "adults": one.adults, "at": one.at} for one in base.town.districts],
        },
        "words": words_for(head.outcomes, live=packed is None),
        "telling": {"version": f"protestlaw {__version__}", "command": command},
        "timelines": packed.head["timelines"] if packed else head.timelines,
        "data": packed.head if packed else None,
        "live": {"enough": min(_ENOUGH, len(seeds))} if packed is None else None,
    }


def _lever(name: str, lever: LeverText, *, live: bool) -> dict[str, Any]:
    """A lever, with the other numbers that it takes if the page is served live."""
    levels: list[dict[str, Any]] = [{"name": level.name, "label": level.label} for level in lever.levels]
    said: dict[str, Any] = {"name": name, "label": lever.label, "help": lever.help, "moot": lever.moot, "levels": levels}
    if live and lever.any:
        for level, told in zip(lever.levels, levels, strict=True):
            told["value"] = lever.value_of(level)
        said["any"] = lever.any.model_dump(include={"least", "most", "whole", "label", "one"})
    return said


def _group(outcome: str) -> str:
    return next(group for group, names in GROUPS.items() if outcome in names)


def _safe(text: str) -> Any:
    """Text that goes into the page as it is."""
    from markupsafe import Markup

    return Markup(text)
