"""``protestlaw explorer``: a page from the command line, and what it leaves."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.interface.explorer.made import TEXT, written

Command = Callable[..., Result]

TINY = (
    TEXT.replace("seeds = 4", "seeds = 2")
    .replace("timelines = 2", "timelines = 1")
    .replace('"scenario.days" = 40', '"scenario.days" = 15')
)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("text"), TINY)


@pytest.fixture
def out(tmp_path: Path) -> list[str]:
    return ["-o", str(tmp_path / "page.html"), "--runs", str(tmp_path / "runs"), "--jobs", "1"]


def test_a_page_is_made_and_its_runs_are_kept(command: Command, text: Path, out: list[str], tmp_path: Path) -> None:
    done = command("explorer", text, *out)
    assert done.exit_code == 0, done.output
    assert "A small page: 8 laws x 2 seeds, 16 runs." in done.stdout
    assert "It needs no server and no network." in done.stdout
    page = (tmp_path / "page.html").read_bytes()
    assert b"protestlaw explorer small" in page
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {"explorer.toml", "manifest.json", "page.sqlite"}
    told = json.loads((tmp_path / "runs" / "manifest.json").read_text(encoding="utf-8"))
    assert told["experiment"]["page"] == {"file": "page.html", "bytes": len(page)}
    assert told["experiment"]["runs"] == 16

    refused = command("explorer", text, *out)
    assert refused.exit_code == 2
    assert "page.html is there already. Choose another name with -o, or replace it with --force." in refused.stderr

    again = command("explorer", text, *out, "--force")
    assert again.exit_code == 0
    assert "16 runs, 16 of them were there." in again.stdout
    assert (tmp_path / "page.html").read_bytes() == page


def test_a_forecast_makes_nothing(command: Command, text: Path, out: list[str], tmp_path: Path) -> None:
    done = command("explorer", text, *out, "--dry-run")
    assert done.exit_code == 0
    assert "8 laws x 2 seeds = 16 runs of seminar" in done.stdout
    assert "kB, the less the more laws are alike" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_runs_that_fail_are_told(
    command: Command, text: Path, out: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.experiment.exploring import running

    real, calls = running.gist, []

    def broken(*given: object) -> object:
        calls.append(given)
        if len(calls) == 3:
            raise ValueError("a gist that breaks")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "gist", broken)
    done = command("explorer", text, *out)
    assert done.exit_code == 1
    assert "1 of 16 runs failed; see" in done.stderr
    assert "a gist that breaks" in (tmp_path / "runs" / "failures.csv").read_text(encoding="utf-8")
    assert (tmp_path / "page.html").is_file()


@pytest.mark.parametrize(("name", "words"), [("page.txt", "Let it end in .html"), ("", "is a folder. Name a file")])
def test_a_page_has_a_name_of_its_own(command: Command, text: Path, tmp_path: Path, name: str, words: str) -> None:
    done = command("explorer", text, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert words in done.stderr


def test_runs_do_not_go_where_something_else_is(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = command("explorer", text, "-o", tmp_path / "page.html", "--runs", tmp_path / "runs")
    assert done.exit_code == 2
    assert "holds no results of protestlaw" in done.stderr
