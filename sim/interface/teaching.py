"""What is said of the classics, on the screen, as a document, and in a results folder."""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from sim.classics.classic import Check, Classic, Finding
from sim.experiment.manifest import code, manifest
from sim.experiment.outputs import check_free, to_csv, write_results
from sim.interface.style import paper, rendered
from sim.kernels import cache_folder
from sim.version import __version__

__all__ = [
    "Taught",
    "answer",
    "check_free",
    "checks_table",
    "compiled",
    "document",
    "figure",
    "list_document",
    "print_list",
    "write",
]


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A classic as it was run.

    Attributes:
        classic: which. options: every option by name. seed: of all chance. finding: what came out.
    """

    classic: Classic
    options: Mapping[str, Any]
    seed: int
    finding: Finding


def compiled() -> bool:
    """Whether there is machine code from an earlier run."""
    return any(cache_folder().rglob("*.nbc"))


def print_list(classics: Sequence[Classic], out: Console) -> None:
    """Name, title and papers of each."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 1, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for classic in classics:
        table.add_row(classic.name, "\n".join([classic.title, *classic.citation]))
    out.print(table)
    out.print("protestlaw classics NAME runs one of them.")


def answer(done: Taught, out: Console, folder: Path | None) -> None:
    """Print what a classic says, and whether it says what is known."""
    width = min(out.width, 100)
    out.print(done.classic.title, style="bold")
    for paper_ in done.classic.citation:
        out.print(fill(paper_, width))
    out.print("\n" + fill(done.classic.teaches, width) + "\n")
    out.print(_table_of_checks(done.finding.checks))
    failed = sum(not check.passed for check in done.finding.checks)
    said = f"{failed} of {len(done.finding.checks)} fail" if failed else f"All {len(done.finding.checks)} pass"
    out.print(f"\n{said}.\n")
    if done.classic.options:
        out.print(_table_of_options(done))
    out.print(f"Seed {done.seed}.")
    out.print(
        f"Tables, figure and manifest: {folder}" if folder else "Nothing was written; --out DIR keeps tables and the figure."
    )


def _table_of_checks(checks: Sequence[Check]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("question")
    for column in ("known", "found", "within"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("source")
    for check in checks:
        numbers = (_number(value) for value in (check.known, check.found, check.within))
        table.add_row(check.what, *numbers, "pass" if check.passed else "FAIL", check.source)
    return table


def _table_of_options(done: Taught) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("option", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("meaning")
    for option in done.classic.options:
        value = done.options[option.name]
        usual = "" if value == option.default else f" (usually {_value(option.default)})"
        table.add_row(option.name, _value(value), option.meaning + usual)
    return table


def _value(value: float | int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else _number(value) if isinstance(value, float) else value


def _number(value: float) -> str:
    """Up to six significant digits, without needless ones."""
    if not math.isfinite(value):
        return "none"
    if value == 0.0 or 1e-3 <= abs(value) < 1e6:
        return f"{value:.6g}"
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:.1e}"


def checks_table(checks: Sequence[Check]) -> pd.DataFrame:
    """One row for each known answer."""
    rows = [(one.what, one.known, one.found, one.within, one.passed, one.source) for one in checks]
    return pd.DataFrame(rows, columns=["question", "known", "found", "within", "passed", "source"])


def document(done: Taught) -> str:
    """One JSON document; a number that there is not is null."""
    checks = [
        {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()}
        for row in checks_table(done.finding.checks).to_dict("records")
    ]
    said = {"protestlaw": code(), **_told(done), "checks": checks, "passed": all(one.passed for one in done.finding.checks)}
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)


def list_document(classics: Sequence[Classic]) -> str:
    """The classics, with their options."""
    rows = [
        {
            **_said(classic),
            "options": [
                {"name": one.name, "default": one.default, "meaning": one.meaning, "allowed": list(one.allowed)}
                for one in classic.options
            ],
        }
        for classic in classics
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False)


def _said(classic: Classic) -> dict[str, Any]:
    return {"name": classic.name, "title": classic.title, "citation": list(classic.citation), "teaches": classic.teaches}


def _told(done: Taught) -> dict[str, Any]:
    return {**_said(done.classic), "options": dict(done.options), "seed": done.seed}


def figure(done: Taught) -> dict[str, bytes]:
    """The figure of a classic as files, drawn from the tables alone."""
    drawing = importlib.import_module(f"sim.interface.drawings.{done.classic.name.replace('-', '_')}")
    settings = ", ".join(f"{name}={value}" for name, value in done.options.items())
    about = f"protestlaw {__version__}: {done.classic.name}; {settings}; seed {done.seed}"
    with paper():
        return rendered(drawing.draw(done.finding.tables), done.classic.name, done.classic.title, about)


def write(done: Taught, folder: Path, *, force: bool, command: Sequence[str], seconds: float) -> list[Path]:
    """Write tables, checks and the figure to a folder, as a whole or not at all.

    Args:
        done: what was run.
        folder: a folder that is not there yet.
        force: whether to replace results that are there.
        command: the words of the command, for the manifest.
        seconds: how long it took, for the same.

    Returns:
        the files.

    Raises:
        OutputError: if the folder may not be written, or cannot be.
    """
    tables = {**done.finding.tables, "checks": checks_table(done.finding.checks)}
    files = {f"{name}.csv": to_csv(table) for name, table in tables.items()} | figure(done)
    said = manifest({}, [done.seed], command=command, seconds=seconds, classic=_told(done))
    return write_results(folder, files, said, force=force)
