"""The page in a real browser: Mesa's controls, levers, the end, two visitors; nothing asked of anybody else, no error."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.interface.watching.made import DAYS, SETTINGS

ROOT = Path(__file__).parents[3]
SERVE = "import sys, json; from sim.interface.watching.serving import watch; watch('seminar', json.loads(sys.argv[1]), "
SERVE += "host='127.0.0.1', port=0, open_browser=False)"

Open = Callable[..., Any]


@dataclass(frozen=True)
class Server:
    """A server that watches the small run."""

    process: subprocess.Popen[str]
    address: str


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    for needed in ("solara", "solara_assets"):
        pytest.importorskip(needed, reason="Solara is not installed: pip install 'protestlaw[viz]'")
    words = [sys.executable, "-c", SERVE, json.dumps(SETTINGS)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env) as process:
        assert process.stderr is not None
        told = []
        for line in process.stderr:
            told.append(line)
            if found := re.search(r"ready at (http://\S+)", line):
                break
        else:
            pytest.fail("".join(told))
        yield Server(process, found[1])
        process.kill()


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """Errors that pages log, and whatever they ask of anyone but the server."""
    return []


@pytest.fixture(scope="module")
def visit(server: Server, browser: Any, wrong: list[str]) -> Iterator[Open]:
    """Opens the page as another visitor."""
    contexts = []

    def go(width: int = 1366, height: int = 768) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
        page.on(
            "response", lambda response: wrong.append(f"{response.status}: {response.url}") if response.status > 399 else None
        )
        page.on("request", lambda request: wrong.append(request.url) if not _ours(request.url, server) else None)
        page.on("websocket", lambda socket: wrong.append(socket.url) if not _ours(socket.url, server) else None)
        page.goto(server.address)
        page.wait_for_function("document.querySelectorAll('img.watch-picture').length === 3")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def opened(visit: Open) -> Any:
    """The page of one visitor, for all tests."""
    return visit()


@pytest.fixture
def page(opened: Any) -> Any:
    """The same, with the first settings and before the first day."""
    back = opened.get_by_role("button", name="Back to the first settings")
    if back.is_enabled():
        with renewed(opened):
            back.click()
    opened.get_by_role("button", name="Reset").click()
    says(opened, "Press Step for a day")
    return opened


def _ours(url: str, server: Server) -> bool:
    return url.startswith(("data:", "blob:", server.address, server.address.replace("http", "ws", 1)))


def step(page: Any, day: int) -> None:
    """Press Step, and wait for the day."""
    page.get_by_role("button", name="Step", exact=True).click()
    says(page, f"Day {day} of {DAYS}")


def says(page: Any, words: str) -> None:
    """Wait until the page says so of the day."""
    page.wait_for_function("words => document.querySelector('.watch-day').innerText.includes(words)", arg=words)


@contextmanager
def renewed(page: Any) -> Iterator[None]:
    """Does what begins another run, and waits until Mesa's buttons are those of the new one."""
    page.get_by_role("button", name="Reset").evaluate("button => { button.dataset.old = 'yes'; }")
    yield
    page.wait_for_function("!document.querySelector('[data-old]')")
    page.get_by_role("button", name="Reset").wait_for()


def slide(page: Any, key: str) -> None:
    """Move the lever of the threshold by a key."""
    slider = page.get_by_role("slider", name="Threshold for a permit")
    slider.focus()
    with renewed(page):
        slider.press(key)


def panel(page: Any) -> str:
    return str(page.inner_text(".watch-panel"))


def test_steps_plays_ends_and_begins_again(page: Any) -> None:
    assert "Press Step for a day" in page.inner_text(".watch-day")
    assert page.inner_text(".watch-date") == "Tuesday 1 January 2019"
    step(page, 1)
    step(page, 2)
    assert page.inner_text(".watch-date") == "Wednesday 2 January 2019"
    page.get_by_role("button", name="▶").click()
    says(page, "The scenario is over")
    assert f"Day {DAYS} of {DAYS}" in page.inner_text(".watch-day")
    assert page.get_by_role("button", name="Step", exact=True).is_disabled()
    page.get_by_role("button", name="Reset").click()
    says(page, "Press Step for a day")
    step(page, 1)


def test_a_lever_begins_another_run_and_shows_what_it_has(page: Any) -> None:
    assert "Threshold for a permit: 250 persons" in panel(page)
    page.get_by_role("button", name="▶").click()
    says(page, "The scenario is over")
    slide(page, "ArrowLeft")
    says(page, "Press Step for a day")
    assert "Threshold for a permit: 200 persons" in panel(page)
    assert "law.threshold=200" in panel(page)
    step(page, 1)  # the buttons of the run that was over are not those of the new one
    controls, levers = (page.locator(f".v-card:has-text('{name}')").first.bounding_box() for name in ("Controls", "Scenario"))
    assert controls["y"] < levers["y"]


def test_a_setting_that_cannot_be_is_told_in_words_and_changes_nothing(page: Any) -> None:
    step(page, 1)
    other = page.get_by_label("Any other setting")
    other.fill("law.treshold=50")
    other.press("Enter")
    page.wait_for_selector(".watch-refused")
    assert "did you mean 'threshold'?" in page.inner_text(".watch-refused")
    assert "Day 1 of" in page.inner_text(".watch-day")
    other.fill("law.threshold=137")
    with renewed(page):
        other.press("Enter")
    page.wait_for_selector(".watch-refused", state="detached")
    says(page, "Press Step for a day")
    assert "Threshold for a permit: 137 persons" in panel(page)


def test_two_visitors_have_runs_of_their_own(page: Any, visit: Open) -> None:
    other = visit(1920, 1080)
    for day in range(1, 5):
        step(page, day)
    assert "Press Step for a day" in other.inner_text(".watch-day")
    slide(other, "ArrowRight")
    step(other, 1)
    assert "Threshold for a permit: 300 persons" in panel(other)
    assert "Threshold for a permit: 250 persons" in panel(page)
    assert "Day 4 of" in page.inner_text(".watch-day")
    step(page, 5)


def test_nothing_was_asked_of_anyone_else_and_no_error_was_logged(page: Any, wrong: list[str]) -> None:
    step(page, 1)
    assert wrong == []


def test_ctrl_c_ends_the_server_while_pages_are_open(server: Server, page: Any) -> None:
    page.get_by_role("button", name="▶").click()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(15) == 0
    assert server.process.stderr is not None
    told = server.process.stderr.read()
    assert "Traceback" not in told
    assert told.endswith("Ended.\n")
