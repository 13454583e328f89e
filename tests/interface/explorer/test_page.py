"""The page's file: one file, small enough, that asks nobody for anything, and says everything in three languages."""

import re
import string
from pathlib import Path

import pytest

from sim.experiment.exploring import GROUPS, LANGUAGES, OUTCOMES, Explorer, load_explorer, pack
from sim.experiment.exploring.gist import STATUSES
from sim.experiment.exploring.told import ENDED, SLOW, WRONG
from sim.interface.explorer.page import MOST_BYTES, about, page
from sim.interface.explorer.words import NAMES, all_words, words_for
from sim.words import SITE_KINDS
from tests.interface.explorer.made import LIVE, UNITS, many_cells, written

FILES = Path(__file__).resolve().parents[3] / "sim" / "interface" / "explorer"


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    return load_explorer(written(tmp_path_factory.mktemp("text")))


def test_a_thousand_laws_with_twenty_seeds_stay_below_a_megabyte(explorer: Explorer) -> None:
    packed = pack(many_cells(1044, 20, events=158, timelines=1), UNITS)
    made = page(explorer, packed, "protestlaw explorer small").encode()
    assert MOST_BYTES / 3 < len(made) < MOST_BYTES


def test_the_page_asks_nobody_for_anything(explorer: Explorer) -> None:
    made = page(explorer, pack(many_cells(8, 4), UNITS), "protestlaw explorer small")
    addresses = re.findall(r"[a-z]*:?//[^\s\"'`<]+", re.sub(r"(?m)//\s.*$", "", made))
    assert [one for one in addresses if one != "http://www.w3.org/2000/svg"] == []
    assert not re.search(r"<(link|img|script|iframe)[^>]*\s(src|href)=\"(?!data:)", made)
    assert "default-src 'none'" in made


def test_the_same_runs_make_the_same_page(explorer: Explorer) -> None:
    one, other = (page(explorer, pack(many_cells(8, 4), UNITS), "protestlaw explorer small") for _ in range(2))
    assert one == other


def test_a_text_cannot_end_the_script_it_stands_in(tmp_path: Path) -> None:
    from tests.interface.explorer.made import TEXT

    path = written(tmp_path, TEXT.replace('en = "A small page"', 'en = "</script><b>A page</b>"'))
    made = page(load_explorer(path), pack(many_cells(8, 4), UNITS), "protestlaw explorer small")
    assert "</script><b>" not in made
    assert "&lt;/script&gt;&lt;b&gt;A page&lt;/b&gt;" in made


def test_a_page_without_cells_leaves_them_to_a_server(explorer: Explorer) -> None:
    made = page(explorer, None, "protestlaw app small")
    assert '<script type="text/plain" id="cells">' not in made
    assert about(explorer, None, "x")["data"] is None


def test_what_only_a_server_can_do_is_in_a_live_page_only(tmp_path: Path) -> None:
    live = load_explorer(written(tmp_path, LIVE))
    packed = pack(many_cells(8, 4, timelines=2), UNITS)
    carried, served = about(live, packed, "x"), about(live, None, "x")
    assert carried["live"] is None
    assert served["live"] == {"enough": 3}
    levers = [next(one for one in said["levers"] if one["name"] == "threshold") for said in (carried, served)]
    assert "any" not in levers[0]
    assert (levers[1]["any"]["least"], levers[1]["any"]["most"], levers[1]["any"]["whole"]) == (2, 5000, True)
    assert [level["value"] for level in levers[1]["levels"]] == [None, 20, 100]
    assert [
        any(key.startswith(("any.", "failed.", "growing", "trouble.")) for key in said["words"]["kk"])
        for said in (carried, served)
    ] == [
        False,
        True,
    ]
    assert "connect-src 'self'" in page(live, None, "x")
    assert "connect-src" not in page(live, packed, "x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_everything_that_english_says(language: str) -> None:
    words, english = all_words()[language], all_words()["en"]
    assert set(words) == set(english)
    for key, text in english.items():
        assert text.strip()
        assert words[key].strip(), key
        names = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (text, words[key])]
        assert names[0] == names[1], key
    assert set(NAMES) == set(LANGUAGES)


def test_what_the_script_says_is_among_the_words() -> None:
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FILES / "script").glob("*.js")))
    template = (FILES / "page.html").read_text(encoding="utf-8")
    said = set(re.findall(r'say\("([a-z._]+)"', script)) | set(re.findall(r'data-(?:say|label)="([a-z._]+)"', template))
    said |= set(re.findall(r'"((?:any|clear|days|footer|growing|predict|sizes|table|town|trouble)\.[a-z_]+)"', script))
    assert len(said) > 60
    known = set(all_words()["en"])
    assert said - known == set()
    made_up = {f"outcome.{one}" for one in OUTCOMES} | {f"about.{one}" for one in OUTCOMES} | {f"group.{one}" for one in GROUPS}
    made_up |= {f"failed.{why}" for why in (SLOW, ENDED, WRONG)}
    made_up |= {f"site.{one}" for one in SITE_KINDS} | {f"status.{one}" for one in STATUSES}
    assert made_up - known == set()


def test_words_of_outcomes_that_are_not_shown_stay_behind() -> None:
    words = words_for(["attendance"])["ru"]
    assert "outcome.attendance" in words
    assert "predict.title" in words
    assert "outcome.events_held" not in words


def test_every_part_of_the_script_is_in_the_page(explorer: Explorer) -> None:
    made = page(explorer, None, "x")
    for path in (FILES / "script").glob("*.js"):
        assert path.read_text(encoding="utf-8") in made, path.name


def test_quantiles_are_those_of_student(explorer: Explorer) -> None:
    quantiles = about(explorer, None, "x")["quantiles"]
    assert quantiles[:2] == [None, None]
    assert quantiles[2:] == pytest.approx([12.706204736, 4.302652730, 3.182446305])  # tables of Student's t, 1, 2 and 3 degrees
