"""The site: it is built without a warning, the tutorials in it run, and no page of it needs the network."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.inventory import InventoryFile

import sim

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"

sys.path.append(str(DOCS))  # as docs/conf.py does
docstrings, links, made, mathml = (
    importlib.import_module(f"extensions.{name}") for name in ("docstrings", "links", "made", "mathml")
)

FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "link": "href",
}
"""What a browser gets by itself, by tag and attribute."""


class Fetched(HTMLParser):
    """Collects what a page makes a browser get."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.found += [said.get(FETCHED.get(tag, "")) or "", *re.findall(r"url\(([^)]*)\)", said.get("style") or "")]


def is_outside(address: str) -> bool:
    return re.match(r"[\"']?(?:[a-z]+:)?//", address) is not None


@pytest.mark.parametrize(
    ("page", "is_found"),
    [
        ('<script src="https://cdn.example.org/a.js"></script>', True),
        ('<link rel="stylesheet" href="//fonts.example.org/a.css">', True),
        ('<p style="background: url(http://example.org/a.png)">', True),
        ('<script src="_static/a.js"></script><a href="https://example.org">a link is followed by hand</a>', False),
    ],
)
def test_what_a_browser_would_get_from_outside_is_found(page: str, is_found: bool) -> None:
    reader = Fetched()
    reader.feed(page)
    assert any(map(is_outside, reader.found)) == is_found


def test_the_site_is_built_without_a_warning_and_needs_nothing_from_outside(tmp_path: Path) -> None:
    """One test, since building takes its time: the tutorials in it are run."""
    out = tmp_path / "site"
    flags = ["-q", "-T", "-W", "--keep-going", "-b", "html", "-d", str(tmp_path / "trees")]
    command = [sys.executable, "-m", "sphinx", *flags, str(DOCS), str(out)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

    pages = {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}
    assert {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in DOCS.rglob("*.md")} <= {*pages}
    for name, text in pages.items():
        reader = Fetched()
        reader.feed(text)
        assert [address for address in reader.found if is_outside(address)] == [], name
    for style in out.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import )([^);]*)", style.read_text(encoding="utf-8"))
        assert [one for one in addresses if is_outside(one)] == [], style

    known = InventoryFile.loads((out / "objects.inv").read_bytes(), uri="")
    told = {name for kind, entries in known.data.items() if kind.startswith("py:") for name in entries}
    assert {f"sim.{name}" for name in sim.__all__} <= told
    assert {"sim.ProtestModel.branch", "sim.Regime.penalty"} <= told
    assert 'id="compare"' in pages["reference/commands.html"]
    assert "threshold" in (out / "searchindex.js").read_text(encoding="utf-8")


def test_a_mark_for_nothing_is_told() -> None:
    with pytest.raises(ExtensionError, match=re.escape("page.md: nothing is made for 'comands'; did you mean 'commands'?")):
        made.filled("# A page\n\n<!-- built: comands -->\n", Path("page.md"))


def test_what_has_no_mark_stays_as_it_is() -> None:
    text = "# A page\n\nabout `<!-- built: commands -->`\n"
    assert made.filled(text, Path("page.md")) == text


def test_the_links_of_a_page_from_outside_docs_lead_where_they_led() -> None:
    page = DOCS / "how-to" / "contributing.md"
    assert "[README.md](../../README.md#start)" in made.filled(page.read_text(encoding="utf-8"), page)


def test_a_link_to_the_seminar_page_keeps_its_state() -> None:
    text = "[try](../../results/seminar-page/seminar.html#A.threshold=50) or `](../results/seminar-page/x.html`"
    wanted = "[try](site:../seminar.html#A.threshold=50) or `](../results/seminar-page/x.html`"
    assert links.kept(text, DOCS / "seminar" / "one.md") == wanted
    assert links.kept("[a](../results/seminar-page/seminar.html)", DOCS / "index.md") == "[a](site:seminar.html)"


def test_mathematics_needs_no_script() -> None:
    writer = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        mathml._inline(writer, nodes.math("", r"\frac{g}{g + \kappa}"))
    assert writer.body[0].startswith("<math")
    assert "<mfrac>" in writer.body[0]


def test_each_argument_gets_a_line_of_its_own() -> None:
    lines = [
        "A town.",
        "",
        "Args:",
        "    name: its name. seed: of the run,",
        "        any. a, b: both. Said: no name.",
        "",
        "Done. x: y",
    ]
    docstrings._part(None, "function", "f", None, None, lines)
    wanted = ["    name: its name.", "    seed: of the run,", "        any.", "    a, b: both. Said: no name.", "", "Done. x: y"]
    assert lines == ["A town.", "", "Args:", *wanted]
