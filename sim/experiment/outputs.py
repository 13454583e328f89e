"""A results folder: written as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.errors import OutputError

__all__ = ["MANIFEST", "check_free", "to_csv", "write_results"]

MANIFEST: Final = "manifest.json"
"""The file that says what a results folder holds, and by which a folder of results is known."""


def to_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8, a point for decimals, ten significant digits, an empty field where there is no value."""
    return table.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode()


def check_free(folder: Path, *, force: bool = False) -> None:
    """See that results can go to a folder, before anything is run.

    Args:
        folder: where they are to go.
        force: whether results that are there already may be replaced. Nothing but results is ever replaced.

    Raises:
        OutputError: if something is there that may not be replaced, or if the folder cannot be made.
    """
    if folder.exists() or folder.is_symlink():
        if not force:
            raise OutputError(f"{folder} is there already. Choose another folder, or replace it with --force.")
        if not _replaceable(folder):
            raise OutputError(
                f"{folder} holds no results of protestlaw (it has no {MANIFEST}), so it is not replaced. Choose another folder."
            )
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not above.is_dir():
        raise OutputError(f"{folder} cannot be made, since {above} is a file.")


def write_results(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any], *, force: bool = False) -> list[Path]:
    """Write files and their manifest. They are written beside the folder first and moved when all is there.

    Args:
        folder: where to.
        files: the content of each file by name.
        manifest: what else is told in ``manifest.json``, to which size and SHA-256 of each file are added under ``files``.
        force: whether to replace results that are there already.

    Returns:
        the files, the manifest first.

    Raises:
        OutputError: if something is there that may not be replaced, or the disk cannot be written; then nothing has changed.
    """
    check_free(folder, force=force)
    told = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in sorted(files.items())
    }
    said = json.dumps({**manifest, "files": told}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            (beside / "new").mkdir()
            for name, content in {MANIFEST: said.encode(), **files}.items():
                (beside / "new" / name).write_bytes(content)
            _swap(beside / "new", folder, beside / "old")
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"Results cannot be written to {folder}: {error.strerror or error}.") from error
    return [folder / name for name in (MANIFEST, *files)]


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put ``new`` in the place of ``folder``; what was there is put back if that fails."""
    replaced = folder.exists()
    if replaced:
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if replaced:
            old.rename(folder)
        raise


def _replaceable(folder: Path) -> bool:
    if not folder.is_dir() or folder.is_symlink():
        return False
    return (folder / MANIFEST).is_file() or not any(folder.iterdir())
