"""Where texts of pages stand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.errors import UnknownNameError

__all__ = ["FOLDER", "explorers", "find_explorer"]

FOLDER: Final = Path("explorers")
"""Where texts of pages are looked up by name: this folder of the current directory, and after it those that are shipped."""


def explorers() -> list[str]:
    """The names of the texts of pages, sorted."""
    return sorted({path.stem for folder in _folders() for path in folder.glob("*.toml")})


def find_explorer(name: str | Path) -> Path:
    """The file of a text of a page: a path ending in ``.toml`` as it is, else a name.

    Raises:
        UnknownNameError: if there is none.
    """
    places = [Path(name)] if str(name).endswith(".toml") else [folder / f"{name}.toml" for folder in _folders()]
    for place in places:
        if place.is_file():
            return place
    raise UnknownNameError("page", str(name), explorers())


def _folders() -> list[Path]:
    """The current directory's own, then what came with the program: within the package, or in its checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / FOLDER
    return [FOLDER, installed if installed.is_dir() else package.parent / FOLDER]
