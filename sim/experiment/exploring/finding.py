"""Where texts of pages stand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.errors import UnknownNameError

__all__ = ["FOLDER", "explorers", "find_explorer"]

FOLDER: Final = Path("explorers")
"""Where texts of pages are looked up by name: this folder of the current directory."""


def explorers() -> list[str]:
    """The names of the texts of pages in :data:`FOLDER`, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def find_explorer(name: str | Path) -> Path:
    """The file of a text of a page: a path ending in ``.toml`` as it is, a name from :data:`FOLDER`.

    Raises:
        UnknownNameError: if there is none.
    """
    path = Path(name) if str(name).endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise UnknownNameError("page", str(name), explorers())
    return path
