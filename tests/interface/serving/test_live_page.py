"""The live page in a real browser: other numbers, answers that grow, links, two visitors; nothing asked of anybody else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.interface.explorer.test_browser import CUT, WEAK
from tests.interface.serving.conftest import Served

Open = Callable[..., Any]

STILL = "document.querySelectorAll('*').forEach((one) => { one.style.transition = 'none'; })"


@pytest.fixture
def visit(served: Served, browser: Any) -> Iterator[Open]:
    """Opens the page at a fragment. Whatever it logs, and whatever it asks of anybody else, fails the test."""
    wrong: list[str] = []
    contexts = []

    def go(
        fragment: str = "",
        width: int = 1366,
        height: int = 768,
        *,
        questions: list[Any] | None = None,
        answers: Callable[[], tuple[int, Any]] | None = None,
    ) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if answers is None:
            page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        else:  # a browser logs what a server refuses

            def answer(route: Any) -> None:
                status, said = answers()
                route.fulfill(status=status, json=said)

            page.route("**/cells", answer)

        def asked(request: Any) -> None:
            if not request.url.startswith(served.address):
                wrong.append(request.url)
            elif questions is not None and request.post_data:
                questions.append(json.loads(request.post_data)["laws"])

        page.on("request", asked)
        page.goto(served.address + fragment)
        page.locator("#differs:not(:empty)").wait_for()
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def grown(page: Any) -> Any:
    """The page, when all its runs are there."""
    page.locator("#growing").wait_for(state="hidden")
    return page


def test_any_number_is_run_and_told(visit: Open) -> None:
    page = visit("#predict=off&lang=en")
    page.fill("#b-threshold-any", "33")
    page.keyboard.press("Enter")
    assert page.text_content("#differs") == "One thing differs: Threshold: A No threshold, B\u00a033 people."
    assert "b.threshold=33" in page.url
    assert page.locator("input[name=b-threshold]:checked").count() == 0
    assert "6 pairs of runs" in grown(page).text_content("#answer")
    assert "simulation uncertainty over 6 runs" in page.text_content("#limits")
    assert page.locator("#sizes .threshold").count() == 1
    page.click("label[for=b-threshold-20]")
    assert page.input_value("#b-threshold-any") == ""
    assert "b.threshold=20" in page.url


def test_a_number_that_is_a_level_is_that_level(visit: Open) -> None:
    page = visit("#lang=en")
    page.fill("#b-threshold-any", " 100 ")
    page.keyboard.press("Tab")
    assert page.is_checked("#b-threshold-100")
    assert page.input_value("#b-threshold-any") == ""
    assert "b.threshold=100" in page.url


def test_a_wrong_number_is_told_beside_its_box_and_nobody_is_asked(visit: Open) -> None:
    asked: list[Any] = []
    page = grown(visit("#predict=off&lang=en", questions=asked))
    before = len(asked)
    for text in ("1", "5001", "2.5", "many", "1e3", "-7"):
        page.fill("#b-threshold-any", text)
        page.keyboard.press("Tab")
        assert page.text_content("#b-threshold-any-wrong") == "A whole number from 2 to 5,000."
        assert page.get_attribute("#b-threshold-any", "aria-invalid") == "true"
    assert len(asked) == before
    assert page.is_checked("#b-threshold-none")
    assert page.text_content("#differs") == "A and B are the same. Change one lever."
    page.click("#languages button[value=ru]")
    page.fill("#b-threshold-any", "0")
    page.keyboard.press("Tab")
    assert page.text_content("#b-threshold-any-wrong") == "Целое число от 2 до 5\u00a0000."


CELL: dict[str, Any] = {
    "values": [[1, 2, 3, 4, 5, None]] * 6,
    "sizes": [0] * 23,
    "held": [0] * 6,
    "came": [0] * 6,
    "open": [True] * 6,
    "threshold": None,
    "events": [None, []],
    "of": 6,
    "more": True,
    "failed": 0,
    "why": "",
    "said": "",
}


def some(runs: int, **more: Any) -> dict[str, Any]:
    """A cell of which so many runs are there."""
    return {**CELL, "runs": runs, "done": runs, **more}


def test_what_is_there_is_told_as_it_grows_and_what_is_wrong_too(visit: Open) -> None:
    now: list[Any] = [200, {"cells": [None, some(2)]}]
    page = visit("#predict=off&lang=en", answers=lambda: now)
    page.get_by_text("0 of 6 runs. Results are shown from 3 pairs on.").wait_for()
    now[1] = {"cells": [some(3), some(2)]}
    page.get_by_text("2 of 6 runs. Results are shown from 3 pairs on.").wait_for()
    assert not page.is_visible("#outcomes")
    assert page.is_disabled("#csv")
    now[1] = {"cells": [some(6), some(5)]}
    page.get_by_text("So far 5 of 6 runs; the interval narrows as more end.").wait_for()
    assert page.is_visible("#outcomes")
    assert "over 5 runs" in page.text_content("#limits")
    assert page.get_attribute("#answer", "aria-busy") == "true"
    now[:] = [503, {"problems": [{"told": "full"}]}]
    page.get_by_text("The server has as many visitors as it can serve. Trying again ...").wait_for()
    assert page.is_visible("#outcomes")  # what was there stays
    failed = {"more": False, "done": 6, "failed": 3}
    now[:] = [200, {"cells": [some(5, **failed, why="slow"), some(5, **failed, why="wrong", said="it broke")]}]
    page.get_by_text("A: 3 of 6 runs took too long and were ended. B: 3 of 6 runs failed: it broke").wait_for()
    assert not page.is_visible("#growing")
    assert page.get_attribute("#answer", "aria-busy") == "false"
    now[:] = [422, {"problems": [{"told": "laws.1.threshold: found '9'; allowed: more"}]}]
    page.click("label[for=b-practice-hostile]")
    page.get_by_text("The server cannot run this law: B: threshold: found '9'; allowed: more").wait_for()
    assert not page.is_visible("#outcomes")


def test_a_prediction_counts_when_all_runs_are_there(visit: Open) -> None:
    page = visit("#b.threshold=41&lang=en")
    page.click("label[for=guess-same]")
    page.click("#commit")
    grown(page)
    page.locator("#score:not(:empty)").wait_for()
    assert page.text_content("#score") in {"0 of 1 right", "1 of 1 right"}
    assert "score=" in page.url
    assert ("You were right." in page.text_content("#answer")) == (page.text_content("#score") == "1 of 1 right")


def test_a_link_with_any_number_opens_what_someone_else_sees(visit: Open) -> None:
    page = visit("#b.threshold=33&b.practice=hostile&predict=off&lang=en")
    link = grown(page).input_value("#link")
    other = grown(visit(f"#{link.partition('#')[2]}"))
    assert other.input_value("#b-threshold-any") == "33"
    assert other.inner_text("main") == page.inner_text("main")
    wrong = visit("#b.threshold=6000&a.threshold=0100&lang=en")
    assert "b.threshold=6000, a.threshold=0100" in wrong.text_content("#unknown")
    assert wrong.is_checked("#b-threshold-none")
    large = visit("#b.threshold=1137&lang=en")
    assert "B\u00a01,137 people" in large.text_content("#differs")
    assert large.input_value("#b-threshold-any") == "1137"  # as it may be written again


def test_two_visitors_with_different_laws_have_each_their_own(visit: Open) -> None:
    one, other = visit("#b.threshold=50&predict=off&lang=en"), visit("#b.threshold=60&predict=off&lang=ru")
    for page, number in ((one, "50"), (other, "60")):
        grown(page)
        assert page.input_value("#b-threshold-any") == number
        assert page.locator("#sizes text.b-text").all_text_contents() == [f"B: {number}"]
        assert page.locator("#outcomes tr.group").count() > 2


@pytest.mark.parametrize(
    ("language", "width", "height", "big"), [("ru", 360, 740, ""), ("kk", 360, 740, ""), ("en", 1920, 1080, "&big")]
)
def test_nothing_is_wider_than_the_screen(visit: Open, language: str, width: int, height: int, big: str) -> None:
    page = visit(f"#b.threshold=33&b.practice=hostile&predict=off&lang={language}{big}", width, height)
    page.fill("#a-threshold-any", "1")
    page.keyboard.press("Tab")
    grown(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(CUT)
    assert cut == []
    page.evaluate(STILL)
    weak = page.evaluate(WEAK)
    assert weak == []
    text = page.inner_text("body")
    assert "{" not in text
    assert "undefined" not in text


def test_who_does_not_see_the_page_is_told_what_the_box_is_for(visit: Open) -> None:
    page = visit("#lang=en")
    box = page.get_by_role("textbox", name="Threshold, regime B: other")
    box.fill("7000")
    box.press("Tab")
    assert page.get_by_role("alert").filter(has_text="A whole number").count() == 1
    assert page.get_attribute("#b-threshold-any", "aria-describedby") == "b-threshold-any-wrong"


def test_a_lever_that_means_nothing_takes_no_number(visit: Open) -> None:
    page = visit("#b.procedure=permit&b.threshold=33&lang=en")
    assert page.is_disabled("#b-threshold-any")
    assert page.is_checked("#b-threshold-none")
    page.click("label[for=b-procedure-notification]")
    assert page.input_value("#b-threshold-any") == "33"  # what had been set is there again
