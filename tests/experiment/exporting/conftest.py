"""Results folders for tests, as ``run``, ``compare`` and ``sweep`` write them."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.outputs import write_results

CODEBOOK = ("table", "name", "label", "type", "unit", "meaning", "levels")
LONG = "behaviour.deliberation.weights.of_expected_sanction"
TRACEBACK = 'Traceback: "no slot" — Площадь\r\nat line 7, ' + "x" * 3000

RUNS = (
    ("point", "point", "int64", "", "Number of the point", ""),
    ("law.threshold", "law.threshold", "float64", "persons", "Size at which the procedure changes", ""),
    (LONG, LONG, "str", "", "Another factor", ""),
    ("scenario", "scenario", "str", "", "Name of the scenario", ""),
    ("seed", "seed", "int64", "", "Seed of the run", ""),
    ("status", "status", "str", "", "Whether it was done", "done|failed"),
    ("error", "error", "str", "", "Why it failed; empty if it was done", ""),
    ("fate", "fate", "str", "", "What became of the largest assembly", "|held|called_off|prevented|pending"),
    ("breached", "breached", "str", "", "Offences there were, joined by ;", "|no_filing|wrong_place|over_size"),
    ("held", "held", "int32", "assemblies", "Assemblies held", ""),
    ("notice", "notice", "Int32", "calendar days", "Notice given by the first filing", ""),
    ("largest_date", "largest date", "str", "", "Day of the largest assembly: its date", ""),
    ("lawful", "lawful", "bool", "", "Whether all were lawful", ""),
)
"""Rows of a codebook for a table of runs; that of the ratio is an indicator's."""

RATIO = ("indicators", "ratio", "Variance ratio", "float64", "share of variance", "What pairing gained; may be infinite", "")
HEADER = (*(row[0] for row in RUNS), "ratio")
ROWS = (
    ("0", "50", "a", "Алматы – “1995”", "9007199254740991", "done", "", "held", "no_filing;over_size", "3", "15", "2020-02-29",
     "True", "0.1"),
    ("1", "250.5", "=1+1", "b, c", "1", "failed", TRACEBACK, "", "", "", "", "", "False", "inf"),
    ("2", "", " kept ", "NA", "123456789012345678"[:15], "done", "", "prevented", "wrong_place", "-2147483647", "0", "1959-12-31",
     "", ""),
    ("3", "1e-300", "_x0041_", "none", "9007199254740992", "done", "", "pending", "", "2147483647", "7", "2100-01-01", "True",
     "-inf"),
)  # fmt: skip

Folder = Callable[..., Path]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Makes a results folder with a table of runs; other rows, codebook rows, files and manifest where they are given."""

    def make(
        rows: Sequence[Sequence[str]] = ROWS,
        header: Sequence[str] = HEADER,
        codebook: Sequence[Sequence[str]] = (*(("runs", *row) for row in RUNS), RATIO),
        files: Mapping[str, bytes] | None = None,
        manifest: Mapping[str, Any] | None = None,
    ) -> Path:
        said = {
            "protestlaw": {"version": "9.9", "commit": "c0ffee"},
            "seeds": list(range(30)),
            "scenarios": {"Алматы": {"law": {}}},
        }
        content = {"runs.csv": as_csv(header, rows), "codebook.csv": as_csv(CODEBOOK, codebook), **(files or {})}
        write_results(tmp_path / "results", content, {**said, **(manifest or {})}, force=True)
        return tmp_path / "results"

    return make
