"""Where converted tables come from, in the words of each format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sim.experiment.exporting.columns import Table
from sim.experiment.exporting.folder import Folder
from sim.texts import flattened

__all__ = ["about_rows", "dataset_label", "dataset_notes", "of_table"]

_LEFT_OUT: Final = {"files", "resolved"}
"""What of a manifest is too long to be read in a workbook: the fingerprints of the files, and every value of a scenario."""

_SHOWN: Final = 20
"""Values of a list that are shown."""


def of_table(read: Folder, table: Table) -> dict[str, str]:
    """What a file says of its own table."""
    return {"table": table.name, "protestlaw": _version(read), "source": table.source, "sha256": read.sha256[table.source]}


def dataset_label(read: Folder, table: Table) -> str:
    """A title for a table: whose it is, and of which scenarios."""
    scenarios = read.manifest.get("scenarios")
    names = f"; {', '.join(scenarios)}" if isinstance(scenarios, Mapping) and scenarios else ""
    return f"protestlaw {_version(read)}: {table.name}{names}"


def dataset_notes(read: Folder, table: Table) -> tuple[str, ...]:
    """Notes on a table: which code made it, and from which file it is."""
    made = read.manifest.get("protestlaw")
    commit = made.get("commit") if isinstance(made, Mapping) else None
    by = f"protestlaw {_version(read)}" + (f" (commit {commit})" if commit else "")
    return (f"Results of {by}: {table.source}, SHA-256 {read.sha256[table.source]}.",)


def about_rows(read: Folder) -> list[tuple[str, str]]:
    """What the manifest says, key by key, without what nobody reads in a workbook."""
    rows = [(key, _said(value)) for key, value in flattened(read.manifest, _LEFT_OUT)]
    return [("converted from", read.path.absolute().name), *rows]


def _version(read: Folder) -> str:
    made = read.manifest.get("protestlaw")
    return str(made.get("version", "")) if isinstance(made, Mapping) else ""


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        more = f" ... and {len(value) - _SHOWN:,} more (manifest.json)" if len(value) > _SHOWN else ""
        return ", ".join(str(one) for one in value[:_SHOWN]) + more
    return str(value)
