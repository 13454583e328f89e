"""The page, as one file of HTML: template, style, script, words and data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sim.experiment.exploring import EDGES, GROUPS, STATUSES, Explorer, Packed, unit_of
from sim.interface.explorer.words import NAMES, all_words, words_for
from sim.version import __version__

__all__ = ["MOST_BYTES", "about", "page"]

MOST_BYTES: Final = 1_000_000
"""What a page should not exceed, so that it goes by e-mail and opens on a telephone."""

_HERE: Final = Path(__file__).parent

_SCRIPTS: Final = (
    "inflate",
    "cells",
    "grid",
    "statistics",
    "words",
    "link",
    "drawing",
    "distribution",
    "timeline",
    "town",
    "sentences",
    "taking",
    "page",
    "begin",
)
"""Parts of the script, each after those that it needs."""


def page(explorer: Explorer, packed: Packed | None, command: str) -> str:
    """The page.

    Args:
        explorer: what it is about.
        packed: its cells. None leaves the script to a server, which hands over a source of cells of its own.
        command: by which it was made.

    Returns:
        HTML that needs nothing else: no server, no network.
    """
    import jinja2

    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True).from_string(
        (_HERE / "page.html").read_text(encoding="utf-8")
    )
    said = about(explorer, packed, command)
    return template.render(
        title=explorer.text.explorer.title["en"],
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
        "levers": [
            {
                "name": name,
                "label": lever.label,
                "help": lever.help,
                "moot": lever.moot,
                "levels": [{"name": level.name, "label": level.label} for level in lever.levels],
            }
            for name, lever in explorer.text.levers.items()
        ],
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
        "words": words_for(head.outcomes),
        "telling": {"version": f"protestlaw {__version__}", "command": command},
        "data": packed.head if packed else None,
    }


def _group(outcome: str) -> str:
    return next(group for group, names in GROUPS.items() if outcome in names)


def _safe(text: str) -> Any:
    """Text that goes into the page as it is."""
    from markupsafe import Markup

    return Markup(text)
