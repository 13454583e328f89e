"""What the tutorials are run with: ``%load_ext docs.tutorials.terminal`` makes a folder to work in, and a cell magic.

A cell that begins with ``%%terminal`` holds lines for a shell. What they print is shown, but not what they say of their progress,
which names seconds. If a command fails, the cell fails, and with it the building of the site. A cell that begins with
``%%terminal fails`` shows an error on purpose: it fails if its last command does not. ``%%terminal with R`` is run only where R
is installed, and says so where it is not.

A line that is one command of ours needs no shell: it is given to the program here, which is loaded once for a whole tutorial.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

__all__ = ["load_ipython_extension"]

TOP = Path(__file__).resolve().parents[2]
OWN = 'protestlaw() { "$PYTHON" -c "from sim.interface.cli import main; main()" "$@"; }\n'
"""The command of this checkout and of the Python that builds, installed or not."""

OURS = re.compile(r"protestlaw [^\n;&|<>$`*?#]+")
"""A single command of ours, without anything that a shell would have to understand."""

WIDTH = 118
"""Columns of what is shown: those of an answer that is not written to a terminal (:mod:`sim.interface.screen`)."""

NEEDS = {
    "R": ["Rscript", "--version"],
    "haven": ["Rscript", "-e", "library(haven)"],
    "ggplot2": ["Rscript", "-e", "library(ggplot2)"],
}
"""What shows that a program, or a package of it, is there."""

BROKEN: Any = {"subsequent_indent": "    ", "break_on_hyphens": False, "break_long_words": False}


def run(line: str, cell: str) -> str:
    """Run a cell's lines in a shell.

    Args:
        line: what stands beside ``%%terminal``: nothing, ``fails``, or ``with`` and one of NEEDS. cell: the lines.

    Returns:
        what is to be shown.

    Raises:
        RuntimeError: if they fail, or do not although they should.
    """
    if line.startswith("with "):
        name = line.removeprefix("with ").strip()
        if not there(NEEDS[name]):
            return f"{name} is not installed where this page was built: these lines were not run.\n"
    code, out, errors = ours(cell) if OURS.fullmatch(cell.strip()) else shell(cell)
    wanted, failed = line.strip() == "fails", code != 0
    if failed is not wanted:
        raise RuntimeError(f"exit code {code} of\n{cell}{out}{errors}")
    said = out + (errors if failed else "")
    return broken(said.replace(f"{Path.cwd()}/", ""))  # the folder has another name every time


def ours(cell: str) -> tuple[int, str, str]:
    """The exit code of a command of ours, what it printed, and what it said of errors and its progress."""
    from typer.testing import CliRunner

    from sim.interface.cli import app

    done = CliRunner().invoke(app, shlex.split(cell)[1:])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def shell(cell: str) -> tuple[int, str, str]:
    """The same of lines for a shell."""
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", OWN + cell], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def there(command: list[str]) -> bool:
    """Whether a command can be run, and does not fail."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def broken(text: str) -> str:
    """A text whose long lines are broken, as a terminal breaks them."""
    lines = ([line] if len(line) <= WIDTH else textwrap.wrap(line, WIDTH, **BROKEN) for line in text.splitlines())
    return "".join(f"{line}\n" for several in lines for line in several)


def load_ipython_extension(shell: Any) -> None:
    """Begin a tutorial: an empty folder, a window of fixed width, no colours, and the cell magic.

    What a cell shows is kept as ``printed``, so that a hidden cell can hold the text of the page to it.
    """
    folder = tempfile.mkdtemp(prefix="tutorial-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chdir(folder)
    for asking_for_colours in ("FORCE_COLOR", "CLICOLOR_FORCE"):  # a notebook sets them
        os.environ.pop(asking_for_colours, None)
    os.environ.update(COLUMNS=str(WIDTH), NO_COLOR="1", TERM="dumb", PYTHON=sys.executable)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TOP), *filter(None, [os.environ.get("PYTHONPATH")])])

    def terminal(line: str, cell: str) -> None:
        printed = run(line, cell)
        shell.user_ns["printed"] = printed
        sys.stdout.write(printed)

    shell.register_magic_function(terminal, "cell", "terminal")
