"""Links to what stands outside docs in the checkout, and is a page of the site all the same.

README, CHANGELOG and the like lead to the page that says the same. The seminar page, which is put at the root of the site, keeps
the state that a link to it carries (``../../results/seminar-page/seminar.html#...``): MyST's own way would be a copy without it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx import addnodes

__all__ = ["SEMINAR", "kept", "setup"]

_TOP: Final = Path(__file__).resolve().parents[2]
_DOCS: Final = _TOP / "docs"
_PAGES: Final = {
    "CHANGELOG": "reference/changelog",
    "CONTRIBUTING": "how-to/contributing",
    "README": "index",
    "results/README": "reference/results",
}
"""Pages of the site, by what they show; MyST leaves the ending out when it looks for a page."""

SEMINAR: Final = _TOP / "results" / "seminar-page" / "seminar.html"
"""The seminar page as it is committed; at the root of the site it is ``seminar.html``."""

_TO_SEMINAR: Final = re.compile(r"(?<=\]\()[./]+results/seminar-page/seminar\.html")


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("source-read", _keep)
    app.connect("doctree-read", _turn)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def kept(text: str, page: Path) -> str:
    """A page whose links to the seminar page are of the scheme ``site``, which MyST leaves as they are.

    Args:
        text: of the page. page: its file.
    """
    return _TO_SEMINAR.sub(f"site:{os.path.relpath(_DOCS / SEMINAR.name, page.parent)}", text)


def _keep(app: Any, name: str, source: list[str]) -> None:
    source[0] = kept(source[0], Path(app.env.doc2path(name)))


def _turn(_app: Any, doctree: nodes.document) -> None:
    pages = {str(_TOP / name): page for name, page in _PAGES.items()}
    for link in doctree.findall(addnodes.pending_xref):
        if link.get("refdomain") == "doc" and link["reftarget"] in pages:
            link["reftarget"] = pages[link["reftarget"]]
            link["reftargetid"] = None if link["reftarget"] == "index" else link.get("reftargetid")
