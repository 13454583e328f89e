"""The conversion of a results folder: read as a whole, checked as a whole, written as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import InputError, OutputError, Problem, did_you_mean
from sim.experiment.exporting.csv_files import TYPES, as_csv, types_csv
from sim.experiment.exporting.folder import CONVERTED, Folder, read_folder
from sim.experiment.exporting.parquet import as_parquet, need_pyarrow
from sim.experiment.exporting.provenance import about_rows, dataset_label, dataset_notes, of_table
from sim.experiment.exporting.stata import as_dta, problems_for_stata, with_stata_names
from sim.experiment.exporting.stata_names import stata_names
from sim.experiment.exporting.workbook import as_workbook, need_openpyxl, problems_for_excel
from sim.experiment.manifest import THIS_TIME, code
from sim.experiment.outputs import check_free, write_results

__all__ = ["FORMATS", "Exported", "export"]

FORMATS: Final[Mapping[str, str]] = {"csv": "CSV", "dta": "Stata", "parquet": "Parquet", "xlsx": "Excel"}
"""What a results folder can be converted to, with the name people have for it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of a conversion.

    Attributes:
        folder: where it was written. files: what was written, the manifest first.
        tables: the tables that were converted, the codebook last.
        renamed: names of columns that Stata does not take, and what they are called instead; empty for the other formats.
        changed: tables that are not as they were when the results were written.
        left_out: what lies in the folder and was not converted: files its manifest does not know, and folders.
    """

    folder: Path
    files: tuple[Path, ...]
    tables: tuple[str, ...]
    renamed: Mapping[str, str]
    changed: tuple[str, ...]
    left_out: tuple[str, ...]


def export(folder: Path, to: str, out: Path | None = None, *, force: bool = False, command: Sequence[str] = ()) -> Exported:
    """Convert all tables of a results folder.

    Args:
        folder: what ``run``, ``compare`` or ``sweep`` wrote: ``manifest.json``, ``codebook.csv`` and tables.
        to: one of :data:`FORMATS`.
        out: where to; by default beside the folder, with the format behind its name (``results/berlin-dta``).
        force: whether to replace results that are there already.
        command: the words of the command that asked for it, for the manifest.

    Raises:
        InputError: if the folder holds no results, they are not what their codebook says, or the format cannot hold them.
        OutputError: if the place may not be written, or the package that writes the format is not installed.

    >>> export(Path("results/berlin"), "dta").renamed  # doctest: +SKIP
    """
    if to not in FORMATS:
        near = did_you_mean(to, FORMATS)
        hint = f" Did you mean {near!r}?" if near else ""
        raise OutputError(f"Results cannot be converted to {to!r}.{hint} Known: {', '.join(FORMATS)}.")
    _need(to)
    place = folder if folder.name not in {"", ".."} else folder.resolve()  # told as it is given, if that has a name
    target = out or place.with_name(f"{place.name}-{to}")
    _keep_apart(folder.resolve(), target.resolve())
    check_free(target, force=force)
    read = read_folder(folder)
    renamed: dict[str, str] = {}
    if to == "dta":
        files, renamed = _stata(read)
    else:
        files = {"csv": _csv, "parquet": _parquet, "xlsx": _excel}[to](read)
    said = {
        "protestlaw": code(),
        CONVERTED: {
            "from": place.name,
            "to": to,
            "tables": dict(read.sha256),
            "changed_since_written": list(read.changed),
            "left_out": list(read.left_out),
            "renamed": renamed,
        },
        "source": read.manifest,
        THIS_TIME: {"written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), "command": list(command)},
    }
    written = write_results(target, files, said, force=force)
    names = tuple(table.name for table in read.tables)
    return Exported(target, tuple(written), names, renamed, read.changed, read.left_out)


def _need(to: str) -> None:
    """See that the package is there that writes a format."""
    if to == "parquet":
        need_pyarrow()
    elif to == "xlsx":
        need_openpyxl()


def _keep_apart(source: Path, target: Path) -> None:
    """A folder that is written replaces what was there as a whole, so it must not be, hold or lie in the one that is read."""
    if source == target or source in target.parents or target in source.parents:
        raise OutputError(f"{target} is, holds or lies in the folder that is to be converted. Choose another folder with --out.")


def _csv(read: Folder) -> dict[str, bytes]:
    if any(table.source == TYPES for table in read.tables):
        _refuse(read, [Problem(TYPES, "a table of that name", f"any other name, since {TYPES} will tell the kinds of columns")])
    return {**{table.source: as_csv(table) for table in read.tables}, TYPES: types_csv(read.tables)}


def _parquet(read: Folder) -> dict[str, bytes]:
    return {f"{table.name}.parquet": as_parquet(table, of_table(read, table)) for table in read.tables}


def _excel(read: Folder) -> dict[str, bytes]:
    _refuse(read, [problem for table in read.tables for problem in problems_for_excel(table)])
    return {f"{read.path.absolute().name}.xlsx": as_workbook(read.tables, about_rows(read))}


def _stata(read: Folder) -> tuple[dict[str, bytes], dict[str, str]]:
    _refuse(read, [problem for table in read.tables for problem in problems_for_stata(table)])
    *tables, codebook = read.tables
    names = stata_names(["stata_name", *(column.about.name for table in read.tables for column in table.columns)])
    files = {
        f"{table.name}.dta": as_dta(table, names, dataset_label(read, table), dataset_notes(read, table))
        for table in (*tables, with_stata_names(codebook, names))
    }
    return files, {name: short for name, short in names.items() if name != short}


def _refuse(read: Folder, problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(str(read.path), problems)
