"""The file of a page: whether it may be written, and writing it whole or not at all."""

from __future__ import annotations

from pathlib import Path

from sim.errors import OutputError
from sim.experiment.whole_files import write_whole

__all__ = ["check_page", "write_page"]


def check_page(file: Path, *, force: bool) -> None:
    """See that a page may be written, before anything is done for it.

    Raises:
        OutputError: if something is there that may not be replaced, or that is no page.
    """
    if file.is_dir():
        raise OutputError(f"{file} is a folder. Name a file, as {file / 'page.html'}.")
    if file.suffix.lower() not in {".html", ".htm"}:
        raise OutputError(f"{file} is no name of a page. Let it end in .html.")
    if (file.exists() or file.is_symlink()) and not force:
        raise OutputError(f"{file} is there already. Choose another name with -o, or replace it with --force.")


def write_page(file: Path, content: bytes, beside: str = "") -> None:
    """Write a page, whole or not at all.

    Args:
        file: where to. content: of it. beside: what an error says more, a sentence.

    Raises:
        OutputError: if the disk cannot be written.
    """
    try:
        write_whole(file, content)
    except OSError as error:
        raise OutputError(" ".join([f"{file} cannot be written: {error.strerror or error}.", beside]).rstrip()) from error
