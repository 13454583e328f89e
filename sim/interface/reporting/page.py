"""A report as one file of HTML, which needs nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.interface.reporting.parts import Report
from sim.version import __version__

if TYPE_CHECKING:
    from markupsafe import Markup

    from sim.interface.figuring.opening import Results

__all__ = ["MAY_NOT", "page"]

MAY_NOT: Final = (
    (
        "Not a forecast.",
        "Not how many will come, not in which year, not in which city.",
    ),
    (
        "Not a measured effect.",
        "Nobody has measured what notification or permit, or the size of a fine, does to turnout with a design that would hold.",
    ),
    ("Not that a law is good.", "The model counts events, people and sanctions. What they are worth is not in it."),
    (
        "Not for one city from another.",
        "Sizes, timing and arrests are known from Germany and the United States. That they carry over to Kazakhstan is untested.",
    ),
    ("Not what officials will do.", "Practice is put in by hand and does not learn."),
    ("Not beyond a year.", "People do not age, move, form parties or give up."),
)
"""What may not be concluded, in the words of docs/conclude.md."""

_HERE: Final = Path(__file__).parent

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"';,\])]*[^\s<>\"';,.\])]")


def page(report: Report, results: Results) -> bytes:
    """The page of a report. The same folder gives the same bytes.

    Args:
        report: the report. results: the folder it is made of.
    """
    import jinja2
    from markupsafe import Markup

    from sim.interface.reporting.origin import made_by

    ours = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    ours.filters["linked"] = _linked
    template = ours.from_string((_HERE / "report.html").read_text(encoding="utf-8"))
    said: dict[str, Any] = {
        "report": report,
        "found": report.found,
        "may_not": MAY_NOT,
        "folder": results.path.resolve().name,
        "made_by": made_by(results),
        "version": f"protestlaw {__version__}",
        "style": Markup((_HERE / "style.css").read_text(encoding="utf-8")),
    }
    return template.render(said).encode()


def _linked(text: str) -> Markup:
    """Text in which addresses are links, that are read as they are."""
    from markupsafe import Markup

    told, end = Markup(""), 0
    for found in _ADDRESS.finditer(text):
        told += text[end : found.start()] + Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(found[0])
        end = found.end()
    return told + text[end:]
