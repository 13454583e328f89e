"""A results folder as it stands on disk: its manifest, its codebook, and the tables the codebook explains."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.experiment.exporting.codebook import CODEBOOK, Codebook, read_codebook
from sim.experiment.exporting.columns import Table
from sim.experiment.exporting.tables import read_table
from sim.experiment.outputs import MANIFEST

__all__ = ["CONVERTED", "Folder", "read_folder"]

CONVERTED: Final = "converted"
"""The key in the manifest of a folder that is itself a conversion."""

_WRITTEN_BY: Final = "protestlaw run, compare or sweep writes"


@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    """What a results folder holds.

    Attributes:
        path: of the folder. manifest: what it says of itself. tables: in the order of the codebook, which comes last itself.
        sha256: of each table's file, by its name.
        changed: files that are not as they were written, by the manifest.
        left_out: files that are no results (the manifest does not know them), and folders.
    """

    path: Path
    manifest: Mapping[str, Any]
    tables: tuple[Table, ...]
    sha256: Mapping[str, str]
    changed: tuple[str, ...]
    left_out: tuple[str, ...]


def read_folder(path: Path) -> Folder:
    """Read the tables of a results folder.

    Args:
        path: a folder that holds ``manifest.json``, ``codebook.csv`` and tables (``*.csv``).

    Raises:
        InputError: if it is no such folder, or what it holds is not what its codebook says; all problems at once.
    """
    if not path.is_dir():
        found = "a file" if path.exists() else "no such folder"
        raise InputError(str(path), [Problem("", found, f"a folder that {_WRITTEN_BY}")])
    manifest = _manifest(path) if (path / MANIFEST).is_file() else {}
    if CONVERTED in manifest:
        raise InputError(str(path), [Problem("", "a conversion of results", f"the folder it was made from, as {_WRITTEN_BY} it")])
    absent = [name for name in (MANIFEST, CODEBOOK) if not (path / name).is_file()]
    if absent:
        raise InputError(str(path), [Problem(name, "no such file", f"the file that {_WRITTEN_BY}") for name in absent])
    codebook, told, problems = read_codebook(path / CODEBOOK)
    known = manifest.get("files")
    held = sorted(one.name for one in path.iterdir() if one.suffix == ".csv" and one.is_file())
    wanted = [name for name in held if known is None or name in known]
    problems += [
        Problem(name, "no such file", f"the table that {MANIFEST} lists")
        for name in sorted(known or ())
        if name.endswith(".csv") and name not in held
    ]
    tables = []
    for name in _in_order(wanted, codebook):
        own = Path(name).stem
        table, wrong = read_table(path / name, partial(codebook.find, own), codebook.names(own))
        problems += wrong
        if table is not None:
            tables.append(table)
    if not tables and not problems:
        problems.append(Problem("", "no table", f"at least one table (*.csv) that {_WRITTEN_BY}"))
    if problems:
        raise InputError(str(path), problems)
    sums = {name: hashlib.sha256((path / name).read_bytes()).hexdigest() for name in (*wanted, CODEBOOK)}
    changed = [name for name in sums if known is not None and name in known and known[name].get("sha256") != sums[name]]
    left_out = [name for name in held if name not in sums]
    left_out += sorted(f"{one.name}/" for one in path.iterdir() if one.is_dir())
    return Folder(path, manifest, (*tables, told), sums, tuple(sorted(changed)), tuple(left_out))


def _in_order(files: list[str], codebook: Codebook) -> list[str]:
    """The tables in the order of the codebook, which is not among them; what it does not know comes last."""
    order = {f"{name}.csv": place for place, name in enumerate(codebook.tables)}
    return sorted((name for name in files if name != CODEBOOK), key=lambda name: (order.get(name, len(order)), name))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        said = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (ValueError, UnicodeError) as error:
        raise InputError(str(path), [Problem(MANIFEST, f"no JSON ({error})", f"the file that {_WRITTEN_BY}")]) from error
    files = said.get("files") if isinstance(said, dict) else None
    right = files is None or (isinstance(files, dict) and all(isinstance(one, dict) for one in files.values()))
    if not isinstance(said, dict) or not right:
        problem = Problem(MANIFEST, "something else", f"the file that {_WRITTEN_BY}, with what is told of each file under files")
        raise InputError(str(path), [problem])
    return said
