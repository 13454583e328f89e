"""The seminar kit: its links open what they say, the notes say what the page says, and each worksheet is one sheet of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import seminar_kit
from experiments.seminar_page import Page, read_page, renewed
from sim.experiment.exploring import LeverText
from sim.experiment.exploring.grid import settled

DOCS = seminar_kit.KIT.parent
SHEETS = sorted(seminar_kit.KIT.glob("[0-9]*.md"))
NOTES = seminar_kit.KIT / "teachers-notes.md"

ANSWERS = {
    "1-who-goes-if-others-go": ("fine", "attendance", "less"),
    "2-a-number-in-the-law": ("threshold", "attendance", "not clear"),
    "3-how-many-days": ("notice", "suppressed", "less"),
    "4-what-it-costs": ("jail", "lawful_share_start", "more"),
    "5-other-officials": ("practice", "lawful_share_start", "less"),
    "6-the-254th": ("overrun", "lawful_share_attendance", "less"),
}
"""By worksheet: the one lever that differs, what is asked, and what the notes call right."""


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(seminar_kit.PAGE)


def opened_by(sheet: Path) -> str:
    """The fragment that a worksheet's link opens."""
    (found,) = re.findall(r"\]\(\S*seminar\.html(#\S+)\)", sheet.read_text(encoding="utf-8"))
    return str(found)


def fragments(text: str) -> set[str]:
    return {*re.findall(r"<!-- \w+: (#\S+) ", text), *re.findall(r"`(#[ab]\.[^`]+)`", text)}


def differing(page: Page, fragment: str) -> list[str]:
    link = page.link(fragment)
    a, b = (settled(page.levers, levels) for levels in (link.a, link.b))
    return [name for name in page.levers if a[name] != b[name]]


def test_the_committed_page_is_what_the_program_makes_of_its_runs() -> None:
    text = seminar_kit.PAGE.read_text(encoding="utf-8")
    assert renewed(text) == text, "python -m experiments.seminar_page"


def test_there_are_six_worksheets() -> None:
    assert [sheet.stem for sheet in SHEETS] == list(ANSWERS)


def test_the_notes_say_what_the_page_says(page: Page) -> None:
    text = NOTES.read_text(encoding="utf-8")
    assert len(seminar_kit.MARKED.findall(text)) >= 2 * len(ANSWERS)
    assert seminar_kit.current(text, page) == text, "python -m experiments.seminar_kit"


@pytest.mark.parametrize("file", [*SHEETS, NOTES], ids=lambda file: file.stem)
def test_the_page_has_what_is_asked_of_it(file: Path, page: Page) -> None:
    found = fragments(file.read_text(encoding="utf-8"))
    assert found
    for fragment in found:
        link = page.link(fragment)
        assert link.unknown == []
        for levels in (link.a, link.b):
            kept = settled(page.levers, levels)
            assert {name: kept[name] for name in levels} == levels, f"{fragment}: a lever that means nothing there"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_worksheet_opens_one_difference_and_asks_for_what_the_notes_answer(sheet: Path, page: Page) -> None:
    text, notes, fragment = sheet.read_text(encoding="utf-8"), NOTES.read_text(encoding="utf-8"), opened_by(sheet)
    lever, outcome, answer = ANSWERS[sheet.stem]
    assert f"`{fragment}`" in text  # in print too, where nobody can follow a link
    assert f"<!-- pair: {fragment} {outcome}," in notes
    assert differing(page, fragment) == [lever]
    asked = page.link(fragment).asked
    assert asked.get("ask", page.about["question"]) == outcome
    assert asked["lang"] == "en"
    assert seminar_kit.pair_table(page, fragment, outcome).splitlines()[2].split(" | ")[-1] == f"{answer} |"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_worksheet_names_rows_as_the_page_does(sheet: Path, page: Page) -> None:
    labels = {text for key, text in page.about["words"]["en"].items() if key.startswith("outcome.")}
    worked_out = {"Lawful assemblies, about", "Unlawful assemblies, about"}
    rows = re.findall(r"^\| (\D[^|]*?) \| &nbsp;", sheet.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    assert set(rows) <= labels | worked_out


def test_a_link_to_what_the_page_lacks_is_found_out(page: Page) -> None:
    link = page.link("#a.threshold=251&b.size=50&ask=happiness&b.fine=200")
    assert link.unknown == ["a.threshold=251", "b.size=50", "ask=happiness"]
    assert (link.a, link.b) == ({}, {"fine": "200"})


def test_a_table_holds_the_difference_with_its_interval() -> None:
    levers = {
        "fine": LeverText.model_validate({"label": "Fine", "levels": [{"name": name, "label": name} for name in ("0", "20")]}),
    }
    about = {
        "outcomes": [{"name": "attendance", "unit": "count"}, {"name": "share", "unit": "share"}],
        "words": {"en": {"outcome.attendance": "Attendance", "outcome.share": "Lawful"}},
        "edges": [1, 10, 50],
        "data": {"points": None},
    }
    values = np.array([[[10.0, 14.0], [20.0, 28.0], [30.0, 36.0]], [[0.5, 0.5], [0.5, 0.5], [np.nan, 0.5]]])
    small = Page(about, levers, values, np.array([[30, 15], [6, 3], [0, 3]]), np.array([3, 3]))
    assert seminar_kit.pair_table(small, "#b.fine=20", "attendance,share,attendance*share").splitlines()[2:] == [
        "| Attendance | 20.0 | 26.0 | +6.0 [+1.0 to +11.0] | more |",  # 4, 8 and 6: 6 ± 4.303 · 2 / sqrt 3
        "| Lawful | 50.0 % | 50.0 % | 0.0 points [0.0 to 0.0] | the same in every pair |",
        "| Attendance × Lawful | 7.5 | 10.5 | +3.0 [-9.7 to +15.7] | not clear |",  # 2 and 4: 3 ± 12.706 · 1
    ]
    sizes = seminar_kit.sizes_table(small, "#b.fine=20", "1,10")
    assert sizes.splitlines()[2:] == ["| 1 to 9 | 10.0 | 5.0 |", "| 10 and more | 2.0 | 2.0 |"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the kit as the site has them, with the page they open at its root; nothing else of the site is built."""
    pytest.importorskip("myst_parser", reason="the site is not built without myst-parser: pip install -e .[docs]")
    out = tmp_path_factory.mktemp("site")
    settings = {
        "extensions": "myst_parser,extensions.links",
        "html_math_renderer": "mathjax",
        "include_patterns": "seminar/*.md",
        "root_doc": "seminar/index",
    }
    command = [sys.executable, "-m", "sphinx", "-Q", "-b", "html", "-d", str(out / "trees"), str(DOCS), str(out)]
    command += [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copyfile(seminar_kit.PAGE, out / "seminar.html")
    return out


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Any]:
    """One window for all worksheets. Whatever it asks the network for, or stumbles over, fails the tests."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file://") else None)
    yield tab
    context.close()
    assert wrong == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_worksheet_is_one_sheet_of_paper_without_the_site_around_it(sheet: Path, site: Path, tab: Any) -> None:
    tab.goto((site / "seminar" / f"{sheet.stem}.html").as_uri())
    assert tab.is_visible(".bd-header")
    paper = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", paper)
    assert [[round(float(side)) for side in box.split()] for box in boxes] == [A4]
    tab.emulate_media(media="print")
    around = (".bd-header", ".bd-sidebar-primary", ".bd-sidebar-secondary", ".prev-next-footer", ".bd-footer")
    assert [selector for selector in around if tab.locator(selector).first.is_visible()] == []
    assert tab.locator("hr.write").count() >= 4
    tab.emulate_media(media="null")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_the_link_of_a_worksheet_opens_the_page_as_it_says(sheet: Path, site: Path, tab: Any, page: Page) -> None:
    tab.goto((site / "seminar" / f"{sheet.stem}.html").as_uri())
    tab.click("a[href*='seminar.html']")
    tab.wait_for_function("window.protestlaw && document.getElementById('differs').textContent")
    assert tab.is_visible("#hidden")
    assert not tab.is_visible("#results")
    assert not tab.is_visible("#unknown")
    assert tab.text_content("#differs").startswith("One thing differs: ")
    assert tab.input_value("#ask") == ANSWERS[sheet.stem][1]
    link = page.link(opened_by(sheet))
    for regime, levels in (("a", link.a), ("b", link.b)):
        kept = settled(page.levers, levels)
        assert [name for name, level in kept.items() if not tab.is_checked(f"#{regime}-{name}-{level}")] == []
        known = np.array(tab.evaluate(VALUES, kept), np.float64)
        np.testing.assert_allclose(known, page.values[:, :, page.cell(levels)], rtol=1e-12)


A4 = [0, 0, 595, 842]
"""In points."""

VALUES = """(levels) => { const { about, source, pointsOf } = window.protestlaw;
return source.cell(pointsOf(about.levers).get(about.levers.map((lever) => levels[lever.name]).join(" "))).values; }"""
"""What the page itself knows of a law."""
