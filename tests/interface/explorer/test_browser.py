"""The page in a real browser: levers, prediction, link, numbers, languages and screens; nothing asked of anybody, no error."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from sim.experiment.effects import paired
from sim.experiment.exploring import unit_of
from sim.experiment.exploring.packing import rounded
from tests.interface.explorer.conftest import Made

Open = Callable[..., Any]

CHANGED = "#b.threshold=20&lang=en"
SHOWN = "#a.practice=benign&b.practice=hostile&predict=off&lang=en"

WEAK = """() => {
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const found = parts(getComputedStyle(one).backgroundColor);
      if (found[3] !== 0) return found;
    }
    return [255, 255, 255];
  };
  const speaks = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  return [...document.querySelectorAll("body *:not(script):not(noscript)")].filter((one) => one.checkVisibility() && speaks(one))
    .map((one) => {
      const style = getComputedStyle(one), ink = one instanceof SVGElement ? style.fill : style.color;
      const pair = [light(parts(ink)), light(ground(one))].sort((a, b) => b - a);
      return [(pair[0] + 0.05) / (pair[1] + 0.05), one.textContent.slice(0, 30)];
    }).filter(([ratio]) => ratio < 4.5);
}"""
"""Texts whose contrast is below 4.5 to 1, which WCAG 2 asks at level AA."""

CUT = """() => [...document.querySelectorAll("button, .row label, h1, h2, h3, #answer")].filter((one) => one.checkVisibility()
  && (one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth)).map((one) => one.textContent)"""
"""Texts that are wider than their place, or than the screen."""


@pytest.fixture
def visit(made: Made, browser: Any) -> Iterator[Open]:
    """Opens the page at a fragment. Whatever it logs, and whatever it asks anyone for, fails the test."""
    wrong: list[str] = []
    contexts = []

    def go(fragment: str = "", width: int = 1366, height: int = 768, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file://") else None)
        page.goto(made.file.as_uri() + fragment)
        page.wait_for_function("window.protestlaw && document.getElementById('differs').textContent")
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def numbers(made: Made, point: int) -> dict[str, np.ndarray]:
    """What the page should know of a point: the outcomes, rounded as they are packed."""
    names = made.explorer.text.explorer.outcomes
    table = np.stack([cell.values for cell in made.cells])
    return {name: rounded(table[:, row], unit_of(name))[point] for row, name in enumerate(names)}


def test_results_are_hidden_until_one_has_predicted_and_the_score_is_kept(visit: Open, made: Made) -> None:
    page = visit(CHANGED)
    assert not page.is_visible("#results")
    assert page.is_visible("#hidden")
    assert page.is_disabled("#commit")
    assert page.text_content("#differs") == "One thing differs: Threshold: A No threshold, B\u00a020 people."
    found = paired(numbers(made, 0)["attendance"], numbers(made, 2)["attendance"])
    right = "more" if found.low > 0 else "fewer" if found.high < 0 else "same"
    page.click(f"label[for=guess-{right}]")
    page.click("#commit")
    assert page.is_visible("#results")
    assert page.text_content("#score") == "1 of 1 right"
    assert "You were right." in page.text_content("#answer")
    assert "score=1.1" in page.url
    page.click("label[for=b-threshold-100]")
    assert not page.is_visible("#results")
    found = paired(numbers(made, 0)["attendance"], numbers(made, 4)["attendance"])
    wrong = "fewer" if found.low > 0 or not found.high < 0 else "more"
    page.click(f"label[for=guess-{wrong}]")
    page.click("#commit")
    assert page.text_content("#score") == "1 of 2 right"
    page.click("label[for=b-threshold-20]")
    assert page.is_visible("#results")  # seen already


def test_a_prediction_cannot_be_changed_afterwards(visit: Open) -> None:
    page = visit(CHANGED)
    page.click("label[for=guess-more]")
    page.click("#commit")
    assert page.is_disabled("#guess-fewer")
    assert page.is_disabled("#commit")


def test_the_interval_is_that_of_python(visit: Open, made: Made) -> None:
    page = visit(SHOWN)
    a, b = numbers(made, 0), numbers(made, 1)
    for row, name in enumerate(made.explorer.text.explorer.outcomes):
        found = page.evaluate(
            """(row) => { const { about, source, paired } = window.protestlaw;
            return paired(source.cell(0).values[row], source.cell(1).values[row], about.quantiles); }""",
            row,
        )
        both = ~(np.isnan(a[name]) | np.isnan(b[name]))
        wanted = paired(a[name][both], b[name][both])
        assert found["pairs"] == both.sum()
        assert [found["difference"], found["low"], found["high"]] == pytest.approx(list(wanted), rel=1e-9, abs=1e-9)
        assert found["clear"] == (wanted.low > 0 or wanted.high < 0)


def test_pairs_without_a_value_are_left_out_and_one_pair_has_no_interval(visit: Open) -> None:
    page = visit()
    call = "([a, b]) => window.protestlaw.paired(a, b, [null, null, 12.706204736, 4.30265273])"
    assert page.evaluate(call, [[1, None, 3], [2, 5, 6]]) == pytest.approx(
        {"pairs": 2, "a": 2, "b": 4, "difference": 2, "low": 2 - 12.706204736, "high": 2 + 12.706204736, "clear": False}
    )
    assert page.evaluate(call, [[1, None], [4, 2]])["low"] is None
    assert page.evaluate(call, [[None], [2]])["pairs"] == 0
    assert page.evaluate(call, [[1, 2, 3], [3, 4, 5]])["clear"]


def test_every_cell_is_read_as_it_was_written(visit: Open, made: Made) -> None:
    page = visit()
    read = page.evaluate("() => [...Array(8).keys()].map((point) => window.protestlaw.source.cell(point))")
    points = page.evaluate("() => [...window.protestlaw.pointsOf(window.protestlaw.about.levers).keys()]")
    columns = made.explorer.design.points[list(made.explorer.text.levers)]
    assert points == [" ".join(row) for row in columns.to_numpy().tolist()]
    for point, (found, cell) in enumerate(zip(read, made.cells, strict=True)):
        wanted = np.stack(list(numbers(made, point).values()))
        np.testing.assert_allclose(np.array(found["values"], np.float64), wanted, rtol=1e-12)
        assert found["sizes"] == cell.sizes.tolist()
        assert found["held"] == cell.held.tolist()
        assert found["open"] == cell.open.tolist()
        assert found["threshold"] == cell.threshold
        assert found["runs"] == 4
        for events, own in zip(found["events"], cell.events, strict=True):
            assert [[one["day"], one["size"], one["status"]] for one in events] == own.tolist()


def test_the_table_and_the_sentence_say_what_the_runs_say(visit: Open, made: Made) -> None:
    page = visit(SHOWN)
    a, b = (numbers(made, point)["events_held"] for point in (0, 1))
    found = paired(a, b)
    row = page.locator("#outcomes tr", has_text="Assemblies held").locator("td").all_text_contents()
    assert [float(cell) for cell in row[:2]] == pytest.approx([a.mean(), b.mean()], abs=0.051)
    assert float(row[2].split()[0].replace("−", "-")) == pytest.approx(found.mean, abs=0.051)
    assert ("fewer" in row[3]) == (found.high < 0)
    answer = page.text_content("#answer")
    assert answer.startswith("Attendance: ")
    assert "4 pairs of runs" in answer
    page.select_option("#ask", "lawful_share_start")
    assert page.text_content("#answer").startswith("Lawful when they began: ")
    groups = page.locator("#outcomes tr.group").all_text_contents()
    assert groups[:2] == ["How much protest", "What did not take place"]  # beside each other, always


def test_the_same_laws_have_nothing_to_predict(visit: Open) -> None:
    page = visit("#lang=en")
    assert page.text_content("#differs") == "A and B are the same. Change one lever."
    assert page.is_disabled("#guess-more")
    page.click("label[for=b-practice-hostile]")
    assert page.text_content("#differs").startswith("One thing differs: ")
    page.click("#equal")
    assert page.text_content("#differs") == "A and B are the same. Change one lever."


def test_several_levers_changed_are_told(visit: Open) -> None:
    page = visit("#b.threshold=20&b.practice=hostile&lang=en")
    assert page.text_content("#differs").startswith("2 things differ: ")
    assert "change one at a time" in page.text_content("#differs")


def test_a_lever_that_means_nothing_is_shut_and_says_so(visit: Open) -> None:
    page = visit("#b.procedure=permit&b.threshold=100&lang=en")
    assert page.is_disabled("#b-threshold-20")
    assert page.is_checked("#b-threshold-none")
    assert not page.is_disabled("#a-threshold-20")
    assert page.text_content("#moot-threshold") == "Means nothing under B, as the other levers stand."
    page.click("label[for=b-procedure-notification]")
    assert page.is_checked("#b-threshold-100")  # what had been set is there again


def test_a_link_opens_what_someone_else_sees(visit: Open) -> None:
    page = visit("#lang=en")
    page.click("label[for=a-threshold-20]")
    page.click("label[for=b-practice-hostile]")
    page.select_option("#ask", "suppressed")
    page.uncheck("#predict")
    page.click("label[for=run-1]")
    page.click("#languages button[value=ru]")
    link = page.input_value("#link")
    assert link == page.url
    other = visit(f"#{link.partition('#')[2]}")
    for selector in ("#a-threshold-20", "#b-practice-hostile", "#run-1"):
        assert other.is_checked(selector)
    assert other.input_value("#ask") == "suppressed"
    assert other.get_attribute("html", "lang") == "ru"
    assert other.inner_text("main") == page.inner_text("main")


def test_what_a_link_asks_for_and_is_not_there_is_told(visit: Open) -> None:
    page = visit("#b.threshold=999&b.practice=hostile&a.fine=3&score=9.2&lang=en")
    assert page.is_checked("#b-threshold-none")
    assert page.is_checked("#b-practice-hostile")
    told = page.text_content("#unknown")
    assert "b.threshold=999" in told
    assert "a.fine=3" in told


def test_another_link_in_the_same_window_is_followed(visit: Open) -> None:
    page = visit("#lang=en")
    page.evaluate("location.hash = '#b.threshold=100&predict=off&lang=kk'")
    page.wait_for_function("document.documentElement.lang === 'kk'")
    assert page.is_checked("#b-threshold-100")
    assert page.is_visible("#results")


def test_a_preset_is_called_nearest_and_never_the_law_itself(visit: Open) -> None:
    page = visit("#predict=off&lang=en")
    page.select_option("#preset-b", label="Kazakhstan, bill of 2020")
    assert page.is_checked("#b-threshold-100")
    assert page.is_checked("#b-practice-hostile")
    told = page.text_content("#near")
    assert told == "B: nearest levels to Kazakhstan, bill of 2020, not that law itself. Marches are left out."


def test_levers_answer_to_the_keyboard(visit: Open) -> None:
    page = visit("#lang=en")
    page.focus("#b-threshold-none")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#b-threshold-20")
    assert "b.threshold=20" in page.url
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#b-threshold-100")
    outline = page.evaluate("getComputedStyle(document.querySelector('#b-threshold-100 + label')).outlineStyle")
    assert outline == "solid"
    page.focus("#guess-fewer")
    page.keyboard.press("Space")
    page.focus("#commit")
    page.keyboard.press("Enter")
    assert page.is_visible("#results")
    assert page.evaluate("document.activeElement.id") == "answer"  # who cannot see the page hears the answer


def test_who_does_not_see_the_page_is_told_what_is_what(visit: Open) -> None:
    page = visit(SHOWN)
    assert page.get_attribute("#answer", "aria-live") == "polite"
    assert page.get_by_role("group", name="Threshold, regime B").get_by_role("radio", name="20 people").count() == 1
    for name in ("sizes", "days", "town"):
        assert page.get_attribute(f"#{name} svg", "role") == "img"
        assert page.get_attribute(f"#{name} svg", "aria-label")
        page.click(f"section.{name} summary")
        assert page.locator(f"#{name}-table tbody tr").count() > 2
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input")].filter((one) =>
        !(one.textContent.trim() || one.labels?.length || one.getAttribute("aria-label"))).map((one) => one.id)"""
    )
    assert unnamed == []


def test_contrast_is_enough(visit: Open) -> None:
    page = visit("#b.procedure=permit&b.practice=hostile&predict=off&lang=en")
    page.evaluate("document.querySelectorAll('*').forEach((one) => { one.style.transition = 'none'; })")
    weak = page.evaluate(WEAK)
    assert weak == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize(("width", "height", "big"), [(360, 740, ""), (1366, 768, ""), (1920, 1080, "&big")])
def test_nothing_is_wider_than_the_screen(visit: Open, language: str, width: int, height: int, big: str) -> None:
    page = visit(f"#b.threshold=20&b.practice=hostile&predict=off&lang={language}{big}", width, height)
    assert page.get_attribute("html", "lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(CUT)
    assert cut == []
    top = page.evaluate("document.getElementById('answer').getBoundingClientRect().bottom")
    assert width == 360 or top < height  # question and answer are on the first screen
    text = page.inner_text("body")
    assert "{" not in text
    assert "undefined" not in text
    assert "NaN" not in text


def test_the_projector_has_large_print_by_address_and_by_button(visit: Open) -> None:
    page = visit("#lang=en")
    small = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click("#big")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1.3 * small
    assert "#big&" in page.url
    assert page.get_attribute("html", "lang") == "en"


def test_numbers_can_be_taken_along(visit: Open, made: Made) -> None:
    page = visit(SHOWN)
    with page.expect_download() as waiting:
        page.click("#csv")
    content = waiting.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert waiting.value.suggested_filename == "small.csv"
    assert [row["regime"] for row in rows] == ["A"] * 4 + ["B"] * 4
    assert [row["practice"] for row in rows] == ["benign"] * 4 + ["hostile"] * 4
    assert [row["seed"] for row in rows] == ["1", "2", "3", "4"] * 2
    assert [float(row["attendance"]) for row in rows[:4]] == numbers(made, 0)["attendance"].tolist()


def test_the_foot_says_what_the_numbers_are(visit: Open) -> None:
    page = visit(SHOWN)
    foot = page.inner_text("footer")
    assert "simulation uncertainty over 4 runs, not the real world" in foot
    assert "Seeds: 1–4." in foot
    assert "protestlaw explorer small" in foot
    assert "No outcome here is good by itself." in page.inner_text(".framing")


def test_the_paper_version_leaves_out_what_cannot_be_pressed(visit: Open) -> None:
    page = visit(SHOWN)
    page.emulate_media(media="print")
    assert not page.is_visible("#copy")
    assert page.is_visible("#outcomes")
    assert page.is_visible("label[for=b-practice-hostile]")
    assert not page.is_visible("label[for=b-practice-benign]")


def test_a_source_may_answer_later_and_again(visit: Open) -> None:
    page = visit("#predict=off&lang=en")
    page.evaluate(
        """() => { const { about, source, start } = window.protestlaw; window.asked = []; window.left = 0;
        start(about, { watch: (laws, tell) => { window.asked.push(laws); window.tell = (first, second) =>
          tell([source.cell(first), source.cell(second)]); return () => { window.left += 1; }; } }); }"""
    )
    assert page.evaluate("window.asked") == [[{"procedure": "notification", "threshold": "none", "practice": "benign"}] * 2]
    assert page.is_hidden("#results") or page.locator("#results.waiting").count() == 1
    page.evaluate("window.tell(0, 1)")
    assert page.is_visible("#outcomes")
    first = page.inner_text("#outcomes")
    page.evaluate("window.tell(0, 2)")
    assert page.inner_text("#outcomes") != first
    page.evaluate("document.getElementById('b-practice-hostile').click()")
    assert page.evaluate("window.left") == 1


def test_going_to_the_results_leaves_the_levers_where_they_are(visit: Open) -> None:
    page = visit("#b.threshold=20&predict=off&lang=en", 360, 740)
    page.focus("#b-procedure-permit")
    before = page.url
    page.click("#down")
    assert page.url == before
    assert page.is_checked("#b-threshold-20")
    assert not page.is_visible("#unknown")
    assert page.evaluate("document.activeElement.id") == "main-part"
    assert 0 <= page.evaluate("document.getElementById('top').getBoundingClientRect().top") < 100
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.url == before


def test_what_is_equal_in_every_pair_says_so(visit: Open) -> None:
    page = visit("#predict=off&lang=en")
    rows = page.locator("#outcomes tr:not(.group)").all_inner_texts()[1:]
    assert all("the same" in row and "[" not in row for row in rows)


def test_a_page_that_carries_its_runs_has_no_box_for_other_numbers(visit: Open) -> None:
    page = visit("#b.threshold=33&lang=en")
    assert page.locator(".any").count() == 0
    assert "b.threshold=33" in page.text_content("#unknown")
