"""A folder that results are added to while they are made: which experiment it is of, and what is made of its runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import OutputError
from sim.experiment.outputs import MANIFEST
from sim.experiment.whole_files import write_whole

__all__ = ["claim", "write_beside"]

_OF: Final = "experiment"


def claim(folder: Path, name: str, about: Mapping[str, Any], *, again: bool = False) -> None:
    """Make a folder that of an experiment, before anything is run; one that is the same experiment's already is gone on with.

    Args:
        folder: the folder.
        name: which experiment. about: what its manifest says until it is finished.
        again: whether results of another experiment may give way. Nothing but results ever does.

    Raises:
        OutputError: if the folder holds something else, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or folder.is_symlink()):
        raise OutputError(f"{folder} is no folder. Choose another place with --out.")
    if folder.exists() and any(folder.iterdir()):
        found = _of(folder)
        if found is None:
            raise OutputError(f"{folder} holds no results of protestlaw (it has no {MANIFEST}), so nothing is written there.")
        if found != name and not again:
            what = f"those of {found!r}" if found else "no experiment's"
            raise OutputError(
                f"{folder} holds results, {what}, not of {name!r}. Choose another folder, or replace them with --again."
            )
        if found == name and not again:
            return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _drop(folder, _manifest(folder).get("files", {}))
        said = {**about, _OF: {"name": name, "finished": False}}
        write_whole(folder / MANIFEST, (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise OutputError(f"Results cannot be written to {folder}: {error.strerror or error}.") from error


def write_beside(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Write what was made of the runs into their folder, each file whole or not at all, the manifest last.

    Files of an earlier time that are not made any more (the last manifest lists them) are dropped.

    Args:
        folder: of the runs. files: their content by name. manifest: what else it says; size and SHA-256 of each file are added.

    Raises:
        OutputError: if the disk cannot be written.
    """
    told = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in sorted(files.items())
    }
    said = json.dumps({**manifest, "files": told}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        before = _manifest(folder).get("files", {})
        for name, content in files.items():
            write_whole(folder / name, content)
        write_whole(folder / MANIFEST, said.encode())
        _drop(folder, before.keys() - files.keys())
    except OSError as error:
        raise OutputError(f"Results cannot be written to {folder}: {error.strerror or error}. The runs are kept.") from error


def _drop(folder: Path, names: Iterable[str]) -> None:
    """Drop files that a manifest lists."""
    for name in names:
        if Path(name).name == name:
            (folder / name).unlink(missing_ok=True)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _of(folder: Path) -> str | None:
    """Of which experiment a folder's results are; empty if of none, ``None`` if there are no results."""
    if not (folder / MANIFEST).is_file():
        return None
    said = _manifest(folder).get(_OF)
    return str(said.get("name", "")) if isinstance(said, dict) else ""
