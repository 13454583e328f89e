"""A report in a real browser: on a laptop, on a telephone and on paper; nothing asked of anybody, no error."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.interface.explorer.test_browser import WEAK
from tests.interface.reporting.made import Read


@pytest.fixture
def visit(browser: Any, read: Callable[[str], Read], tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Opens the report of a kind. Whatever it logs, and whatever it asks anyone for, fails the test."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 740})

    def go(kind: str) -> Any:
        file = tmp_path / f"{kind}.html"
        file.write_text(read(kind).text, encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
        page.goto(file.as_uri())
        return page

    yield go
    context.close()
    assert wrong == []


def test_a_report_is_read_on_any_screen_and_printed(visit: Callable[[str], Any]) -> None:
    page = visit("compare")
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    weak = page.evaluate(WEAK.replace("body *:not(script)", "body :not(script, svg *)"))
    assert weak == []
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    hidden = page.locator("details.printed table").first
    assert not hidden.is_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) > 5
    page.emulate_media(media="print")
    assert hidden.is_visible()
    assert not page.locator("details:not(.printed) pre").first.is_visible()


@pytest.mark.parametrize("kind", ["patterns", "sweep"])
def test_no_report_is_wider_than_a_telephone(kind: str, visit: Callable[[str], Any]) -> None:
    assert visit(kind).evaluate("document.documentElement.scrollWidth") <= 360
