"""``protestlaw app`` from the command line: what it refuses, and that it ends in good order."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.interface.explorer.made import LIVE, written

Command = Callable[..., Result]


def test_a_page_or_a_run_to_watch(command: Command) -> None:
    done = command("app", "seminar", "--watch", "seminar")
    assert done.exit_code == 2
    assert "found 'seminar' and the page 'seminar'; allowed: a page to serve, or --watch with a scenario" in done.stderr
    done = command("app", "--set", "law.threshold=50")
    assert done.exit_code == 2
    assert "allowed: --set with --watch only" in done.stderr
    done = command("app", "--watch", "seminar", "--keep", "5", "--jobs", "1")
    assert done.exit_code == 2
    assert all(f"--{name}: found --watch; allowed: only with a page" in done.stderr for name in ("keep", "jobs"))


def test_a_run_to_watch_is_handed_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.interface.watching import serving

    asked: list[object] = []
    monkeypatch.setattr(serving, "watch", lambda *given, **named: asked.extend([*given, named]))
    done = command("app", "--watch", "seminar", "--set", "law.threshold=50", "--port", "0", "--no-open")
    assert done.exit_code == 0, done.output
    assert asked == ["seminar", {"law.threshold": 50}, {"host": "127.0.0.1", "port": 0, "open_browser": False}]


def test_a_page_that_is_not_there_is_told(command: Command) -> None:
    done = command("app", "seminarr", "--no-open")
    assert done.exit_code == 2
    assert "No page is called 'seminarr'." in done.stderr


def test_a_port_that_is_taken_is_told_before_anything_starts(command: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = command("app", written(tmp_path, LIVE), "--no-open", "--port", other.getsockname()[1])
    assert done.exit_code == 2
    assert "is taken, perhaps by another window of this program" in done.stderr
    assert "ready at" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="an interrupt from the keyboard is sent otherwise there")
def test_it_says_where_it_is_and_ends_with_an_interrupt(tmp_path: Path) -> None:
    words = ["app", str(written(tmp_path, LIVE)), "--no-open", "--port", "0", "--jobs", "1"]
    started = subprocess.Popen(
        [sys.executable, "-c", "from sim.interface.cli import main; main()", *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        start_new_session=True,
    )
    assert started.stderr is not None
    told = []
    for line in started.stderr:
        told.append(line)
        if line.startswith("ready at http://127.0.0.1:"):
            break
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    _, rest = started.communicate(timeout=30)
    assert started.returncode == 0, (told, rest)
    assert rest == "Ended.\n"
    assert {path.name for path in tmp_path.iterdir()} == {"small.toml"}
